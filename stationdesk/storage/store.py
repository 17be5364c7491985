"""The store: one file, opened, read, and written through `write`, which checks, journals and tells what changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from stationdesk.domain.files import unwritten
from stationdesk.domain.permissions import Role
from stationdesk.domain.store import StoreMissingError
from stationdesk.storage import derived, dialect, journal, migrations
from stationdesk.storage.actors import NOBODY, PROGRAM, Actor, authorize, roles_at
from stationdesk.storage.changes import Changes
from stationdesk.storage.guard import TOUCHED, BesideTouched, ReadSession, Touched, UnjournaledWriteError, WriteSession, watch
from stationdesk.storage.journal import JOURNAL, Context, Head
from stationdesk.storage.place import give_name, refuse_share, refuse_taken, store_path
from stationdesk.storage.recall import RECALL, Memory, Recall

Clock = Callable[[], datetime]

MANY_ENTRIES = 500

__all__ = ["NOBODY", "PROGRAM", "Actor", "Changes", "Clock", "Store", "Writing"]


def now() -> datetime:
    return datetime.now(UTC)


def _remove(part: Path) -> None:
    for left in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
        left.unlink(missing_ok=True)


class Store:
    """One station's store. Safe to use from several threads; each transaction belongs to the thread that began it."""

    def __init__(self, path: Path, desk: str, clock: Clock | None, *, create: bool = False) -> None:
        self.path, self.desk, self.clock = path, desk, clock or now
        here = path.absolute()  # a file dialog of the system may go to another folder
        self._writes: Engine = dialect.write_engine(here, create=create)
        self._reads: Engine = dialect.read_engine(here)
        watch(self._writes)
        self._own = threading.local()
        self._memory = Memory()
        self._listeners: list[Callable[[Changes], None]] = []

    @classmethod
    def create(cls, where: str | Path, *, desk: str = "desk-1", clock: Clock | None = None) -> Self:
        """Make a new, empty store. StoreThereError if there is a file, StoreOnNetworkError on a share, those of `unwritten`."""
        path = store_path(where)
        refuse_taken(path)
        refuse_share(path)
        part = path.with_name(path.name + ".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _remove(part)
            part.touch()  # the system says why a file cannot be made, the database only that it cannot
        except OSError as error:
            raise unwritten(error, path.parent) from error
        making = cls(part, desk, clock, create=True)
        try:
            try:
                with making.worded():
                    making._build()
            finally:
                making.close()
            give_name(part, path)
        finally:
            _remove(part)
        return cls.open(path, desk=desk, clock=clock)

    @classmethod
    def open(cls, where: str | Path, *, desk: str = "desk-1", clock: Clock | None = None) -> Self:
        """Open a store. StoreMissingError, NotAStoreError, StoreNewerError, StoreOlderError (then upgrade), StoreOnNetworkError."""
        path = store_path(where)
        if not path.is_file():
            raise StoreMissingError(place=str(path))
        refuse_share(path)
        store = cls(path, desk, clock)
        try:
            with store.worded(), store._reads.connect() as connection:
                migrations.check(connection, str(path))
        except BaseException:
            store.close()
            raise
        return store

    def write(self, actor: Actor, use_case: str, at: datetime, *, desk: str | None = None) -> Writing:
        """A write transaction: `with store.write(actor, "close_round", at) as session:`. All of the block is kept, or nothing.

        NotAllowedError for a use case the actor's roles do not open; StoreBusyError, StoreFullError, StoreReadOnlyError;
        RecordFrozenError and RecordThereError from the guards; ValueError for a naive time.
        """
        from stationdesk.storage import tables  # noqa: F401 - not before something is written

        return Writing(self, actor, use_case, at, desk or self.desk)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A Session that sees one moment of the store and writes nothing."""
        with self.worded(), ReadSession(self._reads) as session:
            session.info[RECALL] = Recall(self._memory)
            yield session

    @contextmanager
    def beside(self) -> Iterator[Connection]:
        """A transaction for drafts and derived tables, which are no evidence: not journaled, and refused for all others."""
        with self.worded(), self._transaction(BesideTouched()) as connection:
            yield connection

    def head(self) -> Head:
        """Number and hash of the newest journal entry."""
        with self.worded(), self._reads.connect() as connection:
            return journal.head(connection)

    def changes_since(self, seen: tuple[int, str]) -> Changes:
        """What the entries after this head touched, whoever wrote them; every table if they are many or the store was restored."""
        with self.worded(), self._reads.connect() as connection:
            last = journal.head(connection)
            if last == seen:
                return Changes(frozenset(), *last)
            seq = seen[0]
            if last.seq - seq > MANY_ENTRIES or journal.hash_of(connection, seq) != seen[1]:
                from stationdesk.storage import all_tables  # noqa: F401 - seldom: many entries at once, or a store that was put back

                return Changes(frozenset(journal.JOURNAL.metadata.tables), *last)
            bodies = connection.execute(select(JOURNAL.c.body).where(JOURNAL.c.seq > seq, JOURNAL.c.seq <= last.seq)).scalars()
            return Changes(frozenset().union(*map(journal.tables_of, bodies)), *last)

    def roles(self, person_id: int, at: datetime) -> frozenset[Role]:
        """The roles a person has at this time, by grant or by being on duty."""
        with self.read() as session:
            return roles_at(session, person_id, at)

    @property
    def last_changes(self) -> Changes | None:
        """What the last write of this thread touched; None before the first."""
        changes: Changes | None = getattr(self._own, "changes", None)
        return changes

    def on_changes(self, listener: Callable[[Changes], None]) -> None:
        """Call the listener after every write of this program that touched something, in the thread that wrote."""
        self._listeners.append(listener)

    def close(self) -> None:
        self._reads.dispose()
        self._writes.dispose()

    @contextmanager
    def worded(self) -> Iterator[None]:
        """Database errors as the DomainErrors they mean; defects pass as they are."""
        try:
            yield
        except Exception as error:
            meant = dialect.worded(error, self.path)
            if meant is None:
                raise
            raise meant from error

    @contextmanager
    def _transaction(self, touched: Touched) -> Iterator[Connection]:
        with self._writes.connect() as connection:
            connection.info[TOUCHED] = touched
            with connection.begin():
                yield connection
                touched.ending = True

    def _build(self) -> None:
        touched = Touched()
        with self._transaction(touched) as connection, touched.permit():
            dialect.mark(connection)
            migrations.build(connection)

    def rebuild(self) -> Iterator[str]:
        """Make the derived tables anew; yields the name of each when it is done."""
        from stationdesk.storage import all_tables  # noqa: F401 - whatever is derived

        touched = Touched()
        with self.worded(), self._transaction(touched) as connection, touched.permit():
            yield from derived.rebuild(connection)

    def _announce(self, changes: Changes) -> None:
        self._own.changes = changes
        if changes:
            for listener in self._listeners:
                listener(changes)


class Writing:
    """One write transaction; `changes` says afterwards what it touched."""

    changes: Changes

    def __init__(self, store: Store, actor: Actor, use_case: str, at: datetime, desk: str) -> None:
        if at.tzinfo is None:
            raise ValueError(f"{use_case} was given a naive time")
        self._store, self._actor = store, actor
        self._context = Context(actor.person_id, use_case, at, desk, migrations.REVISION)
        self._touched = Touched()
        self._recall = Recall(store._memory, self._touched)

    def __enter__(self) -> Session:
        if getattr(self._store._own, "writing", False):
            raise UnjournaledWriteError("a use case called another one that writes: share the session instead")
        with self._store.worded():
            self._session = WriteSession(self._store._writes, self._touched)
            try:
                self._begin()
            except BaseException:
                self._session.close()
                raise
        self._store._own.writing = True
        return self._session

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            with self._store.worded():
                if error is not None:
                    raise error
                head = self._finish()
        finally:
            self._store._own.writing = False
            self._session.close()
        named = frozenset(line[0] for line in self._lines)
        self._store._memory.wrote(self._head, head, named, self._recall.held())
        self.changes = Changes(named - {journal.NOTE}, *head)
        self._store._announce(self.changes)

    def _begin(self) -> None:
        self._connection = self._session.connection()
        self._connection.info[TOUCHED] = self._touched
        self._connection.info[RECALL] = self._session.info[RECALL] = self._recall
        found = migrations.revision(self._connection)
        if found != migrations.REVISION:
            raise migrations.differing(found)
        self._head = self._recall.begin(self._connection)
        authorize(self._connection, self._actor, self._context.use_case, self._context.at)

    def _finish(self) -> Head:
        self._session.flush()
        if self._touched.spoiled:
            raise UnjournaledWriteError("a use case rolled its transaction back and went on")
        self._lines = journal.compose(self._touched)
        with self._touched.permit():
            head = journal.append(self._connection, self._lines, self._context, self._head)
            derived.follow(self._connection, self._lines)
        self._session.settle()
        return head
