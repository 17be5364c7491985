"""The versions of what is current in a section: they take the place of its table, newest first, with what changed in words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.moments import format_date, format_time
from stationdesk.domain.words import _, n_
from stationdesk.services.settings import VersionView, versions
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.changed import change_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.layout import Item, column, refill, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

SHOWN = 60
"""So many versions, and so many changes of one, are listed; what is more is counted."""

Of = tuple[str, Hashable, str]
"""Kind and key as the query takes them, and what it is called."""


class VersionsStack(QStackedWidget):
    """`button` turns between the table and its versions; `refresh` when another thing is current."""

    def __init__(self, runner: Runner, main: QWidget, of: Callable[[], Of | None], names: Callable[[], Mapping[str, str]] = dict) -> None:
        super().__init__()
        self.runner, self.of, self.names = runner, of, names
        self.button = Button(lambda: _("Versions"), icon="history", look="small", on_click=self.turn)
        self.button.setCheckable(True)
        self.head = Line("", "strong", elide=True)
        self.lines = column(spacing=0)
        back = Button(lambda: _("Back to the list"), key="Esc", look="small", on_click=self.turn)
        inside, self.pane = QWidget(), QWidget()
        column(8, self.lines, 16, None, owner=inside, sides=16)
        top = row(self.head, None, back, sides=16)
        top.addStrut(48)
        column(top, rule(), scrolled(inside), owner=self.pane)
        self.addWidget(main)
        self.addWidget(self.pane)

    def turn(self) -> None:
        """To the versions, and back."""
        past = self.currentWidget() is not self.pane
        self.setCurrentIndex(1 if past else 0)
        self.button.setChecked(past)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the versions of what is current now, where they are on screen."""
        of = self.of()
        self.button.setEnabled(of is not None)
        if of is None:
            self._tell_ahead(0)
            if self.currentWidget() is self.pane:
                self.turn()
            return
        self.head.say(plain(of[2]))
        self.runner.query(self, versions, of[0], of[1], on_done=self._show)

    def _show(self, found: tuple[VersionView, ...]) -> None:
        now = self.runner.now()
        ahead = [each for each in found if each.valid_from > now]
        self._tell_ahead(len(ahead))
        if self.currentWidget() is self.pane:
            self._list(found, ahead)

    def _tell_ahead(self, count: int) -> None:
        """A change to come is not forgotten while what is in force is changed."""
        self.button.say((lambda: _("Versions, one to come")) if count else lambda: _("Versions"))

    def _list(self, found: tuple[VersionView, ...], ahead: list[VersionView]) -> None:
        items: list[Item] = []
        for n, each in enumerate(found[:SHOWN]):
            if n:
                items += [12, rule(), 12]
            items += self._version(each, n < len(ahead), n == len(ahead))
        refill(self.lines, *items)

    def _version(self, each: VersionView, ahead: bool, current: bool) -> list[Item]:
        zone = self.runner.zone

        def words(moment: datetime) -> str:
            return f"{format_date(moment.astimezone(zone).date())} {format_time(moment, zone)}"

        chip = Chip(lambda: _("to come"), look="draft") if ahead else Chip(lambda: _("in force"), look="strong")
        chip.setVisible(ahead or current)
        since = Line(lambda: _("from {time}").format(time=words(each.valid_from)), "strong")
        who = Line(
            lambda: _("{name}, {time}").format(name=plain(each.by) or _("the program"), time=words(each.at)), "label text-2", elide=True
        )
        return [row(since, chip, None, who), 4, *self._changes(each)]

    def _changes(self, each: VersionView) -> list[Item]:
        if each.first:
            return [Text(lambda: _("As it was first set."), "label text-2")]
        names = self.names()
        lines: list[Item] = [Text(partial(change_words, change, names), "body") for change in each.changes[:SHOWN]]
        more = len(each.changes) - SHOWN
        if more > 0:
            lines.append(Text(lambda: n_("{count} more change", "{count} more changes", more).format(count=more), "label text-2"))
        return lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.currentWidget() is self.pane:
            self.turn()
            return
        super().keyPressEvent(event)
