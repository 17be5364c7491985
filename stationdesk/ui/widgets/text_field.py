"""A field of several lines: notes, reasons, log entries. What is written is kept as a draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from stationdesk.domain.words import _
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.digits import tidy
from stationdesk.ui.widgets.draft import Draft
from stationdesk.ui.widgets.field import unprintable
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.spoken import Words, said

LINE, FRAME = 19, 12


class _Box(QPlainTextEdit):
    """Tab leaves it; Enter (submits) or Ctrl+Enter hands it in."""

    entered = Signal()
    left = Signal()

    def __init__(self, submits: bool) -> None:
        super().__init__()
        self.submits = submits
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setFont(theme.font("body"))
        self.document().setDocumentMargin(4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and (control or (self.submits and plain)):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class TextField(Labelled):
    """enter: "newline", or "submit" (then Shift+Enter makes a line). limit: characters taken at most, 0 for no limit.
    lines: its height, at least that where it grows.
    submitted(): Enter or Ctrl+Enter. on_draft(keep) is called with the text shortly after it was written."""

    submitted = Signal()
    edited = Signal(str)

    def __init__(
        self,
        label: Words = "",
        placeholder: Words = "",
        lines: int = 3,
        enter: str = "newline",
        limit: int = 0,
        below: bool = False,
        grows: bool = False,
    ) -> None:
        self.edit = _Box(enter == "submit")
        self.placeholder, self.limit = placeholder, limit
        super().__init__(self.edit, label, below=below)
        high = lines * LINE + FRAME
        self.edit.setMinimumHeight(high)
        if grows:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        else:
            self.edit.setMaximumHeight(high)
        self._draft = Draft(self, self.text)
        self.edit.textChanged.connect(self._typed)
        self.edit.entered.connect(self._enter)
        self.edit.left.connect(self._draft.flush)

    def text(self) -> str:
        """What was written, without blanks at its ends."""
        return tidy(self.edit.toPlainText()).strip()

    def set_text(self, text: str) -> None:
        """Fill it: a draft that comes back, or nothing again. No draft is made of it."""
        self.edit.blockSignals(True)
        self.edit.setPlainText(text)
        self.edit.blockSignals(False)
        self._draft.stop()
        self._look_at_signs()

    def insert(self, words: str) -> None:
        """Put a phrase where the cursor is."""
        self.edit.insertPlainText(words)

    def on_draft(self, keep: Callable[[str], object]) -> None:
        """Who keeps what is written."""
        self._draft.to(keep)

    def reword(self) -> None:
        super().reword()
        self.edit.setPlaceholderText(said(self.placeholder))
        if not self.said():
            self.edit.setAccessibleName(said(self.placeholder))

    def too_long(self) -> bool:
        """More characters than the limit: said at the field, nothing is cut off."""
        return bool(self.limit) and len(self.text()) > self.limit

    def _typed(self) -> None:
        if self.wrong:
            self.error()
        if self.too_long():
            self.error(lambda: _("{n} characters too many").format(n=len(self.text()) - self.limit))
        self._look_at_signs()
        self._draft.touch()
        self.edited.emit(self.text())

    def _look_at_signs(self) -> None:
        self.note(unprintable(self.edit.toPlainText()))

    def _enter(self) -> None:
        self._draft.flush()
        self.submitted.emit()
