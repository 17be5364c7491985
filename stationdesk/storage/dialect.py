"""Everything that is SQLite's own: opening, beginning, errors, upsert. Triggers and full text have their own files."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import Insert as Insert
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool

from stationdesk.domain.errors import DomainError
from stationdesk.domain.store import (
    ChangedMeanwhileError,
    NotAStoreError,
    RecordFrozenError,
    RecordThereError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreGoneError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreUnreadHereError,
    StoreUnwrittenError,
    UnstorableNumberError,
    UnstorableTextError,
)

APPLICATION = 0x53744465  # "StDe", in the file's header
BUSY_SECONDS = 5
LEAST_FREE = 65536  # bytes: less than the shared memory file of a write-ahead log and a page or two
WRITES = "writes"

_READING = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS)
_FROZEN = "frozen:"
_THERE = "there:"


def connect(path: Path, *, create: bool = False, read_only: bool = False) -> sqlite3.Connection:
    """A bare connection without implicit transactions. sqlite3.Error if the file is not there."""
    mode = "ro" if read_only else "rwc" if create else "rw"
    address = f"file:{quote(path.absolute().as_posix())}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=300)


def connect_to_look(path: Path) -> sqlite3.Connection:
    """A bare connection that reads one moment of the file as it lies there; read it with `rows`."""
    address = f"file:{quote(path.absolute().as_posix())}?mode=ro"
    try:
        return _looking(address)
    except sqlite3.OperationalError as error:
        if isinstance(meant := _worded_sqlite(error, path), StoreFullError):
            raise meant from error
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or not path.is_file():
            raise
        log = path.with_name(path.name + "-wal")
        if log.is_file() and log.stat().st_size:
            raise StoreUnreadHereError(place=str(path)) from error
        # on a medium that cannot be written not even the lock files can be made: nobody else can write there either
        return _looking(address + "&immutable=1")


def _looking(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=300
    )
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def rows(connection: sqlite3.Connection, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query; text that is no UTF-8 comes with half characters in it, from the first such text on at some cost."""
    try:
        return connection.execute(query, values).fetchall()
    except sqlite3.OperationalError as error:
        if connection.text_factory is not str or not str(error).startswith("Could not decode"):
            raise
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        return connection.execute(query, values).fetchall()


def write_engine(path: Path, *, create: bool = False) -> Engine:
    """Transactions begin at once as writers: two programs wait for each other instead of failing at the end."""
    engine = _engine(path, ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"), create)
    return engine.execution_options(**{WRITES: True})


def read_engine(path: Path) -> Engine:
    """Transactions that see one moment of the store and cannot write; on a medium that cannot be written too."""
    pragmas = ("query_only=ON", "foreign_keys=ON")
    if os.access(path.parent, os.W_OK):
        return _engine(path, pragmas, create=False)

    def opened() -> sqlite3.Connection:
        connection = connect_to_look(path)
        connection.execute("COMMIT")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return _pooled(opened, path)


def _engine(path: Path, pragmas: Sequence[str], create: bool) -> Engine:
    def opened() -> sqlite3.Connection:
        connection = connect(path, create=create)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return _pooled(opened, path)


def _pooled(opened: Callable[[], sqlite3.Connection], path: Path) -> Engine:
    """Connections to one file, which stays the one it was: a file moved away takes writes that nobody finds again."""
    first = _identity(path)

    def stay() -> None:
        if first is not None and _identity(path) != first:
            raise StoreGoneError(place=str(path))

    def opened_there() -> sqlite3.Connection:
        stay()
        return opened()

    def begin(connection: Connection) -> None:
        stay()
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")

    engine = create_engine("sqlite://", creator=opened_there, poolclass=QueuePool, pool_size=4, max_overflow=8)
    event.listen(engine, "begin", begin)
    return engine


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies there, by what a rename keeps; None where none does, or its folder cannot be looked into."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def mark(connection: Connection) -> None:
    """Write into the file's header that it is a store of this program."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")


def marked(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("PRAGMA application_id").scalar_one() == APPLICATION)


def on_conflict(table: Table) -> Insert:
    """INSERT with the clause ON CONFLICT."""
    return insert(table)


def upsert(table: Table) -> Insert:
    """INSERT that replaces the other columns of a row whose key is there."""
    statement = insert(table)
    keys = [column.name for column in table.primary_key.columns]
    return statement.on_conflict_do_update(
        index_elements=keys, set_={column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    )


def compiled(statement: Insert) -> str:
    """An INSERT of whole rows as SQL, for `execute_stored`."""
    return str(statement.compile(dialect=sqlite.dialect()))


def execute_stored(connection: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run it for rows whose values are already as they are stored: three times as fast as binding their types."""
    connection.exec_driver_sql(sql, list(rows))


def insert_stored(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that have every column in its order, each value as it is stored."""
    execute_stored(connection, _insert_sql(table), rows)


@cache
def _insert_sql(table: Table) -> str:
    return compiled(insert(table))


def frozen_message(table: str) -> str:
    """What a trigger says when it refuses; `worded` understands it."""
    return _FROZEN + table


def there_message(table: str) -> str:
    return _THERE + table


def worded(error: BaseException, path: Path) -> DomainError | None:
    """The error in words of the station, None if it is a defect."""
    if isinstance(error, StaleDataError):
        return ChangedMeanwhileError(table=_named(r"on table '(\w+)'", str(error)))
    if isinstance(error, UnicodeEncodeError) and error.encoding == "utf-8":
        return UnstorableTextError()
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, OverflowError) and "SQLite" in str(error):
        return UnstorableNumberError(value=str(error))
    if isinstance(error, sqlite3.Error):
        return _worded_sqlite(error, path)
    return None


def _worded_sqlite(error: sqlite3.Error, path: Path) -> DomainError | None:
    message, code = str(error), getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        kind = RecordFrozenError if message.startswith(_FROZEN) else RecordThereError
        return kind(table=message.partition(":")[2])
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID):
        return RecordThereError(table=_named(r"failed: (\w+)\.", message))
    if message.startswith("no such table"):
        return StoreDamagedError(detail=message)
    primary: dict[int, DomainError] = {
        sqlite3.SQLITE_BUSY: StoreBusyError(),
        sqlite3.SQLITE_LOCKED: StoreBusyError(),
        sqlite3.SQLITE_READONLY: StoreReadOnlyError(),
        sqlite3.SQLITE_FULL: StoreFullError(),
        sqlite3.SQLITE_IOERR: _of_the_disk(path, code, message),
        sqlite3.SQLITE_CORRUPT: StoreDamagedError(detail=message),
        sqlite3.SQLITE_CANTOPEN: StoreReadOnlyError() if path.is_file() else StoreMissingError(place=str(path)),
        sqlite3.SQLITE_NOTADB: NotAStoreError(place=str(path)),
    }
    return primary.get(code & 0xFF)


def _of_the_disk(path: Path, code: int, message: str) -> DomainError:
    """A page that cannot be read is damage; one that cannot be written (a limit, a stick drawn out) says nothing of the store."""
    if _full(path):
        return StoreFullError()
    return StoreDamagedError(detail=message) if code in _READING else StoreUnwrittenError(detail=message)


def _full(path: Path) -> bool:
    """Whether the disk has no room for as much as the files beside the store: the database then speaks of an error of the disk."""
    try:
        return shutil.disk_usage(path.absolute().parent).free < LEAST_FREE
    except OSError:
        return False


def _named(pattern: str, message: str) -> str:
    found = re.search(pattern, message)
    return found[1] if found else ""


def raw(connection: Connection) -> Any:
    """The driver's own connection under this one: storage only."""
    return connection.connection.driver_connection
