"""The program's writer, for tests that kill it or run several: it writes duty log entries and prints each number once it is durable.

python -m tests.writer STORE --desk desk-2 --count 200     so many, then the end
python -m tests.writer STORE --forks                       for each line read: a new process that writes until it is killed
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from stationdesk.cli.log import patiently
from stationdesk.domain.permissions import ALLOWED, Role
from stationdesk.services import Actor, Store
from stationdesk.storage import drafts
from stationdesk.storage.log import LogEntry

ALLOWED.setdefault("try_it", frozenset({Role.OPERATOR}))
PERSON = 1


def write(path: Path, desk: str, number: int | None) -> None:
    """Write `number` entries, or until killed; every third time a draft as well."""
    store = Store.open(path, desk=desk)
    for turn in count() if number is None else range(number):
        number_of = patiently(partial(enter, store, desk, turn))
        say(f"entry {number_of}")
        if turn % 3 == 0:
            patiently(partial(keep, store, number_of))
            say(f"draft {number_of}")
    store.close()


def enter(store: Store, desk: str, turn: int) -> int:
    """One entry; its number."""
    at = datetime.now(UTC)
    with store.write(Actor(PERSON), "try_it", at) as session:
        entry = LogEntry(category="run", text=f"{desk} 第 {turn} 条：调压器出口压力正常", time=at, at=at, by_id=PERSON)
        session.add(entry)
    return entry.id


def keep(store: Store, number: int) -> int:
    """A draft beside it."""
    drafts.save(store, PERSON, "log.entry", str(number), at=datetime.now(UTC))
    return number


def say(line: str) -> None:
    """One line in one system call: never half a line, and nothing left in a buffer."""
    os.write(1, f"{line}\n".encode())


def serve(path: Path) -> None:
    """One import for many short lives."""
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                write(path, "desk-1", None)
            finally:
                os._exit(1)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("end")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("--desk", default="desk-1")
    parser.add_argument("--count", type=int)
    parser.add_argument("--forks", action="store_true")
    chosen = parser.parse_args()
    if chosen.forks:
        serve(chosen.store)
    else:
        write(chosen.store, chosen.desk, chosen.count)


if __name__ == "__main__":
    main()
