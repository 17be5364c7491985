"""What happens to what nobody foresaw: it is logged whole, and the person is told where."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from stationdesk.cli import places
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import _

LOG_BYTES, LOGS_KEPT = 1_000_000, 3


def keep_log() -> None:
    """Write warnings and defects to the log file from now on; where that cannot be, to stderr."""
    handler: logging.Handler
    try:
        handler = RotatingFileHandler(places.log_file(), maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True)
    except (OSError, DomainError):
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def words_for(error: Exception) -> str:
    """One line for the person in front of the terminal."""
    try:
        where = _("written down in {file}").format(file=places.log_file())
    except DomainError as none:
        where = say(none)
    return "stationdesk: " + _("a defect: {what} ({where})").format(what=f"{type(error).__name__}: {error}", where=where)
