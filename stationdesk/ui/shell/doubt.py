"""Whose fault a defect is: the program's, or a store's in which something was altered behind its back. Verify tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stationdesk.domain.words import _
from stationdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from stationdesk.domain.store import StoreAlteredError
    from stationdesk.services import Store
    from stationdesk.ui.runner import Runner
    from stationdesk.ui.shell.shell import Shell


class Doubt(QObject):
    """damaged(StoreAlteredError): the store is not whole. Of one that was found whole every later defect is the program's."""

    damaged = Signal(object)

    def __init__(self, shell: Shell, runner: Runner) -> None:
        super().__init__(shell)
        self._shell, self._runner = shell, runner
        self._checking = self._whole = False
        self._waiting: list[str] = []
        runner.defect.disconnect(shell.show_defect)
        runner.defect.connect(self.ask)
        runner.unreadable.connect(self.check)
        runner.attached.connect(self._begin)

    def ask(self, details: str) -> None:
        """A defect came: shown at once where the store is known to be whole, else after a look at the store."""
        if self._whole:
            self._shell.show_defect(details)
            return
        self._waiting.append(details)
        self.check()

    def _begin(self) -> None:
        """A store, perhaps another one than before."""
        self._checking = self._whole = False
        self._waiting = []

    def check(self) -> None:
        """Something that is stored could not be understood: look at the store, once."""
        if not self._checking and not self._whole:
            self._checking = True
            self._shell.tell(Notice(lambda: _("Something could not be read. The store is being checked …")))
            self._runner.query(self, _damage, on_done=self._judge, on_error=self._give_up, bench=True)

    def _judge(self, found: StoreAlteredError | None) -> None:
        self._checking = False
        if found is not None:
            self._waiting = []
            self.damaged.emit(found)
            return
        self._whole = True
        self._give_up(None)

    def _give_up(self, _error: object) -> None:
        """Nothing is wrong with the store, or nobody can say: what waited is shown."""
        self._checking = False
        waiting, self._waiting = self._waiting, []
        for details in waiting:
            self._shell.show_defect(details)


def _damage(store: Store) -> StoreAlteredError | None:
    """In the bench thread."""
    from stationdesk.services.care import damage_in

    return damage_in(store.path)
