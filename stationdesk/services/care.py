"""Care of the store: copies kept by themselves while the program runs."""

from __future__ import annotations

from pathlib import Path

from stationdesk.storage.backup import backup
from stationdesk.storage.store import Store


def keep_backup(store: Store, folder: Path, stamp: str, keep: int) -> Path:
    """Copy the store into a folder as station-STAMP.db and remove the oldest beyond `keep`; the copy."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"station-{stamp}.db"
    if not target.exists():
        backup(store.path, target)
    for old in sorted(folder.glob("station-*.db"))[:-keep]:
        old.unlink(missing_ok=True)
    return target
