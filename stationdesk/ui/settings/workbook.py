"""The set-up workbook: handed out with the station's own lists, tried with every refused cell listed, brought in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from stationdesk.domain import words
from stationdesk.domain.setup import PLANS, Refused, SetupRefusedError
from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.services.setup import Brought, bring_in, known_in, rows_here, try_here
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.section import Section
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.text import Text

FILTER = "Excel (*.xlsx)"


class WorkbookSection(Section):
    """First hand it out, then try it, then bring it in."""

    key, icon = "workbook", "file-spreadsheet"
    cases = ("setup",)
    kinds = frozenset({"role_grant"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.file: Path | None = None
        self.out = Button(lambda: C_("settings", "Hand out"), icon="download", on_click=self.choose_target)
        self.pick = Button(lambda: C_("settings", "Choose a file"), icon="folder-open", on_click=self.choose_file)
        self.bring = Button(lambda: C_("settings", "Bring in"), icon="upload", look="primary", on_click=self.bring_it)
        self.said = Text("", "body")
        about = Text(
            lambda: _(
                "One Excel workbook holds the station's lists: people, crews, points and limits, routes, equipment, open hazards, "
                "contacts. Rows that are new are added, changed ones change from now on; a row left out stays as it is."
            ),
            "label text-2",
        )
        columns = (
            Column(lambda: C_("setup", "Cell"), lambda each: each.place, width=200, strong=lambda _each: True),
            Column(lambda: C_("setup", "Problem"), lambda each: str(each).removeprefix(f"{each.place}: "), grows=True),
        )
        empty = EmptyState(lambda: _("Cells that are refused are listed here."))
        self.table = Table(columns, self.title, compact=True, empty=empty, key=lambda each: each.place)
        top = Card(12, about, 12, row(self.out, self.pick, self.bring, None), self.problem, 8, self.said, 12)
        below = Card(self.table, sides=0)
        below.body.setStretch(0, 1)
        whole = column(top, below, owner=self, spacing=16)
        whole.setStretch(1, 1)
        self.bring.setEnabled(False)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Workbook")

    def load(self) -> Any:
        return _nothing

    def show_found(self, found: Any) -> None:
        self.block(self.pick, "setup")

    # Out
    def choose_target(self) -> None:
        """Ask where it goes."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Hand out"), "stationdesk.xlsx", FILTER)
        if name:
            self.hand_out(Path(name))

    def hand_out(self, file: Path) -> None:
        """Write the station's own lists into a workbook."""
        self.runner.query(self, _write, file, self.runner.now(), words.language(), on_done=self._written, on_error=self._failed, bench=True)

    def _written(self, file: Path) -> None:
        self.tell.emit(Notice(lambda: _("Written: {file}").format(file=file)))

    # In
    def choose_file(self) -> None:
        """Ask which workbook; it is tried at once."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a workbook"), "", FILTER)
        if name:
            self.try_file(Path(name))

    def try_file(self, file: Path) -> None:
        """A dry run: nothing is written."""
        self.file = file
        self.bring.setEnabled(False)
        self.table.show_rows([])
        self.said.say(lambda: _("Trying {file} …").format(file=file.name))
        self.send((try_here, (file,)), None, self._tried)

    def _tried(self, brought: Brought) -> None:
        self.bring.setEnabled(True)
        self.said.say(lambda: _("{file}: every cell was understood. {counts}").format(file=self._name(), counts=_counts(brought)))

    def bring_it(self) -> None:
        """All of it, or nothing."""
        if self.file is not None:
            self.bring.setEnabled(False)
            self.send((bring_in, (self.file,)), None, self._brought)

    def _brought(self, brought: Brought) -> None:
        def said() -> str:
            lines = [_("{file} was brought in. {counts}").format(file=self._name(), counts=_counts(brought))]
            shown = _("{name}: login {login}, first password {password}")
            lines += [shown.format(name=each.name, login=each.login, password=each.password) for each in brought.passwords]
            return "\n".join(lines)

        self.said.say(said)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, SetupRefusedError):
            refused: tuple[Refused, ...] = error.refused
            self.table.show_rows(list(refused))
            self.said.say("")
        super()._failed(error)

    def _name(self) -> str:
        return self.file.name if self.file else ""


def _counts(brought: Brought) -> str:
    line = _("{sheet}: {added} new, {changed} changed")
    given = [(key, count) for key, count in brought.counts.items() if count.added or count.changed]
    if not given:
        return _("Nothing differs: all of it is there already.")
    names = {key: str(PLANS[key].name) if key in PLANS else _("Base readings") for key, _count in given}
    return _("; ").join(line.format(sheet=names[key], added=count.added, changed=count.changed) for key, count in given)


def _nothing(_store: Store, _at: datetime) -> None:
    return None


def _write(store: Store, file: Path, at: datetime, language: str) -> Path:
    from stationdesk.reports.setup import workbook

    file.write_bytes(workbook(rows_here(store, at), known_in(store, at), language))
    return file
