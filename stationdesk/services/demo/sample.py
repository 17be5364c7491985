"""A small demo store beside the station's own: for showing what a sheet looks like before there is anything to print."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

from stationdesk.services.demo import make_demo
from stationdesk.storage.store import Store

DAYS = 2


@contextmanager
def sample_store(at: datetime) -> Iterator[Store]:
    """The demo of the last two days, made once a run of the program, in a folder that goes with it."""
    path = Path(_home().name) / "sample.db"
    if not path.exists():
        make_demo(path, at=at, days=DAYS)
    store = Store.open(path)
    try:
        yield store
    finally:
        store.close()


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="stationdesk-sample-", ignore_cleanup_errors=True)
