"""What is read once and used again: never after its table was written, by whatever program, and never beside the moment one sees."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.services import Store
from stationdesk.storage import backup, recall
from stationdesk.storage.people import Person
from stationdesk.storage.station import Contact
from tests.storage.conftest import AT, do

READS: list[str] = []


@pytest.fixture(autouse=True)
def counted() -> None:
    READS.clear()


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """Another program on the same store."""
    made = Store.open(store.path)
    yield made
    made.close()


def name_in(session: Session) -> str:
    return str(session.scalar(select(Person.name).where(Person.id == 1)))


def recalled(session: Session) -> str:
    def read() -> str:
        READS.append("read")
        return name_in(session)

    return recall.recall(session, "name", ("person",), read)


def name(store: Store) -> str:
    with store.read() as session:
        return recalled(session)


def rename(store: Store, to: str) -> None:
    do(store, lambda session: setattr(session.get_one(Person, 1), "name", to))


def call(store: Store) -> None:
    do(store, lambda session: session.add(Contact(role_zh="火警", role_en="fire", phone="119")))


def test_what_nobody_touched_is_read_once(store: Store, other: Store) -> None:
    assert [name(store) for _n in range(3)] == ["李娜"] * 3
    call(store)
    call(other)
    assert name(store) == "李娜"
    assert len(READS) == 1


def test_what_either_program_wrote_is_seen(store: Store, other: Store) -> None:
    assert name(store) == "李娜"
    rename(store, "王芳")
    assert name(store) == "王芳"
    rename(other, "赵敏")
    assert name(store) == "赵敏"
    assert len(READS) == 3


def test_a_transaction_sees_what_it_wrote_and_leaves_nothing_behind_that_failed(store: Store) -> None:
    def write(session: Session) -> None:
        assert recalled(session) == "李娜"
        session.get_one(Person, 1).name = "王芳"
        assert recalled(session) == "王芳"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do(store, write)
    assert name(store) == "李娜"


def test_who_sees_an_earlier_moment_is_given_what_held_then(store: Store) -> None:
    with store.read() as early:
        assert name_in(early) == "李娜"
        renaming = threading.Thread(target=_rename_and_read, args=(store,))
        renaming.start()
        renaming.join()
        assert recalled(early) == "李娜"
    assert name(store) == "王芳"


def _rename_and_read(store: Store) -> None:
    rename(store, "王芳")
    assert name(store) == "王芳"


def test_a_backup_put_back_takes_back_what_is_known(store: Store, other: Store) -> None:
    backup.backup(store.path, store.path.with_name("copy.db"))
    rename(store, "王芳")
    call(store)
    assert name(store) == "王芳"
    backup.restore(store.path.with_name("copy.db"), store.path, at=AT)
    assert name(store) == "李娜"
    rename(other, "赵敏")  # the numbers of the entries are used again, for others
    call(other)
    assert name(store) == "赵敏"
    rename(store, "周洁")
    assert name(store) == "周洁"
    assert name(other) == "周洁"


@pytest.mark.parametrize("seed", range(4))
def test_it_is_always_what_one_would_read(store: Store, other: Store, seed: int) -> None:
    chance = random.Random(seed)
    for step in range(60):
        which, does = chance.choice((store, other)), chance.randrange(6)
        if does == 0:
            rename(which, f"n{step}")
        elif does == 1:
            call(which)
        elif does == 2:
            do(which, _both_ways)
        elif does == 3:
            do(which, partial(_holding, to=f"h{step}", again=chance.random() < 0.5))
        with chance.choice((store, other)).read() as session:
            assert recalled(session) == name_in(session)
    assert len(READS) < 60


def _holding(session: Session, to: str, again: bool) -> None:
    """A write that holds the name it gives, and perhaps gives another one after."""
    person = session.get_one(Person, 1)
    person.name = to
    session.flush()
    recall.hold(session, "name", ("person",), to)
    if again:
        person.name = to + "x"


def test_what_a_write_holds_is_recalled_once_it_is_kept_and_nothing_came_after(store: Store) -> None:
    do(store, partial(_holding, to="王芳", again=False))
    assert name(store) == "王芳"
    assert READS == []
    do(store, partial(_holding, to="赵敏", again=True))
    assert name(store) == "赵敏x"
    with pytest.raises(ZeroDivisionError):
        do(store, partial(_holding, to="周洁", again=False), lambda _session: 1 / 0)
    assert name(store) == "赵敏x"
    assert READS == ["read"]


def _both_ways(session: Session) -> None:
    assert recalled(session) == name_in(session)
    session.get_one(Person, 1).phone += "1"
    assert recalled(session) == name_in(session)
