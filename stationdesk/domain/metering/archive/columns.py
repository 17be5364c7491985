"""From headings to columns: which run each belongs to, which of two alike is read, what a bare 累计流量 is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from stationdesk.domain.metering.archive.headings import UNREAD, VOLUME, Heading
from stationdesk.domain.metering.archive.numerals import blank
from stationdesk.domain.metering.archive.refusals import NoTimeError, NoVolumeError
from stationdesk.domain.metering.archive.stamps import wall
from stationdesk.domain.metering.archive.values import MEASURED, TIMES, VOLUMES, Column, Line, Quantity
from stationdesk.domain.said import Said

_RUN_LIKE = re.compile(
    r"(?:[0-9]+|[a-z]|[一二三四五六七八九十甲乙丙丁])\s*(?:#|号|路|管)|#\s*[0-9]+|"
    r"(?:run|stream|line|meter|路|管路|支路|回路|流量计|表)\s*[0-9a-z]+|[a-z]{1,4}[- ]?[0-9]{2,4}[a-z]?"
)


LEAP = 2024  # a year that has every date, where the year does not matter


@dataclass
class Found:
    """Columns with what was assumed on the way, what must be asked, and the headings nobody reads."""

    columns: list[Column] = field(default_factory=list)
    assumed: list[Said] = field(default_factory=list)
    asked: list[Said] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    gauge: list[bool] = field(default_factory=list)


def columns_of(headings: Sequence[Heading], sample: Sequence[Line], header: int) -> Found:
    """The columns that are read. NoTimeError, NoVolumeError."""
    found = Found()
    found.columns += _time_columns(headings, sample)
    if not found.columns:
        raise NoTimeError(line=header)
    runs = _runs(headings)
    chosen = _chosen(headings, runs, found)
    found.columns += sorted(_told_apart(chosen, found), key=lambda each: each.place)
    if not any(each.quantity in VOLUMES for each in found.columns):
        raise NoVolumeError(line=header)
    taken = {each.place for each in found.columns}
    found.unread += [each.text for place, each in enumerate(headings) if each.text and place not in taken]
    marks = [headings[each.place].gauge for each in found.columns if each.quantity is Quantity.PRESSURE]
    found.gauge += [mark for mark in marks if mark is not None]
    return found


# When
def _time_columns(headings: Sequence[Heading], sample: Sequence[Line]) -> list[Column]:
    """A moment in one column, or a date and an hour, or the two ends of the hour."""
    parts = _parts(headings, sample)
    if parts:
        rest = [place for place, each in enumerate(headings) if each.what in TIMES and place not in {part.place for part in parts}]
        return [*parts, *_ends(headings, rest)]
    said = {place: _says(place, sample) for place, each in enumerate(headings) if each.what in TIMES}
    whole = [place for place, says in said.items() if says == (True, True)]
    days = [place for place, says in said.items() if says == (True, False)]
    clocks = [place for place, says in said.items() if not says[0]]
    if whole:
        return _ends(headings, whole)
    if days and clocks:
        return [Column(Quantity.DATE, days[0], headings[days[0]].text), *_ends(headings, clocks)]
    return _ends(headings, clocks or days)


def _parts(headings: Sequence[Heading], sample: Sequence[Line]) -> list[Column]:
    """Year, month and day in columns of their own."""
    places = {each.what: place for place, each in reversed(list(enumerate(headings)))}
    if Quantity.YEAR not in places or Quantity.MONTH not in places or Quantity.DATE not in places:
        return []
    kinds = ((Quantity.YEAR, Quantity.YEAR), (Quantity.MONTH, Quantity.MONTH), (Quantity.DAY, Quantity.DATE))
    return [Column(kind, places[what], headings[places[what]].text) for kind, what in kinds]


def _ends(headings: Sequence[Heading], places: Sequence[int]) -> list[Column]:
    by_kind = {headings[place].what: place for place in reversed(places)}
    if Quantity.END in by_kind:
        wanted = [kind for kind in (Quantity.START, Quantity.END) if kind in by_kind]
        return [Column(Quantity(kind), by_kind[kind], headings[by_kind[kind]].text) for kind in wanted]
    first = next((place for place in places if headings[place].what != Quantity.DATE), places[0] if places else None)
    if first is None:
        return []
    kind = headings[first].what
    return [Column(Quantity.START if kind == Quantity.START else Quantity.MOMENT, first, headings[first].text)]


def _says(place: int, sample: Sequence[Line]) -> tuple[bool, bool]:
    """Whether the cells of a column say a date and a time of day."""
    cells = [line.cell(place) for line in sample if not (isinstance(line.cell(place), str) and blank(line.cell(place)))]
    read = [found for cell in cells if (found := wall(cell, "dmy") or wall(cell, "mdy") or wall(cell, clock=True) or wall(cell, year=LEAP))]
    dated = sum(1 for each in read if each.day) * 2 > len(read)
    timed = any(each.second for each in read) if dated else True
    return dated, timed


# Whose
def _runs(headings: Sequence[Heading]) -> dict[str, str]:
    """Names of runs that stand in the headings, where each run has columns of its own."""
    if any(each.what == Quantity.RUN for each in headings):
        return {}
    kinds: dict[str, set[str]] = defaultdict(set)
    for each in headings:
        if each.rest and (each.what in VOLUMES or each.what == VOLUME):
            kinds[each.rest].add(each.what)
    if len(kinds) > 1 and _shared(list(kinds.values())):
        return {name: name for name in kinds}
    return {name: name for name in kinds if _RUN_LIKE.search(name.casefold())}


def _shared(kinds: Sequence[set[str]]) -> bool:
    """Whether the same quantity comes more than once: else the words tell quantities apart, not runs."""
    return sum(len(each) for each in kinds) > len(set().union(*kinds))


def _chosen(headings: Sequence[Heading], runs: dict[str, str], found: Found) -> list[tuple[Column, str]]:
    """One column of each quantity and run, with what its heading says: of two alike the mean rather than the instant, else the first."""
    best: dict[tuple[str, str], int] = {}
    for place, each in enumerate(headings):
        if each.what in TIMES or each.what in ("", UNREAD):
            continue
        key = each.what, runs.get(each.rest, "")
        if key not in best or _better(each, headings[best[key]]):
            best[key] = place
    return [(_column(headings[place], place, run), what) for (what, run), place in sorted(best.items(), key=lambda item: item[1])]


def _better(one: Heading, other: Heading) -> bool:
    return (one.rank, bool(one.rest)) < (other.rank, bool(other.rest))


def _column(each: Heading, place: int, run: str) -> Column:
    kind = Quantity.COUNTER if each.what == VOLUME else Quantity(each.what)
    unit = each.unit.code if each.unit and each.unit.kind in ("volume", "pressure", "temperature") else ""
    return Column(kind, place, each.text, unit, run)


# Which volume
def _told_apart(chosen: Sequence[tuple[Column, str]], found: Found) -> list[Column]:
    """A volume that does not say at which conditions is the one that is missing; a total is the corrected one where there is no other."""
    made: list[Column] = []
    for column, what in chosen:
        own = {each.quantity for each, kind in chosen if each.run == column.run and kind != VOLUME}
        if what == VOLUME:
            made += _bare(column, own, found)
        elif what == Quantity.TOTAL and {Quantity.CORRECTED, Quantity.FAULT} <= own:
            continue
        else:
            made.append(column)
    return made


def _bare(column: Column, own: set[Quantity], found: Found) -> list[Column]:
    corrected = own & {Quantity.CORRECTED, Quantity.TOTAL, Quantity.CORRECTED_MOVED}
    uncorrected = own & {Quantity.COUNTER, Quantity.MOVED}
    if corrected and uncorrected:
        return []
    if corrected or uncorrected:
        kind = Quantity.COUNTER if corrected else Quantity.CORRECTED
        found.assumed.append(Said("volume_counter" if corrected else "volume_corrected", {"column": column.heading}))
        return [replace(column, quantity=kind)]
    found.asked.append(Said("volume_which", {"column": column.heading}))
    return [column]


@lru_cache(maxsize=256)
def measured(columns: tuple[Column, ...], run: str) -> dict[Quantity, Column]:
    """A run's columns: its own, and those that are of all runs."""
    return {
        each.quantity: each
        for each in sorted(columns, key=lambda each: each.run != "")
        if each.run in ("", run) and each.quantity in MEASURED | {Quantity.STATUS}
    }
