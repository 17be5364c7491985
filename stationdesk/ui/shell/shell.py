"""The window: strip, rail, foot, the pages made when first shown, and what lies over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from stationdesk.domain.words import C_, _
from stationdesk.ui.pages import Entry, registry
from stationdesk.ui.runner import Runner
from stationdesk.ui.shell import language
from stationdesk.ui.shell.commands import Command, command_hits, page_hits
from stationdesk.ui.shell.foot import Foot
from stationdesk.ui.shell.hit import Hit
from stationdesk.ui.shell.over import Over, Source
from stationdesk.ui.shell.place import Place
from stationdesk.ui.shell.rail import Rail
from stationdesk.ui.shell.status import Status
from stationdesk.ui.shell.strip import Strip
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.focus import FocusRing
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.page import Page
from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.ui.shell.contact_panel import Contact
    from stationdesk.ui.shell.defect import DefectDialog

EDGE = 16
LOCKED = " locked"


@dataclass(frozen=True)
class Pick:
    """A person signed on: the key that picks them and who they are to the store."""

    key: str
    actor: object


class Shell(QWidget):
    """entries: the pages (default: all registered). place: what the window remembers. The composition gives status, counts, contacts and
    people; lock() and the keys of people set runner.actor."""

    #: each second, for countdowns in pages
    beat = Signal()
    #: a page came on screen: its name
    shown = Signal(str)
    closing = Signal()
    #: what a page asks of the desk: "sign_on", "sign_off_crew" …
    desk_asked = Signal(str)

    def __init__(self, runner: Runner, entries: Sequence[Entry] | None = None, place: Place | None = None) -> None:
        super().__init__()
        self.runner = runner
        self.entries = tuple(entries if entries is not None else registry())
        self.place = place or Place(None)
        self.status = Status()
        self.pages: dict[str, Page] = {}
        self._locked_since = ""
        self._defect: DefectDialog | None = None
        self._cover: QWidget | None = None
        self._picks: list[QShortcut] = []
        self._make_parts()
        self._lay_out()
        self._connect()
        self.place.restore(self)
        self._follow_actor()
        self._tick()

    def _make_parts(self) -> None:
        self.ring = FocusRing(self)
        self.strip = Strip()
        self.rail = Rail(self.entries)
        self.foot = Foot([("Ctrl K", lambda: C_("key", "command"))])
        self.stack = QStackedWidget()
        self.over = Over(self)
        self._timer = QTimer(self, singleShot=True)

    def _lay_out(self) -> None:
        middle = row(self.rail, self.stack, spacing=0)
        middle.setStretchFactor(self.stack, 1)
        column(self.strip, middle, self.foot, owner=self).setStretch(1, 1)

    def _connect(self) -> None:
        self.rail.picked.connect(self.go)
        self.rail.find_asked.connect(lambda: self.over.palette.open())
        self.strip.card_asked.connect(self.show_card)
        self.runner.refused.connect(self.tell)
        for went_on in (self.runner.carried_out, self.runner.actor_changed):
            went_on.connect(lambda *_what: self.over.notice.go_on(elsewhere=False))
        self.runner.defect.connect(self.show_defect)
        self.runner.actor_changed.connect(self._follow_actor)
        self._timer.timeout.connect(self._tick)
        shortcut(self, "Ctrl Shift T", self.switch_theme)
        shortcut(self, "Ctrl Shift L", self.switch_language)
        shortcut(self, "Ctrl L", self.lock)
        self.commands = self._commands()
        self.add_source(self._page_hits)
        self.add_source(lambda text: command_hits(self.commands, text))

    def add_source(self, source: Source) -> None:
        """Something more the palette asks."""
        self.over.sources.append(source)

    def _commands(self) -> list[Command]:
        return [
            Command(lambda: _("Emergency contact card"), self.show_card, "phone", "F12"),
            Command(lambda: _("Lock the desk"), self.lock, "lock", "Ctrl L", lambda: not self.runner.locked),
            Command(lambda: _("Light or dark screen"), self.switch_theme, "moon", "Ctrl Shift T"),
            Command(lambda: _("Language: Chinese or English"), self.switch_language, "languages", "Ctrl Shift L"),
        ]

    def add_command(self, command: Command) -> None:
        """One more action for the palette."""
        self.commands.append(command)

    def page(self, name: str) -> Page:
        """The page of this name, made now if it was not yet; while locked the one that stands in its place, if there is one."""
        entry = next(entry for entry in self.entries if entry.name == name)
        build = entry.locked if self.runner.locked and entry.locked is not None else entry.build
        name = name if build is entry.build else name + LOCKED
        if name not in self.pages:
            page = self.pages[name] = build(self.runner)
            page.go.connect(self.go)
            page.tell.connect(self.tell)
            page.desk_asked.connect(self.desk_asked)
            page.keys_changed.connect(self._show_keys)
            self.stack.addWidget(page)
        return self.pages[name]

    def forget_pages(self) -> None:
        """They showed another store; each is made anew when it is next shown."""
        pages, self.pages = self.pages, {}
        for page in pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()

    def go(self, name: str, target: object = None) -> None:
        """Show a page, and what it should point at. While locked, a page out of reach says so instead."""
        if self._cover is not None:
            return
        if not self._in_reach(name):
            self.tell(_("Locked: pick a person first."))
            return
        page = self.page(name)
        if page is not self.current:
            self.over.notice.go_on()
        self.stack.setCurrentWidget(page)
        self.rail.show_page(name)
        self._show_keys()
        self.setWindowTitle(f"{page.title()} – StationDesk")
        if not self.over.finding:
            page.take_focus()
        if target is not None:
            page.show_target(target)
        self.shown.emit(name)

    @property
    def current(self) -> Page | None:
        """The page on screen."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def cover(self, widget: QWidget) -> None:
        """Put something in the place of all pages: the first start, a store that cannot be opened. The rail waits."""
        self.uncover(show=False)
        self._cover = widget
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        self.rail.setEnabled(False)
        self.strip.show_alone(True)
        self.over.stop_finding()
        self.over.notice.put_away()
        self._show_keys()
        self.setWindowTitle("StationDesk")

    def uncover(self, show: bool = True) -> None:
        """Take it away and show the first page again."""
        covering, self._cover = self._cover, None
        self.rail.setEnabled(True)
        self.strip.show_alone(False)
        if covering is not None:
            self.stack.removeWidget(covering)
            covering.deleteLater()
        if show:
            self.go(self.entries[0].name)

    def show_status(self, status: Status, counts: Mapping[str, int] | None = None) -> None:
        """What the strip says, and how many things wait on each page."""
        self.status = status
        self.strip.show_status(status, self.runner.local(), self._locked_since)
        if counts is not None:
            self.rail.show_counts(dict(counts))

    def show_card(self) -> None:
        """Open or close the emergency contact card."""
        self.over.card.toggle()
        self._place_over()

    def show_contacts(self, contacts: Sequence[Contact], note: str = "") -> None:
        """The numbers of the emergency card."""
        self.over.show_contacts(contacts, self.status.station, note)

    def show_people(self, picks: Sequence[Pick]) -> None:
        """Who can be picked by a key, anywhere in the window."""
        for old in self._picks:
            old.setEnabled(False)
            old.deleteLater()
        self._picks = [shortcut(self, pick.key, lambda actor=pick.actor: self._pick(actor)) for pick in picks]  # type: ignore[misc]

    def _pick(self, actor: object) -> None:
        self.runner.actor = actor  # type: ignore[assignment]

    def lock(self) -> None:
        """Nobody is picked any more; who is signed on stays so."""
        self.runner.actor = None

    def tell(self, what: object) -> None:
        """A Notice, a DomainError or a sentence for the quiet bar."""
        self.over.notice.tell(what)
        self._place_over()

    def show_defect(self, details: str) -> None:
        """One dialog, however many defects come while it is open."""
        if self._defect is not None:
            self._defect.add(details)
            return
        from stationdesk.ui.shell.defect import DefectDialog  # most starts never need it

        self._defect = DefectDialog(self, details)
        self._defect.finished.connect(self._forget_defect)
        self._defect.show_over()

    def _forget_defect(self) -> None:
        self._defect = None

    def switch_theme(self) -> None:
        """Light to dark and back."""
        name = "dark" if theme.current() == "light" else "light"
        theme.apply(_app(), name)
        self.place.write("theme", name)

    def switch_language(self) -> None:
        """Chinese to English and back; what is being typed stays."""
        self.speak(language.other())

    def speak(self, name: str) -> None:
        """The window's language from now on."""
        language.switch(_app(), name)
        self.place.write("language", name)
        if self.current is not None:
            self.setWindowTitle(f"{self.current.title()} – StationDesk")

    def _page_hits(self, text: str) -> list[Hit]:
        return page_hits([entry for entry in self.entries if self._in_reach(entry.name)], text, self.go)

    def _in_reach(self, name: str) -> bool:
        return not self.runner.locked or any(entry.name == name and entry.open_when_locked for entry in self.entries)

    def _follow_actor(self, _actor: object = None) -> None:
        """Lock or open the rail; a page out of reach makes room for the first one in reach."""
        open_pages = frozenset(entry.name for entry in self.entries if entry.open_when_locked)
        self.rail.lock(open_pages if self.runner.locked else None)
        self._locked_since = f"{self.runner.local():%H:%M}" if self.runner.locked else ""
        self.show_status(self.status)
        shown = next((name for name, page in self.pages.items() if page is self.current), "").removesuffix(LOCKED)
        if self.runner.locked and shown and shown not in open_pages and open_pages:
            self.go(next(entry.name for entry in self.entries if entry.open_when_locked))
        elif any(entry.name == shown and entry.locked is not None for entry in self.entries):
            self.go(shown)

    def _show_keys(self) -> None:
        self.foot.show_keys(self.current.keys if self.current else (), alone=self._cover is not None)

    def _tick(self) -> None:
        """Once a second, just after it began."""
        now = self.runner.local()
        self.strip.tick(now)
        self.beat.emit()
        self._timer.start(1005 - now.microsecond // 1000)

    def _place_over(self) -> None:
        """Put what lies over the page in its place."""
        left, top, bottom = self.rail.width() + EDGE, self.strip.height(), self.height() - self.foot.height()
        self.over.place(QRect(left, top, self.width() - EDGE - left, bottom - top))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_over()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts away what lies over the page, the uppermost first."""
        if event.key() != Qt.Key.Key_Escape or not self.over.put_away():
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.place.keep(self)
        self._timer.stop()
        self.closing.emit()
        super().closeEvent(event)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
