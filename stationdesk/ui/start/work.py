"""One piece of work in a thread, before there is a store and a runner: its progress, its end, and that it can be broken off."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from stationdesk.domain.errors import DomainError

log = logging.getLogger(__name__)


class BrokenOffError(Exception):
    """The person does not want it any more."""


class Work(QObject):
    """run(fn, …) calls fn(…, progress) in a thread; one at a time."""

    done = Signal(object)
    #: a DomainError
    refused = Signal(object)
    #: the traceback of a defect
    broken = Signal(str)
    progressed = Signal(float)
    broken_off = Signal()
    _said = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running = False
        self._stop = threading.Event()
        self.thread_: threading.Thread | None = None
        self._said.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, fn: Callable[..., object], *args: object) -> None:
        """Begin; ignored while something runs."""
        if self.running:
            return
        self.running = True
        self._stop.clear()
        self.thread_ = threading.Thread(target=self._run, args=(fn, args), name="start", daemon=True)
        self.thread_.start()

    def stop(self) -> None:
        """Break off at the next progress."""
        self._stop.set()

    def _run(self, fn: Callable[..., object], args: tuple[object, ...]) -> None:
        try:
            self._say("done", fn(*args, self._progress))
        except BrokenOffError:
            self._say("broken_off", None)
        except DomainError as error:
            self._say("refused", error)
        except Exception:
            log.exception("defect in %s", getattr(fn, "__name__", fn))
            self._say("broken", traceback.format_exc())

    def _progress(self, share: float) -> None:
        if self._stop.is_set():
            raise BrokenOffError
        self._say("progressed", share)

    def _say(self, what: str, value: object) -> None:
        if shiboken6.isValid(self):
            self._said.emit(what, value)

    def _deliver(self, what: str, value: Any) -> None:
        """In the GUI thread."""
        if what != "progressed":
            self.running = False
        signal = getattr(self, what)
        signal.emit() if what == "broken_off" else signal.emit(value)
