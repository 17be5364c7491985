"""The signatures of a store against their content, the keys on file, the journal, and what they were given for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from stationdesk.domain.words import _
from stationdesk.storage import keys, signatures
from stationdesk.storage.canonical import digest
from stationdesk.storage.dialect import rows
from stationdesk.storage.findings import Findings
from stationdesk.storage.journal import START
from stationdesk.storage.signatures import INK, SIGNED

COLUMNS = ("id", "content", "signature", *SIGNED)


@dataclass
class SignatureCheck:
    """Checks every signature and counts those that fit."""

    findings: Findings
    fitting: int = 0
    in_ink: int = 0

    def check(self, connection: sqlite3.Connection) -> None:
        newest: dict[tuple[str, int], dict[str, str]] = {}  # of each subject by purpose: a handover is signed twice, for different content
        for row in rows(connection, f"SELECT {', '.join(COLUMNS)} FROM signature ORDER BY id"):  # noqa: S608 - names of our own table
            values = dict(zip(COLUMNS, row, strict=True))
            with self.findings.stage("signature", "signature", values["id"]):
                self._check_one(connection, values)
            newest.setdefault((values["subject_kind"], values["subject_id"]), {})[values["purpose"]] = values["digest"]
        for (table, key), signed in newest.items():
            with self.findings.stage("signature", str(table), key):
                self._check_subject(connection, table, key, frozenset(signed.values()))

    def _check_one(self, connection: sqlite3.Connection, values: dict[str, Any]) -> None:
        wrong = self._wrong(connection, values)
        if wrong:
            self.findings.add("signature", "signature", values["id"], wrong)
        elif values["mode"] == INK:
            self.in_ink += 1
        else:
            self.fitting += 1

    def _wrong(self, connection: sqlite3.Connection, values: dict[str, Any]) -> str:
        if digest(values["content"]) != values["digest"]:
            return _("its content is not what was signed")
        if not _in_journal(connection, values["head_seq"], values["head_hash"]):
            rebuilt = _("was made on another journal: entry {seq} is not the one it names; the journal was rebuilt or cut off")
            return rebuilt.format(seq=values["head_seq"])
        if values["mode"] == INK:
            return ""
        if not _on_file(connection, values["account_id"], values["public_key"]):
            return _("was made with a key that is not on file")
        if not keys.fits(values["public_key"], values["signature"], signatures.signed_bytes(values)):
            return _("does not fit what it stands for")
        return ""

    def _check_subject(self, connection: sqlite3.Connection, table: str, key: int, signed: frozenset[str]) -> None:
        """A closed record that keeps what was signed must still say it: signed, the digests of the newest signature of each purpose."""
        columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        if not columns:
            self.findings.add("signature", table, key, _("what was signed is not there"))
        elif {"content", "closed_at"} <= columns:
            query = f'SELECT content FROM "{table}" WHERE id = ? AND closed_at IS NOT NULL'  # noqa: S608 - a table of this store
            if any(digest(row[0]) not in signed for row in rows(connection, query, (key,))):
                self.findings.add("signature", table, key, _("does not say what was signed"))


def _in_journal(connection: sqlite3.Connection, seq: int, hashed: str) -> bool:
    if seq == 0:
        return hashed == START.hex()
    row = connection.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return row is not None and row[0].hex() == hashed


def _on_file(connection: sqlite3.Connection, account_id: int, public_key: str) -> bool:
    query = "SELECT 1 FROM account_key WHERE account_id = ? AND public_key = ?"
    return connection.execute(query, (account_id, public_key)).fetchone() is not None
