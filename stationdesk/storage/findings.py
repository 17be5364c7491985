"""What verify finds, and how it says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from stationdesk.domain.words import _, n_
from stationdesk.storage.journal import Head

FindingKind = Literal["file", "schema", "journal", "record", "signature", "trigger", "draft"]

MOST = 1000
DAMAGE = (sqlite3.Error, ValueError, TypeError, LookupError, ArithmeticError, RecursionError, AttributeError)
"""What a damaged store may raise while it is read."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as the program left it: where, and in words what."""

    kind: FindingKind
    table: str
    key: str
    words: str


@dataclass(frozen=True)
class ClockStep:
    """An entry that says it is older than the one before it: the clock of a computer was set back. No finding."""

    seq: int
    before: datetime
    after: datetime


@dataclass(frozen=True)
class Verification:
    """All that verify can say of a store."""

    findings: tuple[Finding, ...]
    left_out: int
    """Findings beyond the first thousand."""
    head: Head
    revision: str
    counts: Mapping[str, int]
    """Table → rows."""
    tables: Mapping[str, str]
    """Table → kind: record, journal, derived, draft."""
    signatures: int
    """Signatures that fit their content and a key on file."""
    in_ink: int
    clock_steps: tuple[ClockStep, ...]

    @property
    def clean(self) -> bool:
        return not self.findings

    def sentences(self) -> tuple[str, ...]:
        """What it found, and what it can and cannot promise, in the language spoken now."""
        return (*self.result(), *promise())

    def result(self) -> tuple[str, ...]:
        """Only what it found: one sentence for all, then one line for each finding."""
        if self.clean:
            whole = _("Journal whole from 1 to {seq}, head {head}; all records agree; {signatures} signatures fit the keys on file.")
            return (whole.format(seq=self.head.seq, head=short(self.head.hash), signatures=self.signatures),)
        found = len(self.findings) + self.left_out
        first = n_("{n} finding; the store is not as the program left it.", "{n} findings; the store is not as the program left it.", found)
        return (first.format(n=found), *(f"{one.table} {one.key}: {one.words}" for one in self.findings))


def promise() -> tuple[str, ...]:
    """What verify can promise of a clean store, and what nobody can."""
    return (
        _("This finds any change not followed by rebuilding the whole journal."),
        _(
            "Somebody with full control of this computer could rebuild it; then codes printed earlier no longer fit: "
            "check some with verify --code."
        ),
        _("What came after the last printed code could be cut off unseen; a weak or stolen password signs for its owner."),
        _("Derived tables (search, day summaries) and drafts are no evidence."),
    )


def short(hexadecimal: str) -> str:
    """The first 16 digits in groups of four, as a person compares them."""
    return " ".join(hexadecimal[place : place + 4].upper() for place in range(0, 16, 4))


@dataclass
class Findings:
    """Collects findings; the first thousand are kept, the others counted."""

    kept: list[Finding] = field(default_factory=list)
    left_out: int = 0

    def add(self, kind: FindingKind, table: str, key: Any, words: str) -> None:
        if len(self.kept) < MOST:
            self.kept.append(Finding(kind, table, printable(str(key)), printable(words)))
        else:
            self.left_out += 1

    @contextmanager
    def stage(self, kind: FindingKind, table: str, key: Any = "") -> Iterator[None]:
        """Whatever a damaged store raises inside becomes a finding about this table."""
        try:
            yield
        except DAMAGE as error:
            self.add(kind, table, key, _("cannot be read: {detail}").format(detail=f"{type(error).__name__}: {error}"))


def printable(text: str) -> str:
    """The text without half characters, which no terminal and no JSON takes."""
    return text.encode("utf-8", "backslashreplace").decode()
