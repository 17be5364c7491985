"""Verify: the whole store against its journal, its signatures, its triggers and its drafts. It reads the file as it lies there,
past everything that would refuse or mend it; damage is a finding, never a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from stationdesk.domain.store import StoreMissingError
from stationdesk.domain.words import _
from stationdesk.storage import migrations, search, triggers
from stationdesk.storage.agreement import Agreement
from stationdesk.storage.chain import Chain, Progress
from stationdesk.storage.dialect import connect_to_look, rows
from stationdesk.storage.drafts import checksum_of
from stationdesk.storage.findings import DAMAGE, Findings, Verification
from stationdesk.storage.journal import START, Head
from stationdesk.storage.place import store_path
from stationdesk.storage.record import Record, table_kind
from stationdesk.storage.signed import SignatureCheck
from stationdesk.storage.store import Store

EVIDENCE = ("record", "journal")
NOT_JOURNALED = frozenset({"journal", "alembic_version"})


def verify(where: str | Path, progress: Progress | None = None) -> Verification:
    """Check a whole store; `progress(entries done, entries in all)` may raise to give up. StoreMissingError if there is no file."""
    path = store_path(where)
    if not path.is_file():
        raise StoreMissingError(place=str(path))
    return _Verifier(path, progress).run()


def rebuild(where: str | Path) -> tuple[str, ...]:
    """Make the derived tables anew; their names."""
    store = Store.open(where)
    try:
        return tuple(store.rebuild())
    finally:
        store.close()


@dataclass
class _Verifier:
    path: Path
    progress: Progress | None
    findings: Findings = field(default_factory=Findings)
    revision: str = ""
    chain: Chain | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def run(self) -> Verification:
        self.signed = SignatureCheck(self.findings)
        with self.findings.stage("file", self.path.name), closing(connect_to_look(self.path)) as connection:
            self._look(connection)
        return self._result()

    def _look(self, connection: sqlite3.Connection) -> None:
        with self.findings.stage("file", self.path.name):
            self._check_pages(connection)
        with self.findings.stage("schema", "alembic_version"):
            self._check_schema(connection)
        with self.findings.stage("journal", "journal"):
            self._check_records(connection)
        with self.findings.stage("signature", "signature"):
            self.signed.check(connection)
        with self.findings.stage("trigger", "sqlite_master"):
            self._check_triggers(connection)
        with self.findings.stage("draft", "draft"):
            self._check_drafts(connection)

    def _check_pages(self, connection: sqlite3.Connection) -> None:
        for (line,) in connection.execute("PRAGMA quick_check(100)"):
            if line != "ok":
                self.findings.add("file", self.path.name, "", _("damaged page: {detail}").format(detail=line))

    def _check_schema(self, connection: sqlite3.Connection) -> None:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        names = [row[0] for row in tables]
        self.kinds = {name: kind for name in sorted(names) if (kind := self._kind(name))}
        said = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if said is None:
            self.findings.add("schema", "alembic_version", "", _("is missing"))
            return
        self.revision = str(said[0])
        last = connection.execute("SELECT revision FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        if last is not None and last[0] != self.revision:
            words = _("the schema is said to be {found}, the last entry was written under {written}")
            self.findings.add("schema", "alembic_version", self.revision, words.format(found=self.revision, written=last[0]))
        elif self.revision > migrations.REVISION:
            raise migrations.differing(self.revision)
        if self._current():
            self._check_tables(names)

    def _check_tables(self, names: list[str]) -> None:
        known = Record.metadata.tables.keys()
        for name in sorted(known - set(names)):
            self.findings.add("schema", name, "", _("the table is missing"))
        for name in sorted(self.kinds.keys() - known - self._indexes()):
            self.findings.add("schema", name, "", _("this table is none of the program's"))

    def _kind(self, name: str) -> str:
        """A table's kind; empty for the parts of which a search index is made. What is not known was a record of an older program."""
        if name in self._indexes():
            return "derived"
        if name.startswith(tuple(index + "_" for index in self._indexes())):
            return ""
        table = Record.metadata.tables.get(name)
        return "record" if table is None else table_kind(table)

    def _indexes(self) -> set[str]:
        return {search.index_name(table.name) for table in search.tables()}

    def _current(self) -> bool:
        return self.revision == migrations.REVISION

    def _check_records(self, connection: sqlite3.Connection) -> None:
        journaled = [name for name, kind in self.kinds.items() if kind in EVIDENCE and name not in NOT_JOURNALED]
        if self._current():
            journaled = [name for name in journaled if name in Record.metadata.tables]  # the others are told to be none of the program's
        agreement = Agreement(connection, [name for name in journaled if self._keyed(connection, name)], self.findings)
        carriers = migrations.Carriers(self.revision)
        self.chain = Chain(connection, self.findings, self.progress)
        for page in self.chain.walk():
            for entry in page:
                try:
                    agreement.take(entry.seq, entry.lines, carriers.of(entry.revision))
                except DAMAGE:
                    self.findings.add("journal", "journal", entry.seq, _("cannot be understood"))
        self.counts = agreement.finish() | {"journal": self.chain.rows}
        self._tell_unknown(connection, agreement)

    def _keyed(self, connection: sqlite3.Connection, name: str) -> bool:
        """Whether a table has a key; one without was not made by the program, and must not keep the others from being looked at."""
        keyed = any(pk for (pk,) in connection.execute("SELECT pk FROM pragma_table_info(?)", (name,)))
        if not keyed:
            self.findings.add("schema", name, "", _("the table has no key: its records cannot be told apart"))
        return keyed

    def _tell_unknown(self, connection: sqlite3.Connection, agreement: Agreement) -> None:
        suspicious = agreement.suspicious()
        if not suspicious:
            return
        for page in Chain(connection, Findings()).walk():
            for entry in page:
                with suppress(*DAMAGE):  # told in the first walk
                    agreement.know(entry.lines, suspicious)
        for name in sorted(suspicious):
            agreement.tell_unknown(name)

    def _check_triggers(self, connection: sqlite3.Connection) -> None:
        if not self._current():
            return
        present = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
        for name, words in _differing(triggers.expected(), present):
            self.findings.add("trigger", name.partition("__")[0], name, words)

    def _check_drafts(self, connection: sqlite3.Connection) -> None:
        for *values, checksum in rows(connection, "SELECT desk, person_id, place, text, saved_at, checksum FROM draft"):
            key = f"{values[0]} {values[1]} {values[2]}"
            with self.findings.stage("draft", "draft", key):
                if checksum_of(values) != checksum:
                    self.findings.add("draft", "draft", key, _("was altered: its checksum does not fit"))

    def _result(self) -> Verification:
        return Verification(
            findings=tuple(self.findings.kept),
            left_out=self.findings.left_out,
            head=self.chain.head if self.chain else Head(0, START.hex()),
            revision=self.revision,
            counts=self.counts,
            tables=self.kinds,
            signatures=self.signed.fitting,
            in_ink=self.signed.in_ink,
            clock_steps=tuple(self.chain.steps) if self.chain else (),
        )


def _differing(expected: dict[str, str], present: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in sorted({*expected, *present}):
        if name not in present:
            yield name, _("the trigger is missing")
        elif name not in expected:
            yield name, _("the trigger is none of the program's")
        elif expected[name] != present[name]:
            yield name, _("the trigger is another one")
