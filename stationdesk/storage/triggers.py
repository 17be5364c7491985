"""Triggers that refuse to change what is signed, closed or written once, whoever asks. They are code, not history."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, UniqueConstraint

from stationdesk.storage import all_tables  # noqa: F401 - a store has triggers on every table
from stationdesk.storage.dialect import frozen_message, there_message
from stationdesk.storage.record import Condition, Guard, Parent, Record, table_guard


def expected() -> dict[str, str]:
    """Name → SQL of every trigger a store must have."""
    return {name: sql for table in Record.metadata.sorted_tables if (guard := table_guard(table)) for name, sql in _of(table, guard)}


def install(connection: Connection) -> None:
    """Put the triggers on the tables; those that are there are replaced."""
    drop(connection)
    for sql in expected().values():
        connection.exec_driver_sql(sql)


def drop(connection: Connection) -> None:
    for name in present(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def present(connection: Connection) -> dict[str, str]:
    """Name → SQL of the triggers the store has."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in rows}


def _of(table: Table, guard: Guard) -> Iterator[tuple[str, str]]:
    frozen = frozen_message(table.name)
    yield _trigger(table, "change", "BEFORE UPDATE", _when_changed(guard), frozen)
    yield _trigger(table, "removal", "BEFORE DELETE", _when_removed(guard), frozen)
    yield _trigger(table, "again", "BEFORE INSERT", _exists(table, _same(table, "NEW")), there_message(table.name))
    if not guard.insert_only:
        yield _trigger(table, "rekeyed", "BEFORE UPDATE", _rekeyed(table), there_message(table.name))
    if guard.parent:
        yield _trigger(table, "late", "BEFORE INSERT", _when_late(guard.parent, guard.unless), frozen)


def _trigger(table: Table, name: str, event: str, when: str, message: str) -> tuple[str, str]:
    condition = f" WHEN {when}" if when else ""
    full = f"{table.name}__{name}"
    return full, f"CREATE TRIGGER {full} {event} ON {_quoted(table.name)}{condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _when_changed(guard: Guard) -> str:
    if guard.insert_only:
        return ""
    conditions = []
    if guard.closes:
        conditions.append(f"OLD.{guard.closes} IS NOT NULL")
    if guard.parent:
        conditions.append(_closed(guard.parent, f"OLD.{guard.parent.column}", f"NEW.{guard.parent.column}"))
    return " OR ".join(conditions)


def _when_removed(guard: Guard) -> str:
    if guard.insert_only:
        return ""
    conditions = []
    if guard.closes:
        conditions.append(f"OLD.{guard.closes} IS NOT NULL")
    if guard.parent:
        conditions.append(_closed(guard.parent, f"OLD.{guard.parent.column}"))
    return " OR ".join(conditions)


def _when_late(parent: Parent, unless: Condition | None) -> str:
    late = _closed(parent, f"NEW.{parent.column}")
    if unless is None:
        return late
    column, operator, number = unless
    return f"NOT (NEW.{column} {operator} {number}) AND {late}"


def _closed(parent: Parent, *keys: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_quoted(parent.table)} WHERE id IN ({', '.join(keys)}) AND {parent.closed} IS NOT NULL)"  # noqa: S608


def _same(table: Table, row: str) -> str:
    """Condition: a row of the table has the key, or the values of a unique constraint, of `row`. INSERT OR REPLACE removes such a row."""
    return " OR ".join("(" + " AND ".join(f'"{name}" = {row}."{name}"' for name in names) + ")" for names in _unique(table))


def _rekeyed(table: Table) -> str:
    """Condition: the key changes, or another row has the new unique values. UPDATE OR REPLACE removes such a row."""
    keys = [column.name for column in table.primary_key.columns]
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in keys)
    other = " OR ".join(f'"{name}" <> OLD."{name}"' for name in keys)
    taken = _exists(table, f"({_same(table, 'NEW')}) AND ({other})")
    return f"{changed} OR {taken}"


def _exists(table: Table, condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_quoted(table.name)} WHERE {condition})"  # noqa: S608 - names of our own tables


def _unique(table: Table) -> Iterator[tuple[str, ...]]:
    yield tuple(column.name for column in table.primary_key.columns)
    others = [each for each in table.constraints if isinstance(each, UniqueConstraint)] + [each for each in table.indexes if each.unique]
    yield from sorted(tuple(column.name for column in each.columns) for each in others)


def _quoted(name: str) -> str:
    return f'"{name}"'
