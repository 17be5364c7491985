"""What an entry holds of what was done."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from stationdesk.domain.store import RecordThereError
from stationdesk.services import Store
from stationdesk.storage import canonical, journal
from stationdesk.storage.journal import JOURNAL, Line
from stationdesk.storage.migrations import REVISION
from stationdesk.storage.people import Person
from stationdesk.storage.readings import READING, Point, PointVersion
from stationdesk.storage.station import Contact
from tests.storage.conftest import AT, OPERATOR


def newest(store: Store) -> journal.Entry:
    with store.read() as session:
        return journal.entries(session, store.head().seq - 1)[0]


def point(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        session.add(Point(code="PT-101", kind="gauge"))
        session.flush()
        session.add(
            PointVersion(
                point_id=1,
                position=1,
                group_zh="",
                group_en="",
                name_zh="",
                name_en="",
                unit="MPa",
                hh=Decimal("2.50"),
                valid_from=AT,
                by_id=1,
                at=AT,
            )
        )


def test_an_entry_says_who_when_where_what(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT, desk="desk-7") as session:
        session.add(Person(name="张伟"))
    entry = newest(store)
    assert (entry.actor, entry.use_case, entry.time, entry.desk, entry.revision) == (1, "try_it", AT, "desk-7", REVISION)
    assert list(entry.lines()) == [
        Line("person", 3, None, {"id": 3, "name": "张伟", "number": "", "phone": "", "post": "operator", "version": 1})
    ]


def test_the_hash_is_over_all_of_it(store: Store) -> None:
    with store.read() as session:
        for row in session.execute(select(JOURNAL)):
            header = json.dumps([*row[:6]], ensure_ascii=False, separators=(",", ":"))
            assert hashlib.sha256(row.prev + header.encode() + b"\n" + row.body.encode()).digest() == row.hash
            assert canonical.canonical(json.loads(row.body)) == row.body


def test_a_change_holds_what_differed_and_what_it_became(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        person = session.get_one(Person, 2)
        person.phone = "1"
        session.flush()
        person.phone, person.retired_at = "2", AT
        session.flush()
        person.name = "王 强"
    (line,) = newest(store).lines()
    assert line.before == {"phone": "", "retired_at": None, "name": "王强", "version": 1}
    assert line.after == {
        "id": 2,
        "name": "王 强",
        "number": "",
        "phone": "2",
        "post": "operator",
        "retired_at": "2026-11-20T22:00:00.000000Z",
        "version": 4,
    }


def test_a_removal_holds_what_was_there(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        session.add(Contact(role_zh="火警", role_en="fire", phone="119"))
    with store.write(OPERATOR, "try_it", AT) as session:
        session.delete(session.get_one(Contact, 1))
    (line,) = newest(store).lines()
    assert line.after is None
    assert line.before is not None
    assert line.before["phone"] == "119"


def test_what_came_and_went_in_one_transaction_leaves_no_line(store: Store) -> None:
    head = store.head()
    with store.write(OPERATOR, "try_it", AT) as session:
        contact = Contact(role_zh="火警", role_en="fire", phone="119")
        session.add(contact)
        session.flush()
        session.delete(contact)
    assert store.head() == head


def test_an_hour_of_readings_is_one_compact_line(store: Store) -> None:
    point(store)
    rows = [
        {"point_id": 1, "time": AT + timedelta(hours=n), "value": Decimal(f"2.{n}0"), "version_id": 1, "by_id": 1, "at": AT, "how": "typed"}
        for n in range(3)
    ]
    with store.write(OPERATOR, "try_it", AT) as session:
        journal.insert_rows(session, READING, rows)
    (line,) = json.loads(newest(store).body)
    assert line == [
        "reading",
        {"at": 1795212000, "by_id": 1, "doubt": "", "how": "typed", "nth": 0, "point_id": 1, "version_id": 1, "words": ""},
        ["time", "value"],
        [[1795212000, "2.00"], [1795215600, "2.10"], [1795219200, "2.20"]],
    ]
    assert [line.key for line in newest(store).lines()] == [[1, 1795212000, 0], [1, 1795215600, 0], [1, 1795219200, 0]]
    with store.read() as session:
        assert [row.value for row in session.execute(select(READING))] == [Decimal("2.00"), Decimal("2.10"), Decimal("2.20")]


def test_bulk_rows_of_records_get_ids_and_defaults(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        session.add(Person(name="first"))
        journal.insert_rows(session, Person, [{"name": "second"}, {"name": "third", "phone": "3"}])
        assert [person.id for person in session.scalars(select(Person).order_by(Person.id))] == [1, 2, 3, 4, 5]
        session.get_one(Person, 5).phone = "5"
    lines = list(newest(store).lines())
    assert [(line.table, line.after["name"] if line.after else None) for line in lines] == [
        ("person", "second"),
        ("person", "third"),
        ("person", "first"),
        ("person", "third"),
    ]


def test_bulk_rows_are_checked_before_they_are_written(store: Store) -> None:
    with pytest.raises(TypeError, match="no column"), store.write(OPERATOR, "try_it", AT) as session:
        journal.insert_rows(session, Person, [{"nome": "x"}])
    with pytest.raises(TypeError, match="decimal"), store.write(OPERATOR, "try_it", AT) as session:
        journal.insert_rows(
            session, READING, [{"point_id": 1, "time": AT, "value": 2.5, "version_id": 1, "by_id": 1, "at": AT, "how": "typed"}]
        )
    with pytest.raises(RecordThereError), store.write(OPERATOR, "try_it", AT) as session:
        journal.insert_rows(session, Person, [{"id": 1, "name": "again"}])
    with store.write(OPERATOR, "try_it", AT) as session:
        journal.insert_rows(session, Person, [])


def test_notes_are_facts_without_a_record(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        journal.note(session, muted={"minutes": 30})
    entry = newest(store)
    assert entry.notes() == [{"muted": {"minutes": 30}}]
    assert list(entry.lines()) == []
    assert store.last_changes is not None
    assert store.last_changes.kinds == frozenset()


def test_long_texts_and_keys_are_in_the_journal_by_their_digest(store: Store) -> None:
    with store.read() as session:
        bodies = "".join(entry.body for entry in journal.entries(session))
    assert '"box":"sha256:' in bodies
    assert "nonce" not in bodies
