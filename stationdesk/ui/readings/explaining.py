"""Words given in the panel go to the store; what is refused is said at the field they stand in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import _
from stationdesk.services import readings
from stationdesk.services.readings import GapView, OwedView
from stationdesk.ui.readings.late_card import LateCard
from stationdesk.ui.readings.owed_card import OwedCard
from stationdesk.ui.runner import Runner


class Explaining(QObject):
    """Listens to the card of what is owed and to that of late entry."""

    #: the words are in
    done = Signal()

    def __init__(self, runner: Runner, owed: OwedCard, late: LateCard, parent: QObject) -> None:
        super().__init__(parent)
        self.runner, self.owed, self.late = runner, owed, late
        owed.said.connect(self._explain)
        late.said.connect(self._explain_gap)

    def _explain(self, owed: OwedView, words: str, code: str) -> None:
        fn = partial(readings.explain, words=words, code=code)
        self.runner.command(self, fn, owed.point.point_id, owed.since, on_done=self._said, on_error=self._said_not)

    def _said(self, _result: object) -> None:
        self.owed.field.set_text("")
        self.done.emit()

    def _said_not(self, error: DomainError) -> None:
        self.owed.refuse(self._worded(error))

    def _explain_gap(self, gap: GapView, words: str) -> None:
        fn = partial(readings.explain_gap, words=words)
        self.runner.command(self, fn, gap.start, gap.end, on_done=self._gap_said, on_error=self._gap_refused)

    def _gap_said(self, _result: object) -> None:
        self.late.clear()
        self.done.emit()

    def _gap_refused(self, error: DomainError) -> None:
        self.late.refuse(self._worded(error))

    def _worded(self, error: DomainError) -> str:
        return _("Pick a person first (F1, F2 …).") if self.runner.locked else say(error)
