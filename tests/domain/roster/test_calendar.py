"""Days of work, holidays, make-up workdays, and years nobody has announced."""

from __future__ import annotations

from datetime import date

from stationdesk.domain.names import Name
from stationdesk.domain.roster import Calendar, DayKind, SetDay
from stationdesk.domain.roster.holidays import FIRST_YEAR, LAST_YEAR, MOON, NATIONAL, SPRING, statutory

HOLIDAY = SetDay(DayKind.STATUTORY, Name("元旦", "New Year's Day"))


def test_weekdays_are_worked_unless_something_else_is_set() -> None:
    own = Calendar({date(2026, 1, 1): HOLIDAY, date(2026, 1, 4): SetDay(DayKind.MAKE_UP)}, frozenset({2026}))
    assert [own.kind(date(2026, 1, day)).value for day in range(1, 6)] == ["statutory", "workday", "rest", "make_up", "workday"]
    assert own.workdays(date(2026, 1, 1), date(2026, 1, 5)) == 3
    assert own.name(date(2026, 1, 1)) == HOLIDAY.name
    assert own.provisional(date(2026, 12, 1), date(2027, 1, 31)) == (2027,)


def test_a_year_has_ten_then_eleven_then_thirteen_statutory_days() -> None:
    assert {year: len(statutory(year)) for year in (2004, 2007, 2008, 2024, 2025, 2027)} == {
        2004: 10,
        2007: 10,
        2008: 11,
        2024: 11,
        2025: 13,
        2027: 13,
    }
    assert all(len(statutory(year)) == 13 for year in range(2025, LAST_YEAR + 1))
    assert all(day.year == year for year in range(FIRST_YEAR, LAST_YEAR + 1) for day in statutory(year))
    assert len(statutory(2050)) == 6


def test_the_days_of_2026_as_announced() -> None:
    assert [f"{day:%m-%d}" for day in sorted(statutory(2026))] == [
        "01-01",
        *("02-16", "02-17", "02-18", "02-19"),
        "04-05",
        *("05-01", "05-02"),
        "06-19",
        "09-25",
        *("10-01", "10-02", "10-03"),
    ]


def test_two_festivals_on_one_day_are_two_days() -> None:
    """In 2020 the mid-autumn festival fell on National Day, and 1 to 4 October paid three times."""
    found = statutory(2020)
    assert [found[date(2020, 10, day)] for day in (1, 2, 3, 4)] == [NATIONAL, NATIONAL, NATIONAL, MOON]


def test_new_years_eve_is_statutory_since_2025_and_was_from_2008_to_2013() -> None:
    eves = {2007: date(2007, 2, 17), 2008: date(2008, 2, 6), 2013: date(2013, 2, 9), 2014: date(2014, 1, 30), 2025: date(2025, 1, 28)}
    assert {year: statutory(year).get(day) == SPRING for year, day in eves.items()} == {
        2007: False,
        2008: True,
        2013: True,
        2014: False,
        2025: True,
    }
