"""The rotations of the trade, each as the text a chief may change; none leaves a shift empty."""

from __future__ import annotations

from dataclasses import dataclass

from stationdesk.domain.names import Name
from stationdesk.domain.roster.pattern import parse_pattern
from stationdesk.domain.rotation import Pattern, ShiftKind

_EIGHT = "N=00:00-08:00 D=08:00-16:00 E=16:00-24:00"
_TWELVE = "D=08:00-20:00 N=20:00-08:00"
_WHOLE = "S=08:00-08:00"


@dataclass(frozen=True)
class Usual:
    """A rotation many stations have."""

    code: str
    name: Name
    text: str

    @property
    def pattern(self) -> Pattern:
        """As a pattern, under its own code and name, its shifts called as people call them."""
        made = parse_pattern(self.text)
        kinds = tuple(ShiftKind(kind.code, _called(kind.code, self.text), kind.start, kind.end) for kind in made.kinds)
        return Pattern(self.code, self.name, kinds, made.cycle, made.phases)


USUAL = (
    Usual("8h-4x3", Name("四班三倒（8 小时）", "Four crews, three shifts of 8 h"), f"{_EIGHT}; D D E E - N N -; phases 6,0,2,4"),
    Usual("8h-5x3", Name("五班三倒（8 小时）", "Five crews, three shifts of 8 h"), f"{_EIGHT}; D D E E - N N - - -; crews 5; step 2"),
    Usual("12h-4x2", Name("四班两倒（12 小时）", "Four crews, two shifts of 12 h"), f"{_TWELVE}; D N - -; crews 4; step 1"),
    Usual("12h-3x2", Name("三班两倒（12 小时）", "Three crews, two shifts of 12 h"), f"{_TWELVE}; D N -; crews 3; step 1"),
    Usual("24h-4", Name("上一休三（24 小时）", "24 h on, 72 h off"), f"{_WHOLE}; S - - -; crews 4; step 1"),
    Usual("24h-3", Name("上一休二（24 小时）", "24 h on, 48 h off"), f"{_WHOLE}; S - -; crews 3; step 1"),
)

OFFICE = ShiftKind("O", Name("白班", "Office day"), 8 * 60, 17 * 60, rest=60, desk=False)
LEADS = ShiftKind("L", Name("带班", "Duty leader"), 8 * 60, 17 * 60, rest=60, desk=False)
STANDBY = ShiftKind("B", Name("备班", "Standby"), 8 * 60, 8 * 60, standby=24 * 60, desk=False)
DAY_KINDS = (OFFICE, LEADS, STANDBY)
"""What people beside the crews do: the office week, the duty leader of a holiday (带班领导), standby by the phone."""


def usual(code: str) -> Usual:
    """The rotation of this code. KeyError."""
    return {each.code: each for each in USUAL}[code]


def _called(code: str, text: str) -> Name:
    if text.startswith(_EIGHT):
        return {"N": Name("夜班", "Night"), "D": Name("早班", "Morning"), "E": Name("中班", "Evening")}[code]
    return {"D": Name("白班", "Day"), "N": Name("夜班", "Night"), "S": Name("全天班", "24 h duty")}[code]
