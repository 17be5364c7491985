"""A sheet onto paper: the printer asked for, then page after page of the very bytes, drawn in the bench thread at 300 dots an inch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _
from stationdesk.services import Store
from stationdesk.ui.reports import asks
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.pdf_pages import Paper

DOTS = 300
SCALE = DOTS / 72


class PrinterError(DomainError):
    words = N_("The printer did not take the sheet. Look whether it is on and has paper, or choose another one.")


def ask_printer(owner: QWidget, title: str) -> QPrinter | None:
    """The system's own dialog; None when the person thought better of it. Always whole sheets: the record is of whole sheets."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(title)
    dialog = QPrintDialog(printer, owner)
    for option in (QAbstractPrintDialog.PrintDialogOption.PrintPageRange, QAbstractPrintDialog.PrintDialogOption.PrintSelection):
        dialog.setOption(option, False)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


class PrintJob(QObject):
    """begin() opens the printer; go() draws, in the bench thread, for a page at 300 dots takes a third of a second.

    progressed(page, all) as each is begun, then finished(), failed(error), or stopped(pages that were drawn).
    """

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(object)
    stopped = Signal(int)

    def __init__(self, runner: Runner, printer: QPrinter, pdf: bytes, papers: Sequence[Paper], parent: QObject) -> None:
        super().__init__(parent)
        self.runner, self.printer, self.pdf, self.papers = runner, printer, pdf, tuple(papers)
        copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
        self.order = [page for _copy in range(copies) for page in range(len(papers))]
        self.at = 0
        self.stopping = False
        self.painter = QPainter()

    def begin(self) -> None:
        """Take the printer. PrinterError."""
        self.printer.setResolution(DOTS)
        self.printer.setFullPage(True)
        self._turn(0)
        if not self.painter.begin(self.printer):
            raise PrinterError
        self.painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def go(self) -> None:
        """Draw the next page, or end."""
        if self.stopping:
            self.give_up()
            self.stopped.emit(self.at)
        elif self.at == len(self.order):
            self.painter.end()
            self.finished.emit()
        else:
            self.progressed.emit(self.at + 1, len(self.order))
            self.runner.query(self, self._draw, on_done=self._drawn, on_error=self._fail, bench=True)

    def stop(self) -> None:
        """Take the rest back as soon as the page being drawn is done."""
        self.stopping = True

    def give_up(self) -> None:
        """Let the printer go; nothing may be drawing."""
        if self.painter.isActive():
            self.printer.abort()
            self.painter.end()

    def _draw(self, store: Store) -> None:
        """In the bench thread: a painter on a printer may work in any one thread at a time."""
        page = self.order[self.at]
        image = asks.plate(store, self.pdf, page, SCALE)
        if self.at:
            self._turn(page)
            if not self.printer.newPage():
                raise PrinterError
        self.painter.drawImage(self._place(image), image)

    def _drawn(self, _nothing: object) -> None:
        self.at += 1
        self.go()

    def _turn(self, page: int) -> None:
        wide, high = self.papers[page]
        self.printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait)

    def _place(self, image: QImage) -> QRectF:
        """The whole paper; on paper of another shape as large as fits, in the middle."""
        paper = self.printer.paperRect(QPrinter.Unit.DevicePixel)
        size = QSizeF(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((paper.width() - size.width()) / 2, (paper.height() - size.height()) / 2, size.width(), size.height())

    def _fail(self, error: DomainError) -> None:
        self.give_up()
        self.failed.emit(error)


def page_words(page: int, count: int) -> str:
    """Printing, page 2 of 3."""
    return _("Printing, page {n} of {all}").format(n=page, all=count)
