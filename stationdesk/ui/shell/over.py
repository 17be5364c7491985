"""What lies over the page: the quiet bar, the palette, the emergency card. The last two are made, and imported, when first opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from stationdesk.ui.shell.hit import Hit
from stationdesk.ui.widgets.notice import NoticeBar
from stationdesk.ui.widgets.spoken import Words

if TYPE_CHECKING:
    from stationdesk.ui.shell.contact_panel import Contact, ContactPanel
    from stationdesk.ui.shell.palette import Palette

ASIDE, UNDER, BELOW = 8, 40, 8
Source = Callable[[str], Sequence[Hit]]


class Over:
    """sources: what the palette asks. place(page): puts all of it over a page that lies there in the window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.notice = NoticeBar(window)
        self.sources: list[Source] = []
        self._palette: Palette | None = None
        self._card: ContactPanel | None = None
        self._numbers: tuple[Sequence[Contact], Words, Words] = ((), "", "")
        self._page = QRect()

    @property
    def palette(self) -> Palette:
        """Where everything is found."""
        if self._palette is None:
            from stationdesk.ui.shell.palette import Palette

            self._palette = Palette(self._window, self.sources)
            self.place(self._page)
        return self._palette

    @property
    def card(self) -> ContactPanel:
        """The emergency contact card."""
        if self._card is None:
            from stationdesk.ui.shell.contact_panel import ContactPanel

            self._card = ContactPanel(self._window)
            self._card.show_contacts(*self._numbers)
            self.place(self._page)
        return self._card

    def show_contacts(self, contacts: Sequence[Contact], station: Words, note: Words) -> None:
        """The numbers of the card."""
        self._numbers = contacts, station, note
        if self._card is not None:
            self._card.show_contacts(contacts, station, note)

    @property
    def finding(self) -> bool:
        """The palette is open and has the keyboard."""
        return self._palette is not None and self._palette.isVisible()

    def stop_finding(self) -> None:
        """Close the palette."""
        if self._palette is not None:
            self._palette.put_away()

    def put_away(self) -> bool:
        """Close the uppermost; False if nothing lies over the page."""
        for each in (self._palette, self.notice, self._card):
            if each is not None and each.isVisible():
                each.put_away()
                return True
        return False

    def place(self, page: QRect) -> None:
        """Put all of it in its place over the page."""
        self._page, free = page, page.width()
        if self._card is not None:
            left = page.right() + 1 - self._card.width()
            self._card.setGeometry(left + ASIDE, page.top() + BELOW, self._card.width(), page.height() - 2 * BELOW)
            free -= self._card.width() if self._card.isVisible() else 0
        self.notice.setGeometry(page.left(), page.bottom() + 1 - self.notice.height() - BELOW, free, self.notice.height())
        if self._palette is not None:
            self._palette.move((self._window.width() - self._palette.width()) // 2, page.top() + UNDER)
