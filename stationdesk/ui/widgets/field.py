"""A field of one line. Never prefilled; errors stand at it; nothing shifts when it gets the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from stationdesk.domain import numbers
from stationdesk.domain.errors import say
from stationdesk.domain.words import _
from stationdesk.ui.widgets import fonts, theme
from stationdesk.ui.widgets.digits import Digits, tidy
from stationdesk.ui.widgets.draft import Draft
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.spoken import Words, said

HIGH = 32


class Edit(QLineEdit):
    """The box itself; numeric switches input methods off, for hints alone are wishes."""

    left = Signal()

    def __init__(self, numeric: bool = False) -> None:
        super().__init__()
        self.numeric = numeric
        self.setFont(theme.font("body"))
        self.setFixedHeight(HIGH)
        if numeric:
            self.setValidator(Digits(self))
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly | Qt.InputMethodHint.ImhPreferLatin)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:  # type: ignore[override]
        if self.numeric and query == Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Field(Labelled):
    """committed(text): Enter, or the field was left changed. edited(text): at every key. secret: a password.
    numeric: right-aligned, half-width while typed, number() is its value, and what is no number is told so
    when the field is left."""

    committed = Signal(str)
    edited = Signal(str)
    #: Enter was pressed
    entered = Signal()

    def __init__(
        self,
        label: Words,
        unit: Words = "",
        last: Words = "",
        numeric: bool = False,
        secret: bool = False,
        hint: Words = "",
        below: bool = True,
        cut: bool = False,
    ) -> None:
        self.edit = Edit(numeric)
        self.hint = hint
        self._committed = ""
        super().__init__(self.edit, label, unit, last, below, cut)
        self.numeric = numeric
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._draft = Draft(self, self.text)
        self.edit.textEdited.connect(self._typed)
        self.edit.returnPressed.connect(self._enter)
        self.edit.left.connect(self._commit)

    def text(self) -> str:
        """What was typed, without blanks at its ends, full-width digits made half-width; a password exactly as typed."""
        if self.edit.echoMode() == QLineEdit.EchoMode.Password:
            return self.edit.text()
        return numbers.half_width(self.edit.text()) if self.numeric else tidy(self.edit.text()).strip()

    def set_text(self, text: str) -> None:
        """Fill the field; for corrections and drafts, never a guess."""
        self.edit.setText(text)
        self._committed = self.text()
        self._look_at_signs()

    def number(self) -> Decimal | None:
        """The value of a numeric field; None when empty, NumberError (to be said at the field) when it is no number."""
        return numbers.parse(self.edit.text()) if self.text() else None

    def on_draft(self, keep: Callable[[str], object]) -> None:
        """Hand what is written to keep(text), shortly after."""
        self._draft.to(keep)

    def set_read_only(self, fixed: bool) -> None:
        """A value that is seen and not typed."""
        self.edit.setReadOnly(fixed)

    def reword(self) -> None:
        super().reword()
        self.edit.setPlaceholderText(said(self.hint))

    def _typed(self, _text: str) -> None:
        if self.wrong:
            self.error()
        self._look_at_signs()
        self._draft.touch()
        self.edited.emit(self.text())

    def _look_at_signs(self) -> None:
        if not self.numeric and self.edit.echoMode() == QLineEdit.EchoMode.Normal:
            self.note(unprintable(self.edit.text()))

    def _look_at_number(self) -> None:
        if self.numeric and not self.wrong:
            try:
                self.number()
            except numbers.NumberError as refused:
                error = refused
                self.error(lambda: say(error))

    def _enter(self) -> None:
        self._commit()
        self.entered.emit()

    def _commit(self) -> None:
        self._draft.flush()
        self._look_at_number()
        if self.text() != self._committed:
            self._committed = self.text()
            self.committed.emit(self._committed)


def unprintable(text: str) -> Words:
    """The remark under a text with characters that the printing font lacks; empty where it has all."""
    lacking = "".join(fonts.missing(text))
    if not lacking:
        return ""
    return lambda: _("Not in the printing font: {signs}. Paper shows 〓, the record keeps it.").format(signs=lacking)
