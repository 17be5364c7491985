"""The settings page: sections at the left, the one chosen beside them. A section is made when it is first shown."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.words import C_, _
from stationdesk.services import Changes
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.section import Section
from stationdesk.ui.settings.sections import SECTIONS
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Keys, Page, page_head

WIDE = 196


class SettingsPage(Page):
    """Alt ↑ and Alt ↓ go through the sections; Ctrl Enter keeps what stands in a form."""

    name = "settings"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.made: dict[str, Section] = {}
        self.pages = QStackedWidget()
        self.fact = Line("", "body text-2", elide=True)
        self.buttons = {kind.key: self._button(kind) for kind in SECTIONS}
        self.contents = QWidget()
        column(8, *self.buttons.values(), 8, None, owner=self.contents, spacing=1, sides=8)
        self.rail = scrolled(self.contents)
        card = Card(self.rail, sides=0)
        card.setFixedWidth(WIDE)
        middle = row(card, self.pages, spacing=16)
        middle.setStretchFactor(self.pages, 1)
        self.lay_out(page_head(lambda: _("Settings"), self.fact), middle)
        shortcut(self, "Alt Up", lambda: self.step(-1))
        shortcut(self, "Alt Down", lambda: self.step(1))
        runner.actor_changed.connect(self._person_changed)
        self.chosen = SECTIONS[0].key
        self.choose(self.chosen)

    def title(self) -> str:
        return _("Settings")

    def _button(self, kind: type[Section]) -> Button:
        made = Button(kind.title, kind.icon, look="rail")
        made.setAutoExclusive(True)
        made.clicked.connect(lambda: self.choose(kind.key))
        return made

    def choose(self, key: str) -> None:
        """Another section."""
        if key not in self.made:
            section = next(kind for kind in SECTIONS if kind.key == key)(self.runner)
            section.tell.connect(self.tell)
            section.go.connect(self.go)
            self.made[key] = section
            self.pages.addWidget(section)
        self.chosen = key
        self.buttons[key].setChecked(True)
        self.rail.ensureWidgetVisible(self.buttons[key])
        self.pages.setCurrentWidget(self.made[key])
        self._say_keys()
        if self.isVisible():
            self.made[key].reload()

    def _say_keys(self) -> None:
        order: Keys = [("Ctrl ↑ ↓", lambda: C_("key", "order"))] if self.section().ordered else []
        self.show_keys([("Alt ↑ ↓", lambda: C_("key", "section")), *order, ("Ctrl Enter", lambda: C_("key", "keep"))])

    def step(self, by: int) -> None:
        """The section above or below."""
        keys = list(self.buttons)
        self.choose(keys[(keys.index(self.chosen) + by) % len(keys)])
        self.buttons[self.chosen].setFocus()

    def section(self) -> Section:
        """The one on screen."""
        return self.made[self.chosen]

    def show_target(self, target: object) -> None:
        """The key of a section."""
        if isinstance(target, str) and target in self.buttons:
            self.choose(target)
            self.take_focus()

    def take_focus(self) -> None:
        """To what had it in this section, else to the section's line in the list."""
        last = cast("QWidget | None", self.section().focusWidget())
        (last if last is not None and last.isVisible() else self.buttons[self.chosen]).setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        self.section().reload()

    def on_changes(self, changes: Changes) -> None:
        """A section that is seen looks again where it is concerned; the others when they are shown."""
        if self.section().kinds & changes.kinds:
            self.stale = True
            self._load_if_seen()

    def _person_changed(self, _actor: object) -> None:
        self.stale = True
        self._load_if_seen()
