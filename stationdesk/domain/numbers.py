"""Numbers as people type them and read them."""

from __future__ import annotations

import re
from decimal import Decimal

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

DIGITS_AT_MOST = 18  # of what a counter or a gauge can show; longer is a slip of the hand
MINUS = "\u2212"

_HALF = str.maketrans("０１２３４５６７８９．。，、－−–—＋\u3000\u00a0\u2009\u202f\u2007", "0123456789..,,----+     ")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"([+-]?) ?([0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|(?=\.[0-9]))(\.[0-9]*)?")
_DECIMAL_COMMA = re.compile(r"[+-]? ?[0-9]+,[0-9]+")
_WITH_UNIT = re.compile(r"([+-]? ?[0-9,]*\.?[0-9]+)\s*([^0-9\s.,+-].*)")


class NumberError(DomainError):
    """What was typed cannot be a value."""

    words = N_("“{typed}” is not a number.")
    field = "value"


class NoNumberError(NumberError):
    """Nothing was typed."""

    words = N_("No number was typed.")


class DecimalCommaError(NumberError):
    """12,5 may mean 12.5 or be a thousands comma in the wrong place: nobody may guess it."""

    words = N_("“{typed}”: write the decimals after a point, as in 12.5; a comma only parts thousands, as in 13,110.")


class NumberWithUnitError(NumberError):
    """A unit or a word was typed behind the number; 1.2万 or 342 kPa would be another value than it seems."""

    words = N_("“{typed}”: write the number only, in the unit of the column, without “{unit}”.")


class NumberTooLongError(NumberError):
    """More digits than any instrument shows."""

    words = N_("“{typed}” has more than {digits} digits.")


def half_width(text: str) -> str:
    """Digits, point, comma, signs and blanks of a Chinese input method as their half-width fellows."""
    return text.translate(_HALF).strip()


def parse(text: str) -> Decimal:
    """The number typed, with its decimals kept as typed (2.40 stays 2.40).

    Full-width digits and signs, the Chinese full stop as point and thousands commas or blanks are understood.
    NumberError and its kinds say why it is none; no unit is cut off and no decimal comma guessed.
    """
    if len(text) <= DIGITS_AT_MOST and _PLAIN.fullmatch(text):  # what is typed nearly always
        return Decimal(text)
    typed = half_width(text)
    if not typed:
        raise NoNumberError(typed="")
    found = _NUMBER.fullmatch(typed)
    if found is None:
        raise _refusal(typed)
    whole = found[2].replace(",", "").replace(" ", "")
    decimals = (found[3] or "").removeprefix(".")
    if len(whole) + len(decimals) > DIGITS_AT_MOST:
        raise NumberTooLongError(typed=_short(typed), digits=DIGITS_AT_MOST)
    value = Decimal(f"{whole or '0'}.{decimals}" if decimals else whole)
    return -value if found[1] == "-" and value else value


def _refusal(typed: str) -> NumberError:
    if _DECIMAL_COMMA.fullmatch(typed):
        return DecimalCommaError(typed=_short(typed))
    if typed.isprintable() and (unit := _WITH_UNIT.fullmatch(typed)):
        return NumberWithUnitError(typed=_short(typed), unit=_short(unit[2]))
    return NumberError(typed=_short(typed))


def _short(text: str) -> str:
    visible = "".join(c if c.isprintable() else "□" for c in text[:24])
    return visible if len(text) <= 24 else f"{visible[:23]}…"


def shown(value: Decimal | int, decimals: int | None = None) -> str:
    """The number as it is read in both languages: 13,110, −5.0; with the decimals given, else as many as were typed."""
    text = f"{Decimal(value):,.{decimals}f}" if decimals is not None else f"{Decimal(value):,f}"
    bare = text.lstrip("-")
    return f"{MINUS}{bare}" if text.startswith("-") and bare.strip("0.,") else bare


def to_type(value: Decimal | int) -> str:
    """The number as it stands in a field, ready to be typed over: −5.0, 13110; `parse` reads it back."""
    return format(Decimal(value), "f").replace("-", MINUS)


def shown_signed(value: Decimal | int, decimals: int | None = None) -> str:
    """A change with its sign: +4,350, −0.02, 0."""
    text = shown(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def parse_block(text: str) -> tuple[tuple[str, ...], ...]:
    """A block pasted from a spreadsheet as rows of cells; cells are trimmed, an empty last line is none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    if lines == [""]:
        return ()
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines)
