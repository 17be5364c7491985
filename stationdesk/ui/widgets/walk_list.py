"""The list one walks through by keyboard: 1 2 3 answers, digits are a value, Enter goes on. Only the line being asked shows its answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import parse_clock
from stationdesk.domain.numbers import parse
from stationdesk.domain.words import _
from stationdesk.ui.widgets import walk_rows
from stationdesk.ui.widgets.choice import Choice
from stationdesk.ui.widgets.digits import half_width
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.field import Edit
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.paint import SMOOTH, advance, box
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.walk_rows import NAME, NOTE, READING, RESULT, TIME, UNIT, WalkAnswer, WalkRow

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
EDIT_HIGH, CLOSE = 22, 2


class WalkList(Table):
    """Lines of a round or a checklist. times: each line has a time at which it was walked, typed after the key T."""

    #: id of the line, WalkAnswer
    answered = Signal(object, object)
    #: id of the line, the time as typed
    timed = Signal(object, str)
    #: a letter that is no answer, for whoever owns the list
    letter = Signal(str)
    #: what was typed is refused, in words; empty when it is typed on
    complained = Signal(str)
    #: the columns have another width
    fitted = Signal()
    #: every line is answered and Enter was pressed on the last
    finished = Signal()

    def __init__(self, times: bool, empty: EmptyState | None = None) -> None:
        self.wides = walk_rows.WIDES
        super().__init__(walk_rows.columns(times, self.wides, self._asked), name=lambda: _("Lines"), compact=True, empty=empty)
        self.entry = self._make_edit()
        self.entry.installEventFilter(self)
        self.times, self.writable = times, False
        self.sent: set[int] = set()
        self.bar: Choice | None = None
        self.typing = ""  # "", "value" or "time"
        self._typed_at: int | None = None  # the line the field stands at
        self.remark = Line("", "label text-2", elide=True)
        self.remark.setParent(self.viewport())
        self._troubled: int | None = None
        self.current.connect(self._ask)

    def _make_edit(self) -> Edit:
        made = Edit(numeric=True)
        made.setParent(self.viewport())
        made.setProperty("look", "bare")
        made.setFixedHeight(EDIT_HIGH)
        made.textEdited.connect(self._edited)
        made.hide()
        return made

    def show_lines(self, rows: Sequence[WalkRow], writable: bool) -> None:
        """Other lines; writable: answers can be given. The line being asked stays, with what is being typed in it."""
        before = self.current_row()
        self.writable = writable
        self.sent -= {row.id for row in rows if not row.open}
        self._hide_readings(rows)
        self.show_rows(rows)
        row = self.current_row()
        if row is not None and (before is None or before.id != row.id or not self.typing):
            self._ask(row)
        self._place()

    def _hide_readings(self, rows: Sequence[WalkRow]) -> None:
        """A list on which nothing is measured or chosen needs no column for it."""
        bare = bool(rows) and all(row.kind == "look" for row in rows)
        for section in (READING, UNIT):
            self.setColumnHidden(section, bare)

    def cut(self, row: WalkRow) -> bool:
        """Whether the name of a line does not fit its column."""
        left, right = self.pads(NAME)
        return advance("strong", row.name) > self.columnWidth(NAME) - left - right

    def _asked(self) -> int | None:
        row = self.current_row()
        return row.id if row is not None and self.writable else None

    def _wide(self, section: int) -> int:
        """The note takes half of what a wider window gives."""
        if self.isColumnHidden(section):
            return 0
        more = max(self.viewport().width() - self.wides.room, 0) // 2 if section == NOTE else 0
        return super()._wide(section) + more

    def pads(self, section: int) -> tuple[int, int]:
        left, right = super().pads(section)
        return (CLOSE if section == UNIT else left), (CLOSE if section == READING else right)

    # --- going from line to line

    def ask_first(self) -> None:
        """Go to the first line without an answer, or to the first line."""
        rows = self.rows()
        wanted = next((row for row in rows if self._waits(row)), rows[0] if rows else None)
        if wanted is not None:
            self.select_key(wanted.id)

    def go_on(self) -> None:
        """Go to the next line without an answer, from here down and then from the top."""
        rows, here = self.rows(), self.currentIndex().row()
        wanted = [n for n in (*range(here + 1, len(rows)), *range(here + 1)) if self._waits(rows[n])]
        if wanted:
            self.select_key(rows[wanted[0]].id)
        elif here + 1 < len(rows):
            self.select_key(rows[here + 1].id)
        else:
            self.finished.emit()

    def refuse(self, row_id: int, words: str) -> None:
        """An answer was refused: back to its line, and say why beside it."""
        self.sent.discard(row_id)
        if self.select_key(row_id):
            self._complain(words)

    def complaining(self) -> bool:
        """What was typed was refused, and stands there."""
        return self._troubled is not None

    def _waits(self, row: WalkRow) -> bool:
        return row.open and row.id not in self.sent

    # --- the line being asked

    def _ask(self, row: WalkRow | None) -> None:
        """Show the answers of this line, and take its value at once if it is measured and has none."""
        self._save_typed(row)
        self._stop_typing()
        self._troubled = None
        self._drop_bar()
        if row is not None and self.writable:
            self._show_bar(row)
            if row.kind == "measure" and self._waits(row):
                self._type("value")
        self._remark(row)
        self._place()

    def _show_bar(self, row: WalkRow) -> None:
        self.bar = Choice(walk_rows.options(row), name=lambda: _("Result"))
        self.bar.setParent(self.viewport())
        self.bar.setFixedHeight(EDIT_HIGH + 4)
        for each in self.bar.segments:
            each.setFixedHeight(EDIT_HIGH + 4)
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.choose(walk_rows.taken(row))
        self.bar.chosen.connect(self._chosen)
        self.bar.show()

    def _drop_bar(self) -> None:
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None

    def _chosen(self, answer: WalkAnswer) -> None:
        row = self.current_row()
        if row is not None and self.writable:
            self._give(row, answer)
            self.take_focus()

    def _give(self, row: WalkRow, answer: WalkAnswer) -> None:
        self.sent.add(row.id)
        self.answered.emit(row.id, answer)
        if row.id in self.sent or not row.open:
            self.go_on()

    def take_focus(self) -> None:
        """Give the keyboard to the line being asked."""
        (self.entry if self.typing else self).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- typing a value or a time

    def type_time(self) -> None:
        """Ask when this line was walked."""
        if self.writable and self.times and self.current_row() is not None:
            self._type("time")
            self._place()

    def _type(self, what: str, text: str = "") -> None:
        had = self.hasFocus() or self.entry.hasFocus()
        self.typing, self._typed_at = what, self.current_row().id
        self.entry.setText(text)
        self.entry.setAccessibleName(_("Walked at") if what == "time" else _("Reading"))
        self.entry.show()
        if had:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_typing(self) -> None:
        had = self.entry.hasFocus()
        self.typing = ""
        self.entry.clear()
        if had:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entry.hide()

    def _edited(self, _text: str) -> None:
        if self._troubled is not None:
            self._troubled = None
            self._remark(self.current_row())
            self.complained.emit("")
            self._place()

    def _commit(self) -> None:
        row, text = self.current_row(), half_width(self.entry.text())
        if row is None or not text:
            self._leave_empty()
            return
        try:
            parse_clock(text) if self.typing == "time" else parse(text)
        except DomainError as error:
            self._complain(say(error))
            return
        if self.typing == "time":
            self._stop_typing()
            self.timed.emit(row.id, text)
            self._ask(self.current_row())
        else:
            self._give(row, WalkAnswer(typed=text))

    def _save_typed(self, row: WalkRow | None) -> None:
        """Who leaves a line by the arrows or the mouse loses nothing: what was typed there is handed in, unless it is no value."""
        text, left = half_width(self.entry.text()), self._typed_at
        if not self.typing or not text or left is None or left in self.sent or (row is not None and row.id == left):
            return
        if _readable(text, self.typing):
            if self.typing == "time":
                self.timed.emit(left, text)
            else:
                self.sent.add(left)
                self.answered.emit(left, WalkAnswer(typed=text))

    def _leave_empty(self) -> None:
        if self.typing == "time":
            self._ask(self.current_row())
        else:
            self.go_on()

    # --- what stands beside the line being asked

    def _remark(self, row: WalkRow | None) -> None:
        words = row.hint if row is not None and self.writable and row.open else ""
        self.remark.restyle("label text-2")
        self.remark.say(plain(words))
        self.remark.setVisible(bool(words))

    def _complain(self, words: str) -> None:
        row = self.current_row()
        self._troubled = row.id if row else None
        self.remark.restyle("label red-fg")
        self.remark.say(plain(words))
        self.remark.show()
        self.complained.emit(words)
        self._place()

    def _place(self) -> None:
        """Put answers, field and remark over the line being asked."""
        at = self.currentIndex().row()
        if at < 0:
            self._drop_bar()
            self.remark.hide()
            self.entry.hide()
            return
        result, note = self._cell(at, RESULT), self._cell(at, NOTE)
        left = note.left() + 8
        if self.bar is not None:
            self.bar.setVisible(self._troubled is None)
            wide = self.bar.sizeHint().width()
            start = max(min(result.left() + 3, self.viewport().width() - wide - 8), 0)
            self.bar.setGeometry(start, result.top(), wide, EDIT_HIGH + 4)
            left = max(left, start + wide + 8) if self._troubled is None else result.left() + 8
        self.remark.setGeometry(left, note.top() + 5, max(self._remark_end(note) - left, 0), 16)
        cell = self._cell(at, TIME if self.typing == "time" else READING)
        self.entry.setGeometry(cell.adjusted(8, 2, -8 if self.typing == "time" else -6, 0))
        self.entry.setFixedHeight(EDIT_HIGH)
        self.viewport().update()

    def _remark_end(self, note: QRect) -> int:
        """The remark runs to the end of the row where no time stands there: limits must be read whole."""
        row = self.current_row()
        timed = self.typing == "time" or (row is not None and bool(row.time))
        return note.right() if timed else self.viewport().width() - 8

    def _cell(self, at: int, section: int) -> QRect:
        return self.visualRect(self.rows_model.index(at, section))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.typing:
            p = QPainter(self.viewport())
            p.setRenderHints(SMOOTH)
            held = self.entry.hasFocus()
            rect = QRectF(self.entry.geometry()).adjusted(-6, -1, 5, 1)
            box(p, rect, 6, "focus" if held else "line-field", "raised", 2 if held else 1)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "_troubled"):
            self._place()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self.fitted.emit()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.current_row() is not None:
            self.go_on()
        elif not self._take_text(event):
            super().keyPressEvent(event)

    def _take_text(self, event: QKeyEvent) -> bool:
        """A key that answers, or begins a value."""
        text, row = half_width(event.text()), self.current_row()
        plain_key = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if row is None or not self.writable or not text or not plain_key:
            return False
        if row.kind == "measure" and text in "0123456789.-":
            self._type("value", text)
            self._place()
            self.take_focus()
            return True
        return self._press(text)

    def _press(self, text: str) -> bool:
        """An answer by its key."""
        for each in self.bar.segments if self.bar is not None else ():
            if each.option.key.lower() == text.lower():
                each.click()
                return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.entry and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._edit_key(event)
        return super().eventFilter(watched, event)

    def _edit_key(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER:
            self._commit()
        elif event.key() == Qt.Key.Key_Escape:
            self._ask(self.current_row())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        elif event.text().isalpha() and event.text().isascii() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not self._press(event.text()):
                self.letter.emit(event.text().upper())
        else:
            return False
        return True


def _readable(text: str, what: str) -> bool:
    try:
        parse_clock(text) if what == "time" else parse(text)
    except DomainError:
        return False
    return True
