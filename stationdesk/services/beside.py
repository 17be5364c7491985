"""What stands beside the shift: the last entries of its log, and what a chief has not seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from stationdesk.domain.permissions import CHIEFS, Role, allowed
from stationdesk.services.log.read import EntryView, LogFilter, entries
from stationdesk.services.notices import NoticeView, unseen
from stationdesk.services.people.view import names
from stationdesk.storage.store import Store

LAST_ENTRIES = 8


@dataclass(frozen=True)
class Beside:
    """What stands beside the shift: the last entries of its log, what a chief has not seen, the people named in it."""

    entries: tuple[EntryView, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    names: dict[int, str] = field(default_factory=dict)
    may_end: bool = False  # this person may end an emergency state


def beside(store: Store, person_id: int, at: datetime) -> Beside:
    """For the person who looks (below 1: nobody): notices only for a chief, and for whoever is responsible for metering."""
    roles = store.roles(person_id, at) if person_id > 0 else frozenset()
    found = unseen(store) if roles & CHIEFS else unseen(store, "metering") if Role.METERING in roles else ()
    with store.read() as session:
        named = names(session)
    return Beside(entries(store, LogFilter(), limit=LAST_ENTRIES), found, named, allowed(roles, "end_emergency"))
