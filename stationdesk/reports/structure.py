"""The structure of a file: Document → H1, H2, P, Code, each with the marked pieces it is made of (PDF 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Tags = list[tuple[str, list[int]]]  # of one page: what it is, and the numbers of its lines


def write_structure(document: Any, tags: Sequence[Tags]) -> None:
    """Adds the structure tree to a reportlab document whose pages are drawn."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFtrue

    root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
    body = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName("Document")})
    root_ref, body_ref = document.Reference(root), document.Reference(body)
    kids: list[Any] = []
    parents: list[Any] = []
    for number, (page, of_page) in enumerate(zip(document.Pages.pages, tags, strict=True)):
        elements = _elements(document, page, of_page, body_ref)
        kids += elements
        parents += [number, PDFArray([element for element, (_, pieces) in zip(elements, of_page, strict=True) for _ in pieces])]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]  # reportlab writes only attributes it knows
        page.StructParents, page.Tabs = number, PDFName("S")
    body.dict.update({"P": root_ref, "K": PDFArray(kids)})
    tree = document.Reference(PDFDictionary({"Nums": PDFArray(parents)}))
    root.dict.update({"K": body_ref, "ParentTreeNextKey": len(tags), "ParentTree": tree})
    document.Catalog.StructTreeRoot = root
    document.Catalog.MarkInfo = PDFDictionary({"Marked": PDFtrue})
    document.Catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": PDFtrue})


def _elements(document: Any, page: Any, of_page: Tags, body: Any) -> list[Any]:
    """One element a paragraph or row: one a line doubled the size of a log."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    shared = {"Type": PDFName("StructElem"), "P": body, "Pg": document.Reference(page)}
    return [document.Reference(PDFDictionary({**shared, "S": PDFName(tag), "K": PDFArray(pieces)})) for tag, pieces in of_page]
