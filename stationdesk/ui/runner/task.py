"""One request to a database thread, and its handle for the page that asked."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.services import Actor, Store

Slot = Callable[..., object]


class CancelledError(Exception):
    """The page took its request back; what was written in it rolls back."""


def weak(slot: Slot | None) -> weakref.WeakMethod[Slot] | None:
    """A slot held without keeping its object alive; TypeError for what is no bound method."""
    if slot is None:
        return None
    if getattr(slot, "__self__", None) is None:
        raise TypeError("a slot must be a bound method: a lambda would keep a closed page alive")
    return weakref.WeakMethod(slot)


@dataclass(eq=False)
class Task:
    """cancel() is asked for by the page and seen by the worker at progress()."""

    kind: str
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    owner: weakref.ref[QObject]
    on_done: weakref.WeakMethod[Slot] | None
    on_error: weakref.WeakMethod[Slot] | None
    on_progress: weakref.WeakMethod[Slot] | None
    actor: Actor | None = None
    at: datetime | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    report: Callable[[float, str], None] | None = None

    def cancel(self) -> None:
        """Take the request back: nothing more is delivered, and a work that reports progress stops there."""
        self.cancelled.set()

    def progress(self, done: float, words: str) -> None:
        """Called by the work: done from 0 to 1 and what is being done. Raises CancelledError once cancelled."""
        if self.cancelled.is_set():
            raise CancelledError
        if self.report is not None:
            self.report(done, words)

    def unwanted(self) -> bool:
        """Nobody waits: cancelled, or a query whose page is gone. A command is finished without its page."""
        return self.cancelled.is_set() or (self.kind == "query" and self.owner() is None)

    def run(self, store: Store) -> Any:
        """Call the use case; in a database thread."""
        more: dict[str, Any] = {"progress": self.progress} if self.on_progress is not None else {}
        if self.kind == "query":
            return self.fn(store, *self.args, **more)
        return self.fn(store, self.actor if self.actor is not None else _nobody(), *self.args, at=self.at, **more)


def _nobody() -> Actor:
    """Asked in the database thread, so that the window opens without the store's libraries."""
    from stationdesk.services import NOBODY

    return NOBODY
