"""The foot: the sentence that this is no alarm system, and the keys of the page on screen."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from stationdesk.domain.words import _
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.keycap import key_cap
from stationdesk.ui.widgets.layout import Item, refill, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Keys

HIGH = 28


def no_alarm_system() -> str:
    """What the program is not; on the first page, in the foot and in the manual."""
    return _("This program is no alarm system and replaces neither SCADA, gas detectors nor the telephone.")


class Foot(QFrame):
    """show_keys(keys of the page); the keys of the shell follow them."""

    def __init__(self, shell_keys: Keys) -> None:
        super().__init__()
        self.setFixedHeight(HIGH)
        self.shell_keys = tuple(shell_keys)
        self.says = Line(no_alarm_system, "label text-2", elide=True)
        self.caps = row(spacing=0)
        whole = row(icon("circle-alert"), self.says, None, self.caps, owner=self)
        whole.setContentsMargins(16, 0, 24, 0)
        self.keys: Keys = ()
        self.show_keys(())

    def show_keys(self, keys: Keys, alone: bool = False) -> None:
        """Keys and what they do, from the left; alone: those of the shell do nothing now."""
        self.keys = tuple(keys) if alone else (*keys, *self.shell_keys)
        items: list[Item] = []
        for key, words in self.keys:
            items += [16, key_cap(key), 3, Line(words, "label text-2")]
        refill(self.caps, *items)
