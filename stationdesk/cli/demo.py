"""`demo`: a store with a lively gate station."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from stationdesk.cli import desk, options
from stationdesk.domain.words import _
from stationdesk.services.demo import DAYS, PASSWORD, PEOPLE, SEED, make_demo

MOST_DAYS, MOST_PEOPLE = 4000, 40


def add(parser: argparse.ArgumentParser) -> None:
    """--db, --lang, --days, --people, --seed."""
    options.add_store(parser)
    options.add_language(parser)
    parser.add_argument("--days", type=_whole(1, MOST_DAYS), default=DAYS, metavar="N", help=_("days of shifts before now"))
    parser.add_argument("--people", type=_whole(4, MOST_PEOPLE), default=PEOPLE, metavar="N", help=_("people in the four crews together"))
    parser.add_argument("--seed", type=int, default=SEED, metavar="S", help=_("the same seed gives the same records"))


def run(args: argparse.Namespace) -> int:
    """Make it; the path goes to stdout."""
    path = Path(options.store_of(args))
    make_demo(path, at=desk.now(), days=args.days, people=args.people, seed=args.seed, progress=_Told().tell)
    print(path)
    options.progress(_("Logins chief, lead-a … lead-d, op-a1 …; password {password}").format(password=PASSWORD))
    return 0


class _Told:
    """Says each tenth once."""

    def __init__(self) -> None:
        self._last = -1

    def tell(self, share: float) -> None:
        tenth = int(share * 10)
        if tenth > self._last and sys.stderr is not None:
            self._last = tenth
            options.progress(_("{percent} %").format(percent=tenth * 10))


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isdecimal() else least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(_("a whole number from {least} to {most}").format(least=least, most=most))
        return number

    return read
