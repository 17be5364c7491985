"""The focus ring: 2 px, 2 px away from whatever button has the keyboard. A sibling of it, so it moves, scrolls and is clipped with it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget

from stationdesk.ui.widgets.paint import SMOOTH, box

AWAY, RADIUS = 4, 10
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange)


class _Ring(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setObjectName("focus-ring")

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        box(p, QRectF(self.rect()), RADIUS, "focus", width=2)


class FocusRing(QObject):
    """One per window; follows buttons, check boxes and what sets the property "ring". Fields paint their focus themselves."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.target: QWidget | None = None
        self.ring: _Ring | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.follow)

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Go to the widget that got the keyboard."""
        self._leave()
        target = _ringed(new)
        parent = target.parentWidget() if target else None
        if target is None or parent is None or not self._mine(target):
            return
        self.target = target
        target.installEventFilter(self)
        self.ring = _Ring(parent)
        self._place()

    def _mine(self, target: QWidget) -> bool:
        owner = self.parent()
        return not isinstance(owner, QWidget) or target.window() is owner.window()

    def _leave(self) -> None:
        if self.target is not None and shiboken6.isValid(self.target):
            self.target.removeEventFilter(self)
        if self.ring is not None and shiboken6.isValid(self.ring):
            self.ring.hide()
            self.ring.deleteLater()
        self.target = self.ring = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.target and event.type() in _MOVES:
            self._place()
            if event.type() == QEvent.Type.ParentChange:
                QTimer.singleShot(0, self._leave)
        return False

    def _place(self) -> None:
        if self.target is not None and self.ring is not None and shiboken6.isValid(self.ring):
            self.ring.setGeometry(self.target.geometry().adjusted(-AWAY, -AWAY, AWAY, AWAY))
            self.ring.setVisible(self.target.isVisible())
            self.ring.raise_()


def _ringed(widget: QWidget | None) -> QWidget | None:
    """The widget that wears the ring: itself, or the group it is a segment of."""
    if widget is None:
        return None
    group = widget.parentWidget()
    if group is not None and group.property("ring"):
        return group
    return widget if isinstance(widget, QPushButton | QCheckBox) or widget.property("ring") else None
