"""Change the window's language while it runs: the program's words, and Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from stationdesk.domain import words

NAMES = {"zh_CN": "中文", "en": "English"}
_qt = QTranslator()


def switch(app: QApplication, language: str) -> None:
    """Speak it from now on and tell every widget. LookupError if its catalogue was not installed."""
    words.use(language)
    app.removeTranslator(_qt)
    if language != "en" and _qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(_qt)
    app.sendEvent(app, QEvent(QEvent.Type.LanguageChange))


def other() -> str:
    """The language that is not spoken."""
    return "en" if words.language() != "en" else "zh_CN"
