"""Everything a store holds as open files: a CSV and a JSON file for each table, as it lies there, with nothing worded or rounded."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from stationdesk.domain.files import unwritten
from stationdesk.domain.store import DestinationThereError, StoreMissingError
from stationdesk.storage import all_tables, dialect, migrations, search  # noqa: F401 - every table is written
from stationdesk.storage.backup import head_in
from stationdesk.storage.findings import printable
from stationdesk.storage.journal import Head
from stationdesk.storage.place import store_path
from stationdesk.storage.record import Record, epoch, table_kind, utc_text

INDEX = "index.json"
PART = ".part"
"""What is being written bears this behind its name: of an export that is broken off no half table passes for a whole one."""
TELLING = frozenset({"reading", "corrector_hour", "voucher"})
"""Tables whose rows may tell a base reading, and so what the journal says of them."""


@dataclass(frozen=True)
class Withheld:
    """What is not told yet: counters of these points and streams from a time on (services/metering/blind.py)."""

    since: datetime
    points: frozenset[int]
    streams: frozenset[int]

    def leaves_out(self, table: str, row: Mapping[str, Any]) -> bool:
        """Whether a row as it lies in its table would tell one."""
        start, text = epoch(self.since), utc_text(self.since)
        match table:
            case "reading":
                return row["point_id"] in self.points and row["time"] >= start
            case "reading_day":
                return row["point_id"] in self.points and row["last_time"] >= start
            case "corrector_hour":
                return row["stream_id"] in self.streams and row["time"] >= start
            case "voucher":
                return row["stream_id"] in (*self.streams, None) and row["end"] >= text
            case "journal":
                told = {line[0] for line in json.loads(row["body"])}
                return row["time"] >= utc_text(self.since - EARLY) and not told.isdisjoint(TELLING)
        return False


EARLY = timedelta(minutes=30)  # an hour may be read before it is full


def export(where: str | Path, folder: Path, withheld: Withheld | None = None) -> list[Path]:
    """Write every table into a new or empty folder; the files. DestinationThereError, StoreMissingError, and those of `unwritten`.

    Sealed keys are left out: in other hands they are passwords to be guessed; so is what is withheld, and the index counts it. Binary
    values are hex digits. CSV has a mark at its start by which Excel sees that it is UTF-8.
    """
    path = store_path(where)
    if not path.is_file():
        raise StoreMissingError(place=str(path))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DestinationThereError(place=str(folder))
    try:
        return _written(path, folder, withheld)
    except sqlite3.Error as error:
        _empty(folder)
        raise dialect.worded(error, path) or error from error
    except OSError as error:
        _empty(folder)
        raise unwritten(error, folder) from error


def _empty(folder: Path) -> None:
    """Half an export is not left to be taken for a whole one."""
    if folder.is_dir():
        for each in folder.iterdir():
            each.unlink(missing_ok=True)


def _written(path: Path, folder: Path, withheld: Withheld | None) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with closing(dialect.connect_to_look(path)) as connection:  # one moment: what is written meanwhile is in none of the files
        tables = [_export_table(connection, name, folder, withheld) for name in _tables(connection)]
        _write_index(folder / (INDEX + PART), head_in(connection), tables)
    for part in sorted(folder.iterdir()):  # the index, by which an export is known to be whole, comes last
        if part.name != INDEX + PART:
            part.replace(part.with_suffix(""))
    (folder / (INDEX + PART)).replace(folder / INDEX)
    return sorted(folder.iterdir())


def _tables(connection: sqlite3.Connection) -> list[str]:
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return sorted(present & Record.metadata.tables.keys())


def _export_table(connection: sqlite3.Connection, name: str, folder: Path, withheld: Withheld | None) -> dict[str, Any]:
    columns, left_out = _columns(connection, name)
    keys = [column.name for column in Record.metadata.tables[name].primary_key.columns]
    query = f'SELECT {_quoted(columns)} FROM "{name}" ORDER BY {_quoted(keys)}'  # noqa: S608 - a table of this store
    with (folder / f"{name}.csv{PART}").open("w", encoding="utf-8-sig", newline="") as table:
        csv.writer(table).writerow(columns)
        csv.writer(table).writerows(_told(name, columns, _rows(connection, query), withheld))
    with (folder / f"{name}.json{PART}").open("w", encoding="utf-8") as records:
        count = _write_json(records, columns, _told(name, columns, _rows(connection, query), withheld))
    made = {"table": name, "kind": table_kind(Record.metadata.tables[name]), "columns": columns, "left_out": left_out, "rows": count}
    if withheld is not None and (missing := sum(1 for _row in _rows(connection, query)) - count):
        made["hidden_until_the_blind_reading"] = missing
    return made


def _told(name: str, columns: Sequence[str], rows: Iterator[list[Any]], withheld: Withheld | None) -> Iterator[list[Any]]:
    """Without the rows that are not told yet."""
    if withheld is None:
        return rows
    return (row for row in rows if not withheld.leaves_out(name, dict(zip(columns, row, strict=True))))


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _columns(connection: sqlite3.Connection, name: str) -> tuple[list[str], list[str]]:
    present = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
    secret = {column.name for column in Record.metadata.tables[name].columns if column.info.get("secret")}
    return [column for column in present if column not in secret], [column for column in present if column in secret]


def _rows(connection: sqlite3.Connection, query: str) -> Iterator[list[Any]]:
    for row in connection.execute(query):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return printable(value) if isinstance(value, str) else value


def _write_json(file: Any, columns: Sequence[str], rows: Iterator[list[Any]]) -> int:
    count = 0
    file.write("[")
    for row in rows:
        file.write(("," if count else "") + "\n" + json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
        count += 1
    file.write("\n]\n")
    return count


def _write_index(target: Path, head: Head, tables: list[dict[str, Any]]) -> None:
    searched = [search.index_name(table.name) for table in search.tables()]
    index = {
        "schema": migrations.REVISION,
        "head": {"seq": head.seq, "hash": head.hash},
        "tables": tables,
        "derived_not_exported": searched,
    }
    target.write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
