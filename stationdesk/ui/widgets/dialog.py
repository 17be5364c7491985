"""The two dialogs there are, signature and confirmation, stand on this: title, what it is about, buttons; it opens without blocking."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from stationdesk.ui.widgets.focus import FocusRing
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, said

WIDE, SIDES = 440, 48  # pixels, both sides together


class Dialog(QDialog):
    """show_over() opens it over its window; Esc closes it."""

    def __init__(self, parent: QWidget, title: Words, *items: Item, buttons: Sequence[QWidget] = (), wide: int = WIDE) -> None:
        super().__init__(parent)
        self.setWindowTitle(said(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ring = FocusRing(self)
        self.setFixedWidth(wide)
        self.heading = Line(title, "title", elide=True)
        whole = column(self.heading, 12, *items, 20, row(None, *buttons), owner=self)
        whole.setContentsMargins(SIDES // 2, 20, SIDES // 2, 20)

    def show_over(self) -> None:
        """Open, modal to the window only."""
        self.open()
