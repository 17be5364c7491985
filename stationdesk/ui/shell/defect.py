"""A defect of the program, said once: what was typed is still there, and the details can be copied for who mends it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.text import Text

WIDE, HIGH = 640, 240


class DefectDialog(Dialog):
    """The traceback of a defect; Copy puts it into the clipboard."""

    def __init__(self, parent: QWidget, details: str) -> None:
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setFont(theme.font("label"))
        self.details.setFixedHeight(HIGH)
        self.details.setAccessibleName(_("Details"))
        self.copy = Button(lambda: _("Copy the details"), "copy", on_click=self._copy)
        self.leave = Button(lambda: _("Close"), look="primary", on_click=self._leave)
        words = Text(lambda: _("The program made a mistake. It is in the log file; nothing you typed is lost. Please hand the details on."))
        super().__init__(parent, lambda: _("A defect in the program"), words, 12, self.details, buttons=(self.copy, self.leave), wide=WIDE)
        self.leave.setFocus()

    def add(self, details: str) -> None:
        """Another one while this is open."""
        self.details.appendPlainText(f"\n{details}")

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details.toPlainText())

    def _leave(self) -> None:
        self.reject()
