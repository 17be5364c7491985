"""All a chief has not seen yet, in full, newest first: read with the arrows, each put away by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.moments import format_moment
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.now.notice_words import notice_page, notice_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.keycap import key_cap
from stationdesk.ui.widgets.layout import column, row, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.stop import Stop
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from stationdesk.services.beside import Beside
    from stationdesk.services.notices import NoticeView

WIDE, HIGH = 720, 420
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -9999, Qt.Key.Key_End: 9999}


class NoticeLine(Stop):
    """One notice with all its words. seen(id): Space; opened(): Enter; step(by): to another."""

    seen = Signal(int)
    opened = Signal(object)
    step = Signal(int)

    def __init__(self, notice: NoticeView, names: dict[int, str], zone: ZoneInfo) -> None:
        super().__init__()
        self.notice = notice
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        when = Line(format_moment(notice.at, zone), "label text-2")
        when.setFixedWidth(84)
        words = Text(lambda: notice_words(notice, names))
        done = Button(lambda: C_("notice", "Seen"), look="link", on_click=lambda: self.seen.emit(notice.notice_id))
        done.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        whole = row(column(2, when, None), words, column(done, None), owner=self, spacing=12)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.setStretch(1, 1)
        self.setAccessibleName(f"{when.text()} {words.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.step.emit(STEPS[key])
        elif key == Qt.Key.Key_Space:
            self.seen.emit(self.notice.notice_id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.notice)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.notice)


class NoticesDialog(Dialog):
    """seen(notice id): put away. asked(page, target): where a notice leads. It closes when nothing is left."""

    seen = Signal(int)
    asked = Signal(str, object)

    def __init__(self, parent: QWidget, beside: Beside, zone: ZoneInfo) -> None:
        self.zone = zone
        self.lines: list[NoticeLine] = []
        self.inner = QWidget()
        self.inside = column(None, owner=self.inner)
        self.area = scrolled(self.inner)
        self.area.setFixedHeight(HIGH)
        keys = row(
            key_cap("Space"), 3, Line(lambda: C_("notice", "Seen"), "label text-2"), 16,
            key_cap("Enter"), 3, Line(lambda: C_("key", "open"), "label text-2"), spacing=0,
        )  # fmt: skip
        foot = QWidget()
        foot.setLayout(keys)
        close = Button(lambda: _("Close"), on_click=self.reject)
        super().__init__(parent, self._title, self.area, buttons=(foot, close), wide=WIDE)
        self.show_beside(beside)

    def _title(self) -> str:
        count = len(self.lines)
        return n_("{n} notice to the chief", "{n} notices to the chief", count).format(n=count)

    def show_beside(self, beside: Beside) -> None:
        """What is left; the keyboard stays where it was, by its place."""
        known = [each.notice.notice_id for each in self.lines]
        if known == [each.notice_id for each in beside.notices]:
            return
        at = next((n for n, each in enumerate(self.lines) if each.hasFocus()), 0)
        for each in self.lines:
            self.inside.removeWidget(each)
            each.hide()
            each.deleteLater()
        self.lines = [self._line(each, beside.names) for each in beside.notices]
        for n, line in enumerate(self.lines):
            self.inside.insertWidget(n, line)
            line.show()
        self.heading.reword()
        if self.lines:
            self.inside.activate()  # new lines have their places before one of them is brought into sight
            self._go(at)
        else:
            self.accept()

    def _line(self, notice: NoticeView, names: dict[int, str]) -> NoticeLine:
        line = NoticeLine(notice, names, self.zone)
        line.seen.connect(self.seen)
        line.opened.connect(self._open)
        line.step.connect(self._step)
        return line

    def _step(self, by: int) -> None:
        self._go(next((n for n, each in enumerate(self.lines) if each.hasFocus()), 0) + by)

    def _go(self, n: int) -> None:
        line = self.lines[max(0, min(len(self.lines) - 1, n))]
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(line, 0, 8)

    def _open(self, notice: NoticeView) -> None:
        """Where more is seen of it; a notice that leads nowhere stays."""
        page, target = notice_page(notice)
        if page:
            self.accept()
            self.asked.emit(page, target)
