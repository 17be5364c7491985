"""`restore`: put a backup in the place of a store; it is checked before it replaces anything."""

from __future__ import annotations

import argparse

from stationdesk.cli import desk, options
from stationdesk.domain.words import _
from stationdesk.storage.backup import restore
from stationdesk.storage.findings import short


def add(parser: argparse.ArgumentParser) -> None:
    """FILE, --db and --lang."""
    parser.add_argument("file", type=options.existing_file, metavar="FILE", help=_("the backup"))
    options.add_store(parser)
    options.add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Check, keep what is there, replace."""
    done = restore(args.file, options.store_of(args), at=desk.now())
    print(_("Restored at journal entry {seq}, head {head}.").format(seq=done.backup.seq, head=short(done.backup.hash)))
    if done.kept is not None:
        print(_("The store that was replaced is kept as {place}.").format(place=done.kept))
    return 0
