"""The window put together: settings, store, runner, shell. The window paints first; the store's libraries are loaded in a thread."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from stationdesk import collector, paths
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner, utc_now
from stationdesk.ui.shell import language as languages
from stationdesk.ui.shell.commands import Command
from stationdesk.ui.shell.place import Place
from stationdesk.ui.shell.shell import Shell
from stationdesk.ui.widgets import fonts, theme
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from stationdesk.services import Store
    from stationdesk.services.now import NowView
    from stationdesk.ui.shell.clock import ClockWatch
    from stationdesk.ui.shell.doubt import Doubt
    from stationdesk.ui.shell.feed import Feed
    from stationdesk.ui.shell.finder import Finder
    from stationdesk.ui.signin.desk import Desk
    from stationdesk.ui.start.page import StartPage

log = logging.getLogger(__name__)
BACKUP_EVERY_MS, FIRST_BACKUP_MS, BACKUPS_KEPT = 6 * 3600 * 1000, 60_000, 20
IDLE_CHECK_MS = 15_000
BACKUPS = "backups"
UNSEEN_MS, PREPARE_MS = 500, 1000
STYLE = ("-style", "fusion")
"""By argument: setStyle hands back a QStyle, for which PySide first makes all of its constants."""


def application(language: str, home: Path | None) -> tuple[QApplication, Place]:
    """The Qt application in its look and language, and what the window remembers."""
    app = QApplication.instance() or QApplication(["stationdesk", *STYLE])
    assert isinstance(app, QApplication)
    app.setApplicationName("StationDesk")
    app.setWindowIcon(QIcon(str(paths.resources() / "stationdesk.svg")))
    place = Place(home)
    fonts.load(app)
    theme.apply(app, place.read("theme", "light"))
    languages.switch(app, place.read("language", language))
    return app, place


def run(where: str | Path, *, language: str, home: Path) -> int:
    """Open the window on a store and return when it is closed; the exit code."""
    return _show(where, language, home, demo=False)


def demo(where: str | Path, *, language: str, home: Path) -> int:
    """The window on the demo station, made while the window waits if it is not there."""
    return _show(where, language, home, demo=True)


def _show(where: str | Path, language: str, home: Path, *, demo: bool) -> int:
    app, place = application(language, home)
    program = Program(where, place, home=home, demo=demo)
    program.start()
    code = app.exec()
    program.stop()
    return code


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
        self._watching = False

    def watch(self) -> None:
        """Look for keys and clicks from now on. Begun by the first check, not by the start: with this PySide loads every class of Qt."""
        app = QApplication.instance()
        if app is not None and not self._watching:
            self._watching = True
            app.installEventFilter(self)
            self.touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self.touch()
        return False

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._runner.now()

    def check(self) -> None:
        """Lock if nobody has touched anything for long enough."""
        self.watch()
        if self.minutes and not self._runner.locked and self._runner.now() - self._last >= timedelta(minutes=self.minutes):
            self._shell.lock()


class Program(QObject):
    """One window on one store. clock and inline are for the journeys, which play a shift in their own time."""

    #: a Store, the DomainError that kept it shut, or the traceback of a defect; from the opening thread
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
        demo: bool = False,
    ) -> None:
        super().__init__()
        self.where, self.home, self.place, self.demo = _place_of(where), home, place, demo
        self.runner = Runner(inline=inline, clock=clock)
        self.runner.folder = home
        self.shell = Shell(self.runner, place=place)
        self.feed: Feed
        self.finder: Finder
        self.desk: Desk
        self.idle: Idle
        self.doubt: Doubt
        self.clock: ClockWatch
        self.store: Store | None = None
        self.cover: StartPage | None = None
        self._joined: object = None
        self._begun = self._manned = self._prepared = False
        self._opening: threading.Thread | None = None
        self._backups = QTimer(self, interval=BACKUP_EVERY_MS)
        self._backups.timeout.connect(self._back_up)
        self.opened.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.shell.shown.connect(self._join)
        self.shell.desk_asked.connect(self._ask_desk)

    def _man(self) -> None:
        """What fills the frame and acts in it, made once the frame is painted: until then nothing can be asked."""
        if self._manned:
            return
        from stationdesk.ui.shell.clock import ClockWatch
        from stationdesk.ui.shell.doubt import Doubt
        from stationdesk.ui.shell.feed import Feed
        from stationdesk.ui.shell.finder import Finder
        from stationdesk.ui.signin.desk import Desk

        self._manned = True
        self.doubt = Doubt(self.shell, self.runner)
        self.doubt.damaged.connect(self._tell_damage)
        self.feed, self.finder = Feed(self.shell, self.runner), Finder(self.shell, self.runner)
        self.feed.fed.connect(self._follow)
        self.feed.failed.connect(self.doubt.check)
        self.desk = Desk(self.shell, self.runner)
        self.desk.tell.connect(self.shell.tell)
        self._add_commands()
        self.idle = Idle(self.shell, self.runner)
        self.clock = ClockWatch(self.shell, self.runner)

    def _add_commands(self) -> None:
        from stationdesk.ui.handover.deeds import DEEDS
        from stationdesk.ui.metering.deeds import DEEDS as METERING
        from stationdesk.ui.roster.deeds import BRING
        from stationdesk.ui.widgets.switching import Switching
        from stationdesk.ui.widgets.window_keys import KEYS

        for action in self.desk.actions():
            self._add_command(Command(action.words, action.run, action.icon, action.key, action.possible))
        for deed in DEEDS:
            self._add_command(Command(deed.words, partial(self._do, deed.what), deed.icon, deed.key, lambda: not self.runner.locked))
        bring = partial(self.shell.go, "roster", BRING)
        self._add_command(Command(lambda: _("Roster from a file"), bring, "file-spreadsheet", seen=lambda: not self.runner.locked))
        self.switching = Switching(self.shell, self.runner)
        self.switching.tell.connect(self.shell.tell)
        switch = Command(lambda: _("Switch metering runs"), self._switch, "repeat", KEYS["switch_run"], lambda: not self.runner.locked)
        self._add_command(switch)
        for step in METERING:
            go = partial(self.shell.go, "metering", step.what)
            self.shell.add_command(Command(step.words, go, step.icon, seen=lambda: not self.runner.locked))
        emergency = shortcut(self.shell, "F11", lambda: self.shell.go("now", "record"))
        emergency.setEnabled(False)  # Now and the locked desk hear it themselves, and the window begins there
        self.shell.shown.connect(lambda name: emergency.setEnabled(name != "now"))
        self.shell.add_command(Command(lambda: _("Emergency record"), lambda: self.shell.go("now", "record"), "siren", "F11"))

    def _add_command(self, command: Command) -> None:
        """For the palette, and by its key on every page: where it cannot be done, it says why."""
        self.shell.add_command(command)
        if command.key:
            shortcut(self.shell, command.key, command.run)

    def _switch(self) -> None:
        if not self.runner.locked:
            self.switching.ask()

    def _do(self, deed: str) -> None:
        self.shell.go("handover", ("do", deed))

    def _join(self, name: str) -> None:
        """The Now page, once it is there, asks the desk to pick people; the locked desk in its place has its own."""
        if name != "now" or self.runner.locked:
            return
        from stationdesk.ui.now.page import NowPage

        page = self.shell.current
        if isinstance(page, NowPage) and page is not self._joined:
            self._joined = page
            page.picked.connect(self.desk.pick)

    def _ask_desk(self, what: str) -> None:
        """In its dialogs, over the page that asks."""
        desk = self.desk
        ways = {
            "sign_on": desk.sign_on,
            "log_in": desk.log_in,
            "sign_off_crew": desk.sign_off_crew,
            "say_reason": desk.say_reason,
            "extend": desk.extend,
            "end_emergency": desk.end_emergency,
        }
        ways[what]()

    def start(self) -> None:
        """Show the frame of the window; its first page comes after it is painted, and meanwhile the store opens in a thread."""
        self.shell.installEventFilter(self)
        self.shell.show()
        QTimer.singleShot(UNSEEN_MS, self, self._begin)  # a window that is not painted (minimised) begins all the same

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.shell.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        self.open()
        self._man()
        if self.cover is None:
            self.shell.go("now")

    def open(self) -> None:
        """Open the store without keeping the window waiting."""
        self._opening = threading.Thread(target=self._open, name="opening", daemon=True)
        self._opening.start()

    def stop(self) -> None:
        """Finish what is being written and close the store; nothing is delivered any more."""
        self._backups.stop()
        self.shell.close()
        for thread in (self._opening, self.cover.work.thread_ if self.cover is not None else None):
            if thread is not None:
                thread.join()
        self.runner.stop()
        if self.store is not None:
            self.store.close()

    def _open(self) -> None:
        """In its own thread: the libraries of the store are loaded here."""
        try:
            from stationdesk.services.care import open_station

            found: object = open_station(self.where, self.runner.clock)
        except DomainError as error:
            found = error
        except Exception:
            log.exception("defect while opening %s", self.where)
            found = _damage(self.where) or traceback.format_exc()
        if shiboken6.isValid(self):
            self.opened.emit(found)

    def _take(self, found: Store | DomainError | str) -> None:
        if isinstance(found, DomainError):
            self._offer_start(found)
        elif isinstance(found, str):
            collector.work()
            self.shell.show_defect(found)
        else:
            self.use(found)

    def use(self, found: Store) -> None:
        """Fill the pages from an open store."""
        self._man()
        self.store = found
        self.runner.attach(found)
        self.place.remember(self.where)
        if self.home is not None:
            self._backups.start()
            QTimer.singleShot(FIRST_BACKUP_MS, self, self._back_up)
        self.ready.emit()

    def _tell_damage(self, damage: DomainError) -> None:
        """Where the station cannot be looked at, the window is covered; where only a page cannot, whoever works goes on and is told."""
        collector.work()
        if self.feed.failing:
            self._give_up_store(damage)
        elif self.cover is None:
            look = partial(self._give_up_store, damage)
            self.shell.tell(Notice(lambda: say(damage), "amber", lambda: _("What was found"), look))

    def _give_up_store(self, damage: DomainError) -> None:
        """Close the store and cover what is shown of it."""
        if self.store is None:
            return
        self._backups.stop()
        self.runner.detach()
        self.store.close()
        self.store = None
        self._offer_start(damage)
        self.runner.actor = None
        self.shell.forget_pages()

    def _offer_start(self, problem: DomainError) -> None:
        """No store, an older or newer or damaged one: the start page says so and offers the ways that are open."""
        from stationdesk.ui.start.page import StartPage

        collector.work()
        known = tuple(each for each in self.place.stores() if each != self.where.absolute())
        self.cover = StartPage(self.where, problem, self.home / BACKUPS if self.home else None, self.runner.clock, known)
        self.cover.done.connect(self._started)
        self.cover.spoken.connect(self.shell.speak)
        self.cover.work.broken.connect(self.shell.show_defect)
        self.shell.cover(self.cover)
        self.cover.take_focus()
        if self.demo and self.cover.first:
            self.cover.make_demo(self.where)

    def _started(self, where: Path) -> None:
        self.where, self.cover = where, None
        self.shell.uncover()
        self.open()

    def _follow(self, view: NowView) -> None:
        collector.work()
        if not self._prepared:
            self._prepared = True
            QTimer.singleShot(PREPARE_MS, self, self._prepare)
        self.idle.minutes = view.desk.lock_minutes
        self.finder.follow(view)

    def _prepare(self) -> None:
        """Once the first page stands: what it can be asked is imported in the bench thread."""
        from stationdesk.services.care import prepare

        self.runner.query(self, prepare, on_done=self._be_prepared, bench=True)

    def _be_prepared(self, _nothing: None) -> None:
        """Nothing is shown of it."""

    def _back_up(self) -> None:
        """A copy of the store beside it, the last ones kept; done in the bench thread."""
        from stationdesk.services.care import keep_backup

        if self.home is None or self.store is None:
            return
        stamp = self.runner.local()
        self.runner.query(self, keep_backup, self.home / BACKUPS, f"{stamp:%Y%m%d-%H%M}", BACKUPS_KEPT, on_done=self._backed_up, bench=True)

    def _backed_up(self, _file: object) -> None:
        self.feed.show_backup(f"{self.runner.local():%H:%M}")


def _damage(where: Path) -> DomainError | None:
    """What verify finds of a store that could not be opened; None where it is whole, or cannot be looked at."""
    from stationdesk.services.care import damage_in

    try:
        return damage_in(where)
    except DomainError:
        return None


def _place_of(where: str | Path) -> Path:
    """The file an address names; what cannot be used is told when it is opened."""
    text = str(where)
    return Path(text.removeprefix("sqlite:///")) if text.startswith("sqlite:///") else Path(text)
