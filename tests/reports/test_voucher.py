"""The voucher of a shift's gas: what of it is hidden, held against, frozen, and printed again as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import cast

import pytest
from openpyxl import load_workbook

from stationdesk.domain import words
from stationdesk.domain.names import Name
from stationdesk.reports import voucher
from stationdesk.reports.breaking import Text, plain
from stationdesk.reports.checking import check_file
from stationdesk.reports.issue import issue
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.registry import builder, find
from stationdesk.reports.sheet import Row, Sheet, Table
from stationdesk.reports.voucher_tables import quantities
from stationdesk.reports.workbook import xlsx
from stationdesk.services import PROGRAM, Store
from stationdesk.services.metering.base_readings import give_takeover_reason
from stationdesk.services.metering.contracts import ContractText, set_contract
from stationdesk.services.metering.custody import Custody, NoCustodyError, custody, superseded
from stationdesk.services.metering.results import recompute
from stationdesk.services.metering.substitute import SubstituteText, substitute
from stationdesk.services.metering.vouchers import VoucherText, enter_voucher
from stationdesk.services.subjects import of_shifts
from tests.conftest_station import actor
from tests.handing import EIGHT
from tests.night import hour_of
from tests.reports.builds import fonts_embedded
from tests.taking_over import booked, read_blind, sign_both, stream, the_takeover

LATER = EIGHT + timedelta(hours=5)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with words.speaking("zh_CN"):
        yield


@pytest.fixture
def store(metered_store: Store) -> Store:
    return metered_store


def shift(store: Store) -> str:
    return str(the_takeover(store).shift_id)


def printed(sheet: Sheet) -> str:
    return "\n".join(read_lines(make(sheet).pdf))


def text(store: Store, subject: str, language: str = "zh_CN") -> str:
    return printed(voucher.sheet(store, subject, language))


def signed(store: Store) -> str:
    """The shift after both leaders signed, at 13:03."""
    found = shift(store)
    read_blind(store)
    sign_both(store)
    store.clock = lambda: LATER
    return found


SHEETS = ("voucher", "handover", "duty-log", "readings-day", "voucher-day", "production-day", "production-month", "metering-certificate")


@pytest.mark.parametrize("name", SHEETS)
def test_no_sheet_tells_the_closing_counters_before_the_relief_has_read_them(store: Store, name: str) -> None:
    (first, first_booked), (last, last_booked) = booked(store)[0], booked(store)[-1]
    before, before_booked = booked(store)[-2]
    secret = [last, last_booked, last - first, last_booked - first_booked, last - before, last_booked - before_booked]
    subject = {"shift": shift(store), "day": "2026-11-20", "month": "2026-11"}[find(name).period.value]
    made = builder(find(name).sheet)(store, subject, "zh_CN")
    cells = [str(cell.value) for page in load_workbook(BytesIO(xlsx(made))) for row in page for cell in row if cell.value is not None]
    said = printed(made) + "\n" + "\n".join(cells)
    assert [each for each in secret if f"{each:,}" in said or str(each) in said] == []
    if name == "voucher":
        assert said.count("盲抄前不显示") >= 3


def test_a_green_shift_with_its_hours_factors_and_both_sides_readings(store: Store) -> None:
    subject = signed(store)
    made = voucher.sheet(store, subject, "zh_CN")
    said = printed(made)
    (first, _booked), (last, last_booked) = booked(store)[0], booked(store)[-1]
    for word in (
        "计量交接凭证",
        "JLJJ-20261121-1",
        "HY-2026-101",
        "省检测所",
        "AGA8-DETAIL",
        "pyaga8",
        f"{first:,}",
        f"{last:,}",
        f"{last_booked:,}",
    ):
        assert word in said, word
    assert "超差" not in said
    assert "草稿" not in said
    assert "张伟" in said
    assert "黄勇" in said
    hours = table(made, "hours")
    assert len(hours.rows) == 8
    assert sum(number(row, "base") for row in hours.rows) == total(made)
    for row in hours.rows:
        assert number(row, "base") == pytest.approx(number(row, "moved") * number(row, "factor"), rel=Decimal("0.0001"))


def table(sheet: Sheet, key: str) -> Table:
    found = next(section for section in sheet.sections if section.key == key)
    assert isinstance(found, Table)
    return found


def number(row: Row, key: str) -> Decimal:
    found = row[key]
    assert isinstance(found, Decimal)
    return found


def total(sheet: Sheet) -> Decimal:
    return number(table(sheet, "quantities").rows[0], "base")


def test_english_has_every_word(store: Store) -> None:
    said = text(store, signed(store), "en")
    for word in (
        "Custody transfer voucher",
        "Base readings",
        "Gas composition",
        "Hours of Run 1",
        "Frozen versions",
        "methane 94.5",
        "frozen value of 08:00",
    ):
        assert word in said, word


def test_fonts_are_in_the_file_and_every_character_has_a_shape(store: Store) -> None:
    made = make(voucher.sheet(store, signed(store), "zh_CN"))
    assert made.missing == ()
    assert fonts_embedded(made.pdf)


def test_the_workbook_has_numbers_as_numbers(store: Store) -> None:
    made = voucher.sheet(store, signed(store), "zh_CN")
    book = load_workbook(BytesIO(xlsx(made)))
    page = next(page for page in book.worksheets if "逐时复算" in page.title)
    heads = [str(cell.value) for cell in page[1]]
    values = [cell.value for cell in page[2]]
    assert all(
        isinstance(values[n], int | float)
        for n, head in enumerate(heads)
        if head.split()[0] in ("p", "T", "Z", "换算系数", "标况体积", "能量")
    )
    quantities = next(page for page in book.worksheets if "交接量" in page.title)
    assert quantities.cell(2, 3).value == float(total(made))


def test_a_difference_is_said_in_words_on_black_and_white_paper(store: Store) -> None:
    found = the_takeover(store)
    read_blind(store, off=9)
    reason = "表头进位时读数"
    give_takeover_reason(store, actor(store, "lead-d"), found.shift_id, stream(store), reason, at=EIGHT + timedelta(minutes=2))
    booked_there = VoucherText("PZ-7", stream(store), found.start, found.end, Decimal(140_000), counterpart="省管网公司")
    enter_voucher(store, actor(store, "lead-d"), booked_there, at=EIGHT + timedelta(minutes=3))
    said = text(store, str(found.shift_id))
    assert "超差（黄）" in said
    assert "超差（红）" in said  # the voucher is 8 % off
    for word in ("PZ-7", "省管网公司", "140,000", "草稿"):
        assert word in said, word


def test_a_voucher_of_the_whole_inlet_stands_beside_the_only_run_that_carried_it(store: Store) -> None:
    found = the_takeover(store)
    read_blind(store)
    whole = VoucherText("PZ-8", None, found.start, found.end, Decimal(151_800), counterpart="省管网公司")
    enter_voucher(store, actor(store, "lead-d"), whole, at=EIGHT + timedelta(minutes=3))
    sign_both(store)
    rows = table(voucher.sheet(store, str(found.shift_id), "zh_CN"), "quantities").rows
    assert [row["voucher"] for row in rows] == [151_800, "—", 151_800]  # 1#, 2# that is shut, all


def test_both_versions_can_be_printed_and_each_says_what_it_is(store: Store) -> None:
    subject, chief = signed(store), actor(store, "chief")
    (result_id, *_rest) = _results(store)
    first = text(store, subject)
    put = SubstituteText(_stream(store, result_id), "pressure", hour_of("03"), hour_of("04"), Decimal("2.40"), "变送器检定")
    substitute(store, chief, put, at=LATER)
    stale = text(store, subject)
    assert "按现有记录重算结果不同" in stale
    assert "变送器检定" not in stale  # it is not in the figures that are frozen
    recompute(store, chief, result_id, "按替代值重算", at=LATER + timedelta(minutes=1))
    store.clock = lambda: LATER + timedelta(minutes=2)
    ((old, of_shift, n),) = superseded(store)
    assert (old, str(of_shift), n) == (result_id, subject, 1)
    offered = [each.code for each in of_shifts(store, "voucher", LATER)]
    assert offered[offered.index(subject) + 1] == f"result:{old}"
    assert f"result:{old}" not in [each.code for each in of_shifts(store, "handover", LATER)]
    newest, again = voucher.sheet(store, subject, "zh_CN"), voucher.sheet(store, f"result:{old}", "zh_CN")
    assert newest.number.endswith("-V2")
    assert again.watermark == "旧版本"
    assert "变送器检定" in printed(newest)
    assert total(newest) != total(again)
    assert f"{total(again):,}" in first
    assert f"{total(again):,}" in printed(newest)  # in the list of versions


def _results(store: Store) -> list[int]:
    from sqlalchemy import select

    from stationdesk.storage.metered import MeteringResult

    with store.read() as session:
        return list(session.scalars(select(MeteringResult.id).order_by(MeteringResult.id)))


def _stream(store: Store, result_id: int) -> int:
    from stationdesk.storage.metered import MeteringResult

    with store.read() as session:
        return session.get_one(MeteringResult, result_id).stream_id


def test_its_code_checks_the_signatures_of_both_crews_and_names_what_changed_since(store: Store) -> None:
    subject = signed(store)
    made = issue(store, PROGRAM, "voucher", subject, "en", at=LATER)
    found = check_file(store, made.pdf)
    assert (found.fits, found.anchor.signatures, found.changed_since) == (True, 2, ())
    put = SubstituteText(_stream(store, _results(store)[0]), "pressure", hour_of("03"), hour_of("03"), Decimal("2.40"), "变送器检定")
    substitute(store, actor(store, "chief"), put, at=LATER)
    again = check_file(store, made.pdf)
    assert again.fits
    assert any("otherwise" in each.found for each in again.changed_since)


def test_nothing_metered_says_so_and_invents_no_number(store: Store) -> None:
    before = hour_of("00") - timedelta(days=200)
    said = text(store, f"{before:%Y-%m-%d}")
    assert "无计量数据" in said
    assert "0.000" not in said


def test_a_station_of_ten_runs_has_a_table_of_hours_for_each(store: Store) -> None:
    found = custody(store, shift(store), EIGHT)
    one = found.streams[0]
    runs = tuple(
        replace(one, gas=replace(one.gas, stream=replace(one.gas.stream, code=f"{n}", name=Name(f"{n}# 计量管路（{n} 号线）"))))
        for n in range(1, 11)
    )
    many = replace(found, streams=runs)
    made = Sheet("计量交接凭证", voucher.sections(many, Name("确山门站"), Name("示例天然气有限公司")), landscape=True)
    said = printed(made)
    assert said.count("逐时复算") == 10
    assert "十四、" in said
    assert "10# 计量管路（10 号线）" in said


@pytest.mark.parametrize("subject", ["99", "result:99", "2026-13-40", "yesterday"])
def test_a_subject_that_is_none(store: Store, subject: str) -> None:
    with pytest.raises(NoCustodyError):
        voucher.sheet(store, subject, "zh_CN")


def test_parties_number_and_long_names_stand_on_paper(store: Store) -> None:
    counterpart = "中原省天然气管网输配有限责任公司豫南分公司计量交接中心站"
    chief = actor(store, "chief")
    set_contract(store, chief, ContractText(number="HT-2027-0088", counterpart=counterpart), at=EIGHT)
    made = voucher.sheet(store, shift(store), "zh_CN")
    long = "一号计量管路（原三号线改造后由西气东输二线分输调压计量）甲"
    named = replace(table(made, "quantities"), rows=[{**row, "stream": long} for row in table(made, "quantities").rows])
    sections = [named if each.key == "quantities" else each for each in made.sections]
    said = printed(replace(made, sections=sections)).replace("\n", "")
    assert long in said.replace(" ", "")
    store.clock = lambda: EIGHT + timedelta(days=2)
    day = voucher.sheet(store, "2026-11-22", "zh_CN")
    assert "HT-2027-0088" in printed(day)
    assert counterpart in printed(day).replace("\n", "").replace(" ", "")


def test_an_incomplete_quantity_is_never_ticked(store: Store) -> None:
    read_blind(store)
    found = custody(store, shift(store), EIGHT)
    (one, *others) = found.streams
    assert "相符" in printed_light(found)
    first, *rest = one.gas.hours
    part = replace(one, gas=replace(one.gas, hours=(replace(first, base_volume=None), *rest)))
    assert printed_light(replace(found, streams=(part, *others))) == "已算部分相符"


def printed_light(found: Custody) -> str:
    return plain(cast("Text", quantities(found).rows[0]["light"]))
