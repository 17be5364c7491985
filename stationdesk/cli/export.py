"""`export`: everything as open CSV and JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from stationdesk.cli import options
from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import _
from stationdesk.services import Store
from stationdesk.services.metering.blind import withheld
from stationdesk.storage.export import INDEX, Withheld, export


def add(parser: argparse.ArgumentParser) -> None:
    """--db, --lang and -o."""
    options.add_store(parser)
    options.add_language(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", required=True, help=_("a new or empty folder"))


def run(args: argparse.Namespace) -> int:
    """Write, and print each file."""
    where = options.store_of(args)
    hidden = _withheld(where)
    for file in export(where, args.output, hidden):
        print(file)
    if hidden is not None:
        print(_("Counters the relief still has to read blind are left out; {index} counts them.").format(index=INDEX), file=sys.stderr)
    return 0


def _withheld(where: str | Path) -> Withheld | None:
    """A store that cannot be opened (an older one, a damaged one) is exported as it lies."""
    try:
        store = Store.open(where)
    except DomainError:
        return None
    try:
        return withheld(store)
    finally:
        store.close()
