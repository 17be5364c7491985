"""What owes words: one abnormality after the other, with the preset phrases of the station by their number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from stationdesk.domain.moments import format_time
from stationdesk.domain.words import _
from stationdesk.services.readings import GridView, OwedView, Phrase
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.digits import half_width
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.keycap import key_cap
from stationdesk.ui.widgets.layout import Item, refill, row, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

SHOWN = 4  # phrases by a single digit
WIDE = 226  # inside the card


class OwedCard(Card):
    """Hidden while nothing is owed. said(OwedView, words, code): words were given."""

    said = Signal(object, str, str)
    #: the line above the field was pressed: lead to the cell
    asked = Signal(object)
    #: Esc: back to the grid
    left = Signal()

    def __init__(self) -> None:
        self.title = Line("", "strong")
        self.sign = icon("triangle-alert", "amber-fg")
        self.fact = Line("", "strong amber-fg", elide=True)
        self.more = Line("", "label text-2", elide=True)
        self.field = Field("", hint=lambda: _("Write a word, or choose a phrase"), below=False)
        self.chips = stack(spacing=6)
        self.note = Line("", "label text-2", elide=True)
        self.view: GridView | None = None
        self.current: OwedView | None = None
        head = row(self.title, None, key_cap("E"))
        super().__init__(12, head, 8, row(self.sign, self.fact, None), self.more, 8, self.field, 8, self.chips, 6, self.note, 12)
        self.field.entered.connect(self._submit)
        self.field.edit.installEventFilter(self)
        self.hide()

    def show_view(self, view: GridView) -> None:
        """What is owed now; the one being worded stays while it is among them."""
        phrases = self.view is None or view.phrases != self.view.phrases
        self.view = view
        known = {each.key: each for each in view.owed}
        before = self.current
        if before is None or before.key not in known:
            self.current = view.owed[0] if view.owed else None
            self.field.set_text("")
            self.field.error()
        else:
            self.current = known[before.key]
        if phrases:
            self._show_phrases(view.phrases[:SHOWN])
        self._words()
        self.setVisible(self.current is not None)

    def _words(self) -> None:
        owed, view = self.current, self.view
        if owed is None or view is None:
            return
        count = len(view.owed)
        tone = "red" if owed.grade == "red" else "amber"
        self.sign.show_sign("triangle-alert", f"{tone}-fg")
        self.fact.restyle(f"strong {tone}-fg")
        self.title.say(lambda: _("Explanation owed: {count}").format(count=count))
        self.fact.say(lambda: plain(owed_words(owed, view)))
        self.more.say(lambda: _more(owed, view))
        self.more.setVisible(bool(_more(owed, view)))
        self.note.setVisible(not _more(owed, view))
        self.note.say(lambda: _("The value is saved; the words may wait"))

    def _show_phrases(self, phrases: tuple[Phrase, ...]) -> None:
        chips = [self._chip(n, phrase) for n, phrase in enumerate(phrases, 1)]
        layout = self.chips.layout()
        assert layout is not None
        refill(layout, *_lines(chips))

    def _chip(self, n: int, phrase: Phrase) -> Button:
        chip = Button(lambda: f"{n} {phrase.name}", look="chip", on_click=lambda: self._choose(phrase))
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return chip

    def take_focus(self) -> None:
        """E: the keyboard goes to the field."""
        if self.current is not None:
            self.field.take_focus()

    def refuse(self, words: str) -> None:
        """The words could not be saved; they stay."""
        self.field.error(words)

    def _choose(self, phrase: Phrase) -> None:
        if self.current is not None:
            self.said.emit(self.current, "", phrase.code)

    def _submit(self) -> None:
        if self.current is not None:
            self.said.emit(self.current, self.field.text(), "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the empty field a digit chooses a phrase."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.field.edit:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            digit = half_width(event.text())
            phrases = self.view.phrases[:SHOWN] if self.view else ()
            if not self.field.text() and digit.isdigit() and 1 <= int(digit) <= len(phrases):
                self._choose(phrases[int(digit) - 1])
                return True
        return False


def _lines(chips: list[Button]) -> list[Item]:
    """Two phrases a line where both have room."""
    lines: list[list[Button]] = []
    for chip in chips:
        last = lines[-1] if lines else []
        if len(last) == 1 and last[0].sizeHint().width() + 8 + chip.sizeHint().width() <= WIDE:
            last.append(chip)
        else:
            lines.append([chip])
    return [row(*line, None) for line in lines]


def owed_words(owed: OwedView, view: GridView) -> str:
    """06:00 过滤器 压差 34 kPa"""
    return f"{format_time(owed.until, view.zone)} {owed.point.title} {owed.point.words(owed.value)} {owed.point.unit}"


def _more(owed: OwedView, view: GridView) -> str:
    if owed.doubt and owed.since == owed.until:
        return _("Doubt left standing")
    if owed.since != owed.until:
        return _("Abnormal since {time}").format(time=format_time(owed.since, view.zone))
    return ""
