"""One run of a round or a checklist, worded for the screen: what the list and the side panel show."""

from __future__ import annotations

from dataclasses import dataclass

from stationdesk.domain.words import _
from stationdesk.ui.widgets.walk_rows import NORMAL, NOT_APPLICABLE, WalkRow


@dataclass(frozen=True)
class WalkHazard:
    """The hazard raised at a line, as the side panel shows it."""

    id: int
    number: str
    grade: str
    deadline: str
    owner: str


@dataclass(frozen=True)
class WalkRun:
    """state: running paused closed aborted. facts: label and value, as they stand below the progress. marks: chips as (words, look).

    finish: what the closing button says; late: closing asks why it is late.
    """

    id: int
    title: str
    mode: str
    mode_icon: str
    state: str
    rows: tuple[WalkRow, ...]
    finish: str
    facts: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    hazards: tuple[tuple[int, WalkHazard], ...] = ()
    late: bool = False

    @property
    def alive(self) -> bool:
        """Neither signed off nor given up."""
        return self.state in ("running", "paused")

    @property
    def done(self) -> int:
        """Lines with an answer."""
        return sum(not row.open for row in self.rows)

    @property
    def owing(self) -> tuple[WalkRow, ...]:
        """Abnormal lines without words."""
        return tuple(row for row in self.rows if row.owes)

    def counts(self) -> str:
        """How many of each result, those that occur."""
        of = [row.result for row in self.rows]
        parts = [
            (of.count(NORMAL), _("{n} normal")),
            (sum(row.abnormal for row in self.rows), _("{n} abnormal")),
            (of.count(NOT_APPLICABLE), _("{n} n/a")),
        ]
        return " ".join(words.format(n=n) for n, words in parts if n)

    def missing(self) -> str:
        """Why it cannot be closed yet, in few words; nothing if it can."""
        if left := len(self.rows) - self.done:
            return _("{n} to go").format(n=left)
        if owing := len(self.owing):
            return _("words owed at {n}").format(n=owing)
        return ""

    def segments(self, current: int | None) -> list[str]:
        """A state for each line, for the bar of pieces."""
        return [_segment(row, row.id == current and self.alive) for row in self.rows]

    def hazard_of(self, row_id: int) -> WalkHazard | None:
        """The hazard raised at a line."""
        return dict(self.hazards).get(row_id)


def _segment(row: WalkRow, current: bool) -> str:
    if row.open:
        return "now" if current else ""
    if row.abnormal:
        return "red" if row.level == "red" else "amber"
    return "done"
