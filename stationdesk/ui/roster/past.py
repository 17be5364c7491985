"""The versions of a month's roster, the newest first; one of them may be looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.services.roster import Version
from stationdesk.ui.roster.wording import version_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

WIDE, MOST = 560, 12


class PastDialog(Dialog):
    """show(version) looks at one."""

    def __init__(self, parent: QWidget, versions: Sequence[Version], zone: ZoneInfo, show: Callable[[Version], object]) -> None:
        self.show_version = show
        items: list[Item] = []
        for version in versions[:MOST]:
            head = Line(_("Version {n}").format(n=version.number), "strong")
            look = Button(lambda: _("Look at it"), look="chip", on_click=partial(self._take, version))
            words = Text(plain(version_words(version, zone)), "label text-2")
            items += [row(head, None, look), column(words), 8]
        if not versions:
            items.append(Text(lambda: _("No version of this month yet."), "body text-2"))
        self.no = Button(lambda: _("Close"), on_click=self.close_it)
        super().__init__(parent, lambda: _("Versions"), *items, buttons=(self.no,), wide=WIDE)

    def _take(self, version: Version) -> None:
        self.accept()
        self.show_version(version)

    def close_it(self) -> None:
        """Back to the page."""
        self.reject()
