"""What covers the window until there is a store: the first start, and a store that is older, newer, damaged or somewhere it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from stationdesk.domain import store as stores
from stationdesk.domain.duty import NoStationError
from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import _, language
from stationdesk.ui.runner.runner import BrokenError, utc_now
from stationdesk.ui.start import asks, ways
from stationdesk.ui.start.code_card import CodeCard
from stationdesk.ui.start.station_card import StationCard
from stationdesk.ui.start.trouble_card import TroubleCard
from stationdesk.ui.start.ways import ANOTHER, BackupCard, Way, WayCard
from stationdesk.ui.start.work import Work
from stationdesk.ui.start.workbook_card import WorkbookCard
from stationdesk.ui.widgets.bar import Bar
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.layout import column, refill, row, scrolled, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import page_head

if TYPE_CHECKING:
    from stationdesk.services.care import Founded

FIRST = (stores.StoreMissingError, NoStationError)
WORN = (stores.StoreDamagedError, stores.StoreAlteredError, stores.NotAStoreError, stores.UnreadableValueError)
BUSY = (stores.StoreBusyError, stores.StoreReadOnlyError, stores.StoreUnwrittenError, stores.StoreFullError)
SIDE, MOST, WAYS_WIDE = 24, 1180, 400


class StartPage(QWidget):
    """done(path): there is a store to open. spoken(language): the window is to speak it. backups: where the program keeps its copies;
    known: other stores that were opened here, the last one first."""

    done = Signal(object)
    spoken = Signal(object)

    def __init__(
        self,
        where: Path,
        problem: DomainError,
        backups: Path | None = None,
        clock: Callable[[], datetime] = utc_now,
        known: Sequence[Path] = (),
    ) -> None:
        super().__init__()
        self.where, self.problem, self.clock = where, problem, clock
        self.first = isinstance(problem, FIRST)
        self.work = Work(self)
        self.founded: Founded | None = None
        self.code: CodeCard | None = None
        self.station: StationCard | None = StationCard() if self.first else None
        self.workbook = WorkbookCard()
        self.workbook.hide()
        self.trouble: TroubleCard | None = None if self.first else TroubleCard(problem, where)
        self.ways = [WayCard(each, known if each.code == ANOTHER else ()) for each in self._ways()]
        self.copies = BackupCard(_copies(backups)) if isinstance(problem, WORN) else None
        self.waiting = Line("", "body text-2", elide=True)
        self.bar = Bar()
        self.stop = Button(lambda: _("Cancel"), look="small", on_click=self._break_off)
        self.language = Choice([Option("zh_CN", "中文"), Option("en", "English")], name=_("Language"))
        self._lay_out()
        self._connect()
        self._wait("")

    def _ways(self) -> list[Way]:
        if self.first:
            return [ways.demo(), ways.another(), ways.workbook()]
        if isinstance(self.problem, WORN):
            return [ways.verify(), ways.another()]
        return [ways.again(), ways.another()] if isinstance(self.problem, BUSY) else [ways.another()]

    def _lay_out(self) -> None:
        title = (lambda: _("Welcome to StationDesk")) if self.first else (lambda: _("The store cannot be opened"))
        told = (lambda: _("The desk of a manned station. No station is set up here yet.")) if self.first else ""
        fact = Line(told, "body text-2", elide=True)
        self.language.choose(language())
        main = column(self.station or self.trouble, self.workbook, None)
        side = [each for each in (self.copies, *self.ways) if each is not None]
        right = stack(*side, None, wide=WAYS_WIDE)
        self.bar.setFixedWidth(200)
        self.state = QWidget()
        row(self.waiting, None, self.bar, self.stop, owner=self.state, spacing=12)
        self.state.setFixedHeight(40)
        self.inside = row(main, right, None, spacing=16)
        body = QWidget()
        column(self.inside, owner=body)
        whole = column(page_head(title, fact, self.language), 12, self.state, 4, scrolled(body), owner=self)
        whole.setContentsMargins(SIDE, 16, SIDE, 16)
        whole.setStretch(4, 1)

    def _connect(self) -> None:
        for way in self.ways:
            way.chosen.connect(self._go)
            way.opened.connect(self.done)
        if self.copies is not None:
            self.copies.chosen.connect(self._restore)
        if self.station is not None:
            self.station.wished.connect(self._found)
        self.workbook.chosen.connect(self._choose_workbook)
        self.workbook.saved.connect(self._hand_out)
        self.workbook.made.connect(self._found_by_workbook)
        self.workbook.left.connect(self._to_form)
        if self.trouble is not None:
            self.trouble.upgrade_asked.connect(self._upgrade)
        self.language.chosen.connect(self.spoken)
        self.work.done.connect(self._finish)
        self.work.refused.connect(self._fail)
        self.work.broken.connect(self._break)
        self.work.progressed.connect(self._progress)
        self.work.broken_off.connect(self._broken_off)

    def take_focus(self) -> None:
        """The keyboard to the first thing there is to do: to open the store that was open last, if there is one."""
        known = [button for way in self.ways for button in way.known]
        if known and self.first:
            known[0].setFocus()
        elif self.code is not None:
            self.code.take_focus()
        elif self.station is not None:
            self.station.take_focus()
        elif self.trouble is not None and not self.trouble.take_focus():
            (self.copies.buttons[0] if self.copies is not None else self.ways[0].button).setFocus()

    # --- what is done

    def _found(self, wish: asks.Wish) -> None:
        self._wait(_("Setting up the station …"))
        self.work.run(asks.found, self.where, wish, self.clock())

    def _go(self, code: str) -> None:
        if code == "demo":
            self.make_demo(self.where.with_name(asks.DEMO))
        elif code == "workbook":
            self._to_workbook()
        elif code == "verify":
            self._wait(_("Checking the journal, records and signatures …"))
            self.work.run(asks.verify, self.where)
        elif code == "again":
            self.done.emit(self.where)
        else:
            self._choose()

    def make_demo(self, path: Path) -> None:
        """The demo station at a path, if it is not there yet; then it is opened."""
        self._wait(_("Making a month of the demo station …"), breakable=True)
        self.work.run(asks.demo, path, self.clock())

    def _choose(self) -> None:
        """Another store."""
        found = self._file(_("Open another file"), _kinds())
        if found:
            self.done.emit(Path(found))

    # --- the workbook

    def _to_workbook(self) -> None:
        if self.station is not None:
            self.station.hide()
            self.workbook.show()
            self.workbook.take_focus()

    def _to_form(self) -> None:
        if self.station is not None:
            self.workbook.hide()
            self.station.show()
            self.station.take_focus()

    def _choose_workbook(self) -> None:
        found = self._file(_("Choose the workbook"), _("Workbooks") + " (*.xlsx)")
        if found:
            self._wait(_("Reading the workbook …"))
            self.work.run(asks.try_workbook, Path(found), self.clock())

    def _hand_out(self) -> None:
        wanted = str(self.where.with_name(_("StationDesk set-up") + ".xlsx"))
        found = QFileDialog.getSaveFileName(self, _("Save the workbook to fill in"), wanted, _("Workbooks") + " (*.xlsx)")[0]
        if found:
            self._wait(_("Writing the workbook …"))
            self.work.run(asks.hand_out, Path(found), language(), self.clock())

    def _found_by_workbook(self, tried: asks.Tried, password: str) -> None:
        self._wait(_("Setting up the station …"))
        self.work.run(asks.found_by_workbook, self.where, tried, password, self.clock())

    def _upgrade(self) -> None:
        self._wait(_("Checking, backing up and upgrading …"))
        self.work.run(asks.upgrade, self.where, self.clock())

    def _restore(self, copy: str) -> None:
        found = copy or self._file(_("Choose a backup file"), _kinds())
        if found:
            self._wait(_("Checking the backup and restoring …"))
            self.work.run(asks.restore, Path(found), self.where, self.clock())

    def _file(self, title: str, kinds: str) -> str:
        return QFileDialog.getOpenFileName(self, title, str(self.where.parent), kinds)[0]

    def _break_off(self) -> None:
        self.stop.setEnabled(False)
        self.work.stop()

    # --- what became of it

    def _finish(self, result: object) -> None:
        self._wait("")
        if isinstance(result, Path):
            self.done.emit(result)
        elif isinstance(result, asks.Tried):
            self.workbook.show_tried(result)
        elif isinstance(result, asks.Saved):
            self.workbook.show_saved(str(result.file))
        elif isinstance(result, asks.Verified):
            self._tell_verified(result)
        else:
            self._show_code(cast("Founded", result))

    def _tell_verified(self, verified: asks.Verified) -> None:
        if self.trouble is not None:
            self.trouble.show_found(verified.sentences)

    def _show_code(self, founded: Founded) -> None:
        self.founded = founded
        self.code = CodeCard(founded)
        self.code.kept.connect(self._kept)
        self._put_away_form()
        refill(self.inside, column(self.code, None), None)
        self.code.take_focus()

    def _put_away_form(self) -> None:
        """The form has done its work; nothing of it is left to wait or to fail."""
        self.station, self.ways, self.copies = None, [], None
        self.workbook.hide()
        self.workbook.setParent(self)  # kept from being deleted with the rest

    def _kept(self) -> None:
        if self.founded is not None:
            self.done.emit(self.founded.path)

    def _fail(self, error: DomainError) -> None:
        self._wait("")
        if not self.workbook.isHidden():
            self.workbook.fail(error)
        elif self.station is not None:
            self.station.fail(error)
        elif self.trouble is not None:
            self.trouble.fail(error)

    def _break(self, _traceback: str) -> None:
        """A defect: the log has it, the shell shows it to be copied; what was filled in stays."""
        self._fail(BrokenError())

    def _broken_off(self) -> None:
        self._wait("")

    def _progress(self, share: float) -> None:
        self.bar.show_share(share)

    def _wait(self, words: str, breakable: bool = False) -> None:
        """Say what is being done; nothing else can be begun meanwhile."""
        waiting = bool(words)
        self.waiting.say(words)
        self.bar.show_share(0)
        self.state.setVisible(waiting)
        self.bar.setVisible(waiting and breakable)
        self.stop.setVisible(waiting and breakable)
        self.stop.setEnabled(True)
        for each in (*self.ways, self.copies, self.station, self.trouble, self.workbook):
            if each is not None:
                each.wait(waiting)


def _copies(folder: Path | None) -> tuple[Path, ...]:
    """The newest first; looked up by name alone, for the store's libraries need not be there yet."""
    return tuple(sorted(folder.glob("station-*.db"), reverse=True)) if folder is not None and folder.is_dir() else ()


def _kinds() -> str:
    """What the file dialog offers: Qt reads the signs in brackets."""
    return ";;".join((_("StationDesk stores") + " (*.db)", _("All files") + " (*)"))
