"""What a worker process does: one task after the other on rosters it is handed.

Nothing here reads a clock, so equal tasks give equal answers.
"""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stationdesk.rostering.problem import Problem, Roster

if TYPE_CHECKING:
    from stationdesk.rostering.colgen import Master
    from stationdesk.rostering.cooling import Cooling
    from stationdesk.rostering.pricing import Pricer

FIRST, ROOT, DAYS, MIX, WEIGH, ANNEAL, ASCENT = "first", "root", "days", "mix", "weigh", "anneal", "ascent"
REPAIRS = (MIX, DAYS)
ROSTER, BOUND, DONE, PRUNED, NOTHING, LONG = "roster", "bound", "done", "pruned", "nothing", "long"
PAUSED, NO_ROSTER = "paused", "no roster"
UNFINISHED = (ROSTER, BOUND)  # news while a task goes on

MANY_PEOPLE, LONG_DAYS = 30, 120
QUICK_CELLS, QUICK_BYTES = 1_000_000_000, 1 << 20
POOL = 400  # rosters kept of each person
UNLIMITED = 10**9
NEARLY = 0.0005  # of the bound: as near to its optimum the LP is brought in a dive of everybody
ROUNDS = 1000
DESCENT = 12_000  # work a descent may take


@dataclass(frozen=True)
class Task:
    """What to do, and the best roster known when it was handed out."""

    kind: str
    number: int
    rosters: Roster | None = None
    free: int = 8  # people to free
    spans: tuple[int, ...] = (28,)  # days to free
    cap: int = UNLIMITED  # work allowed
    day: int = 0


@dataclass(frozen=True)
class News:
    """What a task gave. `value` is the objective of `rosters`, or the bound."""

    kind: str
    rosters: Roster | None = None
    value: int | None = None
    work: int = 0
    person: str = ""


@dataclass(frozen=True)
class Desk:
    """What a worker process is given to begin with."""

    problem: Problem
    seed: int
    place: int
    table_bytes: int
    cache: Path | None  # where numba keeps compiled code


def serve(connection: Connection, desk: Desk) -> None:
    """The body of a worker process: answer tasks until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_compiled_in(desk.cache)
    try:
        worker = Worker(desk, connection.send)
        while True:
            connection.send(worker.answer(connection.recv()))
    except (EOFError, BrokenPipeError, ConnectionError):
        return


def keep_compiled_in(cache: Path | None) -> None:
    """Tell numba, before it is loaded, in which folder it may keep compiled code; a passing one where that cannot be written."""
    if cache is None:
        return
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
    os.environ["NUMBA_CACHE_DIR"] = str(cache) if os.access(cache, os.W_OK) else tempfile.mkdtemp(prefix="stationdesk-compiled-")


class Worker:
    """Works on one problem; remembers good rosters of each person."""

    def __init__(self, desk: Desk, send: Callable[[News], None]) -> None:
        from stationdesk.rostering.pricing import Pricer

        self._problem, self._seed, self._place, self._send = desk.problem, desk.seed, desk.place, send
        self._pricer = Pricer(desk.table_bytes)
        self._everyone = list(range(len(desk.problem.people)))
        self._pool: list[dict[bytes, Roster]] = [{} for _ in self._everyone]
        self._begun = self._steps = 0
        self._cap = 0
        self._whole: Master | None = None
        self._cooling: Cooling | None = None

    def answer(self, task: Task) -> News:
        """Do a task; what came of it, in whatever way it ended."""
        from stationdesk.rostering import kernel
        from stationdesk.rostering.colgen import StopError
        from stationdesk.rostering.pricing import NoRosterError

        rng = np.random.default_rng([self._seed, self._place, task.number])
        kernel.reseed(int(rng.integers(1 << 30)))
        self._begun, self._steps, self._cap = self._pricer.work, 0, task.cap
        try:
            kind, rosters = self._do(task, rng)
        except StopError:
            return News(LONG, work=self._work())
        except NoRosterError as error:
            return News(NO_ROSTER if self._pricer.exact else LONG, work=self._work(), person=str(error))
        value = None if rosters is None else self._problem.cost(rosters)
        return News(kind, rosters, value, self._work())

    def _do(self, task: Task, rng: np.random.Generator) -> tuple[str, Roster | None]:
        if task.kind == FIRST or task.rosters is None:
            return DONE, self._first(rng)
        if task.kind == WEIGH:
            return DONE, task.rosters
        if task.kind == ANNEAL:
            return DONE, self._anneal(task.rosters, task.cap)
        if task.kind == ASCENT:
            return self._climb(task.rosters)
        if task.kind == ROOT:
            return self._root(task.rosters, rng)
        return self._repair(task, task.rosters, rng)

    def _work(self) -> int:
        return self._pricer.work - self._begun + self._steps // 5

    def _check(self, steps: int) -> None:
        from stationdesk.rostering.colgen import StopError

        self._steps += steps
        if self._work() > self._cap:
            raise StopError

    def _keep(self, master: Master, people: list[int]) -> None:
        for place, roster in master.used():
            pool = self._pool[people[place]]
            pool[roster.tobytes()] = roster
            if len(pool) > POOL:
                del pool[next(iter(pool))]

    def _first(self, rng: np.random.Generator) -> Roster:
        from stationdesk.rostering.moves import first
        from stationdesk.rostering.pricing import NoRosterError, Pricer

        problem = self._problem
        quick = Pricer(QUICK_BYTES) if cells(problem) > QUICK_CELLS else self._pricer
        try:
            rosters = first(problem, quick, rng)
        except NoRosterError:
            rosters = first(problem, self._pricer, rng)
        self._send(News(ROSTER, rosters.copy(), problem.cost(rosters)))
        self._descend(rosters, quick, rng)
        return rosters

    def _descend(self, rosters: Roster, pricer: Pricer, rng: np.random.Generator) -> None:
        from stationdesk.rostering.colgen import StopError
        from stationdesk.rostering.moves import descend

        enough = pricer.work + DESCENT

        def check(_steps: int) -> None:
            if pricer.work > enough:
                raise StopError

        with contextlib.suppress(StopError):
            descend(self._problem, pricer, rosters, rng, check)

    def _anneal(self, rosters: Roster, work: int) -> Roster:
        from stationdesk.rostering.cooling import Cooling

        if self._cooling is None:
            self._cooling = Cooling(self._problem)
        self._steps = work * 5
        return self._cooling.anneal(rosters, work, lambda best, cost: self._send(News(ROSTER, best, cost)))

    def _root(self, rosters: Roster, rng: np.random.Generator) -> tuple[str, Roster | None]:
        """The whole problem's LP, in as many goes as it takes: its bound; and a dive where one is worth while."""
        from stationdesk.rostering.colgen import FullError, Master, StopError

        if self._whole is None:
            self._whole = Master(self._problem, self._pricer, self._check, self._tell)
            self._whole.add(enumerate(rosters))
        master = self._whole
        try:
            master.converge()
            master.solve_lp()
        except FullError:
            return LONG, None
        except StopError:
            return PAUSED, None
        self._keep(master, self._everyone)
        self._whole, self._cap = None, UNLIMITED
        if self._problem.spread:
            return NOTHING, None  # a dive is coarse where few people share what spans days
        found = master.dive(rng if self._place else None, ROUNDS, tolerance=NEARLY * master.bound)
        self._keep(master, self._everyone)
        if found is not None:
            self._descend(found, self._pricer, rng)
        return DONE, found

    def _climb(self, rosters: Roster) -> tuple[str, None]:
        from stationdesk.rostering.ascent import Ascent, window_prices

        prices = window_prices(self._problem, self._pricer, rosters)
        Ascent(self._problem, self._pricer, prices).climb(self._problem.cost(rosters), self._tell)
        return NOTHING, None

    def _tell(self, bound: float) -> None:
        self._send(News(BOUND, value=int(np.ceil(bound - 1e-6))))

    def _repair(self, task: Task, rosters: Roster, rng: np.random.Generator) -> tuple[str, Roster | None]:
        """Some people on some days anew: the LP first, given up when its bound cannot better what is there, else a dive."""
        from stationdesk.rostering.colgen import Master
        from stationdesk.rostering.parts import part

        people, first, last = self._freed(task, rosters, rng)
        freed = part(self._problem, rosters, people, first, last)
        now = rosters[people, first : first + freed.days]
        cutoff = freed.cost(now) - 1 + 1e-3  # costs are whole: one better, or nothing
        master = Master(freed, self._pricer, self._check)
        master.add(enumerate(now))
        whole = last - first == self._problem.days
        if whole:
            master.add((place, roster) for place, person in enumerate(people) for roster in self._pool[person].values())
        master.converge(cutoff=cutoff)
        if master.bound > cutoff:
            if whole and len(people) == len(self._everyone) and self._pricer.exact:
                self._tell(master.bound)
            return PRUNED, None
        got = master.dive(rng, cutoff=cutoff)
        if whole:
            self._keep(master, people)
        if got is None:
            return NOTHING, None
        new = rosters.copy()
        new[people, first : first + freed.days] = got
        return DONE, new

    def _freed(self, task: Task, rosters: Roster, rng: np.random.Generator) -> tuple[list[int], int, int]:
        """Whom to free, and from which day to which."""
        from stationdesk.rostering.moves import choose

        problem = self._problem
        if task.kind == MIX and problem.days <= LONG_DAYS and rng.random() >= 0.3:
            return choose(problem, rosters, rng, task.free), 0, problem.days
        length = min(problem.days, int(rng.choice(task.spans)) if task.kind == MIX else task.spans[0])
        first = int(rng.integers(0, problem.days - length + 1)) if task.kind == MIX else task.day
        some = len(self._everyone) > MANY_PEOPLE or rng.random() < 0.3
        return (choose(problem, rosters, rng, task.free) if some else self._everyone), first, min(problem.days, first + length)


def cells(problem: Problem) -> int:
    """How much a pricing of everybody on the whole horizon would compute."""
    return sum(
        problem.days * len(problem.actions) * len(person.next_state) * person.count_next.shape[1] * len(person.units_cost)
        for person in problem.people
    )
