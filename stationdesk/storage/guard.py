"""What keeps every write journaled: the session of a write, the collector of what it touches, and the refusal of all else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from sqlalchemy import Connection, Engine, Table, UpdateBase, event, inspect
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.pool import ConnectionPoolEntry

from stationdesk.storage.canonical import State, key_of, state
from stationdesk.storage.record import Record

TOUCHED = "touched"
Key = int | str | tuple[Any, ...]


class UnjournaledWriteError(RuntimeError):
    """A write went around the journal, or a use case ended its own transaction: a defect, never a person's mistake."""


class Touched:
    """What one write transaction has touched: first before and last after of each record, and the bulk lines."""

    def __init__(self) -> None:
        self.first: dict[tuple[str, Key], State | None] = {}
        self.last: dict[tuple[str, Key], State | None] = {}
        self.lines: list[list[Any]] = []
        self.tables: set[str] = set()
        self.steps = 0
        self.permits = 0
        self.ending = False
        self.spoiled = False

    def note(self, table: str, key: Key, before: State | None, after: State | None) -> None:
        self.first.setdefault((table, key), before)
        self.last[table, key] = after
        self._step(table)

    def write(self, line: list[Any]) -> None:
        """A line of the journal as it stands: rows written at once, or a note."""
        self.lines.append(line)
        self._step(line[0])

    def _step(self, table: str) -> None:
        self.tables.add(table)
        self.steps += 1

    @contextmanager
    def permit(self) -> Iterator[None]:
        """Let statements pass: they are journaled by whoever opened this block."""
        self.permits += 1
        try:
            yield
        finally:
            self.permits -= 1


class BesideTouched(Touched):
    """Of a transaction that writes only what is no evidence: drafts and derived tables."""


class WriteSession(Session):
    """The Session a use case is handed: it adds, changes and reads, and leaves beginning and ending to the store."""

    def __init__(self, engine: Engine, touched: Touched) -> None:
        super().__init__(engine, expire_on_commit=False, info={TOUCHED: touched})
        self._touched = touched

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        with self._touched.permit():
            super().flush(objects)

    def settle(self) -> None:
        """Commit: for the store alone."""
        self._touched.ending = True
        super().commit()

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnjournaledWriteError("a use case neither ends its transaction nor opens a savepoint, and expires nothing")

    commit = rollback = begin_nested = expire = expire_all = refresh = _refuse


class ReadSession(Session):
    """The Session of a query: what is changed in it is a defect."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=False)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        raise UnjournaledWriteError("a query writes nothing: use store.write()")


def watch(engine: Engine) -> None:
    """Refuse on this write engine what would not be journaled, and ends of transactions that are not the store's."""
    event.listen(engine, "before_cursor_execute", _refuse_unjournaled)
    event.listen(engine, "commit", _refuse_commit)
    event.listen(engine, "savepoint", _refuse_savepoint)
    event.listen(engine, "rollback", _spoil)
    event.listen(engine, "checkin", _forget)


def _refuse_unjournaled(conn: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    if statement.startswith(("SELECT", "BEGIN")):
        return
    touched: Touched | None = conn.info.get(TOUCHED)
    if touched is not None and touched.permits:
        return
    if isinstance(touched, BesideTouched) and _no_evidence(context):
        return
    raise UnjournaledWriteError(f"not journaled: {statement[:80]}")


def _no_evidence(context: Any) -> bool:
    statement = getattr(getattr(context, "compiled", None), "statement", None)
    table = statement.table if isinstance(statement, UpdateBase) else None
    return isinstance(table, Table) and table.info.get("kind") in ("draft", "derived")


def _refuse_commit(conn: Connection) -> None:
    touched: Touched | None = conn.info.get(TOUCHED)
    if touched is None or not touched.ending:
        conn.connection.rollback()  # what is refused here has ended for SQLAlchemy, not yet for the database
        raise UnjournaledWriteError("a transaction was committed that the store did not end")


def _refuse_savepoint(conn: Connection, name: str | None) -> None:
    raise UnjournaledWriteError("a savepoint was opened inside a use case")


def _spoil(conn: Connection) -> None:
    touched: Touched | None = conn.info.get(TOUCHED)
    if touched is not None:
        touched.spoiled = True


def _forget(driver_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info.clear()  # nothing of a transaction outlives it


def touched_by(session: Session) -> Touched:
    touched = session.info.get(TOUCHED)
    if not isinstance(touched, Touched):
        raise UnjournaledWriteError("records are written inside store.write() only")
    return touched


def _touched_of(target: Record) -> Touched:
    session = inspect(target).session
    if session is None:
        raise UnjournaledWriteError("a record outside a session was written")
    return touched_by(session)


def _after(mapper: Mapper[Any], target: Record) -> State:
    return state(_table(mapper), {attribute.columns[0].name: getattr(target, attribute.key) for attribute in mapper.column_attrs})


def _before(mapper: Mapper[Any], target: Record) -> State:
    """The record as it was loaded. What was set before it was loaded has no before: then the journal would lie."""
    values = {}
    attributes = inspect(target).attrs
    for attribute in mapper.column_attrs:
        history = attributes[attribute.key].history
        if history.deleted:
            values[attribute.columns[0].name] = history.deleted[0]
        elif history.added:
            raise UnjournaledWriteError(f"{attribute} was set before it was loaded")
        else:
            values[attribute.columns[0].name] = getattr(target, attribute.key)
    return state(_table(mapper), values)


def _table(mapper: Mapper[Any]) -> Table:
    table = mapper.local_table
    if not isinstance(table, Table):
        raise TypeError(f"{mapper} is not mapped to a table")
    return table


def _key(mapper: Mapper[Any], values: State) -> Key:
    key = key_of(_table(mapper), values)
    return tuple(key) if isinstance(key, list) else key


# What a flush really writes. before_flush would miss children taken out of a relationship, before_commit fires before the last flush.
@event.listens_for(Record, "after_insert", propagate=True)
def _inserted(mapper: Mapper[Any], connection: Connection, target: Record) -> None:
    after = _after(mapper, target)
    _touched_of(target).note(_table(mapper).name, _key(mapper, after), None, after)


@event.listens_for(Record, "after_update", propagate=True)
def _updated(mapper: Mapper[Any], connection: Connection, target: Record) -> None:
    after, touched, table = _after(mapper, target), _touched_of(target), _table(mapper).name
    key = _key(mapper, after)
    before = touched.last.get((table, key)) or _loaded(mapper, target, after)
    if after != before:
        touched.note(table, key, before, after)


def _loaded(mapper: Mapper[Any], target: Record, after: State) -> State:
    """The record as this transaction found it; one that it made or changed before is in its notes, and its defaults were never loaded."""
    before = _before(mapper, target)
    if mapper.version_id_col is not None and after != before:
        # the flush has counted it up already, past the history
        name = mapper.version_id_col.name
        before[name] = int(str(after[name])) - 1
    return before


@event.listens_for(Record, "after_delete", propagate=True)
def _deleted(mapper: Mapper[Any], connection: Connection, target: Record) -> None:
    before = _before(mapper, target)
    _touched_of(target).note(_table(mapper).name, _key(mapper, before), before, None)
