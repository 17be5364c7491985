"""What a worker does next, how many people it frees and how long it may take."""

from __future__ import annotations

from stationdesk.rostering import tasks
from stationdesk.rostering.limits import Limits
from stationdesk.rostering.problem import Problem
from stationdesk.rostering.tasks import News, Task

LONG_DAYS = 42  # beyond which the LP of the whole horizon takes too long where people share what spans days
HEAVY_CELLS = 20_000_000_000  # a pricing of everybody takes some seconds: no bound of the whole is tried
TASK_SECONDS = (1.0, 5.0)
LEAST_CAP, FIRST_CAP, MOST_CAP = 500, 2000, 12000  # work a repair may take
SMALLEST = 3  # people freed
FEW = 15  # people; of fewer a third is freed to begin with
FIRST_ANNEAL = 2500  # work; each later one takes twice as long
MOST_DOUBLED = 12
DIVES = 2  # workers that try the whole of a long horizon, each in its own order, for one such dive may end badly
REPAIRS_PART = 0.5  # of the work annealing takes
BOUND_AFTER = 4  # annealings: its prices come from a good roster
WORK_A_SECOND = 8000.0  # until it is known


def spans(problem: Problem) -> tuple[int, ...]:
    """How many days a task may free."""
    if problem.spread:
        return (7, 10, 14, 21)
    return (28, 42, 56) if problem.days > LONG_DAYS else (14, 21, 28)


class Plan:
    """One worker's. Where people share what spans days, small exchanges without end find more than repairs of a few people do."""

    def __init__(self, problem: Problem, limits: Limits, place: int) -> None:
        people, self._long = len(problem.people), problem.days > LONG_DAYS
        self._problem, self._limits, self._place = problem, limits, place
        self._heavy = tasks.cells(problem) > HEAVY_CELLS
        self._todo = self._first_tasks()
        self._anneals = 0
        self._annealed = self._repaired = 0  # work
        self._rate = WORK_A_SECOND
        self.size = min(people, 8) if people > FEW else max(SMALLEST, people // 3)
        self.cap = FIRST_CAP if limits.work is None else 12000 if self._long else 6000

    def _first_tasks(self) -> list[Task]:
        """A first roster, then the bound or a sweep over the days."""
        root = [] if self._heavy or (self._long and self._problem.spread) else [Task(tasks.ROOT, 0)]
        if self._problem.spread:
            return [self._anneal(FIRST_ANNEAL), *root] if self._place == 0 else []
        span = spans(self._problem)[0]
        sweep = [Task(tasks.DAYS, 0, day=day) for day in range(0, max(1, self._problem.days - span + 1), span // 2)]
        return [Task(tasks.FIRST, 0), *((root if self._place < DIVES or not self._long else []) or sweep)]

    def put_first(self, *todo: Task) -> None:
        """To be done before anything else."""
        self._todo[:0] = todo

    def next(self, work_done: int, seconds_left: float) -> Task:
        """The next task. `work_done` counts where work is limited, `seconds_left` otherwise."""
        if self._todo:
            return self._todo.pop(0)
        if not self._problem.spread or self._repaired < REPAIRS_PART * self._annealed:
            return Task(tasks.MIX, 0)
        self._anneals += 1
        if self._anneals == BOUND_AFTER + 1 and self._place == 0 and self._long and not self._heavy:
            return Task(tasks.ASCENT, 0)
        left = seconds_left * self._rate if self._limits.work is None else self._limits.work - work_done
        work = FIRST_ANNEAL << min(self._anneals, MOST_DOUBLED)
        return self._anneal(int(left) if left < 1.5 * work else work)

    def _anneal(self, work: int) -> Task:
        return Task(tasks.ANNEAL, 0, cap=max(FIRST_ANNEAL, work))

    def paused(self) -> None:
        """The bound of the whole is to go on, after something else where that is likelier to better the roster."""
        between = [Task(tasks.MIX, 0)] if self._problem.spread else []
        self.put_first(*between, Task(tasks.ROOT, 0))

    def learn(self, task: Task, news: News, seconds: float, since_begun: float) -> None:
        """From how long a task took."""
        if task.kind == tasks.ANNEAL:
            self._annealed += news.work
            self._rate = max(1.0, news.work / max(0.02, seconds))
        elif task.kind in tasks.REPAIRS:
            self._repaired += max(1, news.work)
            self._fit(news)
            if self._limits.work is None and news.work:
                self._pace(news.work, seconds, since_begun)

    def _fit(self, news: News) -> None:
        """Larger repairs where they are quickly done with, smaller ones where they are not."""
        if news.kind == tasks.PRUNED or (news.kind in (tasks.NOTHING, tasks.DONE) and news.work < self.cap // 4):
            self.size = min(len(self._problem.people), self.size + 1)
        elif news.kind == tasks.LONG or news.work > self.cap // 2:
            self.size = max(SMALLEST, self.size - (2 if news.kind == tasks.LONG else 1))

    def _pace(self, work: int, seconds: float, since_begun: float) -> None:
        """Tasks last a second at first, for news to come soon, and some seconds later, for harder repairs; on a busy computer too."""
        wanted = work / max(0.02, seconds) * min(TASK_SECONDS[1], TASK_SECONDS[0] + since_begun / 8)
        self.cap = int(min(MOST_CAP, max(LEAST_CAP, (self.cap + wanted) / 2)))
