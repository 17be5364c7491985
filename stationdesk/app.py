"""The window put together: settings, store, runner, shell. The window paints first; the store's libraries are loaded in a thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from stationdesk.domain.errors import DomainError
from stationdesk.ui.runner import Runner, utc_now
from stationdesk.ui.shell import language as languages
from stationdesk.ui.shell.commands import Command
from stationdesk.ui.shell.feed import Feed
from stationdesk.ui.shell.place import Place
from stationdesk.ui.shell.shell import Shell
from stationdesk.ui.signin.desk import Desk
from stationdesk.ui.widgets import fonts, theme

log = logging.getLogger(__name__)
BACKUP_EVERY_MS, BACKUPS_KEPT = 6 * 3600 * 1000, 20
IDLE_CHECK_MS = 15_000
STORE_MISSING, STORE_OLDER = "StoreMissingError", "StoreOlderError"


def application(language: str, home: Path | None) -> tuple[QApplication, Place]:
    """The Qt application in its look and language, and what the window remembers."""
    app = QApplication.instance() or QApplication(["stationdesk"])
    assert isinstance(app, QApplication)
    app.setApplicationName("StationDesk")
    app.setStyle("Fusion")
    place = Place(home)
    fonts.load(app)
    theme.apply(app, place.read("theme", "light"))
    languages.switch(app, place.read("language", language))
    return app, place


def run(where: str | Path, *, language: str, home: Path) -> int:
    """Open the window on a store and return when it is closed; the exit code."""
    app, place = application(language, home)
    program = Program(where, place, home=home)
    program.start()
    code = app.exec()
    program.stop()
    return code


def demo(where: str | Path, *, language: str, home: Path) -> int:
    """The window on the demo station, made now if it is not there."""
    if not Path(where).exists():
        from stationdesk.services.demo import make_demo

        make_demo(Path(where), at=utc_now())
    return run(where, language=language, home=home)


class Idle(QObject):
    """Locks the desk after so many minutes without a key or a click."""

    def __init__(self, shell: Shell, runner: Runner) -> None:
        super().__init__(shell)
        self._shell, self._runner = shell, runner
        self._last: datetime = runner.now()
        self.minutes = 0
        self._timer = QTimer(self, interval=IDLE_CHECK_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._last = self._runner.now()
        return False

    def check(self) -> None:
        """Lock if nobody has touched anything for long enough."""
        if self.minutes and not self._runner.locked and self._runner.now() - self._last >= timedelta(minutes=self.minutes):
            self._shell.lock()


class Program(QObject):
    """One window on one store. clock and inline are for the journeys, which play a shift in their own time."""

    #: the store, or the error that kept it shut; from the opening thread
    opened = Signal(object)
    #: the store is open and the pages are filled from it
    ready = Signal()

    def __init__(
        self,
        where: str | Path,
        place: Place,
        *,
        home: Path | None = None,
        clock: Callable[[], datetime] = utc_now,
        inline: bool = False,
    ) -> None:
        super().__init__()
        self.where, self.home, self.place = Path(where), home, place
        self.runner = Runner(inline=inline, clock=clock)
        self.shell = Shell(self.runner, place=place)
        self.feed = Feed(self.shell, self.runner)
        self.desk = Desk(self.shell, self.runner)
        self.desk.tell.connect(self.shell.tell)
        for action in self.desk.actions():
            self.shell.add_command(Command(action.words, action.run, action.icon, seen=action.possible))
        self.idle = Idle(self.shell, self.runner)
        self.store: object | None = None
        self._start: QObject | None = None
        self._backups = QTimer(self, interval=BACKUP_EVERY_MS)
        self.opened.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.feed.fed.connect(self._follow)

    def start(self) -> None:
        """Show the window, then open the store in a thread."""
        self.shell.go("now")
        self.shell.show()
        QTimer.singleShot(0, self.open)

    def open(self) -> None:
        """Open the store without keeping the window waiting."""
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def stop(self) -> None:
        """Finish what is being written and close the store."""
        self._backups.stop()
        self.runner.stop()
        close = getattr(self.store, "close", None)
        if close is not None:
            close()

    def _open(self) -> None:
        from stationdesk.services import Store

        try:
            found: object = Store.open(self.where, clock=self.runner.clock)
        except DomainError as error:
            found = error
        self.opened.emit(found)

    def _take(self, found: object) -> None:
        if isinstance(found, DomainError):
            self._offer_start(found)
        else:
            self.use(found)

    def use(self, found: object) -> None:
        """Fill the pages from an open store."""
        self.store = found
        self.runner.attach(found)  # type: ignore[arg-type]
        if self.home is not None:
            self._begin_backups()
        self.ready.emit()

    def _offer_start(self, problem: DomainError) -> None:
        """No store, an older or newer or damaged one: the start page says so and offers the ways that are open."""
        from stationdesk.ui.start.page import StartPage

        page = StartPage(self.where, problem)
        page.done.connect(self._started)
        self.shell.cover(page)
        self._start = page

    def _started(self, where: object) -> None:
        self.where = Path(str(where))
        self.shell.uncover()
        self._start = None
        self.open()

    def _follow(self, view: object) -> None:
        self.idle.minutes = view.desk.lock_minutes  # type: ignore[attr-defined]

    def _begin_backups(self) -> None:
        self._backups.timeout.connect(self._back_up)
        self._backups.start()
        QTimer.singleShot(60_000, self._back_up)

    def _back_up(self) -> None:
        """A copy of the store beside it, the last ones kept; done in the bench thread."""
        from stationdesk.services.care import keep_backup

        assert self.home is not None
        stamp = self.runner.local()
        self.runner.query(
            self, keep_backup, self.home / "backups", f"{stamp:%Y%m%d-%H%M}", BACKUPS_KEPT, on_done=self._backed_up, bench=True
        )

    def _backed_up(self, _file: object) -> None:
        self.feed.show_backup(f"{self.runner.local():%H:%M}")
