"""Copies of a store: made while programs run, checked before they replace it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stationdesk.domain.files import unwritten
from stationdesk.domain.store import BackupRefusedError, DestinationThereError, StoreMissingError
from stationdesk.storage import dialect, journal, migrations
from stationdesk.storage.actors import PROGRAM
from stationdesk.storage.chain import Progress
from stationdesk.storage.findings import Verification
from stationdesk.storage.journal import Context, Head
from stationdesk.storage.place import give_name, refuse_share, store_path
from stationdesk.storage.verify import verify

SIDE_FILES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Restored:
    """The head of the backup, that of the store it replaced, and where the replaced store lies; None where there was none."""

    backup: Head
    replaced: Head | None
    kept: Path | None


def backup(where: str | Path, target: Path) -> Head:
    """Copy a store while programs use it: one moment of it, in one file; its head. DestinationThereError, StoreMissingError, and the
    errors of `unwritten`."""
    path = store_path(where)
    if not path.is_file():
        raise StoreMissingError(place=str(path))
    if target.exists():
        raise DestinationThereError(place=str(target))
    copy(path, target)
    return head_of(target)


def copy(path: Path, target: Path) -> None:
    """Copy by way of a part file, so that a broken copy never bears the target's name."""
    part = target.with_name(target.name + ".part")
    try:
        _remove(part)
        part.touch()  # the system says why a file cannot be made, the database only that it cannot
    except OSError as error:
        raise unwritten(error, target.parent) from error
    try:
        with closing(dialect.connect_to_look(path)) as source, closing(dialect.connect(part, create=True)) as made:
            source.backup(made, pages=1000)
            made.execute("PRAGMA journal_mode=DELETE")  # the copy is one file, also where it cannot be written
        _to_disk(part)
        part.replace(target)
    except sqlite3.Error as error:
        raise dialect.worded(error, path) or error from error
    finally:
        _remove(part)


def restore(copy_file: Path, where: str | Path, *, at: datetime, progress: Progress | None = None) -> Restored:
    """Put a backup in the place of a store. BackupRefusedError unless the backup verifies; DestinationThereError for a folder.

    What is replaced is kept beside it. Programs that have the store open see the restored one with their next transaction. The
    first entry after a restore names the backup's head and the replaced store's.
    """
    path = store_path(where)
    refuse_share(path)
    if path.is_dir():
        raise DestinationThereError(place=str(path))
    found = _whole(verify(copy_file, progress))
    replaced = head_or_none(path)
    try:
        kept = _keep(path, at)
    except OSError as error:
        raise unwritten(error, path.parent) from error
    part = path.with_name(path.name + ".restoring")
    copy(copy_file, part)
    try:
        _note(part, found, replaced, at)
        _put(part, path)
    except Exception as error:
        raise dialect.worded(error, path) or error from error
    finally:
        _remove(part)
    return Restored(found.head, replaced, kept)


def head_of(path: Path) -> Head:
    """The newest entry of a store's file. sqlite3.Error if it cannot be read."""
    with closing(dialect.connect_to_look(path)) as connection:
        return head_in(connection)


def head_in(connection: sqlite3.Connection) -> Head:
    """The same as this connection sees it."""
    row = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(row[0], row[1].hex()) if row else Head(0, journal.START.hex())


def head_or_none(path: Path) -> Head | None:
    try:
        return head_of(path) if path.is_file() else None
    except (sqlite3.Error, AttributeError):
        return None  # what is replaced may well be damaged: that is why it is replaced


def beside(path: Path, why: str, at: datetime) -> Path:
    """A free name beside the store, as in station.before-0002-20261121-064200.db"""
    stem = f"{path.stem}.{why}-{at:%Y%m%d-%H%M%S}"
    names = (path.with_name(f"{stem}{number}{path.suffix}") for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not name.exists())


def _whole(verification: Verification) -> Verification:
    if not verification.clean:
        first = verification.findings[0]
        count = len(verification.findings) + verification.left_out
        raise BackupRefusedError(findings=count, first=f"{first.table} {first.key}: {first.words}")
    return verification


def _keep(path: Path, at: datetime) -> Path | None:
    """A copy of what is to be replaced: a clean one, or the bytes as they are where it is damaged."""
    if not path.is_file():
        return None
    kept = beside(path, "replaced", at)
    try:
        with closing(dialect.connect(path, read_only=True)) as source, closing(dialect.connect(kept, create=True)) as made:
            source.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error:
        _remove(kept)
        _keep_bytes(path, kept)
    return kept


def _keep_bytes(path: Path, kept: Path) -> None:
    try:
        for side in ("", *SIDE_FILES[:2]):
            if path.with_name(path.name + side).is_file():
                shutil.copyfile(path.with_name(path.name + side), kept.with_name(kept.name + side))
    except OSError:
        _remove(kept)  # what was to be kept is still in its place
        raise


def _note(part: Path, found: Verification, replaced: Head | None, at: datetime) -> None:
    facts = {"restore": {"backup": list(found.head), "replaced": list(replaced) if replaced else None}}
    engine = dialect.write_engine(part)
    try:
        with engine.begin() as connection:
            context = Context(PROGRAM.person_id, "restore", at, "", migrations.revision(connection))
            journal.append(connection, [[journal.NOTE, facts]], context)
    finally:
        engine.dispose()


def _put(part: Path, path: Path) -> None:
    """Through the database into the store that is there, so that programs using it never see half of it; else by renaming."""
    if path.is_file():
        try:
            with closing(dialect.connect(part, read_only=True)) as source, closing(dialect.connect(path)) as target:
                source.backup(target)
            return
        except sqlite3.OperationalError:
            raise  # another program holds it: nothing was replaced
        except sqlite3.DatabaseError:
            pass  # it is no database any more: nobody can have it open and work
    for side in SIDE_FILES:
        path.with_name(path.name + side).unlink(missing_ok=True)
    _to_disk(part)
    give_name(part, path)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for side in ("", *SIDE_FILES):
        path.with_name(path.name + side).unlink(missing_ok=True)
