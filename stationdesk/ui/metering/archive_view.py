"""An archive of a corrector is brought in: looked over, its questions answered, tried whole, and then taken in all or not at all."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.archive import Mapping, note_words
from stationdesk.domain.metering.archive.answers import Answers
from stationdesk.domain.moments import format_moment
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _, n_
from stationdesk.services import Store
from stationdesk.services.metering import archives
from stationdesk.services.metering.archive_mappings import SavedMapping
from stationdesk.services.metering.archives import ArchivePreview, ArchiveRun, ArchiveTaken
from stationdesk.ui.metering.archive_asks import answering
from stationdesk.ui.metering.archive_columns import ColumnsDialog, Layout, file_layout
from stationdesk.ui.metering.archive_rows import Told, told
from stationdesk.ui.metering.board import Board
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import Item, column, refill, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Choices, Select
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.text import Text

FILTER = "CSV, Excel (*.csv *.txt *.xlsx *.xls)"
GUESS, SAID = "", "\0said"
RUNS_HIGH = 32 + 3 * 28 + 2


def preview(store: Store, data: bytes, name: str, mapping: Mapping | str | None, answers: Answers, at: datetime) -> ArchivePreview:
    """Query: what would come of a file."""
    return archives.preview_archive(store, data, name, mapping, answers, at=at)


def saved(store: Store) -> tuple[SavedMapping, ...]:
    """Query: the mappings there are."""
    return archives.archive_mappings(store)


class ArchivePane(QWidget):
    """left(): Esc; taken(ArchiveTaken). tell: what the quiet bar says."""

    left = Signal()
    taken = Signal(object)
    tell = Signal(object)

    def __init__(self, runner: Runner, board: Board) -> None:
        super().__init__()
        self.runner = runner
        self.streams: Choices = [(each.code, str(each.name)) for each in board.streams]
        self.keeps = "save_archive_mapping" not in board.refusals
        self.data, self.name = b"", ""
        self.mapping: Mapping | str | None = None
        self.naming = ""  # under which what was said of the columns is being kept
        self.answers = Answers()
        self.found: ArchivePreview | None = None
        self.busy = False
        self._make_parts()
        self._lay_out()
        runner.query(self, saved, on_done=self._show_saved)

    # Parts
    def _make_parts(self) -> None:
        self.pick = Button(lambda: C_("archive", "Choose a file"), "folder-open", "O", on_click=self.choose)
        self.columns = Button(lambda: C_("archive", "Columns"), "table-2", "K", on_click=self.ask_columns)
        self.bring = Button(lambda: C_("archive", "Take it in"), "upload", "Ctrl Enter", "primary", on_click=self.send)
        self.back = Button(lambda: C_("form", "Back"), key="Esc", on_click=self.left.emit)
        self.ways = Select("", [(GUESS, lambda: C_("archive", "as it seems"))], below=False)
        self.ways.choose(GUESS)
        self.ways.combo.setAccessibleName(C_("archive", "How it is read"))
        self.ways.chosen.connect(self._read_so)
        self.fact = Line(lambda: _("A CSV or Excel file of a corrector or flow computer, an hour a line."), "body text-2", elide=True)
        self.problem = Text("", "label red-fg")
        self.problem.hide()
        self.asks = column(spacing=8)
        self.runs = Table(_run_columns(self.runner), lambda: C_("archive", "Runs in the file"), compact=True, key=lambda each: each.run)
        self.runs.setFixedHeight(RUNS_HIGH)
        lines = (
            Column(lambda: C_("archive", "Where"), lambda each: each.where, width=168),
            Column(lambda: C_("archive", "What"), lambda each: each.words, grows=True, token=_tone, tip=lambda each: each.words),
        )
        nothing = EmptyState(lambda: _("What is refused, assumed and noticed of the file stands here before anything is taken in."))
        self.told = Table(lines, lambda: C_("archive", "What is to be known"), compact=True, empty=nothing)
        self.without = Check(lambda: C_("archive", "Do without the refused lines"))
        self.instead = Check(lambda: C_("archive", "What it says otherwise counts from now on"))
        for each in (self.without, self.instead):
            each.toggled.connect(self._offer)
            each.hide()

    def _lay_out(self) -> None:
        bar = row(self.pick, self.ways, self.columns, None, self.back, self.bring, sides=16)
        bar.addStrut(48)
        facts = row(self.fact, sides=16)
        facts.addStrut(36)
        questions = row(column(self.problem, self.asks), sides=16)
        checks = row(self.without, self.instead, None, sides=16, spacing=16)
        checks.addStrut(36)
        whole = column(bar, rule(), facts, questions, self.runs, rule(), self.told, rule(), checks, owner=self)
        whole.setStretch(6, 1)
        self._offer()

    def take_focus(self) -> None:
        """To what comes next."""
        (self.bring if self.bring.isEnabled() else self.pick).setFocus()

    def _show_saved(self, found: tuple[SavedMapping, ...]) -> None:
        said: Choices = [(SAID, lambda: C_("archive", "as said here"))] if isinstance(self.mapping, Mapping) else []
        self.ways.show_choices([(GUESS, lambda: C_("archive", "as it seems")), *said, *((each.name, each.name) for each in found)])
        self.ways.choose(SAID if said else self.mapping or GUESS)

    # Looking over
    def choose(self) -> None:
        """Ask which file."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", FILTER)
        if name:
            self.look_at(Path(name))

    def look_at(self, file: Path) -> None:
        """A dry run: nothing is written."""
        try:
            self.data, self.name = file.read_bytes(), file.name
        except OSError as error:
            self._complain(str(error))
            return
        self.answers = Answers()
        if isinstance(self.mapping, Mapping):  # said of the file before, and kept under no name
            self.mapping = None
            self.runner.query(self, saved, on_done=self._show_saved)
        self.look()

    def look(self) -> None:
        """Again, with what was answered since."""
        if not self.name:
            return
        self.problem.hide()
        self.found = None
        self._offer()
        self.fact.say(lambda: _("Looking over {file} …").format(file=plain(self.name)))
        args = (self.data, self.name, self.mapping, self.answers, self.runner.now())
        self.runner.query(self, preview, *args, on_done=self._show, on_error=self._failed, bench=True)

    def _read_so(self, way: str) -> None:
        if way != SAID:
            self.mapping = way or None
            self.look()

    def _show(self, found: ArchivePreview) -> None:
        self.found = found
        self.fact.say(lambda: self._fact_words(found))
        self.runs.show_rows(found.runs)
        self.told.show_rows(told(found))
        items: list[Item] = []
        for each in found.asked:
            said = Text(partial(note_words, each, found.zone), "body amber-fg")
            line = row(said, answering(each, self.answers, self.streams, self._answer), spacing=12)
            line.setStretchFactor(said, 1)
            items.append(line)
        refill(self.asks, *items, *([8] if items else []))
        self.without.setVisible(bool(found.refusals))
        self.instead.setVisible(bool(found.changed))
        self._offer()
        if self.bring.isEnabled():
            self.bring.setFocus()

    def _answer(self, answers: Answers) -> None:
        self.answers = answers
        self.look()

    def _fact_words(self, found: ArchivePreview) -> str:
        said = [plain(found.name), n_("{n} line", "{n} lines", found.rows).format(n=shown(found.rows)), found.encoding]
        if found.taken_at is not None:
            said.append(_("taken in before, {time}").format(time=format_moment(found.taken_at, self.runner.zone)))
        return C_("facts", "·").join(part for part in said if part)

    def _failed(self, error: Exception) -> None:
        self.busy = False
        self.runs.show_rows([])
        self.told.show_rows([])
        refill(self.asks)
        self.fact.say(plain(self.name))
        self._complain(say(error) if isinstance(error, DomainError) else str(error))
        self._offer()

    def _complain(self, words: str) -> None:
        self.problem.say(words)
        self.problem.show()

    # Columns
    def ask_columns(self) -> None:
        """What each column is, said by a person."""
        if self.data:
            mapping = self.found.mapping if self.found else self.mapping if isinstance(self.mapping, Mapping) else None
            self.runner.query(
                self, file_layout, self.data, self.name, mapping, on_done=self._open_columns, on_error=self._failed, bench=True
            )

    def _open_columns(self, found: Layout) -> None:
        mapping = self.found.mapping if self.found else None
        name = self.mapping if isinstance(self.mapping, str) else ""
        self.dialog = ColumnsDialog(self.window(), found, mapping, self._take_columns, name, keeps=self.keeps)
        self.dialog.show_over()

    def _take_columns(self, mapping: Mapping, name: str) -> None:
        self.mapping, self.naming = mapping, name.strip()
        if name:
            self.runner.command(self, archives.save_archive_mapping, name, mapping, on_done=self._kept, on_error=self._failed)
        self.runner.query(self, saved, on_done=self._show_saved)
        self.look()

    def _kept(self, _answer: object) -> None:
        self.mapping = self.naming or self.mapping
        self.tell.emit(Notice(lambda: _("The mapping is kept.")))
        self.runner.query(self, saved, on_done=self._show_saved)

    # Taking in
    def _offer(self, *_what: object) -> None:
        found = self.found
        ready = found is not None and not found.asked and bool(found.new or found.changed)
        if found is not None and found.refusals and not self.without.isChecked():
            ready = False
        if found is not None and found.changed and not self.instead.isChecked():
            ready = False
        self.bring.setEnabled(ready and not self.busy)
        self.columns.setEnabled(bool(self.data))

    def send(self) -> None:
        """All of it, or nothing."""
        if self.busy or self.found is None:
            return
        self.busy = True
        self._offer()
        fn: Any = partial(archives.import_archive, accept_refused=self.without.isChecked(), accept_changed=self.instead.isChecked())
        args = (self.data, self.name, self.mapping, self.answers)
        self.runner.command(self, fn, *args, on_done=self._taken, on_error=self._failed, aside=True)

    def _taken(self, answer: ArchiveTaken) -> None:
        self.busy = False
        new, changed = answer.preview.new, len(answer.preview.changed)
        self.tell.emit(
            Notice(
                lambda: _("{new} hours taken in, {changed} of them otherwise than before.").format(
                    new=shown(new + changed), changed=shown(changed)
                )
            )
        )
        self.taken.emit(answer)


def _run_columns(runner: Runner) -> tuple[Column, ...]:
    number = "right"
    return (
        Column(lambda: C_("archive", "In the file"), lambda each: each.run or "—", grows=True),
        Column(lambda: C_("metering", "Run"), lambda each: each.code or "—", width=60),
        Column(lambda: C_("archive", "Hours"), lambda each: shown(each.hours), number, width=60),
        Column(lambda: C_("archive", "First"), lambda each: format_moment(each.first, runner.zone), number, width=100),
        Column(lambda: C_("archive", "Last"), lambda each: format_moment(each.last, runner.zone), number, width=100),
        Column(lambda: C_("archive", "New"), lambda each: shown(each.new), number, width=56),
        Column(lambda: C_("archive", "Same"), lambda each: shown(each.same), number, width=56),
        Column(lambda: C_("archive", "Other"), lambda each: shown(each.changed), number, width=56, token=_other),
        Column("Nm³", _corrected, number, width=96),
        Column(lambda: C_("archive", "Error state"), _fault, number, width=84),
    )


def _corrected(each: ArchiveRun) -> str:
    return "—" if each.corrected_m3 is None else shown(each.corrected_m3, 0)


def _fault(each: ArchiveRun) -> str:
    return "—" if each.fault_m3 is None else shown(each.fault_m3, 0)


def _other(each: ArchiveRun) -> str:
    return "amber-fg" if each.changed else "text"


def _tone(each: Told) -> str:
    return f"{each.tone}-fg" if each.tone else "text"
