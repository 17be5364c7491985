"""The pages of a PDF: their sizes, and each as a picture. PDFium is no library for several threads: call these in the bench thread only."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtGui import QImage

from stationdesk.services import Store

Paper = tuple[float, float]
"""Width and height of a page in points."""


def papers(pdf: bytes) -> tuple[Paper, ...]:
    """The size of each page."""
    pdfium: Any = import_module("pypdfium2")
    document = pdfium.PdfDocument(pdf)
    try:
        return tuple(document.get_page_size(n) for n in range(len(document)))
    finally:
        document.close()


def picture(_store: Store, pdf: bytes, page: int, scale: float) -> QImage:
    """A page, so many pixels to the point."""
    pdfium: Any = import_module("pypdfium2")
    raw: Any = import_module("pypdfium2.raw")
    document = pdfium.PdfDocument(pdf)
    try:
        drawn = document[page].render(scale=scale, force_bitmap_format=raw.FPDFBitmap_BGRx)
        return QImage(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()
    finally:
        document.close()
