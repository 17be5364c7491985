"""Opening, writing, permissions, what a use case may not do, and errors in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session, load_only

from stationdesk.domain.errors import say
from stationdesk.domain.permissions import NotAllowedError, Role
from stationdesk.domain.store import (
    ChangedMeanwhileError,
    NotAStoreError,
    RecordFrozenError,
    RecordThereError,
    StoreAddressError,
    StoreBusyError,
    StoreFullError,
    StoreMissingError,
    StoreNewerError,
    StoreOlderError,
    StoreOnNetworkError,
    StoreReadOnlyError,
    StoreThereError,
    UnstorableNumberError,
    UnstorableTextError,
)
from stationdesk.domain.words import speaking
from stationdesk.services import NOBODY, PROGRAM, Changes, Store
from stationdesk.storage import dialect, journal, place
from stationdesk.storage.guard import UnjournaledWriteError
from stationdesk.storage.people import FailedSignIn, Person, RoleGrant
from stationdesk.storage.shifts import DutySpell, Shift
from stationdesk.storage.station import Contact
from tests.storage.conftest import AT, OPERATOR, STRANGER, do


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


def test_a_store_opens_at_any_path(tmp_path: Path) -> None:
    where = tmp_path / "站 100%?#&.db"
    Store.create(where).close()
    Store.open(f"sqlite:///{where}").close()


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


def test_changes_name_the_tables_and_the_entry(store: Store) -> None:
    heard: list[Changes] = []
    store.on_changes(heard.append)
    before = store.head().seq
    writing = store.write(OPERATOR, "try_it", AT)
    with writing as session:
        session.add(contact())
        session.get_one(Person, 2).phone = "13800000000"
    assert writing.changes == Changes(frozenset({"contact", "person"}), before + 1)
    assert store.last_changes == writing.changes
    assert heard == [writing.changes]
    assert store.changes_since(before) == writing.changes
    assert not store.changes_since(before + 1)


def test_a_block_that_changes_nothing_writes_nothing(store: Store) -> None:
    head = store.head()
    with store.write(OPERATOR, "try_it", AT) as session:
        person = session.get_one(Person, 2)
        person.name = "somebody"
        person.name = "王强"
    assert store.head() == head
    assert store.last_changes == Changes(frozenset(), head.seq)


def test_an_error_in_the_block_keeps_nothing(store: Store) -> None:
    head = store.head()
    with pytest.raises(ZeroDivisionError):
        do(store, lambda session: session.add(contact()), lambda session: session.flush(), lambda session: 1 / 0)
    assert store.head() == head
    with store.read() as session:
        assert session.scalars(select(Contact)).all() == []


def test_another_programs_changes_are_seen(store: Store) -> None:
    other = Store.open(store.path, desk="desk-2")
    seen = store.head().seq
    with other.write(OPERATOR, "try_it", AT) as session:
        session.add(contact())
    assert store.changes_since(seen).touch("contact", "shift")
    other.close()


def test_permission_comes_from_roles_and_time(store: Store) -> None:
    with pytest.raises(NotAllowedError) as refused, store.write(STRANGER, "try_it", AT):
        pytest.fail("no role, and yet")
    assert say(refused.value) == "This is for: operator."
    with pytest.raises(NotAllowedError), store.write(OPERATOR, "try_it", AT - timedelta(hours=1)):
        pytest.fail("before the role was granted")
    with pytest.raises(NotAllowedError), store.write(OPERATOR, "try_as_chief", AT):
        pytest.fail("an operator is no chief")
    with store.write(PROGRAM, "init", AT) as session:
        session.add(RoleGrant(person_id=1, role="chief", valid_from=AT, valid_to=AT + timedelta(days=3), granted_by=-1, at=AT))
    with store.write(OPERATOR, "try_as_chief", AT + timedelta(days=2)):
        pass
    with pytest.raises(NotAllowedError), store.write(OPERATOR, "try_as_chief", AT + timedelta(days=3)):
        pytest.fail("the acting chief's time is over")


def test_being_on_duty_brings_roles(store: Store) -> None:
    hour = timedelta(hours=1)
    with store.write(PROGRAM, "init", AT) as session:
        shift = Shift(day=AT.date(), kind="night", name_zh="夜班", name_en="Night", starts_at=AT, ends_at=AT + 8 * hour)
        session.add(shift)
        session.flush()
        session.add(DutySpell(shift_id=shift.id, person_id=2, post="operator", leader=True, signed_on_at=AT))
    assert store.roles(2, AT) == {Role.OPERATOR, Role.LEADER}
    with store.write(STRANGER, "try_it", AT):
        pass
    with store.write(PROGRAM, "init", AT) as session:
        session.get_one(DutySpell, 1).signed_off_at = AT + hour
    assert store.roles(2, AT) == frozenset()


def test_nobody_and_the_program_do_little(store: Store) -> None:
    with store.write(NOBODY, "failed_sign_in", AT) as session:
        session.add(FailedSignIn(login="op-a9", desk="desk-1", at=AT))
    with pytest.raises(NotAllowedError), store.write(NOBODY, "try_it", AT):
        pytest.fail("nobody may")
    with pytest.raises(NotAllowedError), store.write(PROGRAM, "try_it", AT):
        pytest.fail("the program has no business there")
    with store.write(STRANGER, "record_emergency", AT):
        pass
    with pytest.raises(KeyError), store.write(OPERATOR, "misspelt", AT):
        pytest.fail("an unknown use case")


def test_naive_times_do_not_exist(store: Store) -> None:
    naive = datetime(2026, 11, 21)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="naive"):
        store.write(OPERATOR, "try_it", naive)
    with pytest.raises(Exception, match="naive"), store.write(OPERATOR, "try_it", AT) as session:
        session.add(FailedSignIn(login="x", desk="y", at=naive))


@pytest.mark.parametrize(
    "deed",
    [
        lambda session: session.commit(),
        lambda session: session.rollback(),
        lambda session: session.begin_nested(),
        lambda session: session.expire_all(),
        lambda session: session.connection().commit(),
        lambda session: session.connection().rollback(),
        lambda session: session.connection().begin_nested(),
        lambda session: session.execute(insert(Contact), [{"role_zh": "", "role_en": "", "phone": "1", "who": "", "note_zh": ""}]),
        lambda session: session.execute(text("UPDATE person SET name = 'x'")),
        lambda session: session.execute(text("WITH x AS (SELECT 1) DELETE FROM person")),
        lambda session: session.bulk_insert_mappings(Contact, [{"role_zh": "", "role_en": "", "phone": "1"}]),
        lambda session: session.connection().exec_driver_sql("DELETE FROM person"),
        lambda session: session.connection().exec_driver_sql("PRAGMA foreign_keys=OFF"),
    ],
)
def test_a_use_case_cannot_go_around_the_journal(store: Store, deed: Callable[[Session], object]) -> None:
    head = store.head()
    with pytest.raises(UnjournaledWriteError):
        do(store, lambda session: session.add(contact()), deed)
    assert store.head() == head
    with store.write(OPERATOR, "try_it", AT) as session:
        assert session.scalars(select(Contact)).all() == []
        session.add(contact())
    assert store.head().seq == head.seq + 1


def test_use_cases_do_not_nest(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT), pytest.raises(UnjournaledWriteError), store.write(OPERATOR, "try_it", AT):
        pytest.fail("a transaction in a transaction")


def test_a_query_writes_nothing(store: Store) -> None:
    with store.read() as session:
        session.add(contact())
        with pytest.raises(UnjournaledWriteError):
            session.flush()
    with pytest.raises(StoreReadOnlyError), store.read() as session:
        session.connection().exec_driver_sql("DELETE FROM person")


def test_a_value_set_unseen_is_a_defect(store: Store) -> None:
    def rename(session: Session) -> None:
        person = session.scalars(select(Person).options(load_only(Person.id, Person.version)).where(Person.id == 2)).one()
        person.name = "nobody knows who it was"

    with pytest.raises(UnjournaledWriteError, match="before it was loaded"):
        do(store, rename)


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


def test_threads_write_and_read_side_by_side(store: Store) -> None:
    def write() -> None:
        for _number in range(20):
            with store.write(OPERATOR, "try_it", AT) as session:
                session.add(contact())
            with store.read() as session:
                session.scalars(select(Contact)).all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        assert len(session.scalars(select(Contact)).all()) == 80
        entries = journal.entries(session)
    assert [entry.seq for entry in entries] == list(range(1, 82))


def test_frozen_records_stay_as_they_are(store: Store) -> None:
    with store.write(NOBODY, "failed_sign_in", AT) as session:
        session.add(FailedSignIn(login="op-a9", desk="desk-1", at=AT))
    with pytest.raises(RecordFrozenError) as frozen, store.write(OPERATOR, "try_it", AT) as session:
        session.get_one(FailedSignIn, 1).login = "somebody else"
    assert frozen.value.table == "failed_sign_in"
