"""The table: rows of 32 parted by hairlines, no vertical lines, a head that stays, one row current."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, text_at
from stationdesk.ui.widgets.rows import Column, Group, Index, RowsModel, row_key
from stationdesk.ui.widgets.spoken import Words, said

HIGH, COMPACT, HEAD = 32, 28, 32
GAP, EDGE, ICON, WIDEST = 8, 16, 16, 260


class _Head(QHeaderView):
    def __init__(self, table: Table) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.table = table
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self.viewport())
        p.fillRect(self.viewport().rect(), theme.color("header"))
        p.fillRect(0, HEAD - 1, self.viewport().width(), 1, theme.color("line-strong"))
        p.end()
        super().paintEvent(event)

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        column = self.table.columns[section]
        left, right = self.table.pads(section)
        p.setRenderHints(SMOOTH)
        text = elided("label", said(column.title), rect.width() - left - right + 0.5)
        if column.align == "right":
            text_at(p, rect.right() + 1 - right, HEAD / 2, text, "label", "text-2", 1)
        else:
            text_at(p, rect.left() + left, HEAD / 2, text, "label", "text-2")


class _Cells(QStyledItemDelegate):
    """Paints a cell; everything comes from the column's functions."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.table = table

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        row = self.table.rows_model.rows[index.row()]
        p.setRenderHints(SMOOTH)
        if isinstance(row, Group):
            p.fillRect(rect, theme.color("header"))
        elif index.row() == self.table.currentIndex().row():
            p.fillRect(rect, theme.color("selection"))
        elif index.row() == self.table.hovered:
            p.fillRect(rect, theme.color("hover"))
        p.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("hairline"))
        if not isinstance(row, Group):
            self._words(p, rect, row, index.column())

    def _words(self, p: QPainter, rect: QRectF, row: Any, section: int) -> None:
        column = self.table.columns[section]
        left, right = self.table.pads(section)
        text, unit = column.text(row), f" {column.unit(row)}" if column.unit else ""
        ink = column.token(row) if column.token else "text"
        role = "strong" if column.strong and column.strong(row) else "body"
        sign = column.icon(row) if column.icon else ""
        middle = rect.top() + (rect.height() - 1) / 2
        room = rect.width() - left - right - (ICON + 4 if sign else 0) - advance("body", unit)
        text = elided(role, text, room + 0.5)
        wide = advance(role, text) + advance("body", unit) + (ICON + 4 if sign else 0)
        x = rect.right() - right - wide if column.align == "right" else rect.left() + left
        if sign:
            icons.draw(p, sign, x, middle - ICON / 2, ICON, ink)
            x += ICON + 4
        text_at(p, x, middle, text, role, ink)
        if column.struck and column.struck(row):
            p.fillRect(QRectF(x, round(middle), advance(role, text), 1), theme.color(ink))
        if unit:
            text_at(p, x + advance(role, text), middle, unit, "body", "text-2")


class Table(QTableView):
    """picked(row): Enter or double click. current(row): another row is current, None for none. cell(row, column): a click."""

    picked = Signal(object)
    current = Signal(object)
    cell = Signal(object, int)

    def __init__(
        self,
        columns: Sequence[Column],
        name: Words = "",
        compact: bool = False,
        empty: EmptyState | None = None,
        key: Callable[[Any], Hashable] = row_key,
    ) -> None:
        self.columns = tuple(columns)
        self.hovered = -1
        self.words = name
        self._key: Hashable = None
        self.rows_model = RowsModel(self.columns, key)
        self.empty = empty
        super().__init__()
        self.setModel(self.rows_model)
        self._dress(COMPACT if compact else HIGH)
        if empty is not None:
            empty.setParent(self.viewport())
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.clicked.connect(self._pressed)
        self.doubleClicked.connect(self._pick)
        self.setAccessibleName(said(name))

    def _dress(self, high: int) -> None:
        self.setHorizontalHeader(_Head(self))
        self.setItemDelegate(_Cells(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFont(theme.font("body"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        self._share()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Other rows; the current one stays current while it is among them, and the scroll place stays."""
        key = self._key
        self.rows_model.show(rows)
        if key is not None and (at := self.rows_model.row_of(key)) >= 0:
            self._go(at)
        self.clearSpans()
        for n, row in enumerate(rows):
            if isinstance(row, Group) and len(self.columns) > 1:
                self.setSpan(n, 0, 1, len(self.columns))
        self._share()
        self._show_empty()

    def rows(self) -> list[Any]:
        """The rows shown, without groups."""
        return [row for row in self.rows_model.rows if not isinstance(row, Group)]

    def current_row(self) -> Any:
        """The row that is current, or None."""
        return self.rows_model.at(self.currentIndex())

    def select_key(self, key: Hashable) -> bool:
        """Make a row current and bring it into sight; False if it is not there."""
        at = self.rows_model.row_of(key)
        if at >= 0:
            self._go(at)
            self.scrollTo(self.rows_model.index(at, 0))
        return at >= 0

    def pads(self, section: int) -> tuple[int, int]:
        """Room left and right of the words in a column."""
        return EDGE if section == 0 else GAP, EDGE if section == len(self.columns) - 1 else GAP

    def _go(self, at: int) -> None:
        if at != self.currentIndex().row():
            self.setCurrentIndex(self.rows_model.index(at, 0))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.rows_model.at(now)
        self._key = self.rows_model.key(row) if row is not None else self._key
        self.viewport().update()
        self.current.emit(row)

    def _pressed(self, index: QModelIndex) -> None:
        row = self.rows_model.at(index)
        if row is not None:
            self.cell.emit(row, index.column())

    def _pick(self, index: QModelIndex) -> None:
        row = self.rows_model.at(index)
        if row is not None:
            self.picked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows():
            self._take()
        elif event.text().isprintable() and event.text() and event.key() != Qt.Key.Key_Space:
            event.ignore()  # letters are keys of the page, not a search
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        """Enter: the row one is at; where one is at none yet, the first is shown and waits for another Enter."""
        if self.current_row() is not None:
            self._pick(self.currentIndex())
        else:
            self._go(next(n for n, row in enumerate(self.rows_model.rows) if not isinstance(row, Group)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()
        self._show_empty()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(said(self.words))
            self.rows_model.reword()
            self._share()

    def _show_empty(self) -> None:
        if self.empty is not None:
            self.empty.setVisible(not self.rows_model.rows)
            self.empty.setGeometry(self.viewport().rect())

    def _share(self) -> None:
        """Columns keep their width; those that grow share the room left, the last one if none does."""
        wides = [self._wide(n) for n in range(len(self.columns))]
        growing = [n for n, column in enumerate(self.columns) if column.grows] or [len(self.columns) - 1]
        left = self.viewport().width() - sum(wides)
        for n in growing:
            wides[n] += max(left, 0) // len(growing)
        if left > 0:
            wides[growing[-1]] += left % len(growing)
        for n, wide in enumerate(wides):
            self.setColumnWidth(n, wide)

    def _wide(self, section: int) -> int:
        column = self.columns[section]
        sides = sum(self.pads(section))
        if column.width:
            return column.width
        if column.grows:
            return sides + 80
        seen = [row for row in self.rows_model.rows[:200] if not isinstance(row, Group)]
        words = [advance("label", said(column.title)), *(advance("strong", column.text(row)) for row in seen)]
        units = [advance("body", f" {column.unit(row)}") for row in seen] if column.unit else []
        return min(round(max(words) + max(units, default=0)) + sides + (ICON + 4 if column.icon else 0) + 1, WIDEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p = QPainter(self.viewport())
        p.setRenderHints(SMOOTH)
        for n, row in enumerate(self.rows_model.rows):
            if isinstance(row, Group):
                self._group(p, row, self.rowViewportPosition(n), self.rowHeight(n))
        if self.hasFocus() and self.current_row() is not None:
            at = self.currentIndex().row()
            wide = min(self.viewport().width(), self.horizontalHeader().length())
            box(p, QRectF(1, self.rowViewportPosition(at), wide - 2, self.rowHeight(at) - 1), 4, "focus", width=2)

    def _group(self, p: QPainter, row: Group, top: int, high: int) -> None:
        if top + high < 0 or top > self.viewport().height():
            return
        middle, right = top + (high - 1) / 2, min(self.viewport().width(), self.horizontalHeader().length()) - EDGE
        text_at(p, right, middle, row.fact, "label", "text-2", 1)
        text_at(p, EDGE, middle, elided("label", row.text, right - EDGE - advance("label", row.fact) - GAP), "label", "text")
