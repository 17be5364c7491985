"""What a section answers, above its buttons: a refusal in red until it is mended, or that it was kept, for a while."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text

STAYS_MS = 6_000


class Answer(Text):
    """The place of both is the same, and no button lies under it."""

    def __init__(self) -> None:
        super().__init__("", "label red-fg")
        self.setContentsMargins(0, 0, 0, 8)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def refuse(self, words: Words) -> None:
        """Why it cannot be."""
        self._timer.stop()
        self._show(words, "red-fg")

    def agree(self, words: Words) -> None:
        """It is done."""
        self._show(words, "text-2")
        self._timer.start()

    def _show(self, words: Words, token: str) -> None:
        self.token = token
        self._tint()
        self.say(words)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text()))
