"""In which shift a checklist is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.checklists import Done, DueState, Period, PeriodError, due, due_days, in_order, period_data, period_of

SATURDAY = date(2026, 11, 21)
WEEKLY = period_of({"every": "week", "weekday": 1, "kinds": ["D"]})
MONTHLY = period_of({"every": "month", "day": 25})
DAILY = period_of({"every": "day", "kinds": ["N"], "months": [11, 12, 1, 2, 3]})
EACH = period_of({"every": "shift"})
RANDOM = period_of({"every": "random", "times": 2})
PERIODS = st.sampled_from(
    [WEEKLY, MONTHLY, DAILY, EACH, RANDOM, period_of({"every": "month", "day": -1}), period_of({"every": "month", "day": 31})]
)
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 1))


def state(period: Period, day: date, kind: str = "D", done: tuple[Done, ...] = (), part: int = 1) -> DueState:
    return due(period, day, kind, done, part=part).state


def test_a_list_of_each_shift_is_due_in_each() -> None:
    assert state(EACH, SATURDAY, "N") is DueState.DUE
    assert state(EACH, SATURDAY, "N", (Done(SATURDAY, "N"),)) is DueState.DONE
    assert state(EACH, SATURDAY, "D", (Done(SATURDAY, "N"),)) is DueState.DUE
    assert state(EACH, SATURDAY, "N", (Done(SATURDAY, "N"),), part=2) is DueState.DUE


def test_a_daily_list_belongs_to_its_shift_and_season() -> None:
    assert state(DAILY, SATURDAY, "N") is DueState.DUE
    assert state(DAILY, SATURDAY, "D") is DueState.NOT_DUE
    assert state(DAILY, date(2026, 7, 1), "N") is DueState.NOT_DUE
    assert state(DAILY, SATURDAY, "D", (Done(SATURDAY, "N"),)) is DueState.DONE


def test_a_weekly_list_stays_due_until_sunday() -> None:
    monday = date(2026, 11, 16)
    assert state(WEEKLY, monday) is DueState.DUE
    assert state(WEEKLY, SATURDAY) is DueState.OVERDUE
    assert state(WEEKLY, SATURDAY, done=(Done(monday, "D"),)) is DueState.DONE
    assert state(WEEKLY, SATURDAY, done=(Done(monday - timedelta(days=1), "D"),)) is DueState.OVERDUE
    friday = period_of({"every": "week", "weekday": 5})
    assert state(friday, monday) is DueState.NOT_DUE
    assert state(friday, SATURDAY, done=(Done(monday, "D"),)) is DueState.DONE


def test_a_monthly_list_stays_due_to_the_end_of_the_month() -> None:
    assert state(MONTHLY, date(2026, 11, 24)) is DueState.NOT_DUE
    assert state(MONTHLY, date(2026, 11, 25)) is DueState.DUE
    assert state(MONTHLY, date(2026, 11, 30)) is DueState.OVERDUE
    assert state(MONTHLY, date(2026, 11, 30), done=(Done(date(2026, 11, 3), "D"),)) is DueState.DONE
    assert state(MONTHLY, date(2026, 12, 25), done=(Done(date(2026, 11, 25), "D"),)) is DueState.DUE


@pytest.mark.parametrize(("day", "last"), [(date(2024, 2, 1), 29), (date(2025, 2, 1), 28), (date(2026, 4, 1), 30), (date(2026, 12, 1), 31)])
def test_the_last_day_of_a_month_is_its_last(day: date, last: int) -> None:
    for period in (period_of({"every": "month", "day": -1}), period_of({"every": "month", "day": 31})):
        assert due_days(period, day) == (day.replace(day=last), day.replace(day=last))


def test_a_random_list_hints_and_is_due_only_at_the_end() -> None:
    assert state(RANDOM, date(2026, 11, 5)) is DueState.HINT
    assert state(RANDOM, date(2026, 11, 29)) is DueState.DUE
    assert state(RANDOM, date(2026, 11, 29), done=(Done(date(2026, 11, 5), "D"),)) is DueState.HINT
    assert state(RANDOM, date(2026, 11, 6), done=(Done(date(2026, 11, 5), "D"), Done(date(2026, 11, 6), "D"))) is DueState.DONE


@given(PERIODS, DAYS, st.sampled_from("NDE"))
def test_what_is_done_in_its_shift_is_not_owed(period: Period, day: date, kind: str) -> None:
    before = due(period, day, kind, ())
    after = due(period, day, kind, [Done(day, kind)] * period.times)
    assert not after.owed
    if before.owed:
        assert after.state is DueState.DONE
        assert before.first <= day <= before.last


@given(DAYS)
def test_each_period_comes_once_whatever_the_calendar(day: date) -> None:
    done: list[Done] = []
    for n in range(70):
        now = day + timedelta(days=n)
        if due(MONTHLY, now, "D", done).owed:
            done.append(Done(now, "D"))
    months = [(each.day.year, each.day.month) for each in done]
    assert len(months) == len(set(months)) >= 2


@pytest.mark.parametrize(
    "data", [{}, {"every": "year"}, {"every": "week", "weekday": 8}, {"every": "month", "day": 0}, {"every": "day", "months": [13]}]
)
def test_what_is_no_period_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(PeriodError):
        period_of(data)


@given(PERIODS)
def test_a_period_comes_back_from_its_data(period: Period) -> None:
    assert period_of(period_data(period)) == period


def test_overdue_lists_come_first_and_others_not_at_all() -> None:
    states = {"a": due(EACH, SATURDAY, "D", ()), "b": due(WEEKLY, SATURDAY, "D", ()), "c": due(DAILY, SATURDAY, "D", ())}
    assert in_order(["a", "b", "c"], states) == ("b", "a")
