"""The sheet as it would print on the form being edited: its pages are made again shortly after a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.paper import Template
from stationdesk.domain.words import _
from stationdesk.reports.fitting import fitted
from stationdesk.services import Store
from stationdesk.ui.runner import Runner
from stationdesk.ui.runner.task import Task
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.pdf_pages import Paper, papers, picture
from stationdesk.ui.widgets.preview import Preview

AFTER_MS = 350


@dataclass(frozen=True)
class Pages:
    """A sheet made, and the size of its pages."""

    pdf: bytes
    papers: tuple[Paper, ...]
    sample: bool


class SheetPreview(Card):
    """show_form(report, template): at once. follow(…): when typing pauses. unfit(error): the form does not fit the sheet."""

    unfit = Signal(object)

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.pdf = b""
        self.wish: tuple[str, Template] | None = None
        self.making: Task | None = None
        self.language = Choice([Option("zh_CN", "中文"), Option("en", "English")], lambda: _("Language"))
        self.said = Line("", "label text-2", elide=True)
        self.preview = Preview()
        self.empty = EmptyState(lambda: _("The pages are being made …"))
        self.middle = QStackedWidget()
        for each in (self.empty, self.preview):
            self.middle.addWidget(each)
        zooms = (
            Button("−", look="small", on_click=self.preview.smaller),
            Button(lambda: _("Fit width"), look="small", on_click=self.preview.fit),
            Button("+", look="small", on_click=self.preview.larger),
        )
        for key, slot in (("Ctrl -", self.preview.smaller), ("Ctrl 0", self.preview.fit), ("Ctrl =", self.preview.larger)):
            shortcut(self.preview, key, slot)
        head = row(self.said, None, *zooms, self.language, sides=16, spacing=4)
        head.addStrut(48)
        super().__init__(head, rule(), self.middle, sides=0)
        self.body.setStretch(2, 1)
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self._make)
        self.preview.wanted.connect(self._draw)
        self.language.chosen.connect(self._make)

    def show_form(self, report: str, template: Template) -> None:
        """Another sheet."""
        self.wish = (report, template)
        self.middle.setCurrentWidget(self.empty)
        self._make()

    def follow(self, report: str, template: Template) -> None:
        """The same sheet, changed."""
        self.wish = (report, template)
        self._timer.start()

    def _make(self, _language: object = None) -> None:
        self._timer.stop()
        if self.making is not None:
            self.making.cancel()
        if self.wish is not None:
            report, template = self.wish
            args = (report, template, self.language.value() or "zh_CN", self.runner.now())
            self.making = self.runner.query(self, _pages, *args, on_done=self._show, on_error=self._failed, bench=True)

    def _show(self, pages: Pages) -> None:
        self.pdf = pages.pdf
        self.middle.setCurrentWidget(self.preview)
        self.preview.show_pages(pages.papers)
        self.said.say(
            (lambda: _("Preview of a sample: there is no record yet")) if pages.sample else lambda: _("Preview of the latest record")
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DomainError):
            self.empty.say(lambda: say(error))
            self.middle.setCurrentWidget(self.empty)
            self.unfit.emit(error)
        else:
            raise error

    def _draw(self, page: int, scale: float) -> None:
        self.runner.query(self, _drawn, self.pdf, page, scale, on_done=self._take, bench=True)

    def _take(self, drawn: tuple[bytes, int, float, QImage]) -> None:
        pdf, page, scale, image = drawn
        if pdf is self.pdf:
            self.preview.take_image(page, scale, image)


def _pages(store: Store, report: str, template: Template, language: str, at: datetime) -> Pages:
    made = fitted(store, report, template, language, at)
    return Pages(made.pdf, papers(made.pdf), made.sample)


def _drawn(store: Store, pdf: bytes, page: int, scale: float) -> tuple[bytes, int, float, QImage]:
    return pdf, page, scale, picture(store, pdf, page, scale)
