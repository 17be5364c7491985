"""Two windows with the same thing open: who keeps the older view must not put back unseen what the other changed."""

from __future__ import annotations

from stationdesk.domain.store import ChangedMeanwhileError


def as_seen(seen: object, now: object, table: str) -> None:
    """ChangedMeanwhileError unless what a form was filled from is what holds now. seen None: nobody looked (set-up, command line)."""
    if seen is not None and seen != now:
        raise ChangedMeanwhileError(table=table)
