"""What a Chinese keyboard writes, made half-width while it is typed: all of a number, digits and letters in a text."""

from __future__ import annotations

from PySide6.QtGui import QValidator

from stationdesk.domain.numbers import half_width

__all__ = ["Digits", "half_width", "tidy"]

_WIDE = {code: code - 0xFEE0 for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)) for code in range(start, end + 1)}


def tidy(text: str) -> str:
    """Full-width digits and Latin letters to half-width; Chinese punctuation stays."""
    return text.translate(_WIDE)


class Digits(QValidator):
    """Turns the signs of a number half-width and refuses nothing: what is no number stays in the field and is told so there."""

    def validate(self, typed: str, position: int) -> tuple[QValidator.State, str, int]:
        turned = half_width(typed)
        return QValidator.State.Acceptable, turned, min(position, len(turned))
