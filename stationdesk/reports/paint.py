"""Sheet → PDF: strips fill pages, then pages are drawn with letterhead, frames, words and foot."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from stationdesk.domain import words
from stationdesk.domain.words import _
from stationdesk.reports.breaking import Run
from stationdesk.reports.fonts import line_width, width
from stationdesk.reports.measures import (
    ABOVE_FOOT,
    BASE,
    BODY,
    CODE,
    COMPANY,
    FIRST,
    FOOT,
    FORM,
    FRAME,
    HEAD_GROUND,
    LABEL_GROUND,
    LANDSCAPE,
    MM,
    NEXT,
    PORTRAIT,
    SECTION,
    SIDE,
    SMALL,
    TITLE,
    TOP,
    fitting,
)
from stationdesk.reports.pen import Pen
from stationdesk.reports.sections import strips
from stationdesk.reports.sheet import Code, Sheet
from stationdesk.reports.strips import LEAD, Strip, fill_pages

_APART = 8.5  # between company, station and title in the letterhead
_FORM_SHARE = 0.6  # of the letterhead that 表号 and 编号 may take
_PAGES = 80.0  # room for 第 x 页 共 y 页
_QR_SIDE = 16 * MM
TIGHT = 2.2  # a line in a row lower than its lead moves up by so much
_QUIET = 9.0  # white beside the QR code: four modules and more


@dataclass(frozen=True)
class Made:
    """A sheet as it will be printed."""

    pdf: bytes
    lines: tuple[str, ...]  # as printed, in reading order, blanks folded: what the record of the sheet keeps
    pages: int
    missing: tuple[str, ...]  # characters no font has, printed as 〓

    @property
    def file_hash(self) -> str:
        """sha256 of the file, hex."""
        return hashlib.sha256(self.pdf).hexdigest()


def make(sheet: Sheet) -> Made:
    """The PDF of a sheet: the same sheet with the same fonts gives the same bytes. LookupError for a language without a catalogue."""
    with words.speaking(sheet.language):
        return _Painter(sheet).made()


class _Painter:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._size = LANDSCAPE if sheet.landscape else PORTRAIT
        self._room = self._size[0] - 2 * SIDE
        language = sheet.language.replace("_", "-")
        keywords = sheet.code.payload if sheet.code else ""
        self._pen = Pen(self._size, title=sheet.title, author=sheet.company, language=language, subject=sheet.number, keywords=keywords)

    def made(self) -> Made:
        pages = fill_pages(strips(self._sheet, self._room), FIRST, NEXT, self._size[1] - TOP - FOOT - ABOVE_FOOT)
        for number, page in enumerate(pages, 1):
            if number > 1:
                self._pen.new_page()
            self._page(page, number, len(pages))
        lines = tuple(line for page_lines in self._pen.lines for line in page_lines)
        lacking = dict.fromkeys(char for of_page in self._pen.missing for char in of_page)
        return Made(self._pen.finish(), lines, len(pages), tuple(lacking))

    def _page(self, page: Sequence[Strip], number: int, count: int) -> None:
        _frames(self._pen, page, self._room)
        if self._sheet.watermark:
            self._pen.watermark(self._sheet.watermark)
        self._letterhead(number == 1)
        for strip in page:
            self._pen.end_paragraph()
            _words(self._pen, strip)
        self._pen.end_paragraph()
        self._foot(number, count)

    def _letterhead(self, first: bool) -> None:
        sheet, pen = self._sheet, self._pen
        form = _form(sheet)
        form_size = FORM * min(1.0, _FORM_SHARE * self._room / max(line_width(form, FORM), 1.0))
        left = [
            (sheet.company, COMPANY, "Medium", False),
            (sheet.station, FORM, "Regular", True),
            ("" if first else sheet.title, SECTION, "Medium", False),
        ]
        long = sum(width(text, Run(""), size, face) + _APART for text, size, face, _grey in left)
        fits, x = min(1.0, (self._room - line_width(form, form_size)) / long), SIDE  # long names shrink
        for text, size, face, grey in left:
            pen.text(x, 39.2, [Run(text, grey=grey)], size * fits, face=face)
            x += (width(text, Run(""), size, face) + _APART) * fits if text else 0.0
        if first:
            self._title()
        pen.text(SIDE, 39.2, form, form_size, align="right", room=self._room)
        pen.rule(SIDE, 46.2, SIDE + self._room, 46.2, thick=1.1, grey=0)

    def _title(self) -> None:
        title = [Run(self._sheet.title, bold=True)]
        spread = 7.4 if self._sheet.language.startswith("zh") else 0.2
        long = line_width(title, TITLE) + spread * (len(self._sheet.title) - 1)
        fits = min(1.0, self._room / max(long, 1.0))
        self._pen.text(SIDE, 75.5, title, TITLE * fits, align="center", room=self._room, tag="H1", spread=spread * fits)

    def _foot(self, number: int, count: int) -> None:
        pen, sheet, y = self._pen, self._sheet, self._size[1] - TOP - FOOT
        taken = self._code(sheet.code, y) if sheet.code else 0.0
        if sheet.note and not sheet.code:
            note_size = fitting(sheet.note, SMALL, self._room - _PAGES)
            pen.text(SIDE, y + 42.2, [Run(sheet.note, grey=True)], note_size)
        if pen.missing[-1]:
            said = Run(_("〓: a character that is in no font; the record keeps it"), grey=True)
            pen.text(SIDE, y + 17.5, [said], SMALL, align="right", room=self._room)
        printed_size = fitting(sheet.printed, SMALL, self._room - taken)
        pen.text(SIDE, y + 29.8, [Run(sheet.printed, grey=True)], printed_size, align="right", room=self._room)
        pages = Run(_("Page {n} of {all}").format(n=number, all=count))
        pen.text(SIDE, y + 42.2, [pages], 9, face="Medium", align="right", room=self._room)

    def _code(self, code: Code, y: float) -> float:
        """QR code, letters and what anchors them; how much of the letters' line is taken."""
        self._pen.qr(SIDE, y, _QR_SIDE, code.payload)
        x = SIDE + _QR_SIDE + _QUIET
        self._pen.text(x, y + 13.2, [Run(_("Verification code"), grey=True)], SMALL)
        self._pen.text(x, y + 29.5, [Run(code.grouped)], CODE, face="Medium", spread=0.5, tag="Code")
        self._pen.text(x, y + 42.2, [Run(_anchor(code), grey=True)], SMALL)
        return x - SIDE + width(code.grouped, Run(""), CODE, "Medium") + 0.5 * len(code.grouped) + _APART


def _form(sheet: Sheet) -> list[Run]:
    """表号 and 编号 with their words in grey; the number stands apart by a full-width blank."""
    form = [Run(_("Form no.") + " ", grey=True), Run(sheet.form_no)] if sheet.form_no else []
    apart = "\u3000" if form else ""
    own = [Run(apart + _("Record no.") + " ", grey=True), Run(sheet.number)] if sheet.number else []
    return form + own


def _anchor(code: Code) -> str:
    said = _("Journal {seq}; enter it under Reports, Verify, to check offline")
    if code.fingerprint:
        said = _("Journal {seq}, key {key}; enter it under Reports, Verify, to check offline")
    return said.format(seq=f"{code.seq:,}", key=code.short_key)


def _frames(pen: Pen, page: Sequence[Strip], room: float) -> None:
    """Grounds first, then inner lines, then a black frame around strips that stand together."""
    for strip in page:
        shade = strip.shade or (HEAD_GROUND if len(strip.ground) == 1 else LABEL_GROUND)
        for x, wide in strip.ground:
            pen.box(x, strip.placed, wide, strip.height, fill=shade)
    top: float | None = None
    for strip, below in zip_longest(page, page[1:]):
        if strip.columns is None:
            continue
        low, top = strip.placed + strip.height, strip.placed if top is None else top
        for x in strip.columns:
            pen.rule(x, strip.placed, x, low)
        if below is not None and below.columns is not None:
            pen.rule(SIDE, low, SIDE + room, low)
        else:
            pen.box(SIDE, top, room, low - top, thick=FRAME)
            top = None


def _words(pen: Pen, strip: Strip) -> None:
    if strip.paint:
        strip.paint(pen, strip.placed)
    most = max((len(cell.lines) for cell in strip.cells), default=0)
    for cell in strip.cells:
        beside = most if strip.long else len(cell.lines)
        base = strip.placed + max((strip.height - beside * LEAD) / 2, -TIGHT) + BASE
        for n, line in enumerate(cell.lines):
            pen.text(cell.x, base + n * LEAD, line, BODY, face=cell.face, align=cell.align, room=cell.width)
