"""The middle of the page: what to make it of, the pages themselves, where one is in them and how large."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import _
from stationdesk.ui.reports.asks import Past, Shown
from stationdesk.ui.reports.chooser import Chooser
from stationdesk.ui.reports.waiting import Waiting
from stationdesk.ui.runner import Runner
from stationdesk.ui.runner.task import Task
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.pdf_pages import Paper, picture
from stationdesk.ui.widgets.preview import Preview
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text

SIDE, ROW = 16, 40


class Lines(QWidget):
    """The text of a sheet that cannot be made again."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text("", "body")
        inner = QWidget()
        column(self.text, None, owner=inner).setContentsMargins(SIDE, SIDE, SIDE, SIDE)
        column(scrolled(inner), owner=self)


class SheetView(Card):
    """chooser and waiting speak for themselves; show_… puts something in the middle."""

    def __init__(self, runner: Runner, today: Callable[[], date]) -> None:
        self.runner = runner
        self.pdf = b""
        self.drawing: list[Task] = []
        self.chooser = Chooser(today)
        self.preview = Preview()
        self.waiting = Waiting()
        self.empty = EmptyState("")
        self.lines = Lines()
        self.middle = QStackedWidget()
        for each in (self.preview, self.waiting, self.empty, self.lines):
            self.middle.addWidget(each)
        self.place = Line("", "label text-2")
        self.size_ = Line("", "label text-2")
        self.zooms = self._zooms()
        above = row(self.chooser, sides=SIDE)
        above.setContentsMargins(SIDE, 10, SIDE, 8)
        below = row(self.place, None, self.size_, 4, *self.zooms, sides=SIDE, spacing=4)
        below.addStrut(ROW)
        super().__init__(above, rule(), self.middle, rule(), below, sides=0)
        self.body.setStretch(2, 1)
        self.preview.wanted.connect(self._draw)
        self.preview.moved.connect(self._say_place)
        self.waiting.due.connect(self._wait)

    def _zooms(self) -> list[Button]:
        preview = self.preview
        made = [
            Button("−", look="small", on_click=preview.smaller),
            Button(lambda: _("Fit width"), look="small", on_click=preview.fit),
            Button("100 %", look="small", on_click=preview.whole),
            Button("+", look="small", on_click=preview.larger),
        ]
        for keys, slot in (
            (("Ctrl -",), preview.smaller),
            (("Ctrl 0",), preview.fit),
            (("Ctrl 1",), preview.whole),
            (("Ctrl =", "Ctrl +"), preview.larger),
        ):
            for key in keys:
                shortcut(preview, key, slot)
        return made

    # What is in the middle
    def show_sheet(self, shown: Shown) -> None:
        """A new sheet; of the same shape as the one before, the place on the page stays."""
        self._show_pages(shown.prepared.pdf, shown.papers)

    def show_past(self, past: Past) -> None:
        """A sheet printed before: its pages, else its lines."""
        if past.pdf:
            self._show_pages(past.pdf, past.papers)
            return
        self.lines.text.say("\n".join(past.printed.lines))
        self._turn_to(self.lines)

    def show_words(self, words: Words) -> None:
        """Why there is no sheet."""
        self.empty.say(words)
        self._turn_to(self.empty)

    def show_error(self, error: DomainError) -> None:
        """What its builder or the station's form refused."""
        self.show_words(lambda: say(error))

    def _show_pages(self, pdf: bytes, papers: tuple[Paper, ...]) -> None:
        self._drop()
        self.pdf = pdf
        self._turn_to(self.preview)
        self.preview.show_pages(papers)

    def _wait(self) -> None:
        self._turn_to(self.waiting)

    def _turn_to(self, widget: QWidget) -> None:
        if widget is not self.waiting:
            self.waiting.end()
        self.middle.setCurrentWidget(widget)
        for each in (*self.zooms, self.place, self.size_):
            each.setVisible(widget is self.preview)

    # Pages
    def _draw(self, page: int, scale: float) -> None:
        """In the bench thread: PDFium is no library for several threads."""
        self.drawing = [each for each in self.drawing if not each.cancelled.is_set()]
        task = self.runner.query(self, _drawn, self.pdf, page, scale, on_done=self._take, bench=True)
        self.drawing.append(task)

    def _take(self, drawn: tuple[bytes, int, float, QImage]) -> None:
        pdf, page, scale, image = drawn
        if pdf is self.pdf:
            self.preview.take_image(page, scale, image)
            self._say_place()

    def _drop(self) -> None:
        for each in self.drawing:
            each.cancel()
        self.drawing.clear()

    def _say_place(self) -> None:
        page, count, zoom = self.preview.page(), len(self.preview.leaves), self.preview.zoom()
        self.place.say(lambda: _("Page {n} of {all}").format(n=page, all=count))
        self.size_.say(f"{zoom:.0%}".replace("%", " %"))


def _drawn(store: object, pdf: bytes, page: int, scale: float) -> tuple[bytes, int, float, QImage]:
    return pdf, page, scale, picture(store, pdf, page, scale)  # type: ignore[arg-type]
