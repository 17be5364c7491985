"""Names, logins, passwords, and how long a wrong one makes one wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain import people

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", ["张伟", "㛃", "𠮷野家", "欧阳娜娜", "O’Brien", "阿卜杜拉·买买提", "A", "名" * 30])
def test_names_of_any_script_are_names(name: str) -> None:
    assert people.check_name(f"  {name} ") == name


@pytest.mark.parametrize("name", ["", "   ", "名" * 31, "张\x00伟", "张\n伟", "张\u200b伟", "\ud800"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(people.NameRuleError):
        people.check_name(name)


def test_a_login_has_one_form() -> None:
    assert people.check_login(" Lead-A ") == people.check_login("ｌｅａｄ－ａ") == "lead-a"
    assert people.check_login("张伟") == "张伟"


@pytest.mark.parametrize("login", ["", "a b", "x" * 33, "a\x00", "a/b"])
def test_what_is_no_login_is_refused(login: str) -> None:
    with pytest.raises(people.LoginRuleError):
        people.check_login(login)


def test_six_digits_are_a_password_and_five_are_not() -> None:
    assert people.check_password("123456") == "123456"
    with pytest.raises(people.PasswordTooShortError):
        people.check_password("12345")
    with pytest.raises(people.PasswordTooLongError):
        people.check_password("x" * 129)


@given(st.integers(0, 10**9))
def test_no_number_of_failures_waits_over_a_minute(failures: int) -> None:
    assert timedelta(0) <= people.wait_after(failures) <= timedelta(seconds=60)
    assert people.wait_after(failures) <= people.wait_after(failures + 1)


def test_two_slips_cost_nothing_and_the_third_two_seconds() -> None:
    assert [people.wait_after(n).total_seconds() for n in range(10)] == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60]


@given(st.lists(st.integers(-3600, 3600)), st.integers(0, 100))
def test_the_wait_left_is_never_over_a_minute(seconds: list[int], later: int) -> None:
    failed = [NOW + timedelta(seconds=n) for n in seconds]
    assert timedelta(0) <= people.wait_left(failed, NOW + timedelta(seconds=later)) <= timedelta(seconds=60)


def test_the_wait_runs_out_and_old_failures_are_forgotten() -> None:
    failed = [NOW - timedelta(seconds=n) for n in (3, 2, 1)]
    assert people.wait_left(failed, NOW) == timedelta(seconds=1)
    assert people.wait_left(failed, NOW + timedelta(seconds=1)) == timedelta(0)
    assert people.wait_left([NOW - timedelta(minutes=16)] * 9, NOW) == timedelta(0)
    assert people.wait_left([NOW + timedelta(days=400)] * 9, NOW) == timedelta(0)


def test_a_role_holds_from_its_start_until_before_its_end() -> None:
    end = NOW + timedelta(days=1)
    assert [people.in_force(NOW, end, at) for at in (NOW - timedelta(seconds=1), NOW, end)] == [False, True, False]
    assert people.in_force(NOW, None, NOW + timedelta(days=9999))
    with pytest.raises(people.PeriodOrderError):
        people.check_period(NOW, NOW)
    people.check_period(NOW, None)
