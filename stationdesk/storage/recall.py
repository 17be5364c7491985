"""What rarely changes, read once and used again for as long as the journal shows that no program has written its tables since."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from stationdesk.storage import journal
from stationdesk.storage.guard import Touched, WriteSession
from stationdesk.storage.journal import JOURNAL, NOTE, Head

Value = TypeVar("Value")
Tables = Collection[str]

RECALL = "recall"
MANY_ENTRIES = 200
"""So many entries of other programs are looked through; after more of them all is read anew."""


def recall(holder: Session | Connection, key: Hashable, tables: Tables, read: Callable[[], Value]) -> Value:
    """What `read` gives, asked again only after one of the record `tables` it reads was written.

    It is shared by transactions and threads: frozen values, never records. A transaction that has itself written one of the tables
    reads what it wrote.
    """
    if isinstance(holder, WriteSession):
        holder.flush()
    found: Recall | None = holder.info.get(RECALL)
    return read() if found is None else found.of(holder, key, tables, read)


def hold(session: Session, key: Hashable, tables: Tables, value: Any) -> None:
    """Recall a value once this transaction is kept: what the tables hold then, by what it found there and has written itself.

    It is let go if the transaction writes anything more.
    """
    found: Recall | None = session.info.get(RECALL)
    if found is not None:
        found.hold(key, tables, value)


class Memory:
    """Of one store, for all its threads: values, the tables each was read from, and the journal entry up to which they hold."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._head: Head | None = None
        self._known: dict[Hashable, tuple[Tables, Any]] = {}

    def reach(self, connection: Connection, head: Head) -> bool:
        """Bring it up to a moment of the store, of which `head` is the newest entry; False if it is at a later one already."""
        with self._lock:
            if self._head is None:
                self._head = head
            if self._head.seq < head.seq:
                self._follow(connection, self._head)
                self._head = head
            return self._head == head

    def reach_newest(self, connection: Connection, head: Head) -> None:
        """The same for a write, which is never behind: what is later than its head is gone from the store (a backup was put back)."""
        if not self.reach(connection, head):
            with self._lock:
                self._known.clear()
                self._head = head

    def of(self, head: Head, key: Hashable) -> tuple[Tables, Any] | None:
        """The value of a key, with its tables, if it holds at that entry."""
        with self._lock:
            return self._known.get(key) if self._head == head else None

    def keep(self, head: Head, key: Hashable, tables: Tables, value: Any) -> None:
        """Take up a value that was read while `head` was the newest entry."""
        with self._lock:
            if self._head == head:
                self._known[key] = tables, value

    def wrote(self, before: Head, after: Head, named: Collection[str], held: Mapping[Hashable, tuple[Tables, Any]]) -> None:
        """Go on from one entry to the one that follows it, which wrote the tables named; held: what holds from then on."""
        with self._lock:
            if self._head == before:
                self._forget(named)
                self._head = after
                self._known.update(held)

    def _follow(self, connection: Connection, known: Head) -> None:
        since = select(JOURNAL.c.seq, JOURNAL.c.hash, JOURNAL.c.body).where(JOURNAL.c.seq >= known.seq).order_by(JOURNAL.c.seq)
        found = connection.execute(since.limit(MANY_ENTRIES + 2)).all()
        if len(found) > MANY_ENTRIES + 1 or not found or (found[0].seq, found[0].hash.hex()) != known:
            self._known.clear()
        for entry in found[1:]:
            self._forget({line[0] for line in json.loads(entry.body)})

    def _forget(self, named: Collection[str]) -> None:
        """A note says what is in no table (an upgrade, a backup put back): then nothing is sure."""
        if NOTE in named:
            self._known.clear()
        for key in [key for key, (tables, _value) in self._known.items() if not frozenset(named).isdisjoint(tables)]:
            del self._known[key]


class Recall:
    """The memory as one transaction may use it."""

    def __init__(self, memory: Memory, touched: Touched | None = None) -> None:
        self._memory, self._touched = memory, touched
        self._head: Head | None = None
        self._held: tuple[int, Hashable, Tables, Any] | None = None

    def begin(self, connection: Connection) -> Head:
        """The newest entry the transaction sees, up to which it may use the memory."""
        if self._head is None:
            self._head = journal.head(connection)
            reach = self._memory.reach if self._touched is None else self._memory.reach_newest
            reach(connection, self._head)
        return self._head

    def hold(self, key: Hashable, tables: Tables, value: Any) -> None:
        """As `hold`."""
        if self._touched is not None:
            self._held = self._touched.steps, key, tables, value

    def held(self) -> dict[Hashable, tuple[Tables, Any]]:
        """What was held and nothing was written after."""
        if self._touched is None or self._held is None or self._held[0] != self._touched.steps:
            return {}
        _steps, key, tables, value = self._held
        return {key: (tables, value)}

    def of(self, holder: Session | Connection, key: Hashable, tables: Tables, read: Callable[[], Value]) -> Value:
        """As `recall`."""
        if self._touched is not None and not self._touched.tables.isdisjoint(tables):
            return read()
        head = self._head or self.begin(holder.connection() if isinstance(holder, Session) else holder)
        found = self._memory.of(head, key)
        if found is not None:
            value: Value = found[1]
            return value
        value = read()
        self._memory.keep(head, key, tables, value)
        return value
