"""Honest waiting: what is being done, how far it is, and a way to stop it. It shows itself only after half a second."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets.bar import Bar
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

AFTER_MS, WIDE = 500, 280


class Waiting(QWidget):
    """begin() … end(); due(): half a second has gone, show it. stopped(): the person does not want to wait."""

    due = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = Line("", "body text-2", elide=True)
        self.bar = Bar()
        self.bar.setFixedWidth(WIDE)
        self.stop = Button(lambda: _("Cancel"), look="small", on_click=self.stopped.emit)
        inner = column(self.line, 8, self.bar, 12, row(None, self.stop, None))
        column(None, row(None, inner, None), None, owner=self)
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self.due)

    def begin(self) -> None:
        """Something was asked."""
        self.progress(0.0, _("Waiting for the records"))
        self._timer.start()

    def go_on(self, done: float, words: str) -> None:
        """A step of something that takes several; the half second counts from the first."""
        self.progress(done, words)
        if not self._timer.isActive():
            self._timer.start()

    def progress(self, done: float, words: str) -> None:
        """How far, and what is being done."""
        self.line.say(plain(words))
        self.bar.show_share(done, words=words)

    def end(self) -> None:
        """The answer is there."""
        self._timer.stop()
