"""What the checklists say of a shift, for its handover: what it owes, and the latest of each subject."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import Result, State
from stationdesk.domain.handover import ChecklistDue, ChecklistResult, ChecklistsFacts, FoundLine
from stationdesk.services.checklists.templates import TEMPLATES
from stationdesk.services.checklists.view import DueView, due_in
from stationdesk.services.lines import found_line
from stationdesk.storage.checklists import Checklist, ChecklistItem, ChecklistLine, ChecklistVersion
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.recall import recall
from stationdesk.storage.shifts import Shift


def facts(session: Session, shift: Shift, at: datetime) -> ChecklistsFacts:
    """The checklists that belong to the shift, those not signed off, and the latest of each subject, of this shift or before."""
    owed = [each for each in due_in(session, shift, at) if each.due.owed]
    signed = select(func.count(func.distinct(Checklist.template_id))).where(Checklist.shift_id == shift.id, Checklist.state == State.CLOSED)
    done = session.scalars(signed).one()
    return ChecklistsFacts(
        due=len(owed) + done,
        done=done,
        wanting=tuple(_wanting(each) for each in owed),
        latest=tuple(_result(session, each) for each in _latest(session, at)),
    )


def _wanting(each: DueView) -> ChecklistDue:
    return ChecklistDue(each.template.code, each.template.name, each.template.subject, each.running)


def _latest(session: Session, at: datetime) -> list[Checklist]:
    """The last one signed off of each subject: of the latest shift, though one of an earlier shift was entered after it."""
    found = recall(session, "latest checklists", ("checklist", "checklist_version", "shift"), lambda: _newest(session, None))
    if any(closed_at > at for _id, closed_at in found):
        found = _newest(session, at)  # as it was then
    return list(session.scalars(select(Checklist).where(Checklist.id.in_([each for each, _at in found])).order_by(Checklist.id)))


def _newest(session: Session, at: datetime | None) -> tuple[tuple[int, datetime], ...]:
    """Id and closing time of the last one of each subject, of all or of those signed off by a time: years of them are looked through."""
    newest = func.row_number().over(partition_by=ChecklistVersion.subject, order_by=(Shift.starts_at.desc(), Checklist.id.desc()))
    closed = (
        select(Checklist.id, Checklist.closed_at, newest.label("rank"))
        .join(ChecklistVersion, ChecklistVersion.id == Checklist.checklist_version_id)
        .join(Shift, Shift.id == Checklist.shift_id)
        .where(Checklist.state == State.CLOSED, ChecklistVersion.subject != "")
    )
    ranked = (closed if at is None else closed.where(Checklist.closed_at <= at)).subquery()
    rows = session.execute(select(ranked.c.id, ranked.c.closed_at).where(ranked.c.rank == 1))
    return tuple((row.id, row.closed_at) for row in rows)


def _result(session: Session, filled: Checklist) -> ChecklistResult:
    template = TEMPLATES.by_version(session, filled.checklist_version_id)
    assert filled.closed_at is not None  # only signed ones are asked for
    return ChecklistResult(
        id=filled.id,
        code=template.code,
        name=template.name,
        subject=template.subject,
        closed_at=filled.closed_at,
        lines=template.items,
        abnormal=_abnormal(session, filled),
    )


def _abnormal(session: Session, filled: Checklist) -> tuple[FoundLine, ...]:
    query = (
        select(ChecklistLine, ChecklistItem, Hazard)
        .join(ChecklistItem, ChecklistItem.id == ChecklistLine.item_id)
        .outerjoin(Hazard, Hazard.id == ChecklistLine.hazard_id)
        .where(ChecklistLine.checklist_id == filled.id, ChecklistLine.result == Result.ABNORMAL)
        .order_by(ChecklistLine.id)
    )
    return tuple(found_line(line.checklist_id, line, item, hazard, line.at) for line, item, hazard in session.execute(query))
