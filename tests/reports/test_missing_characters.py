from __future__ import annotations

from stationdesk.reports import tounicode
from stationdesk.reports.fonts import GETA, missing, printable
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.sheet import Signature, Signatures
from tests.reports.builds import log, reader, sheet_of

IN_NO_FONT = "\U0002c386"  # 𬎆
RARE = "镕喆堃祎赟䶮㛃𬱖"  # names outside GB2312, two of them outside GBK


def test_rare_names_are_in_the_font() -> None:
    assert missing(RARE) == []
    assert printable(RARE) == RARE


def test_a_character_in_no_font_is_shown_and_said() -> None:
    made = make(sheet_of(log(60, text=f"张{IN_NO_FONT}到岗 {{n}}")))
    assert made.missing == (IN_NO_FONT,)
    assert f"张{GETA}到岗 0" in made.lines
    assert made.lines.count("〓：字库中没有此字，原字见记录") == made.pages
    assert read_lines(made.pdf) == list(made.lines)


def test_a_missing_character_in_a_signature_is_said_too() -> None:
    made = make(sheet_of(log(1), Signatures("signatures", cells=[Signature("chief", "站长", f"王{IN_NO_FONT}")])))
    assert made.missing == (IN_NO_FONT,)
    assert f"王{GETA}" in made.lines


def test_nothing_is_said_where_nothing_is_missing_even_if_someone_wrote_a_geta() -> None:
    made = make(sheet_of(log(1, text="〓")))
    assert made.missing == ()
    assert "〓：字库中没有此字，原字见记录" not in made.lines


def test_characters_above_the_first_plane_are_read_as_they_are() -> None:
    made = make(sheet_of(log(1, text=RARE)))
    assert RARE in made.lines
    assert read_lines(made.pdf) == list(made.lines)
    assert RARE in reader(made.pdf).pages[0].extract_text()


def test_more_than_256_characters_of_a_face_are_still_one_line() -> None:
    text = "".join(chr(0x4E00 + 7 * n) for n in range(600))
    made = make(sheet_of(log(1, text=text)))
    assert made.missing == ()
    assert read_lines(made.pdf) == list(made.lines)
    assert "".join(made.lines).count(text[:30]) == 1


def test_reportlab_still_needs_mending() -> None:
    """Fails when reportlab writes UTF-16 into ToUnicode by itself: then remove stationdesk/reports/tounicode.py."""
    from reportlab.pdfbase import ttfonts

    tounicode.mend()
    tounicode.mend()  # a second time changes nothing
    mended = ttfonts.makeToUnicodeCMap
    original = mended.__closure__[0].cell_contents  # type: ignore[attr-defined]
    assert "<2CC56>" in original("F", [0x2CC56])
    assert "<D873DC56>" in mended("F", [0x2CC56])
    assert "<4E00>" in mended("F", [0x4E00])
