"""Change the window's language while it runs: the program's words, and Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from stationdesk.domain import words
from stationdesk.domain.words import N_, _

NAMES = {"zh_CN": "中文", "en": "English"}
LACKING = {
    ("QFileDialog", "&Look in:"): N_("&Look in:"),
    ("QFileDialog", "Files of &type:"): N_("Files of &type:"),
    ("QAbstractFileIconProvider", "Folder"): N_("Folder"),
    ("QAbstractFileIconProvider", "Drive"): N_("Drive"),
    ("QPrintSettingsOutput", "Page &Set:"): N_("Page &Set:"),
}
"""What Qt's own dialogs say and its Chinese catalogue leaves out."""


class _Lacking(QTranslator):
    """Says it from the program's catalogue; asked last, for what Qt's own does not know."""

    def translate(self, context: str, text: str, _note: str | None = None, _count: int = -1) -> str:
        own = LACKING.get((context, text))
        return _(own) if own else ""

    def isEmpty(self) -> bool:
        return False


_qt, _lacking = QTranslator(), _Lacking()


def switch(app: QApplication, language: str) -> None:
    """Speak it from now on and tell every widget. LookupError if its catalogue was not installed."""
    words.use(language)
    for each in (_qt, _lacking):
        app.removeTranslator(each)
    if language != "en" and _qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(_lacking)
        app.installTranslator(_qt)
    app.sendEvent(app, QEvent(QEvent.Type.LanguageChange))


def other() -> str:
    """The language that is not spoken."""
    return "en" if words.language() != "en" else "zh_CN"
