"""Which schema a store has and which one this program needs; making a store and bringing an older one up."""

from __future__ import annotations

from sqlalchemy import Column, Connection, String, Table, insert, inspect, select

from stationdesk.domain.store import NotAStoreError, StoreNewerError, StoreOlderError
from stationdesk.storage import drafts, search, signatures, tables, triggers
from stationdesk.storage.dialect import marked
from stationdesk.storage.record import Record

REVISION = "0001"
"""The schema this program reads and writes; a test holds it against the newest file of db/versions."""

SCHEMA = Table("alembic_version", Record.metadata, Column("version_num", String(32), primary_key=True), info={"kind": "journal"})

PARTS = (drafts, signatures, tables)
"""What declares tables: imported before a store is made, so that the metadata is whole."""

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
    Record.metadata.create_all(connection)
    search.create(connection)
    triggers.install(connection)
    connection.execute(insert(SCHEMA).values(version_num=REVISION))
