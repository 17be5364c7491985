"""Care of the store: made, opened, upgraded, restored, checked whole, and copied, by itself or to where a person says.

It is imported before a window has anything to show: what checks and copies is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stationdesk.domain.people import check_login, check_name, check_password
from stationdesk.domain.store import StoreAlteredError
from stationdesk.domain.words import _
from stationdesk.services.station import station_view
from stationdesk.storage.store import Clock, Store
from stationdesk.values import dataclass

PROFILE = "gate-station"


@dataclass(frozen=True)
class Founding:
    """What a new station is told at its first start. name: as the station calls itself; login and password: of the first chief."""

    name: str
    chief: str
    login: str
    password: str
    profile: str = PROFILE

    def check(self) -> None:
        """The rules of names, logins and passwords, before anything is made."""
        check_name(self.name)
        check_name(self.chief)
        check_login(self.login)
        check_password(self.password)


@dataclass(frozen=True)
class Founded:
    """A station that stands. recovery_code is shown this once."""

    path: Path
    station: str
    chief: str
    login: str
    recovery_code: str
    first_passwords: tuple[tuple[str, str, str], ...] = ()  # name, login, first password of everybody else, shown this once too


def open_station(where: str | Path, clock: Clock | None = None) -> Store:
    """Open a store that has a station in it. The errors of Store.open; NoStationError for one nobody has set up."""
    store = Store.open(where, clock=clock)
    try:
        station_view(store)
    except BaseException:
        store.close()
        raise
    return store


def prepare(_store: Store) -> None:
    """Import what people do next at the desk while they look at what is there: the first key they press waits for nothing."""
    from stationdesk.services import beside, handover  # noqa: F401
    from stationdesk.services.checklists import whole as _checklists  # noqa: F401
    from stationdesk.services.hazards import whole as _hazards  # noqa: F401
    from stationdesk.services.log import whole as _log  # noqa: F401
    from stationdesk.services.people import whole as _people  # noqa: F401
    from stationdesk.services.readings import whole as _readings  # noqa: F401
    from stationdesk.services.rounds import whole as _rounds  # noqa: F401
    from stationdesk.services.shifts import whole as _shifts  # noqa: F401
    from stationdesk.storage import tables  # noqa: F401


def found_station(where: Path, founding: Founding, *, at: datetime) -> Founded:
    """A new station from a profile, in a new file or in a store that has none yet. StationThereError; a new file that failed is removed."""
    from stationdesk.services.profile import create_station, read_profile  # here, for most starts open what is there

    founding.check()
    new = not where.exists()
    store = Store.create(where) if new else Store.open(where)
    try:
        profile = read_profile(founding.profile)
        made = create_station(store, profile, founding.name, founding.chief, founding.login, founding.password, at)
        station = station_view(store).name_zh
    except BaseException:
        store.close()
        if new:
            remove_store(where)
        raise
    store.close()
    return Founded(where, station, founding.chief.strip(), check_login(founding.login), made.recovery_code)


def remove_store(where: Path) -> None:
    """A file that was just made and is of no use, with what lies beside it."""
    for each in (where, where.with_name(where.name + "-wal"), where.with_name(where.name + "-shm"), where.with_name(where.name + ".part")):
        each.unlink(missing_ok=True)


def upgrade_store(where: Path, *, at: datetime) -> Path | None:
    """Bring an older store to this program's schema; the backup that was made first. UpgradeRefusedError, StoreDamagedError."""
    from stationdesk.storage.upgrade import upgrade

    return upgrade(where, at=at).kept


def restore_store(copy: Path, where: Path, *, at: datetime) -> Path | None:
    """Put a backup in the place of a store that cannot be used; what was replaced is kept, and this is where. BackupRefusedError."""
    from stationdesk.storage.backup import restore

    return restore(copy, where, at=at).kept


def backups_in(folder: Path) -> tuple[Path, ...]:
    """The copies this program has kept, newest first."""
    return tuple(sorted(folder.glob("station-*.db"), reverse=True)) if folder.is_dir() else ()


def keep_backup(store: Store, folder: Path, stamp: str, keep: int) -> Path:
    """Copy the store into a folder as station-STAMP.db and remove the oldest beyond `keep`; the copy."""
    folder.mkdir(parents=True, exist_ok=True)
    from stationdesk.storage.backup import backup

    target = folder / f"station-{stamp}.db"
    if not target.exists():
        backup(store.path, target)
    for old in sorted(folder.glob("station-*.db"))[:-keep]:
        old.unlink(missing_ok=True)
    return target


def verify_store(where: Path) -> tuple[str, ...]:
    """What verify finds of a file, whether it can be opened or not: one sentence, then one for each finding."""
    from stationdesk.storage.verify import verify

    return verify(where).result()


def damage_in(where: Path) -> StoreAlteredError | None:
    """What verify finds of a store that could not be read as it should; None where it is whole, so that the defect is the program's."""
    from stationdesk.storage.verify import verify

    found = verify(where)
    if found.clean:
        return None
    return StoreAlteredError(findings=len(found.findings) + found.left_out, told=found.result())


@dataclass(frozen=True)
class Checked:
    """How the store was found, in sentences."""

    clean: bool
    sentences: tuple[str, ...]


def check_store(store: Store, progress: Callable[[float, str], object]) -> Checked:
    """The whole store against its journal, keys and triggers; others may go on writing."""
    from stationdesk.storage.verify import verify

    def tell(done: int, total: int) -> None:
        progress(done / total if total else 1.0, _("{done} of {total} entries").format(done=done, total=total))

    found = verify(store.path, tell)
    return Checked(found.clean, tuple(found.sentences()))


def copy_store(store: Store, target: Path) -> Path:
    """One moment of the store in one file. DestinationThereError."""
    from stationdesk.storage.backup import backup

    backup(store.path, target)
    return target


def place_of(store: Store) -> Path:
    """Where the store lies."""
    return store.path
