"""Opening, writing, permissions, what a use case may not do, and errors in words."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session, load_only

from stationdesk.domain.errors import say
from stationdesk.domain.permissions import NotAllowedError, Role
from stationdesk.domain.store import StoreGoneError, StoreReadOnlyError
from stationdesk.services import NOBODY, PROGRAM, Changes, Store
from stationdesk.storage import journal
from stationdesk.storage.accounts import FailedSignIn
from stationdesk.storage.guard import UnjournaledWriteError
from stationdesk.storage.people import Person, RoleGrant
from stationdesk.storage.shifts import DutySpell, Shift
from stationdesk.storage.station import Contact
from stationdesk.storage.verify import verify
from tests.storage.conftest import AT, OPERATOR, STRANGER, do


def contact(**values: object) -> Contact:
    return Contact(**{"role_zh": "火警", "role_en": "fire", "phone": "119", **values})


def test_changes_name_the_tables_and_the_entry(store: Store) -> None:
    heard: list[Changes] = []
    store.on_changes(heard.append)
    head = store.head()
    before = head.seq
    writing = store.write(OPERATOR, "try_it", AT)
    with writing as session:
        session.add(contact())
        session.get_one(Person, 2).phone = "13800000000"
    assert writing.changes == Changes(frozenset({"contact", "person"}), before + 1)
    assert store.last_changes == writing.changes
    assert heard == [writing.changes]
    assert store.changes_since(head) == writing.changes
    assert not store.changes_since(store.head())


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
    seen = store.head()
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


def test_a_store_named_from_a_folder_is_the_same_from_another(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.path.parent)
    near = Store.open(store.path.name)
    monkeypatch.chdir(tmp_path.parent)
    do(near, lambda session: session.add(contact()))
    near.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no file that is open")
@pytest.mark.parametrize("instead", ["nothing", "another", "no folder"])
def test_nothing_is_written_into_a_file_that_is_not_there_any_more(store: Store, tmp_path: Path, instead: str) -> None:
    """It would be lost unseen: the system keeps a file that is open, but nobody finds it again. Put back, it goes on."""
    do(store, lambda session: session.add(contact()))
    folder = store.path.parent
    away = tmp_path.parent / f"{tmp_path.name}-away" if instead == "no folder" else tmp_path / "away.db"
    moved = folder if instead == "no folder" else store.path
    moved.rename(away)
    if instead == "another":
        store.path.write_bytes(away.read_bytes())
    with pytest.raises(StoreGoneError):
        do(store, lambda session: session.add(contact()))
    with pytest.raises(StoreGoneError):
        store.head()
    if instead == "another":
        store.path.unlink()
    away.rename(moved)
    do(store, lambda session: session.add(contact()))
    assert verify(store.path).clean
