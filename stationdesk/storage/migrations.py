"""Which schema a store has and which one this program needs; making a store and bringing an older one up."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Sequence

from sqlalchemy import Column, Connection, String, Table, insert, inspect, select

from stationdesk import paths
from stationdesk.domain.store import NotAStoreError, StoreNewerError, StoreOlderError
from stationdesk.storage import search
from stationdesk.storage.canonical import State
from stationdesk.storage.dialect import marked
from stationdesk.storage.record import Record

Carry = Callable[[str, State], tuple[str, State] | None]
"""A migration that renames, drops or fills a column says so in `carry(table, state)`: the new name and state, None if the table went."""

REVISION = "0003"
"""The schema this program reads and writes; a test holds it against the newest file of db/versions."""

SCHEMA = Table("alembic_version", Record.metadata, Column("version_num", String(32), primary_key=True), info={"kind": "journal"})

_REVISION = select(SCHEMA.c.version_num)


def revision(connection: Connection) -> str:
    """The schema revision the store has."""
    return str(connection.execute(_REVISION).scalar_one())


def check(connection: Connection, place: str) -> None:
    """StoreOlderError or StoreNewerError unless the store has this program's schema; NotAStoreError for any other file."""
    if not marked(connection) or not inspect(connection).has_table(SCHEMA.name):
        raise NotAStoreError(place=place)
    found = revision(connection)
    if found != REVISION:
        raise differing(found)


def differing(found: str) -> StoreOlderError | StoreNewerError:
    """Revisions are numbered, so that text order is age."""
    kind = StoreOlderError if found < REVISION else StoreNewerError
    return kind(found=found, wanted=REVISION)


def build(connection: Connection) -> None:
    """Make the whole schema in an empty file, inside the transaction that is open."""
    from stationdesk.storage import triggers  # with all tables

    Record.metadata.create_all(connection)
    search.create(connection)
    triggers.install(connection)
    connection.execute(insert(SCHEMA).values(version_num=REVISION))


class Carriers:
    """Brings states that an older schema wrote into the journal forward to the schema of a store."""

    def __init__(self, to: str) -> None:
        self._to = to
        self._known: dict[str, Carry | None] = {}

    def of(self, written: str) -> Carry | None:
        """What carries states of the schema `written`; None where nothing needs carrying."""
        if written == self._to:
            return None
        if written not in self._known:
            steps = [step for number, step in _steps() if written < number <= self._to]
            self._known[written] = _chained(steps) if steps else None
        return self._known[written]


def _chained(steps: Sequence[Carry]) -> Carry:
    def carry(table: str, state: State) -> tuple[str, State] | None:
        carried: tuple[str, State] | None = (table, state)
        for step in steps:
            if carried is not None:
                carried = step(*carried)
        return carried

    return carry


def _steps() -> list[tuple[str, Carry]]:
    """Revision → its `carry`, of the migrations that have one, in their order. The files are Python and import Alembic."""
    found = []
    for file in sorted((paths.migrations() / "versions").glob("*.py")):
        module = runpy.run_path(str(file))
        if "carry" in module:
            found.append((str(module["revision"]), module["carry"]))
    return sorted(found, key=lambda step: step[0])
