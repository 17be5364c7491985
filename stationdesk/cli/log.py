"""`stationdesk log TEXT --as LOGIN`: one entry of the duty log from a script or another system; `-` reads one a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import ClassVar

from stationdesk.cli import desk, options
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.log import parse_when
from stationdesk.domain.store import StoreBusyError
from stationdesk.domain.words import N_, _
from stationdesk.services import Actor, Store
from stationdesk.services.log import categories, write_entry
from stationdesk.services.station import station_view

STDIN, OTHER = "-", "other"
TRIES = 12  # each waits as long as the store does for its turn


class LineRefusedError(DomainError):
    """A line of standard input that is no entry; those before it are written, those after it are not."""

    words: ClassVar[str] = N_("Line {line}: {reason}")


def add(parser: argparse.ArgumentParser) -> None:
    """TEXT, who writes it, its category and time."""
    parser.add_argument("text", metavar="TEXT", help=_("the entry; - reads one entry a line from standard input"))
    options.add_store(parser)
    options.add_language(parser)
    options.add_login(parser)
    parser.add_argument("--category", metavar="CODE", default="", help=_("a code of the station's log categories (default: the last one)"))
    when = _("when it happened: 07:30, 11-20 07:30, 2026-11-20 07:30 or an ISO time (default: now)")
    parser.add_argument("--at", metavar="TIME", default="", help=when)


def run(args: argparse.Namespace) -> int:
    """Write, and print each number once its entry is durable."""
    with desk.opened(args) as store:
        now = desk.now()
        who = desk.actor(store, args, now)
        when = parse_when(args.at, now, station_view(store).zone) if args.at else None
        category = args.category or usual(store, now)
        for number in written(store, who, category, lines_of(args.text), when):
            print(number, flush=True)
    return 0


def usual(store: Store, at: datetime) -> str:
    """The category where none is named: "other", or the last of the station's own."""
    codes = [each.code for each in categories(store, at)]
    return OTHER if OTHER in codes else codes[-1] if codes else OTHER


def lines_of(text: str) -> Iterable[str]:
    """The one entry, or those of standard input; empty lines are no entries."""
    if text != STDIN:
        return (text,)
    if hasattr(sys.stdin, "reconfigure"):  # a file of another system begins with a mark; what is no text is refused by its line
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
    return sys.stdin or ()


def written(store: Store, who: Actor, category: str, texts: Iterable[str], when: datetime | None) -> Iterator[int]:
    """The number of each entry, one transaction an entry: what was printed is there whatever happens next. LineRefusedError."""
    for n, text in enumerate(texts, 1):
        if not text.strip() and texts is sys.stdin:
            continue
        try:
            yield patiently(lambda text=text: write_entry(store, who, category, text, at=desk.now(), time=when))  # type: ignore[misc]
        except DomainError as error:
            if texts is not sys.stdin:
                raise
            raise LineRefusedError(line=n, reason=say(error)) from error


def patiently(write: Callable[[], int]) -> int:
    """Write while others write too: a script has nobody to press the button again. StoreBusyError after a minute."""
    for _turn in range(TRIES - 1):
        with suppress(StoreBusyError):
            return write()
    return write()
