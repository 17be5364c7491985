"""A corrector's or flow computer's hourly archive: how its table is read, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

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
from stationdesk.domain.metering.archive.words import NOTES, note_words

__all__ = [
    "FLAGS",
    "NOTES",
    "QUANTITY_NAMES",
    "ArchiveHour",
    "Cell",
    "Column",
    "Line",
    "Mapping",
    "Parsed",
    "Quantity",
    "Refusal",
    "Table",
    "fitted",
    "guess",
    "hours",
    "note_words",
    "packed",
    "unpacked",
]


def hours(table: Table, mapping: Mapping, zone: ZoneInfo) -> Parsed:
    """The hours of a table read by a mapping. Nothing is raised for a line: what is not taken is in `refusals`, by line and column."""
    rows = Rows(table, mapping, zone)
    rows.read()
    found = series(rows.found)
    refusals = sorted([*rows.refused, *found.refusals], key=lambda each: each.line)
    notes = (*notes_of(rows), *found.notes)
    return Parsed(tuple(found.hours), tuple(refusals), notes, mapping.assumed, mapping.asked, rows.rows)
