"""Numbers of a file: decimal points and commas, thousands, units behind them, places that stand for no value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from stationdesk.domain.metering.archive.refusals import (
    ArchiveFormulaError,
    ArchiveNumberError,
    ArchiveRoundedError,
    ArchiveUnitError,
)
from stationdesk.domain.metering.archive.units import Unit, unit_of
from stationdesk.domain.metering.archive.values import Cell

_NOTHING = re.compile(r"[-–—―_/*?×#.~]*|n/?a|nan|null|none|nil|无|缺|空|missing|no data|无数据|未读|invalid")
_BLANKS = re.compile("[\\s\u00a0\u2009\u202f'’`]")
_POINT = re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|(?=\.[0-9]))(?:\.[0-9]*)?")
_COMMA = re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|(?=,[0-9]))(?:,[0-9]*)?")
_SIMPLE = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,12})?")
_ROUNDED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+")
_LEADING = re.compile(r"([+-]?[0-9][0-9., '\u00a0]*)(.*)")
_MINUS = str.maketrans("−–—", "---")


def text_of(cell: Cell) -> str:
    """The cell as text, half width, without blanks around it."""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFKC", cell).strip()


def blank(cell: Cell) -> bool:
    """Nothing in it."""
    return not isinstance(cell, Decimal) and not cell.strip()


def nothing(cell: Cell) -> bool:
    """Empty, or a mark that stands for no value: --, N/A, 无."""
    if isinstance(cell, Decimal):
        return False
    return not cell or (len(cell) < 20 and _NOTHING.fullmatch(text_of(cell).casefold()) is not None)


def number(cell: Cell, decimal: str) -> tuple[Decimal | None, Unit | None]:
    """The cell's number, None for no value, and the unit that stands behind it. ArchiveNumberError and its fellows."""
    if isinstance(cell, Decimal):
        return cell, None
    if nothing(cell):
        return None, None
    text = text_of(cell)
    if _SIMPLE.fullmatch(text) and decimal == ".":
        return Decimal(text), None
    if text.startswith("=") or text in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"):
        raise ArchiveFormulaError
    bare = _BLANKS.sub("", text).translate(_MINUS)
    if (value := _exact(bare, decimal)) is not None:
        return value, None
    if _ROUNDED.fullmatch(bare.casefold()):
        raise ArchiveRoundedError(typed=short(text))
    return _with_unit(text, decimal)


def _with_unit(text: str, decimal: str) -> tuple[Decimal | None, Unit | None]:
    found = _LEADING.fullmatch(text.translate(_MINUS))
    value = _exact(_BLANKS.sub("", found[1]), decimal) if found else None
    if found is None or value is None:
        raise ArchiveNumberError(typed=short(text))
    unit = unit_of(found[2])
    if unit is None and re.search("[0-9]", found[2]):
        raise ArchiveNumberError(typed=short(text))
    if unit is None:
        raise ArchiveUnitError(typed=short(text), unit=short(found[2].strip()))
    return value, unit


def _exact(bare: str, decimal: str) -> Decimal | None:
    if len(bare) > 30 or not (_COMMA if decimal == "," else _POINT).fullmatch(bare):
        return None
    made = bare.replace(".", "").replace(",", ".") if decimal == "," else bare.replace(",", "")
    return Decimal(made.rstrip(".") if made.endswith(".") else made)


def numeric(cell: Cell) -> bool:
    """Whether it is a number under either decimal sign."""
    if isinstance(cell, Decimal):
        return True
    bare = _BLANKS.sub("", text_of(cell)).translate(_MINUS)
    return bool(bare) and any(_exact(bare, sign) is not None for sign in ".,")


def decimal_of(cells: Iterable[Cell]) -> str:
    """The decimal sign the cells show: "." or ",", "" where they could be read either way, "?" where they contradict each other.

    1.204.014,3 and 12,50 and 0,342 show a comma; 1,204,014.3 and 12.50 and 0.342 a point; 48,231 alone shows nothing.
    """
    shown: set[str] = set()
    open_question = False
    for cell in cells:
        if isinstance(cell, Decimal) or not numeric(cell):
            continue
        bare = _BLANKS.sub("", text_of(cell)).lstrip("+-−")
        sign = _shown(bare)
        shown |= {sign} - {"", "?"}
        open_question |= sign == "?"
    if len(shown) > 1:
        return "?"
    return shown.pop() if shown else "" if open_question else "."


def _shown(bare: str) -> str:
    """What one number shows of the sign: "?" for 48,231 or 1.828, "" for a number without any."""
    marks = [c for c in bare if c in ".,"]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return "." if marks[0] == "," else ","
    before, _mark, after = bare.partition(marks[0])
    if len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0"):
        return "?"
    return marks[0]


def short(text: str) -> str:
    """What stood there, not longer than a line."""
    visible = "".join(c if c.isprintable() else "□" for c in text[:32])
    return visible if len(text) <= 32 else f"{visible[:31]}…"
