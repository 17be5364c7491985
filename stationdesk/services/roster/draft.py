"""Drafts of a roster: made from the rotation or from what is published, changed cell by cell, changes taken back and done again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import DAY, at_wall
from stationdesk.domain.patterns import check_kinds
from stationdesk.domain.roster import OFFICE, days_of
from stationdesk.domain.roster.errors import (
    NothingToRedoError,
    NothingToUndoError,
    RosterDayError,
    RosterDroppedError,
    RosterEmptyError,
    RosterKindError,
    RosterPersonError,
    RosterPublishedError,
    RosterSpanError,
)
from stationdesk.domain.roster.merged import Merged
from stationdesk.domain.rotation import Plan, ShiftKind, kind_texts, kinds_of
from stationdesk.services.people.view import names
from stationdesk.services.roster.calendar import calendar
from stationdesk.services.roster.kinds import day_kinds
from stationdesk.services.roster.staff import Planned, staff
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.shifts.publications import SHIFTS, published
from stationdesk.services.station import zone
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.roster import Roster, RosterEdit, RosterLine
from stationdesk.storage.store import Actor, Store, Writing

MOST_DAYS = 366
Cells = dict[tuple[int, date], str]


@dataclass(frozen=True)
class Change:
    """One cell as it should be: a kind, "" for off."""

    person_id: int
    day: date
    code: str


def draft_roster(store: Store, actor: Actor, first: date, last: date, *, how: str = "", sheet: str = SHIFTS, at: datetime) -> int:
    """A new draft for some days; its id. how: "pattern" from the rotation, "copy" of what is published, "" whichever there is.

    RosterSpanError, RosterEmptyError.
    """
    with store.write(actor, _case("draft", sheet), at) as session:
        return begin(session, actor.person_id, first, last, how=how, sheet=sheet, at=at)


def _case(what: str, sheet: str) -> str:
    """The permission it takes: the desk's own sheet is the chief's, others are the office's too."""
    return f"{what}_roster" if sheet == SHIFTS else f"{what}_duty_sheet"


def changing(store: Store, actor: Actor, roster_id: int, at: datetime) -> Writing:
    """A write transaction that changes a draft."""
    with store.read() as session:
        sheet = session.get_one(Roster, roster_id).sheet
    return store.write(actor, _case("change", sheet), at)


def begin(session: Session, by_id: int, first: date, last: date, *, how: str = "", sheet: str = SHIFTS, at: datetime) -> int:
    """A new draft inside a transaction."""
    if not 0 <= (last - first).days < MOST_DAYS:
        raise RosterSpanError(most=MOST_DAYS)
    base = published(session, first, sheet)
    people = staff(session, first, last, at)
    way = how or ("copy" if base else "pattern")
    if way == "copy" and base is not None:
        kinds, cells = copied(session, first, last, sheet)
    elif sheet != SHIFTS:
        kinds, cells = day_kinds(session, at), {}
    else:
        kinds, cells = by_rotation(session, people, first, last, at)
    return put_roster(session, by_id, first, last, kinds, cells, people, how=way, sheet=sheet, base=base.roster_id if base else None, at=at)


def put_roster(
    session: Session, by_id: int, first: date, last: date, kinds: tuple[ShiftKind, ...], cells: Mapping[tuple[int, date], str],
    people: Sequence[Planned], *, how: str, sheet: str = SHIFTS, base: int | None = None, at: datetime,
) -> int:  # fmt: skip
    """The rows of a draft; its id. Whoever has cells and is no longer planned is left out."""
    same_days = select(func.max(Roster.number)).where(Roster.sheet == sheet, Roster.first <= last, Roster.last >= first)
    newest = session.scalars(same_days).one()
    texts = json.dumps(kind_texts(kinds), ensure_ascii=False)
    row = Roster(
        sheet=sheet,
        number=(newest or 0) + 1,
        first=first,
        last=last,
        kinds=texts,
        base_id=base,
        made_how=how,
        made_by=by_id,
        made_at=at,
    )
    session.add(row)
    session.flush()
    days = days_of(first, last)
    lines = [
        {
            "roster_id": row.id,
            "person_id": each.member.person,
            "position": n,
            "crew_id": each.crew.crew_id if each.crew else None,
            "post": each.member.post,
            "leads": each.member.leads,
            "codes": ",".join(cells.get((each.member.person, day), "") for day in days),
        }
        for n, each in enumerate(people)
    ]
    insert_rows(session, RosterLine, lines)
    return row.id


def copied(session: Session, first: date, last: date, sheet: str) -> tuple[tuple[ShiftKind, ...], Cells]:
    """What is in force on these days, swaps included, with the kinds of all the rosters."""
    made, cells = Merged(), Cells()
    for day in days_of(first, last):
        cells |= _published(session, made, day, sheet)
    return made.kinds(days_of(first, last), cells.values()), cells


def _published(session: Session, made: Merged, day: date, sheet: str) -> Cells:
    """The cells of a day as published."""
    found = published(session, day, sheet)
    if found is None:
        return {}
    codes = made.take(day, found.kinds)
    return {(person, on): codes.get(code, code) for (person, on), code in found.cells.items() if on == day}


def by_rotation(session: Session, people: Sequence[Planned], first: date, last: date, at: datetime) -> tuple[tuple[ShiftKind, ...], Cells]:
    """Crews by the rotation of each day, the others by the office week; nobody on leave, fixed duties in their place. RosterEmptyError."""
    made, cells, worked = Merged(), Cells(), calendar(session, first, last)
    for day in days_of(first, last):
        cells |= _rotated(session, made, people, day, at, office=worked.worked(day))
    kinds = made.kinds(days_of(first, last), cells.values())
    if not kinds:
        raise RosterEmptyError
    return _with_day_kinds(session, kinds, at), cells


def _with_day_kinds(session: Session, kinds: tuple[ShiftKind, ...], at: datetime) -> tuple[ShiftKind, ...]:
    known = {kind.code for kind in kinds}
    return (*kinds, *(kind for kind in day_kinds(session, at) if kind.code not in known))


def _rotated(session: Session, made: Merged, people: Sequence[Planned], day: date, at: datetime, *, office: bool) -> Cells:
    """The cells of a day by the rotation."""
    turns = []
    for plan, kinds in _turns(session, day, at):
        made.know(plan.pattern.kinds)
        turns.append((plan, made.take(day, kinds)))
    found = {(each.member.person, day): _planned(each, turns, day, office=office) for each in people}
    return {place: code for place, code in found.items() if code}


def _turns(session: Session, day: date, at: datetime) -> Iterator[tuple[Plan, tuple[ShiftKind, ...]]]:
    """The rotation of a day with the kinds that begin under it: two where it changes in the middle of the day."""
    own = zone(session)

    def plan_at(minute: int) -> Plan | None:
        moment = at_wall(day, minute, own)
        return plan_in_force(session, moment) or plan_in_force(session, max(at, moment))  # before the first there is, the one of now

    begins = plan_at(0)
    for plan in (begins, *(ends for ends in (plan_at(DAY - 1),) if ends != begins)):
        if plan is not None:
            yield plan, tuple(kind for kind in plan.pattern.kinds if day >= plan.start and plan_at(kind.start) == plan)


def as_planned(session: Session, people: Sequence[Planned], first: date, last: date, at: datetime) -> tuple[tuple[ShiftKind, ...], Cells]:
    """What holds for these days: each day by its published roster, and by the rotation where there is none. RosterEmptyError."""
    days = days_of(first, last)
    made, cells, worked = Merged(), Cells(), calendar(session, first, last)
    open_days = [day for day in days if published(session, day) is None]
    for day in days:
        rotated = day in open_days
        office = worked.worked(day)
        cells |= _rotated(session, made, people, day, at, office=office) if rotated else _published(session, made, day, SHIFTS)
    kinds = made.kinds(days, cells.values())
    if not kinds:
        raise RosterEmptyError
    return _with_day_kinds(session, kinds, at) if open_days else kinds, cells


def _planned(each: Planned, turns: Sequence[tuple[Plan, Mapping[str, str]]], day: date, *, office: bool) -> str:
    if each.member.away(day) is not None:
        return ""
    fixed = next((duty.kind for duty in each.member.fixed if duty.holds(day)), None)
    if fixed is not None:
        return fixed
    if each.crew is None:
        return OFFICE.code if office else ""
    codes = (taken.get(of_rotation(plan, each.crew.code, day), "") for plan, taken in turns)
    return next((code for code in codes if code), "")


def of_rotation(plan: Plan, crew: str, day: date) -> str:
    """The kind of shift a crew has on a day, "" off or before the plan begins."""
    if crew not in plan.crews or day < plan.start:
        return ""
    phase = plan.pattern.phases[plan.crews.index(crew)]
    return plan.pattern.cycle[((day - plan.start).days + phase) % len(plan.pattern.cycle)]


def change_cells(store: Store, actor: Actor, roster_id: int, changes: Iterable[Change], *, at: datetime) -> int:
    """Change cells of a draft as one step that can be taken back; how many really changed.

    RosterPublishedError, RosterDroppedError, RosterKindError, RosterPersonError, RosterDayError.
    """
    with changing(store, actor, roster_id, at) as session:
        return edit(session, roster_id, actor.person_id, changes, at)


def edit(session: Session, roster_id: int, by_id: int, changes: Iterable[Change], at: datetime) -> int:
    """The same inside a transaction."""
    row = the_draft(session, roster_id)
    made = put_cells(session, row, changes)
    if made:
        texts = json.dumps({"on": _last_done(session, row), "cells": made}, separators=(",", ":"))
        session.add(RosterEdit(roster_id=row.id, changes=texts, by_id=by_id, at=at))
    return len(made)


def the_draft(session: Session, roster_id: int) -> Roster:
    """A roster that may still change. RosterPublishedError, RosterDroppedError."""
    row = session.get_one(Roster, roster_id)
    if row.closed_at is not None:
        raise RosterPublishedError
    if row.dropped_at is not None:
        raise RosterDroppedError
    return row


def put_cells(session: Session, row: Roster, changes: Iterable[Change]) -> list[list[object]]:
    """Set cells inside a transaction; what changed as [person, day, before, after]."""
    known = {kind.code for kind in kinds_of(json.loads(row.kinds))} | {""}
    lines = {line.person_id: line for line in session.scalars(select(RosterLine).where(RosterLine.roster_id == row.id))}
    codes = {person: line.codes.split(",") for person, line in lines.items()}
    done: list[list[object]] = []
    for change in changes:
        _check(session, row, change, known, codes)
        n = (change.day - row.first).days
        before = codes[change.person_id][n]
        if before != change.code:
            codes[change.person_id][n] = change.code
            done.append([change.person_id, change.day.isoformat(), before, change.code])
    for person in {int(str(each[0])) for each in done}:
        lines[person].codes = ",".join(codes[person])
    return done


def _check(session: Session, row: Roster, change: Change, known: set[str], codes: Mapping[int, Sequence[str]]) -> None:
    if change.code not in known:
        raise RosterKindError(code=change.code)
    if change.person_id not in codes:
        raise RosterPersonError(name=names(session).get(change.person_id, str(change.person_id)))
    if not row.first <= change.day <= row.last:
        raise RosterDayError(day=change.day.isoformat())


def undo_change(store: Store, actor: Actor, roster_id: int, *, at: datetime) -> None:
    """Take the last change of a draft back. NothingToUndoError."""
    with changing(store, actor, roster_id, at) as session:
        row = the_draft(session, roster_id)
        last = session.get(RosterEdit, _last_done(session, row))
        if last is None:
            raise NothingToUndoError
        put_cells(session, row, [Change(person, day, before) for person, day, before, _after in _cells(last)])
        last.undone = True


def redo_change(store: Store, actor: Actor, roster_id: int, *, at: datetime) -> None:
    """Do again what was taken back last, unless something else was changed since. NothingToRedoError."""
    with changing(store, actor, roster_id, at) as session:
        row = the_draft(session, roster_id)
        undone = redoable(session, row)
        if undone is None:
            raise NothingToRedoError
        put_cells(session, row, [Change(person, day, after) for person, day, _before, after in _cells(undone)])
        undone.undone = False


def redoable(session: Session, row: Roster) -> RosterEdit | None:
    """The change that would be done again: the newest of those that were made on what stands now."""
    undone = select(RosterEdit).where(RosterEdit.roster_id == row.id, RosterEdit.undone.is_(True)).order_by(RosterEdit.id.desc())
    last = _last_done(session, row)
    return next((each for each in session.scalars(undone) if json.loads(each.changes)["on"] == last), None)


def _last_done(session: Session, row: Roster) -> int:
    """The newest change that stands, 0 for none."""
    done = select(func.max(RosterEdit.id)).where(RosterEdit.roster_id == row.id, RosterEdit.undone.is_(False))
    return session.scalars(done).one() or 0


def _cells(done: RosterEdit) -> list[tuple[int, date, str, str]]:
    found = json.loads(done.changes)["cells"]
    return [(int(person), date.fromisoformat(day), str(before), str(after)) for person, day, before, after in found]


def drop_draft(store: Store, actor: Actor, roster_id: int, *, at: datetime) -> None:
    """Leave a draft aside for good. RosterPublishedError."""
    with changing(store, actor, roster_id, at) as session:
        the_draft(session, roster_id).dropped_at = at


def add_kind(store: Store, actor: Actor, roster_id: int, kind: ShiftKind, *, at: datetime) -> None:
    """One more kind of shift in a draft, or another length for one it has. KindCodeError, KindNameError."""
    check_kinds([kind])
    with changing(store, actor, roster_id, at) as session:
        row = the_draft(session, roster_id)
        kinds = {each.code: each for each in kinds_of(json.loads(row.kinds))} | {kind.code: kind}
        row.kinds = json.dumps(kind_texts(tuple(kinds.values())), ensure_ascii=False)
