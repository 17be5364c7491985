"""Cells of a span of days from what is in force: published rosters with their swaps, and where there is none nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.roster import Roster as Sheet
from stationdesk.domain.roster import days_of
from stationdesk.domain.rotation import ShiftKind
from stationdesk.services.shifts.publications import SHIFTS, Rostered, published
from stationdesk.services.station import zone
from stationdesk.storage.shifts import DutySpell, Shift

CARRIED = timedelta(days=35)
"""How far before its first day a roster is looked at: rest, runs, weekends of the month before."""
ONE_DAY = timedelta(days=1)


@dataclass
class Gathered:
    """Cells of several rosters with the kinds they speak of; two kinds of one code keep apart."""

    kinds: dict[str, ShiftKind] = field(default_factory=dict)
    cells: dict[tuple[int, date], str] = field(default_factory=dict)

    def add(self, found: Rostered, day: date) -> None:
        """The cells of a day as a roster has them."""
        for each in found.people:
            code = found.cells.get((each.person_id, day))
            if code:
                self.cells[each.person_id, day] = self._code(found, code)

    def _code(self, found: Rostered, code: str) -> str:
        kind = next((each for each in found.kinds if each.code == code), None)
        if kind is None:
            return code
        known = self.kinds.setdefault(code, kind)
        if known == kind:
            return code
        same = next((each.code for each in self.kinds.values() if replace(each, code=code) == kind), "")
        if not same:
            same = f"{code}·{found.number}"
            self.kinds[same] = replace(kind, code=same)
        return same


def gather(
    session: Session, days: Sequence[date], kinds: Iterable[ShiftKind] = (), sheet: str = SHIFTS, *, actual: bool = False
) -> Gathered:
    """Who does what on these days by the rosters in force; actual: who stood in at the desk takes the place of who was missing."""
    made = Gathered({kind.code: kind for kind in kinds})
    for day in days:
        found = published(session, day, sheet)
        if found is not None:
            made.add(found, day)
    if actual and days and sheet == SHIFTS:
        _stand_in(session, made, days)
    return made


def _stand_in(session: Session, made: Gathered, days: Sequence[date]) -> None:
    """Hours, nights and rest are those of who was there. Who had a duty of their own that day keeps that one in the count."""
    wanted = select(DutySpell.person_id, DutySpell.stands_in_for, Shift.day, Shift.kind).join(Shift, Shift.id == DutySpell.shift_id)
    span = Shift.day >= min(days), Shift.day <= max(days), DutySpell.stands_in_for.is_not(None)
    for person, missing, day, kind in session.execute(wanted.where(*span).order_by(DutySpell.id)):
        if made.cells.get((missing or 0, day)) == kind:
            del made.cells[missing or 0, day]
            made.cells.setdefault((person, day), kind)


def judged(
    session: Session,
    first: date,
    last: date,
    kinds: tuple[ShiftKind, ...],
    cells: Mapping[tuple[int, date], str],
    since: date,
    sheet: str = SHIFTS,
) -> Sheet:
    """A roster as rules see it, with what is in force around it: from `since` on, and to the end of its year.

    Kinds that only the rosters around it have man nothing in it: after another rotation nobody misses the shifts of the one before.
    """
    before = days_of(min(since, first - CARRIED), first - ONE_DAY)
    around = gather(session, (*before, *days_of(last + ONE_DAY, date(last.year, 12, 31))), kinds, sheet, actual=True)
    own = {kind.code for kind in kinds}
    known = tuple(kind if kind.code in own else replace(kind, desk=False) for kind in around.kinds.values())
    return Sheet(first, last, zone(session), known, around.cells | dict(cells))
