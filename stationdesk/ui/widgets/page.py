"""What every page is: a name, a title, its keys for the foot, and a way to load itself again when what it shows has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.spoken import Words

if TYPE_CHECKING:
    from stationdesk.services import Changes

SIDE, ABOVE, HEAD = 24, 16, 32

__all__ = ["Keys", "Notice", "Page", "page_head"]

Keys = Sequence[tuple[str, Words]]


class Page(QWidget):
    """Subclasses set name and kinds, build themselves in __init__ and query in reload().

    The first reload comes with the first show, or with the store if that comes later.
    """

    name: ClassVar[str] = ""
    #: tables whose changes concern this page; empty: every change
    kinds: ClassVar[frozenset[str]] = frozenset()

    #: page name, target: lead to another page
    go = Signal(str, object)
    #: a Notice or a DomainError for the quiet bar
    tell = Signal(object)
    #: "sign_on", "sign_off_crew", "extend", "end_emergency": what the desk does in its dialogs, over whatever page
    desk_asked = Signal(str)
    #: the foot asks for keys again
    keys_changed = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.stale = True
        self.keys: Keys = ()
        runner.changed.connect(self.on_changes)
        runner.attached.connect(self._attached)

    def title(self) -> str:
        """The page's name in the language of now."""
        raise NotImplementedError

    def reload(self) -> None:
        """Query what is shown; called when the page is first shown and after changes that concern it."""

    def show_target(self, target: object) -> None:
        """Lead the eye to one record: called by the shell after the page is on screen."""

    def take_focus(self) -> None:
        """Give the keyboard to what had it here last, else to the first thing that takes it."""
        last = cast("QWidget | None", self.focusWidget())
        stops = [last] if last is not None and last.isVisible() else _stops(self)
        for each in stops[:1]:
            each.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_keys(self, keys: Keys) -> None:
        """Other keys for the foot."""
        self.keys = keys
        self.keys_changed.emit()

    def on_changes(self, changes: Changes) -> None:
        """Load again now if seen, else when next shown."""
        if self.kinds and not self.kinds & changes.kinds:
            return
        self.stale = True
        self._load_if_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load_if_seen()

    def _attached(self) -> None:
        """A store, perhaps another one than before."""
        self.stale = True
        self._load_if_seen()

    def _load_if_seen(self) -> None:
        if self.stale and self.isVisible() and not self.runner.waiting:
            self.stale = False
            self.reload()

    def lay_out(self, head: QBoxLayout, *items: Item, grows: int = -1) -> QBoxLayout:
        """Head of 32, items below each other 16 apart, 24 at the sides; grows: which item takes the room left (from 0; −1 the last)."""
        whole = column(head, *items, owner=self, spacing=16)
        whole.setContentsMargins(SIDE, ABOVE, SIDE, ABOVE)
        if items:
            whole.setStretch(1 + (grows if grows >= 0 else len(items) - 1), 1)
        return whole


def _stops(page: QWidget) -> list[QWidget]:
    """What Tab reaches in a page, in order."""
    tab = Qt.FocusPolicy.TabFocus
    return [each for each in page.findChildren(QWidget) if each.focusPolicy() & tab and each.isVisible() and each.isEnabled()]


def page_head(title: Words, fact: Line | None = None, *right: QWidget | Button) -> QBoxLayout:
    """Title 20/28, a quiet fact beside it, buttons at the right (the primary last)."""
    head = row(Line(title, "title"), fact, None, *right, spacing=12)
    head.addStrut(HEAD)
    return head
