from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stationdesk.domain.errors import say
from stationdesk.domain.paper import NotASheetError
from stationdesk.domain.words import speaking
from stationdesk.reports.lines import read_code, read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.sheet import Code, Sheet
from tests.reports import samples
from tests.reports.builds import log, sheet_of


@pytest.mark.parametrize(
    ("build", "language"),
    [(samples.handover, "zh_CN"), (samples.handover, "en"), (samples.blank_handover, "zh_CN"), (samples.blank_handover, "en")],
)
def test_lines_read_back_are_the_lines_recorded(build: Callable[[str], Sheet], language: str) -> None:
    made = make(build(language))
    assert read_lines(made.pdf) == list(made.lines)


def test_lines_of_a_landscape_sheet_of_two_pages() -> None:
    made = make(samples.readings())
    assert made.pages == 2
    assert read_lines(made.pdf) == list(made.lines)


@settings(max_examples=40)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=6))
def test_any_text_reads_back(texts: list[str]) -> None:
    rows = [{"n": n, "text": text, "who": "x"} for n, text in enumerate(texts)]
    made = make(sheet_of(replace(log(1), rows=rows)))
    assert read_lines(made.pdf) == list(made.lines)


@pytest.mark.parametrize("pasted", ["ﬀ", "ﬁ", "ﬂ", "ﬃ", "ﬄ"])
def test_a_pasted_ligature_reads_back_as_its_letters(pasted: str) -> None:
    made = make(sheet_of(replace(log(1), rows=[{"n": 0, "text": f"e{pasted}ect", "who": "x"}])))
    assert read_lines(made.pdf) == list(made.lines)
    assert made.missing == ()


def test_a_full_width_blank_among_more_signs_than_a_face_can_number_stays_a_blank() -> None:
    signs = [chr(n) for n in range(0x2E45, 0x3040) if unicodedata.category(chr(n)) != "Cn"]
    made = make(sheet_of(replace(log(1), rows=[{"n": n, "text": f"a{sign}b", "who": "x"} for n, sign in enumerate(signs)])))
    assert "\u3000" in signs
    assert read_lines(made.pdf) == list(made.lines)


def test_code_of_a_sheet() -> None:
    assert read_code(make(samples.handover()).pdf) == samples.CODE
    assert read_code(make(replace(samples.handover(), code=Code("0" * 20, 1))).pdf) == Code("0" * 20, 1, "")
    assert read_code(make(samples.blank_handover()).pdf) is None


def test_code_is_read_where_it_is_painted_not_from_the_records_text() -> None:
    sheet = sheet_of(log(3, text="见 0000-0000-0000-0000-0000"), log(1, text="0000-0000-0000-0000-0000"))
    assert read_code(make(sheet).pdf) is None
    assert read_code(make(replace(sheet, code=samples.CODE)).pdf) == samples.CODE


def test_one_changed_digit_is_one_changed_line() -> None:
    sheet = sheet_of(log(20))
    changed = sheet_of(replace(log(20), rows=[{**row, "text": "压差 99 kPa"} if row["n"] == 7 else row for row in log(20).rows]))
    pairs = [(a, b) for a, b in zip(read_lines(make(sheet).pdf), read_lines(make(changed).pdf), strict=True) if a != b]
    assert pairs == [("压差 7 kPa", "压差 99 kPa")]


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"])
def test_what_is_no_pdf_is_said_in_words(content: bytes) -> None:
    with pytest.raises(NotASheetError) as refused:
        read_lines(content)
    with speaking("zh_CN"):
        assert say(refused.value) == "此文件不是可读取的 PDF。"


def test_a_pdf_of_another_program_has_no_lines() -> None:
    import io

    import pypdf

    other = pypdf.PdfWriter()
    other.add_blank_page(100, 100)
    held = io.BytesIO()
    other.write(held)
    assert read_lines(held.getvalue()) == []
    assert read_code(held.getvalue()) is None
