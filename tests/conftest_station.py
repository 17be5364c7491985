"""A station to try things on: a gate station with its crews, logins and an open night shift. Made once a session, copied for each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from stationdesk.domain.rotation import Pattern
    from stationdesk.services import Actor, Store

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 20, 22, 42, tzinfo=UTC)
"""06:42 of 2026-11-21 at the station: the night shift 00:00–08:00 of crew b is open."""
MADE = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
PASSWORD = "demo"

CHIEF, SAFETY = "沈浩", "韩梅"
NAMES = (
    ("赵磊", "孙莉", "周涛", "吴敏", "郑凯"),
    ("张伟", "李娜", "王强", "冯洁", "陈晨"),
    ("刘洋", "何静", "高峰", "林芳", "马超"),
    ("黄勇", "徐丽", "胡斌", "朱婷", "郭亮"),
    ("罗军", "梁艳", "宋杰", "唐敏", "许峰"),
)
_HOME = tempfile.TemporaryDirectory(prefix="stationdesk-template-", ignore_cleanup_errors=True)


def make_station(path: Path, *, crews: int = 4, size: int = 3, at: datetime = NIGHT, open_shift: bool = True) -> Store:
    """A store at `path`: crews a, b … of `size` people, logins chief, safety, lead-a, op-a1 …, password "demo"; crew b on duty at `at`."""
    from stationdesk.services import Store

    shutil.copyfile(_template(crews, size, at, open_shift), path)
    return Store.open(path, clock=lambda: at)


def actor(store: Store, login: str) -> Actor:
    """The person of a login."""
    from sqlalchemy import select

    from stationdesk.services import Actor
    from stationdesk.storage.accounts import Account
    from stationdesk.storage.people import Person

    with store.read() as session:
        person = session.scalars(select(Person).join(Account, Account.person_id == Person.id).where(Account.login == login)).one()
        return Actor(person.id, person.name)


@pytest.fixture
def station_store(tmp_path: Path) -> Iterator[Store]:
    """The station of make_station at NIGHT; keys are sealed lightly while the test runs."""
    from stationdesk.storage import keys

    keys.use(keys.LIGHT)
    store = make_station(tmp_path / "station.db")
    yield store
    store.close()
    keys.use(keys.STRONG)


@pytest.fixture
def metered_store(tmp_path: Path) -> Iterator[Store]:
    """08:03 after a metered night (tests/taking_over.py): the relief at the desk, no base reading entered; keys sealed lightly."""
    from stationdesk.storage import keys
    from tests.taking_over import metered_night

    keys.use(keys.LIGHT)
    store = metered_night(tmp_path / "night.db")
    yield store
    store.close()
    keys.use(keys.STRONG)


@cache
def _template(crews: int, size: int, at: datetime, open_shift: bool) -> Path:
    from stationdesk.services import Store
    from stationdesk.storage import keys

    path = Path(_HOME.name) / f"{crews}-{size}-{at:%Y%m%d%H%M}-{open_shift}.db"
    keys.use(keys.LIGHT)
    store = Store.create(path)
    _fill(store, crews, size)
    if open_shift:
        _begin(store, at)
    store.close()
    keys.use(keys.STRONG)
    return path


def _fill(store: Store, crews: int, size: int) -> None:
    """The profile's station with its people; set up long before, so that limits and rotation are in force for weeks."""
    from stationdesk.services import PROGRAM
    from stationdesk.services.profile import Plant, furnish, read_profile

    profile = read_profile("gate-station")
    pattern = next(each for each in profile.patterns if len(each.phases) == crews)
    named = tuple((code, each.name) for code, each in zip("abcde", profile.crews, strict=False))[:crews]
    with store.write(PROGRAM, "init", MADE) as session:
        furnish(session, profile, Plant(pattern=pattern.code, crews=named, start=_start(pattern), official_from=MADE), MADE)
        _put(session, CHIEF, "chief", "chief")
        _put(session, SAFETY, "safety", "safety")
        for code, names in list(zip("abcde", NAMES, strict=True))[:crews]:
            for n, name in enumerate(names[:size]):
                _put(session, name, "operator" if n else "leader", f"op-{code}{n}" if n else f"lead-{code}", crew=code)


def _start(pattern: Pattern) -> date:
    """The first day of a cycle in which crew b, or the only one, works the shift of NIGHT."""
    from stationdesk.domain.rotation import Plan, covering

    codes = tuple("abcde"[: len(pattern.phases)])
    days = [MADE.date() - timedelta(days=n) for n in range(len(pattern.cycle))]
    wanted = codes[min(1, len(codes) - 1)]
    return next(day for day in days if any(shift.crew == wanted for shift in covering(Plan(pattern, codes, day), NIGHT, ZONE)))


def _put(session: Session, name: str, role: str, login: str, crew: str = "") -> None:
    from stationdesk.services.people import add_account, put_in_crew, put_person, put_role
    from stationdesk.storage import keys

    person = put_person(session, name, post=role)
    person.number, person.phone = f"Q{100 + person.id}", f"80{person.id:02}"
    put_role(session, person.id, role, -1, MADE)
    if crew:
        put_in_crew(session, person.id, crew, MADE, leader=role == "leader")
    add_account(session, person.id, login, keys.new(PASSWORD, person.id), PASSWORD, -1, MADE)


def _begin(store: Store, at: datetime) -> None:
    """Crew of the shift of `at` signs on as it begins, its leader opens it."""
    from stationdesk.services.shifts import SignOn, open_first_shift, planned, sign_on

    with store.read() as session:
        shift = planned(session, at)
    assert shift is not None
    assert shift.crew is not None
    leader, *others = shift.crew.members
    begins = shift.starts_at
    open_first_shift(store, _person(leader), at=begins + timedelta(minutes=2))
    for n, person_id in enumerate(others):
        sign_on(store, _person(person_id), person_id, SignOn(shift="open"), at=begins + timedelta(minutes=3 + n))


def _person(person_id: int) -> Actor:
    from stationdesk.services import Actor

    return Actor(person_id)
