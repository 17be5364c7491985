"""What a Chinese keyboard writes, made half-width: digits and letters in a text, and all of a number."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from PySide6.QtGui import QValidator

_WIDE = {code: code - 0xFEE0 for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)) for code in range(start, end + 1)}
_SIGNS = str.maketrans({"。": ".", "、": ",", "−": "-", "–": "-", "—": "-"})
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?")
LETTERS = set("0123456789.,+-")


def tidy(text: str) -> str:
    """Full-width digits and Latin letters to half-width; Chinese punctuation stays."""
    return text.translate(_WIDE)


def half_width(text: str) -> str:
    """A number as typed, with every sign half-width (NFKC) and without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split())


def number(text: str) -> Decimal | None:
    """The value typed, digits kept (2.40 stays 2.40); thousands commas allowed. None for an empty text, ValueError for no number."""
    text = half_width(text)
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or not any(sign.isdigit() for sign in text):
        raise ValueError(text)
    return Decimal(text.replace(",", ""))


class Digits(QValidator):
    """Turns signs half-width while they are typed and lets nothing but a number's characters in."""

    def validate(self, typed: str, position: int) -> tuple[QValidator.State, str, int]:
        turned = half_width(typed)
        good = set(turned) <= LETTERS
        return (QValidator.State.Acceptable if good else QValidator.State.Invalid), turned, min(position, len(turned))
