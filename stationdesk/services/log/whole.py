"""All that the package gives: imported when something is asked of the package, not of one of its modules."""

from stationdesk.services.log.book import DutyBook, NoShiftOfDayError, NoSuchShiftError, ShiftPages, book_of_day, book_of_shift, last_shift
from stationdesk.services.log.evidence import facts
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
    "DutyBook",
    "EntryView",
    "LogFilter",
    "NoShiftOfDayError",
    "NoSuchEntryError",
    "NoSuchShiftError",
    "ShiftPages",
    "add_entry",
    "between",
    "book_of_day",
    "book_of_shift",
    "categories",
    "claim_entry",
    "entries",
    "entry",
    "facts",
    "last_shift",
    "of_shift",
    "recent_shifts",
    "record_emergency",
    "write_entries",
    "write_entry",
]
