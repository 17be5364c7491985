"""Checklist templates and their dated versions: name, period, subject and items, changed as a whole from a time on."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.checklists import Period, period_data, period_of
from stationdesk.domain.names import Name
from stationdesk.domain.walks import LineText
from stationdesk.services.lists import Lists
from stationdesk.services.meanwhile import as_seen
from stationdesk.storage.checklists import Checklist, ChecklistItem, ChecklistTemplate, ChecklistVersion
from stationdesk.storage.store import Actor, Store
from stationdesk.values import dataclass


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


TEMPLATES = Lists(
    ChecklistTemplate,
    ChecklistVersion,
    ChecklistItem,
    ChecklistVersion.template_id,
    ChecklistItem.checklist_version_id,
    Checklist.started_at,
    Checklist.template_id,
    _view,
)


def templates_view(store: Store, at: datetime) -> tuple[TemplateView, ...]:
    """The checklists in use, for lists and Settings."""
    with store.read() as session:
        return TEMPLATES.in_use(session, at)


def checklist_text(store: Store, template_id: int, at: datetime) -> ChecklistText:
    """A checklist as a station sets it, to be changed into the next version."""
    with store.read() as session:
        view = TEMPLATES.one(session, template_id, at)
        return ChecklistText(view.name, view.period, TEMPLATES.texts(session, view.version_id), view.subject, view.position)


def set_checklist_version(
    store: Store,
    actor: Actor,
    template_id: int,
    text: ChecklistText,
    *,
    at: datetime,
    valid_from: datetime | None = None,
    base: int | None = None,
) -> int:
    """The checklist is otherwise from a time on (default: now); the id of the version. base: the version the change was made on.

    ListVersionPastError: it was filled in since in another version. ChangedMeanwhileError, ListRetiredError, ListNameError and the
    errors of check_lines.
    """
    begins = valid_from or at
    with store.write(actor, "set_checklist_version", at) as session:
        as_seen(base, TEMPLATES.one(session, template_id, at).version_id, "checklist_version")
        TEMPLATES.check_change(session, template_id, text.name, begins)
        return put_version(session, actor.person_id, template_id, text, begins, at)


def add_checklist(store: Store, actor: Actor, code: str, text: ChecklistText, *, at: datetime, valid_from: datetime | None = None) -> int:
    """A new checklist, due from a time on (default: now); its id. ListCodeTakenError, ListNameError."""
    with store.write(actor, "add_checklist", at) as session:
        template_id = TEMPLATES.add(session, code)
        put_version(session, actor.person_id, template_id, text, valid_from or at, at)
        return template_id


def retire_checklist(store: Store, actor: Actor, template_id: int, *, at: datetime) -> None:
    """The checklist is filled in no more; what was filled in stays. ListRetiredError."""
    with store.write(actor, "retire_checklist", at) as session:
        TEMPLATES.retire(session, template_id, at)


def put_version(session: Session, by_id: int, template_id: int, text: ChecklistText, valid_from: datetime, at: datetime) -> int:
    """A version inside a transaction; its id. ListNameError and the errors of check_lines."""
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
    return TEMPLATES.put(session, version, text.lines)
