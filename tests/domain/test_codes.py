"""Codes copied from paper by tired people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.codes import ALPHABET, BYTES, CodeShapeError, from_bytes, grouped, normal


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_a_code_comes_back_however_it_is_typed(random: bytes) -> None:
    code = from_bytes(random)
    assert len(code) == 20
    assert set(code) <= set(ALPHABET)
    assert normal(grouped(code)) == code
    assert normal(grouped(code).lower().replace("0", "o").replace("1", "l").replace("-", " ")) == code


@given(st.binary(min_size=BYTES, max_size=BYTES), st.binary(min_size=BYTES, max_size=BYTES))
def test_different_bytes_give_different_codes(one: bytes, other: bytes) -> None:
    if int.from_bytes(one, "big") >> 4 != int.from_bytes(other, "big") >> 4:
        assert from_bytes(one) != from_bytes(other)


@pytest.mark.parametrize("typed", ["", "7F3A", "7F3A-Q2WD-9KTM-5HXR-C8VU", "7F3A-Q2WD-9KTM-5HXR-C8VN-0"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(CodeShapeError):
        normal(typed)


def test_full_width_letters_are_understood() -> None:
    assert normal("７Ｆ３Ａ－Ｑ２ＷＤ－９ＫＴＭ－５ＨＸＲ－Ｃ８ＶＮ") == "7F3AQ2WD9KTM5HXRC8VN"


def test_too_few_bytes_are_a_defect() -> None:
    with pytest.raises(ValueError, match="100 bits"):
        from_bytes(b"too few")
