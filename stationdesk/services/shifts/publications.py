"""What the published roster plans for a day, with the swaps approved since; the desk's own sheet only, drafts count for nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.domain.rotation import PlannedShift, ShiftKind, kinds_of
from stationdesk.services.people.view import CrewView
from stationdesk.storage.people import Crew
from stationdesk.storage.recall import recall
from stationdesk.storage.rostered import Leave, Roster, RosterLine, Swap
from stationdesk.values import dataclass

SHIFTS = "shifts"
"""The sheet of the desk's own shifts."""


@dataclass(frozen=True)
class RosteredPerson:
    """One line of a roster."""

    person_id: int
    crew_id: int | None
    post: str
    leads: bool
    position: int


Cells = dict[tuple[int, date], str]


@dataclass(frozen=True)
class Rostered:
    """A roster of some days as it holds: kinds, people and cells (who is off has none)."""

    roster_id: int
    number: int
    first: date
    last: date
    kinds: tuple[ShiftKind, ...]
    people: tuple[RosteredPerson, ...]
    cells: Mapping[tuple[int, date], str]

    @cached_property
    def _by_day(self) -> Mapping[tuple[date, str], tuple[int, ...]]:
        order = {each.person_id: (not each.leads, each.position) for each in self.people}
        found: dict[tuple[date, str], list[int]] = {}
        for (person, day), code in self.cells.items():
            found.setdefault((day, code), []).append(person)
        return {key: tuple(sorted(people, key=lambda each: order.get(each, (True, 0)))) for key, people in found.items()}

    def on(self, day: date, kind: str) -> tuple[int, ...]:
        """Who is planned for a kind of shift on a day, leaders first."""
        return self._by_day.get((day, kind), ())

    def shifts(self, day: date, zone: ZoneInfo) -> tuple[PlannedShift, ...]:
        """The desk's shifts of a day in the order they begin; one without people is a hole."""
        wanted = [kind for kind in self.kinds if kind.mans(day) or (kind.desk and self.on(day, kind.code))]
        made = [PlannedShift(day, kind, kind.span(day, zone), (), self.on(day, kind.code)) for kind in wanted]
        return tuple(sorted(made, key=lambda shift: shift.span.start))

    def group(self, session: Session, people: Sequence[int]) -> CrewView | None:
        """The people of one shift as a crew: under the name of the crew most of them are of, without one where they are of none."""
        if not people:
            return None
        lines = {each.person_id: each for each in self.people if each.person_id in people}
        counted = Counter(line.crew_id for person in people if (line := lines.get(person)) and line.crew_id is not None)
        crew = session.get(Crew, counted.most_common(1)[0][0]) if counted else None
        leaders = tuple(each for each in people if each in lines and lines[each].leads)
        if crew is None:
            return CrewView(0, "", Name("", ""), leaders, tuple(people))
        return CrewView(crew.id, crew.code, Name(crew.name_zh, crew.name_en), leaders, tuple(people))


def published(session: Session, day: date, sheet: str = SHIFTS) -> Rostered | None:
    """The roster in force for a day: the one published last of those that hold it."""
    known: dict[int, Rostered] = session.info.setdefault("rostered", {})
    for head in _heads(session, sheet):
        if head.first <= day <= head.last:
            if head.roster_id not in known:
                key, tables = ("rostered", head.roster_id), ("roster", "roster_line", "swap", "leave")
                known[head.roster_id] = recall(session, key, tables, partial(_read, session, head.roster_id))
            return known[head.roster_id]
    return None


def _read(session: Session, roster_id: int) -> Rostered:
    return rostered(session, session.get_one(Roster, roster_id))


@dataclass(frozen=True)
class _Head:
    """A published roster by its days."""

    roster_id: int
    first: date
    last: date


def _heads(session: Session, sheet: str) -> tuple[_Head, ...]:
    """Published rosters, the newest first; asked once a transaction at the most."""
    known: dict[str, tuple[_Head, ...]] = session.info.setdefault("roster_heads", {})
    if sheet not in known:
        known[sheet] = recall(session, ("rosters", sheet), ("roster",), partial(_read_heads, session, sheet))
    return known[sheet]


def _read_heads(session: Session, sheet: str) -> tuple[_Head, ...]:
    wanted = select(Roster.id, Roster.first, Roster.last).where(Roster.sheet == sheet, Roster.closed_at.is_not(None))
    return tuple(_Head(*row) for row in session.execute(wanted.order_by(Roster.closed_at.desc(), Roster.id.desc())))


def forget(session: Session) -> None:
    """What this transaction read of published rosters holds no longer: it published one, or approved a swap."""
    session.info.pop("rostered", None)
    session.info.pop("roster_heads", None)


def rostered(session: Session, row: Roster, *, leave: bool = True) -> Rostered:
    """A roster with its cells; a published one with the swaps, and unless told else the leave, approved after it was."""
    lines = session.scalars(select(RosterLine).where(RosterLine.roster_id == row.id).order_by(RosterLine.position, RosterLine.id)).all()
    cells: Cells = {}
    for line in lines:
        for n, code in enumerate(line.codes.split(",")):
            if code:
                cells[line.person_id, row.first + timedelta(days=n)] = code
    if row.closed_at is not None and row.sheet == SHIFTS:
        _swap(session, row, cells)
        if leave:
            _send_away(session, row, cells)
    people = tuple(RosteredPerson(each.person_id, each.crew_id, each.post, each.leads, each.position) for each in lines)
    return Rostered(row.id, row.number, row.first, row.last, kinds_of(json.loads(row.kinds)), people, cells)


def _swap(session: Session, row: Roster, cells: Cells) -> None:
    """Swaps approved after the roster was published; one that no longer fits its cells is passed over."""
    wanted = select(Swap).where(Swap.state == "approved", Swap.closed_at > row.closed_at, Swap.day <= row.last)
    for swap in session.scalars(wanted.order_by(Swap.closed_at, Swap.id)):
        hand_over(cells, swap.person_id, swap.other_id, (swap.day, swap.kind), (swap.back_day, swap.back_kind) if swap.back_day else None)


def _send_away(session: Session, row: Roster, cells: Cells) -> None:
    """Leave approved after the roster was published takes its people off; who stands in for them is another matter."""
    wanted = select(Leave).where(Leave.state == "approved", Leave.decided_at > row.closed_at, Leave.first <= row.last)
    for leave in session.scalars(wanted.where(Leave.last >= row.first)):
        for person, day in [key for key in cells if key[0] == leave.person_id and leave.first <= key[1] <= leave.last]:
            del cells[person, day]


def hand_over(cells: Cells, giver: int, taker: int, given: tuple[date, str], back: tuple[date, str] | None) -> bool:
    """A swap done to cells: one duty for another, or for nothing; whether it fits them. Nobody has two duties on one day."""
    mine, theirs = (giver, given[0]), (taker, back[0]) if back else None
    if cells.get(mine) != given[1] or (theirs is not None and back is not None and cells.get(theirs) != back[1]):
        return False
    left = {key: code for key, code in cells.items() if key not in (mine, theirs)}
    made = {(taker, given[0]): given[1]} | ({(giver, back[0]): back[1]} if back else {})
    if any(key in left for key in made):
        return False
    for key in (mine, theirs):
        if key is not None:
            del cells[key]
    cells.update(made)
    return True
