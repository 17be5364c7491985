"""A December of four crews of three and a chief: what the grid's tests show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from stationdesk.domain.names import Name
from stationdesk.domain.roster import DAY_KINDS, Breach, DayKind, days_of, usual
from stationdesk.services.roster import BreachView, Cell, RosterDay, RosterView, Row, Tally

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DAYS = days_of(FIRST, LAST)
PATTERN = usual("8h-4x3").pattern
CHIEF = 13
CREWS = (Name("甲班", "Crew A"), Name("乙班", "Crew B"), Name("丙班", "Crew C"), Name("丁班", "Crew D"))
TALLY = Tally(23, 184 * 60, 184 * 60, 168 * 60, 7, 6, 0)


def code(person: int, day: date) -> str:
    """Shifts by the rotation, the chief in the office on weekdays."""
    if person == CHIEF:
        return "O" if day.weekday() < 5 else ""
    return PATTERN.cycle[((day - FIRST).days + PATTERN.phases[(person - 1) // 3 % 4]) % len(PATTERN.cycle)]


def row(person: int, name: str = "", crew: Name | None = None) -> Row:
    """A person as the rotation has them."""
    crew = crew or (CREWS[(person - 1) // 3] if person < CHIEF else Name(""))
    cells = tuple(Cell(code(person, day)) for day in DAYS)
    return Row(person, name or f"人{person}", crew, "chief", person % 3 == 1, cells, TALLY, TALLY, person % 3 - 1.0, "middle", 6.1, 0)


def view(**changes: object) -> RosterView:
    """The month as a draft that is as it was published."""
    made = RosterView(
        roster_id=2,
        number=2,
        first=FIRST,
        last=LAST,
        draft=True,
        published_number=1,
        published_at=datetime(2026, 11, 18, tzinfo=UTC),
        days=tuple(RosterDay(day, DayKind.REST if day.weekday() > 4 else DayKind.WORKDAY, Name(""), True) for day in DAYS),
        kinds=(*PATTERN.kinds, *DAY_KINDS),
        rows=tuple(row(n) for n in range(1, CHIEF + 1)),
        cover={},
        breaches=(),
        unanswered=0,
        stand_ins=(),
        quarter_hours=546.0,
        quarter_standard=496.0,
        provisional=(),
        sleep="",
        changed=0,
        can_undo=False,
        can_redo=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def short_rest(person: int, day: date) -> BreachView:
    """Eight hours between a morning and a night, where the station wants twelve."""
    found = Breach(day, day + timedelta(1), person, "station", "R-03", "rest", 480, 720, ("D", "N"))
    return BreachView(found, "R-03", f"人{person}", "12-13", "8 h rest, at least 12 h", "")
