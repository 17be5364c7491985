"""The real window on a demo store, offscreen, at a time of one's choosing: for the gallery, for journeys, and to look at a page.

python -m tests.stage --page readings --lang zh_CN --theme light -o readings.png [--db demo.db] [--as lead-b] [--at 2026-11-21T06:42:18]
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from stationdesk.app import Program

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 21, 6, 42, 18, tzinfo=ZONE).astimezone(UTC)
DAYS = 30
FRACTION = timedelta(microseconds=480_063)
"""No real clock stands on a full second."""
_HOME = tempfile.TemporaryDirectory(prefix="stationdesk-stage-", ignore_cleanup_errors=True)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at + FRACTION


@cache
def demo_store(at: datetime = NIGHT, days: int = DAYS) -> Path:
    """A demo store that ends at a time, made once a process."""
    from stationdesk.services.demo import make_demo

    path = Path(_HOME.name) / f"demo-{at:%Y%m%d%H%M}-{days}.db"
    make_demo(path, at=at, days=days)
    return path


def copy_of(store: Path) -> Path:
    """A store of one's own to write in."""
    folder = Path(tempfile.mkdtemp(dir=_HOME.name))
    return Path(shutil.copy(store, folder / "station.db"))


@contextmanager
def window(
    store: Path, clock: Clock, language: str = "zh_CN", theme: str = "light", width: int = 1366, height: int = 768
) -> Iterator[Program]:
    """The program on a store, its database work done at once and delivered by `program.runner.drain()`."""
    from stationdesk.app import Program, application
    from stationdesk.domain import words
    from stationdesk.paths import LANGUAGES, catalogue
    from stationdesk.services import Store
    from stationdesk.ui.shell import language as languages
    from stationdesk.ui.widgets import theme as themes

    for each in LANGUAGES:
        words.install(each, catalogue(each))
    app, place = application(language, None)
    themes.apply(app, theme)
    languages.switch(app, language)
    program = Program(store, place, clock=clock, inline=True)
    program.shell.resize(width, height)
    program.shell.go("now")
    program.shell.show()
    program.use(Store.open(store, clock=clock))
    settle(program)
    try:
        yield program
    finally:
        program.shell.close()
        program.shell.deleteLater()
        program.stop()
        app.sendPostedEvents(None, 0)
        app.processEvents()


def settle(program: Program, rounds: int = 3) -> None:
    """Let every answer be delivered and every paint be done."""
    from PySide6.QtWidgets import QApplication

    if hasattr(program, "idle"):  # not before the window is manned; the clock may have been set on by hours, and nobody has left the desk
        program.idle.touch()
    for _n in range(rounds):
        program.runner.drain()
        QApplication.processEvents()


def pick(program: Program, login: str) -> None:
    """Somebody is picked at the desk."""
    from sqlalchemy import select

    from stationdesk.services import Actor
    from stationdesk.storage.accounts import Account
    from stationdesk.storage.people import Person

    with program.store.read() as session:  # type: ignore[union-attr]
        person = session.scalars(select(Person).join(Account, Account.person_id == Person.id).where(Account.login == login)).one()
        program.runner.actor = Actor(person.id, person.name)
    settle(program)


def main() -> None:
    """Grab one page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", default="now")
    parser.add_argument("--target", default=None)
    parser.add_argument("--lang", default="zh_CN")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--db", type=Path)
    parser.add_argument("--as", dest="login", default="")
    parser.add_argument("--at", default="")
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("-o", type=Path, required=True)
    args = parser.parse_args()
    at = datetime.fromisoformat(args.at).replace(tzinfo=ZONE).astimezone(UTC) if args.at else NIGHT
    width, height = map(int, args.size.split("x"))
    with window(copy_of(args.db or demo_store(at)), Clock(at), args.lang, args.theme, width, height) as program:
        if args.login:
            pick(program, args.login)
        elif args.page != "now" and args.login != "-":
            pick(program, "lead-b")
        program.shell.go(args.page, args.target)
        settle(program)
        program.shell.grab().save(str(args.o))


if __name__ == "__main__":
    main()
