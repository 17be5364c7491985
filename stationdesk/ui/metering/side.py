"""The right side of the page: the facts of the day as cards, or the form that is being filled in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.quality_card import QualityCard
from stationdesk.ui.metering.side_form import SideForm
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.layout import scrolled, stack


class Side(QStackedWidget):
    """asked(what): a card's link. left(): the form was closed; kept(answer): it was kept."""

    asked = Signal(str)
    left = Signal()
    kept = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.form: SideForm | None = None
        self.quality = QualityCard(runner)
        self.quality.asked.connect(lambda: self.asked.emit("quality"))
        self.cards: tuple[QWidget, ...] = (self.quality,)
        self.addWidget(scrolled(stack(*self.cards, None, spacing=12)))

    def show_board(self, board: Board) -> None:
        """Another day, or newer facts."""
        self.quality.show_quality(board.quality())

    def open(self, form: SideForm) -> None:
        """A form in place of the cards."""
        self.put_away()
        self.form = form
        form.done.connect(self._done)
        form.left.connect(self.leave)
        self.addWidget(form)
        self.setCurrentWidget(form)
        form.take_focus()

    def leave(self) -> None:
        """Back to the cards; what was typed stays a draft."""
        self.put_away()
        self.left.emit()

    def put_away(self) -> None:
        """The form goes."""
        form, self.form = self.form, None
        if form is not None:
            self.removeWidget(form)
            form.hide()
            form.deleteLater()

    def _done(self, answer: object) -> None:
        self.put_away()
        self.kept.emit(answer)
