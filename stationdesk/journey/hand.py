"""A hand at the keyboard of the real window, in a time of its own: it looks at what is on screen and presses keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stationdesk.app import Program
from stationdesk.services import Store
from stationdesk.ui.widgets.page import Page

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
HELD = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Alt": Qt.KeyboardModifier.AltModifier}
NAMED = {
    "Enter": Key.Key_Return,
    "Esc": Key.Key_Escape,
    "Tab": Key.Key_Tab,
    "Space": Key.Key_Space,
    "Up": Key.Key_Up,
    "Down": Key.Key_Down,
    "Left": Key.Key_Left,
    "Right": Key.Key_Right,
    **{f"F{n}": Key(Key.Key_F1.value + n - 1) for n in range(1, 13)},
}


FRACTION = timedelta(microseconds=480_063)
"""No real clock stands on a full second."""


class LostError(RuntimeError):
    """The window is not as somebody who follows the manual would find it."""


class Clock:
    """The time of the journey: it stands until it is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at + FRACTION


class Hand:
    """Presses keys in the window that has the focus, one after the other, and waits until each has been answered."""

    def __init__(self, program: Program, clock: Clock, zone: ZoneInfo) -> None:
        self.program, self.clock, self.zone = program, clock, zone
        self.shell = program.shell
        self.shell.activateWindow()

    @property
    def store(self) -> Store:
        """The store behind the window, to see what became of what was done."""
        if self.program.store is None:
            raise LostError("the store is not open")
        return self.program.store

    # Time
    def until(self, hour: int, minute: int, days: int = 0) -> None:
        """It is so late now, by the station's clock; days: later than today."""
        local = self.clock.at.astimezone(self.zone) + timedelta(days=days)
        moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if moment < self.clock.at.astimezone(self.zone):
            raise LostError(f"{moment:%H:%M} is past already")
        self.clock.at = moment.astimezone(self.clock.at.tzinfo)
        self.program.idle.touch()  # hours go by in a moment here, and nobody has left the desk
        self.program.feed.ask()
        self.settle()

    def wait(self, minutes: int) -> None:
        """So many minutes pass."""
        self.clock.at += timedelta(minutes=minutes)
        self.program.idle.touch()
        self.settle()

    def settle(self) -> None:
        """Everything asked is answered and painted."""
        for _round in range(4):
            self.program.runner.drain()
            QApplication.processEvents()

    # Keys
    def held(self) -> QWidget:
        """What has the keyboard."""
        if QApplication.activeWindow() is None:  # after a dialog, without a window manager
            self.shell.activateWindow()
            QApplication.processEvents()
        return QApplication.focusWidget() or self.shell

    def press(self, *keys: str) -> None:
        """Keys by name: Enter, F5, Ctrl+Enter, Alt+Q, a letter."""
        for key in keys:
            *held, last = key.split("+") if len(key) > 1 else [key]
            code = NAMED[last] if last in NAMED else Key(ord(last.upper()))
            QTest.keyClick(self.held(), code, HELD[held[0]] if held else NONE)
            self.settle()

    def write(self, text: str) -> None:
        """Letters and digits as they come."""
        for sign in text:
            if ord(sign) < 128:
                QTest.keyClicks(self.held(), sign)
            else:
                self._compose(sign)
        self.settle()

    def _compose(self, sign: str) -> None:
        """A character that an input method commits."""
        from PySide6.QtGui import QInputMethodEvent

        event = QInputMethodEvent()
        event.setCommitString(sign)
        QApplication.sendEvent(self.held(), event)

    def click(self, widget: QWidget) -> None:
        """With the mouse, in its middle."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, widget.rect().center())
        self.settle()

    # Sight
    def go(self, name: str, target: object = None) -> Page:
        """A page, as from the rail."""
        self.shell.go(name, target)
        self.settle()
        page = self.shell.current
        if page is None or page.name != name:
            raise LostError(f"{name} is out of reach")
        return page

    def page(self, kind: type[W]) -> W:
        """The page on screen."""
        if not isinstance(self.shell.current, kind):
            raise LostError(f"{kind.__name__} is not on screen")
        return self.shell.current

    def dialog(self, kind: type[W]) -> W:
        """The dialog of this kind that is open."""
        for each in QApplication.topLevelWidgets():
            if isinstance(each, kind) and each.isVisible():
                each.activateWindow()
                self.settle()
                return each
        raise LostError(f"no {kind.__name__} is open")

    def sees(self, what: str, fits: Callable[[], Any]) -> None:
        """Something must be so; `what` says it in words."""
        if not fits():
            raise LostError(what)
