"""A new station, an older and a damaged store, copies kept: what the window's first page has done."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from stationdesk.domain.duty import NoStationError, StationThereError
from stationdesk.domain.people import LoginRuleError, NameRuleError, PasswordTooShortError
from stationdesk.domain.store import BackupRefusedError, StoreMissingError
from stationdesk.services import Store
from stationdesk.services.care import Founding, backups_in, found_station, keep_backup, open_station, restore_store, upgrade_store
from stationdesk.services.people import use_recovery_code, verify_password
from stationdesk.services.station import station_view
from stationdesk.storage import keys

AT = datetime(2026, 11, 20, 22, 42, tzinfo=UTC)
WISH = Founding("确山门站", "沈浩", "Chief", "246810")


@pytest.fixture(autouse=True)
def light_keys():
    keys.use(keys.LIGHT)
    yield
    keys.use(keys.STRONG)


def test_a_new_station_can_be_opened_and_its_chief_signs_in(tmp_path: Path) -> None:
    made = found_station(tmp_path / "deep" / "station.db", WISH, at=AT)
    assert (made.station, made.chief, made.login) == ("确山门站", "沈浩", "chief")
    store = open_station(made.path)
    assert verify_password(store, "chief", "246810", AT).name == "沈浩"
    assert station_view(store).trial(AT)
    use_recovery_code(store, made.recovery_code, "chief", "135790", at=AT)
    assert verify_password(store, "chief", "135790", AT).name == "沈浩"
    store.close()


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Founding("", "沈浩", "chief", "246810"), NameRuleError),
        (Founding("站", " ", "chief", "246810"), NameRuleError),
        (Founding("站", "沈浩", "two words", "246810"), LoginRuleError),
        (Founding("站", "沈浩", "chief", "12345"), PasswordTooShortError),
    ],
)
def test_what_is_refused_leaves_no_file(tmp_path: Path, wish: Founding, error: type[Exception]) -> None:
    with pytest.raises(error):
        found_station(tmp_path / "station.db", wish, at=AT)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr("stationdesk.services.profile.create_station", fail)
    with pytest.raises(OSError, match="disk"):
        found_station(tmp_path / "station.db", WISH, at=AT)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_store_gets_its_station_and_a_full_one_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    Store.create(path).close()
    with pytest.raises(NoStationError):
        open_station(path)
    found_station(path, WISH, at=AT)
    open_station(path).close()
    with pytest.raises(StationThereError):
        found_station(path, Founding("别的站", "李娜", "other", "246810"), at=AT)
    store = open_station(path)
    assert station_view(store).name_zh == "确山门站"
    store.close()


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        open_station(tmp_path / "none.db")


def test_a_damaged_store_is_replaced_by_a_backup_and_kept(tmp_path: Path) -> None:
    path = found_station(tmp_path / "station.db", WISH, at=AT).path
    store = Store.open(path)
    copy = keep_backup(store, tmp_path / "backups", "20261120-0640", 3)
    store.close()
    path.write_bytes(b"no store at all")
    kept = restore_store(copy, path, at=AT)
    assert kept is not None
    assert kept.read_bytes() == b"no store at all"
    open_station(path).close()


def test_a_backup_that_is_none_replaces_nothing(tmp_path: Path) -> None:
    path = found_station(tmp_path / "station.db", WISH, at=AT).path
    (tmp_path / "bad.db").write_bytes(b"nothing")
    with pytest.raises(BackupRefusedError):
        restore_store(tmp_path / "bad.db", path, at=AT)
    open_station(path).close()


def test_an_up_to_date_store_needs_no_upgrade(tmp_path: Path) -> None:
    path = found_station(tmp_path / "station.db", WISH, at=AT).path
    assert upgrade_store(path, at=AT) is None


def test_only_the_last_copies_are_kept_newest_first(tmp_path: Path) -> None:
    store = Store.open(found_station(tmp_path / "station.db", WISH, at=AT).path)
    folder = tmp_path / "backups"
    for n in range(4):
        keep_backup(store, folder, f"2026112{n}-0640", 3)
    store.close()
    assert [each.name for each in backups_in(folder)] == [f"station-2026112{n}-0640.db" for n in (3, 2, 1)]
    assert backups_in(tmp_path / "nowhere") == ()
