"""What the Now page asks of the store, in the database thread: the store's libraries are imported there, not before the window paints."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.domain.names import Name
    from stationdesk.services import Actor, Store
    from stationdesk.services.beside import Beside
    from stationdesk.services.handover import Ready
    from stationdesk.services.now import NowView

FOUND = 8


def now_view(store: Store, at: datetime) -> NowView:
    """The station at this moment."""
    from stationdesk.services import now

    return now.now_view(store, at)


def beside(store: Store, person_id: int, at: datetime) -> Beside:
    """Log, notices, names."""
    from stationdesk.services.beside import beside as found

    return found(store, person_id, at)


def ready(store: Store, at: datetime) -> Ready:
    """How the handover of the open shift stands."""
    from stationdesk.services import handover

    return handover.ready(store, at)


def roles(store: Store, person_id: int, at: datetime) -> tuple[int, tuple[str, ...]]:
    """The person asked about, and the roles they have."""
    return person_id, tuple(sorted(str(role) for role in store.roles(person_id, at)))


def emergency_kinds(store: Store, at: datetime) -> tuple[tuple[str, Name], ...]:
    """漏气, 火警 …: code and name."""
    from stationdesk.services.station import list_view

    return list_view(store, "emergency_kinds", at)


def record_emergency(store: Store, actor: Actor, kind: str, text: str, *, at: datetime) -> int:
    """Into the log, by whoever is picked."""
    from stationdesk.services import log

    return log.record_emergency(store, actor, kind, text, at=at)


def declare_emergency(store: Store, actor: Actor, *, at: datetime) -> int:
    """应急状态 begins."""
    from stationdesk.services import shifts

    return shifts.declare_emergency(store, actor, at=at)


def confirm_on_post(store: Store, actor: Actor, *, at: datetime) -> None:
    """在岗确认."""
    from stationdesk.services import shifts

    shifts.confirm_on_post(store, actor, at=at)


def see_notice(store: Store, actor: Actor, notice_id: int, *, at: datetime) -> None:
    """A chief has seen it."""
    from stationdesk.services import notices

    notices.see_notice(store, actor, notice_id, at=at)


@dataclass(frozen=True)
class Record:
    """A record the palette found: its page, what the page is to show, when it was."""

    page: str
    target: object
    title: str
    at: datetime


@dataclass(frozen=True)
class Records:
    """What was found for a text."""

    text: str
    hits: tuple[Record, ...]


def records(store: Store, text: str, at: datetime) -> Records:
    """Open hazards and items by number or words, then the newest entries of the log with every word."""
    from stationdesk.services import hazards, items, log

    found = [Record("hazards", each.hazard_id, f"{each.number} {each.text}", each.raised_at) for each in hazards.hazards_view(store, at)]
    found += [
        Record("hazards", ("item", each.item_id), f"{each.number} {each.text}", each.opened_at) for each in items.items_view(store, at)
    ]
    words = text.casefold().split()
    fitting = [each for each in found if all(word in each.title.casefold() for word in words)][:FOUND]
    entries = log.entries(store, log.LogFilter(text=text), limit=FOUND)
    return Records(text, (*fitting, *(Record("log", each.entry_id, each.text, each.time) for each in entries)))
