"""Verify: a clean store is clean, and any change made behind the program's back is named, whatever it is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stationdesk.domain.store import StoreMissingError, StoreNewerError
from stationdesk.domain.words import speaking
from stationdesk.services import Store
from stationdesk.storage import dialect
from stationdesk.storage.journal import entry_hash
from stationdesk.storage.people import Person
from stationdesk.storage.record import Record, table_kind
from stationdesk.storage.rounds import Round
from stationdesk.storage.station import Contact
from stationdesk.storage.verify import verify
from tests.storage.conftest import AT, OPERATOR, behind_the_back, checkpoint, copy_store, named

TABLES = [table.name for table in Record.metadata.sorted_tables if table_kind(table) != "derived"]
JOURNALED = [name for name in TABLES if name not in ("journal", "alembic_version", "draft")]
Alteration = tuple[str, tuple[Any, ...]]


def test_a_full_store_is_clean(full: Path) -> None:
    found = verify(full)
    assert found.findings == ()
    assert found.signatures == 2
    assert set(found.tables) == {*Record.metadata.tables, "log_entry_search"}
    assert found.counts["round"] == 2
    assert found.counts["journal"] == found.head.seq
    assert set(found.tables.values()) == {"record", "journal", "derived", "draft"}


def test_it_says_what_it_promises_in_both_languages(full: Path) -> None:
    sentences = verify(full).sentences()
    assert "all records agree; 2 signatures fit" in sentences[0]
    assert any("could rebuild it" in sentence for sentence in sentences)
    assert any("no evidence" in sentence for sentence in sentences)
    with speaking("zh_CN"):
        assert "全部记录相符" in verify(full).sentences()[0]


@pytest.mark.parametrize("column", ["seq", "time", "actor", "desk", "use_case", "revision", "body", "prev", "hash"])
def test_any_column_of_an_entry_is_covered(full: Path, column: str) -> None:
    behind_the_back(
        full,
        f"UPDATE journal SET {column} = CASE typeof({column}) WHEN 'integer' THEN {column} + 50 ELSE {column} || '0' END WHERE seq = 2",
    )
    assert ("journal", "2") in named(verify(full))


def test_an_entry_cut_out_or_put_in_is_named(full: Path, tmp_path: Path) -> None:
    other = copy_store(full, tmp_path / "other.db")
    behind_the_back(full, "DELETE FROM journal WHERE seq = 2")
    assert ("journal", "2") in named(verify(full))
    behind_the_back(
        other, "INSERT INTO journal SELECT 0, time, actor, desk, use_case, revision, body, prev, hash FROM journal WHERE seq = 1"
    )
    assert ("journal", "0") in named(verify(other))


def test_entries_cut_off_the_end_leave_their_records_behind(full: Path) -> None:
    behind_the_back(full, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    assert ("signature", "2") in named(verify(full))


def forge(path: Path, seq: int, change: Callable[[str], str]) -> None:
    """Change an entry and rebuild its own hash, but not the chain after it."""
    with closing(sqlite3.connect(path)) as connection:
        *header, body, prev, _hashed = connection.execute("SELECT * FROM journal WHERE seq = ?", (seq,)).fetchone()
    behind_the_back(
        path, ("UPDATE journal SET body = ?, hash = ? WHERE seq = ?", (change(body), entry_hash(prev, header, change(body)), seq))
    )


def test_an_entry_with_a_new_hash_breaks_the_next_link(full: Path) -> None:
    forge(full, 2, lambda body: body.replace("文字", "假字"))
    assert ("journal", "3") in named(verify(full))


@pytest.mark.parametrize(
    "body",
    ["", "{}", "[1]", "[[]]", '[["person"]]', '[["person",1]]', '[["person",1,null,5]]', '[["nothing",1,null,{"id":1}]]', "[" * 5000],
)
def test_a_body_that_makes_no_sense_is_a_finding(full: Path, body: str) -> None:
    forge(full, 2, lambda _old: body)
    assert ("journal", "2") in named(verify(full))


@pytest.mark.parametrize("time", ["", "soon", "2026-11-21 06:42", "2026-13-45T99:99:99.000000Z"])
def test_an_unparsable_time_is_a_finding(full: Path, time: str) -> None:
    behind_the_back(full, ("UPDATE journal SET time = ? WHERE seq = 2", (time,)), ("UPDATE round SET started_at = ? WHERE id = 1", (time,)))
    found = verify(full)
    assert {("journal", "2"), ("round", "1")} <= named(found)


@pytest.mark.parametrize(
    ("statement", "trigger"),
    [
        ("DROP TRIGGER journal__change", "journal__change"),
        ("CREATE TRIGGER extra BEFORE INSERT ON person BEGIN SELECT 1; END", "extra"),
        ("DROP TRIGGER round__change; CREATE TRIGGER round__change BEFORE UPDATE ON round BEGIN SELECT 1; END", "round__change"),
    ],
)
def test_a_trigger_that_is_missing_or_another_is_named(full: Path, statement: str, trigger: str) -> None:
    with closing(sqlite3.connect(full)) as connection:
        connection.executescript(statement)
    assert [(finding.kind, finding.key) for finding in verify(full).findings] == [("trigger", trigger)]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE contact",
        "CREATE TABLE extra (id)",
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
        "DROP TABLE journal",
        "DROP TABLE signature",
        "DROP TABLE draft",
    ],
)
def test_tables_that_are_gone_or_none_of_ours_are_named(full: Path, statement: str) -> None:
    behind_the_back_without_triggers(full, statement)
    found = verify(full)
    assert statement.split()[2] in {finding.table for finding in found.findings}


def behind_the_back_without_triggers(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement)


def test_a_store_of_a_newer_program_is_not_judged(full: Path) -> None:
    store = Store.open(full)
    with store._writes.connect() as connection:
        raw = dialect.raw(connection)
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    assert ("alembic_version", "9999") in named(verify(full))  # the last entry was written under another schema: somebody's hand
    with closing(sqlite3.connect(full)) as connection:
        *header, body, prev, _hashed = connection.execute("SELECT * FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    header[0] += 1
    header[5] = "9999"
    behind_the_back(full, ("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*header, body, prev, b"x")))
    with pytest.raises(StoreNewerError):
        verify(full)


def test_no_file_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        verify(tmp_path / "none.db")


def test_a_clock_set_back_is_told_and_is_no_finding(store: Store) -> None:
    for step in (timedelta(), timedelta(hours=1), timedelta(minutes=30), timedelta(minutes=30, seconds=-1)):
        with store.write(OPERATOR, "try_it", AT + step) as session:
            session.add(Person(name="x"))
    found = verify(store.path)
    assert found.clean
    assert [(step.seq, step.before, step.after) for step in found.clock_steps] == [(4, AT + timedelta(hours=1), AT + timedelta(minutes=30))]


def test_records_that_change_and_go_stay_clean(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        session.add_all([Contact(role_zh="火警", role_en="fire", phone=str(number)) for number in range(5)])
    for phone in ("119", "120", "119"):
        with store.write(OPERATOR, "try_it", AT) as session:
            session.get_one(Contact, 1).phone = phone
    with store.write(OPERATOR, "try_it", AT) as session:
        session.delete(session.get_one(Contact, 5))
        session.delete(session.get_one(Contact, 2))
    with store.write(OPERATOR, "try_it", AT) as session:
        session.add(Contact(role_zh="again", role_en="", phone="5"))
    found = verify(store.path)
    assert found.clean
    assert found.counts["contact"] == 4
    behind_the_back(
        store.path,
        "INSERT INTO contact (id, role_zh, role_en, phone, who, note_zh, note_en, public, position, version) "
        "VALUES (2, '', '', '', '', '', '', 0, 0, 1)",
    )
    assert named(verify(store.path)) == {("contact", "2")}


def test_progress_is_told_and_may_give_up(full: Path) -> None:
    told: list[tuple[int, int]] = []
    verify(full, lambda done, total: told.append((done, total)))
    assert told[-1] == (told[-1][1], told[-1][1])

    class GiveUpError(Exception):
        pass

    def give_up(done: int, total: int) -> None:
        raise GiveUpError

    with pytest.raises(GiveUpError):
        verify(full, give_up)


def test_a_store_on_a_medium_that_cannot_be_written_is_verified(full: Path) -> None:
    checkpoint(full)
    before = hashlib.sha256(full.read_bytes()).hexdigest()
    for file in (full, full.parent):
        file.chmod(0o555)
    try:
        assert verify(full).clean
    finally:
        full.parent.chmod(0o755)
    assert hashlib.sha256(full.read_bytes()).hexdigest() == before


def test_a_closed_round_that_was_reopened_is_named(full: Path) -> None:
    store = Store.open(full)
    with store.write(OPERATOR, "try_it", AT) as session:
        session.get_one(Round, 1).closed_at = AT
    store.close()
    behind_the_back(full, "UPDATE round SET closed_at = NULL WHERE id = 1")
    (finding,) = verify(full).findings
    assert (finding.table, finding.key) == ("round", "1")
    assert "closed_at: – ≠ 2026-11-20T22:00:00.000000Z" in finding.words
