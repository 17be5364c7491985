"""Hands on the metering page: every key goes to what has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from stationdesk.ui.metering.page import MeteringPage

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def settle(page: MeteringPage) -> None:
    for _n in range(4):
        page.runner.drain()
        QApplication.processEvents()


def press(page: MeteringPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    settle(page)


def seen(part: QWidget) -> str:
    """All the words in it."""
    return "\n".join(each.text() for each in part.findChildren(QLabel) if each.isVisible())
