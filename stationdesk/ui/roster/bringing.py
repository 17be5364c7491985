"""A month's roster from a workbook or a text table: tried first with every refused cell named, then taken as a draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.roster.cell_errors import RosterRefusedError
from stationdesk.domain.setup.refusals import Refused
from stationdesk.domain.words import C_, _, n_
from stationdesk.services import roster as use
from stationdesk.services.roster import BroughtIn
from stationdesk.services.shifts import SHIFTS
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from stationdesk.ui.roster.page import RosterPage

WIDE, HIGH, PLACE = 720, 252, 170
NAMES_SHOWN = 12


class Bringing(QObject):
    """What the key I and the command palette lead to."""

    def __init__(self, page: RosterPage) -> None:
        super().__init__(page)
        self.page = page
        self._wanted = False

    def ask(self) -> None:
        """Ask for the file, once the month is there to bring it into; who may not draft is told whose it is."""
        page = self.page
        if page.sheet != SHIFTS:
            page.show_sheet(SHIFTS)
        self._wanted = page.board is None or page.board.sheet != SHIFTS
        if self._wanted or page.board is None or page.engine.stop is not None:
            return
        refusal = page.board.refused("draft")
        if refusal is not None:
            page.tell.emit(refusal)
            return
        BringDialog(page, lambda: page.months.name.text(), self.attempt, self.take).show_over()

    def follow(self) -> None:
        """The month is there."""
        if self._wanted:
            self.ask()

    def attempt(self, file: Path, dialog: BringDialog) -> None:
        """Read it and write nothing."""
        given = file, self.page.months.first, self.page.runner.now()
        self.page.runner.query(dialog, use.try_roster, *given, on_done=dialog.show_found, on_error=dialog.show_refused, bench=True)

    def take(self, file: Path, dialog: BringDialog) -> None:
        """All of it as a draft."""
        self.page.engine.let_go()
        self.page.runner.command(
            dialog, use.import_roster, file, self.page.months.first, on_done=dialog.finish, on_error=dialog.show_refused, aside=True
        )

    def taken(self, file: Path, found: BroughtIn) -> None:
        """It is the draft now; one key takes it back."""
        self.page.looking = 0
        self.page.reload()
        self.page.grid.people.setFocus()
        words: Words = lambda: _("{file} is the draft of the month: {changes}.").format(file=file.name, changes=changed_words(found))  # noqa: E731
        if found.changed:
            self.page.tell.emit(Notice(words, "", lambda: _("Take it back"), partial(self.page.take_back, back=True)))
        else:
            self.page.tell.emit(Notice(words))


class BringDialog(Dialog):
    """attempt(file, dialog) reads a file, take(file, dialog) makes a draft of it."""

    def __init__(
        self,
        page: RosterPage,
        month: Words,
        attempt: Callable[[Path, BringDialog], object],
        take: Callable[[Path, BringDialog], object],
    ) -> None:
        self.page, self.attempt, self.take = page, attempt, take
        self.file: Path | None = None
        about = Text(
            lambda: _(
                "A row for each person by name or staff number, a column for each day of the month; in the cells letters or names of "
                "shifts, off left empty. The monthly roster written as Excel is read back as it is."
            ),
            "label text-2",
        )
        self.pick = Button(lambda: _("Choose a file"), "folder-open", on_click=self.choose)
        self.named = Line("", "strong", elide=True)
        self.found, self.refused, self.whole = Text(""), _table(), Text("", "label")
        self.yes = Button(lambda: _("Take it as a draft"), look="primary", key="Ctrl Enter", on_click=self._take)
        self.no = Button(lambda: _("Cancel"), on_click=self.close_it)
        chosen = row(self.pick, self.named, spacing=12)
        chosen.setStretchFactor(self.named, 1)
        items = (Line(month, "name"), 8, about, 12, chosen, 12, self.found, 8, self.refused, 8, self.whole)
        super().__init__(page, lambda: _("A roster from a file"), *items, buttons=(self.no, self.yes), wide=WIDE)
        self.refused.current.connect(self._show_whole)
        for each in (self.refused, self.whole):
            each.hide()
        self.yes.setEnabled(False)

    # Choosing and trying
    def choose(self) -> None:
        """Ask which file; it is tried at once."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kinds = _("Rosters") + " (*.xlsx *.xlsm *.csv *.txt)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), folder, kinds)
        if name:
            self.try_file(Path(name))

    def try_file(self, file: Path) -> None:
        """Nothing is written."""
        self.file = file
        self.named.say(file.name)
        self._say(lambda: _("Reading {file} …").format(file=file.name))
        self.attempt(file, self)

    def show_found(self, found: BroughtIn) -> None:
        """Every cell was understood."""
        self._say(lambda: found_words(found), taken=True)
        self.yes.setFocus()

    def show_refused(self, error: DomainError) -> None:
        """Nothing of it is taken; each cell says why."""
        cells = error.refused if isinstance(error, RosterRefusedError) else ()
        self._say(plain(say(error)), cells=cells)

    def _say(self, words: Words, cells: tuple[Refused, ...] = (), *, taken: bool = False) -> None:
        self.found.say(words)
        self.found.setMinimumHeight(self.found.heightForWidth(self.found.width()))
        self.yes.setEnabled(taken)
        self.refused.show_rows(list(cells))
        for each in (self.refused, self.whole):
            each.setVisible(bool(cells))
        if cells:
            self.refused.setCurrentIndex(self.refused.rows_model.index(0, 0))
            self.refused.setFocus()
        self.adjustSize()

    def _show_whole(self, cell: Refused | None) -> None:
        """The sentence of the current row, however long."""
        self.whole.say(plain(str(cell)) if cell is not None else "")
        self.whole.setMinimumHeight(self.whole.heightForWidth(self.whole.width()))

    # Taking
    def _take(self) -> None:
        if self.file is not None and self.yes.isEnabled():
            self.yes.setEnabled(False)  # once
            self.take(self.file, self)

    def finish(self, found: BroughtIn) -> None:
        """It is a draft."""
        assert self.file is not None
        self.accept()
        self.page.bringing.taken(self.file, found)

    def close_it(self) -> None:
        """Back to the page, nothing taken."""
        self.reject()


def _table() -> Table:
    columns = (
        Column(lambda: C_("setup", "Cell"), lambda each: each.place, width=PLACE, strong=lambda _each: True),
        Column(lambda: C_("setup", "Problem"), lambda each: str(each).removeprefix(f"{each.place}: "), grows=True),
    )
    made = Table(columns, lambda: _("Refused cells"), compact=True, key=str)
    made.setFixedHeight(HIGH)
    return made


def found_words(found: BroughtIn) -> str:
    """What a file holds, who is missing in it, and how much of the month it changes."""
    people = n_("{n} person", "{n} people", found.people).format(n=found.people)
    duties = n_("{n} shift", "{n} shifts", found.duties).format(n=found.duties)
    said = [
        _("Every cell was understood: {people}, {duties}; {changes}.").format(people=people, duties=duties, changes=changed_words(found))
    ]
    if found.missing:
        shown = _(", ").join(found.missing[:NAMES_SHOWN])
        more = len(found.missing) - NAMES_SHOWN
        names = shown if more <= 0 else _("{names} and {n} more").format(names=shown, n=more)
        said.append(_("Not in the file, off in the draft: {names}").format(names=names))
    return "\n".join(said)


def changed_words(found: BroughtIn) -> str:
    """How many cells become others."""
    if not found.changed:
        return _("nothing differs from what the month shows")
    return n_("{n} cell differs from what the month shows", "{n} cells differ from what the month shows", found.changed).format(
        n=found.changed
    )
