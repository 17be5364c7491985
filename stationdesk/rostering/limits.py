"""How long the engine may search, and what it says meanwhile. Light: the window's process may load it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """When to stop. With `work` instead of the clock the same seed gives the same answer: pricings, five steps of the simplex
    method, 400 exchanges of annealing count one each.
    """

    seconds: float = 60.0
    work: int | None = None
    workers: int = 2
    seed: int = 1
    gap: float = 0.0  # relative


@dataclass(frozen=True)
class Progress:
    """The best so far; `cost` None before the first roster, `bound` None before anything is proved."""

    seconds: float
    cost: int | None
    bound: int | None


def nobody_asks(_progress: Progress) -> None:
    """Progress is not wanted."""


def never() -> bool:
    """Not cancelled."""
    return False
