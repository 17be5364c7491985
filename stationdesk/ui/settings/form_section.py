"""A section that is one form in a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.section import Call, Section
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item, column, row

WIDE = 640


class FormSection(Section):
    """A subclass says what is asked, how what is there fills it, and which call keeps it."""

    case = ""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.found: Any = None
        self.form = Form(self.asks(), runner.zone, runner.now)
        self.save = Button(lambda: _("Keep"), key="Ctrl Enter", look="primary", on_click=self.keep)
        card = Card(12, self.form, self.problem, self.make_afresh(), 8, row(self.save, None), *self.below(), 16)
        card.setFixedWidth(WIDE)
        column(row(card, None), *self.after(), None, owner=self, spacing=16)

    def asks(self) -> Sequence[Sequence[Ask]]:
        """Of the form."""
        raise NotImplementedError

    def values_of(self, found: Any) -> dict[str, Any]:
        """How it fills the form."""
        raise NotImplementedError

    def keeping(self, found: Any, values: dict[str, Any]) -> Call:
        """The command that keeps it."""
        raise NotImplementedError

    def below(self) -> Sequence[Item]:
        """More in the card."""
        return ()

    def after(self) -> Sequence[Item]:
        """More below the card."""
        return ()

    def show_found(self, found: Any) -> None:
        self.block(self.save, self.case)
        if self.found is None or not self.form.changed():
            self.found = found
            self.form.fill(self.values_of(found), there=True)

    def keep(self) -> None:
        """Send what stands in the form."""
        values = self.form.read()
        if values is not None:
            self.send(self.keeping(self.found, values), self.form, self.done)

    def forget(self) -> None:
        self.found = None

    def done(self, result: Any) -> None:
        """It was kept."""
        self.found = None
        self.kept(result)
