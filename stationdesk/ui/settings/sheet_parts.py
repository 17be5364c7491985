"""What is edited of a sheet: its texts, the columns of a table, its signature cells. Each changes the draft and says so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from stationdesk.domain.paper import TEXTS, WIDTHS, ColumnWidthError, Named
from stationdesk.domain.words import C_, _
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.sheet_draft import INSTANCE, CellLine, ColumnLine, PartDraft, SheetDraft, own_name, title_of
from stationdesk.ui.settings.sheet_editors import Editor, LinesEditor, follow
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item, column
from stationdesk.ui.widgets.rows import Column

INK = ""
"""The signer of a cell that stays blank for a hand."""


class TextsEditor(Editor):
    """Title, company, form number, remark; empty is the program's own."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(
            runner,
            (
                (Ask("title_zh", lambda: _("Title (Chinese)"), most=40), Ask("title_en", lambda: _("Title (English)"))),
                (Ask("company_zh", lambda: _("Company (Chinese)")), Ask("company_en", lambda: _("Company (English)"))),
                (Ask("form_no_zh", lambda: _("Form no."), most=40), Ask("form_no_en", lambda: _("Form no. (English)"), most=40)),
                (Ask("remark_zh", lambda: _("Remark (Chinese)"), most=300),),
                (Ask("remark_en", lambda: _("Remark (English)"), most=300),),
            ),
        )
        self.draft: SheetDraft | None = None
        column(12, self.form, None, owner=self, sides=16)

    def show_draft(self, draft: SheetDraft) -> None:
        """The texts of a draft."""
        self.draft = draft
        self.fill({f"{key}_{each}": getattr(draft.texts[key], each) for key in TEXTS for each in ("zh", "en")})

    def put(self, values: dict[str, Any]) -> bool:
        if self.draft is not None:
            self.draft.texts = {key: Named(values[f"{key}_zh"], values[f"{key}_en"]) for key in TEXTS}
        return True


class ColumnsEditor(LinesEditor):
    """The columns of a table: shown or not, called what, how wide."""

    def __init__(self, runner: Runner) -> None:
        self.part: PartDraft | None = None
        self.title_form = Form(
            ((Ask("zh", lambda: _("Title (Chinese)")), Ask("en", lambda: _("Title (English)"))),), runner.zone, runner.now
        )
        self.own = Button(lambda: C_("settings", "Program's own"), look="small", on_click=self._reset)
        columns = (
            Column(lambda: C_("column", "On"), lambda each: "✓" if each.shown else "", width=60),
            Column(lambda: C_("settings", "Column"), title_of, grows=True, token=_ink),
            Column(lambda: _("Own name"), own_name, width=130, token=_ink),
            Column(lambda: _("mm"), _width, "right", width=58, token=_ink),
        )
        asks = (
            (Ask("shown", lambda: _("This column is on the sheet"), "yes"),),
            (
                Ask("zh", lambda: _("Name (Chinese)"), most=30),
                Ask("en", lambda: _("Name (English)"), most=40),
                Ask("width", lambda: _("Width (mm)"), "number", errors=("template",)),
            ),
        )
        super().__init__(runner, columns, asks, (self.own,))
        for part in self.title_form.parts.values():
            follow(part, self._titled)
        self.table.ticked.connect(self._tick)

    def above(self) -> Sequence[Item]:
        return (self.title_form,)

    def show_part(self, part: PartDraft) -> None:
        """The columns of a table of the draft."""
        self.part = part
        self.filling = True
        self.title_form.fill({"zh": part.zh, "en": part.en})
        self.title_form.setVisible(part.own.key not in INSTANCE)
        self.filling = False
        self.show_lines(part.lines)

    def _titled(self) -> None:
        values = self.title_form.read()
        if self.part is not None and values is not None and not self.filling:
            self.part.zh, self.part.en = values["zh"], values["en"]
            self.changed.emit()

    def values_of(self, line: ColumnLine) -> dict[str, Any]:
        width = None if line.width is None else Decimal(f"{line.width:g}")
        return {"shown": line.shown, "zh": line.zh, "en": line.en, "width": width}

    def put(self, values: dict[str, Any]) -> bool:
        line, width = self.line, values["width"]
        if line is None:
            return True
        if width is not None and not WIDTHS[0] <= width <= WIDTHS[1]:
            self.form.fail(ColumnWidthError(column=title_of(line), width=width, least=WIDTHS[0], most=WIDTHS[1]))
            return False
        line.shown, line.zh, line.en, line.width = values["shown"], values["zh"], values["en"], None if width is None else float(width)
        self.again()
        return True

    def _tick(self, line: ColumnLine) -> None:
        part = self.form.parts["shown"]
        assert isinstance(part, Check)
        if line is self.line:
            part.toggle()

    def _reset(self) -> None:
        if self.part is not None:
            self.part.lines = [ColumnLine(each) for each in self.part.own.columns]
            self.part.zh = self.part.en = ""
            self.show_part(self.part)
            self.changed.emit()


class CellsEditor(LinesEditor):
    """The signature cells: who signs, or blank for ink; called what."""

    def __init__(self, runner: Runner) -> None:
        self.draft: SheetDraft | None = None
        self.add = Button(lambda: C_("settings", "Add cell"), icon="plus", look="small", on_click=self.add_cell)
        self.drop = Button(lambda: C_("settings", "Leave out"), look="small", on_click=self.leave_out)
        self.own = Button(lambda: C_("settings", "Program's own"), look="small", on_click=self._reset)
        columns = (
            Column(lambda: C_("cell", "Who signs"), self._who, grows=True),
            Column(lambda: _("Own name"), own_name, width=150),
            Column(lambda: _("By hand"), lambda each: "✓" if each.ink or not each.key else "", width=72),
        )
        asks = (
            (Ask("key", lambda: C_("cell", "Who signs"), "choice", self._signers),),
            (Ask("zh", lambda: _("Name (Chinese)"), most=30), Ask("en", lambda: _("Name (English)"), most=40)),
            (Ask("ink", lambda: _("Blank for ink, even where a signature is on file"), "yes"),),
            (Ask("dated", lambda: _("A blank cell asks for the date"), "yes"),),
        )
        super().__init__(runner, columns, asks, (self.add, self.drop, self.own))

    def _signers(self) -> Any:
        draft = getattr(self, "draft", None)
        known = [(key, role) for key, role in draft.made.cells] if draft is not None else []
        return [*known, (INK, lambda: _("nobody here: blank for ink"))]

    def _who(self, line: CellLine) -> str:
        if not line.key or self.draft is None:
            return _("blank for ink")
        return self.draft.role(line.key)

    def show_draft(self, draft: SheetDraft) -> None:
        """The cells of a draft."""
        self.draft = draft
        self.show_lines(draft.cells)

    def values_of(self, line: CellLine) -> dict[str, Any]:
        return {"key": line.key, "zh": line.zh, "en": line.en, "ink": line.ink, "dated": line.dated}

    def put(self, values: dict[str, Any]) -> bool:
        line = self.line
        if line is not None:
            line.key, line.zh, line.en = values["key"] or INK, values["zh"], values["en"]
            line.ink, line.dated = values["ink"], values["dated"]
            self.again()
        return True

    def add_cell(self) -> None:
        """A blank one at the end."""
        if self.draft is not None and (self.line is None or self.take()):
            self.draft.cells.append(CellLine(zh=_("Stamp"), dated=False))
            self.show_lines(self.draft.cells, self.draft.cells[-1])
            self.changed.emit()
            self.form.parts["zh"].setFocus()

    def leave_out(self) -> None:
        """The sheet is without this cell."""
        if self.draft is not None and self.line in self.draft.cells:
            at = self.draft.cells.index(self.line)
            self.draft.cells.remove(self.line)
            self.show_lines(self.draft.cells, self.draft.cells[min(at, len(self.draft.cells) - 1)] if self.draft.cells else None)
            self.changed.emit()

    def _reset(self) -> None:
        if self.draft is not None:
            self.draft.reset_cells()
            self.show_lines(self.draft.cells)
            self.changed.emit()


def _ink(line: ColumnLine) -> str:
    return "text" if line.shown else "text-2"


def _width(line: ColumnLine) -> str:
    width = line.width if line.width is not None else line.own.width
    return f"{width:g}" if width else "—"
