"""What is being typed comes back, also in a program started anew."""

from __future__ import annotations

from stationdesk.services import Store
from stationdesk.services.drafts import drop_draft, load_draft, save_draft
from tests.conftest_station import NIGHT, actor


def test_draft_comes_back_to_its_person_and_place_only(station_store: Store) -> None:
    one, other = actor(station_store, "op-b1"), actor(station_store, "op-b2")
    save_draft(station_store, one, "log.entry", "压差\n34", at=NIGHT)
    again = Store.open(station_store.path)
    assert load_draft(again, one.person_id, "log.entry") == "压差\n34"
    assert load_draft(again, other.person_id, "log.entry") == load_draft(again, one.person_id, "hazards.raise") == ""
    again.close()


def test_draft_emptied_or_dropped_is_gone(station_store: Store) -> None:
    one = actor(station_store, "op-b1")
    save_draft(station_store, one, "log.entry", "x", at=NIGHT)
    save_draft(station_store, one, "log.entry", "  ", at=NIGHT)
    assert load_draft(station_store, one.person_id, "log.entry") == ""
    save_draft(station_store, one, "log.entry", "x", at=NIGHT)
    drop_draft(station_store, one, "log.entry", at=NIGHT)
    assert load_draft(station_store, one.person_id, "log.entry") == ""
