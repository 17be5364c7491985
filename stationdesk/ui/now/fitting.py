"""Rows below each other, as many as the place has room for: no page scrolls at 1366×768, and a taller window shows more."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget


class Fitting(QWidget):
    """fill(rows) puts others in; those that do not fit whole are hidden. least: how many rows the layout may not take away."""

    def __init__(self, least: int = 1, grows: int = 1) -> None:
        super().__init__()
        self.least, self.rows = least, list[QWidget]()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setVerticalStretch(grows)
        self.setSizePolicy(policy)

    def fill(self, rows: Sequence[QWidget]) -> None:
        """Other rows; the keyboard stays on the row it was on, by its place."""
        at = self._place_of_focus()
        for old in self.rows:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self.rows = list(rows)
        for each in self.rows:
            each.setParent(self)
        self.updateGeometry()
        self._arrange()
        if at >= 0:
            self._take_back(at)

    @property
    def hidden(self) -> int:
        """How many rows had no room."""
        return sum(each.isHidden() for each in self.rows)

    def sizeHint(self) -> QSize:
        return QSize(120, sum(_high(each) for each in self.rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, sum(_high(each) for each in self.rows[: self.least]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        y, full = 0, False
        for each in self.rows:
            high = _high(each)
            full = full or y + high > self.height()
            each.setVisible(not full)
            if not full:
                each.setGeometry(0, y, self.width(), high)
            y += high

    def _place_of_focus(self) -> int:
        focus = QApplication.focusWidget()
        return next((n for n, each in enumerate(self.rows) if focus is not None and (each is focus or each.isAncestorOf(focus))), -1)

    def _take_back(self, at: int) -> None:
        seen = [each for each in self.rows if not each.isHidden()]
        stops = [stop for each in seen[at:] + seen[:at] for stop in (each, *each.findChildren(QWidget)) if _takes_focus(stop)]
        if stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _high(widget: QWidget) -> int:
    return max(widget.sizeHint().height(), widget.minimumHeight()) if shiboken6.isValid(widget) else 0


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
