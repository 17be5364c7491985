"""`upgrade`: bring an older store to this program; a backup is made first."""

from __future__ import annotations

import argparse

from stationdesk.cli import desk, options
from stationdesk.domain.words import _
from stationdesk.storage.upgrade import upgrade


def add(parser: argparse.ArgumentParser) -> None:
    """--db and --lang."""
    options.add_store(parser)
    options.add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Verify, back up, migrate, verify."""
    done = upgrade(options.store_of(args), at=desk.now())
    if done.kept is None:
        print(_("The store is at schema {found} already.").format(found=done.found))
    else:
        print(_("Upgraded from schema {found} to {reached}.").format(found=done.found, reached=done.reached))
        print(_("The store as it was is kept as {place}.").format(place=done.kept))
    return 0
