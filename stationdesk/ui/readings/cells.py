"""The cells of the grid, as they are painted and opened."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from stationdesk.domain.words import C_, _
from stationdesk.services.readings import CellView, HourLine
from stationdesk.ui.readings.entries import HELD, REFUSED, Waiting
from stationdesk.ui.readings.grid import Grid
from stationdesk.ui.readings.measures import MARK_ROOM, PAD, TYPING
from stationdesk.ui.readings.number_field import NumberField
from stationdesk.ui.readings.shown import Index
from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.paint import SMOOTH, advance, base_of, box, text_at

FRAME = (4, 3, -5, -4)
HALF = 7  # pixels from the middle of a cell to that of one of two lines


class CellPainter(QStyledItemDelegate):
    """Paints cells, and passes the keys of the open field to the grid, which decides where they lead."""

    def __init__(self, view: Grid) -> None:
        super().__init__(view)
        self.view = view

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, row, column = self.view, index.row(), index.column()
        line, ends = view.readings.lines[row], column in view.group_ends
        x, y, wide, high = option.rect.x(), option.rect.y(), option.rect.width(), option.rect.height()
        edge = theme.color("hairline")
        if not isinstance(line, HourLine):
            p.fillRect(option.rect, theme.color("header"))
            p.fillRect(x, y + high - 1, wide, 1, edge)
            return
        if row == view.typing:
            p.fillRect(option.rect, theme.color("selection"))
        p.fillRect(x, y + high - 1, wide, 1, edge)
        if ends or column == len(view.readings.points) - 1:
            p.fillRect(x + wide - 1, y, 1, high, edge)
        got, current = view.readings.cell(row, column), row == view.typing and column == view.currentIndex().column()
        hidden = view.readings.hidden(row, column) if line.hidden else None
        if got is None and not current and hidden is None:
            return
        rect = QRectF(option.rect)
        p.setRenderHints(SMOOTH)
        if current and view.field() is not None:
            box(p, rect.adjusted(*FRAME), 6, "focus", "raised", 2)  # an amber box would look out at the corners of the open field
            return
        if hidden is not None:
            self._hidden(p, rect.adjusted(0, 0, -ends, 0))
        if got is not None:
            self._value(p, rect.adjusted(0, 0, -ends, 0), line, column, got, view.readings.waits(row, column))
        if current and view.hasFocus():
            box(p, rect.adjusted(*FRAME), 6, "focus", width=2)

    def _value(self, p: QPainter, rect: QRectF, line: HourLine, column: int, got: CellView, waits: Waiting | None) -> None:
        words = self.view.readings.points[column].words(got.value)
        middle, right = rect.top() + (rect.height() - 1) / 2, rect.right() - PAD
        quiet = not got.grade and (not got.doubt or not got.owed)  # within its limits, nothing owed
        if waits is not None and waits.state == REFUSED:
            box(p, rect.adjusted(*FRAME), 4, "red-mark", "raised")
            text_at(p, right, middle, words, "body", "red-fg", 1)
        elif got.old and quiet:
            self._corrected(p, rect, self.view.readings.points[column].words(got.old[-1]), words, "strong" if got.doubt else "body")
        elif got.grade or got.doubt:
            self._abnormal(p, rect, words, got)
        else:
            held = waits is not None and waits.state == HELD
            text_at(p, right, middle, words, "body", "accent" if held else "text-2" if line.phase == "past" else "text", 1)

    def _hidden(self, p: QPainter, rect: QRectF) -> None:
        """What is not told says so, in two lines where the column is narrow."""
        words, right, middle = C_("counter", "hidden"), rect.right() - PAD, rect.top() + (rect.height() - 1) / 2
        if advance("label", words) <= rect.width() - 2 * PAD:
            text_at(p, right, middle, words, "label", "text-2", 1)
            return
        half = (len(words) + 1) // 2
        text_at(p, right, middle - HALF, words[:half], "label", "text-2", 1)
        text_at(p, right, middle + HALF, words[half:], "label", "text-2", 1)

    def _abnormal(self, p: QPainter, rect: QRectF, words: str, got: CellView) -> None:
        """Icon and value on the ground of the grade; where there is room also the words, or the value before a correction."""
        tone = got.grade or "amber"
        frame = rect.adjusted(*FRAME)
        if not got.grade and not got.owed:
            text_at(p, rect.right() - PAD, rect.top() + (rect.height() - 1) / 2, words, "strong", "text", 1)  # a doubt that was explained
            return
        box(p, frame, 4, f"{tone}-mark", f"{tone}-bg")
        middle = frame.center().y()
        text_at(p, frame.right() - 5, middle, words, "strong", f"{tone}-fg", 1)
        left = frame.right() - 5 - advance("strong", words) - frame.left()
        if left > 20:
            icons.draw(p, "triangle-alert", frame.left() + 4, middle - 7, 14, f"{tone}-fg")
        if got.owed and left > 26 + advance("label", _("owed")):
            text_at(p, frame.left() + 22, middle, _("owed"), "label", f"{tone}-fg")
        elif got.old and left > MARK_ROOM:
            self._struck(p, frame.left() + 22, middle, self.view.readings.points[0].words(got.old[-1]), 0)

    def _corrected(self, p: QPainter, rect: QRectF, old: str, words: str, role: str) -> None:
        """The old value struck through above the new one."""
        shift = 1 if rect.height() > TYPING - 1 else 0
        self._struck(p, rect.right() - PAD, rect.top() + 8 + shift, old, 1)
        text_at(p, rect.right() - PAD, rect.top() + 21 + 2 * shift, words, role, "text", 1)

    def _struck(self, p: QPainter, x: float, middle: float, text: str, align: float) -> None:
        p.setFont(theme.struck("label"))
        p.setPen(theme.color("text-2"))
        p.drawText(QPointF(x - align * advance("label", text), base_of("label", middle)), text)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = NumberField(parent)
        field.textEdited.connect(self.view.typed)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Only fills an untouched field: a save while the field stays open would otherwise rewrite what was typed."""
        if isinstance(editor, NumberField) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Saving is the grid's: Qt calls this at odd moments too (focus lost, row scrolled away)."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        ends = index.column() in self.view.group_ends
        editor.setGeometry(option.rect.adjusted(7, 5, -PAD - ends, -6))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, NumberField):
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self.view.field_key(editor, event)
            if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
                if event.reason() == Qt.FocusReason.MouseFocusReason:
                    self.view.leave(None, editor)
                return False  # another window or a menu: the half-typed number stays where it is
        return False
