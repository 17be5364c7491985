"""Sheets: what the station calls them, which columns they have in which order, who signs; the pages stand beside it as they would print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.paper import Template, definition
from stationdesk.domain.words import C_, _, language
from stationdesk.reports.fitting import Made, made_of
from stationdesk.reports.registry import REPORTS, find
from stationdesk.services import Store, sheets
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.section import Section
from stationdesk.ui.settings.sheet_draft import PartDraft, SheetDraft
from stationdesk.ui.settings.sheet_parts import CellsEditor, ColumnsEditor, TextsEditor
from stationdesk.ui.settings.sheet_preview import SheetPreview
from stationdesk.ui.settings.versions import Of, VersionsStack
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import row, rule
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words

WIDE = 440
TEXTS, CELLS = "texts", "cells"
UNTITLED = {
    "entries": lambda: C_("sheet part", "Entries"),
    "hours": lambda: C_("sheet part", "Hours"),
    "lines": lambda: C_("sheet part", "Lines"),
}
"""Tables without a title of their own, or with another one each time."""


@dataclass(frozen=True)
class OwnForm:
    """A report and the template in force, and the language the station prints in."""

    report: str
    template: Template
    language: str


class SheetsSection(Section):
    """What is left empty is the program's own."""

    key, icon, case = "sheets", "file-text", "set_sheet_template"
    cases = ("set_sheet_template",)
    ordered = True
    kinds = frozenset({"sheet_template", "role_grant"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.report = REPORTS[0].name
        self.found: OwnForm | None = None
        self.draft: SheetDraft | None = None
        self.touched = False
        self._make_parts()
        self._lay_out()

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Sheets")

    # Parts
    def _make_parts(self) -> None:
        runner = self.runner
        self.which = Select("", [(each.name, partial(_, each.title)) for each in REPORTS], below=False)
        self.part = Select("", below=False)
        for each in (self.which, self.part):
            each.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.state = Chip(lambda: _("not kept yet"), look="draft")
        self.texts, self.columns, self.cells = TextsEditor(runner), ColumnsEditor(runner), CellsEditor(runner)
        self.editors = QStackedWidget()
        for editor in (self.texts, self.columns, self.cells):
            self.editors.addWidget(editor)
            editor.changed.connect(self._changed)
        self.past = VersionsStack(runner, self.editors, self.of, self.names)
        self.when = Form(((Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment"),),), runner.zone, runner.now)
        self.save = Button(lambda: C_("settings", "Keep as version"), key="Ctrl Enter", look="primary", on_click=self.keep)
        self.back = Button(lambda: C_("settings", "As it was"), on_click=self.undo)
        self.preview = SheetPreview(runner)
        self.which.chosen.connect(self._choose)
        self.part.chosen.connect(self._show_part)
        self.preview.unfit.connect(self._unfit)
        self.which.choose(self.report)

    def _lay_out(self) -> None:
        top = row(self.which, self.part, sides=16)
        top.addStrut(48)
        for each in (self.which, self.part):
            top.setStretchFactor(each, 1)
        buttons = row(self.save, self.back, None, self.past.button, sides=16)
        said = row(self.problem, None, self.state, sides=16)
        said.setStretchFactor(self.problem, 1)
        foot = (rule(), 8, row(self.when, sides=16), said, 4, buttons, 12)
        left = Card(top, rule(), self.past, *foot, sides=0)
        left.body.setStretch(2, 1)
        left.setFixedWidth(WIDE)
        whole = row(left, self.preview, owner=self, spacing=16)
        whole.setStretchFactor(self.preview, 1)

    def of(self) -> Of:
        """Whose versions there are to see."""
        return ("sheet", self.report, find(self.report).words)

    def names(self) -> Mapping[str, str]:
        """What the program calls parts, columns and cells, by their keys."""
        if self.draft is None:
            return {}
        made = self.draft.made
        columns = {each.key: each.name for part in made.parts for each in part.columns if each.name}
        return {**columns, **{part.own.key: _title(part) for part in self.draft.parts}, **dict(made.cells)}

    # What is there
    def load(self) -> Any:
        return partial(_load, report=self.report)

    def show_found(self, found: OwnForm) -> None:
        self.block(self.save, self.case)
        if found.report != self.report or (self.touched and self.draft is not None):
            return
        if self.found is None:
            self.preview.language.choose(found.language)
        self.found = found
        self._ask_made()

    def _ask_made(self) -> None:
        self.runner.query(self, _made, self.report, language(), self.runner.now(), on_done=self._show_made, bench=True)

    def changeEvent(self, event: QEvent) -> None:
        """The program's own names of columns and cells in the other language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.found is not None:
            self._ask_made()

    def _show_made(self, answer: tuple[str, Made]) -> None:
        report, made = answer
        if report != self.report or self.found is None:
            return
        template = self.draft.template() if self.touched and self.draft is not None else self.found.template
        self.draft = SheetDraft(made, template)
        self._show_draft()

    def _show_draft(self) -> None:
        draft = self.draft
        assert draft is not None
        chosen = self.part.value() or TEXTS
        self.part.show_choices([(TEXTS, lambda: _("Heading and remark")), *_parts(draft), (CELLS, lambda: _("Signature cells"))])
        known = {key for key, _words in self.part.choices}
        self.part.choose(chosen if chosen in known else TEXTS)
        self._show_part(self.part.value())
        self.state.setVisible(self.touched)
        self.past.refresh()
        self._preview(at_once=True)

    def _show_part(self, key: object) -> None:
        draft = self.draft
        if draft is None:
            return
        if key == TEXTS:
            self.texts.show_draft(draft)
            self.editors.setCurrentWidget(self.texts)
        elif key == CELLS:
            self.cells.show_draft(draft)
            self.editors.setCurrentWidget(self.cells)
        else:
            self.columns.show_part(next(part for part in draft.parts if part.own.key == key))
            self.editors.setCurrentWidget(self.columns)

    # What is done
    def changed(self) -> bool:
        """Something was changed and not kept."""
        return self.touched

    def _changed(self) -> None:
        self.touched = True
        self.state.show()
        self.problem.hide()
        self._preview()

    def _preview(self, at_once: bool = False) -> None:
        template = self._template()
        if template is not None:
            (self.preview.show_form if at_once else self.preview.follow)(self.report, template)

    def _template(self) -> Template | None:
        try:
            return self.draft.template() if self.draft is not None else None
        except DomainError as error:
            self._unfit(error)
            return None

    def _unfit(self, error: DomainError) -> None:
        self.say_problem(lambda: say(error))

    def _choose(self, report: str) -> None:
        if self.touched and report != self.report:
            self.which.choose(self.report)
            self.say_problem(lambda: _("Keep what was changed first, or put it back as it was."))
            return
        self.report, self.draft = report, None
        self.part.choose(TEXTS)
        self.problem.hide()
        self.reload()

    def undo(self) -> None:
        """As it is in force."""
        self.touched, self.draft = False, None
        self.problem.hide()
        self.when.fill({})
        self.reload()

    def keep(self) -> None:
        """Send the whole form."""
        editor, when = self.editors.currentWidget(), self.when.read()
        assert isinstance(editor, TextsEditor | ColumnsEditor | CellsEditor)
        if self.draft is None or when is None or not editor.take():
            return
        template = self._template()
        if template is not None and self.found is not None:
            call = partial(sheets.set_template, valid_from=when["valid_from"], seen=self.found.template)
            self.send((call, (self.report, definition(template))), self.when, self._done)

    def _done(self, result: Any) -> None:
        self.touched = False
        self.when.fill({})
        self.kept(result)


def _parts(draft: SheetDraft) -> list[tuple[str, Words]]:
    return [(part.own.key, partial(_part_name, part)) for part in draft.parts]


def _part_name(part: PartDraft) -> str:
    return _("Columns: {table}").format(table=_title(part))


def _title(part: PartDraft) -> str:
    own = part.own
    return UNTITLED[own.key]() if own.key in UNTITLED else own.title or own.key


def _load(store: Store, at: datetime, report: str) -> OwnForm:
    found = sheets.template_in_force(store, report, at)
    return OwnForm(report, found or Template(), sheets.sheet_language(store, at) or language())


def _made(store: Store, report: str, spoken: str, at: datetime) -> tuple[str, Made]:
    return report, made_of(store, report, spoken, at)
