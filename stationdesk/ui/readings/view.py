"""The grid of readings: typing goes along the hour; a value is saved before anything is asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from stationdesk.domain.numbers import parse_block
from stationdesk.domain.points import TYPING, UNIT
from stationdesk.domain.words import _, n_
from stationdesk.services.readings import HourLine, ShiftLine
from stationdesk.ui.readings import asking
from stationdesk.ui.readings.cells import CellPainter
from stationdesk.ui.readings.entries import HELD, REFUSED, Entered
from stationdesk.ui.readings.grid import Grid
from stationdesk.ui.readings.heads import Bare, Corner, HourHead, PointHead
from stationdesk.ui.readings.keys import GridKeys
from stationdesk.ui.readings.measures import EDGE, HEAD, PAD, ROW, SHIFT, TIME, group_ends, wides
from stationdesk.ui.readings.measures import TYPING as HIGH
from stationdesk.ui.readings.model import ReadingsModel
from stationdesk.ui.readings.number_field import NumberField
from stationdesk.ui.readings.shown import Index
from stationdesk.ui.widgets.paint import SMOOTH, advance, elided, text_at
from stationdesk.ui.widgets.question import Question, QuestionPopup

BELOW = 120  # room for a question under the row being typed


class ReadingsView(Grid):
    """typing is the row that is 40 high. enter_down: Enter goes down instead of along the hour."""

    #: a sentence for the line under the grid
    told = Signal(str)
    #: the row whose last point was left
    hour_done = Signal(int)
    #: column of another point, row of another hour
    moved = Signal(int, int)
    #: a block to be laid from the current cell on: rows of texts
    pasted = Signal(object)
    #: the open field's text changed
    drafted = Signal(str)

    def __init__(self, model: ReadingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.popup = QuestionPopup(self)  # first: Qt calls the overrides below while it is being set up
        self.popup.answered.connect(self.answer)
        self.readings, self.keys = model, GridKeys(self)
        self.enter_down, self.typing, self.asks_reason = False, -1, False
        self.group_ends: frozenset[int] = frozenset()
        self.setHorizontalHeader(PointHead(self))
        self.setVerticalHeader(HourHead(self))
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setAccessibleName(_("Readings"))
        self.corner = Corner(self)
        self.setCornerWidget(Bare())
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(self.fit)
        model.rowsRemoved.connect(self.fit)

    # Sizes
    def fit(self) -> None:
        """Heights and widths after other rows or points came."""
        model, line = self.readings, self.readings.hour(self.currentIndex().row())
        self.typing = self.currentIndex().row() if line else -1
        for row, each in enumerate(model.lines):
            high = SHIFT if isinstance(each, ShiftLine) else HIGH if row == self.typing else ROW
            if self.rowHeight(row) != high:
                self.setRowHeight(row, high)
        self.group_ends = group_ends(model.points)
        self._widths()

    def _widths(self) -> None:
        hours = [line for line in self.readings.lines if isinstance(line, HourLine)]
        cells = [[line.cells[point.point_id] for line in hours if point.point_id in line.cells] for point in self.readings.points]
        for column, wide in enumerate(wides(self.readings.points, cells, self.viewport().width())):
            if self.columnWidth(column) != wide:
                self.setColumnWidth(column, wide)

    # Where one is
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.put_away()
        if current.row() != self.typing:
            for row, high in ((self.typing, ROW), (current.row(), HIGH)):
                if self.readings.hour(row) is not None:
                    self.setRowHeight(row, high)
            self.typing = current.row()
            self.viewport().update()
            self.verticalHeader().viewport().update()
        self.horizontalHeader().viewport().update()
        self.moved.emit(current.column(), current.row())

    def go_to(self, row: int, column: int) -> None:
        """Make a cell current and bring it into sight."""
        index = self.readings.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        lacks = self.rowViewportPosition(row) + self.rowHeight(row) + BELOW - self.viewport().height()
        if lacks > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + lacks)

    def updateGeometries(self) -> None:
        """The last hour scrolls up far enough for a question below it."""
        bar = self.verticalScrollBar()
        value = bar.value()
        super().updateGeometries()
        long = self.verticalHeader().length() + BELOW - self.viewport().height()
        bar.setMaximum(max(long, 0))
        bar.setValue(value)
        self._hang()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """No input method over the grid: Qt turns the attribute on again at every move and focus, so it is answered here."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def field(self) -> NumberField | None:
        """The open field."""
        found = self.indexWidget(self.currentIndex())
        return found if isinstance(found, NumberField) else None

    def field_key(self, field: NumberField, event: QKeyEvent) -> bool:
        """A key of the open field; True where it is dealt with here."""
        return self.keys.field_key(field, event)

    def typed(self, text: str) -> None:
        """The open field's text changed."""
        self.drafted.emit(text)

    def step(self, columns: int, rows: int) -> None:
        """To the next cell one may type in: along the hour and on to the next one, or down; shift lines are skipped."""
        model, row, column = self.readings, self.currentIndex().row(), self.currentIndex().column() + columns
        if not 0 <= column < model.columnCount():
            column, rows = column % max(model.columnCount(), 1), columns
        row += rows
        while rows and 0 <= row < model.rowCount() and isinstance(model.lines[row], ShiftLine):
            row += rows
        if 0 <= row < model.rowCount() and model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
            self.go_to(row, column)
        else:
            self.hour_done.emit(self.currentIndex().row())

    def onward(self, back: bool = False) -> tuple[int, int]:
        """Where Enter leads, Shift+Enter back."""
        columns, rows = (0, 1) if self.enter_down else (1, 0)
        return (-columns, -rows) if back else (columns, rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.grid_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False  # Tab and Shift+Tab walk the hour; F6 leaves the grid

    # Saving and asking
    def leave(self, step: tuple[int, int] | None, field: NumberField) -> None:
        """Save the field first, then ask if there is a doubt, then go on. A second Enter leaves the doubt standing."""
        asked = not self.popup.isHidden()
        if field.isModified() and field.text().strip() and not asked:
            index = self.currentIndex()
            entered = self.readings.enter(index.row(), index.column(), field.text())
            if self._hold(entered, field, step):
                return
        if asked and self.popup.question is not None and not self.popup.question.answers and step:
            return  # what cannot be a value is not left behind
        self.close_field(field)
        if step:
            self.step(*step)

    def _hold(self, entered: Entered, field: NumberField, step: tuple[int, int] | None) -> bool:
        """Whether the field stays open for a question; who clicked away is told under the grid."""
        index, view = self.currentIndex(), self.readings.view
        assert view is not None
        if entered.refusal and not step:
            self.told.emit(_("{why} Not saved.").format(why=entered.refusal))
        elif entered.refusal:
            self.ask(asking.refusal(entered.refusal))
            return True
        elif entered.reason_wanted and not step:
            self.readings.enter(index.row(), index.column(), field.text(), TYPING)
        elif entered.reason_wanted:
            old = self.readings.cell(index.row(), index.column())
            assert old is not None
            self.ask(asking.reason(old, field.text(), view.zone))
            self.asks_reason = True
            return True
        elif entered.question is not None and step:
            self.ask(asking.doubt(self.readings.points[index.column()], entered.question, view.zone))
            return True
        return False

    def ask(self, question: Question) -> None:
        """Hang a question under the current cell."""
        self.popup.ask(question, self._place())

    def _place(self) -> QRect:
        rect = self.visualRect(self.currentIndex()).adjusted(4, 3, -4, -4)
        return QRect(self.viewport().mapTo(self.window(), rect.topLeft()), rect.size())

    def answer(self, reply: asking.Reply) -> None:
        """A key or a click answered."""
        index, field, was = self.currentIndex(), self.field(), self.asks_reason
        self.put_away()
        if reply.what == "again":
            if field is not None and was:
                self.close_field(field)
            elif field is not None:
                field.selectAll()
            return
        if reply.what == "take":
            self.readings.enter(index.row(), index.column(), format(reply.value, "f"), UNIT)
        elif reply.what == "reason" and field is not None:
            self.readings.enter(index.row(), index.column(), field.text(), reply.reason)
        if field is not None:
            self.close_field(field)
        self.step(*self.onward())

    def take_default_reason(self) -> None:
        """Who types on without looking corrected a slip of the key."""
        self.answer(asking.Reply("reason", reason=TYPING))

    def put_away(self) -> None:
        """The question goes."""
        self.asks_reason = False
        self.popup.put_away()

    def close_field(self, field: NumberField) -> None:
        """Close the open field; what was to be saved is saved."""
        self.put_away()
        self.closeEditor(field, CellPainter.EndEditHint.NoHint)
        self.drafted.emit("")

    def open_field(self, text: str) -> None:
        """Open the current cell with a text: a draft that comes back, a value to be typed anew."""
        self.edit(self.currentIndex())
        field = self.field()
        if field is not None:
            field.setText(text)
            field.setModified(True)
            field.selectAll()

    def undo(self) -> None:
        """Take the last value back: a correction, or the field to type another where nothing stood before."""
        undone = self.readings.undo()
        if undone.again is not None and undone.again.after is not None:
            self.go_to(*self.readings.place(undone.again.place))
            self.open_field(format(undone.again.after, "f"))
            self.told.emit(_("A saved value is not withdrawn: type the right one, the first stays, struck through."))
        elif undone.stay:
            self.told.emit(
                n_("{count} value stays: it is saved.", "{count} values stay: they are saved.", undone.stay).format(count=undone.stay)
            )

    def begin(self, event: QKeyEvent) -> None:
        """A digit opens the field with it; at an hour to come it is told that it was not taken."""
        index = self.currentIndex()
        line = self.readings.hour(index.row())
        if not self.edit(index, QAbstractItemView.EditTrigger.AnyKeyPressed, event) and line is not None and line.phase == "future":
            self.told.emit(_("This hour cannot be read yet."))

    def forget(self) -> None:
        """Drop a value that was not saved; a saved one stays."""
        index = self.currentIndex()
        waits = self.readings.waits(index.row(), index.column()) if index.isValid() else None
        if waits is not None and waits.state in (HELD, REFUSED):
            self.readings.drop(waits.entry.place)
        elif index.isValid() and self.readings.cell(index.row(), index.column()) is not None:
            self.told.emit(_("A saved value is not deleted: type the right one over it."))

    def paste(self) -> None:
        """Lay a block of a spreadsheet from the current cell on."""
        block = parse_block(QGuiApplication.clipboard().text())
        if block:
            self.pasted.emit(block)

    # Painting beyond cells
    def paint_shift(self, p: QPainter, rect: QRect, row: int, left: int) -> None:
        """The words of a shift line run from the hours into the cells: both paint them, each clipped to itself."""
        line = self.readings.lines[row]
        if isinstance(line, ShiftLine):
            role = "label-strong" if line.state == "open" else "label"
            room = (
                TIME + min(self.viewport().width(), self.horizontalHeader().length()) - EDGE - 2 * PAD - advance("label", self._note(line))
            )
            text_at(p, EDGE - left, rect.top() + (SHIFT - 1) / 2, elided(role, line.label, room), role, "text")

    def _note(self, line: ShiftLine) -> str:
        return line.note(self.readings.view.zone) if self.readings.view else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p, wide = QPainter(self.viewport()), min(self.viewport().width(), self.horizontalHeader().length())
        p.setRenderHints(SMOOTH)
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        for row in range(max(first, 0), (last if last >= 0 else len(self.readings.lines) - 1) + 1):
            line = self.readings.lines[row]
            if isinstance(line, ShiftLine):
                rect = QRect(0, self.rowViewportPosition(row), wide, SHIFT)
                self.paint_shift(p, rect, row, TIME)
                text_at(p, QRectF(rect).right() - PAD, rect.top() + (SHIFT - 1) / 2, self._note(line), "label", "text-2", 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.corner.setGeometry(0, 0, TIME, HEAD)
        QTimer.singleShot(0, self, self._widths)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.popup.setParent(self.window())  # hangs over the edge of the card

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.readings.points:
            self.setAccessibleName(_("Readings"))
            self._widths()
            self.viewport().update()

    def updateEditorGeometries(self) -> None:
        super().updateEditorGeometries()
        self._hang()

    def _hang(self) -> None:
        """The question follows its cell."""
        if self.popup.question is not None and not self.popup.isHidden():
            self.popup.ask(self.popup.question, self._place())
