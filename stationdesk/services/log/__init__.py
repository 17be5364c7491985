"""The duty log: write an entry, correct it by a new one, put a name to an emergency record, read and search."""

from stationdesk.services.log.facts import facts
from stationdesk.services.log.read import (
    PAGE,
    EntryView,
    LogFilter,
    NoSuchEntryError,
    between,
    entries,
    entry,
    of_shift,
    recent_shifts,
)
from stationdesk.services.log.write import (
    Category,
    ClaimedAlreadyError,
    add_entry,
    categories,
    claim_entry,
    record_emergency,
    write_entries,
    write_entry,
)

__all__ = [
    "PAGE",
    "Category",
    "ClaimedAlreadyError",
    "EntryView",
    "LogFilter",
    "NoSuchEntryError",
    "add_entry",
    "between",
    "categories",
    "claim_entry",
    "entries",
    "entry",
    "facts",
    "of_shift",
    "recent_shifts",
    "record_emergency",
    "write_entries",
    "write_entry",
]
