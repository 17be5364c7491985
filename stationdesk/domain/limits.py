"""Limits of a value: LL and HH alarm (red), L and H warn (amber). A value on a limit is still normal."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from stationdesk.domain.errors import DomainError
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import N_, _
from stationdesk.values import dataclass

Which = Literal["", "ll", "l", "h", "hh"]


class Grade(StrEnum):
    """How abnormal a value is; the codes of the store."""

    NONE = ""
    AMBER = "amber"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 normal, 1 amber, 2 red."""
        return ("", "amber", "red").index(self.value)


class LimitsOrderError(DomainError):
    """Limits that cannot all hold."""

    words = N_("Limits must rise from LL over L and H to HH.")
    field = "limits"


@dataclass(frozen=True)
class Finding:
    """What the limits say of a value: the grade, and which limit was passed (its value in the unit of the point)."""

    grade: Grade = Grade.NONE
    which: Which = ""
    limit: Decimal | None = None


NORMAL = Finding()


@dataclass(frozen=True)
class Limits:
    """Limits in the unit of the point; None where there is none. LimitsOrderError if they do not rise."""

    ll: Decimal | None = None
    l: Decimal | None = None  # noqa: E741 - the trade's name of the limit
    h: Decimal | None = None
    hh: Decimal | None = None

    def __post_init__(self) -> None:
        given = [each for each in (self.ll, self.l, self.h, self.hh) if each is not None]
        if any(not each.is_finite() for each in given) or any(b < a for a, b in pairwise(given)):
            raise LimitsOrderError()

    def grade(self, value: Decimal) -> Finding:
        """Normal, amber beyond L or H, red beyond LL or HH; the worst that holds."""
        if self.hh is not None and value > self.hh:
            return Finding(Grade.RED, "hh", self.hh)
        if self.ll is not None and value < self.ll:
            return Finding(Grade.RED, "ll", self.ll)
        if self.h is not None and value > self.h:
            return Finding(Grade.AMBER, "h", self.h)
        if self.l is not None and value < self.l:
            return Finding(Grade.AMBER, "l", self.l)
        return NORMAL

    @property
    def low(self) -> Decimal | None:
        """The limit first met going down."""
        return self.l if self.l is not None else self.ll

    @property
    def high(self) -> Decimal | None:
        """The limit first met going up."""
        return self.h if self.h is not None else self.hh

    def text(self, decimals: int | None = None) -> str:
        """As it stands in a head of a column: 2.20–2.70, ≤ 30, ≥ 16, — ; decimals as the station wrote them if not given."""
        low, high = self.low, self.high
        if low is not None and high is not None:
            return f"{shown(low, decimals)}–{shown(high, decimals)}"
        if high is not None:
            return f"≤ {shown(high, decimals)}"
        return "—" if low is None else f"≥ {shown(low, decimals)}"


def limit_words(value: Decimal | None) -> str:
    """One limit, with the decimals the station wrote: −20, 2.20; nothing where there is none."""
    return "" if value is None else shown(value)


def finding_words(finding: Finding, decimals: int | None = None) -> str:
    """Above 30, below 2.20; nothing for a normal value."""
    if finding.limit is None:
        return ""
    words = _("above {limit}") if finding.which in ("h", "hh") else _("below {limit}")
    return words.format(limit=shown(finding.limit, decimals))
