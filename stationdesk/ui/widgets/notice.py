"""The quiet bar: what happened or was refused, and the way that is open. It lies over the page's foot and moves nothing.

What was refused belongs to the page and the moment: it goes when the person goes on, but never before it could be read.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import restyled
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain, said
from stationdesk.values import dataclass

HIGH, STAYS_MS = 44, 6000
READ_MS, SIGN_MS = 4000, 120
"""How long a sentence stands at least: a glance, and as long as a slow reader needs for each sign of it."""


@dataclass(frozen=True)
class Notice:
    """A sentence for the quiet bar. tone: "" (goes by itself after 6 s) or amber (until one goes on).

    way and take: a button for what can be done.
    """

    words: Words
    tone: str = ""
    way: Words = ""
    take: Callable[[], object] | None = None


def noticed(what: object) -> Notice:
    """A notice as it is; an error of the domain, worded; a plain text."""
    if isinstance(what, Notice):
        return what
    if isinstance(what, DomainError):
        return Notice(lambda: say(what), "amber")
    return Notice(str(what))


class NoticeBar(QFrame):
    """tell(notice) shows it; Esc or the button closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(HIGH)
        self.notice: Notice | None = None
        self.sign = icon("info")
        self.line = Line("", "body", elide=True)
        self.way = Button("", look="small", on_click=self._take)
        self.close_button = Button("", "x", look="bare", on_click=self.put_away)
        inside = row(self.sign, self.line, self.way, self.close_button, owner=self)
        inside.setContentsMargins(16, 0, 8, 0)
        inside.setStretchFactor(self.line, 1)
        self._stands = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.put_away)
        self.hide()

    def tell(self, what: object) -> None:
        """Show a Notice or a DomainError."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not for the first paint: it brings all roles there are

        notice = self.notice = noticed(what)
        amber = notice.tone == "amber"
        self.setProperty("look", notice.tone)
        restyled(self)
        self.sign.show_sign("triangle-alert" if amber else "info", "amber-fg" if amber else "text-2")
        self.line.restyle("body amber-fg" if amber else "body")
        self.line.say(lambda: plain(said(notice.words)))
        self.way.say(notice.way)
        self.way.setVisible(bool(notice.way))
        self.close_button.setAccessibleName(_("Close"))
        self.raise_()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.line.text()))
        self._stands.start()
        self._timer.stop()
        if not amber and not notice.way:
            self._timer.start(STAYS_MS)

    def go_on(self, elsewhere: bool = True) -> None:
        """The person goes on, to another page or (elsewhere=False) to something that was done well: what was refused is over.

        A way that is offered stays until another page is shown. Both stand as long as it takes to read them.
        """
        if self.notice is None or self._timer.isActive() or not (elsewhere or self.notice.tone):
            return
        least = max(READ_MS, SIGN_MS * len(self.line.text()))
        self._timer.start(max(least - self._stands.elapsed(), 0))

    def put_away(self) -> None:
        """Hide it."""
        self._timer.stop()
        self.notice = None
        self.hide()
        self.closed.emit()

    def _take(self) -> None:
        take = self.notice.take if self.notice else None
        self.put_away()
        if take is not None:
            take()
