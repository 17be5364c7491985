"""The tokens are those of the look, their contrast is enough, fonts and icons are the shipped ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from stationdesk import paths
from stationdesk.ui.widgets import fonts, icons, theme

GROUNDS = ("window", "rail", "surface", "raised", "header", "hover", "selection")
#: what is read, and the grounds it is read on
READ = {
    "text": (*GROUNDS, "band", "track"),
    "text-2": GROUNDS,
    "accent": ("window", "surface", "raised", "selection", "header"),
    "on-accent": ("accent", "accent-hover"),
    "amber-fg": ("amber-bg", *GROUNDS),
    "red-fg": ("red-bg", "surface", "raised", "window"),
    "good": ("surface", "raised"),
    "surface": ("text",),
    "shift-early-ink": ("shift-early",),
    "shift-middle-ink": ("shift-middle",),
    "shift-night-ink": ("shift-night",),
}
#: no text, but to be seen
SEEN = {
    "focus": ("window", "surface", "raised", "selection"),
    "line-field": ("surface", "raised"),
    "amber-mark": ("surface", "raised"),
    "red-mark": ("surface", "raised"),
    "trend": ("band", "surface"),
    "bar": ("track", "surface"),
}


def luminance(value: str) -> float:
    parts = [int(value[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_low(name: str, pairs: dict[str, tuple[str, ...]], least: float) -> list[str]:
    tokens = theme.tokens(name)
    found = [(ink, ground, contrast(tokens[ink], tokens[ground])) for ink, grounds in pairs.items() for ground in grounds]
    return [f"{ink} on {ground}: {ratio:.2f}" for ink, ground, ratio in found if round(ratio, 1) < least]


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", theme.THEMES)
def test_everything_read_has_a_contrast_of_four_and_a_half(name: str) -> None:
    assert too_low(name, READ, 4.5) == []


@pytest.mark.parametrize("name", theme.THEMES)
def test_everything_else_seen_has_a_contrast_of_three(name: str) -> None:
    assert too_low(name, SEEN, 3.0) == []


def test_both_themes_have_the_same_tokens() -> None:
    assert theme.tokens("light").keys() == theme.tokens("dark").keys()


def test_the_sheet_holds_no_font_and_no_text_colour() -> None:
    """A sheet beats setFont and palettes: only a tool tip, which is Qt's own label, has its colour there."""
    sheet = (paths.resources() / "themes" / "sheet.qss").read_text("utf-8")
    rules = re.findall(r"([^{}]+)\{([^}]*)\}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    assert [name.strip() for name, body in rules if re.search(r"(?<![-\w])(font[-\w]*|color)\s*:", body)] == ["QToolTip"]
    assert "#" not in "".join(body for _name, body in rules), "a colour that is no token"


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_palette_follows_the_theme(dressed: QApplication, name: str) -> None:
    theme.apply(dressed, name)
    assert theme.current() == name
    assert dressed.palette().window().color().name().upper() == theme.tokens(name)["window"]
    assert theme.color("text").name().upper() == theme.tokens(name)["text"]


def test_no_module_of_the_window_names_a_colour() -> None:
    code = Path(theme.__file__).parent.parent
    named = [path.name for path in code.rglob("*.py") if re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))]
    assert named == []


def test_digits_are_tabular_and_medium_is_wider_than_regular() -> None:
    metrics = QFontMetricsF(theme.font("body"))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    assert QFontMetricsF(theme.font("strong")).horizontalAdvance("MPa") > metrics.horizontalAdvance("MPa")


def test_names_outside_the_old_character_sets_are_in_the_font_and_others_are_named() -> None:
    assert fonts.missing("镕喆堃祎赟䶮㛃𬱖 〓△✓≤³·…“”，。") == []
    assert fonts.missing("张𬎆☐☐") == ["𬎆", "☐"]


def test_every_icon_shipped_can_be_drawn_and_is_tinted() -> None:
    for path in sorted((paths.resources() / "icons").glob("*.svg")):
        image = icons.pixmap(path.stem, 20, "#265C8C", 1.0).toImage()
        inked = [image.pixelColor(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 150]
        assert inked, path.stem
        assert all(abs(pixel.red() - 0x26) <= 2 and abs(pixel.blue() - 0x8C) <= 2 for pixel in inked), path.stem


def test_every_icon_named_in_code_is_shipped() -> None:
    code = Path(theme.__file__).parent.parent
    shipped = {path.stem for path in (paths.resources() / "icons").glob("*.svg")}
    calls = re.compile(r'\b(?:icon|show_sign|icons\.draw)\((?:p, )?"([a-z0-9-]+)"')
    named = {name for path in code.rglob("*.py") for name in calls.findall(path.read_text("utf-8"))}
    assert named
    assert named - shipped == set()
