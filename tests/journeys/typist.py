"""A program of its own whose window somebody types a log entry into and never sends it: `python -m tests.journeys.typist STORE WORDS`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from stationdesk.domain import words
from stationdesk.journey import day
from stationdesk.journey import shift as steps
from stationdesk.journey.hand import Clock
from stationdesk.paths import LANGUAGES, catalogue
from stationdesk.services.shifts import desk_view

STAYS_MS = 60_000
"""Long enough to be killed, and no longer where nobody is left to do it."""


def main(store: str, text: str) -> None:
    """Type, say so, and wait to be killed."""
    for language in LANGUAGES:
        words.install(language, catalogue(language))
    with day.opened(Path(store), Clock(day.at(7, 43)), "zh_CN", inline=False) as hand:
        while not hand.shell.strip.crew.text():
            QTest.qWait(10)
        steps.pick(hand, desk_view(hand.store, hand.clock()).people[0].person_id)
        hand.go("log")
        hand.press("F6")
        hand.write(text)
        print("typed", flush=True)
        QTest.qWait(STAYS_MS)


if __name__ == "__main__":
    main(*sys.argv[1:])
