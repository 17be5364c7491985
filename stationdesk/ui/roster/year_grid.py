"""The year as a grid one walks in: Enter or a double click on a month leads to its days."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from stationdesk.domain.words import _
from stationdesk.ui.roster.measures import SPAN_LINE
from stationdesk.ui.roster.painting import paint_span
from stationdesk.ui.roster.shown import crew_letter
from stationdesk.ui.roster.year import MEASURES, MONTHS, NAME, Index, YearModel, apart_text, measure_words
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, fill, text_at

NAMES, SUM, ROW, HEAD, LEAST = 116, 112, 28, 56, 40
EDGE, NAME_X, TITLE = 16, 40, 42
VALUE, AXIS, BAR = 44, 84, 22  # in a sum: where its figure ends, where its bar begins, how long it is at most


class YearGrid(QTableView):
    """opened(month from 1): one wants to see its days. measured(n): a digit chose what the months show."""

    opened = Signal(int)
    measured = Signal(int)

    def __init__(self, model: YearModel) -> None:
        super().__init__()
        self.year = model
        self.setModel(model)
        self.setHorizontalHeader(MonthHead(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setItemDelegate(YearPainter(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Year"))
        model.modelReset.connect(self._fit)

    def _fit(self) -> None:
        """The months share what the names and the sums leave."""
        if not self.year.columnCount():
            return
        room = self.viewport().width() - NAMES - SUM * len(MEASURES)
        month = max(room // MONTHS, LEAST)
        for column in range(self.year.columnCount()):
            self.setColumnWidth(column, NAMES if column == NAME else month if column <= MONTHS else SUM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        nth = event.key() - Qt.Key.Key_1
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif nth in range(len(MEASURES)) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.measured.emit(nth)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: Index) -> None:
        if index.isValid() and NAME < index.column() <= MONTHS:
            self.opened.emit(index.column())

    def keyboardSearch(self, _search: str) -> None:
        """Letters are the page's: no row is looked for by its name."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forward)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """No input method over the grid."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Year"))
            self.viewport().update()


class MonthHead(QHeaderView):
    """The months; above them a solid line over what is published and a dashed one over drafts."""

    def __init__(self, grid: YearGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self.grid = grid
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(LEAST)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        p.setRenderHints(SMOOTH)
        p.fillRect(rect, theme.color("surface"))
        words = self.grid.year.headerData(section, Qt.Orientation.Horizontal) or ""
        if NAME < section <= MONTHS:
            if section == self.grid.currentIndex().column() and self.grid.hasFocus():
                fill(p, rect.x() + 2, SPAN_LINE + 3, rect.width() - 4, HEAD - SPAN_LINE - 4, "selection")
            text_at(p, rect.right() - 8, TITLE, words, "label-strong", "text", 1)
        elif section > MONTHS:
            text_at(
                p, rect.x() + VALUE, TITLE, measure_words(MEASURES[section - MONTHS - 1]), "label", "text-2", 1 if _short(words) else 0.6
            )
        fill(p, rect.x(), HEAD - 1, rect.width(), 1, "line-strong")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p = QPainter(self.viewport())
        p.setRenderHints(SMOOTH)
        beyond = self.length() - self.offset()
        fill(p, beyond, 0, max(self.width() - beyond, 0), HEAD, "surface")
        fill(p, beyond, HEAD - 1, max(self.width() - beyond, 0), 1, "line-strong")
        view = self.grid.year.view
        if view is None:
            return
        for wanted, words in (("draft", _("Draft")), ("published", _("Published"))):
            months = [n for n in range(MONTHS) if ("draft" if view.drafted[n] else "published" if view.published[n] else "") == wanted]
            for run in _runs(months):
                self._span(p, run[0] + 1, run[-1] + 1, words, solid=wanted == "published")

    def _span(self, p: QPainter, first: int, last: int, words: str, *, solid: bool) -> None:
        left, right = self.sectionViewportPosition(first) + 8, self.sectionViewportPosition(last) + self.sectionSize(last) - 8
        paint_span(p, left, right, words, solid=solid)


class YearPainter(QStyledItemDelegate):
    """A name, a month's figure, or a sum with its bar from the mean."""

    def __init__(self, grid: YearGrid) -> None:
        super().__init__(grid)
        self.grid = grid

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, row, column = QRect(option.rect), index.row(), index.column()
        p.setRenderHints(SMOOTH)
        rows = self.grid.year.rows
        if row and rows[row].crew != rows[row - 1].crew:
            fill(p, rect.x(), rect.y(), rect.width(), 1, "hairline")
        if column == NAME:
            self._name(p, rect, row)
        elif column <= MONTHS:
            self._month(p, rect, row, column)
        else:
            self._sum(p, rect, row, MEASURES[column - MONTHS - 1])
        if index == self.grid.currentIndex() and self.grid.hasFocus():
            box(p, QRectF(rect).adjusted(1, 1, -1, -1), 4, "focus", width=2)

    def _name(self, p: QPainter, rect: QRect, row: int) -> None:
        rows, middle = self.grid.year.rows, rect.center().y() + 0.5
        crew = str(rows[row].crew)
        if crew and (row == 0 or rows[row - 1].crew != rows[row].crew):
            text_at(p, EDGE, middle, crew_letter(crew), "label", "text-2")
        left = NAME_X if crew else EDGE
        text_at(p, left, middle, elided("body", rows[row].name, NAMES - left - 4), "body", "text")

    def _month(self, p: QPainter, rect: QRect, row: int, column: int) -> None:
        model, middle = self.grid.year, rect.center().y() + 0.5
        words = model.text(row, column)
        if words and words != "0":
            text_at(p, rect.right() - 8, middle, words, "body", "text-2" if model.view and model.view.drafted[column - 1] else "text", 1)
        else:
            fill(p, rect.right() - 12, middle - 1, 2, 2, "line-strong")

    def _sum(self, p: QPainter, rect: QRect, row: int, measure: str) -> None:
        model, middle, x = self.grid.year, rect.center().y() + 0.5, rect.x()
        strong = measure == model.measure
        text_at(
            p,
            x + VALUE,
            middle,
            model.text(row, model.columnCount() - len(MEASURES) + MEASURES.index(measure)),
            "strong" if strong else "body",
            "text",
            1,
        )
        if not model.rows[row].crew.zh:
            return
        value = model.apart(row, measure)
        long = round(abs(value) / model.widest[measure] * BAR)
        fill(p, x + AXIS - 1, middle - 8, 1, 16, "line-strong")
        fill(p, x + AXIS - long if value < 0 else x + AXIS, middle - 4, long, 8, "bar")
        words = apart_text(measure, value)
        if words and advance("axis", words) < AXIS - VALUE:
            text_at(p, x + AXIS - 6 if value > 0 else x + AXIS + 6, middle, words, "axis", "text-2", 1 if value > 0 else 0)


def _runs(months: list[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for each in months:
        if found and found[-1][-1] == each - 1:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _short(words: str) -> bool:
    return advance("label", words) <= VALUE - 4
