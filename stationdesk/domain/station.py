"""The settings of a station: each with its type, default, bounds, unit and what it does, in this one place.

Every default is a profile's or a rule's to change; a change is dated and the past keeps what was in force. Minutes,
hours and percentages are whole or decimal numbers in the unit given; clock times are minutes of the day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import Field, field, fields
from decimal import Decimal
from functools import lru_cache
from typing import Any

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import clock_text, parse_clock
from stationdesk.domain.numbers import parse, shown
from stationdesk.domain.words import N_, _
from stationdesk.values import dataclass

SettingScalar = int | Decimal | str | bool


class SettingUnknownError(DomainError):
    """A setting nobody reads."""

    words = N_("There is no setting {name}.")
    field = "name"


class SettingTypeError(DomainError):
    """A value of another type."""

    words = N_("{value} does not fit the setting {name}.")
    field = "value"


class SettingBoundsError(DomainError):
    """A value beyond its bounds."""

    words = N_("The value lies between {least} and {most}.")
    field = "value"


class SettingChoiceError(DomainError):
    """A value that is not one of the choices."""

    words = N_("Choose one of: {choices}.")
    field = "value"


@dataclass(frozen=True)
class Setting:
    """One setting. unit "clock" is minutes of the day, shown as 08:00; choices: code → words."""

    name: str
    type: type
    default: SettingScalar
    words: str
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    choices: Mapping[str, str] = field(default_factory=dict)


def _about(
    words: str, unit: str = "", least: int | None = None, most: int | None = None, choices: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    bounds = [None if each is None else Decimal(each) for each in (least, most)]
    return {"words": words, "unit": unit, "least": bounds[0], "most": bounds[1], "choices": choices or {}}


GOES = {"right": N_("Next point of the hour"), "down": N_("Next hour of the point")}
TALKS = {"zh_CN": N_("Chinese"), "en": N_("English")}
MATTERS = {
    "none": N_("Does not matter"),
    "little": N_("Matters a little"),
    "usual": N_("Matters as usual"),
    "much": N_("Matters much"),
}
"""How much something counts when a roster is generated."""


@dataclass(frozen=True)
class StationSettings:
    """What a station sets; the defaults are those of a gate station."""

    reading_early_minutes: int = field(default=10, metadata=_about(N_("A reading is on time from so long before its hour"), "min", 0, 30))
    reading_late_minutes: int = field(
        default=15, metadata=_about(N_("A reading is on time until so long after its hour, then a late entry"), "min", 0, 59)
    )
    enter_goes: str = field(default="right", metadata=_about(N_("Where Enter goes in the readings grid"), choices=GOES))
    gas_day_begins: int = field(default=480, metadata=_about(N_("When the gas day begins"), "clock", 0, 1439))
    unit_percent: Decimal = field(
        default=Decimal(3), metadata=_about(N_("A slip of the unit is asked about so near the last value"), "%", 0, 20)
    )
    jump_percent: Decimal = field(
        default=Decimal(30), metadata=_about(N_("A pressure is asked about when it changes by more in an hour"), "%", 1, 1000)
    )
    flow_jump_percent: Decimal = field(
        default=Decimal(100), metadata=_about(N_("A flow is asked about when it changes by more in an hour"), "%", 1, 1000)
    )
    jump_degrees: Decimal = field(
        default=Decimal(10), metadata=_about(N_("A temperature is asked about when it changes by more in an hour"), "℃", 1, 100)
    )
    still_hours: int = field(default=3, metadata=_about(N_("A value that stays the same is asked about after"), "h", 1, 24))
    still_steps: int = field(
        default=2, metadata=_about(N_("Standing still is odd only where a value usually moves so many last digits an hour"), "", 1, 1000)
    )
    low_degrees: Decimal = field(default=Decimal(-40), metadata=_about(N_("A temperature below this is refused"), "℃", -80, 20))
    high_degrees: Decimal = field(default=Decimal(80), metadata=_about(N_("A temperature above this is refused"), "℃", 20, 200))
    p_atm: Decimal = field(default=Decimal("101.325"), metadata=_about(N_("Atmospheric pressure at the station"), "kPa", 50, 110))
    loss_day_percent: Decimal = field(default=Decimal(1), metadata=_about(N_("Unaccounted-for gas of a day is told beyond"), "%", 0, 100))
    loss_mean_percent: Decimal = field(
        default=Decimal("0.5"), metadata=_about(N_("Unaccounted-for gas of seven days on average is told beyond"), "%", 0, 100)
    )
    odorant_low: Decimal = field(default=Decimal(16), metadata=_about(N_("Odorant of a day is told below"), "mg/m³", 0, 200))
    odorant_high: Decimal = field(default=Decimal(30), metadata=_about(N_("Odorant of a day is told above"), "mg/m³", 0, 200))
    round_tolerance_minutes: int = field(default=0, metadata=_about(N_("A round is still on time so long after its window"), "min", 0, 60))
    on_post_minutes: int = field(
        default=60, metadata=_about(N_("On-post confirmation is asked for so long after the last entry"), "min", 10, 480)
    )
    sign_on_early_minutes: int = field(default=60, metadata=_about(N_("The relief may sign on so long before its shift"), "min", 0, 240))
    relief_early_minutes: int = field(default=15, metadata=_about(N_("The relief is expected so long before its shift"), "min", 0, 120))
    attendance_minutes: int = field(
        default=10, metadata=_about(N_("Late, and left early: by more than this beside the planned shift"), "min", 0, 120)
    )
    shift_people: int = field(default=2, metadata=_about(N_("People wanted on a shift; fewer is noted, never refused"), "", 1, 20))
    lock_minutes: int = field(default=10, metadata=_about(N_("The desk locks after so long without a key"), "min", 1, 120))
    ink_hours: int = field(default=72, metadata=_about(N_("An emergency signature is signed later within"), "h", 1, 720))
    log_late_minutes: int = field(
        default=15, metadata=_about(N_("A log entry is a late one so long after what it tells of"), "min", 1, 240)
    )
    due_warning_days: int = field(default=30, metadata=_about(N_("Equipment and certificates due are marked so long ahead"), "d", 1, 365))
    night_begins: int = field(default=1380, metadata=_about(N_("Night hours begin"), "clock", 0, 1439))
    night_ends: int = field(default=360, metadata=_about(N_("Night hours end"), "clock", 0, 1439))
    night_minutes: int = field(default=180, metadata=_about(N_("A shift with so many night hours is a night shift"), "min", 1, 720))
    rest_slept_percent: int = field(default=0, metadata=_about(N_("Of the rest hours in a 24 h duty so much can be slept"), "%", 0, 100))
    running_mode: str = field(default="", metadata=_about(N_("Running mode of the station until the log says another")))
    sheet_language: str = field(default="zh_CN", metadata=_about(N_("Language of printed sheets"), choices=TALKS))
    roster_wishes: str = field(default="usual", metadata=_about(N_("Generated rosters: wishes kept"), choices=MATTERS))
    roster_single_days: str = field(
        default="usual", metadata=_about(N_("Generated rosters: no single day of work between days off"), choices=MATTERS)
    )
    roster_nights: str = field(
        default="usual", metadata=_about(N_("Generated rosters: nights shared fairly over the year"), choices=MATTERS)
    )
    roster_weekends: str = field(
        default="usual", metadata=_about(N_("Generated rosters: weekends shared fairly over the year"), choices=MATTERS)
    )
    roster_holidays: str = field(
        default="usual", metadata=_about(N_("Generated rosters: holidays shared fairly over the year"), choices=MATTERS)
    )
    roster_hours: str = field(default="usual", metadata=_about(N_("Generated rosters: hours shared fairly over the year"), choices=MATTERS))


def _described(each: Field[Any]) -> Setting:
    said = each.metadata
    default: Any = each.default
    return Setting(each.name, type(default), default, said["words"], said["unit"], said["least"], said["most"], said["choices"])


SETTINGS: Mapping[str, Setting] = {each.name: _described(each) for each in fields(StationSettings)}


def check_setting(name: str, value: object) -> SettingScalar:
    """The value of a setting in its type. A number may come as Decimal, int or as typed, a clock time as 08:00.

    SettingUnknownError, SettingTypeError, SettingBoundsError, SettingChoiceError; NumberError and ClockError for what was typed.
    """
    if name not in SETTINGS:
        raise SettingUnknownError(name=name)
    setting = SETTINGS[name]
    made = _typed(setting, value)
    if setting.choices and made not in setting.choices:
        raise SettingChoiceError(choices=", ".join(setting.choices))
    _check_bounds(setting, made)
    return made


def _typed(setting: Setting, value: object) -> SettingScalar:
    if setting.type is str and isinstance(value, str):
        return value.strip()
    if setting.type is bool and isinstance(value, bool):
        return value
    if setting.type in (int, Decimal) and isinstance(value, int | Decimal | str) and not isinstance(value, bool):
        return _number(setting, value)
    raise SettingTypeError(name=setting.name, value=str(value)[:40])


def _number(setting: Setting, value: int | Decimal | str) -> SettingScalar:
    if setting.unit == "clock" and isinstance(value, str) and ":" in value.replace("：", ":"):
        return parse_clock(value)
    number = parse(value) if isinstance(value, str) else Decimal(value)
    if setting.type is Decimal:
        return number
    if not number.is_finite() or number != int(number):
        raise SettingTypeError(name=setting.name, value=str(value)[:40])
    return int(number)


def _check_bounds(setting: Setting, value: SettingScalar) -> None:
    if isinstance(value, str | bool) or setting.least is None or setting.most is None:
        return
    if not Decimal(value).is_finite() or not setting.least <= value <= setting.most:
        raise SettingBoundsError(least=_bound(setting, setting.least), most=_bound(setting, setting.most))


def _bound(setting: Setting, bound: Decimal) -> str:
    return clock_text(int(bound)) if setting.unit == "clock" else shown(bound)


def setting_json(name: str, value: object) -> str:
    """The value as the store keeps it: a JSON scalar, decimals as text."""
    made = check_setting(name, value)
    return json.dumps(str(made) if isinstance(made, Decimal) else made, ensure_ascii=False)


@lru_cache(maxsize=1000)
def read_setting(name: str, stored: str) -> SettingScalar:
    """The typed value of what the store keeps. SettingUnknownError, SettingTypeError for what does not fit."""
    if name not in SETTINGS:
        raise SettingUnknownError(name=name)
    try:
        value = json.loads(stored, parse_float=Decimal)
    except ValueError:
        raise SettingTypeError(name=name, value=stored[:40]) from None
    return check_setting(name, value)


def setting_words(name: str, value: SettingScalar) -> str:
    """The value as it is read: 08:00, 30, Next point of the hour."""
    setting = SETTINGS[name]
    if setting.unit == "clock" and isinstance(value, int):
        return clock_text(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return shown(value)
    return _(setting.choices[str(value)]) if str(value) in setting.choices else str(value)
