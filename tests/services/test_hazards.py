"""Hazards against a real store: raised with a deadline by grade, fixed, looked at by another, closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from stationdesk.domain import words
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.hazards import (
    DeadlineError,
    GradeUnknownError,
    HazardClosedError,
    HazardState,
    HazardStepError,
    PlaceMissingError,
    SecondPersonError,
    Step,
    StepWordsError,
)
from stationdesk.domain.log import EmptyTextError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.services import Actor, Store, hazards, log
from stationdesk.services.notices import unseen
from stationdesk.services.shifts import current
from stationdesk.storage import keys
from tests.conftest_station import NIGHT, ZONE, actor, make_station

HOUR = timedelta(hours=1)


@pytest.fixture
def leader(station_store: Store) -> Actor:
    return actor(station_store, "lead-b")


@pytest.fixture
def operator(station_store: Store) -> Actor:
    return actor(station_store, "op-b1")


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Store]:
    """A station whose crews are one person each."""
    keys.use(keys.LIGHT)
    store = make_station(tmp_path / "alone.db", size=1)
    yield store
    store.close()
    keys.use(keys.STRONG)


def raised(store: Store, who: Actor, grade: str = "minor", **more: object) -> int:
    return hazards.raise_hazard(store, who, grade, "过滤区", "过滤器 F-101 压差高", at=NIGHT, **more)  # type: ignore[arg-type]


def view(store: Store, hazard_id: int, at: datetime = NIGHT) -> hazards.HazardView:
    return hazards.hazard_life(store, hazard_id, at).hazard


def refusals(store: Store, hazard_id: int, who: Actor) -> dict[Step, DomainError | None]:
    return {each.what: each.refusal for each in hazards.hazard_life(store, hazard_id, NIGHT, who.person_id).offers}


def test_small_one_is_due_the_same_night_and_a_large_one_is_told_to_the_chief(station_store: Store, operator: Actor) -> None:
    small, large = raised(station_store, operator), raised(station_store, operator, "major")
    one, two = view(station_store, small), view(station_store, large)
    assert f"{one.deadline.astimezone(ZONE):%m-%d %H:%M}" == "11-22 00:00"  # 11-21 24:00
    assert two.deadline == NIGHT + 24 * HOUR
    assert (one.number, two.number) == ("YH-2026-0001", "YH-2026-0002")
    assert (one.report_owed, two.report_owed, two.report_due) == (False, True, NIGHT + timedelta(minutes=15))
    assert [(each.kind, each.subject_id) for each in unseen(station_store)] == [("hazard_to_report", large)]
    hazards.report_hazard(station_store, operator, large, "电话报沈浩", two.version, at=NIGHT)
    assert not view(station_store, large).report_owed


def test_wrong_input_is_refused_and_leaves_nothing(station_store: Store, operator: Actor) -> None:
    for grade, place, text, refusal in (
        ("huge", "过滤区", "x", GradeUnknownError),
        ("minor", " ", "x", PlaceMissingError),
        ("minor", "区" * 61, "x", PlaceMissingError),
        ("minor", "过滤区", " ", EmptyTextError),
    ):
        with pytest.raises(refusal):
            hazards.raise_hazard(station_store, operator, grade, place, text, at=NIGHT)
    with pytest.raises(hazards.OwnerUnknownError):
        raised(station_store, operator, owner_id=4711)
    assert hazards.hazards_view(station_store, NIGHT) == ()


def test_life_from_raising_to_closing_by_another(station_store: Store, leader: Actor, operator: Actor) -> None:
    hazard = raised(station_store, operator, owner_id=operator.person_id)
    hazards.assign_hazard(station_store, leader, hazard, leader.person_id, 1, at=NIGHT)
    hazards.defer_hazard(station_store, leader, hazard, NIGHT + 48 * HOUR, "滤芯后天到", view(station_store, hazard).version, at=NIGHT)
    answer = hazards.rectify_hazard(
        station_store, operator, hazard, "换滤芯，压差 12", view(station_store, hazard).version, at=NIGHT + HOUR
    )
    assert answer == "verify_now"
    hazards.send_back_hazard(station_store, leader, hazard, "密封面还渗", view(station_store, hazard).version, at=NIGHT + HOUR)
    assert view(station_store, hazard).state is HazardState.OPEN
    hazards.rectify_hazard(station_store, operator, hazard, "重装密封圈", view(station_store, hazard).version, at=NIGHT + 2 * HOUR)
    hazards.close_hazard(station_store, leader, hazard, "", view(station_store, hazard).version, at=NIGHT + 3 * HOUR)
    life = hazards.hazard_life(station_store, hazard, NIGHT + 4 * HOUR)
    assert [each.what for each in life.steps] == [
        Step.RAISED,
        Step.ASSIGNED,
        Step.DEFERRED,
        Step.RECTIFIED,
        Step.SENT_BACK,
        Step.RECTIFIED,
        Step.CLOSED,
    ]
    closed = life.hazard
    assert (closed.state, closed.owner, closed.rectified_by, closed.closed_by) == (HazardState.CLOSED, "张伟", "李娜", "张伟")
    assert (life.steps[2].deadline, life.steps[1].owner) == (NIGHT + 48 * HOUR, "张伟")
    assert hazards.hazards_view(station_store, NIGHT) == ()
    assert [each.hazard_id for each in hazards.hazards_view(station_store, NIGHT, closed=True)] == [hazard]
    with pytest.raises(HazardClosedError):
        hazards.report_hazard(station_store, leader, hazard, "x", closed.version, at=NIGHT + 4 * HOUR)


def test_who_fixed_it_may_not_close_it_while_others_are_there(station_store: Store, leader: Actor, operator: Actor) -> None:
    hazard = raised(station_store, operator)
    hazards.rectify_hazard(station_store, operator, hazard, "已换", 1, at=NIGHT)
    own, others = refusals(station_store, hazard, operator), refusals(station_store, hazard, leader)
    assert isinstance(own[Step.CLOSED], SecondPersonError)
    assert others[Step.CLOSED] is None
    with pytest.raises(SecondPersonError):
        hazards.close_hazard(station_store, operator, hazard, "", view(station_store, hazard).version, at=NIGHT)
    assert view(station_store, hazard).state is HazardState.RECTIFIED


def test_alone_it_stands_as_fixed_and_waits_for_the_next(alone: Store) -> None:
    lone, chief = actor(alone, "lead-b"), actor(alone, "chief")
    hazard = raised(alone, lone)
    assert hazards.rectify_hazard(alone, lone, hazard, "已换", 1, at=NIGHT) == "verify_next"
    with pytest.raises(SecondPersonError):
        hazards.close_hazard(alone, lone, hazard, "", view(alone, hazard).version, at=NIGHT)
    hazards.close_hazard(alone, chief, hazard, "看过", view(alone, hazard).version, at=NIGHT)
    assert view(alone, hazard).state is HazardState.CLOSED


def test_steps_that_do_not_fit_say_why(station_store: Store, leader: Actor, operator: Actor) -> None:
    hazard = raised(station_store, operator)
    found = refusals(station_store, hazard, operator)
    assert {step for step, refusal in found.items() if refusal is None} == {Step.REPORTED, Step.RECTIFIED}
    assert isinstance(found[Step.ASSIGNED], NotAllowedError)
    assert isinstance(found[Step.CLOSED], HazardStepError)
    for words_ in ("", "  "):
        with pytest.raises(StepWordsError):
            hazards.rectify_hazard(station_store, operator, hazard, words_, 1, at=NIGHT)
    with pytest.raises(DeadlineError):
        hazards.defer_hazard(station_store, leader, hazard, NIGHT, "x", 1, at=NIGHT)
    with pytest.raises(NotAllowedError):
        hazards.defer_hazard(station_store, operator, hazard, NIGHT + HOUR, "x", 1, at=NIGHT)
    with pytest.raises(hazards.NoSuchHazardError):
        hazards.hazard_life(station_store, 99, NIGHT)
    for refusal in found.values():
        with words.speaking("zh_CN"):
            assert refusal is None or say(refusal)


def test_two_at_once_are_told_in_words(station_store: Store, leader: Actor, operator: Actor) -> None:
    hazard = raised(station_store, operator)
    hazards.rectify_hazard(station_store, operator, hazard, "已换", 1, at=NIGHT)
    with pytest.raises(ChangedMeanwhileError):
        hazards.rectify_hazard(station_store, leader, hazard, "已换", 1, at=NIGHT)


def test_overdue_is_seen_and_a_fixed_one_is_not_overdue(station_store: Store, operator: Actor) -> None:
    hazard = raised(station_store, operator)
    later = NIGHT + 48 * HOUR
    assert (view(station_store, hazard).overdue, view(station_store, hazard, later).overdue) == (False, True)
    hazards.rectify_hazard(station_store, operator, hazard, "已换", 1, at=NIGHT)
    assert not view(station_store, hazard, later).overdue


def test_open_ones_stand_by_deadline_and_facts_tell_them(station_store: Store, operator: Actor) -> None:
    first = raised(station_store, operator, "major")
    second = raised(station_store, operator)
    assert [each.hazard_id for each in hazards.hazards_view(station_store, NIGHT)] == [second, first]
    with station_store.read() as session:
        shift = current(session)
        assert shift is not None
        facts = hazards.facts(session, shift, NIGHT + 20 * HOUR)
    assert [(each.id, each.overdue, each.report_owed) for each in facts.open] == [(second, True, False), (first, False, True)]


def test_raised_from_an_entry_it_is_seen_there(station_store: Store, operator: Actor) -> None:
    entry = log.write_entry(station_store, operator, "operation", "压差高", at=NIGHT)
    hazard = raised(station_store, operator, source_kind="log_entry", source_id=entry, source_time=NIGHT)
    assert log.entry(station_store, entry).hazards == ((hazard, "YH-2026-0001"),)
    assert view(station_store, hazard).source == hazards.Source("log_entry", entry, NIGHT)
