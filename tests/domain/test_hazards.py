"""Hazards: deadlines by grade, and who may close what."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.hazards import (
    DeadlineError,
    GradeUnknownError,
    HazardClosedError,
    HazardGrade,
    HazardState,
    HazardStepError,
    PlaceMissingError,
    SecondPersonError,
    Step,
    StepWordsError,
    Term,
    after_rectifying,
    check_deadline,
    check_hazard,
    check_second,
    deadline,
    grade_data,
    grade_of,
    next_number,
    overdue,
    report_due,
    short_number,
    step,
)
from stationdesk.domain.log import EmptyTextError
from stationdesk.domain.moments import at_wall, format_deadline
from stationdesk.domain.names import Name

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINOR = HazardGrade("minor", Name("一般", "Minor"))
MAJOR = HazardGrade("major", Name("重大", "Major"), Term.HOURS, 24, 15)


def at(minutes: int, day: date = date(2026, 11, 21)) -> datetime:
    return at_wall(day, minutes, SHANGHAI)


@pytest.mark.parametrize(
    ("raised", "shift_end", "shown"),
    [(425, 480, "11-21 24:00"), (1430, 1440, "11-21 24:00"), (1430, 1440 + 480, "11-22 08:00"), (0, 480, "11-21 24:00")],
)
def test_a_small_hazard_is_not_left_overnight(raised: int, shift_end: int, shown: str) -> None:
    assert format_deadline(deadline(MINOR, at(raised), at(shift_end), SHANGHAI), SHANGHAI) == shown


def test_a_large_one_is_reported_at_once() -> None:
    assert report_due(MAJOR, at(425)) == at(440)
    assert report_due(MINOR, at(425)) is None
    assert deadline(MAJOR, at(425), at(480), SHANGHAI) == at(425 + 1440)
    assert deadline(HazardGrade("x", Name("x"), Term.SHIFT), at(425), at(480), SHANGHAI) == at(480)


@given(st.integers(0, 1439), st.integers(0, 720))
def test_a_deadline_is_never_before_the_hazard(raised: int, shift: int) -> None:
    for grade in (MINOR, MAJOR, HazardGrade("x", Name("x"), Term.SHIFT)):
        assert deadline(grade, at(raised), at(raised) + timedelta(minutes=shift), SHANGHAI) >= at(raised)


def test_a_hazard_wants_grade_place_and_words() -> None:
    assert check_hazard("major", "过滤区 F-101", "压差高于 30 kPa", [MINOR, MAJOR]) is MAJOR
    with pytest.raises(GradeUnknownError):
        check_hazard("huge", "x", "y", [MINOR])
    with pytest.raises(PlaceMissingError):
        check_hazard("minor", "  ", "y", [MINOR])
    with pytest.raises(PlaceMissingError):
        check_hazard("minor", "区" * 61, "y", [MINOR])
    with pytest.raises(EmptyTextError):
        check_hazard("minor", "x", " ", [MINOR])
    with pytest.raises(DeadlineError):
        check_deadline(at(425), at(425))


def test_the_life_of_a_hazard() -> None:
    assert step("YH", "open", "assigned") is HazardState.OPEN
    assert step("YH", "open", "rectified", "换滤芯") is HazardState.RECTIFIED
    assert step("YH", "rectified", "sent_back", "仍渗") is HazardState.OPEN
    assert step("YH", "rectified", "closed") is HazardState.CLOSED


@pytest.mark.parametrize(("state", "what"), [("open", "closed"), ("open", "sent_back"), ("rectified", "rectified"), ("open", "raised")])
def test_steps_that_do_not_follow_are_refused(state: str, what: str) -> None:
    with pytest.raises(HazardStepError):
        step("YH", state, what, "words")


@given(st.sampled_from(list(Step)))
def test_a_closed_hazard_never_opens_again(what: Step) -> None:
    with pytest.raises(HazardClosedError):
        step("YH", "closed", what, "words")


@pytest.mark.parametrize("what", ["rectified", "deferred", "reported"])
def test_steps_that_want_words_ask_for_them(what: str) -> None:
    with pytest.raises(StepWordsError):
        step("YH", "open", what, " ")


def test_another_than_the_one_who_fixed_it_closes_it() -> None:
    check_second("YH", rectified_by=1, by=2, on_shift=[1, 2])
    for on_shift in ([1, 2], [1]):
        with pytest.raises(SecondPersonError):
            check_second("YH", rectified_by=1, by=1, on_shift=on_shift)
    assert after_rectifying(1, [1, 2]) == "verify_now"
    assert after_rectifying(1, [1]) == "verify_next"


def test_overdue_is_only_what_is_still_open() -> None:
    assert overdue("open", at(0), at(1))
    assert not overdue("open", at(0), at(0))
    assert not overdue("rectified", at(0), at(1))


def test_numbers_are_those_people_know() -> None:
    assert next_number(2026, ["YH-2026-0118", "YL-2026-0343"]) == "YH-2026-0119"
    assert short_number("YH-2026-0119") == "YH-0119"
    assert short_number("JJB-20261121-1") == "JJB-20261121-1"


def test_a_grade_comes_back_from_its_data() -> None:
    assert [grade_of(grade_data(each)) for each in (MINOR, MAJOR)] == [MINOR, MAJOR]
