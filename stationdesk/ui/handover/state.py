"""What stands at the right of a line: a tick, the chip of a reservation, or the choice with its locked side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.handover import LineState, VerdictKind
from stationdesk.domain.words import _
from stationdesk.ui.handover import wording
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.choice import Choice, accord
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, column, refill, row
from stationdesk.ui.widgets.line import Line

if TYPE_CHECKING:
    from stationdesk.services.handover import LineView

LEAST, WIDEST = 72, 220


@dataclass(frozen=True)
class Rights:
    """On which side the person at the desk stands; both may be true, neither shows the page to be read."""

    outgoing: bool = False
    incoming: bool = False

    @property
    def any(self) -> bool:
        """Whether they judge at all."""
        return self.outgoing or self.incoming

    def may(self, view: LineView) -> bool:
        """Whether they may say something of this line."""
        return self.incoming if view.line.state is LineState.NEEDS_PERSON else self.any


class State(QWidget):
    """chosen(True): as found; chosen(False): with reservation, whose words are asked next. accepted(): the relief takes it."""

    chosen = Signal(object)
    accepted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice: Choice | None = None
        self.open = self.accept = False
        self._inside = column(owner=self)
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_line(self, view: LineView, rights: Rights, *, accept: bool) -> None:
        """How the line stands, and what this person may say of it; accept: the reservation waits for the relief."""
        self.choice, self.accept = None, accept and rights.incoming
        items = self._choosing(view, rights) if self._asks(view, rights) else self._standing(view, rights)
        refill(self._inside, *items)

    def _asks(self, view: LineView, rights: Rights) -> bool:
        return rights.may(view) and (view.standing is None or self.open)

    def _choosing(self, view: LineView, rights: Rights) -> list[Item]:
        self.choice = accord(lambda: str(view.line.name))
        if view.standing is not None:
            self.choice.choose(view.standing is VerdictKind.AS_FOUND)
        self.choice.chosen.connect(self.chosen)
        items: list[Item] = [row(None, self.choice)]
        if view.line.state is LineState.CONTRADICTED:
            self.choice.lock(True, lambda: wording.locked_reason(view))
            items += [4, row(None, Line(lambda: wording.locked_reason(view), "label amber-fg", elide=True))]
        return [*items, None]

    def _standing(self, view: LineView, rights: Rights) -> list[Item]:
        if view.standing is VerdictKind.WITH_RESERVATION:
            chip: QWidget = Chip(lambda: _("with reservation"), look="amber", high=24)
            return [row(None, chip), *self._to_accept(), None]
        if view.standing is VerdictKind.AS_FOUND:
            return [None, row(None, icon("check"), Line(lambda: _("as found"))), None]
        if view.line.state is LineState.NEEDS_PERSON:
            return [None, row(None, Line(lambda: _("ticked by the relief"), "label text-2")), None]
        return [row(None, Chip(lambda: _("at odds"), look="amber", high=24)), None]

    def _to_accept(self) -> list[Item]:
        if not self.accept:
            return []
        accept = Button(lambda: _("Accept"), look="small", on_click=self.accepted.emit)
        accept.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return [4, row(None, accept)]
