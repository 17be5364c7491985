"""What is said when a file that somebody named cannot be written."""

from __future__ import annotations

import errno

from stationdesk.domain.errors import DomainError
from stationdesk.domain.store import StoreFullError
from stationdesk.domain.words import N_

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
MISSING = (errno.ENOENT, errno.ENOTDIR, errno.EEXIST)


class FolderClosedError(DomainError):
    field = "output"
    words = N_("{place} cannot be written to. Choose another folder.")


class FolderMissingError(DomainError):
    field = "output"
    words = N_("There is no folder {place}. Choose another one.")


class FileUnwrittenError(DomainError):
    """Anything else the system says, as it says it."""

    field = "output"
    words = N_("The file could not be written ({reason}). Choose another place.")


def unwritten(error: OSError, folder: object) -> DomainError:
    """The system's refusal to write into a folder, in words."""
    if error.errno in FULL:
        return StoreFullError()
    if error.errno in CLOSED:
        return FolderClosedError(place=str(folder))
    if error.errno in MISSING:
        return FolderMissingError(place=str(folder))
    return FileUnwrittenError(reason=error.strerror or str(error))
