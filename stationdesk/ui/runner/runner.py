"""The runner: what pages hold. See the package."""

from __future__ import annotations

import logging
import threading
import traceback
import weakref
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_
from stationdesk.ui.runner.task import CancelledError, Slot, Task, weak
from stationdesk.ui.runner.worker import Worker

if TYPE_CHECKING:
    from stationdesk.services import Actor, Changes, Store

log = logging.getLogger(__name__)
POLL_MS = 1000


class BrokenError(DomainError):
    """A defect in the program stopped this; the log and the defect dialog have the details."""

    words = N_("The program could not finish this. What you typed is still here.")


def utc_now() -> datetime:
    """The clock of the computer, aware."""
    return datetime.now(UTC)


class Runner(QObject):
    """The store may come later (attach); what is asked before waits for it. inline=True runs at once in the caller's thread, for tests."""

    #: Changes of this or another program
    changed = Signal(object)
    #: the person picked at the desk, or None
    actor_changed = Signal(object)
    #: a command was carried out; before its owner hears of it
    carried_out = Signal()
    #: a DomainError nobody asked to hear
    refused = Signal(object)
    #: the traceback of a defect, to be shown and copied
    defect = Signal(str)
    #: a value or a page of the file cannot be read: the store may be damaged
    unreadable = Signal()
    #: whether the store can be looked at, when that has changed
    reached = Signal(bool)
    #: a station and its zone are known
    attached = Signal()
    _answer = Signal(object, str, object)

    def __init__(
        self,
        store: Store | None = None,
        *,
        inline: bool = False,
        clock: Callable[[], datetime] = utc_now,
        zone: ZoneInfo | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.clock = clock
        self.zone = zone or ZoneInfo("Asia/Shanghai")
        self.folder: Path | None = None  # where the program keeps its own things
        self._actor: Actor | None = None
        self._seen: tuple[int, str] | None = None  # number and hash of the newest entry
        self._first = threading.Lock()
        self._polling = self._stopped = False
        self._reached = True
        self._answer.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._inline = inline
        self._hire()
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)
        self.waiting = True  # for a store
        if store is not None:
            self.attach(store)
        if not inline:
            self._timer.start()

    def attach(self, store: Store, zone: ZoneInfo | None = None) -> None:
        """Give the store; what waited for it begins."""
        self.zone = zone or self.zone
        for worker in self._workers():
            worker.begin(store)
        self.poll()
        self.waiting = False
        self.attached.emit()

    def detach(self) -> None:
        """Let go of the store: commands are finished, queries dropped; what is asked from now on waits for the next store."""
        for worker in self._workers():
            for task in tuple(worker.outstanding):
                task.cancel()
            worker.stop()
        self._hire()
        self.waiting, self._polling, self._seen, self._reached = True, False, None, True

    def _hire(self) -> None:
        self._desk, self._bench, self._aside = (Worker(name, self._run, self._inline) for name in ("desk", "bench", "aside"))

    @property
    def actor(self) -> Actor | None:
        """Who is picked at the desk; None or a reserved account (id below 0) while it is locked."""
        return self._actor

    @actor.setter
    def actor(self, actor: Actor | None) -> None:
        if actor != self._actor:
            self._actor = actor
            self.actor_changed.emit(actor)

    @property
    def locked(self) -> bool:
        """Nobody is picked."""
        return self._actor is None or self._actor.person_id < 0

    def now(self) -> datetime:
        """The time of the program's clock, aware UTC."""
        return self.clock()

    def local(self, at: datetime | None = None) -> datetime:
        """A time (default now) in the station's zone, for showing."""
        return (at or self.clock()).astimezone(self.zone)

    def query(
        self,
        owner: QObject,
        fn: Callable[..., Any],
        *args: Any,
        on_done: Slot,
        on_error: Slot | None = None,
        on_progress: Slot | None = None,
        bench: bool = False,
        aside: bool = False,
    ) -> Task:
        """Call fn(store, *args), with progress=… where on_progress(done, words) is given; the result goes to on_done.

        aside: it works long in a process of its own; the program's end takes it back.
        """
        task = Task("query", fn, args, weakref.ref(owner), weak(on_done), weak(on_error), weak(on_progress))
        return self._put(task, self._aside if aside else self._bench if bench else self._desk)

    def command(
        self,
        owner: QObject,
        fn: Callable[..., Any],
        *args: Any,
        on_done: Slot | None = None,
        on_error: Slot | None = None,
        on_progress: Slot | None = None,
        actor: Actor | None = None,
        aside: bool = False,
    ) -> Task:
        """Call fn(store, actor, *args, at=now): the person and the time of asking. It is finished even if the page closes.

        aside: it works long (in a process of its own) before it writes, so the desk does not wait for it; the program's end takes it back.
        """
        task = Task("command", fn, args, weakref.ref(owner), weak(on_done), weak(on_error), weak(on_progress))
        task.actor, task.at = actor or self._actor, self.clock()
        return self._put(task, self._aside if aside else self._desk)

    def poll(self) -> None:
        """Look for what any program wrote since the last look; asked each second and after each command."""
        if not self._polling and not self._stopped:
            self._polling = True
            self._put(Task("poll", lambda store: None, (), weakref.ref(self), None, None, None), self._desk)

    def stop(self) -> None:
        """Finish commands, drop queries and what works aside, join the threads. Answers still on their way are not delivered."""
        self._stopped = True
        self._timer.stop()
        for task in tuple(self._aside.outstanding):
            task.cancel()
        for worker in self._workers():
            worker.stop()

    def _workers(self) -> tuple[Worker, ...]:
        """The threads, the desk's last: it is the one whose work is finished."""
        return self._bench, self._aside, self._desk

    def drain(self) -> None:
        """Deliver all answers, and those of what they ask in turn; for tests with inline=True."""
        while any(worker.outstanding for worker in self._workers()):
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _put(self, task: Task, worker: Worker) -> Task:
        if task.on_progress is not None:
            task.report = lambda done, words: self._answer.emit(task, "progress", (done, words))
        worker.put(task)
        return task

    def _run(self, store: Store, task: Task) -> None:
        """In a database thread: call, and send the answer."""
        try:
            self._take_place(store)
            if task.kind == "poll":
                self._answer.emit(task, "polled", self._look(store))
                return
            result = task.run(store)
        except CancelledError:
            self._answer.emit(task, "dropped", None)
        except DomainError as error:
            self._answer.emit(task, "refused", error)
        except Exception:
            log.exception("defect in %s", getattr(task.fn, "__name__", task.fn))
            self._answer.emit(task, "broken", traceback.format_exc())
        else:
            if task.kind == "command":
                self._send_changes(store, task)
            self._answer.emit(task, "done", result)

    def _send_changes(self, store: Store, task: Task) -> None:
        """The command is done whatever becomes of this: what cannot be seen now, the next poll sees, or shows what is wrong."""
        try:
            changes = self._look(store)
        except Exception:
            log.exception("looking for changes after %s", getattr(task.fn, "__name__", task.fn))
            return
        if changes is not None:
            self._answer.emit(task, "changes", changes)

    def _take_place(self, store: Store) -> None:
        """Before anything is read: what was there then is no change, what comes later is one."""
        with self._first:
            if self._seen is None:
                self._seen = store.head()

    def _look(self, store: Store) -> Changes | None:
        """What was written since the last look."""
        assert self._seen is not None
        changes = store.changes_since(self._seen)
        newest = changes.seq, changes.hash
        if newest == self._seen:
            return None
        self._seen = newest
        return changes

    def _deliver(self, task: Task, what: str, value: Any) -> None:
        """In the GUI thread."""
        if task.kind == "poll":
            self._polling = False  # however it ended: the next second looks again
            self._know_reach(what)
        if what in ("polled", "changes") and value is not None:
            self.changed.emit(value)
        if what not in ("progress", "changes"):
            for worker in self._workers():
                worker.answered(task)
        if what == "broken":
            self.defect.emit(value)
            what, value = "failed", BrokenError()
        if what == "refused" and value.damage:
            self.unreadable.emit()
        if what == "done" and task.kind == "command":
            self.carried_out.emit()
        self._hand(task, what, value)

    def _know_reach(self, what: str) -> None:
        """A look that was answered says that the store is there; a look that was not, that it is out of reach."""
        if what != "dropped" and self._reached != (what == "polled"):
            self._reached = what == "polled"
            self.reached.emit(self._reached)

    def _hand(self, task: Task, what: str, value: Any) -> None:
        """To the page's slot, if the page still is."""
        owner = task.owner()
        if owner is None or not shiboken6.isValid(owner) or task.cancelled.is_set():
            return
        ref = {"done": task.on_done, "refused": task.on_error, "failed": task.on_error, "progress": task.on_progress}.get(what)
        slot = ref() if ref else None
        if slot is not None:
            slot(*value) if what == "progress" else slot(value)
        elif what == "refused":
            self.refused.emit(value)
