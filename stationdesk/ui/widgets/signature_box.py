"""Where somebody signs: role, name, then tick with time, then code. Pending: dashed."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QFrame

from stationdesk.domain.words import _
from stationdesk.ui.widgets.card import restyled
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, said

HIGH, TIGHT = 124, 74
_DOWN, _RIGHT = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight


class SignatureBox(QFrame):
    """Two of them stand side by side, equal in size; drawn together, name and state share a line."""

    def __init__(self, role: Words = "", name: str = "") -> None:
        super().__init__()
        self.setFixedHeight(HIGH)
        self.role = Line(role, "label text-2", elide=True)
        self.name = Line(name, "title", elide=True)
        self.sign = icon("circle")
        self.state = Line("", "body", elide=True)
        self.below = Line("", "label text-2", elide=True)
        self.tight, self.pending = False, True
        self._middle = column(self.name, None, row(self.sign, self.state))
        self._whole = column(self.role, 4, self._middle, self.below, owner=self, spacing=2)
        self._whole.setStretch(2, 1)
        self._whole.setContentsMargins(16, 12, 16, 12)
        self.show_pending(role, name)

    def draw_together(self, tight: bool) -> None:
        """As low as three lines, or at its full height."""
        if tight == self.tight:
            return
        self.tight = tight
        self.setFixedHeight(TIGHT if tight else HIGH)
        self._middle.setDirection(_RIGHT if tight else _DOWN)
        self._whole.setContentsMargins(*((12, 6, 12, 6) if tight else (16, 12, 16, 12)))
        self._style_name()

    def _style_name(self) -> None:
        role = "strong" if self.tight else "title"
        self.name.restyle(f"{role} text-2" if self.pending else role)

    def show_signed(self, role: Words, name: Words, when: Words, code: Words = "") -> None:
        """when: "08:03:22"; code: the verification code, or how it was signed."""
        self._show(role, name, lambda: _("signed {when}").format(when=said(when)), code, pending=False)

    def show_pending(self, role: Words, name: Words, note: Words = "") -> None:
        """Not signed yet; note: what is known of the person (signed on at …)."""
        self._show(role, name, lambda: _("to be signed"), note, pending=True)

    def _show(self, role: Words, name: Words, state: Words, below: Words, pending: bool) -> None:
        self.role.say(role)
        self.pending = pending
        self._style_name()
        self.name.say(name)
        self.sign.show_sign("circle" if pending else "check", "text-2" if pending else "text")
        self.state.say(state)
        self.state.setMinimumWidth(self.state.wanted)  # a long name gives way to it
        self.below.say(below)
        self.setProperty("pending", pending)
        self.setAccessibleName(f"{self.role.text()} {self.name.text()} {self.state.text()}")
        restyled(self)
