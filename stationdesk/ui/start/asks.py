"""What the start page has done, in a thread of its own: the store's libraries are imported there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stationdesk.domain.names import Name
    from stationdesk.services.care import Founded

Progress = Callable[[float], None]
DEMO = "demo.db"


@dataclass(frozen=True)
class Wish:
    """What was typed into the form of a new station."""

    name: str
    chief: str
    login: str
    password: str


@dataclass(frozen=True)
class Saved:
    """A file that was handed out."""

    file: Path


def found(where: Path, wish: Wish, at: datetime, _progress: Progress) -> Founded:
    """The new station."""
    from stationdesk.services.care import Founding, found_station

    return found_station(where, Founding(wish.name, wish.chief, wish.login, wish.password), at=at)


@dataclass(frozen=True)
class Tried:
    """A workbook that was understood: the login of its chief, and what would be new by sheet."""

    file: Path
    chief: str
    login: str
    counts: tuple[tuple[Name, int], ...]


def hand_out(file: Path, language: str, at: datetime, _progress: Progress) -> Saved:
    """The workbook filled with the profile's defaults."""
    from stationdesk.domain import words
    from stationdesk.domain.setup import known_of, rows_of
    from stationdesk.reports.setup import workbook
    from stationdesk.services.care import PROFILE
    from stationdesk.services.profile import read_profile

    profile = read_profile(PROFILE)
    with words.speaking(language):
        file.write_bytes(workbook(rows_of(profile, at.date()), known_of(profile), language))
    return Saved(file)


def try_workbook(file: Path, at: datetime, _progress: Progress) -> Tried:
    """Read whole, nothing written. SetupRefusedError names every cell."""
    from stationdesk.domain.setup import PLANS
    from stationdesk.services.care import PROFILE
    from stationdesk.services.profile import read_profile
    from stationdesk.services.setup import try_new

    tried = try_new(read_profile(PROFILE), file, at)
    named = [(PLANS[key].name, count.added) for key, count in tried.counts.items() if key in PLANS and count.added]
    return Tried(file, tried.chief, tried.chief_login, tuple(named))


def found_by_workbook(where: Path, tried: Tried, password: str, at: datetime, _progress: Progress) -> Founded:
    """The new station with its own lists."""
    from stationdesk.services.care import PROFILE, Founded, open_station
    from stationdesk.services.profile import read_profile
    from stationdesk.services.setup import found_station
    from stationdesk.services.station import station_view

    made = found_station(where, read_profile(PROFILE), tried.file, password, at)
    store = open_station(where)
    station = station_view(store).name_zh
    store.close()
    first = tuple((each.name, each.login, each.password) for each in made.passwords)
    return Founded(where, station, made.chief, made.chief_login, made.recovery_code, first)


@dataclass(frozen=True)
class Verified:
    """What verify says of a store."""

    sentences: tuple[str, ...]


def verify(where: Path, _progress: Progress) -> Verified:
    """The whole file as it lies there."""
    from stationdesk.services.care import verify_store

    return Verified(verify_store(where))


def demo(path: Path, at: datetime, progress: Progress) -> Path:
    """The demo station, made if it is not there; removed again if that is broken off."""
    from stationdesk.services.demo import make_demo

    if not path.exists():
        make_demo(path, at=at, progress=progress)
    return path


def upgrade(where: Path, at: datetime, _progress: Progress) -> Path:
    """Backed up, then upgraded."""
    from stationdesk.services.care import upgrade_store

    upgrade_store(where, at=at)
    return where


def restore(copy: Path, where: Path, at: datetime, _progress: Progress) -> Path:
    """A backup in the place of the store."""
    from stationdesk.services.care import restore_store

    restore_store(copy, where, at=at)
    return where
