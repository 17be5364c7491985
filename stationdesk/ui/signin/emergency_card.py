"""紧急记录: a kind, a sentence, Enter. No login; the time is taken by itself, the name comes later."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QPushButton

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.names import Name
from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import SIDE, Card
from stationdesk.ui.widgets.keycap import key_cap, shortcut
from stationdesk.ui.widgets.layout import Item, column, refill, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.paint import elided, text_at
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text_field import TextField
from stationdesk.ui.widgets.window_keys import KEYS

KEY = "F11"
LONGEST = 2000


class _Kind(Button):
    """One of a row of equal buttons: its word stands in the middle."""

    def paint_inside(self, p: QPainter) -> None:
        text_at(p, self.width() / 2, self.height() / 2, elided("body", self.text(), self.width() - 8), "body", "text", 0.5)


class EmergencyCard(Card):
    """record(kind, text): to be written down. state_asked(): 应急状态 is to begin. The page says done() or fail()."""

    record = Signal(str, str)
    state_asked = Signal()

    def __init__(self) -> None:
        super().__init__(look="strong")
        self.kinds: tuple[tuple[str, Name], ...] = ()
        self.group = QButtonGroup(self)
        self.group.setExclusive(False)
        self.group.buttonClicked.connect(self._choose)
        self.chips = column(spacing=6)
        self.text = TextField(placeholder=lambda: _("What happened, and where"), enter="submit", limit=LONGEST, lines=2, grows=True)
        self.text.submitted.connect(self._record)
        self.done_words: Words = ""
        self.state = Line(self._hint, "label text-2", elide=True)
        self.alarm = Button(
            lambda: _("Emergency state"), key=KEYS["emergency_state"], look="small", on_click=self.state_asked.emit, heard=False
        )
        self.yes = Button(lambda: C_("log", "Write down"), on_click=self._record)
        self._build()
        shortcut(self, KEY, self.text.take_focus)

    def _build(self) -> None:
        head = row(Line(lambda: _("Emergency record"), "name"), None, Line(lambda: _("no login needed"), "label text-2"), key_cap(KEY))
        head.addStrut(36)
        items: tuple[Item, ...] = (2, head, 2, self.chips, 8, self.text, 6, self.state, 8, row(self.alarm, None, self.yes), 12)
        self.show_items(*items)
        self.body.setStretchFactor(self.text, 1)

    def show_kinds(self, kinds: Sequence[tuple[str, Name]]) -> None:
        """The station's kinds of emergency."""
        if tuple(kinds) == self.kinds:
            return
        self.kinds = tuple(kinds)
        for chip in self.group.buttons():
            self.group.removeButton(chip)
        self._place([self._chip(code, name) for code, name in self.kinds])

    def _place(self, chips: list[Button]) -> None:
        """In one row where their words fit, else in two."""
        room = self.width() - 2 * SIDE - 8 * (len(chips) - 1)
        half = len(chips) if sum(chip.sizeHint().width() for chip in chips) <= room else (len(chips) + 1) // 2
        refill(self.chips, *(row(*part) for part in (chips[:half], chips[half:]) if part))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.kinds:
            kinds, self.kinds = self.kinds, ()
            self.show_kinds(kinds)

    def _chip(self, code: str, name: Name) -> Button:
        chip = _Kind(lambda: str(name), look="small")
        chip.setCheckable(True)
        chip.setProperty("code", code)
        self.group.addButton(chip)
        return chip

    def _choose(self, pressed: QPushButton) -> None:
        """One kind at most; pressing it again takes it back."""
        for chip in self.group.buttons():
            if chip is not pressed:
                chip.setChecked(False)
        self.text.take_focus()

    def kind(self) -> str:
        """Code of the kind chosen, or ""."""
        return next((str(chip.property("code")) for chip in self.group.buttons() if chip.isChecked()), "")

    def show_emergency(self, since: str) -> None:
        """since: HH:MM while 应急状态 holds, "" else."""
        self.alarm.key = "" if since else KEYS["emergency_state"]  # declared once: the key has nothing more to say
        self.alarm.block((lambda: C_("emergency", "{time}").format(time=since)) if since else "")

    def _record(self) -> None:
        if self.text.too_long():
            return
        self.yes.setEnabled(False)
        self.record.emit(self.kind(), self.text.text())

    def done(self, words: Words) -> None:
        """It is in the log."""
        self.yes.setEnabled(True)
        self.text.set_text("")
        for chip in self.group.buttons():
            chip.setChecked(False)
        self.done_words = words
        self.state.reword()

    def fail(self, error: DomainError) -> None:
        """Refused: at the field; what was written stays."""
        self.yes.setEnabled(True)
        self.text.error(lambda: say(error))
        self.text.take_focus()

    def _hint(self) -> str:
        words = self.done_words
        return (words if isinstance(words, str) else words()) or _("The time is taken, the name comes later.")
