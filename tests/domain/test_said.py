"""Facts as codes and values: one canonical text, and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.names import Name
from stationdesk.domain.said import Said, canonical, digest, pack, unpack, value_words

SHANGHAI = ZoneInfo("Asia/Shanghai")
SCALARS = (
    st.text()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.builds(Name, st.text(), st.text())
)
KEYS = st.text(min_size=2)
VALUES = st.recursive(
    SCALARS | st.none() | st.booleans(), lambda inner: st.lists(inner).map(tuple) | st.dictionaries(KEYS, inner), max_leaves=20
)


@given(st.text(), st.dictionaries(st.text(), SCALARS))
def test_what_was_said_comes_back(code: str, values: dict[str, object]) -> None:
    said = Said(code, values)  # type: ignore[arg-type]
    assert unpack(json.loads(canonical(said))) == said


@given(st.dictionaries(KEYS, SCALARS))
def test_the_text_does_not_hang_on_the_order(values: dict[str, object]) -> None:
    assert canonical(values) == canonical(dict(reversed(values.items())))


@given(VALUES)
def test_equal_values_have_equal_texts_and_others_do_not_change_in_packing(value: object) -> None:
    text = canonical(value)
    assert canonical(unpack(json.loads(text))) == text
    assert digest(text) == digest(canonical(value))


def test_a_moment_is_the_same_in_any_zone() -> None:
    moment = datetime(2026, 11, 21, 0, 3, 22, tzinfo=UTC)
    assert pack(moment) == pack(moment.astimezone(timezone(timedelta(hours=8)))) == {"t": "2026-11-21T00:03:22.000000Z"}


def test_digits_stay_as_typed() -> None:
    assert canonical(Decimal("2.40")) == '{"n":"2.40"}'


@pytest.mark.parametrize("value", [1.5, {1, 2}, b"x", object(), datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)])
def test_what_has_no_place_in_content_is_a_defect(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_values_in_words() -> None:
    moment = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert value_words(moment, SHANGHAI) == "00:00"
    assert value_words(moment, SHANGHAI, date(2026, 11, 21)) == "00:00"
    assert value_words(moment, SHANGHAI, date(2026, 11, 20)) == "11-21 00:00"
    assert value_words(date(2026, 11, 20), SHANGHAI) == "11-20"
    assert value_words(Decimal(-13110), SHANGHAI) == "−13,110"
    assert value_words(Name("早班", "Morning"), SHANGHAI) == "Morning"
