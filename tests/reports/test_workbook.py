from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl

from stationdesk.domain.paper import parse_template
from stationdesk.reports.breaking import Run
from stationdesk.reports.paper import on_paper
from stationdesk.reports.sheet import Column, Paragraph, Sheet, Table
from stationdesk.reports.workbook import xlsx
from tests.reports import samples
from tests.reports.builds import log, sheet_of


def opened(sheet: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx(sheet)))


def test_numbers_are_numbers() -> None:
    page = opened(samples.handover())["三、交接底数"]
    assert [cell.value for cell in page[1]][:3] == ["计量管路", "单位", "00:00 底数"]
    assert page["C2"].value == 48_332_467
    assert page["C2"].number_format == "#,##0"
    assert page["G2"].value == 87_446


def test_decimals_are_kept() -> None:
    table = Table("t", "数", [Column("v", "值", digits=None), Column("w", "值", digits=2)], [{"v": Decimal("2.40"), "w": Decimal("0.337")}])
    page = opened(sheet_of(table))["数"]
    assert (page["A2"].value, page["B2"].value, page["B2"].number_format) == (2.4, 0.337, "#,##0.00")


def test_nothing_typed_becomes_a_formula() -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://example.com", "{=A1}", "\t=1", "12"]
    rows = [{"n": n, "text": text, "who": "=1"} for n, text in enumerate(texts)]
    book = opened(replace(sheet_of(replace(log(1), rows=rows), Paragraph("p", "=2", "=3")), company="=4"))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert [book["一、记录"].cell(n + 2, 2).value for n in range(len(texts))] == [text.replace("\t", " ") for text in texts]


def test_words_page_has_facts_paragraphs_signatures_and_code() -> None:
    page = opened(samples.handover()).worksheets[0]
    said = {cell.value for row in page.iter_rows() for cell in row}
    assert {"交接班记录", "示例天然气有限公司", "李娜、王强", "08:03:22 口令签字", "7F3A-Q2WD-9KTM-5HXR-C8VN"} <= said


def test_worksheet_names_are_what_excel_takes() -> None:
    tables = [replace(log(1), title=title) for title in ("记录[1]/2:*?\\", "记录[1]/2:*?\\", "很" * 40, "很" * 40, "", "'a'")]
    names = opened(sheet_of(*tables)).sheetnames
    assert len({name.lower() for name in names}) == 7
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_cell_longer_than_excel_takes_is_cut_not_lost() -> None:
    page = opened(sheet_of(log(1, text="长" * 40_000)))["一、记录"]
    assert len(page["B2"].value) == 32_767


def test_english_and_same_bytes() -> None:
    assert opened(samples.handover("en")).sheetnames[0] == "Shift handover record"
    assert xlsx(samples.readings()) == xlsx(samples.readings())


def test_chart_is_a_table_of_its_readings() -> None:
    page = opened(samples.readings())["进站压力"]
    assert page["A2"].value == 0
    assert isinstance(page["B2"].value, float)
    assert page["B19"].value is None


def test_a_column_says_what_stands_over_it() -> None:
    """A pressure nobody knows the place of is worse than none."""
    heads = [cell.value for cell in opened(samples.readings())["运行参数日报 2"][1]]
    assert heads[:3] == ["时间", "进站 压力 MPa 2.20–2.70", "进站 温度 ℃ −5–40"]
    assert len(set(heads)) == len(heads)


def test_what_was_corrected_is_struck_through() -> None:
    value = [Run("13.7", grey=True, struck=True), Run(" 3.7")]
    table = Table("t", "数", [Column("v", "值"), Column("w", "词")], [{"v": value, "w": Run("误记", struck=True)}])
    page = openpyxl.load_workbook(io.BytesIO(xlsx(sheet_of(table))), rich_text=True)["数"]
    old, new = page["A2"].value
    assert (old.text, bool(old.font.strike), new.text, bool(new.font.strike)) == ("13.7", True, " 3.7", False)
    assert page["B2"].font.strike


def test_a_day_the_station_calls_otherwise_is_called_so() -> None:
    table = Table("t", "数", [Column("d", "1", book="11-01 星期日")], [{"d": "夜"}])
    own = parse_template('{"sections": {"t": {"columns": [{"key": "d", "name": "首日"}]}}}')
    assert opened(sheet_of(table))["数"]["A1"].value == "11-01 星期日"
    assert opened(on_paper(own, sheet_of(table)))["数"]["A1"].value == "首日"
