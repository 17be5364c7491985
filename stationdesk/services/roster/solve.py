"""The engine at work for a roster of the store, in a process of its own: a draft, the fewest changes after an illness, a conflict named."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.domain.permissions import check
from stationdesk.domain.roster.errors import RosterMissingError, RosterPersonalError, RosterUnsolvedError
from stationdesk.domain.roster.rules import Unit, amount_said
from stationdesk.domain.words import N_, _, n_
from stationdesk.rostering import apart
from stationdesk.rostering.limits import Limits, Progress, never, nobody_asks
from stationdesk.rostering.outcome import Conflict, Relaxed, Rule
from stationdesk.services.people.view import names
from stationdesk.services.roster.draft import Change, put_roster
from stationdesk.services.roster.problem import Task, least_people, task_of
from stationdesk.services.shifts.publications import published, rostered
from stationdesk.storage.roster import Roster
from stationdesk.storage.store import PROGRAM, Actor, Store

log = logging.getLogger(__name__)

Told = Callable[[Progress], None]
Asked = Callable[[], bool]


@dataclass(frozen=True)
class Solved:
    """A draft made by the engine: its points, what no roster can be below, how surely and how fast; short: shifts that miss somebody."""

    roster_id: int
    objective: int
    lower_bound: int
    status: str
    seconds: float
    first_seconds: float | None
    points: Mapping[str, int]
    short: tuple[tuple[date, str, int], ...]
    kinds: Mapping[str, Name]


@dataclass(frozen=True)
class Mended:
    """A draft that mends what is published: the changes, who is told, whether fewer will not do. roster_id None: it cannot be mended."""

    roster_id: int | None
    changes: tuple[Change, ...]
    told: tuple[str, ...]
    proved: bool
    seconds: float


@dataclass(frozen=True)
class Dispute:
    """Rules that cannot all be kept, in words, and the ways out with what each would cost; none where all can be kept."""

    rules: tuple[str, ...]
    minimal: bool
    ways: tuple[tuple[str, ...], ...]
    seconds: float


def warm_engine(cache: Path, cancelled: Asked = never) -> None:
    """Have the engine compiled in a process of its own, so that the first roster does not wait for it; where that fails, it does."""
    try:
        apart.warm(cache, cancelled)
    except (apart.EndedError, ImportError, OSError) as error:
        log.warning("the engine was not compiled in advance: %r", error)


def solve_roster(
    store: Store, actor: Actor, first: date, last: date, *, at: datetime, seconds: float = 60.0, people_on_shift: int | None = None,
    cache: Path | None = None, on_progress: Told = nobody_asks, cancelled: Asked = never,
) -> Solved:  # fmt: skip
    """Make a draft with the engine; cancelled it keeps the best so far. The store is free while it works.

    RosterEmptyError, RosterPersonalError where one person's own leave, fixed duties and rest contradict each other, RosterUnsolvedError.
    """
    if actor.person_id != PROGRAM.person_id:
        check(store.roles(actor.person_id, at), "draft_roster")  # before a minute's work, not after it
    with store.read() as session:
        task = _wanted(session, first, last, at, people_on_shift)
        called = names(session)
    answer = apart.solve(task.problem, Limits(seconds=seconds), on_progress, cancelled, task.duties(task.planned), cache)
    if answer.duties is None or answer.cost is None:
        raise RosterPersonalError(name=called.get(int(answer.person), "")) if answer.person else RosterUnsolvedError
    with store.write(actor, "draft_roster", at) as session:
        base = published(session, first)
        made = put_roster(
            session, actor.person_id, first, last, task.kinds, task.cells(answer.duties), task.people, how="solver",
            base=base.roster_id if base else None, at=at,
        )  # fmt: skip
    return Solved(
        roster_id=made,
        objective=answer.cost,
        lower_bound=max(0, answer.bound),  # points are never negative
        status=answer.status,
        seconds=answer.seconds,
        first_seconds=answer.first_seconds,
        points={what: value for what, value in answer.points.items() if value},
        short=tuple((task.days[each.day], each.shift, each.missing) for each in answer.short),
        kinds={kind.code: kind.name for kind in task.kinds},
    )


def repair_roster(
    store: Store, actor: Actor, day: date, *, at: datetime, from_day: date | None = None, people_on_shift: int | None = None,
    cancelled: Asked = never,
) -> Mended:  # fmt: skip
    """Mend the published roster that holds a day after leave or a swap, with the fewest changes, as a draft of its next version.

    from_day: days before it stay as they are. people_on_shift: wanted on each shift, by default the least the rules ask for.
    RosterMissingError.
    """
    with store.read() as session:
        found = published(session, day)
        if found is None:
            raise RosterMissingError(day=day.isoformat())
        task = _wanted(session, found.first, found.last, at, people_on_shift or least_people(session, at))
        before = rostered(session, session.get_one(Roster, found.roster_id), leave=False).cells
        called = names(session)
    begins = max(0, ((from_day or found.first) - found.first).days)
    mended = apart.repair(task.problem, task.duties(before), cancelled, begins)
    if mended.duties is None:
        return Mended(None, (), (), mended.proved, mended.seconds)
    with store.write(actor, "draft_roster", at) as session:
        made = put_roster(
            session, actor.person_id, found.first, found.last, task.kinds, task.cells(mended.duties), task.people, how="repair",
            base=found.roster_id, at=at,
        )  # fmt: skip
    changes = tuple(Change(int(each.member), task.days[each.day], each.now.shift if each.now else "") for each in mended.changes)
    return Mended(made, changes, tuple(called.get(int(each), "") for each in mended.told), mended.proved, mended.seconds)


def find_conflict(
    store: Store, first: date, last: date, *, at: datetime, people_on_shift: int | None = None, cancelled: Asked = never
) -> Dispute | None:
    """Which rules stand against each other where no roster keeps them all, and the nearest ways out; None where one does."""
    with store.read() as session:
        task = _wanted(session, first, last, at, people_on_shift)
        called = names(session)
    found = apart.conflict(task.problem, cancelled)
    return _worded(found, task, called) if found is not None else None


def _wanted(session: Session, first: date, last: date, at: datetime, people_on_shift: int | None = None) -> Task:
    """The problem of some days; where the rotation changes within them each kind of shift is wanted on its own days only."""
    task = task_of(session, first, last, at, people_on_shift)
    kinds = {kind.code: kind for kind in task.kinds}
    demand = tuple(each for each in task.problem.demand if kinds[each.place.shift].mans(task.days[each.day]))
    return replace(task, problem=replace(task.problem, demand=demand))


def _worded(found: Conflict, task: Task, called: Mapping[int, str]) -> Dispute:
    said = tuple(_said(rule, task, called) for rule in found.rules)
    ways = tuple(tuple(_relaxed(each, task, called) for each in way.relaxed) for way in found.ways)
    return Dispute(said, found.minimal, ways, found.seconds)


RULES = {
    "cover": N_("{days}: people on {shift}"),
    "leader": N_("{days}: a leader on {shift}"),
    "certificate": N_("{days}: somebody with {certificate} on {shift}"),
    "leave": N_("{days}: leave of {person}"),
    "fixed": N_("{days}: fixed duty of {person}"),
    "rest": N_("{days}: rest of {person} between shifts"),
    "run": N_("{days}: days in a row of {person}"),
    "nights": N_("{days}: nights in a row of {person}"),
    "off": N_("{days}: days off of {person}"),
    "most hours": N_("most hours of {person}"),
    "least hours": N_("least hours of {person}"),
}


def _said(rule: Rule, task: Task, called: Mapping[int, str]) -> str:
    kinds = {kind.code: kind.name for kind in task.kinds}
    span = [task.days[n].isoformat() for n in (rule.first, rule.last) if 0 <= n < len(task.days)]
    person = called.get(int(rule.member), "") if rule.member else ""
    days = " – ".join(dict.fromkeys(span))
    certificate = task.certificates.get(rule.certificate, Name(rule.certificate))
    shift = kinds.get(rule.shift, Name(rule.shift))
    return _(RULES[rule.kind]).format(days=days, shift=shift, person=person, certificate=certificate).lstrip(":： ")


COUNTED = {"cover": Unit.PEOPLE, "leader": Unit.PEOPLE, "certificate": Unit.PEOPLE, "nights": Unit.NIGHTS}


def _relaxed(each: Relaxed, task: Task, called: Mapping[int, str]) -> str:
    """By how much a rule would give way, in what it counts."""
    kind, by = each.rule.kind, round(each.amount)
    if kind == "rest":
        amount = n_("{n} time", "{n} times", by).format(n=by)
    else:
        amount = amount_said(by, Unit.MINUTES if kind.endswith("hours") else COUNTED.get(kind, Unit.DAYS))
    return _("{rule}: give way by {amount}").format(rule=_said(each.rule, task, called), amount=amount)
