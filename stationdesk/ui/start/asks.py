"""What the start page has done, in a thread of its own: the store's libraries are imported there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def found(where: Path, wish: Wish, at: datetime, _progress: Progress) -> Founded:
    """The new station."""
    from stationdesk.services.care import Founding, found_station

    return found_station(where, Founding(wish.name, wish.chief, wish.login, wish.password), at=at)


def demo(path: Path, at: datetime, progress: Progress) -> Path:
    """The demo station, made if it is not there; removed again if that is broken off."""
    from stationdesk.services.care import remove_store
    from stationdesk.services.demo import make_demo

    if path.exists():
        return path
    part = path.with_name(path.name + ".making")
    remove_store(part)
    try:
        make_demo(part, at=at, progress=progress)
        part.replace(path)
    finally:
        remove_store(part)
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
