"""What a role must see: told when it happens, there until somebody of that role has seen it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.storage.station import Notice
from stationdesk.storage.store import Actor, Store
from stationdesk.values import dataclass


@dataclass(frozen=True)
class NoticeView:
    """One notice not yet seen; `values` holds codes and ids, worded where it is shown."""

    notice_id: int
    kind: str
    subject_kind: str
    subject_id: int
    values: dict[str, Any]
    role: str
    at: datetime


def notify(session: Session, kind: str, subject_kind: str, subject_id: int, at: datetime, *, role: str = "chief", **values: object) -> None:
    """Leave a notice, inside the transaction of what it tells of."""
    content = json.dumps(values, ensure_ascii=False, sort_keys=True, allow_nan=False)
    session.add(Notice(kind=kind, subject_kind=subject_kind, subject_id=subject_id, content=content, role=role, at=at))


def unseen(store: Store, role: str = "chief") -> tuple[NoticeView, ...]:
    """What the role has not seen, newest first."""
    with store.read() as session:
        found = session.scalars(select(Notice).where(Notice.role == role, Notice.seen_at.is_(None)).order_by(Notice.id.desc()))
        return tuple(map(_view, found))


def _view(note: Notice) -> NoticeView:
    return NoticeView(note.id, note.kind, note.subject_kind, note.subject_id, json.loads(note.content), note.role, note.at)


def see_notice(store: Store, actor: Actor, notice_id: int, *, at: datetime) -> None:
    """The actor has seen it."""
    with store.write(actor, "see_notice", at) as session:
        note = session.get_one(Notice, notice_id)
        note.seen_at, note.seen_by = at, actor.person_id
