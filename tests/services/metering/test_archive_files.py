"""Files as people bring them: whatever encoding, separator or kind of workbook, the same hours; anything else is refused in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import numbers

from stationdesk.domain.errors import say
from stationdesk.domain.metering.archive import Parsed, guess, together
from stationdesk.services.metering import archive_files
from stationdesk.services.metering.archive_files import (
    ArchiveEmptyError,
    ArchiveFileError,
    ArchiveTooLargeError,
    OldWorkbookError,
    PageAsWorkbookError,
    tables_of,
)
from tests.domain.metering.archives import HEADINGS, HOURS, ONE, ZONE, Hour, same, usual


def text(rows: Sequence[Sequence[object]], separator: str = ",") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue()


def read(data: bytes, name: str = "archive.csv") -> Parsed:
    return together([(table, guess(table)) for table in tables_of(data, name)], ZONE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(encoding: str, separator: str):
    same(read(text(usual(), separator).encode(encoding)))


def test_western_encodings_know_their_degrees():
    head = ["Date", "Time", "Run", "Vm (m³)", "Vb (m³)", "Vb err (m³)", "p (kPa abs)", "T (°C)", "C", "Status"]
    same(read(text(usual(HOURS[:40], head), ";").encode("cp1252")), HOURS[:40])


def test_excel_says_its_separator_in_the_first_line():
    parsed = read(("sep=;\r\n" + text(usual(), ";")).encode())
    same(parsed)
    assert parsed.hours[0].line == 3


def test_what_gbk_has_no_letter_for_became_a_question_mark():
    head = [*HEADINGS[:3], "工况累积(m³)", "标况累积(Nm³)", "故障累积(Nm³)", *HEADINGS[6:]]
    same(read(text(usual(HOURS, head)).encode("gbk", "replace")))


def test_a_printed_table_with_blanks_between_its_columns():
    lines = ["  ".join(cell.ljust(14) if cell else "-".ljust(14) for cell in row) for row in usual()]
    same(read("\n".join(lines).encode()))


def test_line_numbers_are_those_of_an_editor():
    rows = [["标题\n两行"], *usual(ONE)]
    rows[20][4] = "x"
    assert [each.line for each in read(text(rows).encode()).refusals] == [22]


def book(rows: Sequence[Sequence[Any]], *, title: str = "Sheet1", forms: dict[int, str] | None = None) -> bytes:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = title
    fill(page, rows, forms or {})
    return saved(made)


def fill(page: Any, rows: Sequence[Sequence[Any]], forms: dict[int, str]) -> None:
    for row in rows:
        page.append(list(row))
        for place, form in forms.items():
            page.cell(page.max_row, place + 1).number_format = form


def saved(made: Workbook) -> bytes:
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def numbered(h: Hour) -> list[Any]:
    return [float(h.vm), int(h.vb), int(h.fault), float(h.kpa), float(h.celsius), float(h.factor), h.status or None]


def naive(h: Hour) -> datetime:
    return h.wall.replace(tzinfo=None)


def days(moment: datetime) -> float:
    return (moment - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - a spreadsheet's days have no zone


def test_workbook_with_dates_and_times_of_its_own():
    rows = [[naive(h).date(), time(h.wall.hour), h.run, *numbered(h)] for h in HOURS]
    same(read(book([HEADINGS, *rows]), "archive.xlsx"))


def test_workbook_with_moments_and_with_moments_as_numbers():
    head = ["时间", *HEADINGS[2:]]
    same(read(book([head, *([naive(h), h.run, *numbered(h)] for h in HOURS)], forms={0: "yyyy-mm-dd hh:mm"}), "archive.xlsx"))
    same(read(book([head, *([days(naive(h)), h.run, *numbered(h)] for h in HOURS)], forms={0: numbers.FORMAT_GENERAL}), "archive.xlsx"))


def test_workbook_with_everything_as_text():
    same(read(book(usual()), "archive.xlsx"))


def test_workbook_with_a_merged_title_and_empty_lines_above():
    made = Workbook()
    page = made.active
    assert page is not None
    page.append(["某某门站 体积修正仪小时数据"])
    page.merge_cells("A1:J1")
    page.append([])
    fill(page, [HEADINGS, *([naive(h).date(), time(h.wall.hour), h.run, *numbered(h)] for h in HOURS)], {})
    page.append(["合计", None, None, None, "=SUM(E4:E99)"])
    parsed = read(saved(made), "archive.xlsx")
    same(parsed)
    assert parsed.hours[0].line == 4


def test_workbook_with_a_sheet_for_each_run_and_one_of_remarks():
    made = Workbook()
    for run in ("1#", "2#"):
        page = made.create_sheet(run)
        fill(page, [["时间", *HEADINGS[3:]], *([naive(h), *numbered(h)] for h in HOURS if h.run == run)], {})
    del made["Sheet"]
    tables = tables_of(saved(made), "archive.xlsx")
    assert [table.title for table in tables] == ["1#", "2#"]


def test_numbers_of_a_workbook_keep_their_digits_and_no_more():
    cells = tables_of(book([["a", "b"], [1204014.3, 48230915]]), "x.xlsx")[0].lines[1].cells
    assert cells == (Decimal("1204014.3"), Decimal(48230915))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", ArchiveEmptyError), (b" \r\n\t\n", ArchiveEmptyError), (b",,,\n,,\n", ArchiveEmptyError),
        (bytes(range(256)) * 9, ArchiveFileError),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, OldWorkbookError), (b"<html><table><tr><td>1</td></tr></table></html>", PageAsWorkbookError),
        (b"PK\x03\x04broken", ArchiveFileError), (b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 200, ArchiveFileError),
        (b"%PDF-1.7\n\x00\x01\x02\x03" * 30, ArchiveFileError),
    ],
)  # fmt: skip
def test_other_files_are_refused_in_words(data: bytes, error: type[Exception]):
    with pytest.raises(error) as refused:
        tables_of(data, "x.csv")
    assert "x.csv" in say(refused.value)  # type: ignore[arg-type]


def test_an_empty_workbook():
    with pytest.raises(ArchiveEmptyError):
        tables_of(book([]), "x.xlsx")


def test_huge_files_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_files, "MOST_LINES", 50)
    with pytest.raises(ArchiveTooLargeError):
        tables_of(text(usual()).encode(), "x.csv")
    with pytest.raises(ArchiveTooLargeError):
        tables_of(book(usual()), "x.xlsx")
    monkeypatch.setattr(archive_files, "MOST_BYTES", 100)
    with pytest.raises(ArchiveTooLargeError):
        tables_of(text(usual()).encode(), "x.csv")


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_files, "MOST_UNPACKED", 1000)
    with pytest.raises(ArchiveTooLargeError):
        tables_of(book(usual()), "x.xlsx")
