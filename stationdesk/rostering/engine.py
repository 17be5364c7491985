"""Problem → engine → answer. This process keeps the best roster and hands out tasks; worker processes, which it starts, do them.

It loads numpy only. Workers hold nothing of their own, so they are simply killed at the end; one that dies is replaced.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

from stationdesk.rostering import tasks
from stationdesk.rostering.limits import Limits, Progress, never, nobody_asks
from stationdesk.rostering.opening import opening
from stationdesk.rostering.plans import Plan, spans
from stationdesk.rostering.problem import BAD, Problem, Roster
from stationdesk.rostering.tasks import Desk, News, Task

OPTIMAL, FEASIBLE, INFEASIBLE, CANCELLED, FAILED = "optimal", "feasible", "infeasible", "cancelled", "failed"
MOST_WORKERS = 6  # each takes about 200 MB before its table
ALL_TABLES_BYTES = 384 << 20
DEATHS = 4  # workers replaced in one run
TRIES = 6  # for a first roster
LOOK_EVERY = 0.2  # seconds between two looks at `cancelled` and the clock


@dataclass(frozen=True)
class Answer:
    """The best roster found, [person, day] of actions. `log` has (second, cost) of every better one; `person`: who has none at all."""

    roster: Roster | None
    cost: int | None
    bound: int
    status: str
    seconds: float
    log: tuple[tuple[float, int], ...] = ()
    person: str = ""

    @property
    def first_seconds(self) -> float | None:
        """When the first roster was there."""
        return self.log[0][0] if self.log else None


def solve(
    problem: Problem,
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] = nobody_asks,
    cancelled: Callable[[], bool] = never,
    hint: Roster | None = None,
    cache: Path | None = None,
) -> Answer:
    """The best roster within the limits, begun from `hint` where one is given.

    Without a roster at the end of its seconds it goes on until there is one. `cancelled` is asked five times a second, and after every
    message. `cache`: a folder for compiled code. Costs of rows and cells must not be below 0: the bound begins there.
    """
    run = _Run(problem, limits or Limits(), on_progress, cancelled, hint, cache)
    try:
        run.go()
    finally:
        run.stop()
    return run.answer()


@dataclass
class _Hand:
    """One worker process, the roster it was handed last and what it has to do next."""

    place: int
    process: BaseProcess
    connection: Connection
    plan: Plan
    task: Task | None = None
    sent: Roster | None = None
    since: float = 0.0
    busy: bool = False


class _Run:
    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        on_progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        hint: Roster | None,
        cache: Path | None,
    ) -> None:
        self._problem, self._limits, self._tell, self._cancelled, self._cache = problem, limits, on_progress, cancelled, cache
        self._began = time.monotonic()
        self._best: Roster | None = None
        self._cost: int | None = None
        self._bound: int | None = None
        self._log: list[tuple[float, int]] = []
        self._person = ""
        self._used = self._number = self._deaths = self._tries = 0
        self._stopped = False
        workers = max(1, min(limits.workers, MOST_WORKERS))
        self._table_bytes = ALL_TABLES_BYTES // workers
        self._spans = spans(problem)
        if hint is None and (found := opening(problem)):  # workers take longer to load what they need; a hint is theirs to weigh
            self._better(*found)
        self._hands = [self._start(place, self._plan(place, hint)) for place in range(workers)]

    def _plan(self, place: int, hint: Roster | None) -> Plan:
        plan = Plan(self._problem, self._limits, place)
        if hint is not None:
            plan.put_first(Task(tasks.WEIGH, 0, hint))
        return plan

    def _start(self, place: int, plan: Plan) -> _Hand:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        table_bytes = self._table_bytes >> (2 * min(self._deaths, 3))  # who died may have wanted too much
        desk = Desk(self._problem, self._limits.seed, place, table_bytes, self._cache)
        process = context.Process(target=tasks.serve, args=(there, desk), daemon=True)
        process.start()
        there.close()  # else its death would go unseen
        return _Hand(place, process, here, plan)

    def go(self) -> None:
        """Hand out tasks and take news until it is over."""
        for hand in self._hands:
            self._give(hand)
        held: dict[int, list[News]] = {}
        while not self._over():
            for hand, news in self._arrived():
                if self._limits.work is None:
                    self._take_and_give(hand, news)
                else:
                    held.setdefault(hand.place, []).append(news)
            if held and not any(hand.busy for hand in self._hands):
                self._take_in_step(held)
                held = {}

    def _take_and_give(self, hand: _Hand, news: News) -> None:
        self._take(hand, news)
        if not hand.busy and not self._over():
            self._give(hand)

    def _take_in_step(self, held: dict[int, list[News]]) -> None:
        """Answers count in the order of the workers, once all are in: the same whoever was quicker."""
        for hand in self._hands:
            for news in held.get(hand.place, ()):
                self._take(hand, news)
        if not self._over():
            for hand in self._hands:
                self._give(hand)

    def _arrived(self) -> list[tuple[_Hand, News]]:
        ready = wait([hand.connection for hand in self._hands if hand.busy], timeout=LOOK_EVERY)
        return [(hand, self._receive(hand)) for hand in list(self._hands) if hand.connection in ready]

    def _receive(self, hand: _Hand) -> News:
        try:
            news: News = hand.connection.recv()
        except (EOFError, OSError):
            news = News(tasks.LONG)
            self._replace(hand)
        if news.kind not in tasks.UNFINISHED:
            hand.busy = False
        return news

    def _replace(self, hand: _Hand) -> None:
        """A worker died: another takes its place, with less room for its table; after too many deaths the others go on alone."""
        self._deaths += 1
        hand.process.join(1)
        hand.connection.close()
        if self._deaths > DEATHS:
            self._hands.remove(hand)
            return
        new = self._start(hand.place, hand.plan)
        hand.process, hand.connection = new.process, new.connection

    def _give(self, hand: _Hand) -> None:
        if hand not in self._hands:
            return
        self._number += 1
        hand.sent = self._best
        hand.task = task = hand.plan.next(self._used, self._limits.seconds - self._seconds())
        rosters = task.rosters if task.kind == tasks.WEIGH else self._best
        cap = hand.plan.cap if task.kind in (*tasks.REPAIRS, tasks.ROOT) and self._best is not None else task.cap
        with contextlib.suppress(OSError):  # it died: the next look at its connection says so
            hand.connection.send(Task(task.kind, self._number, rosters, hand.plan.size, self._spans, cap, task.day))
        hand.busy, hand.since = True, time.monotonic()

    def _take(self, hand: _Hand, news: News) -> None:
        self._used += news.work
        if news.kind == tasks.NO_ROSTER:
            self._person = news.person
        elif news.kind == tasks.BOUND and news.value is not None:
            self._bound = news.value if self._bound is None else max(self._bound, news.value)
            self._tell(self._progress())
        elif news.rosters is not None and news.value is not None:
            self._take_rosters(hand, news.rosters, news.value)
        elif news.kind == tasks.PAUSED:
            hand.plan.paused()
        elif self._best is None:
            self._tries += 1
        if not hand.busy and hand.task is not None:
            hand.plan.learn(hand.task, news, time.monotonic() - hand.since, self._seconds())

    def _take_rosters(self, hand: _Hand, rosters: Roster, value: int) -> None:
        if value >= BAD:
            return
        if self._cost is None or value < self._cost:
            self._better(rosters, value)
        elif hand.task is not None and hand.task.kind in tasks.REPAIRS:
            self._both(hand, rosters)

    def _better(self, rosters: Roster, value: int) -> None:
        self._best, self._cost = rosters.copy(), value
        self._log.append((round(self._seconds(), 3), value))
        self._tell(self._progress())

    def _both(self, hand: _Hand, rosters: Roster) -> None:
        """Changes made to an older roster may be good for the best one as well."""
        if hand.sent is not None and self._best is not None and hand.sent is not self._best and (rosters != hand.sent).any():
            hand.plan.put_first(Task(tasks.WEIGH, 0, np.where(rosters != hand.sent, rosters, self._best)))

    def _seconds(self) -> float:
        return time.monotonic() - self._began

    def _progress(self) -> Progress:
        return Progress(self._seconds(), self._cost, self._bound)

    def _over(self) -> bool:
        if self._person or not self._hands:
            return True
        if self._cancelled():
            self._stopped = True
            return True
        if self._cost is None:
            return self._tries >= TRIES
        limits = self._limits
        spent = self._used >= limits.work if limits.work is not None else self._seconds() > limits.seconds
        return spent or self._cost - (self._bound or 0) <= limits.gap * self._cost

    def stop(self) -> None:
        """Kill the workers and see them gone."""
        for hand in self._hands:
            hand.process.kill()
        for hand in self._hands:
            hand.process.join()
            hand.connection.close()

    def answer(self) -> Answer:
        """What there is now."""
        bound = self._bound or 0
        if self._cost is not None:
            status = OPTIMAL if self._cost <= bound else CANCELLED if self._stopped else FEASIBLE
        else:
            status = INFEASIBLE if self._person else CANCELLED if self._stopped else FAILED
        return Answer(self._best, self._cost, bound, status, self._seconds(), tuple(self._log), self._person)
