"""What Qt says in its own dialogs is in the language of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from stationdesk.ui.shell import language


@pytest.mark.parametrize(("speaks", "said"), [("zh_CN", "查找范围："), ("en", "Look in:")])
def test_a_file_dialog_speaks_the_language_of_the_window(qapp: QApplication, qtbot: QtBot, speaks: str, said: str) -> None:
    language.switch(qapp, speaks)
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.ensurePolished()
    assert said in [label.text().replace("&", "") for label in dialog.findChildren(QLabel)]
    language.switch(qapp, "en")


def test_every_word_that_qt_lacks_has_one_of_ours(qapp: QApplication) -> None:
    language.switch(qapp, "zh_CN")
    for context, text in language.LACKING:
        said = QCoreApplication.translate(context, text)
        assert said != text
        assert not said.isascii()
    language.switch(qapp, "en")
    assert all(QCoreApplication.translate(context, text) == text for context, text in language.LACKING)
