"""`stationdesk search TEXT`: full-text search of the duty log, newest first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice
from zoneinfo import ZoneInfo

from stationdesk.cli import desk, options
from stationdesk.domain.words import _
from stationdesk.services import Store
from stationdesk.services.log import PAGE, EntryView, LogFilter, entries
from stationdesk.services.station import station_view


def add(parser: argparse.ArgumentParser) -> None:
    """TEXT, and how the answer is given."""
    parser.add_argument("text", metavar="TEXT", help=_("any part of words; entries that have all of them are found"))
    options.add_store(parser)
    options.add_language(parser)
    options.add_json(parser)
    parser.add_argument("--limit", metavar="N", type=_count, default=None, help=_("at most so many (default: all)"))


def run(args: argparse.Namespace) -> int:
    """Print what was found: {seq, time, category, text, person} each, seq being the number of the entry."""
    with desk.opened(args) as store:
        zone = station_view(store).zone
        hits = islice(found(store, args.text), args.limit)
        if args.json:
            options.say_json([document(each, zone) for each in hits])
        else:
            for each in hits:
                print(line(each, zone))
    return 0


def found(store: Store, text: str) -> Iterator[EntryView]:
    """All entries that have every word, page after page."""
    before: int | None = None
    while True:
        page = entries(store, LogFilter(text), before) if text.strip() else ()
        yield from page
        if len(page) < PAGE:
            return
        before = page[-1].entry_id


def document(entry: EntryView, zone: ZoneInfo) -> dict[str, object]:
    """As JSON: the time in ISO form with the station's offset, the category as its code, person empty where there is no name."""
    time = entry.time.astimezone(zone).isoformat(timespec="seconds")
    return {"seq": entry.entry_id, "time": time, "category": entry.category, "text": entry.text, "person": entry.person}


def line(entry: EntryView, zone: ZoneInfo) -> str:
    """As a line of a terminal; what was wrong is not read there as if it held."""
    text = entry.text.replace("\n", " ⏎ ")
    if entry.corrected_by is not None:
        text += f" ({_('corrected by {number}').format(number=entry.corrected_by)})"
    return f"{entry.entry_id}\t{entry.time.astimezone(zone):%Y-%m-%d %H:%M}\t{entry.category_name}\t{entry.person}\t{text}"


def _count(typed: str) -> int:
    count = int(typed) if typed.isdecimal() else 0
    if count < 1:
        raise argparse.ArgumentTypeError(_("give 1 or more"))
    return count
