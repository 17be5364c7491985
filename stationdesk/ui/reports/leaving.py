"""A sheet leaves the program: printed or saved. It goes on record only when it really does."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.codes import grouped
from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import _
from stationdesk.reports.issue import release
from stationdesk.ui.reports import asks, files, printing
from stationdesk.ui.reports.asks import Shown
from stationdesk.ui.reports.printing import PrintJob, page_words
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.page import Notice


class Leaving(QObject):
    """left(Notice): it is out. refused(error): it is not. waits(words, share): pages are on their way."""

    left = Signal(object)
    refused = Signal(object)
    waits = Signal(str, float)

    def __init__(self, runner: Runner, owner: QWidget) -> None:
        super().__init__(owner)
        self.runner, self.owner = runner, owner
        self.shown: Shown | None = None
        self.job: PrintJob | None = None

    @property
    def running(self) -> bool:
        """Pages are on their way to the printer."""
        return self.job is not None

    # Printing
    def print(self, shown: Shown) -> None:
        """Ask for the printer, open it, record, draw. A printer that takes nothing leaves no record."""
        if self.running:
            return
        printer = printing.ask_printer(self.owner, _name(shown, "pdf"))
        if printer is None:
            return
        self.shown = shown
        job = self.job = PrintJob(self.runner, printer, shown.prepared.pdf, shown.papers, self)
        job.progressed.connect(self._progressed)
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.stopped.connect(self._stopped)
        try:
            job.begin()
        except DomainError as error:
            self._failed(error)
            return
        self._record(shown)

    def _record(self, shown: Shown) -> None:
        if not shown.prepared.to_print.code:
            self._recorded(0)
            return
        self.runner.command(self, release, shown.prepared, on_done=self._recorded, on_error=self._unrecorded)

    def _recorded(self, _sheet_id: int) -> None:
        if self.job is not None:
            self.job.go()

    def _unrecorded(self, error: DomainError) -> None:
        if self.job is not None:
            self.job.give_up()
        self._failed(error)

    def _progressed(self, page: int, count: int) -> None:
        self.waits.emit(page_words(page, count), (page - 1) / count)

    def _finished(self) -> None:
        shown = self._done()
        code = shown.prepared.to_print.code
        self.left.emit(Notice(partial(_printed, code)))

    def _failed(self, error: DomainError) -> None:
        self._done()
        self.refused.emit(error)

    def stop(self) -> None:
        """Take back the pages that are not printed yet; what is on record stays there."""
        if self.job is not None:
            self.job.stop()

    def _stopped(self, page: int) -> None:
        assert self.job is not None
        count = len(self.job.order)
        recorded = bool(self._done().prepared.to_print.code)
        self.left.emit(Notice(partial(_stopped, page, count, recorded), "amber"))

    def _done(self) -> Shown:
        assert self.job is not None
        assert self.shown is not None
        shown, job = self.shown, self.job
        self.job = self.shown = None
        job.deleteLater()
        return shown

    # Saving
    def save(self, shown: Shown) -> None:
        """Ask for a place, write, record."""
        place = files.ask_place(self.owner, _("Save PDF"), _name(shown, "pdf"), _("PDF files (*.pdf)"))
        if place:
            path = _with_ending(place, ".pdf")
            self.waits.emit(_("Saving"), 0.5)
            self.runner.command(self, asks.save_pdf, shown.prepared, path, on_done=self._saved, on_error=self._not_saved)

    def save_book(self, shown: Shown) -> None:
        """Ask for a place, write the workbook."""
        place = files.ask_place(self.owner, _("Save Excel"), _name(shown, "xlsx"), _("Excel files (*.xlsx)"))
        if place:
            path = _with_ending(place, ".xlsx")
            self.waits.emit(_("Saving"), 0.5)
            self.runner.query(self, asks.save_book, shown.prepared, path, on_done=self._saved, on_error=self._not_saved, bench=True)

    def save_calendar(self, shown: Shown) -> None:
        """Ask for a place, write the calendar of the same record."""
        place = files.ask_place(self.owner, _("Save calendar"), _name(shown, "ics"), _("Calendars (*.ics)"))
        if place:
            path = _with_ending(place, ".ics")
            self.waits.emit(_("Saving"), 0.5)
            self.runner.query(self, asks.save_calendar, shown.wish, path, on_done=self._saved, on_error=self._not_saved, bench=True)

    def _saved(self, place: Path) -> None:
        self.left.emit(Notice(lambda: _("Saved: {place}").format(place=place)))

    def _not_saved(self, error: DomainError) -> None:
        self.refused.emit(error)


def _name(shown: Shown, suffix: str) -> str:
    """The sheet's own number, else what it is about, after its title."""
    sheet = shown.prepared.sheet
    return files.name_for(sheet.title, sheet.number or shown.wish.subject, suffix)


def _with_ending(place: str, ending: str) -> Path:
    path = Path(place)
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def _printed(code: str) -> str:
    return _("Printed with the code {code}.").format(code=grouped(code)) if code else _("The blank form is printed.")


def _stopped(page: int, count: int, recorded: bool) -> str:
    told = _("Printing stopped after page {n} of {all}.").format(n=page, all=count)
    kept = _("The sheet stays on record as printed.")
    return f"{told} {kept}" if recorded else told
