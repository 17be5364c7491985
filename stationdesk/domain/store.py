"""What the store answers when it cannot do what is asked of it."""

from __future__ import annotations

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_


class StoreNewerError(DomainError):
    """The store was upgraded by a newer program: `found` is its schema revision, `wanted` the program's."""

    words = N_("This store was upgraded by a newer StationDesk (schema {found}; this program knows {wanted}). Install the newer program.")


class StoreOlderError(DomainError):
    """The store comes from an older program and waits for `upgrade`; `found` and `wanted` are schema revisions."""

    words = N_("This store comes from an older StationDesk (schema {found}) and must be upgraded to {wanted} first.")


class StoreMissingError(DomainError):
    words = N_("There is no store at {place}.")


class StoreThereError(DomainError):
    words = N_("There is already a file at {place}.")


class NotAStoreError(DomainError):
    words = N_("{place} is not a StationDesk store.")


class StoreOnNetworkError(DomainError):
    """Write-ahead logging needs shared memory, which no network share has; `kind` is the file system's name."""

    words = N_("{place} lies on a network share ({kind}), where a store would be damaged. Keep it on a disk of this computer.")


class StoreAddressError(DomainError):
    words = N_("{place} names a kind of database that this version cannot use. Give the path of a file.")


class StoreBusyError(DomainError):
    words = N_("Another program is writing to the store. Nothing was saved; please try again.")


class StoreReadOnlyError(DomainError):
    words = N_("The store cannot be written to: the file or its folder is read-only. Nothing was saved.")


class StoreFullError(DomainError):
    words = N_("The disk is full. Nothing was saved; free some space and try again.")


class StoreDamagedError(DomainError):
    """The file cannot be read as it should; `detail` is the database's own sentence."""

    words = N_("The store file is damaged ({detail}). Run verify, then restore a backup.")


class RecordFrozenError(DomainError):
    """A signed, closed or insert-only record was to be changed; `table` is its kind."""

    words = N_("What is signed or closed cannot be changed ({table}). Make a correction as a new entry.")


class RecordThereError(DomainError):
    """A record with this key is there already; `table` is its kind."""

    words = N_("This is already recorded ({table}).")


class ChangedMeanwhileError(DomainError):
    """Two edits of one record met; `table` is its kind."""

    words = N_("Somebody else has changed this meanwhile. Look at it again, then repeat your change.")


class UnstorableTextError(DomainError):
    words = N_("The text contains a character that cannot be kept (a NUL or half a character). Remove it and try again.")


class UnstorableNumberError(DomainError):
    words = N_("The number is too large or not a number, and cannot be kept.")


class UnreadableValueError(DomainError):
    """A stored value that does not fit its column; `value` is what was found."""

    words = N_("The store holds a value that cannot be read: {value}. Run verify.")


class SecretRefusedError(DomainError):
    """The password or code does not open the sealed key."""

    field = "password"
    words = N_("The password is not right.")


class DestinationThereError(DomainError):
    field = "output"
    words = N_("{place} is already there. Choose another name.")


class BackupRefusedError(DomainError):
    """A backup that does not verify is never restored; `findings` is their number, `first` the first of them."""

    words = N_("The backup is not whole ({findings} findings, the first: {first}). Nothing was replaced.")


class UpgradeRefusedError(DomainError):
    words = N_("The store does not verify ({findings} findings, the first: {first}). It was not upgraded.")
