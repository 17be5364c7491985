"""Codes people copy from paper: Crockford's base 32 without I, L, O, U, in groups of four (5×4 letters, 100 bits)."""

from __future__ import annotations

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = 20
GROUP = 4
BYTES = 13  # 104 bits, of which 100 are used

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_PARTING = str.maketrans("", "", " -–—−\u3000\t\r\n")


class CodeShapeError(DomainError):
    """What was typed has not the shape of a code."""

    words = N_("A code has {letters} letters and digits in groups of four, as in 7F3A-Q2WD-9KTM-5HXR-C8VN.")
    field = "code"


def from_bytes(random: bytes, letters: int = LETTERS) -> str:
    """A code of so many letters from random bytes, five bits a letter. ValueError for too few bytes."""
    if len(random) * 8 < letters * 5:
        raise ValueError(f"{letters} letters need {letters * 5} bits, got {len(random) * 8}")
    number = int.from_bytes(random, "big") >> (len(random) * 8 - letters * 5)
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(letters)))


def normal(text: str, letters: int = LETTERS) -> str:
    """The code typed, without its dashes, in capitals, O read as 0, I and L as 1. CodeShapeError if it is none."""
    half = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    code = half.translate(_PARTING).upper().translate(_READ_AS)
    if len(code) != letters or any(c not in ALPHABET for c in code):
        raise CodeShapeError(letters=letters)
    return code


def grouped(code: str) -> str:
    """7F3A-Q2WD-9KTM-5HXR-C8VN: as it is printed."""
    return "-".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))
