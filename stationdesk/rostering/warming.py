"""Compiles pricing and annealing into a folder, for every later process to load."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import numpy as np

from stationdesk.rostering import tasks

NICER, BELOW_NORMAL = 10, 0x4000
"""How far back it steps: of POSIX, and the class of Windows."""
TINY = "SECTION_HORIZON\n14\nSECTION_SHIFTS\nD,480,\nSECTION_STAFF\nA,D=14,4800,0,5,1,1,2\nSECTION_COVER\n0,D,1,1,1\n"


def warm(cache: Path) -> None:
    """Roster one person for two weeks, which asks for all that is compiled; whoever works at the computer goes first."""
    _step_back()
    tasks.keep_compiled_in(cache)
    from stationdesk.rostering import curtois, curtois_rules, kernel
    from stationdesk.rostering.cooling import Cooling
    from stationdesk.rostering.moves import first
    from stationdesk.rostering.pricing import Pricer

    kernel.reseed(1)
    problem = curtois_rules.problem_of(curtois.read(TINY))
    rosters = first(problem, Pricer(), np.random.default_rng(1))
    Cooling(problem).anneal(rosters, 1, lambda _better, _cost: None)


def _step_back() -> None:
    """This process at a low priority."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            import ctypes

            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), BELOW_NORMAL)
        else:
            os.nice(NICER)
