"""Care of the store asked for in the window: checked whole with progress, copied to where a person says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stationdesk.domain.words import _
from stationdesk.storage.backup import backup
from stationdesk.storage.store import Store
from stationdesk.storage.verify import verify


@dataclass(frozen=True)
class Checked:
    """How the store was found, in sentences."""

    clean: bool
    sentences: tuple[str, ...]


def check_store(store: Store, progress: Callable[[float, str], object]) -> Checked:
    """The whole store against its journal, keys and triggers; others may go on writing."""

    def tell(done: int, total: int) -> None:
        progress(done / total if total else 1.0, _("{done} of {total} entries").format(done=done, total=total))

    found = verify(store.path, tell)
    return Checked(found.clean, tuple(found.sentences()))


def copy_store(store: Store, target: Path) -> Path:
    """One moment of the store in one file. DestinationThereError."""
    backup(store.path, target)
    return target


def place_of(store: Store) -> Path:
    """Where the store lies."""
    return store.path
