"""One altered byte, a row that went or came, a broken page: whatever is done to the file, verify names it and never falls over."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from stationdesk.domain.store import StoreDamagedError
from stationdesk.services import Store
from stationdesk.storage import dialect
from stationdesk.storage.canonical import key_names
from stationdesk.storage.people import Person
from stationdesk.storage.record import Record, table_kind
from stationdesk.storage.verify import verify
from tests.storage.conftest import AT, OPERATOR, behind_the_back, checkpoint, copy_store, named

TABLES = [table.name for table in Record.metadata.sorted_tables if table_kind(table) != "derived"]
JOURNALED = [name for name in TABLES if name not in ("journal", "alembic_version", "draft")]
Alteration = tuple[str, tuple[Any, ...]]


def test_every_table_of_evidence_has_rows_to_try(full: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        for table in TABLES:
            assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] >= (1 if table == "alembic_version" else 2), table


def alterations(path: Path, table: str, choose: random.Random) -> list[Alteration]:
    """One altered byte, and values that do not fit, in every column of a row of the table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(choose.choice(connection.execute(f'SELECT * FROM "{table}"').fetchall()))
    keys = key_names(Record.metadata.tables[table])
    where = " AND ".join(f'"{key}" IS ?' for key in keys)
    key = tuple(row[name] for name in keys)
    return [
        (f'UPDATE "{table}" SET "{column}" = {how} WHERE {where}', (*with_, *key))
        for column, value in row.items()
        for how, with_ in ways(value, choose, number_key=column in keys and isinstance(value, int))
    ]


def ways(value: Any, choose: random.Random, *, number_key: bool) -> list[tuple[str, tuple[Any, ...]]]:
    if isinstance(value, int):
        return [("?", (value + choose.choice((1, 100)),))] + (
            [] if number_key else [("?", ("x",)), ("?", (value + 0.5,)), ("?", (b"\xff",))]
        )
    raw = value.encode() if isinstance(value, str) else value or b""
    changed = bytearray(raw or b"\0")
    changed[choose.randrange(len(changed))] ^= 1 << choose.randrange(8)
    kind = "CAST(? AS TEXT)" if isinstance(value, str | None) else "?"
    return [(kind, (bytes(changed),)), ("?", (3,)), ("?", (b"\xff" + raw,))]


@pytest.mark.parametrize("table", TABLES)
def test_one_altered_byte_in_any_table_is_named(full_template: Path, tmp_path: Path, table: str) -> None:
    choose = random.Random(table)
    tried = 0
    for alteration in choose.sample(found := alterations(full_template, table, choose), min(len(found), 4)):
        path = copy_store(full_template, tmp_path / "altered.db")
        try:
            behind_the_back(path, alteration)
        except sqlite3.IntegrityError:
            continue  # the table itself does not take it
        tried += 1
        told = verify(path)
        assert table in {finding.table for finding in told.findings}, alteration
        assert all(finding.words for finding in told.findings)
    assert tried


@pytest.mark.parametrize("table", JOURNALED)
def test_a_row_that_went_or_came_is_named(full_template: Path, tmp_path: Path, table: str) -> None:
    keys = key_names(Record.metadata.tables[table])
    removed = copy_store(full_template, tmp_path / "removed.db")
    with closing(sqlite3.connect(removed)) as connection:
        row = connection.execute(f'SELECT {", ".join(keys)} FROM "{table}" LIMIT 1').fetchone()
    key = json.dumps(row[0] if len(row) == 1 else row, separators=(",", ":"))
    where = " AND ".join(f'"{name}" = ?' for name in keys)
    behind_the_back(removed, (f'DELETE FROM "{table}" WHERE {where}', row))
    assert (table, key) in named(verify(removed))

    moved = copy_store(full_template, tmp_path / "moved.db")
    behind_the_back(moved, (f'UPDATE "{table}" SET "{keys[0]}" = 777 WHERE {where}', row))
    new = json.dumps(777 if len(row) == 1 else [777, *row[1:]], separators=(",", ":"))
    assert {(table, key), (table, new)} <= named(verify(moved))


def test_a_row_too_many_is_named(full: Path) -> None:
    behind_the_back(full, "INSERT INTO person (id, name, number, phone, post, version) VALUES (99, 'ghost', '', '', '', 1)")
    found = verify(full)
    assert named(found) == {("person", "99")}
    assert "journal" in found.findings[0].words


def test_a_table_without_a_key_keeps_nothing_else_from_being_told(full: Path) -> None:
    behind_the_back(full, "CREATE TABLE evil (x)", 'CREATE TABLE "e""vil" (x)', "UPDATE person SET phone = '1' WHERE id = 1")
    assert {("evil", ""), ("person", "1")} <= named(verify(full))


def test_a_known_table_that_lost_its_key_is_named_beside_others(full: Path) -> None:
    lost = ("CREATE TABLE w AS SELECT * FROM wish", "DROP TABLE wish", "ALTER TABLE w RENAME TO wish")
    behind_the_back(full, *lost, "UPDATE person SET phone = '1' WHERE id = 1")
    assert {("wish", ""), ("person", "1")} <= named(verify(full))


def test_a_schema_number_that_is_gone_is_said_to_be_missing(full: Path) -> None:
    behind_the_back(full, "DELETE FROM alembic_version")
    (finding,) = (each for each in verify(full).findings if each.table == "alembic_version")
    assert finding.words == "is missing"


def test_a_store_without_a_table_is_damaged_and_no_defect(full: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("DROP TABLE journal")
    store = Store.open(full)
    with pytest.raises(StoreDamagedError):
        store.head()
    store.close()


def test_what_differs_is_told_by_column_and_value(full: Path) -> None:
    behind_the_back(full, "UPDATE person SET phone = '13900000000' WHERE id = 1")
    (finding,) = verify(full).findings
    assert (finding.kind, finding.table, finding.key) == ("record", "person", "1")
    assert "phone: 13900000000 ≠ " in finding.words


@pytest.mark.parametrize("key", ["9e999", "-9e999", "x'ff00'", "'text'", "0.5"])
def test_a_key_that_is_no_number_is_a_finding_of_its_record(full: Path, key: str) -> None:
    behind_the_back(full, f"UPDATE reading SET nth = {key} WHERE time = (SELECT min(time) FROM reading)")
    found = verify(full)
    assert {finding.table for finding in found.findings} == {"reading"}


@pytest.mark.parametrize("content", [b"", b"\0" * 8192, b"Dear station " * 1000])
def test_a_file_that_is_no_database_is_a_finding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter.db").write_bytes(content)
    assert not verify(tmp_path / "letter.db").clean


def evidence(path: Path) -> dict[str, Any]:
    """All that counts, as it lies in the file; None where it cannot be read."""
    found: dict[str, Any] = {}
    with closing(dialect.connect_to_look(path)) as connection:
        for table in TABLES:
            found[table] = connection.execute(f'SELECT * FROM "{table}"').fetchall()
    return found


def test_a_broken_byte_anywhere_in_the_file_is_found_or_harmless(full: Path, tmp_path: Path) -> None:
    checkpoint(full)
    original, sound, choose = full.read_bytes(), evidence(full), random.Random(7)
    harmed = 0
    for number in range(80):
        changed = bytearray(original)
        place = choose.randrange(100, len(changed))
        changed[place] ^= 1 << choose.randrange(8)
        path = tmp_path / f"{number}.db"
        path.write_bytes(changed)
        found = verify(path)
        if found.clean:
            assert evidence(path) == sound, f"byte {place} changed evidence unseen"
        else:
            harmed += 1
        path.unlink()
    assert harmed


@pytest.mark.parametrize("table", ["journal", "person", "reading", "signature", "draft", "sqlite_schema"])
def test_a_broken_page_is_a_finding(full: Path, table: str) -> None:
    checkpoint(full)
    with closing(sqlite3.connect(full)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    changed = bytearray(full.read_bytes())
    start = (root[0] - 1) * size if root else 100
    changed[start : start + 200] = b"\xaa" * 200
    full.write_bytes(changed)
    assert not verify(full).clean


def test_very_many_differences_are_counted(store: Store) -> None:
    from stationdesk.storage.journal import insert_rows

    with store.write(OPERATOR, "try_it", AT) as session:
        insert_rows(session, Person, [{"name": str(number)} for number in range(1500)])
    behind_the_back(store.path, "UPDATE person SET phone = '1'")
    found = verify(store.path)
    assert len(found.findings) == 1000
    assert found.left_out == 502
    assert found.sentences()[0].startswith("1502 findings")
