"""How a kind of shift looks in the grid: its letter and its ground."""

from __future__ import annotations

from stationdesk.domain.moments import DAY, clock_text
from stationdesk.domain.roster import COMPARISONS
from stationdesk.domain.roster.duties import NIGHT
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, language
from stationdesk.services.roster import BreachView, Row

NOON = 12 * 60
STEPS = 5


def letter(kind: ShiftKind) -> str:
    """The one letter of a chip: 早 of 早班 in Chinese, the code elsewhere."""
    return kind.name.zh[:1] if language() == "zh_CN" and kind.name.zh else kind.code[:1]


def span_hours(kind: ShiftKind) -> str:
    """08–16, 20–08."""
    start, end = clock_text(kind.start), clock_text(kind.end)
    return f"{start.removesuffix(':00')}–{end.removesuffix(':00')}"


def tone(kind: ShiftKind) -> str:
    """The ground of a chip, stronger with the night; none for what does not man the desk."""
    if not kind.desk:
        return ""
    if kind.minutes == DAY:
        return "middle"  # a duty of 24 hours is both
    if NIGHT.holds(kind):
        return "night"
    return "middle" if kind.start >= NOON else "early"


def leave_letter() -> str:
    """What stands on a day of leave."""
    return C_("roster chip", "V")


def crew_letter(name: str) -> str:
    """甲 of 甲班, A of Crew A: what fits before a name."""
    words = name.split()
    return words[-1][:2] if len(words) > 1 else name[:1]


def counted(row: Row) -> bool:
    """Whether somebody is of a crew that keeps the desk manned."""
    return bool(row.crew.zh)


def fatigue_steps(row: Row) -> int:
    """Five steps, one more for each tenth of the duty hours that is predicted sleepy (KSS 7 and more); 0 where there is no duty."""
    if not row.figures.presence:
        return 0
    return min(STEPS, 1 + row.fatigue_hours * 600 // row.figures.presence)


def is_answerable(view: BreachView) -> bool:
    """Of the law or the station: published with a reason only. Comparisons and wishes are told, not marked."""
    return view.breach.rules not in COMPARISONS and view.breach.test != "wish"
