"""Predicted sleepiness against the equations worked out by hand and by a second, cruder piece of code."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import cos, exp, log, pi
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stationdesk.domain.moments import Span
from stationdesk.domain.names import Name
from stationdesk.domain.roster.duties import NIGHT, duty
from stationdesk.domain.roster.fatigue import MODEL, Band, band, predict
from stationdesk.domain.roster.patterns import STANDBY
from stationdesk.domain.roster.sleep import RESTING, USUAL_SLEEP, Sleep, assumed, sleep_said
from stationdesk.domain.rotation import ShiftKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
N = ShiftKind("N", Name("夜班"), 0, 480)
D = ShiftKind("D", Name("早班"), 480, 960)
E = ShiftKind("E", Name("中班"), 960, 1440)
S = ShiftKind("S", Name("全天班"), 480, 480, rest=480)
DAY = date(2026, 12, 8)


def wall(day: int, hour: float) -> datetime:
    """A time of December 2026 on the station's clock."""
    return datetime(2026, 12, day, tzinfo=SHANGHAI).astimezone(UTC) + timedelta(hours=hour)


def test_parameters_are_those_published() -> None:
    assert MODEL.rises == pytest.approx(-0.3814, abs=5e-5)
    assert MODEL.rises == pytest.approx(log((14.3 - 14) / (14.3 - 7.96)) / 8)


def test_alertness_falls_awake_and_rises_asleep_as_worked_out_by_hand() -> None:
    assert MODEL.awake(14.0, 16) == pytest.approx(2.4 + 11.6 * exp(-0.5648))
    # 7.96 rises by 0.801 an hour: 12.2 after 5.294 h, then towards 14.3
    assert MODEL.asleep(7.96, 5) == pytest.approx(7.96 + 5 * 0.80094, abs=1e-3)
    assert MODEL.asleep(7.96, 8) == pytest.approx(14.3 - 2.1 * exp(-0.3814 * (8 - 5.2938)), abs=1e-3)
    assert MODEL.asleep(13.0, 2) == pytest.approx(14.3 - 1.3 * exp(-0.3814 * 2), abs=1e-3)


def test_sleepiness_at_its_best_and_worst_hour() -> None:
    """At 16:48 C is +2.5 and U −0.5; at 04:48 C is −2.5 and U again −0.5."""
    assert MODEL.kss(11.0, 16.8, 10) == pytest.approx(10.6 - 0.6 * (11 + 2.5 - 0.5), abs=1e-5)
    assert MODEL.kss(8.0, 4.8, 20) == pytest.approx(10.6 - 0.6 * (8 - 2.5 - 0.5), abs=1e-5)
    assert (MODEL.kss(0.0, 4.8, 20), MODEL.kss(20.0, 16.8, 20)) == (9.0, 1.0)
    assert MODEL.kss(13.5, 7, 0) - MODEL.kss(13.5, 7, 24) == pytest.approx(0.6 * 5.72, abs=1e-2)


@given(st.floats(0, 14.3), st.floats(0, 12), st.floats(0, 12))
def test_time_asleep_or_awake_in_two_parts_is_the_same_as_in_one(start: float, first: float, second: float) -> None:
    assert MODEL.asleep(MODEL.asleep(start, first), second) == pytest.approx(MODEL.asleep(start, first + second))
    assert MODEL.awake(MODEL.awake(start, first), second) == pytest.approx(MODEL.awake(start, first + second))


def test_the_assumed_sleep_around_each_kind_of_duty() -> None:
    def slept(kind: ShiftKind, day: int = 8) -> list[Span]:
        found = assumed([duty(1, date(2026, 12, day), kind, SHANGHAI)], date(2026, 12, 7), date(2026, 12, 8), SHANGHAI, USUAL_SLEEP, NIGHT)
        return list(found)

    night7, night8 = Span(wall(7, 23), wall(8, 7)), Span(wall(8, 23), wall(9, 7))
    assert slept(D) == [night7, night8]
    assert slept(E) == [night7, Span(wall(9, 1), wall(9, 7))]
    assert slept(N) == [Span(wall(8, 9), wall(8, 14)), night8]
    assert slept(S) == [night7, Span(wall(9, 9), wall(9, 14))]


def test_rest_in_a_24_hour_duty_is_slept_only_where_the_station_says_so() -> None:
    whole = [duty(1, DAY, S, SHANGHAI)]
    assert Span(wall(9, 1), wall(9, 5)) in assumed(whole, DAY, DAY, SHANGHAI, RESTING, NIGHT)
    tired, rested = (predict(1, whole, DAY, DAY + timedelta(days=1), SHANGHAI, each) for each in (USUAL_SLEEP, RESTING))
    assert len(rested.on_duty) == len(tired.on_duty) - 4 == 20
    assert (rested.mean or 0) < (tired.mean or 0)


def test_a_day_off_a_morning_and_a_night_of_duty() -> None:
    days = predict(1, [duty(1, DAY, D, SHANGHAI)], DAY, DAY, SHANGHAI)
    assert [hour.kss is None for hour in days.hours] == [True] * 7 + [False] * 16 + [True]
    assert len(days.on_duty) == 8
    assert days.worst is not None
    assert band(days.worst) == Band.LOW
    night = predict(1, [duty(1, DAY, N, SHANGHAI)], DAY, DAY, SHANGHAI)
    assert night.worst == max(night.on_duty)
    assert band(night.worst or 0) == Band.HIGH
    assert night.high_hours == sum(kss >= 7 for kss in night.on_duty) > 0
    assert predict(1, [duty(1, DAY, STANDBY, SHANGHAI)], DAY, DAY, SHANGHAI).worst is None


def test_a_second_night_is_worse_than_the_first_and_worse_still_without_sleep_by_day() -> None:
    nights = [duty(1, DAY + timedelta(days=n), N, SHANGHAI) for n in range(2)]
    slept = predict(1, nights, DAY, DAY + timedelta(days=1), SHANGHAI).on_duty
    awake = predict(1, nights, DAY, DAY + timedelta(days=1), SHANGHAI, Sleep(day_until=540)).on_duty
    assert len(slept) == len(awake) == 16
    assert slept[:8] == awake[:8]
    assert slept[3] < slept[11] < awake[11]


def test_bands_at_their_edges() -> None:
    assert [band(kss) for kss in (1, 4.99, 5, 6.99, 7, 9)] == [Band.LOW, Band.LOW, Band.MIDDLE, Band.MIDDLE, Band.HIGH, Band.HIGH]


def test_the_assumption_is_said() -> None:
    assert "23:00–07:00" in sleep_said(USUAL_SLEEP)
    assert "50 %" in sleep_said(RESTING)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["D", "E", "N", "S", "."]), min_size=1, max_size=10), st.integers(-1, 1))
def test_hours_agree_with_the_model_walked_minute_by_minute(codes: list[str], zone_hours: int) -> None:
    """Crude and independent: one minute after the other, S changed by its rate; agrees within what the steps blur."""
    zone = (SHANGHAI, ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"))[zone_hours]
    kinds = {"D": D, "E": E, "N": N, "S": S}
    duties = [duty(1, DAY + timedelta(days=n), kinds[code], zone) for n, code in enumerate(codes) if code != "."]
    last = DAY + timedelta(days=len(codes))
    found = predict(1, duties, DAY, last, zone)
    sleeps = assumed(sorted(duties), DAY - timedelta(days=7), last, zone, USUAL_SLEEP, NIGHT)
    moment = datetime.combine(DAY - timedelta(days=7), datetime.min.time(), zone).astimezone(UTC) + timedelta(hours=23)
    s, awake, minute, at = 7.96, 0.0, timedelta(minutes=1), {}
    rises = log(0.3 / 6.34) / 8
    end = found.hours[-1].start + timedelta(hours=1)
    while moment < end:
        asleep = any(span.start <= moment < span.end for span in sleeps)
        local = moment.astimezone(zone)
        tod = local.hour + local.minute / 60
        c, u = 2.5 * cos(pi / 12 * (tod - 16.8)), -0.5 + 0.5 * cos(pi / 6 * (tod - 19.8))
        kss = 10.6 - 0.6 * (s + c + u - 5.72 * exp(-1.51 * awake))
        at[moment] = None if asleep else min(9.0, max(1.0, kss))
        if asleep:
            s, awake = s + (rises * (12.2 - 14.3) if s < 12.2 else -rises * (14.3 - s)) / 60, 0.0
        else:
            s, awake = s + (s - 2.4) * -0.0353 / 60, awake + 1 / 60
        moment += minute
    for hour in found.hours:
        other = at[hour.start + timedelta(minutes=30)]
        assert (hour.kss is None) == (other is None)
        assert hour.kss == pytest.approx(other, abs=0.02) if other is not None else True
