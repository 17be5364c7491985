"""The sheet for the sealed envelope. It is never a file of the program and never in the store: drawn straight onto the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPainter, QPen
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from stationdesk.services.care import Founded

MM = 25.4
INK, LEFT, TOP, WIDE = QColor("black"), 25, 30, 160
A_PAGE = 22


def print_sheet(owner: QWidget, founded: Founded) -> str:
    """Ask for a printer and print: "printed", "given up", or "none" where there is no printer."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinters():
        return "none"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer, owner).exec() != QPrintDialog.DialogCode.Accepted:
        return "given up"
    draw(printer, founded)
    return "printed"


def draw(device: QPrinter | QPagedPaintDevice, founded: Founded) -> None:
    """The sheet on a page of A4."""
    p = QPainter(device)
    try:
        p.scale(device.logicalDpiX() / MM, device.logicalDpiY() / MM)
        _draw(p, founded)
        _draw_others(p, device, founded)
    finally:
        p.end()


def _draw(p: QPainter, founded: Founded) -> None:
    """In millimetres from the upper left of the printable page."""
    y = _text(p, TOP, 6.5, _("Recovery code"), bold=True)
    y = _text(p, y + 4, 4.5, founded.station)
    y = _text(p, y, 4.5, _("Chief: {name}   Login: {login}").format(name=founded.chief, login=founded.login))
    p.setPen(QPen(INK, 0.4))
    p.drawRect(QRectF(LEFT, y + 6, WIDE, 24))
    _text(p, y + 13, 8, founded.recovery_code, middle=True)
    for words in (
        _("Fold this sheet, seal it in an envelope, sign across the flap, and lock it away from the desk."),
        _("Use: on the locked desk press F10, Password forgotten, and type login, code and a new password."),
        _("The code works one time. Its use is journaled and told to the chiefs; make a new one afterwards."),
    ):
        y = _text(p, y + (38 if y < 90 else 3), 4, words)


def _draw_others(p: QPainter, device: QPrinter | QPagedPaintDevice, founded: Founded) -> None:
    """First passwords on pages of their own, to be cut into strips."""
    for start in range(0, len(founded.first_passwords), A_PAGE):
        device.newPage()
        y = _text(p, TOP, 6.5, _("First passwords"), bold=True) + 4
        for name, login, password in founded.first_passwords[start : start + A_PAGE]:
            y = _text(p, y, 4.5, _("{name}   login {login}   password {password}").format(name=name, login=login, password=password)) + 3


def _text(p: QPainter, y: float, size: float, words: str, bold: bool = False, middle: bool = False) -> float:
    """A paragraph `size` millimetres high; returns where the next may begin."""
    font = QFont(theme.font("body").family())
    font.setPixelSize(100)
    font.setWeight(QFont.Weight(500 if bold else 400))
    share = size / 100
    p.save()
    p.setPen(INK)
    p.setFont(font)
    p.translate(LEFT, y)
    p.scale(share, share)
    flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft)
    room = QRectF(0, 0, WIDE / share, 10000)
    used = p.boundingRect(room, flags, words)
    p.drawText(room, flags, words)
    p.restore()
    return y + used.height() * share + 1
