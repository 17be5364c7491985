"""Where the program keeps its own things: one folder that the person may write, or the one STATIONDESK_HOME names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

STORE_NAME = "station.db"


class NoHomeError(DomainError):
    """The folder can neither be found nor made."""

    words: ClassVar[str] = N_("The program's own folder {place} cannot be made ({reason}). STATIONDESK_HOME puts it elsewhere.")


def home() -> Path:
    """The program's own folder, made if it is not there. STATIONDESK_HOME puts it elsewhere, on a stick for instance. NoHomeError."""
    own = os.environ.get("STATIONDESK_HOME")
    if own:
        folder = Path(own).expanduser()
    else:
        import platformdirs

        folder = platformdirs.user_data_path("StationDesk", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoHomeError(place=str(folder), reason=error.strerror or str(error)) from error
    return folder


def own_store() -> Path:
    """The store that is meant where no --db is given."""
    return home() / STORE_NAME


def log_file() -> Path:
    """Where defects are written down."""
    return home() / "stationdesk.log"
