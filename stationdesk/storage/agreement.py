"""Whether every record is as the journal last left it. One walk, bounded memory: a state that is already the row's is done with;
only what has not (yet) become so is remembered, in a temporary file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stationdesk.domain.words import _
from stationdesk.storage.canonical import State, canonical, digest_form, digested
from stationdesk.storage.findings import MOST, Findings
from stationdesk.storage.journal import Line, expand
from stationdesk.storage.record import Record

Carry = Callable[[str, State], tuple[str, State] | None]

BATCH = 400


@dataclass(frozen=True)
class Shape:
    """A table as the file has it: its columns, its key, and the columns of which the journal holds a digest."""

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    digested: frozenset[str]

    def key_of(self, values: State) -> Any:
        return values[self.keys[0]] if len(self.keys) == 1 else [values[name] for name in self.keys]


@dataclass(frozen=True)
class Change:
    """The state an entry left a record in; None: removed."""

    seq: int
    key: Any
    after: State | None
    made: bool


def shape_of(connection: sqlite3.Connection, name: str) -> Shape:
    """The shape of a table of the file."""
    rows = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = tuple(row[1] for row in sorted((row for row in rows if row[5]), key=lambda row: row[5]))
    table = Record.metadata.tables.get(name)
    return Shape(name, tuple(row[1] for row in rows), keys, frozenset(digested(table)) if table is not None else frozenset())


class Agreement:
    """Takes the lines of all entries in their order, then tells what does not agree."""

    def __init__(self, connection: sqlite3.Connection, tables: Iterable[str], findings: Findings) -> None:
        self._connection, self._findings = connection, findings
        self._shapes = {name: shape_of(connection, name) for name in tables}
        self._net = dict.fromkeys(self._shapes, 0)
        self._waiting: dict[str, list[Change]] = {}
        self._unreadable: set[str] = set()
        self._reused: set[str] = set()  # tables of which rows were removed: their keys may come again
        self._opened: tuple[int, dict[tuple[str, str], State | None]] = (0, {})
        self._late = sqlite3.connect("", isolation_level=None)  # a temporary file that SQLite removes
        self._late.execute("CREATE TABLE late (name TEXT, key TEXT, seq INT, PRIMARY KEY (name, key)) WITHOUT ROWID")
        self._late.execute("CREATE TABLE known (name TEXT, key TEXT, PRIMARY KEY (name, key)) WITHOUT ROWID")
        self._late.execute("BEGIN")

    def take(self, seq: int, lines: Iterable[Line], carry: Carry | None) -> None:
        """The lines of one entry; `carry` brings states of an older schema forward."""
        for line in lines:
            name, change = self._change(seq, line, carry)
            if change is None:
                continue
            self._net[name] += change.made - (change.after is None)
            waiting = self._waiting.setdefault(name, [])
            waiting.append(change)
            if len(waiting) >= BATCH:
                self._compare(name)

    def _change(self, seq: int, line: Line, carry: Carry | None) -> tuple[str, Change | None]:
        name, after = line.table, line.after
        if carry is not None:
            carried = carry(name, dict(after or line.before or {}))
            if carried is None:
                return name, None
            name, after = carried[0], carried[1] if after is not None else None
        shape = self._shapes.get(name)
        if shape is None:
            self._findings.add("journal", "journal", seq, _("names a table that is not there: {table}").format(table=name))
            return name, None
        key = shape.key_of(after) if after is not None else line.key
        return name, Change(seq, key, after, line.before is None)

    def _compare(self, name: str) -> None:
        """Hold what waits of one table against its rows."""
        changes = self._waiting.pop(name, [])
        if name in self._unreadable:
            return
        with self._findings.stage("record", name):
            self._unreadable.add(name)
            rows = fetch(self._connection, self._shapes[name], [change.key for change in changes])
            for change in changes:
                self._settle(name, change, same(change.after, rows.get(canonical(change.key)), self._shapes[name]))
            self._unreadable.remove(name)

    def _settle(self, name: str, change: Change, agrees: bool) -> None:
        key = canonical(change.key)
        if change.after is None:
            self._reused.add(name)
        if not agrees:
            self._late.execute("INSERT OR REPLACE INTO late VALUES (?, ?, ?)", (name, key, change.seq))
        elif not change.made or name in self._reused:
            self._late.execute("DELETE FROM late WHERE name = ? AND key = ?", (name, key))

    def finish(self) -> dict[str, int]:
        """Table → rows, after telling which records differ or are missing. Tables in `suspicious()` may also have rows too many."""
        for name in list(self._waiting):
            self._compare(name)
        for name, key, seq in self._late.execute("SELECT name, key, seq FROM late ORDER BY name, seq"):
            self._tell(name, json.loads(key), seq)
        return {name: self._count(name) for name in self._shapes}

    def suspicious(self) -> list[str]:
        """The tables with another number of rows than the journal says, or with records that differ."""
        late = {row[0] for row in self._late.execute("SELECT DISTINCT name FROM late")}
        return [name for name in self._shapes if name not in self._unreadable and (name in late or self._count(name) != self._net[name])]

    def know(self, lines: Iterable[tuple[str, Any]]) -> None:
        """The keys of suspicious tables that the journal knows: a second walk, only where something is wrong."""
        self._late.executemany("INSERT OR IGNORE INTO known VALUES (?, ?)", [(name, canonical(key)) for name, key in lines])

    def key_of(self, line: Line) -> Any:
        shape = self._shapes.get(line.table)
        return line.key if shape is None or line.after is None else shape.key_of(line.after)

    def tell_unknown(self, name: str) -> None:
        """Tell the rows of a table that no entry made."""
        shape, told = self._shapes[name], 0
        with self._findings.stage("record", name):
            for row in self._connection.execute(f'SELECT {_listed(shape.keys)} FROM "{name}"'):  # noqa: S608 - names of the store's own tables
                key = row[0] if len(row) == 1 else list(row)
                known = self._late.execute("SELECT 1 FROM known WHERE name = ? AND key = ?", (name, _written(key))).fetchone()
                if known is None and told <= MOST:
                    told += 1
                    self._findings.add("record", name, _written(key), _("is in no journal entry"))

    def _count(self, name: str) -> int:
        try:
            return int(self._connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608
        except sqlite3.Error:
            self._unreadable.add(name)
            return -1

    def _tell(self, name: str, key: Any, seq: int) -> None:
        shape = self._shapes[name]
        with self._findings.stage("record", name, key):
            row = fetch(self._connection, shape, [key]).get(canonical(key))
            self._findings.add("record", name, _written(key), self._words(shape, key, row, seq))

    def _words(self, shape: Shape, key: Any, row: State | None, seq: int) -> str:
        after = self._written_by(shape, key, seq)
        if row is None:
            return _("is missing; entry {seq} wrote it").format(seq=seq)
        if after is None:
            return _("is there, though entry {seq} removed it").format(seq=seq)
        differing = sorted(name for name in {*row, *after} if not same(_one(after, name), _one(row, name), shape))
        told = "; ".join(f"{name}: {_brief(row.get(name))} ≠ {_brief(after.get(name))}" for name in differing)
        return _("differs from entry {seq} ({columns})").format(seq=seq, columns=told)

    def _written_by(self, shape: Shape, key: Any, seq: int) -> State | None:
        """The state an entry wrote; the entry last opened is kept open, for its other records are told next."""
        if self._opened[0] != seq:
            body = self._connection.execute("SELECT body FROM journal WHERE seq = ?", (seq,)).fetchone()[0]
            lines = [one for line in json.loads(body) for one in expand(line)]
            self._opened = seq, {(line.table, canonical(self.key_of(line))): line.after for line in lines}
        return self._opened[1].get((shape.name, canonical(key)))


def fetch(connection: sqlite3.Connection, shape: Shape, keys: Sequence[Any]) -> dict[str, State]:
    """Key as the journal writes it → the row as it lies in the file, without what is empty."""
    found = {}
    for query, values in _queries(shape, keys):
        for row in connection.execute(query, values):
            state = {name: value for name, value in zip(shape.columns, row, strict=True) if value is not None}
            found[_written(shape.key_of(state))] = state
    return found


def _queries(shape: Shape, keys: Sequence[Any]) -> Iterator[tuple[str, list[Any]]]:
    """One query for all keys that differ in their first column only: an hour of readings is one."""
    first, *others = shape.keys
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for key in keys:
        start, *rest = key if others else [key]
        groups.setdefault(tuple(rest), []).append(start)
    also = "".join(f' AND "{name}" = ?' for name in others)
    for rest, starts in groups.items():
        marks = ",".join("?" * len(starts))
        yield f'SELECT {_listed(shape.columns)} FROM "{shape.name}" WHERE "{first}" IN ({marks}){also}', [*starts, *rest]  # noqa: S608


def same(after: State | None, row: State | None, shape: Shape) -> bool:
    """Whether a row is the state the journal wrote, type for type."""
    if after is None or row is None:
        return after is row
    if shape.digested:
        row = {name: _comparable(name, value, after, shape) for name, value in row.items()}
    return row == after and all(map(_same_type, row.values(), map(after.__getitem__, row)))


def _same_type(value: Any, written: Any) -> bool:
    """1, 1.0 and True are equal to Python, and so are 0.0 and -0.0."""
    return type(value) is type(written) and (type(value) is not float or repr(value) == repr(written))


def _comparable(name: str, value: Any, after: State, shape: Shape) -> Any:
    written = after.get(name)
    if name in shape.digested and isinstance(written, str) and written.startswith("sha256:") and isinstance(value, str):
        return digest_form(value)
    return value


def _one(state: State, name: str) -> State:
    return {name: state[name]} if name in state else {}


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _written(key: Any) -> str:
    try:
        return canonical(key)
    except (TypeError, ValueError):
        return repr(key)


def _brief(value: Any) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
