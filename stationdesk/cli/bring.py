"""`stationdesk import`: what instruments and people wrote elsewhere is brought in, tried first, all of it or nothing."""

from __future__ import annotations

import argparse

from stationdesk.cli import bring_corrector, bring_readings
from stationdesk.domain.words import _


def add(parser: argparse.ArgumentParser) -> None:
    """The words after `import`."""
    words = parser.add_subparsers(dest="what", metavar=_("WHAT"), required=True)
    bring_readings.add(words)
    bring_corrector.add(words)


def run(args: argparse.Namespace) -> int:
    """What the word after `import` says; the exit code."""
    code: int = args.does(args)
    return code
