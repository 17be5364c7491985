"""A corrector's or flow computer's hourly archive: how its table is read, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.archive.answers import Answers, answered
from stationdesk.domain.metering.archive.fitted import fitted
from stationdesk.domain.metering.archive.guess import guess
from stationdesk.domain.metering.archive.rows import Rows, notes_of
from stationdesk.domain.metering.archive.series import series
from stationdesk.domain.metering.archive.values import (
    FLAGS,
    QUANTITY_NAMES,
    ArchiveHour,
    Cell,
    Column,
    Line,
    Mapping,
    Parsed,
    Quantity,
    Refusal,
    Table,
    packed,
    unpacked,
)
from stationdesk.domain.metering.archive.whose import KnownStream, named_in, whose
from stationdesk.domain.metering.archive.words import NOTES, note_words

__all__ = [
    "FLAGS",
    "NOTES",
    "QUANTITY_NAMES",
    "Answers",
    "ArchiveHour",
    "Cell",
    "Column",
    "KnownStream",
    "Line",
    "Mapping",
    "Parsed",
    "Quantity",
    "Refusal",
    "Table",
    "answered",
    "fitted",
    "guess",
    "hours",
    "named_in",
    "note_words",
    "packed",
    "together",
    "unpacked",
    "whose",
]


def hours(table: Table, mapping: Mapping, zone: ZoneInfo) -> Parsed:
    """The hours of a table read by a mapping. Nothing is raised for a line: what is not taken is in `refusals`, by line and column."""
    return together(((table, mapping),), zone)


def together(parts: Sequence[tuple[Table, Mapping]], zone: ZoneInfo) -> Parsed:
    """The hours of all sheets of a workbook as one archive; a refusal names its sheet where there are several."""
    read = [Rows(table, mapping, zone, sheet=table.title if len(parts) > 1 else "") for table, mapping in parts]
    for rows in read:
        rows.read()
    found = series([hour for rows in read for hour in rows.found])
    refusals = sorted([*(each for rows in read for each in rows.refused), *found.refusals], key=lambda each: (each.sheet, each.line))
    notes = (*(said for rows in read for said in notes_of(rows)), *found.notes)
    assumed, asked = (tuple(dict.fromkeys(said for _table, each in parts for said in getattr(each, key))) for key in ("assumed", "asked"))
    return Parsed(tuple(found.hours), tuple(refusals), notes, assumed, asked, sum(rows.rows for rows in read))
