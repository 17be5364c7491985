"""A station's own names in two languages."""

from __future__ import annotations

from stationdesk.domain import words
from stationdesk.domain.names import Name


def test_a_name_is_worded_in_the_language_spoken() -> None:
    night = Name.of({"zh": "夜班", "en": "Night"})
    assert str(night) == "Night"
    with words.speaking("zh_CN"):
        assert f"{night}" == "夜班"
    assert Name.of(night.texts()) == night


def test_without_english_the_chinese_stands() -> None:
    assert str(Name("周界巡查")) == "周界巡查"
