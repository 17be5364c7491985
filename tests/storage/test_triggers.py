"""What the database itself refuses, whoever asks: raw connections here, past every guard of the program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from stationdesk.domain.store import RecordFrozenError
from stationdesk.services import Store
from stationdesk.storage import triggers
from stationdesk.storage.record import Record, table_guard
from stationdesk.storage.rounds import Round, RoundLine
from tests.storage.conftest import AT, OPERATOR

INSERT_ONLY = [table.name for table in Record.metadata.sorted_tables if (guard := table_guard(table)) and guard.insert_only]
CLOSING = [table.name for table in Record.metadata.sorted_tables if (guard := table_guard(table)) and guard.closes]
LINES = [table.name for table in Record.metadata.sorted_tables if (guard := table_guard(table)) and guard.parent and not guard.insert_only]


@pytest.fixture
def raw(full: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(full, isolation_level=None)) as connection:
        yield connection


def parent_of(table: str) -> tuple[str, str]:
    guard = table_guard(Record.metadata.tables[table])
    assert guard is not None
    assert guard.parent is not None
    return guard.parent.table, guard.parent.column


def refused(connection: sqlite3.Connection, statement: str, why: str = "frozen:") -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        connection.execute(statement)


@pytest.mark.parametrize("table", INSERT_ONLY)
def test_what_is_written_once_stays(raw: sqlite3.Connection, table: str) -> None:
    column = next(column.name for column in Record.metadata.tables[table].columns if not column.primary_key)
    refused(raw, f'UPDATE "{table}" SET "{column}" = "{column}"')
    refused(raw, f'DELETE FROM "{table}"')
    refused(raw, f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}" LIMIT 1', "there:")


@pytest.mark.parametrize("table", CLOSING)
def test_what_is_closed_stays(raw: sqlite3.Connection, table: str) -> None:
    raw.execute(f'UPDATE "{table}" SET version = version + 1')
    raw.execute(f'UPDATE "{table}" SET closed_at = "2026-11-21T00:00:00.000000Z" WHERE id = 1')
    refused(raw, f'UPDATE "{table}" SET version = version + 1 WHERE id = 1')
    refused(raw, f'UPDATE "{table}" SET closed_at = NULL WHERE id = 1')
    refused(raw, f'DELETE FROM "{table}" WHERE id = 1')
    refused(raw, f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}" WHERE id = 1', "there:")
    refused(raw, f'UPDATE OR REPLACE "{table}" SET id = 1 WHERE id = 2', "there:")
    raw.execute(f'UPDATE "{table}" SET version = version + 1 WHERE id = 2')


@pytest.mark.parametrize("table", LINES)
def test_lines_of_what_is_closed_stay(raw: sqlite3.Connection, table: str) -> None:
    parent, column = parent_of(table)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute(f'UPDATE "{table}" SET {column} = 2 WHERE id = 2')
    raw.execute(f'UPDATE "{parent}" SET closed_at = "2026-11-21T00:00:00.000000Z" WHERE id = 1')
    refused(raw, f'UPDATE "{table}" SET {column} = {column} WHERE id = 1')
    refused(raw, f'UPDATE "{table}" SET {column} = 1 WHERE id = 2')
    refused(raw, f'UPDATE "{table}" SET {column} = 2 WHERE id = 1')
    refused(raw, f'DELETE FROM "{table}" WHERE id = 1')
    columns = ", ".join(f'"{each.name}"' for each in Record.metadata.tables[table].columns if each.name != "id")
    refused(raw, f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM "{table}" WHERE id = 1', "frozen:|there:")
    raw.execute(f'DELETE FROM "{table}" WHERE id = 2')


def test_a_unique_value_of_a_closed_record_cannot_be_taken_over(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE handover SET closed_at = '2026-11-21T00:00:00.000000Z' WHERE id = 1")
    refused(raw, "UPDATE OR REPLACE handover SET number = (SELECT number FROM handover WHERE id = 1) WHERE id = 2", "there:")


def test_after_the_shift_is_closed_only_marked_rows_come(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE shift SET closed_at = '2026-11-21T00:00:00.000000Z' WHERE id = 1")
    reading = (
        "INSERT INTO reading SELECT point_id, time + 3600, {nth}, value, version_id, 1, by_id, at, how, doubt, words FROM reading LIMIT 1"
    )
    refused(raw, reading.format(nth=0))
    raw.execute(reading.format(nth=1))
    entry = "INSERT INTO log_entry (shift_id, category, text, time, at, late, after_close, desk) VALUES (1, '', '', '', '', 0, {late}, '')"
    refused(raw, entry.format(late=0))
    raw.execute(entry.format(late=1))


def test_the_guards_are_those_the_tables_declare(raw: sqlite3.Connection) -> None:
    present = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    assert present == triggers.expected()
    assert {"journal", "signature", "reading", "log_entry", "printed_sheet"} <= set(INSERT_ONLY)
    assert {"round", "checklist", "handover", "shift"} <= set(CLOSING)
    assert {"round_line", "checklist_line", "handover_verdict"} <= set(LINES)


def test_a_refusal_is_told_in_words_and_keeps_nothing(full: Path) -> None:
    store = Store.open(full)
    with store.write(OPERATOR, "try_it", AT) as session:
        session.get_one(Round, 1).closed_at = AT
    head = store.head()
    with pytest.raises(RecordFrozenError) as frozen, store.write(OPERATOR, "try_it", AT) as session:
        session.get_one(RoundLine, 1).words = "changed my mind"
    assert frozen.value.table == "round_line"
    assert store.head() == head
    store.close()
