"""One pane of the roster grid: the people, or the coverage under them. One key a day; a block is filled and moved with the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from stationdesk.domain.words import _
from stationdesk.ui.roster.heads import Corner, DayHead, NameHead
from stationdesk.ui.roster.measures import COVER, DAY, GRIP, HEAD, NAMES, ROW, TOTAL_WIDTHS, day_width, pads
from stationdesk.ui.roster.model import Index, Place, RosterModel
from stationdesk.ui.roster.painting import CellPainter, ground_of
from stationdesk.ui.roster.pane import Pane
from stationdesk.ui.widgets.paint import SMOOTH, box, fill, text_at

Cell = tuple[int, int]
OFF_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0)


class DutyView(Pane):
    """coverage: this pane shows the rows below the people, follows the other sideways, and takes no keys."""

    #: the current cell or the block changed
    moved = Signal()
    #: take the last change back (True), or do it again
    taken_back = Signal(bool)
    #: a shift was typed where there is no draft, or none of theirs
    refused = Signal()

    def __init__(self, model: RosterModel, coverage: bool, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.coverage = coverage
        self.drag, self.start, self.drop = "", (0, 0), (0, 0)
        self.setHorizontalHeader(DayHead(self))
        self.setVerticalHeader(NameHead(self))
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self._be_plain()
        self.corner = Corner(self)
        if coverage:
            self.horizontalHeader().hide()
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self._refresh)

    def _be_plain(self) -> None:
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.horizontalHeader().setStretchLastSection(True)
        if self.coverage:
            self.setVerticalScrollBarPolicy(off)
        self.setAccessibleName(_("Roster"))

    def fit(self) -> None:
        """Heights and widths after other people or days came."""
        model = self.roster
        self.pads = self._pads()
        for column in range(model.columnCount()):
            days = len(model.days)
            self.setColumnWidth(column, day_width(model.days, column) if column < days else TOTAL_WIDTHS[column - days])
        for row in range(model.rowCount()):
            person = row < len(model.rows)
            self.setRowHidden(row, person == self.coverage)
            self.setRowHeight(row, (ROW if person else COVER) + sum(self.pads[row]))
        if self.coverage:
            self.setFixedHeight(COVER * len(model.kinds) + 8)

    def _pads(self) -> list[tuple[int, int]]:
        """Room around the chips; below those compared stands what is published."""
        model = self.roster
        plain = pads([str(row.crew) for row in model.rows], len(model.kinds))
        return [(top, bottom + self.below(row)) for row, (top, bottom) in enumerate(plain)]

    def _refresh(self, first: Index, last: Index) -> None:
        """Badges reach beyond their cell, so a little more than the changed cells is painted anew; compared rows come and go."""
        if self.pads and self.pads != self._pads():
            self.fit()
        self.viewport().update(self.visualRect(first).united(self.visualRect(last)).adjusted(-6, -6, 6, 6))

    # Where one is
    def block(self) -> list[Cell]:
        """The selected cells, row and column."""
        return [(each.row(), each.column()) for each in self.selectedIndexes()]

    def places(self) -> list[Place]:
        """The selected people and days."""
        found = (self.roster.place(row, column) for row, column in self.block())
        return [place for place in found if place is not None]

    def area(self, cells: Sequence[Cell]) -> QRect:
        """The chips of a block, without the room between crews."""
        (top, left), (bottom, right) = min(cells), max(cells)
        rect = self.visualRect(self.roster.index(top, left)).united(self.visualRect(self.roster.index(bottom, right)))
        return rect.adjusted(0, self.pads[top][0], 0, -self.pads[bottom][1])

    def go_to(self, row: int, column: int) -> None:
        """Make a cell current and bring it into sight."""
        index = self.roster.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.horizontalHeader().viewport().update()
        self.moved.emit()

    # Keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.taken_back.emit(True)
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.taken_back.emit(False)
        elif event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        elif Qt.Key(event.key()) in OFF_KEYS:
            self.set_code("")
        elif (nth := event.key() - Qt.Key.Key_1) in range(9):
            keys = self.roster.keys()
            if nth < len(keys):
                self.set_code(keys[nth])
        else:
            return False
        return True

    def keyboardSearch(self, _search: str) -> None:
        """Letters are the page's: no row is looked for by its name."""

    def set_code(self, code: str) -> None:
        """Put a code into the block; after one cell the next day is current, so that a month is a key a day."""
        if not self.roster.editable:
            self.refused.emit()
            return
        places, cells = self.places(), self.block()
        self.roster.change(dict.fromkeys(places, code))
        if len(cells) == 1 and cells[0][1] + 1 < len(self.roster.days):
            self.go_to(cells[0][0], cells[0][1] + 1)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forward)

    # Mouse: on the grip fill, on the block move, elsewhere select
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, cells = event.position().toPoint(), self.block()
        self.drag, self.drop = "", (0, 0)
        if cells and event.button() == Qt.MouseButton.LeftButton:
            area = self.area(cells)
            grip = QRect(area.right() - GRIP, area.bottom() - GRIP, 2 * GRIP, 2 * GRIP)
            self.drag = "fill" if grip.contains(at) else "move" if area.contains(at) and len(cells) > 1 else ""
        index = self.indexAt(at)
        self.start = (index.row(), index.column())
        if not self.drag:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.drag:
            super().mouseMoveEvent(event)
            return
        over = self.indexAt(event.position().toPoint())
        if self.roster.flags(over) & Qt.ItemFlag.ItemIsSelectable:
            self.drop = (over.row() - self.start[0], over.column() - self.start[1])
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cells, (rows, columns), drag, self.drag = self.block(), self.drop, self.drag, ""
        if not drag:
            super().mouseReleaseEvent(event)
        elif drag == "fill":
            self.fill(cells, rows, columns)
        elif rows or columns:
            self.move_block(cells, rows, columns)
        else:
            super().mousePressEvent(event)  # a click into the block chooses the cell
            super().mouseReleaseEvent(event)
        self.viewport().update()

    def fill(self, cells: Sequence[Cell], rows: int, columns: int) -> None:
        """Repeat the block along the longer way of the drag."""
        (top, left), (bottom, right) = min(cells), max(cells)
        rows, columns = (max(rows, 0), 0) if rows > columns else (0, max(columns, 0))
        tall, wide = bottom - top + 1, right - left + 1
        self._lay(
            {
                (row, column): (top + (row - top) % tall, left + (column - left) % wide)
                for row in range(top, bottom + rows + 1)
                for column in range(left, right + columns + 1)
            }
        )

    def move_block(self, cells: Sequence[Cell], rows: int, columns: int) -> None:
        """Take the block elsewhere; where it stood is off."""
        targets: dict[Cell, Cell] = {(row + rows, column + columns): (row, column) for row, column in cells}
        if all(self.roster.place(*cell) is not None for cell in targets):
            self._lay(targets, [cell for cell in cells if cell not in targets])

    def _lay(self, targets: dict[Cell, Cell], emptied: Sequence[Cell] = ()) -> None:
        """Each target gets what stands at its source."""
        model = self.roster
        codes = {target: model.cell(*place) for target, source in targets.items() if (place := model.place(*source)) is not None}
        codes |= dict.fromkeys(emptied, "")
        model.change({place: code for cell, code in codes.items() if (place := model.place(*cell)) is not None})

    # What reaches beyond a cell
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.pads:
            self._grounds()
        super().paintEvent(event)
        if self.pads and not self.coverage:
            p = QPainter(self.viewport())
            p.setRenderHints(SMOOTH)
            self._breaches(p, event.rect())
            self._block(p)

    def _grounds(self) -> None:
        """Columns of days off go through to the bottom, rows or none."""
        p, model = QPainter(self.viewport()), self.roster
        for column in range(len(model.days)):
            ground = ground_of(model, column)
            left = self.columnViewportPosition(column)
            if ground == "track":
                left += self.columnWidth(column) - DAY
            if ground:
                fill(p, left, 0, self.columnViewportPosition(column) + self.columnWidth(column) - left, self.height(), ground)

    def _breaches(self, p: QPainter, seen: QRect) -> None:
        model = self.roster
        first, last = self.rowAt(seen.top()), self.rowAt(seen.bottom())
        for row in range(max(first, 0), min(last if last >= 0 else len(model.rows) - 1, len(model.rows) - 1) + 1):
            for column in range(len(model.days)):
                if (place := model.place(row, column)) in model.broken and place is not None:
                    self._badge(p, QRectF(self.area([(row, column)])).adjusted(0, 1, 0, -1))

    @staticmethod
    def _badge(p: QPainter, rect: QRectF) -> None:
        rect = QRectF(rect.right() - DAY, rect.y(), DAY, rect.height())
        box(p, rect.adjusted(-1, 0, 1, 0), 4, "red-mark", width=2)
        badge = QRectF(rect.right() - 7, rect.top() - 4, 12, 12)
        box(p, badge.adjusted(-1, -1, 1, 1), 7, "", "surface")
        box(p, badge, 6, "", "red-mark")
        text_at(p, badge.center().x(), badge.center().y(), "!", "label-strong", "raised", 0.5)

    def _block(self, p: QPainter) -> None:
        cells = self.block()
        if not cells or not self.hasFocus():
            return
        area = QRectF(self.area(cells))
        if min(cells)[1] == max(cells)[1]:
            area.setLeft(area.right() - DAY)
        box(p, area, 4, "focus", width=2)
        fill(p, area.right() - 3, area.bottom() - 3, GRIP, GRIP, "focus")
        if self.drag:
            goal = area.translated(self.drop[1] * DAY, self.drop[0] * ROW)
            box(p, goal if self.drag == "move" else area.united(goal), 4, "focus", dash=True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.roster.rows:
            self.setCurrentIndex(self.roster.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Roster"))
            self.viewport().update()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """No input method over the grid: its keys are single digits and letters."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "corner"):  # Qt calls this while the view is being set up
            self.corner.setGeometry(0, 0, NAMES, HEAD if self.horizontalHeader().isVisible() else 0)
