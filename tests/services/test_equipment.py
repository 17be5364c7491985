"""The equipment ledger as a station keeps it: what is cleared ends, what is wrong is refused and nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from stationdesk.domain.equipment import DueMissingError, DueMonthsError, DueOrderError, EquipmentCodeError, EquipmentNameError
from stationdesk.domain.names import Name
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.services import Store
from stationdesk.services.equipment import (
    DueText,
    EquipmentText,
    EquipmentView,
    equipment_view,
    facts,
    retire_equipment,
    set_equipment,
)
from stationdesk.storage.journal import entries
from stationdesk.storage.verify import verify
from tests.conftest_station import NIGHT, actor

PUMP = EquipmentText(
    "P-9",
    Name("备用泵", "Spare pump"),
    "pump",
    "泵房",
    "in_use",
    "",
    (DueText("test", date(2027, 3, 1)), DueText("inspection", date(2027, 1, 5))),
)


def piece(store: Store, code: str = "P-9") -> EquipmentView:
    return next(each for each in equipment_view(store) if each.code == code)


def test_a_new_piece_shows_its_next_date_first(station_store: Store) -> None:
    set_equipment(station_store, actor(station_store, "chief"), PUMP, at=NIGHT)
    made = piece(station_store)
    assert [(due.what, due.due) for due in made.dues] == [("inspection", date(2027, 1, 5)), ("test", date(2027, 3, 1))]
    assert made.next_due == date(2027, 1, 5)


def test_a_cleared_date_ends_and_the_journal_keeps_what_stood_there(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    set_equipment(station_store, chief, PUMP, at=NIGHT)
    cleared = replace(PUMP, dues=(DueText("test", date(2027, 3, 1)), DueText("inspection", None)))
    set_equipment(station_store, chief, cleared, piece(station_store).version, at=NIGHT)
    assert [due.what for due in piece(station_store).dues] == ["test"]
    with station_store.read() as session:
        last = entries(session, after=0, limit=100_000)[-1]
    gone = [line for line in last.lines() if line.table == "equipment_due"]
    assert [(line.before["what"], line.before["due"], line.after) for line in gone if line.before] == [("inspection", "2027-01-05", None)]
    assert verify(station_store.path).clean


def test_a_piece_without_any_date_is_never_overdue(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    set_equipment(station_store, chief, replace(PUMP, dues=(DueText("test", date(2026, 1, 1)),)), at=NIGHT)
    with station_store.read() as session:
        assert "P-9" in {each.code for each in facts(session, NIGHT).overdue}
    set_equipment(station_store, chief, replace(PUMP, dues=()), piece(station_store).version, at=NIGHT)
    with station_store.read() as session:
        assert "P-9" not in {each.code for each in facts(session, NIGHT).overdue}
    assert piece(station_store).next_due is None


def test_the_next_date_is_counted_from_the_last_time(station_store: Store) -> None:
    text = replace(PUMP, dues=(DueText("test", None, last=date(2026, 8, 31), months=6),))
    set_equipment(station_store, actor(station_store, "chief"), text, at=NIGHT)
    assert piece(station_store).next_due == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (replace(PUMP, dues=(DueText("test", date(2026, 1, 1), last=date(2026, 2, 1)),)), DueOrderError),
        (replace(PUMP, dues=(DueText("test", None, last=date(2026, 2, 1)),)), DueMissingError),
        (replace(PUMP, dues=(DueText("test", None, months=6),)), DueMissingError),
        (replace(PUMP, dues=(DueText("test", date(2027, 1, 1), months=-6),)), DueMonthsError),
        (replace(PUMP, dues=(DueText("test", date(2027, 1, 1), months=10_000),)), DueMonthsError),
        (replace(PUMP, code=" "), EquipmentCodeError),
        (replace(PUMP, code="ESD-101"), EquipmentCodeError),
        (replace(PUMP, name=Name(" ")), EquipmentNameError),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(station_store: Store, text: EquipmentText, error: type[Exception]) -> None:
    before = equipment_view(station_store)
    with pytest.raises(error):
        set_equipment(station_store, actor(station_store, "chief"), text, at=NIGHT)
    assert equipment_view(station_store) == before


def test_who_shows_an_old_state_is_told(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    set_equipment(station_store, chief, PUMP, at=NIGHT)
    old = piece(station_store).version
    set_equipment(station_store, chief, replace(PUMP, place="库房"), old, at=NIGHT)
    with pytest.raises(ChangedMeanwhileError):
        set_equipment(station_store, chief, replace(PUMP, place="泵房 2"), old, at=NIGHT)
    assert piece(station_store).place == "库房"


def test_a_retired_piece_is_out_of_the_ledger_and_an_operator_retires_none(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    made = set_equipment(station_store, chief, PUMP, at=NIGHT)
    with pytest.raises(NotAllowedError):
        retire_equipment(station_store, actor(station_store, "op-b1"), made, at=NIGHT)
    retire_equipment(station_store, chief, made, at=NIGHT)
    assert "P-9" not in {each.code for each in equipment_view(station_store)}
    with station_store.read() as session:
        assert "P-9" not in {each.code for each in facts(session, NIGHT).overdue}
