"""A chief's hands on the settings page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from stationdesk.ui.settings.page import SettingsPage
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.spoken import said


def settle(page: SettingsPage) -> None:
    for _n in range(4):
        page.runner.drain()
        QApplication.processEvents()


def write(page: SettingsPage, part: QWidget, text: str) -> None:
    """Type over what stands in a field."""
    assert isinstance(part, Field)
    part.edit.setFocus()
    part.edit.selectAll()
    if text.isascii():
        QTest.keyClicks(part.edit, text)
    else:  # as an input method commits it
        part.edit.insert(text)
        part.edit.textEdited.emit(part.edit.text())


def keep(page: SettingsPage) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page)


def wrong(part: QWidget) -> str:
    assert isinstance(part, Labelled)
    return said(part.wrong)


def seen(part: QWidget) -> str:
    """All the words in it."""
    return "\n".join(each.text() for each in part.findChildren(QLabel) if each.isVisible())
