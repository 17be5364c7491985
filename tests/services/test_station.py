"""The station's own words, settings and lists as in force at a time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from stationdesk.domain import words
from stationdesk.domain.duty import NoStationError
from stationdesk.services import PROGRAM, Store
from stationdesk.services.notices import notify, see_notice, unseen
from stationdesk.services.station import contacts, items, list_id, setting, station_view, zone
from stationdesk.storage.station import Contact, SettingValue, StationList
from tests.conftest_station import MADE, NIGHT, ZONE, actor


def test_a_setting_is_the_newest_in_force_and_else_the_default(station_store: Store) -> None:
    later = NIGHT + timedelta(hours=1)
    with station_store.write(PROGRAM, "init", NIGHT) as session:
        for value, start in (("7", MADE), ("5", later)):
            session.add(SettingValue(name="lock_minutes", value=value, valid_from=start, by_id=-1, at=NIGHT))
    with station_store.read() as session:
        assert setting(session, "lock_minutes", NIGHT) == 7
        assert setting(session, "lock_minutes", later) == 5
        assert setting(session, "lock_minutes", MADE - timedelta(days=1)) == 10
        assert isinstance(setting(session, "p_atm", NIGHT), Decimal)
        assert zone(session) == ZONE
        with pytest.raises(KeyError):
            setting(session, "nobody_reads_this", NIGHT)


def test_a_list_is_the_version_in_force_and_its_id_is_kept_by_what_used_it(station_store: Store) -> None:
    later = NIGHT + timedelta(hours=1)
    with station_store.write(PROGRAM, "init", NIGHT) as session:
        own = '[{"code": "x", "zh": "一", "en": "one"}]'
        session.add(StationList(code="handover_lines", items=own, valid_from=later, by_id=-1, at=NIGHT))
    with station_store.read() as session:
        assert len(items(session, "handover_lines", NIGHT)) == 7
        assert [item["code"] for item in items(session, "handover_lines", later)] == ["x"]
        assert list_id(session, "handover_lines", NIGHT) != list_id(session, "handover_lines", later)
        assert items(session, "no such list", NIGHT) == ()
        assert list_id(session, "no such list", NIGHT) is None


def test_the_station_is_named_in_the_language_spoken(station_store: Store) -> None:
    view = station_view(station_store)
    assert str(view.name) == view.name_en
    with words.speaking("zh_CN"):
        assert str(view.name) == view.name_zh
    assert view.trial(MADE - timedelta(days=1))
    assert not view.trial(NIGHT)


def test_the_contact_card_begins_with_the_public_numbers_and_leaves_out_the_retired(station_store: Store) -> None:
    before = contacts(station_store)
    assert {line.phone for line in before if line.public} == {"110", "119", "120"}
    assert [line.public for line in before] == sorted((line.public for line in before), reverse=True)
    with station_store.write(PROGRAM, "init", NIGHT) as session:
        session.get_one(Contact, before[-1].contact_id).retired_at = NIGHT
    assert contacts(station_store) == before[:-1]


def test_a_store_without_a_station_says_so(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "empty.db")
    with pytest.raises(NoStationError):
        station_view(store)
    store.close()


def test_a_notice_is_there_until_somebody_of_the_role_has_seen_it(station_store: Store) -> None:
    with station_store.write(PROGRAM, "init", NIGHT) as session:
        notify(session, "refused", "handover", 7, NIGHT, words="dirty", line="tools")
    note = unseen(station_store)[0]
    assert (note.kind, note.subject_kind, note.subject_id, note.values) == ("refused", "handover", 7, {"words": "dirty", "line": "tools"})
    assert unseen(station_store, "safety") == ()
    see_notice(station_store, actor(station_store, "chief"), note.notice_id, at=NIGHT)
    assert unseen(station_store) == ()
