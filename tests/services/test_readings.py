"""Readings through a real store: saved first, asked after, corrected, explained, shown."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from stationdesk.domain.limits import Limits
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import NumberError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.plausibility import AboveDesignError, DuplicateHourError, FutureHourError, NotAnHourError, TemperatureOutsideError
from stationdesk.domain.points import NothingOwedError, NothingReadError, PointVersionPastError, UnknownPointError
from stationdesk.domain.questions import Kind
from stationdesk.domain.readings import CorrectionWordsError, ExplanationWordsError, GapRangeError, SameValueError, ShiftReadError
from stationdesk.services import Actor, Store
from stationdesk.services import readings as use
from stationdesk.services.handover import handover_view
from stationdesk.services.now import now_view
from stationdesk.services.readings import HourLine, PointText, ShiftLine
from stationdesk.services.readings.kept import HOUR, kept_around, kept_between
from stationdesk.services.settings import versions
from stationdesk.services.shifts import current
from stationdesk.storage.shifts import Shift
from tests import night
from tests.conftest_station import MADE, NIGHT, actor
from tests.night import SEVEN, hour_of

FIVE_PAST = SEVEN + timedelta(minutes=5)
PI, P2, DP, FLOW, COUNT = 0, 4, 6, 7, 8  # places in the grid


@pytest.fixture
def points(station_store: Store) -> list[int]:
    return night.make_points(station_store)


@pytest.fixture
def store(station_store: Store, points: list[int]) -> Store:
    """The night is read until 06:00."""
    night.take_night(station_store, points)
    return station_store


@pytest.fixture
def person(station_store: Store) -> Actor:
    return actor(station_store, "op-b1")


def cell(store: Store, point_id: int, hour: datetime, at: datetime = FIVE_PAST) -> use.CellView | None:
    view = use.day_view(store, NIGHT, at)
    return next(line.cells.get(point_id) for line in view.hours() if line.time == hour)


def end_shift(store: Store, at: datetime) -> None:
    """Hand the open shift over, as far as readings care."""
    with store.write(actor(store, "lead-b"), "sign_off", at) as session:
        shift = session.get_one(Shift, current(session).id)  # type: ignore[union-attr]
        shift.closed_at = at


def test_a_value_is_kept_as_typed_and_said_to_be_on_time(store, points, person):
    taken = use.take_reading(store, person, points[PI], SEVEN, "２。４０", at=FIVE_PAST)
    assert (str(taken.value), taken.nth, taken.question, taken.grade, taken.owed, taken.on_time) == ("2.40", 0, None, "", False, True)
    kept = cell(store, points[PI], SEVEN)
    assert kept is not None
    assert (str(kept.value), kept.by, kept.late) == ("2.40", "李娜", False)


def test_a_doubtful_value_is_saved_before_it_is_asked_about(store, points, person):
    taken = use.take_reading(store, person, points[P2], SEVEN, "342", at=FIVE_PAST)
    assert taken.question is not None
    assert (taken.question.kind, taken.question.proposed, taken.owed) == (Kind.THOUSANDTH, Decimal("0.342"), True)
    kept = cell(store, points[P2], SEVEN)
    assert kept is not None
    assert (kept.value, kept.doubt, kept.owed) == (Decimal(342), "thousandth", True)
    mended = use.correct_reading(store, person, points[P2], SEVEN, "0.342", words="unit", at=FIVE_PAST)
    assert (mended.question, mended.owed, mended.nth) == (None, False, 1)
    kept = cell(store, points[P2], SEVEN)
    assert kept is not None
    assert (kept.value, kept.old, kept.doubt, kept.owed) == (Decimal("0.342"), (Decimal(342),), "", False)


@pytest.mark.parametrize(
    ("place", "hour", "typed", "error"),
    [
        (PI, SEVEN, "abc", NumberError),
        (PI, SEVEN, "", NumberError),
        (PI, SEVEN, "12,5", NumberError),
        (PI, SEVEN, "9" * 40, NumberError),
        (PI, SEVEN, "8.8", AboveDesignError),
        (1, SEVEN, "900", TemperatureOutsideError),
        (PI, SEVEN + timedelta(hours=1), "2.4", FutureHourError),
        (PI, SEVEN + timedelta(minutes=5), "2.4", NotAnHourError),
        (PI, SEVEN - timedelta(hours=1), "2.4", DuplicateHourError),
    ],
)
def test_what_cannot_be_a_value_is_refused_and_nothing_is_saved(store, points, person, place, hour, typed, error):
    head = store.head()
    with pytest.raises(error):
        use.take_reading(store, person, points[place], hour, typed, at=FIVE_PAST)
    assert store.head() == head


def test_an_unknown_point_and_a_stranger_are_refused(store, points, person):
    with pytest.raises(UnknownPointError):
        use.take_reading(store, person, 999, SEVEN, "1", at=FIVE_PAST)
    with pytest.raises(NotAllowedError):
        use.take_reading(store, Actor(-2), points[PI], SEVEN, "2.4", at=FIVE_PAST)


@pytest.mark.parametrize(("minutes", "late"), [(-10, False), (15, False), (16, True)])
def test_on_time_is_from_ten_minutes_before_to_fifteen_after(store, points, person, minutes, late):
    at = SEVEN + timedelta(minutes=minutes)
    assert use.take_reading(store, person, points[PI], SEVEN, "2.4", at=at).late is late
    kept = cell(store, points[PI], SEVEN, at)
    assert kept is not None
    assert (kept.late, kept.how) == (late, "late" if late else "typed")
    assert kept.at == at


def test_an_hour_is_saved_in_one_entry_and_what_is_refused_does_not_stop_the_rest(store, points, person):
    before = store.head().seq
    texts = dict(zip(points, night.PAPER, strict=True)) | {points[DP]: "abc", points[1]: "900"}
    result = use.take_hour(store, person, SEVEN, texts, at=FIVE_PAST)
    assert store.head().seq == before + 1
    assert len(result.taken) == 10
    assert {each.point_id: type(each.error) for each in result.refused} == {points[1]: TemperatureOutsideError, points[DP]: NumberError}
    again = use.take_hour(store, person, SEVEN, {points[PI]: "2.41"}, at=FIVE_PAST)
    assert [type(each.error) for each in again.refused] == [DuplicateHourError]


def test_an_empty_hour_writes_nothing(store, points, person):
    head = store.head()
    assert use.take_hour(store, person, SEVEN, {points[PI]: "  "}, at=FIVE_PAST) == use.HourTaken((), ())
    assert store.head() == head


def test_a_pasted_block_corrects_what_stands_and_leaves_what_is_the_same(store, points, person):
    cells = [(points[PI], hour_of("05"), "2.44"), (points[PI], hour_of("06"), "2.41"), (points[PI], SEVEN, "2.40")]
    result = use.paste_block(store, person, cells, at=FIVE_PAST)
    assert [(each.hour, each.nth) for each in result.taken] == [(hour_of("05"), 1), (SEVEN, 0)]
    assert result.refused == ()
    kept = cell(store, points[PI], hour_of("05"))
    assert kept is not None
    assert (kept.value, kept.old, kept.words) == (Decimal("2.44"), (Decimal("2.43"),), "pasted")


def test_a_correction_keeps_the_old_value_and_wants_a_reason(store, points, person):
    with pytest.raises(CorrectionWordsError):
        use.correct_reading(store, person, points[PI], hour_of("05"), "2.44", words=" ", at=FIVE_PAST)
    with pytest.raises(SameValueError):
        use.correct_reading(store, person, points[PI], hour_of("05"), "2.43", words="typing", at=FIVE_PAST)
    with pytest.raises(NothingReadError):
        use.correct_reading(store, person, points[PI], SEVEN, "2.43", words="typing", at=FIVE_PAST)
    use.correct_reading(store, person, points[PI], hour_of("05"), "2.44", words="misread", at=FIVE_PAST)
    use.correct_reading(store, person, points[PI], hour_of("05"), "2.45", words="noch einmal", at=FIVE_PAST)
    corrections = [each for each in use.day_view(store, NIGHT, FIVE_PAST).corrections if each.time == hour_of("05")]
    assert [(each.old, each.new, each.why) for each in corrections] == [
        (Decimal("2.43"), Decimal("2.44"), "misread"),
        (Decimal("2.44"), Decimal("2.45"), "noch einmal"),
    ]


def test_after_the_handover_only_corrections_are_taken_and_they_say_so(store, points, person):
    done = hour_of("08") + timedelta(minutes=4)
    use.take_hour(store, person, hour_of("08"), dict(zip(points, night.PAPER, strict=True)), at=done - timedelta(minutes=2))
    end_shift(store, done)
    later = done + timedelta(minutes=30)
    person = actor(store, "lead-b")
    with pytest.raises(ShiftReadError):
        use.take_reading(store, person, points[PI], SEVEN, "2.40", at=later)
    taken = use.correct_reading(store, person, points[PI], hour_of("06"), "2.42", words="misread", at=later)
    assert taken.nth == 1
    view = use.day_view(store, NIGHT, later)
    line = next(each for each in view.hours() if each.time == hour_of("06"))
    assert (line.phase, line.cells[points[PI]].after_close) == ("past", True)
    assert [each.after_close for each in view.corrections if each.time == hour_of("06")] == [True]


def test_the_grid_groups_hours_by_shift_and_counts_what_is_read(store):
    view = use.day_view(store, NIGHT, FIVE_PAST)
    lines = [line for line in view.lines if isinstance(line, ShiftLine)]
    assert [(str(line.name), line.state, line.done, line.due) for line in lines][-1] == ("Night", "open", 7, 9)
    hours = view.hours()
    assert (len(hours), hours[0].time, hours[-1].time) == (25, SEVEN - timedelta(hours=23), SEVEN + timedelta(hours=1))
    assert [line.phase for line in hours[-3:]] == ["shift", "now", "future"]
    assert isinstance(view.lines[-1], HourLine)  # the closing hour stands under the shift it closes
    assert (view.hour, view.on_time_until) == (SEVEN, SEVEN + timedelta(minutes=15))


def test_the_grade_is_by_the_limits_in_force_when_it_was_read(store, points, person):
    chief = actor(store, "chief")
    point = use.points_view(store, NIGHT)[DP]
    text = PointText(
        point.position, point.group, point.name, point.unit, point.quantity, point.decimals, Limits(h=Decimal(40), hh=Decimal(60))
    )
    use.set_point_version(store, chief, points[DP], text, at=FIVE_PAST, valid_from=SEVEN)
    use.take_reading(store, person, points[DP], SEVEN, "34", at=FIVE_PAST)
    assert cell(store, points[DP], hour_of("06")).grade == "amber"  # type: ignore[union-attr]
    assert cell(store, points[DP], SEVEN).grade == ""  # type: ignore[union-attr]
    assert [[(each.field, each.before, each.after) for each in version.changes] for version in versions(store, "point", points[DP])] == [
        [("h", Decimal(30), Decimal(40)), ("hh", Decimal(50), Decimal(60)), ("design", Decimal(100), None)],
        [],
    ]


def test_a_version_dated_before_values_that_were_read_is_refused(store, points):
    chief = actor(store, "chief")
    point = use.points_view(store, NIGHT)[PI]
    text = PointText(point.position, point.group, point.name, point.unit, point.quantity, limits=Limits(h=Decimal(3)))
    with pytest.raises(PointVersionPastError) as refused:
        use.set_point_version(store, chief, points[PI], text, at=FIVE_PAST, valid_from=hour_of("06"))
    assert "06:00" in str(refused.value)
    with pytest.raises(NotAllowedError):
        use.set_point_version(store, actor(store, "op-b1"), points[PI], text, at=FIVE_PAST)


def test_a_point_added_is_read_from_then_on_and_a_retired_one_is_not(store, points, person):
    chief = actor(store, "chief")
    made = use.add_point(store, chief, "LI-1", "gauge", PointText(20, Name("加臭", "Odorant"), Name("液位", "Level"), "%"), at=SEVEN)
    with pytest.raises(UnknownPointError):
        use.take_reading(store, person, made, hour_of("06"), "40", at=FIVE_PAST)
    use.take_reading(store, person, made, SEVEN, "40", at=FIVE_PAST)
    use.retire_point(store, chief, made, at=FIVE_PAST)
    with pytest.raises(UnknownPointError):
        use.take_reading(store, person, made, hour_of("08"), "40", at=hour_of("08"))
    shown = use.day_view(store, NIGHT, FIVE_PAST).points
    assert shown[-1].code == "LI-1"  # its values of this day are still seen


def test_words_are_owed_once_for_as_long_as_it_goes_on_and_again_when_it_gets_worse(store, points, person):
    assert [(each.point.point_id, each.since, each.grade) for each in use.day_view(store, NIGHT, FIVE_PAST).owed] == [
        (points[DP], hour_of("06"), "amber")
    ]
    with pytest.raises(ExplanationWordsError):
        use.explain(store, person, points[DP], hour_of("06"), at=FIVE_PAST, words="  ")
    use.explain(store, person, points[DP], hour_of("06"), at=FIVE_PAST, code="filter")
    with pytest.raises(NothingOwedError):
        use.explain(store, person, points[DP], hour_of("06"), at=FIVE_PAST, words="twice")
    assert not use.take_reading(store, person, points[DP], SEVEN, "36", at=FIVE_PAST).owed
    assert use.day_view(store, NIGHT, FIVE_PAST).owed == ()
    eight = hour_of("08")
    assert use.take_reading(store, person, points[DP], eight, "55", at=eight).owed
    owed = use.day_view(store, NIGHT, eight).owed
    assert [(each.since, each.until, each.grade, each.value) for each in owed] == [(hour_of("06"), eight, "red", Decimal(55))]
    use.explain(store, person, points[DP], hour_of("06"), at=eight, words="strainer clogged")
    view = use.day_view(store, NIGHT, eight)
    assert (view.owed, [each.text for each in view.explained]) == ((), ["Filter element to be changed", "strainer clogged"])


def test_what_is_read_before_the_hour_strikes_is_explained_at_once(store, points, person):
    eight, before = hour_of("08"), hour_of("08") - timedelta(minutes=8)
    assert use.take_reading(store, person, points[DP], eight, "55", at=before).owed
    assert use.take_reading(store, person, points[PI], eight, "2.10", at=before).owed
    for owed in use.day_view(store, NIGHT, before).owed:
        use.explain(store, person, owed.point.point_id, owed.since, at=before, words="told to the chief")
    assert use.day_view(store, NIGHT, before).owed == ()


def test_a_run_that_began_days_ago_keeps_its_words(station_store, points, person):
    start = hour_of("00") - timedelta(days=9)
    for n in range(0, 9 * 24, 3):
        hour = start + timedelta(hours=n)
        use.take_reading(station_store, actor(station_store, "chief"), points[DP], hour, "34", at=hour)
    use.explain(station_store, person, points[DP], start, at=start + timedelta(hours=4), code="filter")
    view = use.day_view(station_store, NIGHT, NIGHT)
    assert view.owed == ()
    assert [each.since for each in view.explained] == [start]


def test_a_fine_value_that_stands_still_is_asked_about_and_a_coarse_one_is_not(station_store, points, person):
    fine, coarse, hours = points[P2], points[PI], [SEVEN - timedelta(hours=n) for n in range(40, 0, -1)]
    flows = {points[FLOW]: lambda n: f"{9000 + 900 * (n % 3)}"}
    texts = {fine: lambda n: f"0.{340 + 3 * (n % 2) if n < 37 else 345}", coarse: lambda n: "2.45", **flows}
    cells = [(point, hour, text(n)) for n, hour in enumerate(hours) for point, text in texts.items()]
    assert use.paste_block(station_store, person, cells, at=FIVE_PAST, how="paper").refused == ()
    asked = use.day_view(station_store, NIGHT, FIVE_PAST)
    assert asked.usual[fine] == Decimal("0.003")
    taken = use.take_hour(station_store, person, SEVEN, {fine: "0.345", coarse: "2.45", points[FLOW]: "9900"}, at=FIVE_PAST)
    assert [each.question and each.question.kind for each in taken.taken] == [Kind.FROZEN, None, None]


def test_a_point_that_was_left_out_for_a_shift_is_still_compared_with_its_last_value(station_store, points, person):
    use.take_hour(station_store, person, SEVEN - timedelta(hours=9), {points[P2]: "0.342"}, at=FIVE_PAST, how="paper")
    for n in range(8, 0, -1):
        use.take_hour(station_store, person, SEVEN - timedelta(hours=n), {points[PI]: "2.45"}, at=FIVE_PAST, how="paper")
    taken = use.take_reading(station_store, person, points[P2], SEVEN, "342", at=FIVE_PAST)
    assert taken.question is not None
    assert taken.question.kind is Kind.THOUSANDTH


def test_hours_pasted_between_others_are_compared_with_those_before_them(station_store, points, person):
    typed = {1: "0.342", 3: "0.338", 4: "0.336"}
    cells = [(points[P2], SEVEN - timedelta(hours=6 - n), text) for n, text in typed.items()]
    use.paste_block(station_store, person, cells, at=FIVE_PAST, how="paper")
    between = [(points[P2], SEVEN - timedelta(hours=6 - n), text) for n, text in {2: "0.60", 5: "0.337"}.items()]
    taken = use.paste_block(station_store, person, between, at=FIVE_PAST, how="paper").taken
    assert [each.question and each.question.kind for each in taken] == [Kind.JUMP, None]


def test_a_doubt_left_standing_owes_words_too(store, points, person):
    assert use.take_reading(store, person, points[FLOW], SEVEN, "99", at=FIVE_PAST).question is None  # a fall is no doubt of a flow
    taken = use.take_reading(store, person, points[COUNT], SEVEN, "48384000", at=FIVE_PAST)
    assert taken.question is not None
    assert (taken.question.kind, taken.owed) == (Kind.BACKWARDS, True)
    use.explain(store, person, points[COUNT], SEVEN, at=FIVE_PAST, words="corrector replaced")
    assert [each.point.point_id for each in use.day_view(store, NIGHT, FIVE_PAST).owed] == [points[DP]]


def test_a_replaced_counter_is_asked_about_once_and_compared_with_itself_from_then_on(store, points, person):
    counts = ("300", "12500", "25100", "24000", "38000")
    kinds = []
    for n, typed in enumerate(counts):
        hour = SEVEN + timedelta(hours=n)
        taken = use.take_reading(store, person, points[COUNT], hour, typed, at=hour + timedelta(minutes=2))
        kinds.append(taken.question and taken.question.kind)
    assert kinds == [Kind.BACKWARDS, None, None, Kind.BACKWARDS, None]


def test_missing_hours_are_explained_as_a_range_once(store, points, person):
    late = SEVEN + timedelta(minutes=50)
    missing = [gap for gap in use.day_view(store, NIGHT, late).gaps if not gap.words]
    assert [(gap.start, gap.end, gap.points) for gap in missing][-1] == (SEVEN, SEVEN, 12)
    with pytest.raises(GapRangeError):
        use.explain_gap(store, person, hour_of("01"), hour_of("03"), words="all there", at=late)
    use.explain_gap(store, person, SEVEN, SEVEN, words="fighting a leak at the odorizer", at=late)
    gaps = use.day_view(store, NIGHT, late).gaps
    assert [(gap.start, gap.words, gap.by) for gap in gaps if gap.words] == [(SEVEN, "fighting a leak at the odorizer", "李娜")]
    assert all(gap.start != SEVEN for gap in gaps if not gap.words)


def test_hours_before_the_station_had_points_are_not_missing(station_store):
    view = use.day_view(station_store, MADE, MADE + timedelta(hours=2))
    assert all(gap.start >= MADE for gap in view.gaps)


def test_the_panel_of_a_point(store, points):
    detail = use.point_detail(store, points[P2], FIVE_PAST)
    assert detail.last is not None
    assert (detail.last.time, detail.last.value) == (hour_of("06"), Decimal("0.341"))
    assert detail.high is not None
    assert detail.low is not None
    assert [(past.time, past.value) for past in (detail.high, detail.low)] == [
        (hour_of("03"), Decimal("0.349")),
        (hour_of("06"), Decimal("0.341")),
    ]
    assert (len(detail.series), detail.series[-1], detail.series[0][1]) == (12, (hour_of("06"), Decimal("0.341")), None)


def test_the_last_values_say_their_hour(store, points):
    values = {each.point.point_id: each for each in use.last_values(store, FIVE_PAST)}
    dp = values[points[DP]]
    assert (dp.time, dp.value, dp.grade, dp.owed, dp.series[-2:]) == (hour_of("06"), Decimal(34), "amber", True, (Decimal(19), Decimal(34)))
    assert [each.point.code for each in values.values() if each.point.on_now] == ["p-in", "q-1", "p-out", "odor"]


def test_the_form_asks_for_the_hour_that_can_be_read(store, points, person):
    form = use.entry_form(store, FIVE_PAST)
    assert (form.hour, form.done, len(form.fields)) == (SEVEN, 0, 12)
    assert form.fields[P2].last is not None
    assert form.fields[P2].last.value == Decimal("0.341")
    use.take_hour(store, person, SEVEN, dict(zip(points, night.PAPER, strict=True)), at=FIVE_PAST)
    assert use.entry_form(store, FIVE_PAST).hour == SEVEN + timedelta(hours=1)


def test_what_the_handover_is_told(store, points, person):
    with store.read() as session:
        shift = current(session)
        assert shift is not None
        facts = use.facts(session, shift, FIVE_PAST)
    assert (facts.hours, facts.read, facts.late, facts.corrected) == (9, 7, 0, 1)
    assert (facts.open, facts.missing, facts.to_come) == ((SEVEN,), (), (hour_of("08"),))
    assert [(each.code, each.value, each.limit, each.above, each.ongoing, each.explained) for each in facts.abnormal] == [
        ("dp-f", Decimal(34), Decimal(30), True, True, False)
    ]
    assert next((each.code, each.time) for each in facts.values) == ("p-in", hour_of("06"))


def test_what_is_typed_and_not_saved_is_kept_for_the_desk(store, points, person):
    kept = use.Unsaved({(points[PI], SEVEN): "2.40"}, (points[1], SEVEN), "12.")
    use.keep_unsaved(store, person, kept, at=FIVE_PAST)
    assert use.unsaved(store) == kept
    use.keep_unsaved(store, person, use.Unsaved(), at=FIVE_PAST)
    assert not use.unsaved(store)


def test_the_day_in_figures(store, points):
    figures = {each.point.point_id: each for each in use.day_figures(store, None, NIGHT + timedelta(hours=6)).points}
    counter, pressure = figures[points[COUNT]], figures[points[PI]]
    assert counter.moved == Decimal(48384120 - 48309737)
    assert (pressure.summary.low, pressure.summary.high, pressure.moved) == (Decimal("2.41"), Decimal("2.47"), None)


def test_sixty_points_of_an_hour_are_one_entry(station_store, points, person):
    chief = actor(station_store, "chief")
    text = PointText(30, Name("备", "Spare"), Name("点", "Point"), "MPa", "pressure")
    many = [use.add_point(station_store, chief, f"X-{n}", "gauge", replace(text, position=30 + n), at=MADE) for n in range(60)]
    before = station_store.head().seq
    result = use.take_hour(station_store, person, SEVEN, {point: f"0.{n + 100}" for n, point in enumerate(many)}, at=FIVE_PAST)
    assert (len(result.taken), result.refused, station_store.head().seq - before) == (60, (), 1)


@pytest.mark.parametrize("seed", range(3))
def test_the_hours_recalled_are_those_in_the_store_whoever_wrote_them(station_store, points, person, seed):
    chance = random.Random(seed)
    other = Store.open(station_store.path)
    try:
        for step in range(40):
            which, hour = chance.choice((station_store, other)), SEVEN + timedelta(hours=step // 2 - chance.choice((0, 0, 0, 1, 15)))
            place, at = (chance.choice(points), hour), SEVEN + timedelta(hours=step // 2, minutes=5)
            if chance.random() < 0.8:
                use.take_hour(which, person, hour, {point: f"{chance.randrange(300)}" for point in points}, at=at)
            else:
                use.paste_block(which, person, [(*place, f"{chance.randrange(300)}")], at=at)
            with chance.choice((station_store, other)).write(person, "take_hour", at) as session:
                near = hour - 3 * HOUR
                recalled, there = kept_around(session, [place], 3, at), kept_between(session, near, hour)
                assert {each: rows for each, rows in recalled.rows.items() if near <= each[1] <= hour} == there.rows
    finally:
        other.close()


def test_a_point_added_in_mid_shift_owes_no_hour_before_it_was_there(station_store: Store) -> None:
    store, chief = station_store, actor(station_store, "chief")
    night.take_night(store, night.make_points(store))
    text = PointText(99, Name("出站", "Outlet"), Name("露点", "Dew point"), "℃", "temperature", 1)
    use.add_point(store, chief, "dew", "gauge", text, at=NIGHT)
    later = NIGHT + timedelta(minutes=1)
    assert [each.state for each in now_view(store, later).hours] == ["done"] * 7 + ["to_come"] * 2
    assert "readings.missing" not in [each.said.code for each in handover_view(store, later).obstacles]
    seven = SEVEN + timedelta(minutes=20)
    assert next(each.state for each in now_view(store, seven).hours if each.time == SEVEN) == "missing"  # read from then on
