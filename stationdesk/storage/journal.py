"""The journal: one hash-linked entry a write transaction, with before and after of all it touched.

A line of an entry is one of
    [table, key, null, {after}]            a record was made
    [table, key, {before}, {after}]        it changed: `before` holds the columns that differ (null: was empty), `after` all of them
    [table, key, {before}, null]           it was removed
    [table, {same}, [columns], [[…], …]]   rows written at once: what all share, then what differs
    ["*", {facts}]                         something to be known that is no record (a restore, an upgrade)
What is empty is left out of {after} and {same}.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Integer, LargeBinary, RowMapping, String, Table, func, insert, select
from sqlalchemy.orm import Session

from stationdesk.storage.canonical import Form, Plain, State, canonical, digested, forms, key_names, key_of
from stationdesk.storage.dialect import insert_stored
from stationdesk.storage.guard import Touched, touched_by
from stationdesk.storage.record import UTC_LENGTH, Guard, Record, utc_text, utc_time

NOTE = "*"
START = b"\0" * 32

JOURNAL = Table(
    "journal",
    Record.metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("time", String(UTC_LENGTH), nullable=False),
    Column("actor", Integer, nullable=False),
    Column("desk", String, nullable=False),
    Column("use_case", String, nullable=False),
    Column("revision", String, nullable=False),
    Column("body", String, nullable=False),
    Column("prev", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    info={"kind": "journal", "guard": Guard(insert_only=True)},
)

_APPEND = insert(JOURNAL)
_HEAD = select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)


class Head(NamedTuple):
    """The newest entry: its number and hash (hex). Of an empty journal 0 and zeros."""

    seq: int
    hash: str


class Line(NamedTuple):
    """One record in an entry; `before` is None for a new one and holds only what differs, `after` is None for a removed one."""

    table: str
    key: Any
    before: State | None
    after: State | None


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in the journal."""

    seq: int
    time: datetime
    actor: int
    desk: str
    use_case: str
    revision: str
    body: str

    def lines(self) -> Iterator[Line]:
        """Its records one by one, with their keys; notes are left out."""
        for line in json.loads(self.body):
            yield from map(_keyed, expand(line))

    def notes(self) -> list[dict[str, Any]]:
        return [line[1] for line in json.loads(self.body) if line[0] == NOTE]


@dataclass(frozen=True)
class Context:
    """Who writes what, when, where, by which schema."""

    actor: int
    use_case: str
    at: datetime
    desk: str
    revision: str


def head(connection: Connection) -> Head:
    """The newest entry."""
    row = connection.execute(_HEAD).first()
    return Head(row.seq, row.hash.hex()) if row else Head(0, START.hex())


def hash_of(connection: Connection, seq: int) -> str | None:
    """The hash (hex) of one entry; None where there is none."""
    if seq == 0:
        return START.hex()
    found = connection.execute(select(JOURNAL.c.hash).where(JOURNAL.c.seq == seq)).scalar()
    return found.hex() if found is not None else None


def entry_hash(prev: bytes, header: Sequence[Plain], body: str) -> bytes:
    """SHA-256 over the previous hash, [seq, time, actor, desk, use case, revision] and the body."""
    return hashlib.sha256(prev + canonical(header).encode() + b"\n" + body.encode()).digest()


def append(connection: Connection, lines: Sequence[Sequence[Any]], context: Context, last: Head | None = None) -> Head:
    """Write the entry of a transaction and return it as the new head; without lines the head stays. last: the head, if it is known."""
    last = last or head(connection)
    if not lines:
        return last
    prev, body = bytes.fromhex(last.hash), canonical(lines)
    header: list[Plain] = [last.seq + 1, utc_text(context.at), context.actor, context.desk, context.use_case, context.revision]
    hashed = entry_hash(prev, header, body)
    names = ("seq", "time", "actor", "desk", "use_case", "revision")
    connection.execute(_APPEND, {**dict(zip(names, header, strict=True)), "body": body, "prev": prev, "hash": hashed})
    return Head(last.seq + 1, hashed.hex())


def compose(touched: Touched) -> list[list[Any]]:
    """The lines of what was touched: bulk rows and notes as they came, then the records in the order they were first touched."""
    lines = list(touched.lines)
    for (table, key), before in touched.first.items():
        after = touched.last[table, key]
        if before != after:
            lines.append([table, key, _differing(before, after), after])
    return lines


def _differing(before: State | None, after: State | None) -> State | None:
    if before is None or after is None:
        return before
    return {name: before.get(name) for name in sorted({*before, *after}) if before.get(name) != after.get(name)}


def insert_rows(session: Session, table: Table | type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows of one table at once, journaled as one compact line: the way for readings, imports and lists.

    Columns left out get their declared default; an id that is left out is given. IntegrityError if a key is there already.
    """
    table = table if isinstance(table, Table) else _table_of(table)
    if not rows:
        return
    touched = touched_by(session)
    session.flush()
    full = _filled(session, table, rows)
    if not any(digested(table)):
        _insert(session, table, _columns(table, full))
        return
    with touched.permit():  # the journal's writing is not the table's
        session.connection().execute(insert(table), full)
    touched.write(_compact(table, _columns(table, full)))


def insert_columns(session: Session, table: Table, values: Mapping[str, Sequence[Any]]) -> None:
    """The same by column → its values, at least one: every column there is, the quick way for what is written every hour."""
    if any(digested(table)) or values.keys() != set(table.columns.keys()):
        raise TypeError(f"{table.name} is not written by columns, or not by these: {', '.join(values)}")
    session.flush()
    _insert(session, table, {name: _written(form, values[name]) for name, form in forms(table).items()})


def _insert(session: Session, table: Table, columns: Mapping[str, Sequence[Plain]]) -> None:
    touched = touched_by(session)
    with touched.permit():
        insert_stored(session.connection(), table, list(zip(*columns.values(), strict=True)))
    touched.write(_compact(table, columns))


def note(session: Session, **facts: Any) -> None:
    """Put something in the entry that is no record: plain values that JSON has."""
    touched_by(session).write([NOTE, facts])


def compact(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """[table, {same}, [columns], [[…], …]] of rows that all have the same columns."""
    return _compact(table, _columns(table, rows))


def _columns(table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Plain]]:
    """Column → its values as they are written."""
    return {name: _written(form, [row[name] for row in rows]) for name, form in forms(table).items() if name in rows[0]}


def _written(form: Form, values: Sequence[Any]) -> list[Plain]:
    first = values[0]
    if len({*map(id, values)}) == 1:
        return [None if first is None else form(first)] * len(values)
    return [None if value is None else form(value) for value in values]


def _compact(table: Table, columns: Mapping[str, Sequence[Plain]]) -> list[Any]:
    differing = [name for name, values in columns.items() if not _all_same(values)]
    kept = {name: values[0] for name, values in columns.items() if name not in differing and values[0] is not None}
    return [
        table.name,
        kept,
        differing,
        [list(row) for row in zip(*map(columns.__getitem__, differing), strict=True)] or [[]] * _count(columns),
    ]


def _count(columns: Mapping[str, Sequence[Plain]]) -> int:
    return len(next(iter(columns.values())))


def _all_same(values: Sequence[Plain]) -> bool:
    first = values[0]
    if isinstance(first, float):  # 0.0 and -0.0 are equal and are not written the same
        return all(repr(value) == repr(first) for value in values)
    return values.count(first) == len(values)


def expand(line: Sequence[Any]) -> Iterator[Line]:
    """The records of one line of an entry. Rows written at once come as made records without their key."""
    if line[0] == NOTE:
        return
    table, second, third, fourth = line
    if not isinstance(second, dict):
        yield Line(table, second, third, fourth)
    else:
        yield from (Line(table, None, None, after) for after in made_by(line))


def made_by(line: Sequence[Any]) -> list[State]:
    """The records that one line of an entry, no note, made."""
    _table, second, third, fourth = line
    if not isinstance(second, dict):
        return [fourth] if third is None and fourth is not None else []
    return [second | (_filled_of(third, row) if None in row else dict(zip(third, row, strict=True))) for row in fourth]


def _filled_of(names: Sequence[str], row: Sequence[Plain]) -> State:
    return {name: value for name, value in zip(names, row, strict=True) if value is not None}


def _keyed(line: Line) -> Line:
    """The line with the key of its record, also where it came from rows written at once."""
    table = Record.metadata.tables.get(line.table)
    return line if line.key is not None or line.after is None or table is None else line._replace(key=key_of(table, line.after))


def tables_of(body: str) -> frozenset[str]:
    """The tables an entry touched."""
    return frozenset(line[0] for line in json.loads(body) if line[0] != NOTE)


def entries(session: Session, after: int = 0, limit: int = 1000) -> list[Entry]:
    """The entries that follow the one numbered `after`, at most `limit`."""
    query = select(JOURNAL).where(JOURNAL.c.seq > after).order_by(JOURNAL.c.seq).limit(limit)
    return [_entry(row) for row in session.execute(query).mappings()]


def _entry(row: RowMapping) -> Entry:
    return Entry(row["seq"], utc_time(row["time"]), row["actor"], row["desk"], row["use_case"], row["revision"], row["body"])


def _table_of(record: type[Record]) -> Table:
    table = record.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{record} is not mapped to a table")
    return table


def _filled(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The rows with every column: defaults where nothing is said, ids where none is given."""
    full = rows if _whole(table, rows) else _with_defaults(table, rows)
    keys = key_names(table)
    if keys == ("id",) and any(row["id"] is None for row in full):
        first = session.connection().execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
        full = [{**row, "id": first + place} for place, row in enumerate(full)]
    return full


def _whole(table: Table, rows: Sequence[Mapping[str, Any]]) -> bool:
    names = set(table.columns.keys())
    return all(row.keys() == names for row in rows)


def _with_defaults(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    defaults = {column.name: getattr(column.default, "arg", None) for column in table.columns}
    if unknown := set().union(*rows) - defaults.keys():
        raise TypeError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    return [{**defaults, **row} for row in rows]
