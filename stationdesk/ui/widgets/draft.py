"""Nothing typed is lost: what is written is handed on shortly after, and at once when the field is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

DELAY_MS = 400


class Draft(QTimer):
    """touch() at every change; keep(text()) is called once it is quiet, or by flush()."""

    def __init__(self, owner: QObject, text: Callable[[], str]) -> None:
        super().__init__(owner)
        self.setSingleShot(True)
        self.setInterval(DELAY_MS)
        self._text = text
        self._keep: Callable[[str], object] | None = None
        self.timeout.connect(self._hand_on)

    def to(self, keep: Callable[[str], object]) -> None:
        """Who keeps the draft."""
        self._keep = keep

    def touch(self) -> None:
        """Something was typed."""
        if self._keep is not None:
            self.start()

    def flush(self) -> None:
        """Hand on now what waits."""
        if self.isActive():
            self.stop()
            self._hand_on()

    def _hand_on(self) -> None:
        if self._keep is not None:
            self._keep(self._text())
