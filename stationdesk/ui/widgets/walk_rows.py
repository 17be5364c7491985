"""What a walk shows: the lines of a round or a checklist, and the answers one can give to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.choice import Option
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.spoken import plain

NORMAL, ABNORMAL, NOT_APPLICABLE = "normal", "abnormal", "na"
DASH = "—"


@dataclass(frozen=True)
class Wides:
    """Widths of columns in pixels; room: what the narrowest window gives the list, half of what there is more goes to the note."""

    reading: int = 76
    unit: int = 52
    result: int = 150
    note: int = 128
    room: int = 846


WIDES = Wides()


@dataclass(frozen=True)
class WalkPick:
    """One state that can be chosen at a line of kind choose."""

    code: str
    words: str
    abnormal: bool = False


@dataclass(frozen=True)
class WalkRow:
    """One line, worded for the screen. result: "" normal abnormal na; level: "" amber red; link: number of its hazard."""

    id: int
    number: str
    name: str
    area: str = ""
    kind: str = "look"
    unit: str = ""
    reading: str = ""
    choice: str = ""
    result: str = ""
    level: str = ""
    words: str = ""
    link: str = ""
    time: str = ""
    hint: str = ""
    picks: tuple[WalkPick, ...] = ()

    @property
    def open(self) -> bool:
        """Not answered yet."""
        return not self.result

    @property
    def owes(self) -> bool:
        """Abnormal, and nobody has said in words what was found."""
        return self.result == ABNORMAL and not self.words

    @property
    def abnormal(self) -> bool:
        """What was found is not as it should be."""
        return self.result == ABNORMAL

    def heading(self) -> str:
        """Number, name and what was read, for the side panel."""
        value = f"{self.reading} {self.unit}".strip() if self.reading else ""
        return " ".join(part for part in (self.number, self.name, value) if part)


@dataclass(frozen=True)
class WalkAnswer:
    """What a person answered: a result, or a value as typed, or the code of a choice."""

    result: str = ""
    typed: str = ""
    choice: str = ""


def result_words(result: str) -> str:
    """Normal, abnormal, not applicable, in the language of now."""
    return {NORMAL: _("Normal"), ABNORMAL: _("Abnormal"), NOT_APPLICABLE: _("Not applicable"), "": ""}[result]


def options(row: WalkRow) -> list[Option]:
    """The answers that one key gives at a line; values are WalkAnswer. Digits are the value of a measured line, so it has a letter."""
    skip = Option(WalkAnswer(NOT_APPLICABLE), lambda: _("Not applicable"), key="X")
    if row.kind == "measure":
        return [skip]
    if row.kind == "choose":
        return [*(_pick(n, pick) for n, pick in enumerate(row.picks[:9], 1)), skip]
    return [
        Option(WalkAnswer(NORMAL), lambda: _("Normal"), key="1"),
        Option(WalkAnswer(ABNORMAL), lambda: _("Abnormal"), key="2", tone="amber"),
        Option(WalkAnswer(NOT_APPLICABLE), lambda: _("Not applicable"), key="3"),
    ]


def _pick(n: int, pick: WalkPick) -> Option:
    return Option(WalkAnswer(choice=pick.code), pick.words, key=str(n), tone="amber" if pick.abnormal else "")


def taken(row: WalkRow) -> WalkAnswer | None:
    """The option that fits what was answered, None where there is none."""
    if row.open:
        return None
    if row.kind == "choose" and row.choice:
        return WalkAnswer(choice=row.choice)
    return WalkAnswer(row.result)


def columns(times: bool, wides: Wides, asked: Callable[[], int | None]) -> list[Column]:
    """The columns of the list; times: with the time at which each point was walked; asked: the line that stands out."""

    def ink(row: WalkRow) -> str:
        return "text-2" if row.open and row.id != asked() else "text"

    made = [
        Column(lambda: _("No."), lambda row: row.number, width=48, token=lambda row: "text-2"),
        Column(lambda: _("Area"), lambda row: row.area, token=lambda row: "text-2"),
        Column(
            (lambda: _("Point")) if times else (lambda: _("Item")),
            lambda row: row.name,
            grows=True,
            token=ink,
            strong=lambda row: row.open and row.id == asked(),
            tip=lambda row: row.name,
        ),
        Column(lambda: _("Reading"), _reading, align="right", width=wides.reading, token=_value_ink, strong=lambda row: bool(row.level)),
        Column("", lambda row: row.unit, width=wides.unit, token=lambda row: "text-2"),
        Column(
            lambda: _("Result"),
            lambda row: result_words(row.result),
            width=wides.result,
            icon=_sign,
            token=_value_ink,
            strong=lambda row: row.abnormal,
        ),
        Column(lambda: _("Note"), _note, width=wides.note, token=_note_ink, tip=_note),
    ]
    if times:
        made.append(Column(lambda: C_("time", "Walked"), lambda row: row.time, align="right", width=76, token=lambda row: "text-2"))
    return made


NAME, READING, UNIT, RESULT, NOTE, TIME = 2, 3, 4, 5, 6, 7


def _reading(row: WalkRow) -> str:
    return row.reading or (DASH if row.open and row.kind == "measure" else "")


def _value_ink(row: WalkRow) -> str:
    if row.level == "red":
        return "red-fg"
    return "amber-fg" if row.abnormal else "text-2" if row.open or row.result == NOT_APPLICABLE else "text"


def _sign(row: WalkRow) -> str:
    return ("circle-alert" if row.level == "red" else "triangle-alert") if row.abnormal else ""


def _note(row: WalkRow) -> str:
    if row.owes and not row.link:
        return _("owed")
    return plain(" ".join(part for part in (row.link, row.words) if part))


def _note_ink(row: WalkRow) -> str:
    if row.owes and not row.link:
        return "amber-fg"
    return "accent" if row.link else "text-2"
