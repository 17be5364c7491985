"""A table as its file has it: columns, key, and how a row lies there against how the journal wrote it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from stationdesk.domain.store import UnstorableNumberError
from stationdesk.storage import all_tables, dialect  # noqa: F401 - any table is looked up by its name
from stationdesk.storage.canonical import State, canonical, digest_form, digested
from stationdesk.storage.record import Record

Key = Any
Row = tuple[Any, ...]

NOT_A_ROW: Row = (object(),)
"""What no row is equal to: a state that names columns the table does not have."""


@dataclass(frozen=True)
class Shape:
    """A table of the file. A key is the id, or a tuple of the key's values."""

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    digested: tuple[int, ...]
    """Places of the columns of which the journal holds a digest."""
    key_of: Callable[[Sequence[Any]], Key]
    """The key of a row."""

    def row(self, state: State) -> Row:
        """A state of the journal as the row it should be."""
        row = tuple(map(state.get, self.columns))
        return row if len(row) - row.count(None) == len(state) else NOT_A_ROW

    def key_in(self, state: State) -> Key:
        """The key of a state. KeyError if it has none."""
        return state[self.keys[0]] if len(self.keys) == 1 else tuple(state[name] for name in self.keys)

    def row_or_none(self, state: State | None) -> Row | None:
        return None if state is None else self.row(state)

    def rows(self, same: State, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> Iterator[Row]:
        """The rows of a compact line of the journal."""
        template: list[Any] = [same.get(name) for name in self.columns]
        places = [self.columns.index(name) for name in columns]
        whole = same.keys() <= set(self.columns)
        for one in values:
            row = template.copy()
            for place, value in zip(places, one, strict=True):
                row[place] = value
            yield tuple(row) if whole else NOT_A_ROW

    def state(self, row: Row) -> State:
        return {name: value for name, value in zip(self.columns, row, strict=True) if value is not None}


def shape_of(connection: sqlite3.Connection, name: str) -> Shape:
    """The shape of a table of the file."""
    found = dialect.rows(connection, f'PRAGMA table_info("{name}")')
    columns = tuple(row[1] for row in found)
    keys = tuple(row[1] for row in sorted((row for row in found if row[5]), key=lambda row: row[5]))
    table = Record.metadata.tables.get(name)
    hidden = set(digested(table)) if table is not None else set()
    places = tuple(place for place, column in enumerate(columns) if column in hidden)
    return Shape(name, columns, keys, places, itemgetter(*map(columns.index, keys)))


def fetch(connection: sqlite3.Connection, shape: Shape, keys: Sequence[Key]) -> dict[Key, Row]:
    """Key → row as it lies in the file, of those of the keys that are there."""
    found = {}
    for query, values in _queries(shape, keys):
        for row in dialect.rows(connection, query, values):
            found[shape.key_of(row)] = row
    return found


def _queries(shape: Shape, keys: Sequence[Key]) -> Iterator[tuple[str, list[Any]]]:
    """One query for all keys that differ in their first column only: an hour of readings is one."""
    first, *others = shape.keys
    groups: dict[Row, list[Any]] = {}
    for key in keys:
        groups.setdefault(key[1:] if others else (), []).append(key[0] if others else key)
    also = "".join(f' AND "{name}" = ?' for name in others)
    for rest, starts in groups.items():
        marks = ",".join("?" * len(starts))
        yield f'SELECT {listed(shape.columns)} FROM "{shape.name}" WHERE "{first}" IN ({marks}){also}', [*starts, *rest]  # noqa: S608


def same(shape: Shape, written: Row | None, row: Row | None) -> bool:
    """Whether a row is what the journal wrote, type for type: 1, 1.0 and True are equal to Python, and so are 0.0 and -0.0."""
    if written is None or row is None:
        return written is row
    if shape.digested:
        row = with_digests(shape, written, row)
    if row != written:
        return False
    types = list(map(type, row))
    return types == list(map(type, written)) and (float not in types or repr(row) == repr(written))


def with_digests(shape: Shape, written: Row, row: Row) -> Row:
    """The row with digests in the places where the journal has them."""
    full = list(row)
    for place in shape.digested:
        if len(written) == len(row) and isinstance(full[place], str) and str(written[place]).startswith("sha256:"):
            full[place] = digest_form(full[place])
    return tuple(full)


def listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def written_key(key: Key) -> str:
    """A key as findings name it."""
    try:
        return canonical(key)
    except (TypeError, ValueError, UnstorableNumberError):
        return repr(key)
