"""Python's collector of cyclic garbage while the window starts.

Hundreds of modules and mapped records are made then, none of them garbage, and the collector walks through all of them again and again:
a third of the time until the window can be used. So it rests until then, and what the start has made it need not walk through later either.
"""

from __future__ import annotations

import gc


def rest() -> None:
    """Collect nothing from now on."""
    gc.disable()


def work() -> None:
    """Collect again, if it rested; what is there now is taken to stay as long as the program."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
