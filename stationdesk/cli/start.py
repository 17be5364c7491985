"""What happens without a command: the window, the demo, the checks."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import ClassVar

from stationdesk import collector
from stationdesk.cli import options, places
from stationdesk.domain import words
from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _
from stationdesk.paths import checkout


class NoCheckoutError(DomainError):
    """The checks are files of the repository; an installed program has none."""

    words: ClassVar[str] = N_("--test needs a checkout of StationDesk: run python3 main.py --test there.")


class NoScreenError(DomainError):
    """A window was asked for where none can be shown."""

    words: ClassVar[str] = N_("There is no screen to open the window on. The commands work without one: stationdesk --help")


def has_screen() -> bool:
    """Whether a window can be seen: anywhere but on a Unix without a display server, or where Qt is told to draw into nothing."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.partition(":")[0] in ("offscreen", "minimal"):
        return False
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or platform)


def window(args: argparse.Namespace) -> int:
    """Open the window and return when it is closed. Offscreen on purpose (QT_QPA_PLATFORM) counts as a screen."""
    if not has_screen() and "QT_QPA_PLATFORM" not in os.environ:
        raise NoScreenError
    collector.rest()
    from stationdesk import app

    return app.run(options.store_of(args), language=words.language(), home=places.home())


def demo(args: argparse.Namespace) -> int:
    """The window on a demo station; without a screen a whole shift is played through it and its sheet and pictures are kept."""
    if has_screen():
        collector.rest()
        from stationdesk import app

        return app.demo(args.db or str(places.home() / "demo.db"), language=words.language(), home=places.home())
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from stationdesk import journey

    folder = Path(tempfile.mkdtemp(prefix="stationdesk-demo-"))
    options.progress(_("No screen: playing a whole shift through the window ..."))
    journey.play(folder, language=words.language())
    print(_("The handover sheet and pictures of every page are in {folder}").format(folder=folder))
    return 0


def checks() -> int:
    """Run every check of the checkout; its exit code."""
    root = checkout()
    if root is None:
        raise NoCheckoutError
    return subprocess.call([sys.executable, "-m", "tests.check"], cwd=root)
