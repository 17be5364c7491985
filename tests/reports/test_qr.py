from __future__ import annotations

import re

import segno

from stationdesk.reports.paint import make
from stationdesk.reports.qr import Code, matrix, operators, parse_payload
from tests.reports import samples
from tests.reports.builds import reader


def test_payload_holds_code_journal_and_key_and_comes_back() -> None:
    assert samples.CODE.payload == "STATIONDESK:1:7F3AQ2WD9KTM5HXRC8VN:184213:9C417E0B52D8A6F3"
    assert parse_payload(samples.CODE.payload) == samples.CODE
    assert parse_payload(Code("0" * 20, 7).payload + "\n") == Code("0" * 20, 7, "")


def test_what_is_no_payload_of_ours() -> None:
    for text in (
        "",
        "https://example.com",
        "STATIONDESK:1:7F3A:1:",
        "STATIONDESK:1:7F3AQ2WD9KTM5HXRC8VN:x:",
        "xSTATIONDESK:1:7F3AQ2WD9KTM5HXRC8VN:1:",
    ):
        assert parse_payload(text) is None


def test_matrix_is_the_qr_code_of_the_payload() -> None:
    content = samples.CODE.payload
    made = segno.make(content, error="m", boost_error=False, mask=4, micro=False)
    assert matrix(content) == [bytes(row) for row in made.matrix]
    assert (made.error, made.mask, made.mode) == ("M", 4, "alphanumeric")


def test_drawn_squares_are_the_matrix() -> None:
    drawn = operators(samples.CODE.payload, 45.0)
    squares = {(int(x), int(y)) for x, y in re.findall(r"(\d+) (\d+) 1 1 re", drawn)}
    rows = matrix(samples.CODE.payload)
    assert squares == {(x, len(rows) - 1 - y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def test_qr_is_written_once_and_shown_on_every_page() -> None:
    pdf = reader(make(samples.handover("en", chart=True)).pdf)
    forms = [page["/Resources"]["/XObject"] for page in pdf.pages]
    assert len({form.raw_get(next(iter(form))).idnum for form in forms}) == 1
    assert len(forms) == 2


def test_letters_as_printed() -> None:
    assert samples.CODE.grouped == "7F3A-Q2WD-9KTM-5HXR-C8VN"
    assert samples.CODE.short_key == "9C41 7E0B"
    assert "留痕 184,213，钥 9C41 7E0B；在“报表”页“核验”中输入，可离线核对" in make(samples.handover()).lines
