"""Load the shipped fonts and see that they are the ones asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication

from stationdesk import paths
from stationdesk.ui.widgets import theme

FILES = {"body": "Regular", "strong": "Medium"}


def load(app: QApplication) -> None:
    """Add Regular and Medium and make them the program's font; RuntimeError where Qt would silently take another."""
    for style in FILES.values():
        _add(paths.resources() / "fonts" / f"StationDeskSansSC-{style}.ttf")
    app.setFont(theme.font("body"))
    for role, wanted in FILES.items():
        if QFontInfo(theme.font(role)).family() != theme.FAMILY or QRawFont.fromFont(theme.font(role)).styleName() != wanted:
            raise RuntimeError(f"{wanted} is not in use")


def _add(path: Path) -> None:
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        raise RuntimeError(f"font cannot be loaded: {path.name}")


@cache
def _raw() -> QRawFont:
    return QRawFont.fromFont(theme.font("body"))


def missing(text: str) -> list[str]:
    """Characters of a text that the printing font lacks, each once; on paper they become 〓."""
    if text.isascii():
        return []
    return [sign for sign in dict.fromkeys(text) if not sign.isspace() and list(_raw().glyphIndexesForString(sign)) in ([0], [])]
