"""The discrepancy sheet: what it says open, signed and closed, its blank form, and a station that never had one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from stationdesk.domain import words
from stationdesk.reports import discrepancy, voucher
from stationdesk.reports.checking import check_file
from stationdesk.reports.issue import issue
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.sheet import Sheet, Signatures
from stationdesk.reports.workbook import xlsx
from stationdesk.services import PROGRAM, Store
from stationdesk.services.metering.discrepancies import SheetText, close_discrepancy, open_discrepancy, sign_discrepancy
from stationdesk.services.metering.discrepancy_sheet import NoDiscrepancyError
from stationdesk.services.subjects import NONE_YET, items, latest
from tests.conftest_station import PASSWORD, actor
from tests.handing import EIGHT
from tests.reports.builds import fonts_embedded
from tests.taking_over import read_blind, stream, the_takeover

EVIDENCE = "1# 表头与修正仪相差 9000，已拍照；上游站 08:00 底数与我站一致。"
LATER = EIGHT + timedelta(hours=5)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with words.speaking("zh_CN"):
        yield


@pytest.fixture
def store(metered_store: Store) -> Store:
    return metered_store


def opened(store: Store) -> int:
    """A red takeover: the relief reads 9,000 counts more."""
    read_blind(store, off=9000)
    text = SheetText("counter", EVIDENCE, Decimal(151_829), "recomputed")
    return open_discrepancy(store, actor(store, "lead-d"), the_takeover(store).shift_id, stream(store), text, at=EIGHT)


def printed(sheet: Sheet) -> str:
    made = make(sheet)
    assert made.missing == ()
    assert fonts_embedded(made.pdf)
    return "\n".join(read_lines(made.pdf))


def names(sheet: Sheet) -> list[str]:
    (cells,) = [each.cells for each in sheet.sections if isinstance(each, Signatures)]
    return [each.name for each in cells]


def test_open_it_is_a_draft_with_figures_cause_and_evidence(store: Store) -> None:
    made = discrepancy.sheet(store, str(opened(store)), "zh_CN")
    said = printed(made)
    for word in (
        "JLC-20261121-1",
        "计量差异处理单",
        "9,000",
        "1,205,576",
        "1,214,576",
        "计数器",
        EVIDENCE[:12],
        "151,829",
        "按整点读数复算",
        "尚未结案",
        "超差（红）",
    ):
        assert word in said, word
    assert made.watermark == "草稿"
    assert names(made) == ["", "", "", ""]


def test_signed_and_closed_it_carries_all_three_signatures_and_what_was_settled(store: Store) -> None:
    sheet, chief = opened(store), actor(store, "chief")
    sign_discrepancy(store, actor(store, "lead-b"), sheet, "outgoing", PASSWORD, at=EIGHT)
    sign_discrepancy(store, actor(store, "lead-d"), sheet, "incoming", PASSWORD, at=EIGHT)
    signed = discrepancy.sheet(store, str(sheet), "zh_CN")
    assert (signed.watermark, names(signed)) == ("", ["张伟", "黄勇", "", ""])
    close_discrepancy(store, chief, sheet, Decimal(151_830), "与上游核对一致", PASSWORD, at=LATER)
    closed = discrepancy.sheet(store, str(sheet), "zh_CN")
    assert names(closed) == ["张伟", "黄勇", "沈浩", ""]
    for word in ("最终气量 151,830 Nm³", "与上游核对一致", "已结案"):
        assert word in printed(closed), word
    english = printed(discrepancy.sheet(store, str(sheet), "en"))
    for word in ("Metering discrepancy sheet", "metered base reading", "red: differs", "Settled on 151,830 Nm³"):
        assert word in english, word


def test_its_signatures_are_checked_with_its_code(store: Store) -> None:
    sheet = opened(store)
    for who, side in (("lead-b", "outgoing"), ("lead-d", "incoming")):
        sign_discrepancy(store, actor(store, who), sheet, side, PASSWORD, at=EIGHT)
    made = issue(store, PROGRAM, "discrepancy", str(sheet), "zh_CN", at=LATER)
    found = check_file(store, made.pdf)
    assert (found.fits, found.anchor.signatures, found.changed_since) == (True, 2, ())


def test_the_voucher_of_the_shift_names_the_sheet(store: Store) -> None:
    opened(store)
    assert "差异处理单 JLC-20261121-1" in printed(voucher.sheet(store, str(the_takeover(store).shift_id), "zh_CN"))


def test_the_workbook_has_its_figures(store: Store) -> None:
    book = load_workbook(BytesIO(xlsx(discrepancy.sheet(store, str(opened(store)), "zh_CN"))))
    compared = next(page for page in book.worksheets if "比对" in page.title)
    assert (compared.cell(2, 2).value, compared.cell(2, 3).value, compared.cell(2, 4).value) == (1_214_576, 1_205_576, 9_000)


def test_they_are_offered_newest_first_and_none_is_said_where_there_is_none(store: Store) -> None:
    assert [each.code for each in items(store, "discrepancy", EIGHT)] == [NONE_YET]
    assert "尚未开过计量差异处理单" in printed(discrepancy.sheet(store, latest(store, "discrepancy", "item", EIGHT), "zh_CN"))
    sheet = opened(store)
    (found,) = items(store, "discrepancy", EIGHT)
    assert (found.code, found.label, found.done) == (str(sheet), "JLC-20261121-1", False)
    with pytest.raises(NoDiscrepancyError):
        discrepancy.sheet(store, "77", "zh_CN")


def test_the_blank_form_has_room_and_no_number(store: Store) -> None:
    made = make(discrepancy.form(store, "", "zh_CN"))
    said = "\n".join(read_lines(made.pdf))
    assert made.pages == 1
    for word in ("□ 计数器", "□ 以修正仪为准", "恢复后补录"):
        assert word in said, word
    assert not any(letter.isdigit() for letter in said.replace("第 1 页 共 1 页", "").replace("Nm³", ""))
