"""What the window remembers from one start to the next: its place, its theme, its language, the stores it was opened on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

SMALLEST = (1366, 768)
TITLE_BAR = 32
NO_SCREEN = ("offscreen", "minimal")
"""Platforms whose screen is made up: nobody looks at it, and pictures and tests want the size they name."""
STORES = 4


class Place:
    """An ini file in the folder that the program may write; without a folder nothing is remembered."""

    def __init__(self, folder: Path | None) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat) if folder else None

    def restore(self, window: QWidget) -> None:
        """Put the window where it was; the first time at its smallest, or over the whole of a screen that has no room for that."""
        kept = self._settings.value("geometry") if self._settings else None
        if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
            return
        window.resize(*SMALLEST)
        if QGuiApplication.platformName() not in NO_SCREEN and not fits(window.screen().availableSize()):
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def keep(self, window: QWidget) -> None:
        """Remember where the window is."""
        if self._settings:
            self._settings.setValue("geometry", window.saveGeometry())
            self._settings.sync()

    def read(self, name: str, otherwise: str) -> str:
        """A word kept: "theme", "language"."""
        return str(self._settings.value(name, otherwise)) if self._settings else otherwise

    def write(self, name: str, value: str) -> None:
        """Keep a word."""
        if self._settings:
            self._settings.setValue(name, value)
            self._settings.sync()

    def stores(self) -> tuple[Path, ...]:
        """The stores opened here, the last one first; those that are gone are left out."""
        return tuple(each for each in self._stores() if each.is_file())

    def remember(self, store: Path) -> None:
        """A store was opened here."""
        if self._settings:
            store = store.absolute()
            kept = [store, *(each for each in self._stores() if each != store)][:STORES]
            self._settings.setValue("stores", [str(each) for each in kept])
            self._settings.sync()

    def _stores(self) -> list[Path]:
        kept = self._settings.value("stores", []) if self._settings else []
        return [Path(each) for each in ([kept] if isinstance(kept, str) else kept or [])]  # type: ignore[attr-defined]


def fits(room: QSize) -> bool:
    """Whether the smallest window, with a title bar, fits into what task bars leave of a screen."""
    return room.width() >= SMALLEST[0] and room.height() >= SMALLEST[1] + TITLE_BAR
