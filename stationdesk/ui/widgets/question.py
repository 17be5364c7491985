"""The question hung under a field. It never takes the focus: the field's keys answer it, the mouse may too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.keycap import cap_width
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, text_at

POINTER, PAD, BUTTON, GAP, TIP, HIGH, SIGN = 8, 17, 28, 8, 141, 104, 24
TOLD = 64  # a card that only tells, without buttons
MARGIN = 8  # room for the shadow, the only one beside menus


@dataclass(frozen=True)
class Answer:
    """key: a letter or "Esc"; value: what answered() carries."""

    key: str
    label: str
    value: Any
    primary: bool = False


@dataclass(frozen=True)
class Question:
    """title: the doubt. detail: last value and limits."""

    title: str
    detail: str
    answers: tuple[Answer, ...]


class QuestionPopup(QWidget):
    """A child of the page's window, not a Qt.Popup: a popup window grabs keyboard and mouse and ends the editing of a field.
    ask(question, field) hangs it; handle_key(event) is asked first by the field's event filter; put_away() hides it."""

    answered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.question: Question | None = None
        self.buttons: list[tuple[QRect, Answer]] = []
        self.tip, self.above = TIP, False
        self.hide()

    def ask(self, question: Question, field: QWidget | QRect) -> None:
        """Hang under the field (a rectangle is in the parent's coordinates), above it where there is no room below."""
        place = self._rect(field)
        owner = self.parentWidget()
        assert owner is not None
        self.question = question
        high = POINTER + (HIGH if question.answers else TOLD) + MARGIN
        self.above = place.bottom() + high > owner.height()
        self.resize(self._lay_out(question), high)
        target = place.right() - 24
        left = max(0, min(target - TIP - MARGIN, owner.width() - self.width()))
        self.tip = target - left
        self.move(left, place.top() - self.height() - 5 if self.above else place.bottom() + 6)
        self.setAccessibleName(f"{question.title} {question.detail}")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))
        self.raise_()
        self.show()
        self.update()

    def put_away(self) -> None:
        """The doubt is settled, or left standing."""
        self.question = None
        self.hide()

    def handle_key(self, event: QKeyEvent) -> bool:
        """True if the key was an answer: the field must not have it."""
        name = "ESC" if event.key() == Qt.Key.Key_Escape else event.text().upper()
        answer = self.answer_for(name)
        if answer is not None:
            self._answer(answer)
        return answer is not None

    def answer_for(self, key: str) -> Answer | None:
        """The answer with this key, while the question is seen."""
        if self.question is None or self.isHidden():
            return None
        return next((answer for answer in self.question.answers if answer.key.upper() == key.upper()), None)

    def _answer(self, answer: Answer) -> None:
        self.put_away()
        self.answered.emit(answer.value)

    def _rect(self, field: QWidget | QRect) -> QRect:
        if isinstance(field, QRect):
            return field
        owner = self.parentWidget()
        assert owner is not None
        return QRect(field.mapTo(owner, QPoint(0, 0)), field.size())

    def _lay_out(self, question: Question) -> int:
        """Places the buttons; returns the width all needs."""
        self.buttons = []
        x, top = PAD + SIGN, self._top()
        for answer in question.answers:
            words = advance("strong" if answer.primary else "body", answer.label)
            width = cap_width(answer.key) + round(words) + 24
            self.buttons.append((QRect(MARGIN + x, top + 63, width, BUTTON), answer))
            x += width + GAP
        lines = max(advance("label", question.detail), advance("strong", question.title))
        return max(x + PAD - GAP, PAD + SIGN + round(lines) + 22) + 2 * MARGIN

    def _top(self) -> int:
        return MARGIN if self.above else POINTER

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for rect, answer in self.buttons:
            if rect.contains(event.position().toPoint()):
                self._answer(answer)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.question is None:
            return
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        top = self._top()
        card = QRectF(MARGIN, top, self.width() - 2 * MARGIN, self.height() - POINTER - MARGIN)
        self._ground(p, card)
        x = MARGIN + PAD + SIGN
        icons.draw(p, "circle-alert", MARGIN + PAD, top + 15, 16, "amber-fg")
        text_at(p, x, top + 23, self.question.title, "strong", "text")
        text_at(p, x, top + 43, self.question.detail, "label", "text-2")
        for rect, answer in self.buttons:
            self._button(p, QRectF(rect), answer)

    def _ground(self, p: QPainter, card: QRectF) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(0, 0, 0, 4))
        for n in range(1, 6):
            p.drawRoundedRect(card.adjusted(-n, 3 - n, n, 1 + n), 6 + n, 6 + n)
        box(p, card, 6, "amber-mark", "raised")
        base, away = (card.bottom() - 0.5, 1) if self.above else (card.top() + 0.5, -1)
        edge = [QPointF(self.tip - 7, base), QPointF(self.tip, base + 7.5 * away), QPointF(self.tip + 7, base)]
        p.setBrush(theme.color("raised"))
        p.setPen(Qt.PenStyle.NoPen)
        p.drawPolygon(QPolygonF([at - QPointF(0, away) for at in edge]))
        p.setPen(QPen(theme.color("amber-mark"), 1))
        p.drawPolyline(QPolygonF(edge))

    def _button(self, p: QPainter, rect: QRectF, answer: Answer) -> None:
        ink = "on-accent" if answer.primary else "text"
        box(p, rect, 6, "" if answer.primary else "line-strong", "accent" if answer.primary else "raised")
        cap = QRectF(rect.x() + 9, rect.y() + 5, cap_width(answer.key), 18)
        box(p, cap, 4, ink if answer.primary else "line-strong")
        text_at(p, cap.center().x(), rect.center().y(), answer.key, "label", ink if answer.primary else "text-2", 0.5)
        text_at(p, cap.right() + 6, rect.center().y(), answer.label, "strong" if answer.primary else "body", ink)
