"""The window's own: theme and language. They are this desk's, not the station's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from stationdesk.domain import words
from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.section import Section
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.text import Text

WIDE = 640


class LookSection(Section):
    """The shell changes the look; a page in no shell has nothing to change."""

    key, icon = "look", "sun"
    kinds = frozenset({"role_grant"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        light, dark = Option("light", lambda: _("Light")), Option("dark", lambda: _("Dark (night)"))
        self.theme = Choice([light, dark], lambda: _("Theme"))
        self.language = Choice([Option("zh_CN", "中文"), Option("en", "English")], lambda: _("Language"))
        self.theme.chosen.connect(self._dress)
        self.language.chosen.connect(self._speak)
        note = Text(lambda: _("Ctrl Shift T and Ctrl Shift L change them from anywhere."), "label text-2")
        card = Card(
            16, Line(lambda: _("Theme"), "label"), 4, row(self.theme, None), 16, Line(lambda: _("Language"), "label"), 4,
            row(self.language, None), 16, note, 16,
        )  # fmt: skip
        card.setFixedWidth(WIDE)
        column(row(card, None), None, owner=self)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Look")

    def load(self) -> Any:
        return _nothing

    def show_found(self, found: Any) -> None:
        self.theme.choose(theme.current())
        self.language.choose(words.language())

    def _of_shell(self, name: str) -> Callable[..., object] | None:
        found: Callable[..., object] | None = getattr(self.window(), name, None)
        return found

    def _dress(self, name: str) -> None:
        change = self._of_shell("switch_theme")
        if change is not None and name != theme.current():
            change()

    def _speak(self, name: str) -> None:
        change = self._of_shell("speak")
        if change is not None:
            change(name)


def _nothing(_store: Store, _at: datetime) -> None:
    return None
