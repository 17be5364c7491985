"""A database thread: a queue of tasks, run one after the other as soon as there is a store."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from stationdesk.ui.runner.task import Task

if TYPE_CHECKING:
    from stationdesk.services import Store


class Worker:
    """Runs run(store, task) in its own thread, or at once when inline. outstanding: tasks whose answer was not delivered yet."""

    def __init__(self, name: str, run: Callable[[Store, Task], None], inline: bool) -> None:
        self.outstanding: set[Task] = set()
        self._run, self._inline = run, inline
        self._store: Store | None = None
        self._stopping = threading.Event()
        self._queue: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def begin(self, store: Store) -> None:
        """Take the store and start; inline, run what waited."""
        self._store = store
        if not self._inline:
            self._thread.start()
            return
        while not self._queue.empty():
            self._take(self._queue.get())

    def put(self, task: Task) -> None:
        """Ask; nothing is taken any more once stopped."""
        if self._stopping.is_set():
            return
        if self._inline and self._store is not None:
            self._take(task)
        else:
            self._queue.put(task)

    def answered(self, task: Task) -> None:
        """The answer was delivered."""
        self.outstanding.discard(task)

    def stop(self) -> None:
        """Run the commands that wait, drop the rest, and join."""
        self._stopping.set()
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _loop(self) -> None:
        while (task := self._queue.get()) is not None:
            self._take(task)

    def _take(self, task: Task | None) -> None:
        if task is None or self._store is None or task.unwanted() or (self._stopping.is_set() and task.kind != "command"):
            return
        self.outstanding.add(task)
        self._run(self._store, task)
