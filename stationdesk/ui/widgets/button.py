"""The button: box, hover and pressed come from the sheet; icon, words and the key inside are painted."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyleOptionButton

from stationdesk.domain.permissions import NotAllowedError, whose
from stationdesk.domain.words import _
from stationdesk.ui.widgets import icons
from stationdesk.ui.widgets.keycap import cap_width, draw_cap, shortcut
from stationdesk.ui.widgets.paint import SMOOTH, advance, elided, text_at
from stationdesk.ui.widgets.spoken import Spoken, Words, said
from stationdesk.values import dataclass

GAP = 8


@dataclass(frozen=True)
class _Look:
    """pad: pixels at the sides; high: height; role: style of the words; ink: token of the words."""

    pad: int = 13
    high: int = 32
    role: str = "body"
    ink: str = "text"
    icon: int = 16


_LOOKS = {
    "": _Look(),
    "primary": _Look(role="strong", ink="on-accent"),
    "amber": _Look(),
    "small": _Look(pad=9, high=28),
    "chip": _Look(pad=8, high=24, role="label"),
    "link": _Look(pad=0, high=20, ink="accent"),
    "bare": _Look(pad=6, high=28, ink="text-2"),
    "rail": _Look(pad=8, icon=20),
    "find": _Look(pad=9, high=28, role="label", ink="text-2"),
}


class Button(Spoken, QPushButton):
    """look: "" primary amber small chip link bare rail find. key ("F5", "Ctrl Enter") is shown inside and heard in the window;
    heard=False: shown only, for the window hears it anyway. count stands at the right in a quiet tone. block(reason) disables it and
    says why in the button itself; keep_for(refusal) says whose it is."""

    def __init__(
        self,
        words: Words,
        icon: str = "",
        key: str = "",
        look: str = "",
        count: str = "",
        role: str = "",
        on_click: Callable[[], object] | None = None,
        heard: bool = True,
    ) -> None:
        super().__init__()
        self.words, self.icon_name, self.key, self.look, self.count = words, icon, key, look, count
        self.reason: Words = ""
        self.beside = False
        self.dress = _LOOKS[look]
        self.role = role or self.dress.role
        self.setProperty("look", look)
        self.setFixedHeight(self.dress.high)
        self.setCheckable(look == "rail")
        self.setAutoDefault(False)
        if key and heard:
            shortcut(self, key, self.click)
        self._on_click = on_click
        self.clicked.connect(self._pressed)
        self.reword()

    def _pressed(self) -> None:
        if self._on_click is not None:
            self._on_click()

    def say(self, words: Words, count: str | None = None) -> None:
        """Other words, and another count."""
        self.words = words
        self.count = self.count if count is None else count
        self.reword()

    def block(self, reason: Words = "", beside: bool = False) -> None:
        """Disable with a reason that is read in the button (beside: next to it); without a reason it can be pressed again."""
        self.reason, self.beside = reason, beside
        self.setEnabled(not reason)
        self.reword()

    def keep_for(self, refusal: NotAllowedError | None, beside: bool = False) -> None:
        """Block it for who may not do it, naming whose action it is; None: they may."""
        self.block((lambda: whose(refusal)) if refusal is not None else "", beside)

    def reword(self) -> None:
        why = said(self.reason)
        inside = why and self.look != "rail" and not self.beside
        self.setText(_("{action}, {reason}").format(action=self.said(), reason=why) if inside else self.said())
        self.setAccessibleName(self.text().replace("&", ""))
        self.setAccessibleDescription(why or (_("Key {key}").format(key=self.key) if self.key else ""))
        self.setToolTip(why)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        inside = math.ceil(advance("strong" if self.look == "rail" else self.role, self.text()))
        inside += self.dress.icon + GAP if self.icon_name else 0
        inside -= GAP if self.icon_name and not self.text() else 0
        inside += cap_width(self.key) + GAP if self.key else 0
        return QSize(2 * self.dress.pad + inside, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does; Qt does so in dialogs only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """The style paints the box alone."""
        super().initStyleOption(option)
        option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        self.paint_inside(p)

    def paint_inside(self, p: QPainter) -> None:
        """Icon, words, and the count or the key."""
        ink = self.dress.ink if self.isEnabled() else "text-off"
        middle, right = self.height() / 2, float(self.width() - self.dress.pad)
        right = self._end(p, right, middle, ink)
        x = float(self.dress.pad)
        if self.icon_name:
            size = self.dress.icon
            icons.draw(p, self.icon_name, x, middle - size / 2, size, self._tint(ink))
            x += size + GAP
        role = "strong" if self.look == "rail" and self.isChecked() else self.role
        text_at(p, x, middle, elided(role, self.text(), right - x + 0.5), role, ink)

    def _tint(self, ink: str) -> str:
        if self.look != "rail" or not self.isEnabled():
            return ink
        return "accent" if self.isChecked() else "text-2"

    def _end(self, p: QPainter, right: float, middle: float, ink: str) -> float:
        """The count or the key at the right end; returns where the words must stop."""
        if self.count or self.look == "find":
            text = self.count or self.key
            text_at(p, right, middle, text, "label", "text-2" if self.isEnabled() else "text-off", 1)
            return right - advance("label", text) - GAP / 2
        if not self.key:
            return right
        if not self.isEnabled():
            tones = (ink, "hairline")
        else:
            tones = (ink, ink) if self.look == "primary" else ("text-2", "line-strong")
        draw_cap(p, right - cap_width(self.key), middle, self.key, *tones)
        return right - cap_width(self.key) - GAP
