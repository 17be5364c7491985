"""Checklist templates and their dated versions: name, period, subject and items, changed as a whole from a time on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.checklists import Period, period_data, period_of
from stationdesk.domain.names import Name
from stationdesk.domain.walks import (
    LineText,
    ListCodeTakenError,
    ListNameError,
    ListNotYetError,
    ListRetiredError,
    ListVersionPastError,
    check_lines,
)
from stationdesk.services.lines import line_text, line_values
from stationdesk.services.once import once
from stationdesk.storage.checklists import Checklist, ChecklistItem, ChecklistTemplate, ChecklistVersion
from stationdesk.storage.recall import recall
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class ChecklistText:
    """What a station says of a checklist: its items too. subject: fire, tools, …: the handover line it is evidence for."""

    name: Name
    period: Period
    lines: tuple[LineText, ...]
    subject: str = ""
    position: int = 0


@dataclass(frozen=True)
class TemplateView:
    """A checklist as in force at a time."""

    template_id: int
    code: str
    version_id: int
    name: Name
    period: Period
    subject: str
    position: int
    valid_from: datetime
    items: int
    retired_at: datetime | None


@once
def templates_at(session: Session, at: datetime) -> tuple[TemplateView, ...]:
    """The checklists in use at a time, in the station's order."""
    views = [view for view in _in_force(session, at).values() if view.retired_at is None or view.retired_at > at]
    return tuple(sorted(views, key=lambda view: (view.position, view.template_id)))


def _in_force(session: Session, at: datetime) -> dict[int, TemplateView]:
    return {view.template_id: view for view in _versions(session).values() if view.valid_from <= at}


def _versions(session: Session) -> dict[int, TemplateView]:
    """Every version there is by its id, the oldest first: they are few, and every view of a checklist asks for one."""
    tables = ("checklist_template", "checklist_version", "checklist_item")
    return recall(session, "checklist_versions", tables, lambda: _read_versions(session))


def _read_versions(session: Session) -> dict[int, TemplateView]:
    versions = session.scalars(select(ChecklistVersion).order_by(ChecklistVersion.valid_from, ChecklistVersion.id))
    templates = {each.id: each for each in session.scalars(select(ChecklistTemplate))}
    counted = select(ChecklistItem.checklist_version_id, func.count()).group_by(ChecklistItem.checklist_version_id)
    items: dict[int, int] = {row[0]: row[1] for row in session.execute(counted)}
    return {each.id: _view(templates[each.template_id], each, items.get(each.id, 0)) for each in versions}


def _view(template: ChecklistTemplate, version: ChecklistVersion, items: int) -> TemplateView:
    return TemplateView(
        template_id=template.id,
        code=template.code,
        version_id=version.id,
        name=Name(version.name_zh, version.name_en),
        period=period_of(json.loads(version.schedule)),
        subject=version.subject,
        position=version.position,
        valid_from=version.valid_from,
        items=items,
        retired_at=template.retired_at,
    )


def template_at(session: Session, template_id: int, at: datetime) -> TemplateView:
    """A checklist in force at a time. ListRetiredError, ListNotYetError."""
    view = _in_force(session, at).get(template_id)
    if view is None:
        raise ListNotYetError(name=session.get_one(ChecklistTemplate, template_id).code)
    if view.retired_at is not None and view.retired_at <= at:
        raise ListRetiredError(name=view.name)
    return view


def version_view(session: Session, version_id: int) -> TemplateView:
    """A version whatever the time: the one a checklist was filled by."""
    return _versions(session)[version_id]


def items_of(session: Session, version_id: int) -> tuple[ChecklistItem, ...]:
    """The items of a version in their order; records, for use inside the transaction."""
    order = ChecklistItem.position, ChecklistItem.id
    return tuple(session.scalars(select(ChecklistItem).where(ChecklistItem.checklist_version_id == version_id).order_by(*order)))


def templates_view(store: Store, at: datetime) -> tuple[TemplateView, ...]:
    """The checklists in use, for lists and Settings."""
    with store.read() as session:
        return templates_at(session, at)


def checklist_text(store: Store, template_id: int, at: datetime) -> ChecklistText:
    """A checklist as a station sets it, to be changed into the next version."""
    with store.read() as session:
        view = template_at(session, template_id, at)
        lines = tuple(line_text(each) for each in items_of(session, view.version_id))
        return ChecklistText(view.name, view.period, lines, view.subject, view.position)


def set_checklist_version(
    store: Store, actor: Actor, template_id: int, text: ChecklistText, *, at: datetime, valid_from: datetime | None = None
) -> int:
    """The checklist is otherwise from a time on (default: now); the id of the version.

    ListVersionPastError: it was filled in since in another version. ListRetiredError, ListNameError and the errors of check_lines.
    """
    begins = valid_from or at
    with store.write(actor, "set_checklist_version", at) as session:
        template = session.get_one(ChecklistTemplate, template_id)
        if template.retired_at is not None:
            raise ListRetiredError(name=text.name)
        refuse_past(session, template_id, text.name, begins)
        return put_version(session, actor.person_id, template_id, text, begins, at)


def add_checklist(store: Store, actor: Actor, code: str, text: ChecklistText, *, at: datetime, valid_from: datetime | None = None) -> int:
    """A new checklist, due from a time on (default: now); its id. ListCodeTakenError, ListNameError."""
    with store.write(actor, "add_checklist", at) as session:
        return put_template(session, actor.person_id, code, text, valid_from or at, at)


def retire_checklist(store: Store, actor: Actor, template_id: int, *, at: datetime) -> None:
    """The checklist is filled in no more; what was filled in stays. ListRetiredError."""
    with store.write(actor, "retire_checklist", at) as session:
        template = session.get_one(ChecklistTemplate, template_id)
        if template.retired_at is not None:
            raise ListRetiredError(name=template.code)
        template.retired_at = at


def put_template(session: Session, by_id: int, code: str, text: ChecklistText, valid_from: datetime, at: datetime) -> int:
    """A new checklist inside a transaction (set-up, profile); its id. ListCodeTakenError, ListNameError."""
    code = code.strip()
    if not code:
        raise ListNameError()
    if session.scalars(select(ChecklistTemplate.id).where(ChecklistTemplate.code == code)).first() is not None:
        raise ListCodeTakenError(code=code)
    template = ChecklistTemplate(code=code)
    session.add(template)
    session.flush()
    put_version(session, by_id, template.id, text, valid_from, at)
    return template.id


def put_version(session: Session, by_id: int, template_id: int, text: ChecklistText, valid_from: datetime, at: datetime) -> int:
    """A version inside a transaction; its id. ListNameError and the errors of check_lines."""
    if not text.name.zh.strip():
        raise ListNameError()
    check_lines(text.lines)
    version = ChecklistVersion(
        template_id=template_id,
        position=text.position,
        name_zh=text.name.zh,
        name_en=text.name.en,
        schedule=json.dumps(period_data(text.period)),
        subject=text.subject,
        valid_from=valid_from,
        by_id=by_id,
        at=at,
    )
    session.add(version)
    session.flush()
    for n, line in enumerate(text.lines, 1):
        session.add(ChecklistItem(checklist_version_id=version.id, **line_values(n, line)))  # type: ignore[arg-type]
    return version.id


def refuse_past(session: Session, template_id: int, name: Name, begins: datetime) -> None:
    """A version dated before checklists that were filled in, or before a version that is there already, is refused."""
    started = select(func.max(Checklist.started_at)).where(Checklist.template_id == template_id)
    last: datetime | None = session.scalars(started).one()
    newest: datetime | None = session.scalars(
        select(func.max(ChecklistVersion.valid_from)).where(ChecklistVersion.template_id == template_id)
    ).one()
    if last is not None and begins <= last:
        raise ListVersionPastError(name=name, time=last)
    if newest is not None and begins < newest:
        raise ListVersionPastError(name=name, time=newest)
