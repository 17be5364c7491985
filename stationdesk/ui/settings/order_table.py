"""A table whose rows a person puts in order: by the mouse, or by Ctrl and the arrows; Space ticks a row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from stationdesk.ui.widgets.table import Table

UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down


class OrderTable(Table):
    """shifted(by): the current row is to go up (−1) or down (1). ticked(row): Space."""

    shifted = Signal(int)
    ticked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (UP, DOWN) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.shifted.emit(-1 if event.key() == UP else 1)
        elif event.key() == Qt.Key.Key_Space and self.current_row() is not None:
            self.ticked.emit(self.current_row())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pressed button follows the pointer."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        over, own = self.indexAt(event.position().toPoint()).row(), self.currentIndex().row()
        if over >= 0 and own >= 0 and over != own:
            self.shifted.emit(1 if over > own else -1)
