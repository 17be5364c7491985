"""Tokens, type scale, palette and the one style sheet. Nothing else in the program names a colour or a size of type."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from stationdesk import paths

FAMILY = "StationDesk Sans SC"
THEMES = ("light", "dark")

#: role -> size, line (both in logical pixels), weight
TYPE: dict[str, tuple[int, int, int]] = {
    "countdown": (36, 40, 500),
    "value": (28, 32, 500),
    "clock": (24, 28, 500),
    "second": (14, 20, 400),
    "title": (20, 28, 500),
    "name": (16, 24, 500),
    "big": (16, 24, 400),
    "strong": (13, 20, 500),
    "body": (13, 20, 400),
    "fact": (13, 18, 400),
    "fact-strong": (13, 18, 500),
    "label": (12, 16, 400),
    "label-strong": (12, 16, 500),
    "axis": (11, 16, 400),
}

_on_screen = ["light"]


def current() -> str:
    """The theme on screen: light or dark."""
    return _on_screen[0]


@cache
def tokens(theme: str) -> dict[str, str]:
    """Token -> #RRGGBB of one theme, from its file."""
    lines = (paths.resources() / "themes" / f"{theme}.toml").read_text("utf-8")
    return dict(re.findall(r'^([\w-]+) = "(#\w+)"', lines, re.MULTILINE))  # a TOML of pairs alone, read without importing its parser


def color(token: str) -> QColor:
    """The colour of a token in the theme on screen; painted things ask when they paint."""
    return _colors(current())[token]


@cache
def _colors(theme: str) -> dict[str, QColor]:
    return {token: QColor(value) for token, value in tokens(theme).items()}


@cache
def font(role: str) -> QFont:
    """The font of a role of the type scale; one shared object, not to be changed."""
    size, _line, weight = TYPE[role]
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # else widths are rounded and differ with the scale
    return made


def struck(role: str) -> QFont:
    """The font of a role, struck through: a value that was corrected."""
    made = QFont(font(role))
    made.setStrikeOut(True)
    return made


def apply(app: QApplication, theme: str) -> None:
    """Palette first, sheet second: the sheet polishes once, with the new palette."""
    _on_screen[0] = theme
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(theme))
    hints = app.styleHints()
    hints.setColorScheme(Qt.ColorScheme.Dark if theme == "dark" else Qt.ColorScheme.Light)


def style_sheet(theme: str) -> str:
    """The sheet with its tokens filled in; an unknown token raises KeyError."""
    template = (paths.resources() / "themes" / "sheet.qss").read_text("utf-8")
    return re.sub(r"@([\w-]+)", lambda found: tokens(theme)[found[1]], template)


_ROLE = QPalette.ColorRole
_PALETTE: dict[str, list[QPalette.ColorRole]] = {
    "window": [_ROLE.Window],
    "raised": [_ROLE.Base, _ROLE.Button, _ROLE.ToolTipBase, _ROLE.Light],
    "header": [_ROLE.AlternateBase],
    "text": [_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.ToolTipText, _ROLE.HighlightedText, _ROLE.BrightText],
    "text-2": [_ROLE.PlaceholderText],
    "selection": [_ROLE.Highlight],
    "accent": [_ROLE.Link, _ROLE.LinkVisited, _ROLE.Accent],
    "hairline": [_ROLE.Midlight, _ROLE.Mid],
    "line-strong": [_ROLE.Dark, _ROLE.Shadow],
}


def _palette() -> QPalette:
    palette = QPalette()
    for token, roles in _PALETTE.items():
        for role in roles:
            palette.setColor(role, color(token))
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("text-off"))
    return palette
