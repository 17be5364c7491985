"""The journal read as it lies in the file, entry by entry, with its chain checked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from stationdesk.domain.store import UnreadableValueError
from stationdesk.domain.words import _
from stationdesk.storage.dialect import rows
from stationdesk.storage.findings import DAMAGE, ClockStep, Findings
from stationdesk.storage.journal import JOURNAL, START, Head, entry_hash
from stationdesk.storage.record import utc_time

PAGE = 1000
STEP = timedelta(seconds=2)
"""Two computers may differ by this much without a step being told."""
COLUMNS = tuple(column.name for column in JOURNAL.columns)
TYPES = (int, str, int, str, str, str, str, bytes, bytes)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RawEntry:
    """What an entry says it did, whether or not the chain holds."""

    seq: int
    revision: str
    lines: list[Any]


@dataclass
class Chain:
    """Walks the journal once; afterwards `head` and `steps` are known."""

    connection: sqlite3.Connection
    findings: Findings
    progress: Progress | None = None
    head: Head = field(default_factory=lambda: Head(0, START.hex()))
    rows: int = 0
    steps: list[ClockStep] = field(default_factory=list)
    _prev: bytes = START
    _time: datetime | None = None

    def walk(self) -> Iterator[list[RawEntry]]:
        """The entries in pages. What is wrong with them is told to the findings; an unreadable page ends the walk."""
        total = self.connection.execute("SELECT max(seq) FROM journal").fetchone()[0] or 0
        while page := self._page():
            yield [entry for row in page if (entry := self._check(row)) is not None]
            self.rows += len(page)
            if self.progress:
                self.progress(self.head.seq, int(total))
        if self.connection.execute("SELECT count(*) FROM journal").fetchone()[0] != self.rows:
            self._tell(0, _("has entries with impossible numbers"))

    def _page(self) -> list[tuple[Any, ...]]:
        query = f"SELECT {', '.join(COLUMNS)} FROM journal WHERE seq > ? ORDER BY seq LIMIT {PAGE}"  # noqa: S608 - names of our own table
        return rows(self.connection, query, (self.head.seq,))

    def _check(self, row: tuple[Any, ...]) -> RawEntry | None:
        seq, time, *_middle, revision, body, prev, hashed = row
        self._check_place(seq)
        sound = tuple(map(type, row)) == TYPES
        if not sound:
            self._tell(seq, _("a value has the wrong type"))
        elif prev != self._prev:
            self._tell(seq, _("does not follow the entry before it"))
        elif not _hash_fits(row):
            self._tell(seq, _("was altered: its hash does not fit"))
        if sound:
            self._check_time(seq, time)
        self._prev = hashed if isinstance(hashed, bytes) else START
        self.head = Head(seq, self._prev.hex())
        return self._read(seq, revision, body)

    def _check_place(self, seq: int) -> None:
        expected = self.head.seq + 1
        if seq == expected + 1:
            self._tell(expected, _("is missing"))
        elif seq > expected:
            self._tell(expected, _("is missing, with all up to {last}").format(last=seq - 1))

    def _check_time(self, seq: int, text: str) -> None:
        try:
            time = utc_time(text)
        except UnreadableValueError:
            self._tell(seq, _("has a time that cannot be read: {value}").format(value=text))
            return
        if self._time is not None and time < self._time - STEP:
            self.steps.append(ClockStep(seq, self._time, time))
        self._time = time

    def _read(self, seq: int, revision: Any, body: Any) -> RawEntry | None:
        try:
            lines = json.loads(body)
            if not isinstance(lines, list):
                raise TypeError("an entry is a list of lines")
            return RawEntry(seq, str(revision), lines)
        except DAMAGE:
            self._tell(seq, _("cannot be understood"))
            return None

    def _tell(self, seq: int, words: str) -> None:
        self.findings.add("journal", "journal", seq, words)


def _hash_fits(row: tuple[Any, ...]) -> bool:
    *header, body, prev, hashed = row
    try:
        return bool(entry_hash(prev, header, body) == hashed)
    except DAMAGE:
        return False
