"""The engine's work in a process of its own, asked for from a process that is to load nothing of it: the window's.

Every function waits for the answer and so belongs into a thread that may wait; `cancelled` is asked five times a second.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import pickle
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from stationdesk.rostering.limits import Limits, Progress, never, nobody_asks
from stationdesk.rostering.outcome import Conflict, Repaired
from stationdesk.rostering.station import Duties, Rostered, StationProblem

LOOK_EVERY = 0.2  # seconds
ENDING = 5.0  # seconds a process may take to end by itself
PROGRESS, DONE, FAILED = "progress", "done", "failed"


class CancelledError(Exception):
    """Cancelled before there was an answer."""


class EndedError(Exception):
    """The process ended without an answer: killed, or out of memory."""


def solve(
    problem: StationProblem,
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] = nobody_asks,
    cancelled: Callable[[], bool] = never,
    hint: Mapping[str, Duties] | None = None,
    cache: Path | None = None,
) -> Rostered:
    """As `answers.solve`; cancelled, it gives the best roster so far. EndedError."""
    call = ("stationdesk.rostering.answers", "solve", {"problem": problem, "limits": limits, "hint": hint, "cache": cache}, True)
    answer: Rostered = _Apart(call).wait(on_progress, cancelled)
    return answer


def repair(problem: StationProblem, published: Mapping[str, Duties], cancelled: Callable[[], bool] = never, from_day: int = 0) -> Repaired:
    """As `repair.repair`. CancelledError, EndedError."""
    given = {"problem": problem, "published": published, "from_day": from_day}
    answer: Repaired = _Apart(("stationdesk.rostering.repair", "repair", given, False)).wait(nobody_asks, cancelled)
    return answer


def conflict(problem: StationProblem, cancelled: Callable[[], bool] = never) -> Conflict | None:
    """As `conflict.conflict`. CancelledError, EndedError."""
    answer: Conflict | None = _Apart(("stationdesk.rostering.conflict", "conflict", {"problem": problem}, False)).wait(
        nobody_asks, cancelled
    )
    return answer


def warm(cache: Path, cancelled: Callable[[], bool] = never) -> None:
    """Have the engine compiled into `cache`, so that the first roster does not wait for it. CancelledError, EndedError."""
    _Apart(("stationdesk.rostering.warming", "warm", {"cache": cache}, False)).wait(nobody_asks, cancelled)


_Call = tuple[str, str, dict[str, Any], bool]  # module, function, arguments, whether it takes on_progress and cancelled


class _Apart:
    """One process for one call."""

    def __init__(self, call: _Call) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._heeds = call[3]
        self._process: BaseProcess = context.Process(target=_serve, args=(there, call))
        self._process.start()
        there.close()

    def wait(self, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Any:
        """The answer."""
        try:
            return self._answer(on_progress, cancelled)
        except (EOFError, ConnectionError):
            raise EndedError from None
        finally:
            self._here.close()  # which it takes for a cancel
            self._process.join(ENDING if self._heeds else 0)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()

    def _answer(self, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Any:
        asked = False
        while True:
            if not asked and cancelled():
                if not self._heeds:
                    raise CancelledError
                self._here.send(None)
                asked = True
            if not self._here.poll(LOOK_EVERY):
                continue
            kind, said = self._here.recv()
            if kind == PROGRESS:
                on_progress(said)
            elif kind == FAILED:
                raise said
            else:
                return said


def _serve(connection: Connection, call: _Call) -> None:
    """The body of the process: do the call, tell its progress, see whether it is cancelled or nobody is there any more."""
    module, name, given, heeds = call
    if heeds:
        given = {**given, "on_progress": lambda progress: _tell(connection, PROGRESS, progress), "cancelled": lambda: _asked(connection)}
    try:
        answer = getattr(importlib.import_module(module), name)(**given)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised again where the answer is awaited
        _tell(connection, FAILED, _portable(error))
        return
    _tell(connection, DONE, answer)


def _tell(connection: Connection, kind: str, said: object) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionError):
        connection.send((kind, said))


def _asked(connection: Connection) -> bool:
    try:
        return connection.poll(0)
    except (BrokenPipeError, ConnectionError):
        return True


def _portable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - an error that cannot travel is told in words
        return RuntimeError(repr(error))
    return error
