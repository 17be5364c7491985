"""Files somebody names: asked for, written, read; what goes wrong is said in words."""

from __future__ import annotations

import os
import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.files import unwritten
from stationdesk.domain.store import DestinationThereError
from stationdesk.domain.words import N_

LARGEST = 64 * 1024 * 1024
"""No sheet comes near it; a film somebody picked by mistake is not read into memory."""


class FileUnreadableError(DomainError):
    words = N_("{place} cannot be read.")


class FileTooLargeError(DomainError):
    words = N_("{place} is far too large to be a sheet.")


def ask_place(owner: QWidget, title: str, name: str, kinds: str) -> str:
    """Where to save; "" when the person thought better of it. A file that is there is refused in words later, not overwritten."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    keep = QFileDialog.Option.DontConfirmOverwrite
    found = QFileDialog.getSaveFileName(owner, title, str(Path(folder) / name), kinds, options=keep)[0]
    return found if not found or Path(found).suffix else found + Path(name).suffix  # not every system's dialog adds it


def ask_file(owner: QWidget, title: str, kinds: str) -> str:
    """Which file to open; "" for none."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return QFileDialog.getOpenFileName(owner, title, folder, kinds)[0]


def name_for(title: str, subject: str, suffix: str) -> str:
    """A file name of a sheet; signs that some file system refuses become a dash."""
    plain = re.sub(r'[\\/:*?"<>|\s]+', "-", "-".join(part for part in (title, subject) if part)).strip("-.")
    return f"{plain}.{suffix}"


def write(place: Path, content: bytes) -> None:
    """Write a new file to the disk. DestinationThereError, StoreFullError, FolderClosedError, FolderMissingError, FileUnwrittenError."""
    try:
        file = place.open("xb")
    except FileExistsError as found:
        raise DestinationThereError(place=str(place)) from found
    except OSError as error:
        raise unwritten(error, place.parent) from error
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        place.unlink(missing_ok=True)  # half a file does not stay
        raise unwritten(error, place.parent) from error


def read(place: Path) -> bytes:
    """The bytes of a file. FileUnreadableError, FileTooLargeError."""
    try:
        if place.stat().st_size > LARGEST:
            raise FileTooLargeError(place=str(place))
        return place.read_bytes()
    except OSError as error:
        raise FileUnreadableError(place=str(place)) from error
