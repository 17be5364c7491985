"""`backup`: copy the store while programs use it."""

from __future__ import annotations

import argparse
from pathlib import Path

from stationdesk.cli import options
from stationdesk.domain.words import _
from stationdesk.storage.backup import backup
from stationdesk.storage.findings import short


def add(parser: argparse.ArgumentParser) -> None:
    """--db, --lang and -o."""
    options.add_store(parser)
    options.add_language(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help=_("the file to write; it must not be there yet"))


def run(args: argparse.Namespace) -> int:
    """Copy, and print the path; the head goes to stderr."""
    head = backup(options.store_of(args), args.output)
    print(args.output)
    options.progress(_("journal entry {seq}, head {head}").format(seq=head.seq, head=short(head.hash)))
    return 0
