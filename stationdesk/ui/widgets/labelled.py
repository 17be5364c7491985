"""What stands around a field: label above left, unit above right, error or note below left, last value below right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from stationdesk.ui.widgets.card import restyled
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Spoken, Words, said
from stationdesk.ui.widgets.text import Text

LINE = 16


class Labelled(Spoken, QWidget):
    """The line below keeps its height, so that nothing moves when an error comes; below=False leaves it out until there is one.
    What does not fit in one line takes as many as it needs: a reason that is cut off is none. Only beside a last value it is cut.
    cut: a long label is cut rather than to widen the field, where many stand side by side."""

    def __init__(self, inner: QWidget, label: Words, unit: Words = "", last: Words = "", below: bool = True, cut: bool = False) -> None:
        super().__init__()
        self.words, self.unit, self.last = label, unit, last
        self.inner = inner
        self.wrong: Words = ""
        self._sign = icon("circle-alert", "red-fg", 14)
        self._problem = Line("", "label red-fg", elide=True)
        self._whole: Text | None = None
        self._last = Line(last, "label text-2")
        self._below = QWidget()
        self._keeps_below = below
        line = row(self._sign, self._problem, self._last, owner=self._below, spacing=4)
        line.setStretchFactor(self._problem, 1)
        self._problem.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long reason widens no field
        self._below.setFixedHeight(LINE)
        whole = column(owner=self)
        if label or unit:
            whole.addLayout(row(Line(label, "label", elide=cut), None, Line(unit, "label text-2")))
            whole.addSpacing(4)
        whole.addWidget(inner, 1)
        whole.addSpacing(2)
        whole.addWidget(self._below)
        self.setFocusProxy(inner)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sign.hide()
        self._below.setVisible(below or bool(last))
        self.reword()

    def error(self, words: Words = "") -> None:
        """Say at the field what is wrong with it; without words the error goes."""
        self.wrong = words
        self._state(words, "red-fg")
        if self.inner.property("wrong") != bool(words):
            self.inner.setProperty("wrong", bool(words))
            restyled(self.inner)
        if words:
            QAccessible.updateAccessibility(QAccessibleEvent(self.inner, QAccessible.Event.DescriptionChanged))

    @property
    def cut(self) -> bool:
        """Whether the error is longer than its line; the pointer shows the rest, the keyboard does not."""
        besides = self._sign.width() + 4 + (self._last.wide + 4 if self.last else 0)
        return bool(self.wrong) and self._problem.wide + besides > self.width()

    def note(self, words: Words = "") -> None:
        """A quiet remark in the place of the error, where there is none."""
        if not self.wrong:
            self._state(words, "text-2")

    def _state(self, words: Words, ink: str) -> None:
        self._problem.words = words
        self._problem.restyle(f"label {ink}")
        self._sign.setVisible(bool(words) and ink == "red-fg")
        self._below.setVisible(self._keeps_below or bool(words) or bool(self.last))
        self._fit()
        self.reword()

    def _fit(self) -> None:
        """One line of a reason, or all of it below the field."""
        sign = 18 if self._sign.isVisibleTo(self._below) else 0
        cut = self._problem.wide > self.width() - sign and not self.last
        if cut and self._whole is None:
            self._whole = Text(self._problem.words, "label red-fg")
            self._whole.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            self._below.layout().insertWidget(1, self._whole, 1)  # type: ignore[union-attr]
            self._stand_at_top()
        if self._whole is None:
            return
        self._problem.setVisible(not cut)
        self._whole.setVisible(cut)
        self._whole.restyle(f"label {self._problem.styles[0][1]}")
        self._whole.say(self._problem.words)
        self._below.setFixedHeight(max(LINE, self._whole.heightForWidth(self.width() - sign)) if cut else LINE)

    def _stand_at_top(self) -> None:
        """Fields in one row keep their boxes on one line, however long the reason below one of them."""
        owner = self.parentWidget()
        for line in owner.findChildren(QBoxLayout) if owner is not None else ():
            if owner is not None and line.indexOf(self) >= 0 and line.direction() == QBoxLayout.Direction.LeftToRight:
                for each in owner.findChildren(Labelled):
                    line.setAlignment(each, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_last(self, words: Words) -> None:
        """The last value, below right."""
        self.last = words
        self._last.say(words)
        self._below.setVisible(self._keeps_below or bool(self.wrong) or bool(words))
        self.reword()

    def reword(self) -> None:
        self.inner.setAccessibleName(self.said())
        parts = (said(self.unit), said(self.last), said(self.wrong))
        self.inner.setAccessibleDescription(" ".join(part for part in parts if part))

    def take_focus(self) -> None:
        """Give the keyboard to the field."""
        self.inner.setFocus(Qt.FocusReason.OtherFocusReason)
