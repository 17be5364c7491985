"""The roster engine: public problems against the best known, a station's month and year beside plain CP-SAT, repair, conflict.

The public problems (Curtois and Qu 2014) are not part of the project: STATIONDESK_ROSTERS names the folder that holds them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

BEST_KNOWN = {1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056, 8: 1300, 9: 439, 10: 4631, 18: 4459}
SECONDS = {18: 60.0}  # 30 for the others
MONTH, YEAR = (30, 20.0), (365, 60.0)
RUNS = 5


def report() -> None:
    """Print all of it; takes about ten minutes."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        print(f"load when it began: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        _compile(cache)
        for days, seconds in (MONTH, YEAR):
            _station(days, seconds, cache)
        _mend(cache)
        for number, best in BEST_KNOWN.items():
            _public(number, best, cache)
        print(f"load when it ended: {os.getloadavg()[0]:.1f}")


def _compile(cache: Path) -> None:
    from stationdesk.rostering import apart

    marks = []
    for _ in range(2):
        began = time.perf_counter()
        apart.warm(cache)
        marks.append(time.perf_counter() - began)
    print(
        f"compiled for the first time in {marks[0]:.1f} s, loaded from then on in {marks[1]:.1f} s (a process of its own, imports included)"
    )
    packages = Path(sys.prefix) / "lib"
    sizes = {name: _megabytes(packages, name) for name in ("numba", "llvmlite", "numpy", "numpy.libs", "highspy")}
    print(f"installed: {', '.join(f'{name} {size:.0f} MB' for name, size in sizes.items())}; together {sum(sizes.values()):.0f} MB")


def _megabytes(folder: Path, name: str) -> float:
    return sum(path.stat().st_size for place in folder.glob(f"*/site-packages/{name}") for path in place.rglob("*") if path.is_file()) / 1e6


def _station(days: int, seconds: float, cache: Path) -> None:
    """The same problem by the engine and by plain CP-SAT, one after the other, two workers each."""
    from stationdesk.rostering import apart
    from stationdesk.rostering.limits import Limits
    from tests.rostering.gate_station import gate_station
    from tests.rostering.oracle import solved

    problem = gate_station(days)
    marks: list[tuple[float, int]] = []
    began = _computing()
    answer = apart.solve(problem, Limits(seconds=seconds), lambda told: _mark(marks, told), cache=cache)
    print(f"12 people, {days} days, {seconds:.0f} s: engine {answer.cost}, at least {answer.bound}, first after {answer.first_seconds} s")
    print(f"  {_computing() - began:.0f} s computing")
    began = _computing()
    other = solved([problem], seconds)[0]
    print(f"  plain CP-SAT {other.cost}, at least {other.bound}, first after {other.marks[0][0] if other.marks else None} s")
    print(f"  {_computing() - began:.0f} s computing")
    for second in (2, 5, 10, 20, 30, 60):
        if second <= seconds:
            print(f"  after {second} s: engine {_at(marks, second)}, CP-SAT {_at(other.marks, second)}")


def _computing() -> float:
    """Seconds the processes started so far have computed: a busy computer gives them less than two a second."""
    times = os.times()
    return times.children_user + times.children_system


def _mark(marks: list[tuple[float, int]], told) -> None:
    if told.cost is not None:
        marks.append((told.seconds, told.cost))


def _at(marks: list[tuple[float, int]], second: float) -> int | None:
    return next((cost for when, cost in reversed(marks) if when <= second), None)


def _mend(cache: Path) -> None:
    """Two of forty people fall ill for a week; everybody who leads is away at once. Each from the start of its process."""
    from stationdesk.rostering import apart
    from stationdesk.rostering.limits import Limits
    from tests.rostering.gate_station import gate_station

    problem = gate_station(31, 40, need=6, leave=0.3)
    published = apart.solve(problem, Limits(seconds=30), cache=cache).duties
    assert published is not None
    ill = {0: range(8, 15), 3: range(12, 19)}
    members = [replace(each, leave=each.leave | set(ill.get(number, ()))) for number, each in enumerate(problem.members)]
    times, found = zip(*_timed(lambda: apart.repair(replace(problem, members=tuple(members)), published)), strict=True)
    print(f"repair of 40 people's month: {statistics.median(times):.2f} s, {len(found[0].changes)} changes, proved: {found[0].proved}")
    for people in (12, 40):
        small = gate_station(30, people, need=people // 6, leave=0.3)
        away = [replace(each, leave=each.leave | {8, 9}) if each.leads(8) else each for each in small.members]
        times, found = zip(*_timed(lambda away=away, small=small: apart.conflict(replace(small, members=tuple(away)))), strict=True)
        print(f"conflict of {people} people: {statistics.median(times):.2f} s, {len(found[0].rules)} rules, minimal: {found[0].minimal}")


def _timed(job) -> Iterator[tuple[float, object]]:
    for _ in range(RUNS):
        began = time.perf_counter()
        got = job()
        yield time.perf_counter() - began, got


def _public(number: int, best: int, cache: Path) -> None:
    """One public problem through the command, its answer scored by the tests' own code."""
    import json

    from tests.rostering.small_instances import score

    folder = os.environ.get("STATIONDESK_ROSTERS")
    file = Path(folder or ".") / f"Instance{number}.txt"
    if not folder or not file.is_file():
        print(f"public problem {number}: not here")
        return
    seconds = SECONDS.get(number, 30.0)
    out = cache / "answer.txt"
    command = [sys.executable, "main.py", "roster", "solve-file", str(file), "-o", str(out), "--seconds", str(seconds), "--json"]
    home = cache / "home"
    home.mkdir(exist_ok=True)
    if not (home / "compiled").exists():
        (home / "compiled").symlink_to(cache, target_is_directory=True)
    began = _computing()
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "STATIONDESK_HOME": str(home)})
    said = json.loads(done.stdout)
    points, broken = score(file.read_text(encoding="utf-8"), out.read_text(encoding="utf-8"))
    assert (points, broken) == (said["objective"], [])
    over = 100 * (points - best) / best
    print(
        f"public problem {number}, {seconds:.0f} s: {points}, {over:+.2f} % of the best known {best}, at least {said['lower_bound']}, "
        f"first after {said['first_solution_seconds']} s, {_computing() - began:.0f} s computing",
        flush=True,
    )
