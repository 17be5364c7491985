"""The three faces on paper: loaded once, when the first sheet is made, and what they can and cannot draw."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from stationdesk.paths import resources
from stationdesk.reports.breaking import Line, Run, meetings, seams

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

GETA = "〓"  # stands for a character that no font has
_LIGATURES = "ﬀﬁﬂﬃﬄ"
_SPELT = str.maketrans({char: unicodedata.normalize("NFKC", char) for char in _LIGATURES})
FAMILY = "StationDeskSansSC"
FACES = ("Regular", "Medium", "Bold")

_lock = Lock()
_loaded: dict[str, TTFont] = {}


def font(face: str) -> TTFont:
    """A face, ready to be embedded. FileNotFoundError where resources/fonts is not whole."""
    if face not in _loaded:
        with _lock:
            _load()
    return _loaded[face]


def _load() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from stationdesk.reports.tounicode import mend

    mend()
    for face in FACES:
        if face in _loaded:
            continue
        path = font_path(face)
        if not path.is_file():
            raise FileNotFoundError(f"the font {path.name} is missing in {path.parent}")
        made = TTFont(f"{FAMILY}-{face}", str(path))
        pdfmetrics.registerFont(made)
        _loaded[face] = made


def font_path(face: str) -> Path:
    """The file of a face."""
    return resources() / "fonts" / f"{FAMILY}-{face}.ttf"


@cache
def fonts_version() -> str:
    """Name and digest of the three files: the same version draws the same bytes."""
    digest = hashlib.sha256()
    for face in FACES:
        digest.update(font_path(face).read_bytes())
    return f"{FAMILY} {digest.hexdigest()[:12]}"


@cache
def _widths(face: str) -> Mapping[int, float]:
    widths: Mapping[int, float] = font(face).face.charWidths  # thousandths of an em
    return widths


@cache
def _glyphs() -> Mapping[int, Any]:
    glyphs: Mapping[int, Any] = font("Regular").face.charToGlyph
    return glyphs


def missing(text: str) -> list[str]:
    """The characters of a text that no face has, in their order, each once. Line ends are not drawn and not missing."""
    return list(dict.fromkeys(char for char in text if char != "\n" and ord(char) not in _glyphs()))


def printable(text: str) -> str:
    """The text as it can be drawn: 〓 for what no face has, never a blank or an empty box; a ligature as its letters.

    A pasted ligature looks the same as its letters, and letters are what readers of the file find in its place.
    """
    if text.isascii() and text.isprintable():
        return text
    known = _glyphs()
    if any(char in _LIGATURES for char in text):
        text = text.translate(_SPELT)
    return "".join([char if ord(char) in known else GETA for char in text])


@lru_cache(maxsize=20_000)
def em(text: str, face: str) -> float:
    """How long a text is, in em of its size."""
    widths = _widths(face)
    return float(sum([widths[ord(char)] for char in printable(text)])) / 1000 - 0.5 * len(meetings(text))


def width(text: str, run: Run, size: float, face: str = "Regular") -> float:
    """Points of the words in the dress of a run."""
    return em(text, "Bold" if run.bold else face) * size * run.size


def line_width(line: Line, size: float, face: str = "Regular") -> float:
    """Points of a whole line."""
    return sum(width(run.text, run, size, face) - back * size for run, back in seams(line))
