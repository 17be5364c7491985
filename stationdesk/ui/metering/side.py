"""The right side of the page: the facts of the day as cards, or the form that is being filled in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from stationdesk.ui.metering.board import Beside, Board
from stationdesk.ui.metering.day_cards import LossCard, NominationCard, OdorantCard
from stationdesk.ui.metering.open_card import OpenCard
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
        self.board: Board | None = None
        self.nomination, self.quality, self.loss, self.odorant = NominationCard(), QualityCard(runner), LossCard(), OdorantCard()
        for card, what in ((self.nomination, "figures"), (self.quality, "quality"), (self.loss, "month"), (self.odorant, "figures")):
            card.asked.connect(partial(self.asked.emit, what))
        self.to_do = OpenCard()
        self.to_do.asked.connect(self.asked)
        self.addWidget(scrolled(stack(self.nomination, self.quality, self.loss, self.odorant, self.to_do, None)))

    def show_board(self, board: Board) -> None:
        """Another day, or newer facts."""
        self.board = board
        self.quality.show_quality(board.quality())
        if board.found is not None:
            self.nomination.show_day(board.found, self.runner.zone)
            self.odorant.show_odorant(board.found.today.odorant, board.found.odorant_limits)

    def show_beside(self, found: Beside) -> None:
        """What was unaccounted for in the month up to the day, and what is open."""
        self.to_do.show_beside(found)
        self.loss.show_days(found.days, found.day, found.limits)
        if found.odorant is not None and self.board is not None and self.board.found is not None:
            day, odorant = found.odorant
            self.odorant.show_odorant(odorant, self.board.found.odorant_limits, None if day == found.day else day)

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
