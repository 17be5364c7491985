"""The hands of an operator at a page: keys pressed where the keyboard is, and every answer waited for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stationdesk.ui.runner import Runner


class Hands:
    """A subclass sets the runner, which works in line."""

    runner: Runner

    def settle(self) -> None:
        for _n in range(4):
            self.runner.drain()
            QApplication.processEvents()

    def press(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.held(), key)
            self.settle()

    def control(self, key: Qt.Key) -> None:
        QTest.keyClick(self.held(), key, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def type(self, text: str) -> None:
        for sign in text:
            QTest.keyClick(self.held(), sign)
        self.settle()

    def held(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found
