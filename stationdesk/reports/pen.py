"""The only module that writes PDF. Points from the top left; a line of text is one marked piece and is noted as recorded.

Operators are written here and not through reportlab's text objects: those set font and colour anew for each piece and took
half of the time of a sheet. reportlab keeps pages, fonts, subsets, compression and the file.
"""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from stationdesk.reports import qr
from stationdesk.reports.breaking import CLOSING, Line, Run, meetings, seams
from stationdesk.reports.fonts import FAMILY, em, font, line_width, missing, printable
from stationdesk.reports.structure import Tags, write_structure

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

GREY = 0.36  # of words that are not the record itself
_ARC = 0.5523  # control points of a quarter circle, in radii


def _n(value: float) -> str:
    """A hundredth of a point is finer than any printer."""
    return f"{value:.2f}"


class Pen:
    """Draws pages one after the other; `finish` gives the file."""

    def __init__(self, size: tuple[float, float], *, title: str, author: str, language: str, subject: str = "", keywords: str = "") -> None:
        self.width, self.height = size
        self.lines: list[list[str]] = [[]]  # of each page, in reading order
        self.missing: list[list[str]] = [[]]  # of each page: characters that no font has
        self._tags: list[Tags] = [[]]
        self._paragraph_ended = True
        self._buffer = BytesIO()
        self._canvas = _canvas(self._buffer, size, language)
        self._document: Any = getattr(self._canvas, "_doc")  # noqa: B009 - fonts and structure belong to it, and reportlab has no other way
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("StationDesk")
        self._canvas.setKeywords(keywords)
        self._operators: list[str] = []
        self._in_artifact = False
        self._state: dict[str, str] = {}

    # --- words

    def end_paragraph(self) -> None:
        """The next line of text begins a paragraph of the structure."""
        self._paragraph_ended = True

    def text(
        self,
        x: float,
        base: float,
        line: Line,
        size: float,
        *,
        face: str = "Regular",
        align: str = "left",
        room: float = 0.0,
        tag: str = "P",
        spread: float = 0.0,
    ) -> None:
        """One line on its base line, left at x, or centred or right in `room` from x; spread in points between letters."""
        if not any(run.text for run in line):
            return
        x += _indent(line, size, face, align, room, spread)
        self._mark(f"/{tag} <</MCID {len(self.lines[-1])}>> BDC")
        self._operators.append("BT")
        self._set("Tc", _n(spread))
        said, struck = "", []
        for run, back in seams(line):
            x -= back * size
            long = self._run(x, base, run, size, face, spread)
            if run.struck:
                struck.append((x, base - size * run.size * 0.36, long))
            x += long
            said += printable(run.text)
        self._operators.append("ET EMC")
        for place in struck:
            self.box(*place, 0.6, fill=GREY)
        self._note(tag, said)

    def _run(self, x: float, base: float, run: Run, size: float, face: str, spread: float) -> float:
        """Draws a run and says how long it is."""
        dress = "Bold" if run.bold else face
        words = printable(run.text)
        if words != run.text:
            self.missing[-1] += missing(run.text)
        self._set("g", _n(GREY if run.grey else 0))
        cuts = [0, *meetings(words), len(words)]
        begin = x
        for n, (start, end) in enumerate(pairwise(cuts)):
            x -= 0.5 * size * run.size if n else 0.0
            self._operators.append(f"1 0 0 1 {_n(x)} {_n(self.height - base)} Tm")
            self._show(words[start:end], dress, size * run.size)
            x += em(words[start:end], dress) * size * run.size + spread * (end - start)
        return x - begin

    def _show(self, words: str, face: str, size: float) -> None:
        chosen, document = font(face), self._document
        for subset, codes in chosen.splitString(words, document):
            self._set("Tf", f"{chosen.getSubsetInternalName(subset, document)} {_n(size)}")
            self._operators.append(f"<{codes.hex()}> Tj")

    def _note(self, tag: str, said: str) -> None:
        tags = self._tags[-1]
        if self._paragraph_ended or not tags or tags[-1][0] != tag:
            tags.append((tag, []))
            self._paragraph_ended = False
        tags[-1][1].append(len(self.lines[-1]))
        self.lines[-1].append(" ".join(said.split()))

    # --- what is no text: an artifact to those who read the file aloud

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, thick: float = 0.25, grey: float = 0.25, dash: str = "") -> None:
        """A straight line; dash as PDF writes it: "3 2"."""
        self._draw(stroke=grey, thick=thick, dash=dash)
        self._operators.append(f"{_n(x0)} {_n(self.height - y0)} m {_n(x1)} {_n(self.height - y1)} l S")

    def box(self, x: float, y: float, w: float, h: float, *, fill: float | None = None, thick: float = 0.0) -> None:
        """A rectangle, filled with a grey or framed in black."""
        self._draw(stroke=0.0, thick=thick, fill=fill or 0.0)
        painted = "B" if fill is not None and thick else "f" if fill is not None else "S"
        self._operators.append(f"{_n(x)} {_n(self.height - y - h)} {_n(w)} {_n(h)} re {painted}")

    def dot(self, x: float, y: float, radius: float, *, ring: bool = False) -> None:
        """A black dot, or a white one with a black ring."""
        self._draw(stroke=0.0, thick=0.9, fill=1.0 if ring else 0.15)
        y, k = self.height - y, radius * _ARC
        quarters = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
        curves = [
            f"{_n(x + a * radius + c * k)} {_n(y + b * radius + d * k)} {_n(x + c * radius + a * k)} {_n(y + d * radius + b * k)} "
            f"{_n(x + c * radius)} {_n(y + d * radius)} c"
            for a, b, c, d in quarters
        ]
        self._operators.append(f"{_n(x + radius)} {_n(y)} m {' '.join(curves)} {'B' if ring else 'f'}")

    def qr(self, x: float, y: float, side: float, content: str) -> None:
        """A QR code, written once in the file and shown on each page."""
        if not self._canvas.hasForm("qr"):
            self._canvas.beginForm("qr", 0, 0, side, side)
            self._canvas.addLiteral(qr.operators(content, side))
            self._canvas.endForm()
        self._draw()
        self._flush()
        self._canvas.saveState()
        self._canvas.translate(x, self.height - y - side)
        self._canvas.doForm("qr")
        self._canvas.restoreState()

    def watermark(self, words: str) -> None:
        """Outlined letters along the diagonal: crisp in black and white, hiding nothing, no line of the record."""
        words = printable(words)
        long = (self.width**2 + self.height**2) ** 0.5
        size = min(110.0, 0.62 * long / em(words, "Bold"))
        cos, sin = self.width / long, self.height / long
        back, down = em(words, "Bold") * size / 2, size * 0.35
        x, y = self.width / 2 - back * cos + down * sin, self.height / 2 - back * sin - down * cos
        self._draw(stroke=0.75, thick=0.4)
        self._set("Tc", _n(0))
        self._operators.append(f"BT 1 Tr {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {_n(x)} {_n(y)} Tm")
        self._show(words, "Bold", size)
        self._operators.append("0 Tr ET")

    def _draw(self, *, stroke: float | None = None, thick: float = 0.0, dash: str = "", fill: float | None = None) -> None:
        if not self._in_artifact:
            self._operators.append("/Artifact BMC")
            self._in_artifact = True
        if stroke is not None:
            self._set("G", _n(stroke))
            self._set("w", _n(thick))
            self._set("d", f"[{dash}] 0")
        if fill is not None:
            self._set("g", _n(fill))

    # --- pages

    def _mark(self, begin: str) -> None:
        if self._in_artifact:
            self._operators.append("EMC")
            self._in_artifact = False
        self._operators.append(begin)

    def _set(self, operator: str, value: str) -> None:
        """What stays as it is on the page is not said again."""
        if self._state.get(operator) != value:
            self._state[operator] = value
            self._operators.append(f"{value} {operator}")

    def _flush(self) -> None:
        if self._operators:
            self._canvas.addLiteral("\n".join(self._operators))
            self._operators = []

    def _end_page(self) -> None:
        if self._in_artifact:
            self._operators.append("EMC")
            self._in_artifact = False
        self._flush()
        self._state = {}
        self._canvas.showPage()

    def new_page(self) -> None:
        """Ends a page and begins the next."""
        self._end_page()
        self.lines.append([])
        self.missing.append([])
        self._tags.append([])
        self._paragraph_ended = True

    def finish(self) -> bytes:
        """Closes the file with its structure: what screen readers and `verify --sheet` walk along."""
        self._end_page()
        write_structure(self._document, self._tags)
        self._canvas.save()
        return self._buffer.getvalue()


def _canvas(buffer: BytesIO, size: tuple[float, float], language: str) -> Canvas:
    """invariant: no time and no random id in the file, so that the same sheet is the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    font("Regular")
    first: str = f"{FAMILY}-Regular"  # else every page would name Helvetica
    return Canvas(buffer, pagesize=size, invariant=1, pdfVersion=(1, 7), initialFontName=first, lang=language, pageCompression=1)  # type: ignore[arg-type]


def _indent(line: Line, size: float, face: str, align: str, room: float, spread: float) -> float:
    if align == "left":
        return 0.0
    last = next(run for run in reversed(line) if run.text)
    long = line_width(line, size, face) + spread * (sum(len(run.text) for run in line) - 1)
    if align == "center":
        return (room - long) / 2
    overhang = size * last.size / 2 if last.text[-1] in CLOSING else 0.0  # ） at the right margin would look indented
    return room - long + overhang
