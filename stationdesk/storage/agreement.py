"""Whether every record is as the journal last left it. One walk, bounded memory: a state that is already the row's is done with;
only what has not (yet) become so is remembered, in a temporary file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from stationdesk.domain.words import _
from stationdesk.storage import dialect
from stationdesk.storage.canonical import State
from stationdesk.storage.findings import MOST, Findings
from stationdesk.storage.journal import NOTE, expand
from stationdesk.storage.shape import Key, Row, Shape, fetch, listed, same, shape_of, with_digests, written_key

Carry = Callable[[str, State], tuple[str, State] | None]
Change = tuple[int, Key, Row | None, bool]
"""Entry, key, the row it should be from then on (None: removed), whether it was made by it."""

BATCH = 400


class Agreement:
    """Takes the lines of all entries in their order, then tells what does not agree."""

    def __init__(self, connection: sqlite3.Connection, tables: Iterable[str], findings: Findings) -> None:
        self._connection, self._findings = connection, findings
        self._shapes = {name: shape_of(connection, name) for name in tables}
        self._net = dict.fromkeys(self._shapes, 0)
        self._waiting: dict[str, list[Change]] = {name: [] for name in self._shapes}
        self._unreadable: set[str] = set()
        self._reused: set[str] = set()  # tables of which rows were removed: their keys may come again
        self._opened: tuple[int, dict[tuple[str, str], State | None]] = (0, {})
        self._late = sqlite3.connect("", isolation_level=None)  # a temporary file that SQLite removes
        self._late.execute("CREATE TABLE late (name TEXT, key TEXT, seq INT, PRIMARY KEY (name, key)) WITHOUT ROWID")
        self._late.execute("CREATE TABLE known (name TEXT, key TEXT, PRIMARY KEY (name, key)) WITHOUT ROWID")
        self._late.execute("BEGIN")

    def take(self, seq: int, lines: Iterable[Sequence[Any]], carry: Carry | None) -> None:
        """The lines of one entry; `carry` brings states of an older schema forward."""
        for line in lines:
            if line[0] == NOTE:
                continue
            if carry is None and isinstance(line[1], dict):
                self._take_rows(seq, *line)
            else:
                for one in expand(line):
                    self._take_one(seq, one.table, one.key, one.before, one.after, carry)

    def _take_rows(self, seq: int, name: str, shared: State, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
        shape = self._shape(seq, name)
        if shape is not None:
            self._wait(name, [(seq, shape.key_of(row), row, True) for row in shape.rows(shared, columns, values)])

    def _take_one(self, seq: int, name: str, key: Any, before: State | None, after: State | None, carry: Carry | None) -> None:
        if carry is not None:
            carried = carry(name, dict(after or before or {}))
            if carried is None:
                return
            name, after = carried[0], None if after is None else carried[1]
        shape = self._shape(seq, name)
        if shape is not None:
            key = tuple(key) if isinstance(key, list) else key if after is None else shape.key_in(after)
            self._wait(name, [(seq, key, shape.row_or_none(after), before is None)])

    def _shape(self, seq: int, name: str) -> Shape | None:
        shape = self._shapes.get(name)
        if shape is None:
            self._findings.add("journal", "journal", seq, _("names a table that is not there: {table}").format(table=name))
        return shape

    def _wait(self, name: str, changes: list[Change]) -> None:
        waiting = self._waiting[name]
        waiting += changes
        self._net[name] += sum(made - (row is None) for _seq, _key, row, made in changes)
        if len(waiting) >= BATCH:
            self._compare(name)

    def _compare(self, name: str) -> None:
        """Hold what waits of one table against its rows."""
        changes, self._waiting[name] = self._waiting[name], []
        if name in self._unreadable or not changes:
            return
        shape = self._shapes[name]
        with self._findings.stage("record", name):
            self._unreadable.add(name)
            rows = fetch(self._connection, shape, [change[1] for change in changes])
            self._unreadable.remove(name)
            for change in changes:
                agrees = same(shape, change[2], rows.get(change[1]))
                if not agrees or not change[3] or change[2] is None or name in self._reused:
                    self._settle(name, change, agrees)

    def _settle(self, name: str, change: Change, agrees: bool) -> None:
        seq, key, row, _made = change
        if row is None:
            self._reused.add(name)
        if not agrees:
            self._late.execute("INSERT OR REPLACE INTO late VALUES (?, ?, ?)", (name, written_key(key), seq))
        else:
            self._late.execute("DELETE FROM late WHERE name = ? AND key = ?", (name, written_key(key)))

    def finish(self) -> dict[str, int]:
        """Table → rows, after telling which records differ or are missing. Tables in `suspicious()` may also have rows too many."""
        for name in self._shapes:
            self._compare(name)
        for name, key, seq in self._late.execute("SELECT name, key, seq FROM late ORDER BY name, seq"):
            self._tell(name, key, seq)
        return {name: self._count(name) for name in self._shapes}

    def suspicious(self) -> set[str]:
        """The tables with another number of rows than the journal says, or with records that differ."""
        late = {row[0] for row in self._late.execute("SELECT DISTINCT name FROM late")}
        return {name for name in self._shapes if name not in self._unreadable and (name in late or self._count(name) != self._net[name])}

    def know(self, lines: Iterable[Sequence[Any]], tables: set[str]) -> None:
        """The keys of these tables that the journal knows: a second walk, only where something is wrong."""
        known = [
            (one.table, written_key(self._key(one.table, one.key, one.after)))
            for line in lines
            if line[0] in tables
            for one in expand(line)
        ]
        self._late.executemany("INSERT OR IGNORE INTO known VALUES (?, ?)", known)

    def _key(self, name: str, key: Any, after: State | None) -> Any:
        shape = self._shapes.get(name)
        return key if shape is None or after is None else shape.key_in(after)

    def tell_unknown(self, name: str) -> None:
        """Tell the rows of a table that no entry made."""
        shape, told = self._shapes[name], 0
        single = len(shape.keys) == 1
        with self._findings.stage("record", name):
            for row in dialect.rows(self._connection, f'SELECT {listed(shape.keys)} FROM "{name}"'):  # noqa: S608 - names of the store's tables
                key = written_key(row[0] if single else row)
                known = self._late.execute("SELECT 1 FROM known WHERE name = ? AND key = ?", (name, key)).fetchone()
                if known is None and told <= MOST:
                    told += 1
                    self._findings.add("record", name, key, _("is in no journal entry"))

    def _count(self, name: str) -> int:
        try:
            return int(self._connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608
        except sqlite3.Error:
            self._unreadable.add(name)
            return -1

    def _tell(self, name: str, written: str, seq: int) -> None:
        shape, key = self._shapes[name], json.loads(written)
        key = tuple(key) if isinstance(key, list) else key
        with self._findings.stage("record", name, written):
            row = fetch(self._connection, shape, [key]).get(key)
            self._findings.add("record", name, written, self._words(shape, written, row, seq))

    def _words(self, shape: Shape, key: str, row: Row | None, seq: int) -> str:
        after = self._written_by(shape, key, seq)
        if row is None:
            return _("is missing; entry {seq} wrote it").format(seq=seq)
        if after is None:
            return _("is there, though entry {seq} removed it").format(seq=seq)
        return _("differs from entry {seq} ({columns})").format(seq=seq, columns="; ".join(_differing(shape, after, row)))

    def _written_by(self, shape: Shape, key: str, seq: int) -> State | None:
        """The state an entry wrote; the entry last opened is kept open, for its other records are told next."""
        if self._opened[0] != seq:
            body = dialect.rows(self._connection, "SELECT body FROM journal WHERE seq = ?", (seq,))[0][0]
            lines = [one for line in json.loads(body) for one in expand(line)]
            self._opened = seq, {(one.table, written_key(self._key(one.table, one.key, one.after))): one.after for one in lines}
        return self._opened[1].get((shape.name, key))


def _differing(shape: Shape, after: State, row: Row) -> list[str]:
    found = shape.state(with_digests(shape, tuple(map(after.get, shape.columns)), row))
    names = sorted(name for name in {*found, *after} if repr(found.get(name)) != repr(after.get(name)))
    return [f"{name}: {_brief(found.get(name))} ≠ {_brief(after.get(name))}" for name in names]


def _brief(value: Any) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
