"""What can be pressed without being a button: a line of a card or a whole card that leads somewhere, by mouse, Enter or Space."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from stationdesk.ui.widgets.layout import Item, column
from stationdesk.ui.widgets.spoken import Words, said

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object

PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Pressable(_Base):
    """Mixed into a widget before its Qt class; lead_to(what, name) makes it so."""

    _press: Callable[[], object] | None = None

    def lead_to(self, press: Callable[[], object], name: Words) -> None:
        """Call press; name is read aloud."""
        self._press = press
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(said(name).replace("*", "").replace("|", " "))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._press is not None and inside and event.button() == Qt.MouseButton.LeftButton:
            self._press()
        else:
            super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._press is not None and Qt.Key(event.key()) in PRESSING:
            self._press()
        else:
            super().keyPressEvent(event)


class Entry(Pressable, QWidget):
    """Items below each other that can be pressed as one."""

    def __init__(self, *items: Item) -> None:
        super().__init__()
        column(*items, owner=self)
