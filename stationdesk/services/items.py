"""Open items, dispatch orders and instructions: opened, read back, done; they go on under the number they were born with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain import items as rules
from stationdesk.domain.errors import DomainError
from stationdesk.domain.hazards import check_deadline
from stationdesk.domain.items import ItemKind
from stationdesk.domain.moments import day_of
from stationdesk.domain.permissions import check
from stationdesk.domain.words import N_
from stationdesk.services.hazards.ledger import carried_counts, check_owner
from stationdesk.services.once import once
from stationdesk.services.people.view import names, roles_of
from stationdesk.services.shifts.view import current
from stationdesk.services.station import zone
from stationdesk.storage.hazards import OpenItem
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store
from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.domain.handover import ItemFact, ItemsFacts


class NoSuchItemError(DomainError):
    """An open item that does not exist."""

    words = N_("There is no open item {item}.")


@dataclass(frozen=True)
class ItemView:
    """An open item, order or instruction for showing."""

    item_id: int
    number: str
    kind: ItemKind
    text: str
    from_whom: str
    deadline: datetime | None
    overdue: bool
    owner_id: int | None
    owner: str
    opened_at: datetime
    opened_by: str
    read_back_at: datetime | None
    done_at: datetime | None
    done_by: str
    done_words: str
    carried: int
    version: int


@dataclass(frozen=True)
class ItemOffer:
    """What: "read_back" or "finish", and why not, None: they may."""

    what: str
    refusal: DomainError | None


@dataclass(frozen=True)
class ItemLife:
    """An item and what the person who looks may do to it."""

    item: ItemView
    offers: tuple[ItemOffer, ...]


def open_item(
    store: Store,
    actor: Actor,
    kind: str,
    text: str,
    *,
    at: datetime,
    from_whom: str = "",
    deadline: datetime | None = None,
    owner_id: int | None = None,
) -> int:
    """Open an item, take an order (接令) or an instruction; its id."""
    with store.write(actor, "open_item", at) as session:
        return add_item(session, actor, kind, text, at=at, from_whom=from_whom, deadline=deadline, owner_id=owner_id).id


def add_item(
    session: Session,
    actor: Actor,
    kind: str,
    text: str,
    *,
    at: datetime,
    from_whom: str = "",
    deadline: datetime | None = None,
    owner_id: int | None = None,
) -> OpenItem:
    """The same inside another transaction. EmptyTextError and its fellows, DeadlineError, OwnerUnknownError."""
    if deadline is not None:
        check_deadline(deadline, at)
    check_owner(session, owner_id)
    shift = current(session)
    item = OpenItem(
        number=_next_number(session, kind, at),
        kind=ItemKind(kind),
        text=rules.check_item(text),
        from_whom=from_whom.strip(),
        deadline=deadline,
        owner_id=owner_id,
        shift_id=shift.id if shift else None,
        opened_at=at,
        opened_by=actor.person_id,
    )
    session.add(item)
    session.flush()
    return item


def _next_number(session: Session, kind: str, at: datetime) -> str:
    day = day_of(at, zone(session))
    prefix = rules.number(kind, day, []).rpartition("-")[0] + "-"  # of this year or day, as the kind counts
    longest = func.length(OpenItem.number).desc(), OpenItem.number.desc()
    last = session.scalars(select(OpenItem.number).where(OpenItem.number.startswith(prefix)).order_by(*longest).limit(1)).first()
    return rules.number(kind, day, [last] if last else [])


def read_back(store: Store, actor: Actor, item_id: int, version: int, *, at: datetime) -> None:
    """An order was read back to the dispatcher (复诵)."""
    with store.write(actor, "read_back", at) as session:
        item = _item(session, item_id, version)
        rules.check_read_back(item.number, item.read_back_at, item.done_at)
        item.read_back_at = at


def finish_item(store: Store, actor: Actor, item_id: int, words: str, version: int, *, at: datetime) -> None:
    """It is done, with what was done; for an order: reported back (回令)."""
    with store.write(actor, "finish_item", at) as session:
        item = _item(session, item_id, version)
        item.done_words = rules.check_done(item.kind, item.number, item.read_back_at, item.done_at, words)
        item.done_at, item.done_by = at, actor.person_id


def _item(session: Session, item_id: int, version: int) -> OpenItem:
    item = session.get(OpenItem, item_id)
    if item is None:
        raise NoSuchItemError(item=item_id)
    item.expect(version)
    return item


def item_life(store: Store, item_id: int, at: datetime, person_id: int) -> ItemLife:
    """One item, and what the person may do to it now. NoSuchItemError."""
    with store.read() as session:
        item = session.get(OpenItem, item_id)
        if item is None:
            raise NoSuchItemError(item=item_id)
        offers = tuple(ItemOffer(what, _refusal(session, item, what, person_id, at)) for what in _offered(item))
        return ItemLife(_views(session, [item], at)[0], offers)


def _offered(item: OpenItem) -> tuple[str, ...]:
    return ("read_back", "finish") if item.kind == ItemKind.ORDER else ("finish",)


def _refusal(session: Session, item: OpenItem, what: str, person_id: int, at: datetime) -> DomainError | None:
    try:
        if what == "read_back":
            rules.check_read_back(item.number, item.read_back_at, item.done_at)
        else:
            rules.check_done(item.kind, item.number, item.read_back_at, item.done_at, "…")
        check(roles_of(session, person_id, at), "read_back" if what == "read_back" else "finish_item")
    except DomainError as refusal:
        return refusal
    return None


def facts(session: Session, shift: Shift, at: datetime) -> ItemsFacts:
    """All that is open, and of orders and instructions those the shift received, found open, or did."""
    from stationdesk.domain.handover import ItemsFacts

    mine = (OpenItem.shift_id == shift.id) | OpenItem.done_at.is_(None) | (OpenItem.done_at >= (shift.opened_at or shift.starts_at))
    found = session.execute(select(OpenItem.kind, OpenItem.done_at).where(mine, OpenItem.opened_at <= at)).all()

    def count(kind: ItemKind, done: bool = False) -> int:
        return sum(each.kind == kind and (each.done_at is not None or not done) for each in found)

    return ItemsFacts(
        open=tuple(_fact(each) for each in open_items(session, at)),
        orders=count(ItemKind.ORDER),
        orders_done=count(ItemKind.ORDER, done=True),
        instructions=count(ItemKind.INSTRUCTION),
        instructions_done=count(ItemKind.INSTRUCTION, done=True),
    )


def _fact(each: ItemView) -> ItemFact:
    from stationdesk.domain.handover import ItemFact

    return ItemFact(
        id=each.item_id,
        number=each.number,
        kind=each.kind,
        text=each.text,
        deadline=each.deadline,
        owner=each.owner,
        read_back=each.read_back_at is not None,
        carried=each.carried,
    )


def items_view(store: Store, at: datetime, *, done: bool = False, limit: int = 500) -> tuple[ItemView, ...]:
    """What is open, by deadline, or what was done last."""
    with store.read() as session:
        return done_items(session, at, limit) if done else open_items(session, at)


@once
def open_items(session: Session, at: datetime) -> tuple[ItemView, ...]:
    """All that are not done, those with a deadline first."""
    query = select(OpenItem).where(OpenItem.done_at.is_(None)).order_by(OpenItem.deadline.is_(None), OpenItem.deadline, OpenItem.id)
    return _views(session, list(session.scalars(query)), at)


def done_items(session: Session, at: datetime, limit: int) -> tuple[ItemView, ...]:
    """What was done, last first."""
    query = select(OpenItem).where(OpenItem.done_at.is_not(None)).order_by(OpenItem.done_at.desc()).limit(limit)
    return _views(session, list(session.scalars(query)), at)


def items_between(session: Session, start: datetime, end: datetime, at: datetime) -> tuple[ItemView, ...]:
    """Orders and instructions taken or done in a span, in the order they were taken."""
    taken, done = OpenItem.opened_at.between(start, end), OpenItem.done_at.between(start, end)
    query = select(OpenItem).where(OpenItem.kind != ItemKind.ITEM, taken | done).order_by(OpenItem.opened_at, OpenItem.id)
    return _views(session, list(session.scalars(query)), at)


def _views(session: Session, found: list[OpenItem], at: datetime) -> tuple[ItemView, ...]:
    people, carried = names(session), carried_counts(session, "open_item", (each.id for each in found))
    return tuple(_view(each, people, carried.get(each.id, 0), at) for each in found)


def _view(item: OpenItem, people: dict[int, str], carried: int, at: datetime) -> ItemView:
    return ItemView(
        item_id=item.id,
        number=item.number,
        kind=ItemKind(item.kind),
        text=item.text,
        from_whom=item.from_whom,
        deadline=item.deadline,
        overdue=item.done_at is None and item.deadline is not None and at > item.deadline,
        owner_id=item.owner_id,
        owner=people.get(item.owner_id or 0, ""),
        opened_at=item.opened_at,
        opened_by=people.get(item.opened_by, ""),
        read_back_at=item.read_back_at,
        done_at=item.done_at,
        done_by=people.get(item.done_by or 0, ""),
        done_words=item.done_words,
        carried=carried,
        version=item.version,
    )
