"""Derived tables: kept up in the transaction of the records they are made of, made anew by `rebuild`. They are no evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from stationdesk.storage import search
from stationdesk.storage.canonical import State
from stationdesk.storage.dialect import upsert
from stationdesk.storage.journal import NOTE, made_by
from stationdesk.storage.record import Record, table_kind

Follower = Callable[[Connection, Sequence[State]], None]
Rebuilder = Callable[[Connection], None]

_followers: dict[str, list[Follower]] = {}
_rebuilders: dict[str, Rebuilder] = {}


def follows(source: str) -> Callable[[Follower], Follower]:
    """Register what keeps a derived table up with new rows of `source`, in their transaction; rows come as the journal writes them."""

    def register(follower: Follower) -> Follower:
        _followers.setdefault(source, []).append(follower)
        return follower

    return register


def rebuilds(name: str) -> Callable[[Rebuilder], Rebuilder]:
    """Register what makes a derived table anew, after it was emptied."""

    def register(rebuilder: Rebuilder) -> Rebuilder:
        _rebuilders[name] = rebuilder
        return rebuilder

    return register


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows of a derived table, in place of those with the same keys."""
    if table_kind(table) != "derived":
        raise TypeError(f"{table.name} is not derived")
    if rows:
        connection.execute(upsert(table), rows)


def follow(connection: Connection, lines: Iterable[Sequence[Any]]) -> None:
    """Bring the derived tables up with the lines of an entry."""
    for source, rows in _made(line for line in lines if line[0] != NOTE).items():
        for follower in _followers.get(source, ()):
            follower(connection, rows)
        column = Record.metadata.tables[source].info.get("search")
        if column:
            search.add(connection, source, [(int(str(row["id"])), str(row[column])) for row in rows if column in row])


def rebuild(connection: Connection) -> Iterator[str]:
    """Make every derived table anew; yields the name of each when it is done."""
    for name, rebuilder in _rebuilders.items():
        connection.execute(Record.metadata.tables[name].delete())
        rebuilder(connection)
        yield name
    search.rebuild(connection)
    yield from (search.index_name(table.name) for table in search.tables())


def _made(lines: Iterable[Sequence[Any]]) -> dict[str, list[State]]:
    made: dict[str, list[State]] = {}
    for line in lines:
        made.setdefault(line[0], []).extend(made_by(line))
    return made
