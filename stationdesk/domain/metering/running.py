"""Which metering runs are open: a run that stands by is shut until it is switched to, and its counters are not read hour by hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

Shut = tuple[datetime, datetime | None]
"""From when a run is shut until when it is opened; None: still."""


def shut_spans(begins: datetime, shut: bool, switches: Iterable[tuple[datetime, bool]]) -> tuple[Shut, ...]:
    """When a run is shut. begins, shut: how it stood at first; switches: time and whether it was shut then, in the order of time."""
    spans: list[Shut] = []
    since = begins if shut else None
    for time, closes in switches:
        if closes and since is None:
            since = time
        elif not closes and since is not None:
            spans.append((since, time))
            since = None
    if since is not None:
        spans.append((since, None))
    return tuple(spans)


def is_shut(spans: Iterable[Shut], at: datetime) -> bool:
    """Whether a run is shut at a time: shut at ten, it is at ten; opened at ten, it is no more."""
    return any(start <= at and (end is None or at < end) for start, end in spans)


def shut_throughout(spans: Iterable[Shut], start: datetime, end: datetime) -> bool:
    """Whether a run is shut from a time to another without a break, both included."""
    return any(since <= start and (until is None or end < until) for since, until in spans)
