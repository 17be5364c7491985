"""The takeover of the gas through a real store: blind base readings, the comparison's light, what it asks for, what both sign of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from stationdesk.cli import main
from stationdesk.domain.handover import Stops, in_way_of
from stationdesk.domain.metering.compare import About
from stationdesk.domain.metering.discrepancy import (
    ClosingWordsError,
    NoSheetWantedError,
    SheetClosedError,
    SheetSignedError,
    SheetSignerError,
    SheetThereError,
    SheetUnsignedError,
)
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.metering.takeover import (
    BaseTimeError,
    BaseWordsError,
    FrozenLaterError,
    NoTakeoverError,
    NothingAmberError,
    NotReliefError,
    TakeoverWordsError,
)
from stationdesk.domain.numbers import shown
from stationdesk.domain.plausibility import BeyondCounterError, NegativeCounterError
from stationdesk.reports.handover import sheet as handover_sheet
from stationdesk.reports.sheet import Paragraph, Table
from stationdesk.services import Store, readings
from stationdesk.services import handover as use
from stationdesk.services.handover.board import handover_board
from stationdesk.services.metering.base_readings import enter_base_reading, give_takeover_reason
from stationdesk.services.metering.discrepancies import (
    SheetText,
    amend_discrepancy,
    close_discrepancy,
    discrepancy_view,
    open_discrepancy,
    sign_discrepancy,
)
from stationdesk.services.metering.takeover import takeover_view
from stationdesk.services.metering.vouchers import VoucherText, enter_voucher, vouchers_view
from stationdesk.services.notices import unseen
from stationdesk.services.now import now_view
from stationdesk.services.readings.summary import point_summaries
from stationdesk.services.shifts import SignOn, sign_off, sign_on
from stationdesk.storage.verify import verify
from tests.conftest_station import PASSWORD, actor
from tests.handing import EIGHT, walked_night
from tests.night import hour_of
from tests.taking_over import booked, read_blind, sign_both, stream, the_takeover

MINUTE = timedelta(minutes=1)
CAUSE = SheetText("counter", "1# 表头已拍照", Decimal(126_000), "recomputed")


@pytest.fixture
def store(metered_store: Store) -> Store:
    return metered_store


def codes(store: Store, at: datetime = EIGHT) -> list[str]:
    """What stands in the way of the gas."""
    found = in_way_of(Stops.OUTGOING, use.handover_view(store, at).obstacles)
    return [each.said.code for each in found if each.said.code.startswith("metering")]


# --- blind


def numbers(value: object) -> Iterator[object]:
    """Everything that stands in a view, however deep."""
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from numbers(getattr(value, each.name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (*numbers(key), *numbers(each))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from numbers(each)
    else:
        yield value


def everything(store: Store) -> list[object]:
    """What any page, sheet or search is made of at 08:03."""
    at, start, end = EIGHT, hour_of("00"), hour_of("08")
    with store.read() as session:
        summaries = point_summaries(session, start, end, main_only=False)
    points = [each.point_id for each in readings.points_view(store, at)]
    return [
        readings.grid_view(store, start, end, at),
        readings.day_view(store, start, at),
        readings.day_view(store, end, at),
        readings.day_figures(store, None, at),
        readings.last_values(store, at),
        readings.entry_form(store, at),
        [readings.point_detail(store, each, at, until) for each in points if each not in (11, 12) for until in (None, end)],
        summaries,
        now_view(store, at),
        use.handover_view(store, at),
        handover_board(store, actor(store, "lead-d").person_id, at),
        takeover_view(store, at),
    ]


def told(store: Store) -> set[str]:
    """Which of the closing counters, or of what they moved by in the shift, are told anywhere."""
    (first, booked_first), (last, booked_last) = booked(store)[0], booked(store)[-1]
    wanted = {str(each) for each in (last, booked_last, last - first, booked_last - booked_first, last - booked(store)[-2][0])}
    return wanted & {str(each) for each in numbers(everything(store))}


def test_no_view_tells_the_closing_counters_before_the_relief_has_read_them(store: Store) -> None:
    assert told(store) == set()
    assert the_takeover(store).streams[0].hidden
    read_blind(store)
    assert len(told(store)) == 5


def test_a_hidden_value_is_known_to_be_there_and_the_hour_is_read(store: Store) -> None:
    view = readings.grid_view(store, hour_of("00"), hour_of("08"), EIGHT)
    line = view.hours()[-1]
    hidden = {view.point(each).code for each in line.hidden}
    assert hidden == {"m-1", "n-1"}
    assert not any(each in line.cells for each in line.hidden)
    assert all(cell.by for cell in line.hidden.values())
    assert use.handover_view(store, EIGHT).lines[2].line.facts[0].values == {"read": 9, "hours": 9}
    form = readings.entry_form(store, hour_of("08") + 5 * MINUTE)
    assert form.hour == hour_of("09")


def test_what_is_hidden_is_corrected_by_typing_it_anew(store: Store) -> None:
    point = next(each.point_id for each in readings.points_view(store, EIGHT) if each.code == "m-1")
    same, right = str(booked(store)[-1][0]), str(booked(store)[-1][0] - 1)
    who = actor(store, "op-b1")
    for typed in (same, right):  # the same again is not refused: that would tell it
        readings.correct_reading(store, who, point, hour_of("08"), typed, words="typing", at=EIGHT)
    assert told(store) == set()
    read_blind(store, off=-1)
    check = the_takeover(store).streams[0].comparison.of(About.COUNTER)  # type: ignore[union-attr]
    assert check is not None
    assert check.difference == 0


def test_the_doubt_of_a_later_hour_does_not_tell_it_either(store: Store) -> None:
    points = {each.code: each.point_id for each in readings.points_view(store, EIGHT)}
    nine = hour_of("09")
    found = readings.take_reading(store, actor(store, "op-b1"), points["m-1"], nine, "1203000", at=nine + MINUTE)
    assert str(booked(store)[-1][0]) not in {str(each) for each in numbers(found)}


def test_a_voucher_of_the_shift_is_hidden_with_its_counters(store: Store) -> None:
    text = VoucherText("PZ-1", stream(store), hour_of("00"), hour_of("08"), Decimal(136_500))
    enter_voucher(store, actor(store, "lead-b"), text, at=EIGHT)
    [hidden] = vouchers_view(store, hour_of("00"), hour_of("08"))
    assert (hidden.hidden, hidden.volume) == (True, None)
    read_blind(store)
    [shown] = vouchers_view(store, hour_of("00"), hour_of("08"))
    assert (shown.hidden, shown.volume) == (False, Decimal(136_500))


# --- green


def test_an_honest_takeover_is_green_and_asks_for_nothing_more(store: Store) -> None:
    assert codes(store) == ["metering.base"]
    read_blind(store)
    [found] = the_takeover(store).streams
    assert found.light is Light.GREEN
    assert found.comparison is not None
    assert [each.about for each in found.comparison.checks] == [
        About.COUNTER, About.CORRECTED, About.HOURS, About.CORRECTOR, About.FACTOR
    ]  # fmt: skip
    assert found.gas is not None
    assert found.gas.whole
    assert len(found.gas.hours) == 8
    assert codes(store) == []


def test_both_sign_what_was_read_and_a_closed_handover_shows_it(store: Store) -> None:
    read_blind(store)
    handover_id = sign_both(store)
    closed = use.closed_view(store, handover_id, EIGHT + 20 * MINUTE)
    [taken] = closed.metering
    assert (taken.light, taken.counter, taken.entries) == ("green", Decimal(booked(store)[-1][0]), 1)
    assert taken.base_volume is not None
    assert closed.counters[0].closing_at == hour_of("08")
    assert verify(store.path).clean


def test_without_streams_the_content_is_the_text_it_always_was(store: Store) -> None:
    plain = walked_night(store.path.with_name("plain.db"))
    with plain.read() as session:
        assert "metering" not in json.loads(use.composed(session, EIGHT).text)
    assert takeover_view(plain, EIGHT) is None
    plain.close()


# --- amber


def test_amber_asks_for_a_reason_that_holds_for_what_was_found(store: Store) -> None:
    read_blind(store, off=3)
    assert the_takeover(store).streams[0].light is Light.AMBER
    assert codes(store) == ["metering.reason"]
    shift, run, who = the_takeover(store).shift_id, stream(store), actor(store, "lead-d")
    with pytest.raises(NotReliefError):
        give_takeover_reason(store, actor(store, "lead-b"), shift, run, "没看错", at=EIGHT)
    with pytest.raises(TakeoverWordsError):
        give_takeover_reason(store, who, shift, run, " ", at=EIGHT)
    give_takeover_reason(store, who, shift, run, "表盘末位在跳", at=EIGHT)
    assert codes(store) == []
    read_blind(store, off=5, minutes=3)
    [found] = the_takeover(store).streams
    assert found.incoming is not None
    assert found.incoming.entries == 2
    assert found.reason is not None
    assert not found.reason.holds
    assert codes(store) == ["metering.reason"]


def test_no_reason_is_taken_where_none_is_asked(store: Store) -> None:
    read_blind(store)
    with pytest.raises(NothingAmberError):
        give_takeover_reason(store, actor(store, "lead-d"), the_takeover(store).shift_id, stream(store), "就是", at=EIGHT)
    with pytest.raises(NoSheetWantedError):
        open_discrepancy(store, actor(store, "lead-d"), the_takeover(store).shift_id, stream(store), CAUSE, at=EIGHT)


# --- red


def test_red_goes_over_with_a_sheet_both_leaders_signed_and_metering_closes(store: Store) -> None:
    read_blind(store, off=200)
    shift, run = the_takeover(store).shift_id, stream(store)
    out, relief, chief = actor(store, "lead-b"), actor(store, "lead-d"), actor(store, "chief")
    assert codes(store) == ["metering.sheet"]
    sheet = open_discrepancy(store, relief, shift, run, CAUSE, at=EIGHT)
    assert codes(store) == ["metering.sign_outgoing", "metering.sign_incoming"]
    assert [each.kind for each in unseen(store, "metering")] == ["discrepancy"]
    with pytest.raises(SheetThereError):
        open_discrepancy(store, relief, shift, run, CAUSE, at=EIGHT)
    with pytest.raises(SheetSignerError):
        sign_discrepancy(store, relief, sheet, "outgoing", PASSWORD, at=EIGHT)
    sign_discrepancy(store, out, sheet, "outgoing", PASSWORD, at=EIGHT)
    amend_discrepancy(store, relief, sheet, SheetText("typing", "两人都看错", Decimal(126_100), "agreed"), at=EIGHT)
    assert codes(store) == ["metering.sign_outgoing", "metering.sign_incoming"]  # what was signed is no longer what it says
    sign_discrepancy(store, out, sheet, "outgoing", PASSWORD, at=EIGHT)
    sign_discrepancy(store, relief, sheet, "incoming", PASSWORD, at=EIGHT)
    assert codes(store) == []
    with pytest.raises(SheetSignedError):
        amend_discrepancy(store, relief, sheet, CAUSE, at=EIGHT)
    view = discrepancy_view(store, sheet)
    assert (view.number, view.state, view.cause, view.difference) == ("JLC-20261121-1", "signed", "typing", Decimal(200))
    handover_id = sign_both(store)
    assert use.closed_view(store, handover_id, EIGHT).metering[0].sheet == "JLC-20261121-1"
    later = EIGHT + timedelta(hours=5)
    with pytest.raises(ClosingWordsError):
        close_discrepancy(store, chief, sheet, Decimal(126_050), "", PASSWORD, at=later)
    close_discrepancy(store, chief, sheet, Decimal(126_050), "与上游核对", PASSWORD, at=later)
    assert discrepancy_view(store, sheet).state == "closed"
    with pytest.raises(SheetClosedError):
        close_discrepancy(store, chief, sheet, Decimal(126_050), "再关", PASSWORD, at=later)
    assert verify(store.path).clean


def test_a_sheet_is_closed_after_both_have_signed(store: Store) -> None:
    read_blind(store, off=200)
    sheet = open_discrepancy(store, actor(store, "lead-d"), the_takeover(store).shift_id, stream(store), CAUSE, at=EIGHT)
    with pytest.raises(SheetUnsignedError):
        close_discrepancy(store, actor(store, "chief"), sheet, Decimal(1), "好", PASSWORD, at=EIGHT)


@pytest.mark.parametrize("whole", [False, True])
def test_a_voucher_that_differs_is_red_also_one_of_the_whole_inlet(store: Store, whole: bool) -> None:
    volume = Decimal(booked(store)[-1][1] - booked(store)[0][1])
    text = VoucherText(
        "PZ-1", None if whole else stream(store), hour_of("00"), hour_of("08"), (volume * Decimal("1.03")).quantize(Decimal(1))
    )
    enter_voucher(store, actor(store, "lead-b"), text, at=EIGHT)
    read_blind(store)
    [found] = the_takeover(store).streams
    assert found.light is Light.RED
    assert found.voucher is not None
    assert found.voucher.number == "PZ-1"


# --- what is refused, and the way that is open


def test_words_stand_for_counters_that_cannot_be_read(store: Store) -> None:
    shift, run, who = the_takeover(store).shift_id, stream(store), actor(store, "lead-d")
    with pytest.raises(BaseWordsError):
        enter_base_reading(store, who, shift, run, Decimal(1), None, at=EIGHT)
    enter_base_reading(store, who, shift, run, None, None, words="现场泄漏，无法靠近", at=EIGHT)
    assert codes(store) == []
    [found] = the_takeover(store).streams
    assert found.comparison is not None
    assert found.comparison.of(About.COUNTER) is None
    assert found.light is Light.GREEN  # hours and corrector are compared all the same


def test_base_readings_are_the_relief_s_and_possible(store: Store) -> None:
    shift, run, who = the_takeover(store).shift_id, stream(store), actor(store, "lead-d")
    ok = Decimal(1_205_000), Decimal(48_400_000)
    with pytest.raises(NotReliefError):
        enter_base_reading(store, actor(store, "lead-b"), shift, run, *ok, at=EIGHT)
    with pytest.raises(NegativeCounterError):
        enter_base_reading(store, who, shift, run, Decimal(-1), ok[1], at=EIGHT)
    with pytest.raises(BeyondCounterError):
        enter_base_reading(store, who, shift, run, Decimal(10**8), ok[1], at=EIGHT)
    with pytest.raises(BaseTimeError):
        enter_base_reading(store, who, shift, run, *ok, frozen=False, read_at=EIGHT + MINUTE, at=EIGHT)
    with pytest.raises(FrozenLaterError):
        enter_base_reading(store, who, shift, run, *ok, at=hour_of("08") - MINUTE)
    with pytest.raises(NoTakeoverError):
        enter_base_reading(store, who, shift, run, *ok, at=hour_of("06"))


def test_a_reading_time_of_one_s_own_allows_what_passed_meanwhile(store: Store) -> None:
    found, counters = the_takeover(store), booked(store)[-1]
    late = hour_of("08") + 6 * MINUTE
    values = Decimal(counters[0] + 80), Decimal(counters[1] + 80 * 26)
    enter_base_reading(
        store, actor(store, "lead-d"), found.shift_id, found.streams[0].stream_id, *values, frozen=False, read_at=late, at=late
    )
    [seen] = takeover_view(store, late).streams  # type: ignore[union-attr]
    assert seen.light is Light.GREEN


def test_what_is_read_after_an_outgoing_signature_in_ink_does_not_void_it(store: Store) -> None:
    at = EIGHT + MINUTE
    for login in ("lead-d", "op-d1", "op-d2"):
        sign_off(store, actor(store, login), actor(store, login).person_id, "路上出事，先去现场", at=at)
    use.sign_in_ink(store, actor(store, "lead-b"), "outgoing", "急送医院", at=at)
    sign_on(store, actor(store, "lead-d"), actor(store, "lead-d").person_id, SignOn(shift="next", leader=True), at=at + MINUTE)
    assert told(store) == set()
    read_blind(store, minutes=3)
    view = use.handover_view(store, at + 3 * MINUTE)
    assert not view.changed
    use.give_verdict(store, actor(store, "lead-d"), "hygiene", "as_found", at=at + 4 * MINUTE)
    done = use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=at + 5 * MINUTE)
    assert use.closed_view(store, done, at + 6 * MINUTE).metering[0].light == "green"


# --- on paper


def test_the_printed_handover_shows_the_gas_both_signed(store: Store) -> None:
    read_blind(store, off=3)
    shift = the_takeover(store).shift_id
    give_takeover_reason(store, actor(store, "lead-d"), shift, stream(store), "表盘末位在跳", at=EIGHT)
    sign_both(store)
    made = handover_sheet(store, str(shift), "zh_CN")
    [gas] = [each for each in made.sections if each.key == "gas"]
    assert isinstance(gas, Table)
    first, last = booked(store)[0][0], booked(store)[-1][0]
    assert str(gas.rows[0]["metered"]) == "\n".join(shown(Decimal(each)) for each in (first, last, last + 3))
    [said] = [each for each in made.sections if each.key == "gas-words"]
    assert isinstance(said, Paragraph)
    assert "表盘末位在跳" in str(said.text)
    assert not [each for each in made.sections if each.key == "counters"]  # they stand in the run's row


def test_an_export_leaves_out_what_is_hidden_and_counts_it(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secrets = {str(each) for each in booked(store)[-1]}
    assert main(["export", "--db", str(store.path), "-o", str(tmp_path / "blind")]) == 0
    assert "index.json" in capsys.readouterr().err
    assert not [file for file in (tmp_path / "blind").iterdir() if any(each in file.read_text("utf-8-sig") for each in secrets)]
    index = json.loads((tmp_path / "blind" / "index.json").read_text())
    hidden = {each["table"]: each["hidden_until_the_blind_reading"] for each in index["tables"] if "hidden_until_the_blind_reading" in each}
    assert hidden == {"reading": 2, "reading_day": 2, "journal": 1}
    read_blind(store)
    assert main(["export", "--db", str(store.path), "-o", str(tmp_path / "told")]) == 0
    assert secrets <= set((tmp_path / "told" / "reading.csv").read_text("utf-8-sig").replace("\n", ",").split(","))
