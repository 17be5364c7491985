"""The set-up workbook as it is handed out: a sheet for each list, both languages in the headings, what is chosen as lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from stationdesk.domain import words
from stationdesk.domain.names import Name
from stationdesk.domain.setup import BY_HAND, PLANS, SHEETS, Choices, Column, Filled, Kind, Known, Rows, SheetPlan

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_INVARIANT = datetime(2000, 1, 1, tzinfo=UTC)
_LISTED_IN = {"crews": "crews", "routes": "routes"}  # choices that stand in another sheet of the workbook
_LIST_LETTERS = 255  # of a list written into a validation
GREY, EDGE = "#EEF0F2", "#C9CED3"

READ_ME = Name("说明", "Read me")
GUIDE = (
    Name(
        "每张表一份清单，已按站型填好；改成本站的，存盘后带回程序。",
        "Each sheet is a list, filled for this kind of station: make it yours.",
    ),
    Name(
        "先试读：逐格指出读不懂之处，什么也不写。",
        "Try it first: every cell that is refused is named, and nothing is written.",
    ),
    Name(
        "全部读通才写入；有一格不对，就一格也不写。",
        "All or nothing: one cell refused, and no cell is taken.",
    ),
    Name(
        "带 * 的列必须填。公式请粘贴为数值。空行不读。",
        "Columns with * must be filled. Paste values, not formulas. Empty rows are skipped.",
    ),
    Name(
        "单元格里的日期、数字写成文字也能读，全角数字也行。",
        "Dates and numbers may be text too, full-width digits as well.",
    ),
    Name(
        "带进已有的站：新行添上，改过的行从此刻起改；删掉的行不停用。",
        "In a station that is there rows are added and changed; none is retired.",
    ),
    Name(
        "有登录名的人各得一个六位初始口令，只显示一次。",
        "Whoever has a login gets a first password of six digits, shown once.",
    ),
)  # fmt: skip


def workbook(rows: Rows, known: Known, language: str) -> bytes:
    """The .xlsx file of these rows; choices and sheet names in this language, headings in both."""
    with words.speaking(language):
        return _Writer(rows, known).made()


class _Writer:
    def __init__(self, rows: Rows, known: Known) -> None:
        from xlsxwriter import Workbook

        self._rows, self._listed = rows, known.choices()
        self._buffer = BytesIO()
        self._book: Workbook = Workbook(self._buffer, {"in_memory": True})
        self._book.set_properties({"title": "StationDesk", "created": _INVARIANT.replace(tzinfo=None)})
        shapes = {
            "head": {"bold": True, "bg_color": GREY, "bottom": 1, "border_color": EDGE, "valign": "top", "text_wrap": True},
            "text": {"num_format": "@", "valign": "top"},
            "date": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
            "number": {"num_format": "General", "valign": "top"},
            "note": {"font_color": "#667077", "valign": "top", "text_wrap": True},
        }
        self._formats = {name: self._book.add_format(shape) for name, shape in shapes.items()}

    def made(self) -> bytes:
        self._guide()
        for plan in SHEETS:
            page = self._book.add_worksheet(str(plan.name))
            (self._upright if plan.upright else self._list)(page, plan)
        self._book.worksheets()[1].activate()
        self._book.close()
        return self._buffer.getvalue()

    def _guide(self) -> None:
        page = self._book.add_worksheet(str(READ_ME))
        page.set_column(0, 0, 60)
        page.set_column(1, 1, 80)
        for row, line in enumerate(GUIDE):
            page.write_string(row, 0, line.zh, self._formats["note"])
            page.write_string(row, 1, line.en, self._formats["note"])

    def _list(self, page: Worksheet, plan: SheetPlan) -> None:
        rows = self._rows.get(plan.key, ())
        for n, column in enumerate(plan.columns):
            page.set_column(n, n, column.width, self._formats[_shape(column)])
            page.write_string(0, n, heading(column), self._formats["head"])
            if note := _note(column):
                page.write_comment(0, n, note)
            self._validate(page, column, 1, n, len(rows) + BY_HAND)
        for row, values in enumerate(rows, 1):
            for n, column in enumerate(plan.columns):
                self._write(page, row, n, column, values.get(column.key))
        page.set_row(0, 32)
        page.freeze_panes(1, 1)

    def _upright(self, page: Worksheet, plan: SheetPlan) -> None:
        values = (self._rows.get(plan.key) or ({},))[0]
        page.set_column(0, 0, 36)
        page.set_column(1, 1, 40)
        page.set_column(2, 2, 70)
        for row, column in enumerate(plan.columns):
            page.write_string(row, 0, heading(column), self._formats["head"])
            page.write_blank(row, 1, None, self._formats[_shape(column)])
            self._write(page, row, 1, column, values.get(column.key))
            self._validate(page, column, row, 1, row)
            if note := _note(column):
                page.write_string(row, 2, note, self._formats["note"])
        page.freeze_panes(0, 1)

    def _write(self, page: Worksheet, row: int, at: int, column: Column, value: Filled) -> None:
        shape = self._formats[_shape(column)]
        if value is None or value == "":
            return
        if isinstance(value, bool):
            if value:
                page.write_string(row, at, str(column.choices["yes"]), shape)
        elif isinstance(value, date):
            page.write_datetime(row, at, datetime(value.year, value.month, value.day, tzinfo=UTC).replace(tzinfo=None), shape)
        elif isinstance(value, int | Decimal):
            page.write_number(row, at, float(value), shape)
        else:
            page.write_string(row, at, self._worded(column, value), shape)

    def _worded(self, column: Column, value: str) -> str:
        """A choice's name; codes of other sheets stay codes."""
        if column.kind is not Kind.CHOICE or column.listed in _LISTED_IN:
            return value
        found = self._choices(column).get(value)
        return str(found) if found is not None else value

    def _choices(self, column: Column) -> Choices:
        return self._listed.get(column.listed, {}) if column.listed else column.choices

    def _validate(self, page: Worksheet, column: Column, first: int, at: int, last: int) -> None:
        """A list to choose from; other words are still possible, the program judges them."""
        if column.kind is Kind.DATE:
            return
        source: Any = [str(name) for name in self._choices(column).values()]
        if column.listed in _LISTED_IN:
            source = f"='{PLANS[_LISTED_IN[column.listed]].name}'!$A$2:$A${BY_HAND}"
        if source and (isinstance(source, str) or len(",".join(source)) <= _LIST_LETTERS):
            page.data_validation(
                first, at, last, at, {"validate": "list", "source": source, "error_type": "information", "show_error": False}
            )


def heading(column: Column) -> str:
    """Both languages, a star where it must be filled in: 姓名 Name *."""
    return f"{column.name.zh} {column.name.en}{' *' if column.required else ''}"


def _note(column: Column) -> str:
    return f"{column.hint.zh}\n{column.hint.en}" if column.hint.zh else ""


def _shape(column: Column) -> str:
    if column.kind is Kind.DATE:
        return "date"
    return "number" if column.kind in (Kind.NUMBER, Kind.WHOLE) else "text"
