"""A view that asks for its own rows when it is seen: the day does not wait for the month."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from stationdesk.domain.permissions import NotAllowedError
from stationdesk.ui.metering.board import Board
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button

LEAST = 104  # pixels of a button whose reason is cut


class LateView(QWidget):
    """asked(what, about): a step, and the row it is for."""

    asked = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.board: Board | None = None
        self._stale = True

    def show_board(self, board: Board) -> None:
        """Another day, or newer records: asked again, now or when it is next seen."""
        self.board, self._stale = board, True
        self.keep_buttons(board)
        self._ask_if_seen()

    def keep_buttons(self, board: Board) -> None:
        """Say in the buttons whose they are."""

    def ask_rows(self, board: Board) -> None:
        """The query."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """To what one works in."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_if_seen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.board is not None:
            self._stale = True  # rows hold words
            self._ask_if_seen()

    def _ask_if_seen(self) -> None:
        if self._stale and self.isVisible() and self.board is not None:
            self._stale = False
            self.ask_rows(self.board)


def keep(button: Button, refusal: NotAllowedError | None) -> None:
    """Whose a button is, said in the room there is; in full as its tip."""
    button.keep_for(refusal)
    button.setMinimumWidth(LEAST if refusal is not None else 0)


def keep_beside(button: Button, refusal: NotAllowedError | None, main: Button) -> None:
    """A button beside another: where both are not theirs, that one says so for both."""
    button.setVisible(refusal is None or main.isEnabled())
    keep(button, refusal)
