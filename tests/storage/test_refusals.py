"""Opening a store, and what it says when it cannot do what is asked of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from stationdesk.domain.errors import say
from stationdesk.domain.store import (
    RECORDS,
    ChangedMeanwhileError,
    NotAStoreError,
    RecordFrozenError,
    RecordName,
    RecordThereError,
    StoreAddressError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreMissingError,
    StoreNewerError,
    StoreOlderError,
    StoreOnNetworkError,
    StoreReadOnlyError,
    StoreThereError,
    StoreUnreadHereError,
    StoreUnwrittenError,
    UnstorableNumberError,
    UnstorableTextError,
)
from stationdesk.domain.words import speaking
from stationdesk.services import NOBODY, PROGRAM, Store
from stationdesk.storage import dialect, place
from stationdesk.storage.accounts import FailedSignIn
from stationdesk.storage.people import Person
from stationdesk.storage.record import Record, table_kind
from stationdesk.storage.station import Contact
from tests.storage.conftest import AT, OPERATOR


def contact(**values: object) -> Contact:
    return Contact(**{"role_zh": "火警", "role_en": "fire", "phone": "119", **values})


def test_open_says_what_is_wrong_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        Store.open(tmp_path / "none.db")
    (tmp_path / "letter.db").write_text("Dear station, this is no database at all. " * 50)
    with pytest.raises(NotAStoreError):
        Store.open(tmp_path / "letter.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
    with pytest.raises(NotAStoreError):
        Store.open(tmp_path / "other.db")
    with pytest.raises(StoreAddressError):
        Store.open("postgresql://desk/station")
    with pytest.raises(StoreThereError):
        Store.create(tmp_path / "letter.db")


def unreachable(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error" if "IOERR" in name else "unable to open database file")
    error.sqlite_errorcode = getattr(sqlite3, name)
    return error


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SQLITE_IOERR_WRITE", StoreUnwrittenError),
        ("SQLITE_IOERR_FSYNC", StoreUnwrittenError),
        ("SQLITE_IOERR_READ", StoreDamagedError),
        ("SQLITE_CANTOPEN", StoreReadOnlyError),
    ],
)
def test_only_what_cannot_be_read_is_damage(tmp_path: Path, name: str, meant: type) -> None:
    path = tmp_path / "a.db"
    path.touch()
    assert type(dialect.worded(unreachable(name), path)) is meant
    assert type(dialect.worded(unreachable("SQLITE_CANTOPEN"), tmp_path / "none.db")) is StoreMissingError


def test_a_store_on_a_medium_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    Store.create(path).close()
    looking = dialect._looking

    def on_the_medium(address: str) -> sqlite3.Connection:
        if "immutable" not in address:
            raise unreachable("SQLITE_CANTOPEN")
        return looking(address)

    monkeypatch.setattr(dialect, "_looking", on_the_medium)
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    store = Store.open(path)
    with store.read() as session:
        assert session.get(Person, 1) is None
    store.close()
    path.with_name("a.db-wal").write_bytes(b"what is not in the file yet")
    with pytest.raises(StoreUnreadHereError):
        dialect.connect_to_look(path)


def test_a_new_store_is_not_put_in_its_place_without_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the database closes without a word and leaves what it wrote in the file beside it."""
    close = Store.close

    def full(store: Store) -> None:
        close(store)
        store.path.with_name(store.path.name + "-wal").write_bytes(b"all of it")

    monkeypatch.setattr(Store, "close", full)
    with pytest.raises(StoreFullError):
        Store.create(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_a_store_opens_at_any_path(tmp_path: Path) -> None:
    where = tmp_path / "站 100%?#&.db"
    made = Store.create(where)
    with made.write(PROGRAM, "init", AT) as session:
        session.add(Person(name="李娜"))
    head = made.head()
    made.close()
    again = Store.open(f"sqlite:///{where}")
    with again.read() as session:
        assert session.get_one(Person, 1).name == "李娜"
    assert again.head() == head
    again.close()
    assert [file.name for file in tmp_path.iterdir()] == [where.name]  # nothing beside it under another name


def test_an_interrupted_creation_leaves_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stationdesk.storage.migrations.search.create", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Store.create(tmp_path / "station.db")
    assert not (tmp_path / "station.db").exists()
    monkeypatch.undo()
    Store.create(tmp_path / "station.db").close()


@pytest.mark.parametrize(("revision", "error"), [("9999", StoreNewerError), ("0000", StoreOlderError)])
def test_a_store_of_another_schema_is_refused(store: Store, revision: str, error: type[Exception]) -> None:
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    with pytest.raises(error) as refused:
        Store.open(store.path)
    assert revision in str(refused.value)
    with pytest.raises(error), store.write(PROGRAM, "init", AT):
        pytest.fail("a program that was left behind wrote")


def test_network_shares_are_known_by_their_mounts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nnas:/desk /mnt/my\\040share nfs4 rw 0 0\n/dev/sdb1 /mnt/my\\040share/disk ext4 rw 0 0\n"
    assert place.filesystem_of(Path("/mnt/my share/a.db"), mounts) == "nfs4"
    assert place.filesystem_of(Path("/mnt/my share/disk/a.db"), mounts) == "ext4"
    assert place.filesystem_of(Path("/mnt/my shared/a.db"), mounts) == "ext4"
    monkeypatch.setattr(place, "_mounted_share", lambda path: "nfs4")
    monkeypatch.setattr(place, "_windows_share", lambda path: "\\\\nas")
    with pytest.raises(StoreOnNetworkError):
        Store.create(tmp_path / "station.db")


def test_two_edits_of_one_record_clash_in_words(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        session.add(contact())
    with store.write(OPERATOR, "try_it", AT) as session:
        mine = session.get_one(Contact, 1)
        mine.expect(1)
        mine.phone = "120"
    with pytest.raises(ChangedMeanwhileError) as clash, store.write(OPERATOR, "try_it", AT) as session:
        session.get_one(Contact, 1).expect(1)
    with speaking("zh_CN"):
        assert "他人" in say(clash.value)


def test_unique_values_clash_in_words(store: Store) -> None:
    from stationdesk.storage.readings import Point

    with store.write(OPERATOR, "try_it", AT) as session:
        session.add(Point(code="PT-101", kind="gauge"))
    with pytest.raises(RecordThereError) as clash, store.write(OPERATOR, "try_it", AT) as session:
        session.add(Point(code="PT-101", kind="gauge"))
    assert clash.value.table == "point"
    assert "(reading point)" in say(clash.value)
    with speaking("zh_CN"):
        assert "（参数点）" in say(clash.value)


def test_every_record_has_a_name_people_know() -> None:
    tables = {table.name for table in Record.metadata.sorted_tables if table_kind(table) not in ("derived", "draft")}
    assert RECORDS.keys() <= tables
    assert {"reading", "shift", "handover", "log_entry", "hazard", "round", "checklist", "signature"} <= RECORDS.keys()
    assert "(record)" in say(RecordThereError("a_table_without_a_name"))
    for table in sorted(RECORDS):
        for language in ("en", "zh_CN"):
            with speaking(language):
                assert "_" not in say(RecordThereError(table))
                assert "_" not in say(RecordFrozenError(table))
    with speaking("zh_CN"):
        assert all(str(RecordName(table)) != words for table, words in RECORDS.items())


@pytest.mark.parametrize("name", ["a\0b", "half \ud83d"])
def test_text_that_cannot_be_kept_is_refused_in_words(store: Store, name: str) -> None:
    with pytest.raises(UnstorableTextError), store.write(OPERATOR, "try_it", AT) as session:
        session.add(Person(name=name))


def test_names_outside_gb2312_and_long_texts_are_kept(store: Store) -> None:
    names = ["䶮", "𬱖", "㛃", "镕喆堃", "长" * 10_000, "\u202ertl", "a\nb\tc"]
    with store.write(OPERATOR, "try_it", AT) as session:
        session.add_all([Person(name=name) for name in names])
    with store.read() as session:
        assert [session.get_one(Person, number).name for number in range(3, 3 + len(names))] == names


def test_numbers_that_cannot_be_kept_are_refused_in_words(store: Store) -> None:
    with pytest.raises(UnstorableNumberError), store.write(OPERATOR, "try_it", AT) as session:
        session.add(contact(position=2**70))


def test_a_store_that_another_program_writes_is_busy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0.05)
    impatient = Store.open(store.path)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError), impatient.write(OPERATOR, "try_it", AT):
            pytest.fail("two writers at once")
    with impatient.write(OPERATOR, "try_it", AT) as session:
        session.add(contact())
    impatient.close()


def test_a_full_disk_is_said_in_words_and_keeps_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = dialect.connect

    def small(path: Path, **how: bool) -> sqlite3.Connection:
        connection = connect(path, **how)
        connection.execute(f"PRAGMA max_page_count={connection.execute('PRAGMA page_count').fetchone()[0] + 2}")
        return connection

    monkeypatch.setattr(dialect, "connect", small)
    narrow = Store.open(store.path)
    head = narrow.head()
    with pytest.raises(StoreFullError), narrow.write(OPERATOR, "try_it", AT) as session:
        session.add(Person(name="长" * 100_000))
    assert narrow.head() == head
    narrow.close()


def test_a_file_that_may_not_be_written_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = dialect.connect
    monkeypatch.setattr(dialect, "connect", lambda path, **how: connect(path, read_only=True))
    sealed = Store.open(store.path)
    with sealed.read() as session:
        assert session.get_one(Person, 1).name == "李娜"
    with pytest.raises(StoreReadOnlyError), sealed.write(OPERATOR, "try_it", AT) as session:
        session.add(contact())
    sealed.close()


def test_frozen_records_stay_as_they_are(store: Store) -> None:
    with store.write(NOBODY, "failed_sign_in", AT) as session:
        session.add(FailedSignIn(login="op-a9", desk="desk-1", at=AT))
    with pytest.raises(RecordFrozenError) as frozen, store.write(OPERATOR, "try_it", AT) as session:
        session.get_one(FailedSignIn, 1).login = "somebody else"
    assert frozen.value.table == "failed_sign_in"
