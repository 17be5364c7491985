"""A defect of reportlab 5 that a sheet cannot live with; tests/reports/test_tounicode.py fails when a release mends it."""

from __future__ import annotations

import re
from typing import Any

_LONG = re.compile("<([0-9A-F]{5,6})>")


def utf16(cmap: str) -> str:
    """reportlab writes 𬱖 as <2CC56>; a ToUnicode map wants UTF-16 (PDF 32000-1, 9.10.3), else readers see ⳅ."""
    return _LONG.sub(lambda found: f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>", cmap)


def mend() -> None:
    """Mend reportlab in this process; a second call does nothing."""
    from reportlab.pdfbase import ttfonts

    written = ttfonts.makeToUnicodeCMap
    if getattr(written, "mended", False):
        return

    def mended(fontname: str, subset: Any) -> str:
        return utf16(written(fontname, subset))

    mended.mended = True  # type: ignore[attr-defined]
    ttfonts.makeToUnicodeCMap = mended
