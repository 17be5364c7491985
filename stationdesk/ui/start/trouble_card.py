"""Why a store cannot be opened, in a clear sentence, and for an older one the way on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from stationdesk.domain import store as stores
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import N_, _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

WIDE, MOST = 640, 12
HEADS = {
    stores.StoreOlderError: N_("This store comes from an older program"),
    stores.StoreNewerError: N_("This store comes from a newer program"),
    stores.StoreDamagedError: N_("The store is damaged"),
    stores.StoreAlteredError: N_("The store is damaged"),
    stores.UnreadableValueError: N_("The store is damaged"),
    stores.NotAStoreError: N_("This file is no store"),
    stores.StoreOnNetworkError: N_("The store lies on a network share"),
    stores.StoreAddressError: N_("This address cannot be used"),
    stores.StoreBusyError: N_("Another program holds the store"),
    stores.StoreReadOnlyError: N_("The store cannot be written"),
    stores.StoreUnwrittenError: N_("The store cannot be written"),
    stores.StoreFullError: N_("The disk is full"),
}
MORE = {
    stores.StoreOlderError: N_(
        "The upgrade checks the whole store, keeps a backup beside it, and changes nothing should it fail. It takes a minute or two."
    ),
    stores.StoreNewerError: N_("Nothing was changed. The station's records are whole and wait for the newer program."),
    stores.StoreDamagedError: N_("Nothing was changed. Restore the newest backup; the damaged file is kept beside it."),
    stores.StoreAlteredError: N_("Nothing was changed. Restore the newest backup; the damaged file is kept beside it."),
    stores.NotAStoreError: N_("Nothing was changed. Choose the right file, or put a backup in its place; the file is kept beside it."),
    stores.StoreOnNetworkError: N_("Copy the file to this computer's own disk and open it there."),
}


class TroubleCard(Card):
    """upgrade_asked(): back up and upgrade."""

    upgrade_asked = Signal()

    def __init__(self, problem: DomainError, where: Path) -> None:
        super().__init__(look="amber")
        self.setFixedWidth(WIDE)
        self.problem = problem
        self.head = Line(lambda: _(HEADS.get(type(problem), N_("The store cannot be opened"))), "name amber-fg", elide=True)
        self.words = Text(lambda: say(self.problem), "body amber-fg")
        self.more = Text(lambda: _(MORE[type(problem)]) if type(problem) in MORE else "", "body text-2")
        self.found = Text("", "label text-2")
        self.place = Line(plain(str(where)), "label text-2", elide=True)
        self.upgrade = Button(lambda: _("Back up and upgrade"), "arrow-up", "Ctrl Enter", "primary", on_click=self.upgrade_asked.emit)
        self.upgrade.setVisible(isinstance(problem, stores.StoreOlderError))
        told: list[Item] = [self.head, 6, self.words, 8, self.more, 8, self.found, 8, self.place, 12, row(None, self.upgrade)]
        inside = row(column(2, icon("triangle-alert", "amber-fg", 24), None), column(*told), spacing=16)
        inside.setStretch(1, 1)
        self.show_items(16, inside, 16)
        self.show_found(problem.told if isinstance(problem, stores.StoreAlteredError) else ())

    def take_focus(self) -> bool:
        """To the button that cures it; whether there is one."""
        if not self.upgrade.isHidden():
            self.upgrade.setFocus()
        return not self.upgrade.isHidden()

    def fail(self, error: DomainError) -> None:
        """What was tried did not work either."""
        self.problem = error
        self.words.reword()

    def show_found(self, sentences: Sequence[str]) -> None:
        """What verify says; of many findings the first."""
        left = len(sentences) - MOST
        more = [_("and {n} more").format(n=left)] if left > 0 else []
        self.found.say("\n".join([*sentences[:MOST], *more]))
        self.found.setVisible(bool(sentences))

    def wait(self, waiting: bool) -> None:
        """While something is being done."""
        self.upgrade.setEnabled(not waiting)
