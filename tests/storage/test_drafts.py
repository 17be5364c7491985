"""Drafts: kept as one types, never journaled, and no way around the journal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from stationdesk.domain.store import UnstorableTextError
from stationdesk.services import Store
from stationdesk.storage import drafts
from stationdesk.storage.derived import put
from stationdesk.storage.guard import UnjournaledWriteError
from stationdesk.storage.people import Person
from stationdesk.storage.verify import verify
from tests.storage.conftest import AT


def test_a_draft_is_kept_and_replaced_and_dropped(store: Store) -> None:
    head = store.head()
    drafts.save(store, 1, "log.entry", "调压器", at=AT)
    drafts.save(store, 1, "log.entry", "调压器前压力", at=AT + timedelta(seconds=1))
    drafts.save(store, 1, "round:17", "{}", at=AT)
    drafts.save(store, 2, "log.entry", "other", at=AT)
    draft = drafts.load(store, 1, "log.entry")
    assert draft == drafts.Draft("desk-1", 1, "log.entry", "调压器前压力", AT + timedelta(seconds=1))
    with store.read() as session:
        assert drafts.counts(session) == {1: 2, 2: 1}
        assert [one.place for one in drafts.of_person(session, 1)] == ["log.entry", "round:17"]
    drafts.drop(store, 1, "log.entry")
    assert drafts.load(store, 1, "log.entry") is None
    assert store.head() == head
    assert verify(store.path).clean


def test_desks_have_their_own(store: Store) -> None:
    other = Store.open(store.path, desk="desk-2")
    drafts.save(store, 1, "log.entry", "here", at=AT)
    assert drafts.load(other, 1, "log.entry") is None
    with other.read() as session:
        assert [one.desk for one in drafts.of_person(session, 1)] == ["desk-1"]
    other.close()


def test_text_that_cannot_be_kept_is_refused(store: Store) -> None:
    with pytest.raises(UnstorableTextError):
        drafts.save(store, 1, "log.entry", "\ud800", at=AT)


def test_records_are_not_written_beside_the_journal(store: Store) -> None:
    for statement in (insert(Person).values(name="x"), insert(Person.__table__).values(name="x")):
        with pytest.raises(UnjournaledWriteError), store.beside() as connection:
            connection.execute(statement)
    with pytest.raises(UnjournaledWriteError), store.beside() as connection:
        connection.exec_driver_sql("DELETE FROM draft")
    with pytest.raises(TypeError), store.beside() as connection:
        put(connection, Person.metadata.tables["person"], [{"name": "x"}])
