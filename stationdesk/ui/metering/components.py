"""The 21 components of a gas as fields: typed, or pasted as a column; per cent or mole fractions, the sum seen while one types."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from stationdesk.domain.errors import say
from stationdesk.domain.gas import COMPONENT_NAMES, COMPONENTS, SUM_TOLERANCE
from stationdesk.domain.numbers import NumberError, parse, parse_block, shown, to_type
from stationdesk.domain.words import C_, _
from stationdesk.ui.metering.pasting import read_column
from stationdesk.ui.widgets.card import restyled
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.field import Edit
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

PERCENT, FRACTION = "percent", "fraction"
HUNDRED, DOWN, BOX = Decimal(100), 7, 66
TOLERANCE = Decimal(str(SUM_TOLERANCE))


class _Cell(Edit):
    """One component. A block that is pasted goes down the form; Enter and the arrows go on."""

    pasted = Signal(str, str)

    def __init__(self, component: str) -> None:
        super().__init__(numeric=True)
        self.component = component
        self.setFixedWidth(BOX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = QGuiApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if text and sum(len(each) for each in parse_block(text)) > 1:
            self.pasted.emit(self.component, text)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def mark(self, wrong: bool) -> None:
        """A value that cannot be one."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            restyled(self)


class ComponentGrid(QWidget):
    """changed(): another value. fractions() are mole fractions by component, empty while something is wrong."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scale = Choice([Option(PERCENT, lambda: "%"), Option(FRACTION, lambda: C_("gas quality", "mole fraction"))], lambda: _("Unit"))
        self.scale.choose(PERCENT)
        self._unread: tuple[str, ...] = ()
        self.cells = {name: _Cell(name) for name in COMPONENTS}
        self.sum = Line("", "strong")
        self.problem = Line("", "label red-fg", elide=True)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        for n, name in enumerate(COMPONENTS):
            self._place(grid, name, n % DOWN, n // DOWN)
        column(grid, 8, row(self.scale, self.sum, self.problem, None, spacing=12), owner=self)
        self.scale.chosen.connect(self._told)
        self._told()

    def _place(self, grid: QGridLayout, name: str, down: int, across: int) -> None:
        cell, words = self.cells[name], COMPONENT_NAMES[name]
        label = Line(lambda: _(words), "body", elide=True)
        cell.setAccessibleName(_(words))
        grid.addWidget(label, down, 2 * across)
        grid.addWidget(cell, down, 2 * across + 1)
        grid.setColumnStretch(2 * across, 1)
        cell.textEdited.connect(self._typed_on)
        cell.pasted.connect(self.paste)

    # Values
    def fill(self, fractions: Mapping[str, Decimal]) -> None:
        """Show a composition, in per cent."""
        self.scale.choose(PERCENT)
        for name, cell in self.cells.items():
            value = fractions.get(name)
            cell.setText(to_type((value * HUNDRED).normalize()) if value else "")
        self._told()

    def paste(self, first: str, text: str) -> None:
        """A column from a report; per cent or fractions is seen by its sum."""
        values, self._unread = read_column(text, first)
        for name, value in values.items():
            self.cells[name].setText(value)
        known, _wrong = self._typed()
        whole = sum(known.values(), Decimal(0))
        if whole:
            self.scale.choose(FRACTION if whole < 2 else PERCENT)
        self._told()

    def _typed(self) -> tuple[dict[str, Decimal], dict[str, str]]:
        """What is typed by component, and what is wrong by component."""
        known, wrong = {}, {}
        for name, cell in self.cells.items():
            if not cell.text().strip():
                continue
            try:
                value = parse(cell.text())
            except NumberError as error:
                wrong[name] = say(error)
                continue
            if 0 <= value <= self.whole:
                known[name] = value
            else:
                wrong[name] = _("{name}: from 0 to {most} only.").format(name=_(COMPONENT_NAMES[name]), most=shown(self.whole))
        return known, wrong

    @property
    def whole(self) -> Decimal:
        """What all of it adds up to."""
        return HUNDRED if self.scale.value() == PERCENT else Decimal(1)

    def fractions(self) -> dict[str, Decimal]:
        """Mole fractions as typed; empty while one is wrong or the sum is off."""
        known, wrong = self._typed()
        if wrong or not known or not self._adds_up(known):
            return {}
        return {name: value / self.whole for name, value in known.items() if value}

    def _adds_up(self, known: Mapping[str, Decimal]) -> bool:
        return abs(sum(known.values(), Decimal(0)) / self.whole - 1) <= TOLERANCE

    def texts(self) -> dict[str, str]:
        """What is typed, for a draft."""
        return {name: cell.text() for name, cell in self.cells.items() if cell.text()}

    def restore(self, texts: Mapping[str, str], scale: str) -> None:
        """A draft that comes back."""
        self.scale.choose(scale or PERCENT)
        for name, cell in self.cells.items():
            cell.setText(texts.get(name, ""))
        self._told()

    def _typed_on(self, _text: str) -> None:
        self._unread = ()
        self._told()

    def _told(self, *_what: object) -> None:
        known, wrong = self._typed()
        for name, cell in self.cells.items():
            cell.mark(name in wrong)
        whole, off = sum(known.values(), Decimal(0)), bool(known) and not self._adds_up(known)
        self.sum.restyle("strong red-fg" if off else "strong")
        self.sum.say(lambda: self._sum_words(whole))
        self.problem.say(self._complaint(wrong, off))
        self.changed.emit()

    def _sum_words(self, whole: Decimal) -> str:
        places = max(3 if self.scale.value() == PERCENT else 5, 0)
        unit = " %" if self.scale.value() == PERCENT else ""
        return _("Sum {sum}{unit}").format(sum=shown(whole, places), unit=unit)

    def _complaint(self, wrong: Mapping[str, str], off: bool) -> str:
        if wrong:
            return plain(next(iter(wrong.values())))
        if self._unread:
            return _("Not among the 21 components: {names}").format(names=plain(_(", ").join(self._unread)))
        return _("must be 100 ± 0.2 %") if off else ""

    def complain(self) -> bool:
        """Whether something keeps it from being kept; the keyboard goes there."""
        known, wrong = self._typed()
        if wrong:
            self.cells[next(iter(wrong))].setFocus()
        elif not known or not self._adds_up(known):
            self.take_focus()
            if not known:
                self.problem.say(lambda: _("Type the components, or paste the column of the report."))
        return not self.fractions()

    def take_focus(self) -> None:
        """To the first component."""
        self.cells[COMPONENTS[0]].setFocus(Qt.FocusReason.OtherFocusReason)
