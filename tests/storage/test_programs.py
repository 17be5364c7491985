"""Several programs on one store, and programs that are killed: nothing that was acknowledged is lost, and the journal is one chain."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from stationdesk.services import Store
from stationdesk.storage import drafts, journal
from stationdesk.storage.log import LogEntry
from stationdesk.storage.verify import verify

ROOT = Path(__file__).resolve().parents[2]
KILLS, PROCESSES, WRITES = 100, 4, 200


@contextmanager
def writer(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.writer", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        if process.stdin and not process.stdin.closed:
            process.stdin.close()


def lives(path: Path, delays: list[float]) -> Iterator[list[str]]:
    """What each of many writers said before it was killed: every other one at any instant, the rest some time after its first entry."""
    if hasattr(os, "fork"):  # one import for all lives: a server forks a writer for each line it is sent
        with writer(path, "--forks") as server:
            for number, delay in enumerate(delays):
                yield _forked_life(server, delay, wait=bool(number % 2))
    else:
        for number, delay in enumerate(delays):
            yield _life(path, delay, wait=bool(number % 2))


def _forked_life(server: subprocess.Popen[str], delay: float, *, wait: bool) -> list[str]:
    assert server.stdin
    assert server.stdout
    server.stdin.write("go\n")
    server.stdin.flush()
    child = int(server.stdout.readline().split()[1])
    said = [server.stdout.readline()] if wait else []
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    return said + list(iter(server.stdout.readline, "end\n"))


def _life(path: Path, delay: float, *, wait: bool) -> list[str]:
    with writer(path) as process:
        assert process.stdout
        said = [process.stdout.readline()] if wait else []
        time.sleep(delay)
        process.kill()
        return said + process.stdout.readlines()


def test_killed_at_any_instant(store: Store) -> None:
    choose = random.Random(20261121)
    entries: list[int] = []
    draft = 0
    for said in lives(store.path, [choose.uniform(0, 0.05) for _ in range(KILLS)]):
        entries += [int(line.split()[1]) for line in said if line.startswith("entry")]
        draft = max([draft, *(int(line.split()[1]) for line in said if line.startswith("draft"))])
        assert store.head().seq >= len(entries)
    found = verify(store.path)
    assert found.clean, found.sentences()
    assert len(entries) >= KILLS // 2
    assert entries == sorted(set(entries))
    with store.read() as session:
        kept = list(session.scalars(select(LogEntry.id).order_by(LogEntry.id)))
    assert set(entries) <= set(kept)
    assert len(kept) <= len(entries) + KILLS
    left = drafts.load(store, 1, "log.entry")
    assert left is not None
    assert int(left.text) >= draft


def test_four_programs_write_one_chain(store: Store) -> None:
    before = store.head().seq
    command = [sys.executable, "-m", "tests.writer", str(store.path), "--count", str(WRITES)]
    running = [subprocess.Popen([*command, "--desk", f"desk-{n}"], cwd=ROOT, stdout=subprocess.PIPE, text=True) for n in range(PROCESSES)]
    numbers: list[int] = []
    for process in running:
        said, _errors = process.communicate()
        assert process.returncode == 0
        numbers += [int(line.split()[1]) for line in said.splitlines() if line.startswith("entry")]
    assert sorted(numbers) == list(range(1, PROCESSES * WRITES + 1))
    assert store.head().seq == before + PROCESSES * WRITES
    assert verify(store.path).clean
    with store.read() as session:
        desks = [entry.desk for entry in journal.entries(session, before, limit=10_000)]
    assert {desk: desks.count(desk) for desk in set(desks)} == {f"desk-{n}": WRITES for n in range(PROCESSES)}


def test_verify_and_backup_while_a_program_writes(store: Store, tmp_path: Path) -> None:
    from stationdesk.storage.backup import backup

    with writer(store.path, "--count", "150") as process:
        assert process.stdout
        process.stdout.readline()
        heads = []
        for number in range(5):
            assert verify(store.path).clean
            heads.append(backup(store.path, tmp_path / f"{number}.db"))
        assert len(process.stdout.read().splitlines()) >= 150
    for number, head in enumerate(heads):
        found = verify(tmp_path / f"{number}.db")
        assert (found.clean, found.head) == (True, head)


@pytest.mark.parametrize("times", [1, 3])
def test_the_other_window_sees_what_was_written(store: Store, times: int) -> None:
    other = Store.open(store.path, desk="desk-2")
    seen = other.head()
    with writer(store.path, "--count", str(times)) as process:
        assert process.stdout
        process.stdout.read()
    changes = other.changes_since(seen)
    assert (changes.kinds, changes.seq) == (frozenset({"log_entry"}), seen.seq + times)
    other.close()
