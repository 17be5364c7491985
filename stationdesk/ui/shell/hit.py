"""A line of the palette."""

from __future__ import annotations

from collections.abc import Callable

from stationdesk.values import dataclass


@dataclass(frozen=True)
class Hit:
    """A line of the palette. run is called when it is chosen. detail: what it is, at the right. key: its shortcut."""

    title: str
    run: Callable[[], object]
    detail: str = ""
    icon: str = "arrow-right"
    key: str = ""
