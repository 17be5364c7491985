"""Troubles of an archive: what is refused, flagged, noted, asked; and mappings that are saved and met again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.archive import (
    FLAGS,
    NOTES,
    QUANTITY_NAMES,
    Answers,
    KnownStream,
    Mapping,
    Parsed,
    Quantity,
    answered,
    fitted,
    guess,
    hours,
    named_in,
    note_words,
    packed,
    together,
    unpacked,
    whose,
)
from stationdesk.domain.metering.archive.numerals import decimal_of, number
from stationdesk.domain.metering.archive.refusals import (
    ArchiveContradictionError,
    ArchiveFormulaError,
    ArchiveNegativeError,
    ArchiveNumberError,
    ArchiveRangeError,
    ArchiveRoundedError,
    ArchiveTimeError,
    ArchiveUnitError,
    ArchiveWidthError,
    DayUnknownError,
    NoClockError,
    OtherLayoutError,
    UnitUnknownError,
)
from stationdesk.domain.metering.archive.stamps import wall
from stationdesk.domain.metering.archive.units import split_unit
from stationdesk.domain.said import Said, Value
from stationdesk.domain.words import CHINESE, _, speaking
from tests.domain.metering.archives import FIRST, HEADINGS, HOURS, ONE, ZONE, read, same, table, usual

HOUR = timedelta(hours=1)


def one(rows: list[list[str]] | None = None) -> list[list[str]]:
    return usual(ONE) if rows is None else rows


def changed(n: int, place: int, text: str) -> list[list[str]]:
    """The file of one run with another text in one cell; n counts its hours from 0, so that it stands in line n + 2."""
    rows = usual(ONE)
    rows[n + 1] = [text if each == place else cell for each, cell in enumerate(rows[n + 1])]
    return rows


def lines(parsed: Parsed, flag: str) -> list[int]:
    return [each.line for each in parsed.hours if flag in each.flags]


# Error states
def test_error_state_volumes_stand_apart_and_zeros_of_a_failed_sensor_are_no_values():
    _mapping, parsed = read(usual())
    failed = next(each for each in parsed.hours if "fault" in each.flags)
    before = next(each for each in parsed.hours if each.stream == "1#" and each.time == failed.time - HOUR)
    assert (failed.pressure_kpa, failed.factor, failed.status) == (None, None, "压力传感器故障")
    assert failed.corrected_m3 == before.corrected_m3
    assert failed.fault_m3 is not None
    assert before.fault_m3 is not None
    noted = next(each for each in parsed.notes if each.code == "flag_fault")
    assert noted.values["volume"] == failed.fault_m3 - before.fault_m3 > 0


@pytest.mark.parametrize(
    ("status", "flags"),
    [
        ("市电中断", ("mains",)), ("Mains failure", ("mains",)), ("校时+38s", ("clock_set",)), ("clock set", ("clock_set",)),
        ("T sensor fault", ("fault",)), ("正常", ()), ("OK", ()), ("0x0000", ()), ("无报警", ()),
            ("掉电;压力传感器故障", ("mains", "fault")),
    ],
)  # fmt: skip
def test_what_the_status_says(status: str, flags: tuple[str, ...]):
    _mapping, parsed = read(changed(4, 9, status))
    assert parsed.hours[4].flags == flags
    assert parsed.hours[4].status == status


# The order of the lines
def test_newest_first_is_an_order():
    rows = usual()
    _mapping, parsed = read([rows[0], *reversed(rows[1:])])
    same(parsed)
    assert "newest_first" in {each.code for each in parsed.notes}
    assert not lines(parsed, "out_of_order")


def test_a_line_in_the_wrong_place_is_flagged():
    rows = usual(ONE)
    rows[10], rows[11] = rows[11], rows[10]
    _mapping, parsed = read(rows)
    same(parsed, ONE)
    assert lines(parsed, "out_of_order") == [12]


def test_hours_that_are_missing_are_flagged_behind_the_gap():
    _mapping, parsed = read(usual(ONE[:10] + ONE[14:]))
    assert lines(parsed, "gap_before") == [12]
    assert parsed.hours[10].time - parsed.hours[9].time == 5 * HOUR


def test_repeated_lines_that_agree_count_once():
    rows = usual(ONE)
    _mapping, parsed = read([*rows[:12], *rows[8:]])
    same(parsed, ONE)
    assert lines(parsed, "repeated") == [9, 10, 11, 12]


def test_repeated_lines_that_contradict_each_other_are_refused_both():
    rows = changed(5, 4, "1")
    _mapping, parsed = read([*rows, usual(ONE)[6]])
    assert [(each.line, type(each.error)) for each in parsed.refusals] == [(7, ArchiveContradictionError), (50, ArchiveContradictionError)]
    assert [each.error.other for each in parsed.refusals] == [50, 7]
    assert len(parsed.hours) == len(ONE) - 1


def test_a_clock_set_back_an_hour_contradicts_itself():
    rows = usual(ONE)
    for row in rows[30:]:
        row[0], row[1] = rows[rows.index(row) - 1][:2]
    _mapping, parsed = read(rows)
    assert {type(each.error) for each in parsed.refusals} == {ArchiveContradictionError}


def test_a_clock_that_runs_off_means_the_full_hour():
    _mapping, parsed = read(changed(5, 1, "14:00:38"))
    same(parsed, ONE)
    assert lines(parsed, "off_hour") == [7]
    _mapping, parsed = read(changed(5, 1, "13:59:51"))
    same(parsed, ONE)


def test_lines_between_the_hours_are_left_out_and_told():
    rows = usual(ONE)
    rows.insert(6, [rows[6][0], "13:27:00", *rows[6][2:]])
    _mapping, parsed = read(rows)
    same(parsed, ONE)
    assert next(each for each in parsed.notes if each.code == "passed_between").values["lines"] == "7"


def test_a_comma_too_many_is_refused_rather_than_read_as_a_shift():
    rows = usual(ONE)
    rows[6][4:5] = ["48", "250"]
    _mapping, parsed = read(rows)
    assert [(each.line, type(each.error)) for each in parsed.refusals] == [(7, ArchiveWidthError)]


def test_a_date_nobody_can_read_is_not_that_of_the_line_above():
    _mapping, parsed = read(changed(30, 0, "2026/13/01"))
    assert [each.line for each in parsed.refusals] == [32]


def test_days_are_no_hours():
    with pytest.raises(NoClockError):
        read([["日期", *HEADINGS[2:]], *([h.cells[0], *h.cells[2:]] for h in ONE if h.wall.hour == 9)])


# Counters
def test_counters_that_go_back_are_flagged():
    _mapping, parsed = read(changed(30, 4, "100"))
    assert lines(parsed, "counter_back") == [32]


def test_counters_that_roll_over_are_told_from_those_that_go_back():
    roll = Decimal(10_000_000)
    rows = usual([replace(each, vm=(each.vm + Decimal(8795000)) % roll) for each in ONE if each.factor])
    _mapping, parsed = read(rows)
    assert len(lines(parsed, "rollover")) == 1
    assert not lines(parsed, "counter_back")


# Cells
@pytest.mark.parametrize(
    ("place", "text", "error"),
    [
        (3, "12O4014.3", ArchiveNumberError), (4, "4.82E+07", ArchiveRoundedError), (4, "=SUM(E2:E9)", ArchiveFormulaError),
        (4, "-5", ArchiveNegativeError), (6, "99999", ArchiveRangeError), (7, "250", ArchiveRangeError), (6, "12.5℃", ArchiveUnitError),
        (4, "12,5", ArchiveNumberError), (1, "25:00:00", ArchiveTimeError), (0, "2026/13/01", ArchiveTimeError),
        (4, "#REF!", ArchiveFormulaError),
    ],
)  # fmt: skip
def test_a_refused_cell_is_named_by_line_and_column(place: int, text: str, error: type[Exception]):
    _mapping, parsed = read(changed(30, place, text))
    refused = [each for each in parsed.refusals if each.line == 32]
    assert [type(each.error) for each in refused] == [error]
    assert HEADINGS[place] in refused[0].column
    assert str(refused[0]).startswith("line 32, ")
    assert len(parsed.hours) == len(ONE) - 1


@pytest.mark.parametrize("mark", ["--", "—", "N/A", "无", ""])
def test_a_mark_for_no_value_is_no_value(mark: str):
    _mapping, parsed = read(changed(30, 6, mark))
    assert parsed.hours[30].pressure_kpa is None
    assert not parsed.refusals


def test_an_hour_without_a_counter_is_flagged():
    _mapping, parsed = read(changed(30, 4, "--"))
    assert lines(parsed, "missing") == [32]


def test_full_width_digits_are_digits():
    _mapping, parsed = read(changed(30, 3, str(ONE[30].vm).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))))
    same(parsed, ONE)


@given(st.decimals(0, 10**9, places=3), st.sampled_from([",", "", " ", "'"]))
def test_a_number_comes_back_however_its_thousands_are_parted(value: Decimal, thousands: str):
    text = f"{value:,}".replace(",", thousands)
    assert number(text, ".") == (value, None)
    if thousands != "'":
        assert number(text.translate(str.maketrans(",.", ".,")), ",") == (value, None)


@given(st.lists(st.decimals(0, 10**7, places=2), min_size=1))
def test_the_decimal_sign_is_seen_or_left_open_but_never_wrong(values: list[Decimal]):
    assert decimal_of([str(each) for each in values]) == "."
    assert decimal_of([str(each).replace(".", ",") for each in values]) == ","


@given(st.text(max_size=30))
def test_no_cell_is_too_strange_to_be_read(text: str):
    wall(text)
    wall(text, "dmy", clock=True)
    split_unit(text)
    rows = usual(ONE[:6])
    rows[3][9] = " ".join(text.replace("\0", "").splitlines())
    assert len(read(rows)[1].hours) == 6


@given(
    st.lists(
        st.lists(st.sampled_from(["", "2026-10-01 09:00", "12", "1,5", "压力(kPa)", "时间", "标况累积", "合计", "1#", "x"]), max_size=6),
        max_size=8,
    )
)
def test_a_table_of_anything_is_read_or_refused_in_words(rows: list[list[str]]):
    try:
        _mapping, parsed = read(rows)
    except DomainError as error:
        said = say(error)
    else:
        said = "".join(str(each) for each in parsed.refusals)
    assert "{" not in said


# Mappings
def test_a_mapping_is_kept_as_text():
    mapping, _parsed = read(usual())
    assert unpacked(packed(mapping)) == mapping
    assert unpacked(packed(mapping.confirmed())).assumed == ()


def test_a_saved_mapping_finds_its_columns_in_the_next_file():
    mapping = guess(table(usual())).confirmed()
    moved = [["序号", row[2], *row[:2], *row[3:]] if n == 0 else [str(n), row[2], *row[:2], *row[3:]] for n, row in enumerate(usual())]
    next_file = table([["导出 2026-11-01"], [], *moved])
    found = fitted(next_file, mapping)
    same(hours(next_file, found, ZONE))
    assert {each.code for each in found.assumed} == {"columns_moved"}
    assert fitted(table(usual()), mapping) == mapping


def test_a_saved_mapping_refuses_another_layout():
    mapping = guess(table(usual()))
    head = [each.replace("标况累积", "标准体积") for each in HEADINGS]
    with pytest.raises(OtherLayoutError) as refused:
        fitted(table(usual(HOURS, head)), mapping)
    assert refused.value.column == "标况累积(Nm3)"


def test_values_without_headings_are_read_by_a_mapping_that_needs_none():
    mapping = replace(guess(table(usual())), header=0, body=1)
    bare = table(usual()[1:])
    same(hours(bare, fitted(bare, mapping), ZONE))


def test_answers_settle_what_was_asked():
    head = ["时间", "标况累积(Nm3)", "压力", "温度(℃)"]
    made = table([head, *([f"{h.wall:%Y-%m-%d %H:%M}", str(h.vb), "18.3", str(h.celsius)] for h in ONE)])
    asked = guess(made)
    assert {each.code for each in asked.asked} == {"pressure_unit_unknown"}
    half = answered(asked, Answers(units={"pressure": "bar"}))
    assert {each.code for each in half.asked} == {"gauge_unknown"}
    whole = answered(half, Answers(gauge=True))
    assert not whole.asked
    assert hours(made, whole, ZONE).hours[0].pressure_kpa == Decimal(1830) + whole.atmospheric_kpa
    assert not answered(asked, Answers(units={"pressure": "bar(a)"})).asked
    with pytest.raises(UnitUnknownError):
        answered(asked, Answers(units={"pressure": "℃"}))


def test_dates_without_a_year_are_given_one():
    made = table([["日期", "时间", *HEADINGS[2:]], *([f"{h.wall:%m-%d}", *h.cells[1:]] for h in HOURS)])
    asked = guess(made)
    same(hours(made, answered(asked, Answers(day="2026")), ZONE))
    same(hours(made, answered(asked, Answers(day="2026-10-01")), ZONE))
    with pytest.raises(DayUnknownError):
        answered(asked, Answers(day="last year"))


def test_dates_without_a_year_go_on_from_december_to_january():
    new_year = datetime(2026, 12, 31, 12, tzinfo=UTC)
    rows = [replace(h, end=new_year + n * HOUR) for n, h in enumerate(ONE)]
    lines = [["2026年12月"], ["日期", "时间", *HEADINGS[2:]], *([f"{h.wall:%m-%d}", *h.cells[1:]] for h in rows)]
    same(read(lines)[1], rows)


def test_an_answer_goes_before_an_assumption():
    mapping = guess(table(usual(ONE[:5])))
    assert "stamp_end" in {each.code for each in mapping.assumed}
    said = answered(mapping, Answers(stamp="start"))
    assert "stamp_end" not in {each.code for each in said.assumed}
    assert hours(table(usual(ONE[:5])), said, ZONE).hours[0].time == FIRST + HOUR


def test_a_bare_counter_is_what_somebody_says():
    made = table([["时间", "累计流量(m3)"], *([f"{h.wall:%Y-%m-%d %H:%M}", str(h.vb)] for h in ONE)])
    said = answered(guess(made), Answers(volume="corrected"))
    assert not said.asked
    assert hours(made, said, ZONE).hours[0].corrected_m3 == ONE[0].vb


# Sheets and streams
def test_sheets_are_one_archive():
    parts = []
    for run in ("1#", "2#"):
        rows = [[HEADINGS[0], HEADINGS[1], *HEADINGS[3:]], *([*h.cells[:2], *h.cells[3:]] for h in HOURS if h.run == run)]
        made = table(rows, title=run)
        parts.append((made, replace(guess(made), run=run)))
    same(together(parts, ZONE))


STREAMS = (KnownStream(7, "1", ("1# 计量管路", "Run 1", "T-4711", "EVC-1")), KnownStream(8, "2", ("2# 计量管路", "Run 2", "T-4712", "")))


@pytest.mark.parametrize(
    ("name", "stream_id"),
    [
        ("1#", 7),
        ("1# 管路", 7),
        ("Run 2", 8),
        ("2号计量管路", 8),
        ("T-4712", 8),
        ("EVC-1", 7),
        ("二号", 8),
        ("3#", None),
        ("管路", None),
        ("", None),
    ],
)
def test_which_stream_a_name_means(name: str, stream_id: int | None):
    found = whose(name, STREAMS)
    assert (found.stream_id if found else None) == stream_id


@pytest.mark.parametrize(
    ("title", "stream_id"), [("1#修正仪2026-10.csv", 7), ("run 2.csv", 8), ("corrector-2026-10.csv", None), ("1#2#.csv", None)]
)
def test_which_stream_a_file_is_named_for(title: str, stream_id: int | None):
    found = named_in(title, STREAMS)
    assert (found.stream_id if found else None) == stream_id


# Words
@pytest.mark.parametrize("language", ["en", CHINESE])
def test_every_note_flag_and_quantity_has_words(language: str):
    names = ["column", "example", "unit", "better", "times", "run", "columns", "day", "year", "percent"]
    names += ["n", "lines", "volume", "code", "sheet"]
    values: dict[str, Value] = dict.fromkeys(names, "x")
    with speaking(language):
        for code in NOTES:
            assert "{" not in note_words(Said(code, values), ZoneInfo("UTC"))
        assert all(_(words) for words in (*FLAGS.values(), *QUANTITY_NAMES.values()))
    assert set(QUANTITY_NAMES) == set(Quantity)


def test_a_mapping_without_runs_has_one_nameless_run():
    assert Mapping(()).runs == ("",)
