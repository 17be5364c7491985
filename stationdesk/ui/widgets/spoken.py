"""Words of a widget: a function, asked again when the language changes (Qt tells every widget)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    _Base = QWidget
else:
    _Base = object

Words = str | Callable[[], str]

# Signs of Line's own notation as a station's data may hold them; they travel in the private area and are turned back when painted.
_ESCAPED = {"*": "\ue02a", "|": "\ue07c"}


def said(words: Words) -> str:
    """The words in the language of now."""
    return words if isinstance(words, str) else words()


def plain(text: str) -> str:
    """A station's own text (a name, a note) made safe for a Line, where * and | have a meaning."""
    for sign, private in _ESCAPED.items():
        text = text.replace(sign, private)
    return " ".join(text.split())


def restored(text: str) -> str:
    """The text as it is read, after Line's notation is taken apart."""
    for sign, private in _ESCAPED.items():
        text = text.replace(private, sign)
    return text


class Spoken(_Base):
    """Mixed into a widget before its Qt class; reword() is called at every change of language."""

    words: Words

    def said(self) -> str:
        """The widget's words in the language of now."""
        return said(self.words)

    def reword(self) -> None:
        """Ask for the words again."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.reword()
