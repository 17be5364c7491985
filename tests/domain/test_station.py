"""Settings: typed, bounded, worded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stationdesk.domain import words
from stationdesk.domain.moments import ClockError
from stationdesk.domain.numbers import NumberError
from stationdesk.domain.station import (
    SETTINGS,
    SettingBoundsError,
    SettingChoiceError,
    SettingTypeError,
    SettingUnknownError,
    StationSettings,
    check_setting,
    read_setting,
    setting_json,
    setting_words,
)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_every_default_fits_its_own_setting_and_comes_back(name: str) -> None:
    setting = SETTINGS[name]
    assert read_setting(name, setting_json(name, setting.default)) == setting.default == getattr(StationSettings(), name)
    assert type(read_setting(name, setting_json(name, setting.default))) is setting.type
    with words.speaking("zh_CN"):
        assert words._(setting.words) != setting.words
        assert all(words._(each) != each for each in setting.choices.values())


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("gas_day_begins", "07:30", 450),
        ("gas_day_begins", 480, 480),
        ("p_atm", "95.46", Decimal("95.46")),
        ("p_atm", Decimal("95.46"), Decimal("95.46")),
        ("ink_hours", "４８", 48),
        ("enter_goes", "down", "down"),
        ("running_mode", " A 路运行 ", "A 路运行"),
    ],
)
def test_a_value_is_taken_in_its_type(name: str, given: object, kept: object) -> None:
    assert check_setting(name, given) == kept


@pytest.mark.parametrize(
    ("name", "given", "error"),
    [
        ("nothing", 1, SettingUnknownError),
        ("ink_hours", 0, SettingBoundsError),
        ("ink_hours", 10**9, SettingBoundsError),
        ("ink_hours", "1.5", SettingTypeError),
        ("ink_hours", True, SettingTypeError),
        ("ink_hours", [1], SettingTypeError),
        ("p_atm", "air", NumberError),
        ("p_atm", Decimal("NaN"), SettingBoundsError),
        ("enter_goes", "up", SettingChoiceError),
        ("gas_day_begins", "25:00", ClockError),
        ("gas_day_begins", 1440, SettingBoundsError),
        ("running_mode", 5, SettingTypeError),
        ("ink_hours", Decimal("Infinity"), SettingTypeError),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(name: str, given: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_setting(name, given)


@pytest.mark.parametrize("stored", ["", "{", "[]", "null", '"many"'])
def test_a_damaged_value_is_an_error_in_words_not_a_crash(stored: str) -> None:
    with pytest.raises((SettingTypeError, NumberError)):
        read_setting("ink_hours", stored)


def test_values_in_words() -> None:
    assert setting_words("gas_day_begins", 480) == "08:00"
    assert setting_words("p_atm", Decimal("101.325")) == "101.325"
    assert setting_words("low_degrees", Decimal(-40)) == "−40"
    assert setting_words("enter_goes", "down") == "Next hour of the point"
    assert setting_words("running_mode", "A 路运行") == "A 路运行"
