"""Stores to try: an empty one with two people, and one with rows in every table."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Table
from sqlalchemy.orm import Session

from stationdesk.domain.permissions import ALLOWED, Role
from stationdesk.storage import all_tables, drafts, keys, signatures  # noqa: F401 - the tests go through every table
from stationdesk.storage.accounts import Account, AccountKey
from stationdesk.storage.findings import Verification
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.people import Person, RoleGrant
from stationdesk.storage.record import EpochUtc, Exact, Record, Utc
from stationdesk.storage.signatures import Act, Signature, Signer
from stationdesk.storage.store import PROGRAM, Actor, Store

AT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
PASSWORD = "demo12"
SEPARATE = {"journal", "alembic_version", "draft", "reading_day", "signature", "person", "account", "account_key", "role_grant"}
"""Filled by their own ways."""


@pytest.fixture(autouse=True, scope="session")
def light_keys() -> Iterator[None]:
    keys.use(keys.LIGHT)
    yield
    keys.use(keys.STRONG)


@pytest.fixture(autouse=True)
def try_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A use case of the tests' own, which operators may do."""
    monkeypatch.setitem(ALLOWED, "try_it", frozenset({Role.OPERATOR}))
    monkeypatch.setitem(ALLOWED, "try_as_chief", frozenset({Role.CHIEF}))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "station.db")
    people(made)
    yield made
    made.close()


OPERATOR, STRANGER = Actor(1, "李娜"), Actor(2, "王强")


def people(store: Store) -> None:
    """Person 1 is an operator, person 2 was chief once; both have an account and a key."""
    with store.write(PROGRAM, "init", AT) as session:
        session.add_all([Person(name="李娜"), Person(name="王强")])
        session.flush()
        session.add(RoleGrant(person_id=1, role="operator", valid_from=AT, granted_by=-1, at=AT))
        session.add(
            RoleGrant(person_id=2, role="chief", valid_from=AT - timedelta(days=9), valid_to=AT - timedelta(days=1), granted_by=-1, at=AT)
        )
        for number in (1, 2):
            sealed = keys.new(PASSWORD, number)
            session.add(Account(person_id=number, login=f"op-a{number}"))
            session.flush()
            session.add(
                AccountKey(account_id=number, public_key=sealed.public_key, box=sealed.box, reason="initial", made_at=AT, made_by=-1)
            )


@pytest.fixture(scope="session")
def full_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with at least two rows in every table of evidence."""
    path = tmp_path_factory.mktemp("full") / "full.db"
    store = Store.create(path)
    people(store)
    for number in (1, 2):
        with store.write(PROGRAM, "init", AT) as session:
            for table in Record.metadata.sorted_tables:
                if table.name not in SEPARATE:
                    insert_rows(session, table, [sample(table, number)])
    key = keys.unseal(_box(store), PASSWORD, 1)
    for purpose in ("outgoing", "incoming"):
        with store.write(PROGRAM, "init", AT) as session:
            act = Act(purpose, "handover", 1, '{"line":"一切正常"}', {"program": "0.1.0"})
            signatures.sign(session, Signer(1, 1, key), act, AT)
    for person in (1, 2):
        drafts.save(store, person, "log.entry", f"调压器前压力偏高 {person}", at=AT)
    store.close()
    return path


def _box(store: Store) -> str:
    with store.read() as session:
        return session.get_one(AccountKey, 1).box


@pytest.fixture
def full(full_template: Path, tmp_path: Path) -> Path:
    """A copy of the full store to damage."""
    return copy_store(full_template, tmp_path / "full.db")


def copy_store(source: Path, target: Path) -> Path:
    for side in ("", "-wal"):
        file = source.with_name(source.name + side)
        if file.exists():
            shutil.copyfile(file, target.with_name(target.name + side))
    return target


def sample(table: Table, number: int) -> dict[str, Any]:
    """A row of any table, the nth under the nth of its parents; what closes a record stays open."""
    return {column.name: _value(column, number) for column in table.columns if not column.nullable or _worth_filling(column)}


def _worth_filling(column: Column[Any]) -> bool:
    return not column.foreign_keys and not column.name.endswith("_at")


def _value(column: Column[Any], number: int) -> Any:
    if column.name == "id":
        return number
    if column.name == "zone":
        return "Asia/Shanghai"
    if column.foreign_keys:
        return number
    values: tuple[tuple[type, Any], ...] = (
        (Utc, AT),
        (EpochUtc, AT),
        (Exact, Decimal(f"{number}.50")),
        (Date, date(2026, 11, number)),
        (Boolean, bool(number % 2)),
    )
    for kind, value in values:
        if isinstance(column.type, kind):
            return value
    return number if column.type.python_type is int else f"文字 {column.name} {number}"


def do(store: Store, *deeds: Callable[[Session], object]) -> None:
    """What an operator does in one transaction."""
    with store.write(OPERATOR, "try_it", AT) as session:
        for deed in deeds:
            deed(session)


def behind_the_back(path: Path, *statements: str | tuple[str, tuple[Any, ...]]) -> None:
    """Change a store as somebody would who has the file: all triggers dropped, foreign keys off, statements run."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(*((statement,) if isinstance(statement, str) else statement))
        for _name, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")


def named(found: Verification) -> set[tuple[str, str]]:
    """Which records the findings are about."""
    return {(finding.table, finding.key) for finding in found.findings}


def checkpoint(path: Path) -> None:
    """Everything in one file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")


__all__ = ["AT", "OPERATOR", "PASSWORD", "PROGRAM", "STRANGER", "Signature", "behind_the_back", "copy_store", "do"]
