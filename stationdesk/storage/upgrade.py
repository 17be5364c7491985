"""Bringing an older store up to this program's schema. Alembic is imported here only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from stationdesk import paths
from stationdesk.domain.store import StoreDamagedError, UpgradeRefusedError
from stationdesk.storage import backup, derived, dialect, journal, migrations, triggers
from stationdesk.storage.actors import PROGRAM
from stationdesk.storage.findings import Verification
from stationdesk.storage.guard import TOUCHED, Touched
from stationdesk.storage.journal import Context
from stationdesk.storage.place import store_path
from stationdesk.storage.verify import verify

if TYPE_CHECKING:
    from alembic.config import Config


@dataclass(frozen=True)
class Upgraded:
    """From which schema to which, and where the store as it was lies; nothing was done if both are the same."""

    found: str
    reached: str
    kept: Path | None


def upgrade(where: str | Path, *, at: datetime) -> Upgraded:
    """Verify, back up, migrate in one transaction, verify. UpgradeRefusedError for a store that does not verify.

    Whatever goes wrong in the migration leaves the store as it was; the backup is kept in any case.
    """
    path = store_path(where)
    found = _whole(verify(path)).revision
    if found >= migrations.REVISION:
        return Upgraded(found, found, None)
    kept = backup.beside(path, f"before-{migrations.REVISION}", at)
    backup.copy(path, kept)
    _migrate_store(path, found, at)
    _whole(verify(path))
    return Upgraded(found, migrations.REVISION, kept)


def _whole(verification: Verification) -> Verification:
    if not verification.clean:
        first = verification.findings[0]
        count = len(verification.findings) + verification.left_out
        raise UpgradeRefusedError(findings=count, first=f"{first.table} {first.key}: {first.words}")
    return verification


def _migrate_store(path: Path, found: str, at: datetime) -> None:
    """Foreign keys are off from before the transaction: with them on, a table that is made anew would take its lines along."""
    engine = dialect.write_engine(path)
    try:
        with engine.connect() as connection:
            dialect.raw(connection).execute("PRAGMA foreign_keys=OFF")
            connection.info[TOUCHED] = Touched()
            with connection.begin():
                triggers.drop(connection)
                migrate(connection)
                for _name in derived.rebuild(connection):
                    pass
                triggers.install(connection)
                _check_foreign_keys(connection)
                note = [journal.NOTE, {"upgrade": {"from": found, "to": migrations.REVISION}}]
                journal.append(connection, [note], Context(PROGRAM.person_id, "upgrade", at, "", migrations.REVISION))
    finally:
        engine.dispose()


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, inside the connection's transaction."""
    from alembic import command

    configuration = config()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, "head")


def config() -> Config:
    """Alembic's settings without an ini file."""
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    return configuration


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreDamagedError(detail=f"foreign key of {broken[0]} row {broken[1]}")
