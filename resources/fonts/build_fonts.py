"""Make the three static fonts of StationDesk from the variable Noto Sans SC.

    pip download --no-deps justmytype-intl-cjk && unzip justmytype_intl_cjk-*.whl
    pip install fonttools
    python build_fonts.py "justmytype_intl_cjk/fonts/ofl/notosanssc/NotoSansSC[wght].ttf"

The same source and fontTools give the same bytes. The faces hold all Han of the source (names need 䶮, 㛃, 𬱖, which GBK lacks), Latin,
Greek, Cyrillic, punctuation and signs; Hangul and kana are left out. They are renamed, as the licence (OFL.txt) asks of changed fonts.
Static, because a variable font embeds silently as Thin; TrueType, because reportlab refuses CFF.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

FAMILY = "StationDesk Sans SC"
POSTSCRIPT = "StationDeskSansSC"
FACES = {"Regular": 400, "Medium": 500, "Bold": 700}
LEFT_OUT = ((0x1100, 0x11FF), (0x3040, 0x318F), (0x31F0, 0x31FF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFF66, 0xFFDC))
DROPPED_TABLES = ["vhea", "vmtx", "VORG", "BASE", "STAT", "HVAR", "MVAR", "VVAR", "avar", "DSIG"]
WINDOWS = (3, 1, 0x409)


def build(source: Path, folder: Path) -> None:
    """Write one file a face beside this script."""
    for style, weight in FACES.items():
        font = face(source, style, weight)
        font.save(folder / f"{POSTSCRIPT}-{style}.ttf")


def face(source: Path, style: str, weight: int) -> Any:
    """One static, subset and renamed font."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(source, recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": weight})
    cut(font)
    rename(font, style)
    mark(font, style, weight)
    return font


def cut(font: Any) -> None:
    """Keep the characters a station writes."""
    from fontTools import subset

    options = subset.Options(
        layout_features=["kern", "locl", "ccmp", "mark"], hinting=False, glyph_names=False, name_IDs=["*"], drop_tables=DROPPED_TABLES
    )
    work = subset.Subsetter(options)
    work.populate(unicodes=[code for code in font.getBestCmap() if not any(low <= code <= high for low, high in LEFT_OUT)])
    work.subset(font)
    for tag in DROPPED_TABLES:
        if tag in font:
            del font[tag]


def rename(font: Any, style: str) -> None:
    """Medium is a family of its own to old programs (ids 1, 2) and a style to new ones (16, 17); copyright and licence stay."""
    table = font["name"]
    version = table.getDebugName(5) or "1.0"
    table.names = [record for record in table.names if record.nameID in (0, 13, 14) and record.platformID == 3 and record.langID == 0x409]
    linked = style in ("Regular", "Bold")
    names = {
        1: FAMILY if linked else f"{FAMILY} {style}",
        2: style if linked else "Regular",
        3: f"{version};{POSTSCRIPT}-{style}",
        4: f"{FAMILY} {style}",
        5: version,
        6: f"{POSTSCRIPT}-{style}",
    }
    if not linked:
        names |= {16: FAMILY, 17: style}
    for number, text in names.items():
        table.setName(text, number, *WINDOWS)


def mark(font: Any, style: str, weight: int) -> None:
    """Say the weight where programs look for it."""
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b1100001 | (0b100000 if style == "Bold" else 0b1000000)
    font["head"].macStyle = 1 if style == "Bold" else 0


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(__file__).parent)
