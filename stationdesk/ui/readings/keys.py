"""The keys of the grid: along the hour, down, back, paste, undo; and those of the open field with its question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from stationdesk.ui.readings.grid import Grid
from stationdesk.ui.readings.number_field import NumberField
from stationdesk.ui.widgets.digits import half_width

_K = Qt.Key
ENTER = (_K.Key_Return, _K.Key_Enter)
TAB = (_K.Key_Tab, _K.Key_Backtab)
STARTS = frozenset("0123456789.+-")
CONTROL = Qt.KeyboardModifier.ControlModifier


class GridKeys:
    """Decides what a key does; the view does it."""

    def __init__(self, view: Grid) -> None:
        self.view = view

    def grid_key(self, event: QKeyEvent) -> bool:
        """A key while no field is open; True where it is dealt with here."""
        view, shift = self.view, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._command(event):
            return True
        if event.key() in ENTER and not event.modifiers() & CONTROL:
            view.step(*view.onward(shift))
        elif event.key() in TAB:
            view.step(-1 if event.key() == _K.Key_Backtab else 1, 0)
        elif event.key() in (_K.Key_Up, _K.Key_Down):
            view.step(0, 1 if event.key() == _K.Key_Down else -1)
        elif event.key() == _K.Key_F2:
            view.edit(view.currentIndex())
        elif event.key() in (_K.Key_Delete, _K.Key_Backspace):
            view.forget()
        elif half_width(event.text())[:1] in STARTS and event.text() and not event.modifiers() & CONTROL:
            view.begin(event)
        elif event.text().isprintable() and event.text():
            event.ignore()  # every other letter is a key of the page
        else:
            return False
        return True

    def _command(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.view.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.view.readings.redo()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.view.paste()
        else:
            return False
        return True

    def field_key(self, field: NumberField, event: QKeyEvent) -> bool:
        """A key of the open field; True where it is dealt with here."""
        if self._answers(field, event):
            return True
        step = self._step(event)
        if event.matches(QKeySequence.StandardKey.Paste) and set("\t\n") & set(QGuiApplication.clipboard().text()):
            self.view.close_field(field)
            self.view.paste()
        elif step is not None:
            self.view.leave(step, field)
        elif event.key() == _K.Key_Escape:
            self.view.close_field(field)
        elif event.key() == _K.Key_F6:
            self.view.leave(None, field)
            return False
        else:
            return False
        return True

    def _answers(self, field: NumberField, event: QKeyEvent) -> bool:
        """A key while a question stands: an answer, a new value, or going on without looking."""
        view = self.view
        if view.popup.isHidden():
            return False
        if view.popup.handle_key(event):
            return True
        starts = half_width(event.text())[:1] in STARTS and bool(event.text())
        if view.asks_reason and (starts or self._step(event) is not None):
            view.take_default_reason()
            if starts:
                view.edit(view.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event)
            return True
        if starts:
            field.selectAll()  # who goes on typing gives a new value, never a longer one
        if event.key() not in (*ENTER, *TAB, _K.Key_Shift):
            view.popup.put_away()
        return False

    def _step(self, event: QKeyEvent) -> tuple[int, int] | None:
        if event.modifiers() & CONTROL:
            return None
        if event.key() in ENTER:
            return self.view.onward(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        if event.key() in TAB:
            return (-1 if event.key() == _K.Key_Backtab else 1, 0)
        if event.key() in (_K.Key_Up, _K.Key_Down):
            return (0, 1 if event.key() == _K.Key_Down else -1)
        return None
