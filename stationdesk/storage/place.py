"""Where a store may lie: an address becomes a path, and a network share is refused."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from stationdesk.domain.files import unwritten
from stationdesk.domain.store import StoreAddressError, StoreFullError, StoreOnNetworkError, StoreThereError

SHARES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2", "ncpfs"}
)
REMOTE_DRIVE = 4  # DRIVE_REMOTE of Windows' GetDriveType


def store_path(where: str | Path) -> Path:
    """The file an address names. StoreAddressError for any other kind of database."""
    text = str(where)
    if text.startswith("sqlite:///"):
        return Path(text.removeprefix("sqlite:///"))
    if "://" in text:
        raise StoreAddressError(place=text)
    return Path(where)


def refuse_taken(path: Path) -> None:
    """StoreThereError where a new store would take something's place; an empty file is nothing, a device is something."""
    try:
        taken = path.exists() and not (path.is_file() and path.stat().st_size == 0)
    except OSError as error:  # a name that is too long
        raise unwritten(error, path.parent) from error
    if taken:
        raise StoreThereError(place=str(path))


def give_name(part: Path, path: Path) -> None:
    """A store that is whole, and closed, takes its name. StoreFullError where there was no room to bring its log into the file: it
    would be moved without what was written last."""
    log = part.with_name(part.name + "-wal")
    if log.exists() and log.stat().st_size:  # who only reads leaves an empty one
        raise StoreFullError
    part.replace(path)


def refuse_share(path: Path) -> None:
    """StoreOnNetworkError if the path lies on a network share, as far as the system tells."""
    kind = _windows_share(path) if os.name == "nt" else _mounted_share(path)
    if kind:
        raise StoreOnNetworkError(place=str(path), kind=kind)


def _mounted_share(path: Path) -> str:
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    kind = filesystem_of(path.resolve(), mounts)
    return kind if kind in SHARES else ""


def filesystem_of(path: Path, mounts: str) -> str:
    """The file system of the deepest mount point above the path, from the text of /proc/mounts."""
    best, kind = Path("/"), ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        point = Path(_unescaped(fields[1]))
        if len(fields) > 2 and path.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, fields[2]
    return kind


def _unescaped(text: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text


def _windows_share(path: Path) -> str:
    anchor = path.absolute().anchor
    if anchor.startswith("\\\\"):
        return anchor
    if sys.platform == "win32":
        import ctypes

        return anchor if ctypes.windll.kernel32.GetDriveTypeW(anchor) == REMOTE_DRIVE else ""
    return ""
