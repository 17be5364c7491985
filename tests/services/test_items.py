"""Open items, dispatch orders and instructions against a real store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stationdesk.domain.hazards import DeadlineError
from stationdesk.domain.items import DoneWordsError, ItemDoneError, ItemKind, ReadBackFirstError, ReadBackTwiceError
from stationdesk.domain.log import EmptyTextError
from stationdesk.services import Actor, Store, items
from stationdesk.services.hazards import OwnerUnknownError
from stationdesk.services.shifts import current
from tests.conftest_station import NIGHT, actor

HOUR = timedelta(hours=1)


@pytest.fixture
def operator(station_store: Store) -> Actor:
    return actor(station_store, "op-b1")


def view(store: Store, item_id: int, who: Actor) -> items.ItemView:
    return items.item_life(store, item_id, NIGHT, who.person_id).item


def test_each_kind_has_its_number(station_store: Store, operator: Actor) -> None:
    made = [items.open_item(station_store, operator, kind, "x", at=NIGHT) for kind in ("item", "order", "instruction", "item", "order")]
    numbers = [view(station_store, each, operator).number for each in made]
    assert numbers == ["YL-2026-0001", "DD-20261121-01", "CD-20261121-01", "YL-2026-0002", "DD-20261121-02"]


def test_hundred_orders_of_a_day_do_not_run_out_of_numbers(station_store: Store, operator: Actor) -> None:
    last = [items.open_item(station_store, operator, "order", f"令 {n}", at=NIGHT) for n in range(102)][-1]
    assert view(station_store, last, operator).number == "DD-20261121-102"


def test_order_is_read_back_before_it_is_reported(station_store: Store, operator: Actor) -> None:
    order = items.open_item(station_store, operator, "order", "出站压力调至 0.36", at=NIGHT, from_whom="调度 王工")
    offers = {each.what: each.refusal for each in items.item_life(station_store, order, NIGHT, operator.person_id).offers}
    assert offers["read_back"] is None
    assert isinstance(offers["finish"], ReadBackFirstError)
    with pytest.raises(ReadBackFirstError):
        items.finish_item(station_store, operator, order, "已调", 1, at=NIGHT)
    items.read_back(station_store, operator, order, 1, at=NIGHT)
    with pytest.raises(ReadBackTwiceError):
        items.read_back(station_store, operator, order, 2, at=NIGHT)
    with pytest.raises(DoneWordsError):
        items.finish_item(station_store, operator, order, " ", 2, at=NIGHT)
    items.finish_item(station_store, operator, order, "02:40 已调至 0.36", 2, at=NIGHT + HOUR)
    found = view(station_store, order, operator)
    assert (found.from_whom, found.read_back_at, found.done_at, found.done_by) == ("调度 王工", NIGHT, NIGHT + HOUR, "李娜")
    with pytest.raises(ItemDoneError):
        items.finish_item(station_store, operator, order, "x", found.version, at=NIGHT)
    assert items.items_view(station_store, NIGHT) == ()
    assert [each.item_id for each in items.items_view(station_store, NIGHT, done=True)] == [order]


def test_wrong_input_is_refused(station_store: Store, operator: Actor) -> None:
    with pytest.raises(EmptyTextError):
        items.open_item(station_store, operator, "item", " ", at=NIGHT)
    with pytest.raises(DeadlineError):
        items.open_item(station_store, operator, "item", "x", at=NIGHT, deadline=NIGHT)
    with pytest.raises(OwnerUnknownError):
        items.open_item(station_store, operator, "item", "x", at=NIGHT, owner_id=4711)
    with pytest.raises(items.NoSuchItemError):
        items.item_life(station_store, 99, NIGHT, operator.person_id)


def test_those_with_a_deadline_stand_first_and_overdue_is_seen(station_store: Store, operator: Actor) -> None:
    free = items.open_item(station_store, operator, "item", "无期限", at=NIGHT)
    due = items.open_item(station_store, operator, "item", "有期限", at=NIGHT, deadline=NIGHT + HOUR, owner_id=operator.person_id)
    found = items.items_view(station_store, NIGHT + 2 * HOUR)
    assert [(each.item_id, each.overdue, each.owner) for each in found] == [(due, True, "李娜"), (free, False, "")]


def test_facts_count_what_the_shift_received_and_did(station_store: Store, operator: Actor) -> None:
    first, _second = (items.open_item(station_store, operator, "order", "x", at=NIGHT) for _n in range(2))
    items.read_back(station_store, operator, first, 1, at=NIGHT)
    items.finish_item(station_store, operator, first, "已办", 2, at=NIGHT)
    told = items.open_item(station_store, operator, "instruction", "防冻", at=NIGHT)
    items.finish_item(station_store, operator, told, "已传达", 1, at=NIGHT)
    with station_store.read() as session:
        shift = current(session)
        assert shift is not None
        found = items.facts(session, shift, NIGHT)
    assert (found.orders, found.orders_done, found.instructions, found.instructions_done) == (2, 1, 1, 1)
    assert [each.kind for each in found.open] == [ItemKind.ORDER]
