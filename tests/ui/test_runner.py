"""The runner: answers in the GUI thread, closed pages, errors, progress, other programs' writes."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import N_
from stationdesk.ui.runner import BrokenError, CancelledError, Runner
from tests.ui.example import NOW, Memory, Person


class ClosedError(DomainError):
    words = N_("Round {round} is closed.")


class Asker(QObject):
    """Keeps what it is told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []
        self.errors: list[Exception] = []
        self.steps: list[tuple[float, str]] = []
        self.in_gui_thread = True

    def take(self, value: Any) -> None:
        self.got.append(value)
        self.in_gui_thread = self.in_gui_thread and QThread.currentThread() is self.thread()

    def fail(self, error: Exception) -> None:
        self.errors.append(error)

    def step(self, done: float, words: str) -> None:
        self.steps.append((done, words))


@pytest.fixture
def store() -> Memory:
    return Memory()


@pytest.fixture
def threaded(dressed: object, store: Memory) -> Iterator[Runner]:
    made = Runner(store, clock=lambda: NOW)  # type: ignore[arg-type]
    yield made
    made.stop()


def name_of_thread(store: Memory) -> str:
    return threading.current_thread().name


def refuse(store: Memory, *_args: Any, **_more: Any) -> None:
    raise ClosedError(round=7)


def break_down(store: Memory, *_args: Any, **_more: Any) -> None:
    raise ZeroDivisionError("a defect")


def keep(store: Memory, actor: Any, kind: str, *, at: datetime) -> tuple[Any, datetime]:
    store.write(kind)
    return actor, at


def test_queries_run_in_their_threads_and_answer_in_the_gui_thread(qtbot: QtBot, threaded: Runner) -> None:
    asker = Asker()
    threaded.query(asker, name_of_thread, on_done=asker.take)
    qtbot.waitUntil(lambda: asker.got == ["desk"])
    threaded.query(asker, name_of_thread, on_done=asker.take, bench=True)
    qtbot.waitUntil(lambda: asker.got == ["desk", "bench"])
    assert asker.in_gui_thread


def test_a_command_carries_person_and_time_of_asking_and_tells_what_changed(runner: Runner, clock: list[datetime]) -> None:
    asker, told = Asker(), Asker()
    runner.changed.connect(told.take)
    runner.command(asker, keep, "reading", on_done=asker.take)
    asked_at = clock[0]
    runner.drain()
    assert asker.got == [(Person(1, "张伟"), asked_at)]
    assert [changes.kinds for changes in told.got] == [frozenset({"reading"})]


def test_inline_answers_come_only_when_drained(runner: Runner) -> None:
    asker = Asker()
    runner.query(asker, name_of_thread, on_done=asker.take)
    assert asker.got == []
    runner.drain()
    assert asker.got == ["MainThread"]


def test_a_refusal_goes_to_the_page_and_else_to_the_shell(runner: Runner) -> None:
    asker, shell = Asker(), Asker()
    runner.refused.connect(shell.fail)
    runner.query(asker, refuse, on_done=asker.take, on_error=asker.fail)
    runner.command(asker, refuse, on_done=asker.take)
    runner.drain()
    assert [say(error) for error in asker.errors if isinstance(error, DomainError)] == ["Round 7 is closed."]
    assert [type(error) for error in shell.errors] == [ClosedError]


def test_a_defect_is_told_with_its_traceback_and_frees_the_page(runner: Runner, caplog: pytest.LogCaptureFixture) -> None:
    asker, told = Asker(), Asker()
    runner.defect.connect(told.take)
    runner.command(asker, break_down, on_done=asker.take, on_error=asker.fail)
    runner.drain()
    assert "ZeroDivisionError: a defect" in told.got[0]
    assert "break_down" in told.got[0]
    assert [type(error) for error in asker.errors] == [BrokenError]
    assert "defect in break_down" in caplog.text


def test_a_closed_page_is_not_called_and_its_command_is_finished(qtbot: QtBot, threaded: Runner, store: Memory) -> None:
    page = QWidget()
    asker = Asker()
    asker.setParent(page)
    gate = threading.Event()

    def slow(store: Memory, actor: Any, *, at: datetime) -> None:
        gate.wait(5)
        store.write("log_entry")

    threaded.command(asker, slow, on_done=asker.take, actor=Person(1))  # type: ignore[arg-type]
    shiboken6.delete(page)
    gate.set()
    qtbot.waitUntil(lambda: store.log == [frozenset({"log_entry"})])
    qtbot.wait(20)
    assert asker.got == []


def test_a_page_that_is_gone_is_not_kept_alive_and_its_query_not_asked(runner: Runner, store: Memory) -> None:
    waiting = Runner(inline=True)
    asked: list[str] = []

    def ask(store: Memory) -> None:
        asked.append("asked")

    asker = Asker()
    waiting.query(asker, ask, on_done=asker.take)
    del asker
    gc.collect()
    waiting.attach(store)  # type: ignore[arg-type]
    waiting.drain()
    assert asked == []


def test_a_lambda_is_refused_as_a_slot(runner: Runner) -> None:
    with pytest.raises(TypeError, match="bound method"):
        runner.query(Asker(), name_of_thread, on_done=lambda value: value)


@pytest.mark.parametrize("inline", [True, False])
def test_what_is_asked_before_the_store_is_there_waits_for_it(qtbot: QtBot, store: Memory, inline: bool) -> None:
    waiting, asker, told = Runner(inline=inline, clock=lambda: NOW), Asker(), Asker()
    waiting.changed.connect(told.take)
    waiting.command(asker, keep, "reading", on_done=asker.take, actor=Person(2))  # type: ignore[arg-type]
    qtbot.wait(10)
    assert asker.got == []
    waiting.attach(store)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: asker.got == [(Person(2), NOW)])
    assert [changes.kinds for changes in told.got] == [frozenset({"reading"})]
    waiting.stop()


def test_progress_is_shown_and_cancel_stops_the_work(qtbot: QtBot, threaded: Runner, store: Memory) -> None:
    asker = Asker()
    seen: list[str] = []

    def long(store: Memory, *, progress: Callable[[float, str], None]) -> str:
        try:
            for n in range(1000):
                progress(n / 1000, "reading pages")
                time.sleep(0.005)
        except CancelledError:
            seen.append("rolled back")
            raise
        return "done"

    task = threaded.query(asker, long, on_done=asker.take, on_progress=asker.step)
    qtbot.waitUntil(lambda: len(asker.steps) > 1)
    assert asker.steps[0] == (0, "reading pages")
    task.cancel()
    qtbot.waitUntil(lambda: seen == ["rolled back"])
    qtbot.wait(20)
    assert asker.got == []


def test_stop_finishes_commands_and_drops_queries(dressed: object, store: Memory) -> None:
    made, asker = Runner(store), Asker()  # type: ignore[arg-type]
    gate = threading.Event()
    asked: list[str] = []

    def hold(store: Memory) -> None:
        gate.wait(5)

    def ask(store: Memory) -> None:
        asked.append("asked")

    made.query(asker, hold, on_done=asker.take)
    made.command(asker, keep, "reading", actor=Person(1))  # type: ignore[arg-type]
    made.query(asker, ask, on_done=asker.take)
    made.command(asker, keep, "hazard", actor=Person(1))  # type: ignore[arg-type]
    threading.Timer(0.05, gate.set).start()
    made.stop()
    assert store.log == [frozenset({"reading"}), frozenset({"hazard"})]
    assert asked == []
    assert not [thread for thread in threading.enumerate() if thread.name in ("desk", "bench", "aside")]
    made.command(asker, keep, "late", actor=Person(1))  # type: ignore[arg-type]
    assert len(store.log) == 2


def test_what_works_aside_holds_nothing_up_and_ends_with_the_program(qtbot: QtBot, dressed: object, store: Memory) -> None:
    made, asker = Runner(store), Asker()  # type: ignore[arg-type]
    ended: list[str] = []

    def solve(store: Memory, person: object, *, at: datetime, progress: Callable[[float, str], None]) -> str:
        try:
            while True:
                progress(0.5, "72 points")
                time.sleep(0.005)
        except CancelledError:
            ended.append("ended")
            raise

    made.command(asker, solve, on_done=asker.take, on_progress=asker.step, aside=True, actor=Person(1))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(asker.steps))
    made.command(asker, keep, "reading", on_done=asker.take, actor=Person(1))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(asker.got))
    assert store.log == [frozenset({"reading"})]
    assert not ended
    made.stop()
    assert ended == ["ended"]


def test_what_another_program_wrote_is_told_within_two_seconds(qtbot: QtBot, threaded: Runner, store: Memory) -> None:
    told = Asker()
    threaded.changed.connect(told.take)
    qtbot.waitUntil(lambda: threaded._seen == (0, "hash"))
    store.write("hazard", "log_entry")
    qtbot.waitUntil(lambda: len(told.got) == 1, timeout=2000)
    assert told.got[0].kinds == frozenset({"hazard", "log_entry"})
    assert told.in_gui_thread
    assert store.threads == {"desk"}
    threaded.poll()
    qtbot.waitUntil(lambda: not threaded._desk.outstanding)
    assert len(told.got) == 1


def test_a_look_that_fails_stops_neither_the_command_nor_the_next(dressed: object, store: Memory, caplog: pytest.LogCaptureFixture) -> None:
    asker, told, changed = Asker(), Asker(), Asker()
    runner = Runner(store, clock=lambda: NOW, inline=True)  # type: ignore[arg-type]
    runner.refused.connect(told.fail)
    runner.changed.connect(changed.take)
    runner.poll()
    runner.drain()
    store.refuses = ClosedError(round=7)
    runner.command(asker, keep, "hazard", on_done=asker.take, on_error=asker.fail)
    runner.poll()
    runner.drain()
    assert len(asker.got) == 1  # it was carried out
    assert "looking for changes after keep" in caplog.text
    assert [type(error) for error in told.errors] == [ClosedError]
    store.refuses = None
    runner.poll()
    runner.drain()
    assert [each.kinds for each in changed.got] == [frozenset({"hazard"})]
    runner.stop()


def test_the_person_at_the_desk(runner: Runner) -> None:
    told = Asker()
    runner.actor_changed.connect(told.take)
    runner.actor = Person(1, "张伟")  # type: ignore[assignment]
    assert told.got == []
    assert not runner.locked
    runner.actor = None
    assert runner.locked
    runner.actor = Person(-2)  # type: ignore[assignment]
    assert runner.locked
    assert told.got == [None, Person(-2)]


def test_times_are_shown_in_the_zone_of_the_station(runner: Runner) -> None:
    assert f"{runner.local():%m-%d %H:%M}" == "11-21 06:42"
    assert runner.now() == NOW


def test_the_runner_needs_no_database_library() -> None:
    code = "import sys, stationdesk.ui.runner; sys.exit('sqlalchemy' in sys.modules or 'stationdesk.services' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


REFERENCES = """
import sys
from PySide6.QtCore import QObject, Signal
class Sender(QObject):
    fired = Signal(object)
sender, one, other = Sender(), QObject(), QObject()
child = QObject()
sender.fired.connect(lambda value: None)
before = sys.getrefcount(True), sys.getrefcount(None)
for n in range(200_000):
    sender.fired.emit(True)
    child.setParent(one if n % 2 else other)
lost = min(after - first for after, first in zip((sys.getrefcount(True), sys.getrefcount(None)), before))
sys.exit(1 if lost < -1000 else 0)
"""


def test_qt_keeps_the_references_of_true_and_none() -> None:
    """A release of PySide on Python 3.11 lost one at every emit and setParent and aborted after some 100,000."""
    assert subprocess.run([sys.executable, "-c", REFERENCES], check=False, timeout=120).returncode == 0
