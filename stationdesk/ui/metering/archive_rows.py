"""What is to be known of an archive before it is taken in, as lines: what is refused, what differs, what was noticed and assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from stationdesk.domain.metering.archive import note_words
from stationdesk.domain.moments import format_moment
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _, n_
from stationdesk.services.metering.archives import ArchivePreview, ChangedHour
from stationdesk.ui.widgets.rows import Group

MOST = 200
ARROW = "\u2192"


@dataclass(frozen=True)
class Told:
    """One line. id: its place; tone "" or amber."""

    id: int
    where: str
    words: str
    tone: str = ""


def told(found: ArchivePreview) -> list[object]:
    """All of it under headings, the gravest first."""
    rows: list[object] = []
    sections = (
        (C_("archive", "Refused"), list(_refused(found)), "amber"),
        (C_("archive", "Kept otherwise already"), list(_changed(found)), "amber"),
        (C_("archive", "Assumed"), [("", note_words(each, found.zone)) for each in found.assumed], ""),
        (C_("archive", "Noticed"), [("", note_words(each, found.zone)) for each in found.notes], ""),
    )
    for title, lines, tone in sections:
        if lines:
            rows.append(Group(title, str(len(lines))))
            rows += [Told(len(rows) + n, where, words, tone) for n, (where, words) in enumerate(lines[:MOST])]
            if len(lines) > MOST:
                more = len(lines) - MOST
                rows.append(Told(len(rows), "", n_("{count} more line", "{count} more lines", more).format(count=more)))
    return rows


def _refused(found: ArchivePreview) -> Iterator[tuple[str, str]]:
    for each in found.refusals:
        where, _mark, words = str(each).partition(": ") if ": " in str(each) else str(each).partition("：")
        yield where, words


def _changed(found: ArchivePreview) -> Iterator[tuple[str, str]]:
    for each in found.changed:
        yield format_moment(each.now.time, found.zone), _difference(each)


def _difference(each: ChangedHour) -> str:
    pairs = (
        (each.before.counter_m3, each.now.counter_m3),
        (each.before.corrected_m3, each.now.corrected_m3),
        (each.before.pressure_kpa, each.now.pressure_kpa),
        (each.before.temperature_c, each.now.temperature_c),
        (each.before.factor, each.now.factor),
    )
    return _(", ").join(f"{_number(before)} {ARROW} {_number(now)}" for before, now in pairs if before != now)


def _number(value: Decimal | None) -> str:
    return "—" if value is None else shown(value)
