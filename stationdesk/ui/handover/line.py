"""A tick line with its evidence: number, name, the computed facts, where they can be seen, what was said, and the state at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from stationdesk.domain.handover import LineState, VerdictKind, line_words, say_fact
from stationdesk.domain.said import Said
from stationdesk.domain.words import _
from stationdesk.ui.handover import wording
from stationdesk.ui.handover.flow import Flow
from stationdesk.ui.handover.state import Rights, State
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.paint import advance, fill
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.stop import Stop
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from datetime import date

    from stationdesk.services.handover import LineView

NUMBER, NAME, PAD, LINK = 20, 124, 6, 16
LACKS, LIMIT = 3, 500
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Quote(QWidget):
    """Words behind a line of 2 px amber; who took them beside them, or below where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.note = Text(""), Line("", "label text-2", elide=True)
        self.inside = row(self.words, self.note, owner=self, spacing=12)
        self.inside.setContentsMargins(12, 1, 0, 1)

    def show_words(self, words: str, note: Words) -> None:
        """Other words."""
        self.words.say(words)
        self.note.say(note)
        self._arrange()

    def _arrange(self) -> None:
        beside = advance("body", self.words.text()) + advance("label", self.note.text()) + 36 <= self.width()
        self.words.setWordWrap(not beside)
        self.inside.setSpacing(12 if beside else 0)
        self.inside.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.inside.setStretch(1, 1 if beside else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill(QPainter(self), 0, 0, 2, self.height(), "amber-mark")


class Link(Button):
    """A link of the evidence; the arrows are the line's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TickLine(Stop):
    """said(verdict, words): as_found or with_reservation; accepted(): the relief takes the reservation; step(by): to another line."""

    said = Signal(str, str)
    accepted = Signal()
    led = Signal(str, object)
    step = Signal(int)
    drafted = Signal(str)

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone, self.rights, self.accept = zone, Rights(), False
        self.view: LineView | None = None
        self._evidence: object = None
        self._links: list[Link] = []
        self.number, self.name = Line("", "label text-2"), Text("", "strong")
        self.facts, self.lacks = Text(""), Text("", "body amber-fg")
        self.links = QWidget()
        self.flow = Flow(self.links)
        self.quote, self.note = Quote(), Line("", "label text-2", elide=True)
        self.words = TextField(placeholder=lambda: _("What is wrong, what was done, who knows"), lines=2, enter="submit", limit=LIMIT)
        self.state = State()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.name.setFixedWidth(NAME)
        self.number.setFixedWidth(NUMBER)
        middle = column(self.facts, self.lacks, 2, self.links, self.note, 2, self.quote, self.words, None)
        whole = row(column(2, self.number, None), column(self.name, None), middle, self.state, owner=self, spacing=8, sides=16)
        whole.setContentsMargins(16, PAD, 16, PAD)
        whole.setStretch(2, 1)
        self.words.hide()

    def _connect(self) -> None:
        self.state.chosen.connect(self._chosen)
        self.state.accepted.connect(self.accepted)
        self.words.submitted.connect(self._submit)
        self.words.on_draft(self.drafted.emit)

    # --- shown

    def show_line(self, view: LineView, rights: Rights, day: date, *, accept: bool) -> None:
        """How it stands; words that are being written stay."""
        self.view, self.rights, self.accept = view, rights, accept
        line = view.line
        self.number.say(str(line.number))
        self.name.say(lambda: str(line.name))
        self.facts.say(lambda: line_words(line.facts, self.zone, day))
        lacks = [lack.said for lack in line.lacks if lack.said not in line.facts]
        self.lacks.say(lambda: self._lacks(lacks, day))
        self.lacks.setVisible(bool(lacks) and view.standing is not VerdictKind.WITH_RESERVATION)
        self._show_evidence(view, day)
        self._show_said(view)
        self.state.show_line(view, rights, accept=accept)
        self.setAccessibleName(f"{line.number} {line.name} {self.facts.text()}")
        self.updateGeometry()

    def _lacks(self, lacks: list[Said], day: date) -> str:
        said = [say_fact(each, self.zone, day) for each in lacks[:LACKS]]
        more = _("and {n} more").format(n=len(lacks) - LACKS) if len(lacks) > LACKS else ""
        return _("; ").join(each for each in [*said, more] if each)

    def _show_evidence(self, view: LineView, day: date) -> None:
        key = view.line.evidence, str(view.line.name)
        if key == self._evidence:
            return
        self._evidence = key
        self._clear_links()
        self.links.setVisible(bool(view.line.evidence))
        if not view.line.evidence:
            return
        self.flow.addWidget(Line(lambda: _("Evidence") + " ", "label text-2"))
        for n, each in enumerate(view.line.evidence):
            if n:
                self.flow.addWidget(Line("·", "label text-2"))
            words = each.words
            lead = partial(self.led.emit, each.page, each.target)
            link = Link(partial(say_fact, words, self.zone, day), look="link", role="label", on_click=lead)
            link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            link.setFixedHeight(LINK)
            self.flow.addWidget(link)
            self._links.append(link)

    def _clear_links(self) -> None:
        self._links = []
        while (item := self.flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _show_said(self, view: LineView) -> None:
        reserved = view.said is not None and view.standing is VerdictKind.WITH_RESERVATION
        seen = view.said is not None and not reserved and view.line.state is LineState.NEEDS_PERSON
        self.quote.setVisible(reserved and not self.words.isVisibleTo(self))
        self.note.setVisible(seen or (view.line.state is LineState.NEEDS_PERSON and view.standing is None))
        if reserved and view.said is not None:
            said = view.said
            self.quote.show_words(said.words, lambda: plain(wording.said_note(view, self.zone, written=_("{time} {name}"))))
        if seen:
            self.note.say(lambda: plain(wording.said_note(view, self.zone, written=_("seen {time} {name}"))))
        else:
            self.note.say(lambda: _("to be confirmed on the spot"))

    # --- said

    def agree(self) -> None:
        """Space: accept a reservation, else 相符; where the records contradict that, the reason is told."""
        if self.view is None or not self.rights.may(self.view):
            return
        if self.accept and self.rights.incoming:
            self.accepted.emit()
        elif self.view.line.state is LineState.CONTRADICTED:
            self.said.emit(str(VerdictKind.AS_FOUND), "")  # the rule refuses it and says why
        elif self.view.said is not None or self.view.standing is None:
            self._close()
            self.said.emit(str(VerdictKind.AS_FOUND), "")

    def reserve(self) -> None:
        """P: open the words of a reservation."""
        if self.view is None or not self.rights.may(self.view):
            return
        said = self.view.said
        if said is not None and not self.words.text():
            self.words.set_text(said.words)
        self.state.open = True
        self.state.show_line(self.view, self.rights, accept=self.accept)
        if self.state.choice is not None:
            self.state.choice.choose(False)
        self.words.show()
        self.quote.hide()
        self.words.take_focus()
        self.updateGeometry()

    @property
    def writing(self) -> bool:
        """Words are being written."""
        return self.words.isVisibleTo(self)

    def in_question(self) -> bool:
        """The keyboard is here, or in the words of this line."""
        return self.hasFocus() or self.writing

    def restore(self, draft: str) -> None:
        """Words begun before come back."""
        if draft and not self.words.text():
            self.reserve()
            self.words.set_text(draft)

    def refuse(self, words: str) -> None:
        """What was sent was refused: say why at the words."""
        self.words.error(words)

    def done(self) -> None:
        """What was sent is in the store."""
        self._close()
        self.words.set_text("")

    def _close(self) -> None:
        had = self.words.edit.hasFocus()
        self.words.error("")
        self.words.hide()
        self.state.open = False
        if had:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.view is not None:
            self._show_said(self.view)
            self.state.show_line(self.view, self.rights, accept=self.accept)

    def _chosen(self, agreed: bool) -> None:
        if agreed:
            self.agree()
        else:
            self.reserve()

    def _submit(self) -> None:
        if not self.words.too_long():
            self.said.emit(str(VerdictKind.WITH_RESERVATION), self.words.text())

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text().lower()
        links = self._links
        at = next((n for n, each in enumerate(links) if each.hasFocus()), -1)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and self.writing:
            self._close()
        elif key == Qt.Key.Key_Right and links and at < len(links) - 1:
            links[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_Left and at >= 0:
            (links[at - 1] if at else self).setFocus(Qt.FocusReason.TabFocusReason)
        elif text == "p":
            self.reserve()
        elif key == Qt.Key.Key_Space and at < 0:
            self.agree()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the choice of a line that is settled."""
        if self.view is not None and self.rights.may(self.view):
            self.state.open = not self.state.open
            self.state.show_line(self.view, self.rights, accept=self.accept)
