"""The columns of a file beside what they are read as, to be said by a person; and the dialog in which that is done and saved by a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.archive import QUANTITY_NAMES, Column, Line, Mapping, Quantity, Table
from stationdesk.domain.metering.archive.layout import layout
from stationdesk.domain.metering.archive.units import unit_of
from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.services.metering.archive_files import tables_of
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import column, row, scrolled
from stationdesk.ui.widgets.line import Line as Words
from stationdesk.ui.widgets.select_field import Choices, Select
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

UNREAD, WIDE, TALL, MOST = "", 760, 420, 60
WIDTHS = (184, 128, 200, 88)


@dataclass(frozen=True)
class Shown:
    """A column of the file: where, its heading, its first value, and as what it is read ("" for not at all)."""

    place: int
    heading: str
    sample: str
    quantity: str = UNREAD
    unit: str = ""
    run: str = ""


@dataclass(frozen=True)
class Layout:
    """What a file's first sheet looks like. header 0: it has no headings that were recognised."""

    columns: tuple[Shown, ...]
    header: int
    body: int


def file_layout(_store: Store, data: bytes, name: str, mapping: Mapping | None) -> Layout:
    """Query: the columns of a file, read as a mapping says. The errors of `tables_of`."""
    table = tables_of(data, name)[0]
    header, body, headings = _headings(table)
    read = {(each.place, each.run): each for each in mapping.columns} if mapping else {}
    places = {place: each for (place, _run), each in read.items()}
    first = next((line for line in table.lines if line.number >= body), Line(0, ()))
    made = [_shown(place, headings, first, places.get(place)) for place in range(min(max(len(headings), len(first.cells)), MOST))]
    return Layout(tuple(made), header, body)


def _headings(table: Table) -> tuple[int, int, Sequence[str]]:
    """Line of the headings, of the first values, and the headings; without any: the widest line of the file begins the values."""
    try:
        found = layout(table)
    except DomainError:
        widest = max(table.lines, key=lambda line: len(line.cells))
        return 0, next(line.number for line in table.lines if len(line.cells) == len(widest.cells)), ()
    return found.header, table.lines[found.body].number, [each.text for each in found.headings]


def _shown(place: int, headings: Sequence[str], first: Line, read: Column | None) -> Shown:
    text = headings[place] if place < len(headings) else ""
    if read is None:
        return Shown(place, text, str(first.cell(place)))
    return Shown(place, text, str(first.cell(place)), read.quantity.value, read.unit, read.run)


class _Row:
    """The fields of one column."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        choices: Choices = [
            (UNREAD, lambda: C_("archive", "not read")),
            *((str(each), partial(_, QUANTITY_NAMES[each])) for each in Quantity),
        ]
        self.quantity = Select("", choices, below=False)
        self.quantity.choose(shown.quantity)
        self.quantity.combo.setAccessibleName(shown.heading or str(shown.place + 1))
        self.unit = Field("", below=False)
        self.unit.set_text(shown.unit)
        self.unit.edit.setAccessibleName(_("Unit"))

    def column(self) -> Column | None:
        """As the mapping has it; None where it is not read. ValueError for a unit nobody knows."""
        quantity = self.quantity.value()
        if not quantity:
            return None
        return Column(Quantity(quantity), self.shown.place, self.shown.heading, _unit(self.unit.text()), self.shown.run)


def _unit(text: str) -> str:
    if not text:
        return ""
    found = unit_of(text)
    if found is None:
        raise ValueError(text)
    return found.code


class ColumnsDialog(Dialog):
    """take(mapping, name): use it, and keep it by this name where one is given. May the person keep it: else the name is not asked."""

    def __init__(
        self, parent: QWidget, found: Layout, mapping: Mapping | None, take: Callable[[Mapping, str], object], name: str, *, keeps: bool
    ) -> None:
        self.found, self.mapping, self.take = found, mapping, take
        self.rows = [_Row(each) for each in found.columns]
        self.name = Field(lambda: C_("archive", "Keep it as (empty: only for this file)"), below=False)
        self.name.set_text(name)
        self.name.setVisible(keeps)
        self.gauge = Select(lambda: C_("archive", "Pressure"), _GAUGE, below=False)
        self.stamp = Select(lambda: C_("archive", "The time of an hour is its"), _STAMP, below=False)
        self.order = Select(lambda: C_("archive", "Dates"), _ORDER, below=False)
        self.decimal = Select(lambda: C_("archive", "Decimals"), [(".", "1,234.5"), (",", "1.234,5")], below=False)
        if mapping is not None:
            for part, value in (
                (self.gauge, mapping.gauge),
                (self.stamp, mapping.stamp),
                (self.order, mapping.order),
                (self.decimal, mapping.decimal),
            ):
                part.choose(value)
        self.problem = Text("", "label red-fg")
        self.problem.hide()
        self.yes = Button(lambda: C_("archive", "Read it so"), look="primary", key="Ctrl Enter", on_click=self._take)
        self.no = Button(lambda: _("Cancel"), on_click=self._leave)
        area = scrolled(self._grid())
        area.setFixedHeight(min(TALL, 40 * len(self.rows) + 28))
        ways = row(self.gauge, self.stamp, self.order, self.decimal, spacing=12)
        title = lambda: C_("archive", "What the columns are")  # noqa: E731
        super().__init__(parent, title, area, 12, ways, 8, self.name, self.problem, buttons=(self.no, self.yes), wide=WIDE)

    def _grid(self) -> QWidget:
        made, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(12)
        titles = (C_("archive", "Heading"), C_("archive", "First value"), C_("archive", "What it is"), _("Unit"))
        for n, title in enumerate(titles):
            grid.addWidget(Words(title, "label text-2"), 0, n)
        for n, each in enumerate(self.rows, 1):
            heading = plain(each.shown.heading) or _("column {n}").format(n=each.shown.place + 1)
            grid.addWidget(Words(heading, "body", elide=True, most=WIDTHS[0]), n, 0)
            grid.addWidget(Words(plain(each.shown.sample), "body text-2", elide=True, most=WIDTHS[1]), n, 1)
            grid.addWidget(each.quantity, n, 2)
            each.unit.setFixedWidth(WIDTHS[3])
            grid.addWidget(each.unit, n, 3)
        for n, wide in enumerate(WIDTHS):
            grid.setColumnMinimumWidth(n, wide)
        grid.setColumnStretch(2, 1)
        column(grid, None, owner=made)
        return made

    def _leave(self) -> None:
        self.reject()

    def _take(self) -> None:
        try:
            columns = tuple(column for each in self.rows if (column := each.column()) is not None)
        except ValueError as error:
            text = str(error)
            self._complain(lambda: _("“{unit}” is no unit that is known.").format(unit=text))
            return
        base = self.mapping or Mapping((), self.found.header, self.found.body)
        made = replace(
            base, columns=columns, gauge=self.gauge.value(), stamp=self.stamp.value() or "end", order=self.order.value() or "ymd",
            decimal=self.decimal.value() or ".", assumed=(), asked=(),
        )  # fmt: skip
        if not columns:
            self._complain(lambda: C_("archive", "Say what at least the time and a counter are."))
            return
        self.accept()
        self.take(made, self.name.text())

    def _complain(self, words: Callable[[], str]) -> None:
        self.problem.say(words)
        self.problem.show()


_GAUGE: Choices = [(True, lambda: C_("archive", "gauge")), (False, lambda: C_("archive", "absolute"))]
_STAMP: Choices = [("end", lambda: C_("archive", "end")), ("start", lambda: C_("archive", "beginning"))]
_ORDER: Choices = [
    ("ymd", lambda: C_("archive", "year first")),
    ("dmy", lambda: C_("archive", "day first")),
    ("mdy", lambda: C_("archive", "month first")),
]
