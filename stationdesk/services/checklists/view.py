"""What is seen of checklists: what is due in the shift, one with its items, those of before, the blank form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import Progress, State
from stationdesk.domain.checklists import Done, Due, DueState, Every, due
from stationdesk.domain.moments import Span, month_of, week_of
from stationdesk.domain.names import Name
from stationdesk.services.checklists.templates import TEMPLATES, TemplateView
from stationdesk.services.lines import Choices, LastAnswer, LineView, choices, counted, hazard_briefs, views
from stationdesk.services.once import once
from stationdesk.services.people.view import names
from stationdesk.services.shifts.view import ShiftView, closed_shifts, current, shift_view
from stationdesk.services.station import zone
from stationdesk.storage.checklists import Checklist, ChecklistItem, ChecklistLine
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store
from stationdesk.storage.walks import Kept
from stationdesk.values import dataclass

HISTORY = 200
ORDER = {DueState.OVERDUE: 0, DueState.DUE: 1, DueState.DONE: 2, DueState.HINT: 3, DueState.NOT_DUE: 4}


@dataclass(frozen=True)
class DueView:
    """How a checklist stands in the shift. running: the one being filled in; last: the last one signed off in the period."""

    template: TemplateView
    due: Due
    running: int | None = None
    running_done: int = 0
    last: int | None = None
    last_at: datetime | None = None
    last_by: str = ""

    @property
    def id(self) -> int:
        """The template's id: a row of the list stays the same row."""
        return self.template.template_id


@dataclass(frozen=True)
class ChecklistBrief:
    """A checklist in a list. afterwards: entered when its shift was handed over already."""

    id: int
    template_id: int
    name: Name
    shift: Name
    day: date
    state: str
    mode: str
    started_at: datetime
    started_by: str
    closed_at: datetime | None
    closed_by: str
    progress: Progress
    afterwards: bool
    words: str


@dataclass(frozen=True)
class ChecklistView:
    """One checklist with its items. span: planned time of the shift it counts for."""

    brief: ChecklistBrief
    template: TemplateView
    lines: tuple[LineView, ...]
    shift_id: int
    span: Span
    zone: ZoneInfo

    @property
    def alive(self) -> bool:
        """Neither signed off nor given up."""
        return self.brief.state in (State.RUNNING, State.PAUSED)


@dataclass(frozen=True)
class ChecklistsView:
    """The checklists of a shift: what is due first; the shifts one can enter a list on paper for afterwards."""

    at: datetime
    zone: ZoneInfo
    shift: ShiftView | None
    due: tuple[DueView, ...]
    choices: Choices
    closed_shifts: tuple[ShiftView, ...] = ()

    @property
    def owed(self) -> tuple[DueView, ...]:
        """What this shift still owes."""
        return tuple(each for each in self.due if each.due.owed)


def checklists_view(store: Store, at: datetime, shift_id: int | None = None) -> ChecklistsView:
    """The checklists as they stand in the open shift, or in another one."""
    with store.read() as session:
        shift, people = session.get_one(Shift, shift_id) if shift_id is not None else current(session), names(session)
        return ChecklistsView(
            at=at,
            zone=zone(session),
            shift=shift_view(session, shift, people) if shift else None,
            due=due_in(session, shift, at) if shift else (),
            choices=choices(session, at),
            closed_shifts=closed_shifts(session, people),
        )


@once
def due_in(session: Session, shift: Shift, at: datetime) -> tuple[DueView, ...]:
    """All checklists in use with how they stand in a shift: overdue, due, done, hints, then the others."""
    templates = TEMPLATES.in_use(session, asked_at(shift, at))
    signed, running = _signed(session, [each.template_id for each in templates], shift.day), running_in(session, shift)
    found = [_due(session, each, shift, signed.get(each.template_id, []), running.get(each.template_id)) for each in templates]
    return tuple(sorted(found, key=lambda each: (ORDER[each.due.state], each.template.position, each.id)))


def asked_at(shift: Shift, at: datetime) -> datetime:
    """The moment whose templates a shift goes by: now while its time runs, else its end."""
    return max(shift.starts_at, min(at, shift.ends_at))


class Signed(NamedTuple):
    """A checklist that was signed off, as far as it says what is due."""

    done: Done
    checklist_id: int
    started_at: datetime
    closed_at: datetime | None
    closed_by: int | None


def _due(session: Session, template: TemplateView, shift: Shift, signed: list[Signed], running: int | None) -> DueView:
    if template.period.every in (Every.SHIFT, Every.DAY):
        signed = [each for each in signed if each.done.day == shift.day]
    last = max(signed, key=lambda each: each.closed_at or each.started_at, default=None)
    return DueView(
        template,
        due(template.period, shift.day, shift.kind, [each.done for each in signed], part=shift.part),
        running=running,
        running_done=_answers(session, running) if running else 0,
        last=last.checklist_id if last else None,
        last_at=last.closed_at if last else None,
        last_by=names(session).get(last.closed_by or 0, "") if last else "",
    )


def running_in(session: Session, shift: Shift) -> dict[int, int]:
    """The id of the one being filled in, by its template: of the open shift also one begun before it, of a closed one only its own."""
    begun = Checklist.shift_id == shift.id
    if shift.closed_at is None:
        begun |= Shift.closed_at.is_(None) | (Checklist.started_at <= Shift.closed_at)
    alive = (
        select(Checklist.template_id, Checklist.id).join(Shift, Shift.id == Checklist.shift_id).where(Checklist.closed_at.is_(None), begun)
    )
    return {each.template_id: each.id for each in session.execute(alive.order_by(Checklist.id))}


def _signed(session: Session, templates: Sequence[int], day: date) -> dict[int, list[Signed]]:
    """What was signed off around a day, in its month and its week, by template; columns, no records: it is asked after every change."""
    first, last = min(month_of(day)[0], week_of(day)[0]), max(month_of(day)[1], week_of(day)[1])
    facts = Checklist.id, Checklist.started_at, Checklist.closed_at, Checklist.closed_by
    rows = session.execute(
        select(Checklist.template_id, Checklist.day, Shift.kind, Shift.part, *facts)
        .join(Shift, Shift.id == Checklist.shift_id)
        .where(Checklist.template_id.in_(templates), Checklist.state == State.CLOSED, Checklist.day >= first, Checklist.day <= last)
    )
    found: dict[int, list[Signed]] = {}
    for template_id, on, kind, part, key, started_at, closed_at, closed_by in rows:
        found.setdefault(template_id, []).append(Signed(Done(on, kind, part), key, started_at, closed_at, closed_by))
    return found


def _answers(session: Session, checklist_id: int) -> int:
    return len(session.scalars(select(ChecklistLine.id).where(ChecklistLine.checklist_id == checklist_id)).all())


def checklist_view(store: Store, checklist_id: int) -> ChecklistView:
    """One checklist with its items, what was found the last time, and its hazards."""
    with store.read() as session:
        return view_of(session, session.get_one(Checklist, checklist_id))


def view_of(session: Session, filled: Checklist) -> ChecklistView:
    """One checklist, inside a transaction."""
    people = names(session)
    template = TEMPLATES.by_version(session, filled.checklist_version_id)
    asked = TEMPLATES.lines(session, filled.checklist_version_id)
    kept: dict[int, Kept] = {
        line.item_id: line for line in session.scalars(select(ChecklistLine).where(ChecklistLine.checklist_id == filled.id))
    }
    hazards = hazard_briefs(session, (line.hazard_id for line in kept.values()), people)
    lines = views(asked, kept, _last(session, filled), hazards, people)
    shift = session.get_one(Shift, filled.shift_id)
    brief = _brief(filled, shift, template.name, counted(len(asked), kept.values()), people)
    return ChecklistView(brief, template, lines, filled.shift_id, Span(shift.starts_at, shift.ends_at), zone(session))


def checklists_of_shift(store: Store, shift_id: int) -> tuple[ChecklistView, ...]:
    """The checklists of a shift with their items, in the order they were begun."""
    with store.read() as session:
        found = session.scalars(select(Checklist).where(Checklist.shift_id == shift_id).order_by(Checklist.id))
        return tuple(view_of(session, each) for each in found)


def _last(session: Session, filled: Checklist) -> dict[str, LastAnswer]:
    """What the checklist before found, by code of the item."""
    before = select(Checklist.id).where(
        Checklist.template_id == filled.template_id, Checklist.state == State.CLOSED, Checklist.id < filled.id
    )
    last = session.scalars(before.order_by(Checklist.id.desc()).limit(1)).first()
    if last is None:
        return {}
    joined = select(ChecklistItem.code, ChecklistLine).join(ChecklistLine, ChecklistLine.item_id == ChecklistItem.id)
    rows = session.execute(joined.where(ChecklistLine.checklist_id == last))
    return {code: LastAnswer(line.result, line.value, line.choice, line.at) for code, line in rows}


def _brief(filled: Checklist, shift: Shift, name: Name, done: Progress, people: Mapping[int, str]) -> ChecklistBrief:
    return ChecklistBrief(
        id=filled.id,
        template_id=filled.template_id,
        name=name,
        shift=Name(shift.name_zh, shift.name_en),
        day=filled.day,
        state=filled.state,
        mode=filled.mode,
        started_at=filled.started_at,
        started_by=people.get(filled.started_by, ""),
        closed_at=filled.closed_at,
        closed_by=people.get(filled.closed_by or 0, ""),
        progress=done,
        afterwards=shift.closed_at is not None and filled.started_at > shift.closed_at,
        words=filled.words,
    )


def history(store: Store, template_id: int | None = None, before: int | None = None, limit: int = HISTORY) -> tuple[ChecklistBrief, ...]:
    """The checklists, the newest first; before: the id of the last one seen, for the next page."""
    with store.read() as session:
        query = select(Checklist).order_by(Checklist.id.desc()).limit(limit)
        if template_id is not None:
            query = query.where(Checklist.template_id == template_id)
        if before is not None:
            query = query.where(Checklist.id < before)
        return briefs(session, list(session.scalars(query)))


def briefs(session: Session, filled: list[Checklist]) -> tuple[ChecklistBrief, ...]:
    """Checklists as a list shows them."""
    people = names(session)
    versions = {key: TEMPLATES.by_version(session, key) for key in {each.checklist_version_id for each in filled}}
    lines: dict[int, list[Kept]] = {each.id: [] for each in filled}
    for line in session.scalars(select(ChecklistLine).where(ChecklistLine.checklist_id.in_(lines))):
        lines[line.checklist_id].append(line)
    return tuple(_listed(session, each, versions[each.checklist_version_id], lines[each.id], people) for each in filled)


def _listed(session: Session, each: Checklist, version: TemplateView, lines: list[Kept], people: Mapping[int, str]) -> ChecklistBrief:
    return _brief(each, session.get_one(Shift, each.shift_id), version.name, counted(version.items, lines), people)


@dataclass(frozen=True)
class ChecklistBlank:
    """What stands on a blank form of a checklist."""

    template: TemplateView
    lines: tuple[LineView, ...]
    zone: ZoneInfo


def blank_checklist(store: Store, template_id: int, at: datetime) -> ChecklistBlank:
    """The blank form of a checklist as in force at a time. ListRetiredError, ListNotYetError."""
    with store.read() as session:
        template = TEMPLATES.one(session, template_id, at)
        return ChecklistBlank(template, views(TEMPLATES.lines(session, template.version_id), {}, {}, {}, {}), zone(session))
