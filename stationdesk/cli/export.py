"""`export`: everything as open CSV and JSON."""

from __future__ import annotations

import argparse
from pathlib import Path

from stationdesk.cli import options
from stationdesk.domain.words import _
from stationdesk.storage.export import export


def add(parser: argparse.ArgumentParser) -> None:
    """--db and -o."""
    options.add_store(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", required=True, help=_("a new or empty folder"))


def run(args: argparse.Namespace) -> int:
    """Write, and print each file."""
    for file in export(options.store_of(args), args.output):
        print(file)
    return 0
