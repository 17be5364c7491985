"""Asked before what cannot be undone. The safe answer has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text


class ConfirmDialog(Dialog):
    """verb names what will be done ("Abort the round"); confirmed() when it was pressed. open with show_over()."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, title: Words, words: Words, verb: Words) -> None:
        self.text = Text(words)
        self.yes = Button(verb, look="primary", on_click=self._confirm)
        self.no = Button(lambda: _("Cancel"), on_click=self._leave)
        super().__init__(parent, title, self.text, buttons=(self.no, self.yes))
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.reject()

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit()
