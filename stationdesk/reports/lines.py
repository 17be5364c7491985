"""The text lines of a printed sheet, read back from the file: one for each marked piece, whatever a reader makes of gaps.

PDFium adds a blank at the end of a piece and folds several, so blanks are folded on both sides.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from stationdesk.domain.codes import CodeShapeError, normal
from stationdesk.domain.paper import NotASheetError
from stationdesk.reports.qr import Code, parse_payload


@dataclass
class _Piece:
    tag: str
    text: str = ""


def read_lines(pdf: bytes) -> list[str]:
    """The lines of a sheet in reading order. NotASheetError for what is no readable PDF."""
    return [" ".join(piece.text.split()) for piece in _read(pdf)[0]]


def read_code(pdf: bytes) -> Code | None:
    """The code painted on a sheet, None where there is none. Journal number and key are the file's; without them 0 and "".

    NotASheetError for what is no readable PDF.
    """
    pieces, keywords = _read(pdf)
    painted = next((piece.text for piece in pieces if piece.tag == "Code"), "")
    try:
        letters = normal(painted)
    except CodeShapeError:
        return None
    written = parse_payload(keywords)
    return written if written and written.letters == letters else Code(letters, 0)


def read_strays(pdf: bytes) -> list[str]:
    """The text on each page that is no line of the sheet: its watermark, and what another program wrote over it. NotASheetError."""
    with _opened(pdf) as document:
        return [text for page in document if (text := _page_strays(page))]


def added(pdf: bytes) -> int:
    """How many pictures and notes lie on the pages, which a sheet has none of; a signature's field is no note. NotASheetError."""
    with _opened(pdf) as document:
        return sum(_page_added(page) for page in document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    pdfium: Any = import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise NotASheetError from error


def _read(pdf: bytes) -> tuple[list[_Piece], str]:
    """Marked pieces of all pages, and the file's keywords."""
    with _opened(pdf) as document:
        pieces = [piece for page in document for piece in _page_pieces(page)]
        return pieces, str(document.get_metadata_dict().get("Keywords", ""))


def _page_strays(page: Any) -> str:
    raw: Any = import_module("pypdfium2.raw")
    texts = page.get_textpage()
    things = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    text = "".join(_text(thing.raw, texts.raw) for thing in things if raw.FPDFPageObj_GetMarkedContentID(thing.raw) < 0)
    texts.close()
    return " ".join(text.split())


def _page_added(page: Any) -> int:
    raw: Any = import_module("pypdfium2.raw")
    pictures = sum(1 for _each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    notes = [raw.FPDFPage_GetAnnot(page.raw, n) for n in range(raw.FPDFPage_GetAnnotCount(page.raw))]
    kinds = [raw.FPDFAnnot_GetSubtype(each) for each in notes]
    for each in notes:
        raw.FPDFPage_CloseAnnot(each)
    return pictures + sum(1 for kind in kinds if kind != raw.FPDF_ANNOT_WIDGET)


def _page_pieces(page: Any) -> Iterator[_Piece]:
    """One line is several text objects as soon as a page uses over 256 characters of a face: joined by their mark.

    PDFium says nothing of an object that is all blank, a full-width one say: it is a blank.
    """
    raw: Any = import_module("pypdfium2.raw")
    found: dict[int, _Piece] = {}
    texts = page.get_textpage()
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        number = raw.FPDFPageObj_GetMarkedContentID(thing.raw)
        if number >= 0:
            piece = found.setdefault(number, _Piece(_tag(thing.raw)))
            piece.text += _text(thing.raw, texts.raw) or " "
    texts.close()
    return (found[number] for number in sorted(found))


def _text(thing: object, texts: object) -> str:
    raw: Any = import_module("pypdfium2.raw")
    size = raw.FPDFTextObj_GetText(thing, texts, None, 0)
    held = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(thing, texts, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), size)
    return held.raw[: size - 2].decode("utf-16-le", "replace").replace("\x02", "-")  # U+0002: a hyphen at the end of a line


def _tag(thing: object) -> str:
    raw: Any = import_module("pypdfium2.raw")
    if raw.FPDFPageObj_CountMarks(thing) < 1:
        return ""
    mark = raw.FPDFPageObj_GetMark(thing, 0)
    size = ctypes.c_ulong()
    held = ctypes.create_string_buffer(64)
    raw.FPDFPageObjMark_GetName(mark, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), 64, ctypes.byref(size))
    return held.raw[: max(size.value - 2, 0)].decode("utf-16-le", "replace")
