"""What is edited of a sheet: its texts, the columns of a table, its signature cells. Each changes the draft and says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.paper import TEXTS, WIDTHS, ColumnWidthError, Named
from stationdesk.domain.words import C_, _
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.form import Ask, Form
from stationdesk.ui.settings.order_table import OrderTable
from stationdesk.ui.settings.sheet_draft import INSTANCE, CellLine, ColumnLine, PartDraft, SheetDraft, own_name, title_of
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.date_field import DateField
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import Item, column, row, rule
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Select

INK = ""
"""The signer of a cell that stays blank for a hand."""


class Editor(QWidget):
    """changed: the draft is another one now."""

    changed = Signal()

    def __init__(self, runner: Runner, asks: Sequence[Sequence[Ask]]) -> None:
        super().__init__()
        self.form = Form(asks, runner.zone, runner.now)
        self.filling = False
        for part in self.form.parts.values():
            _follow(part, self._typed)

    def _typed(self) -> None:
        if not self.filling:
            self.take()

    def take(self) -> bool:
        """What stands in the form goes into the draft; False where it cannot be read, which is said there."""
        values = self.form.read()
        if values is None:
            return False
        if not self.put(values):
            return False
        self.changed.emit()
        return True

    def put(self, values: dict[str, Any]) -> bool:
        """Into the draft; False where it is refused, said at the field."""
        raise NotImplementedError

    def fill(self, values: dict[str, Any]) -> None:
        """Show values; they are no change."""
        self.filling = True
        self.form.fill(values)
        self.filling = False


def _follow(part: QWidget, slot: Callable[[], None]) -> None:
    if isinstance(part, Check):
        part.toggled.connect(slot)
    elif isinstance(part, Select):
        part.chosen.connect(slot)
    elif isinstance(part, Field) and not isinstance(part, DateField):
        part.edited.connect(slot)


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


class LinesEditor(Editor):
    """A table of lines in the station's order, and the form of the current one."""

    def __init__(self, runner: Runner, columns: Sequence[Column], asks: Sequence[Sequence[Ask]], buttons: Sequence[Item]) -> None:
        super().__init__(runner, asks)
        self.line: Any = None
        self.lines: list[Any] = []
        self.table = OrderTable(columns, lambda: _("Columns"), compact=True, empty=EmptyState(lambda: _("No line yet.")))
        self.up = Button("", icon="arrow-up", look="small", on_click=lambda: self.shift(-1))
        self.down = Button("", icon="arrow-down", look="small", on_click=lambda: self.shift(1))
        self.up.setAccessibleName(_("Up"))
        self.down.setAccessibleName(_("Down"))
        self.table.current.connect(self._current)
        self.table.shifted.connect(self.shift)
        inside = QWidget()
        column(8, *self.above(), row(self.up, self.down, *buttons, None), 12, self.form, owner=inside, sides=16)
        whole = column(self.table, rule(), inside, owner=self)
        whole.setStretch(0, 1)

    def above(self) -> Sequence[Item]:
        """More above the buttons."""
        return ()

    def show_lines(self, lines: list[Any], current: Any = None) -> None:
        """Other lines; the list is the draft's own."""
        self.lines = lines
        self.table.show_rows(lines)
        self.table.viewport().update()
        self.line = None
        if lines:
            chosen = current if current in lines else lines[0]
            self.table.select_key(chosen.id)
            self._current(chosen)
        self.form.setEnabled(bool(lines))

    def _current(self, found: Any) -> None:
        if found is None or found is self.line:
            return
        if self.line is not None and self.line in self.lines and not self.take():
            self.table.select_key(self.line.id)
            return
        self.line = found
        self.fill(self.values_of(found))

    def values_of(self, line: Any) -> dict[str, Any]:
        """How a line fills the form."""
        raise NotImplementedError

    def shift(self, by: int) -> None:
        """The current line goes up or down."""
        if self.line not in self.lines:
            return
        at = self.lines.index(self.line)
        if 0 <= at + by < len(self.lines):
            self.lines[at], self.lines[at + by] = self.lines[at + by], self.lines[at]
            self.show_lines(self.lines, self.line)
            self.changed.emit()

    def again(self) -> None:
        """The table says what the form changed."""
        self.table.show_rows(self.lines)
        self.table.viewport().update()


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
            _follow(part, self._titled)
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
