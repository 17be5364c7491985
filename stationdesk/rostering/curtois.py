"""The public text format of Curtois and Qu (2014, shift scheduling benchmark instances), read and written.

Sections HORIZON, SHIFTS, STAFF, DAYS_OFF, SHIFT_ON_REQUESTS, SHIFT_OFF_REQUESTS and COVER; days are numbered from 0, a Monday;
lengths are minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

T = TypeVar("T")
MOST_CELLS = 20_000_000  # people x days x shifts
MOST_SHIFTS, MOST_WEIGHT = 1000, 1_000_000
OFF = "-"


class NotAnInstanceError(DomainError):
    """No SECTION_HORIZON: this is another kind of file."""

    words: ClassVar[str] = N_("This is no roster problem in the format of Curtois and Qu: it has no section {section}.")


class UnreadableLineError(DomainError):
    """A line that does not say what its section asks for."""

    words: ClassVar[str] = N_("Line {line}, section {section}: “{text}” cannot be read.")


class TooLargeError(DomainError):
    """More than any station has."""

    words: ClassVar[str] = N_("This roster problem is too large: {people} people, {days} days, {shifts} shifts.")


@dataclass(frozen=True)
class Shift:
    """One kind of duty: minutes, and which may not follow the day after."""

    code: str
    minutes: int
    not_before: tuple[str, ...]


@dataclass(frozen=True)
class Employee:
    """One person's limits; `most` by shift code."""

    code: str
    most: dict[str, int]
    most_minutes: int
    least_minutes: int
    most_in_a_row: int
    least_in_a_row: int
    least_off: int
    most_weekends: int
    off: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Request:
    """A wish: to work the shift that day (`on`), or not to."""

    employee: str
    day: int
    shift: str
    weight: int
    on: bool


@dataclass(frozen=True)
class Cover:
    """How many should work a shift, and what one too few or too many costs."""

    day: int
    shift: str
    need: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """A whole file."""

    days: int
    shifts: tuple[Shift, ...]
    staff: tuple[Employee, ...]
    requests: tuple[Request, ...]
    cover: tuple[Cover, ...]


@dataclass(frozen=True)
class _Line:
    number: int
    section: str
    text: str


def read(text: str) -> Instance:
    """The instance a file's text says. DomainError: what is wrong with it, by its line."""
    sections: dict[str, list[_Line]] = {}
    for line in _lines(text):
        sections.setdefault(line.section, []).append(line)
    for name in ("HORIZON", "SHIFTS", "STAFF", "COVER"):
        if name not in sections:
            raise NotAnInstanceError(section=f"SECTION_{name}")
    return _Reader(sections).instance()


def written(codes: Sequence[str], rosters: Sequence[Sequence[int]]) -> str:
    """A roster as text: one line an employee in the file's order, shift codes or `-` by day. codes[0] is the day off."""
    return "".join(",".join(codes[action] if action else OFF for action in roster) + "\n" for roster in rosters)


def _lines(text: str) -> Iterator[_Line]:
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip().lstrip("\ufeff")
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
        elif line and not line.startswith("#"):
            yield _Line(number, section, line)


class _Reader:
    def __init__(self, sections: dict[str, list[_Line]]) -> None:
        self._sections = sections
        self._days = 0
        self._shifts: set[str] = set()
        self._staff: set[str] = set()

    def instance(self) -> Instance:
        """All sections, each checked against those before it."""
        self._days = self._each("HORIZON", lambda parts: _whole(parts[0], 1))[0]
        self._refuse_too_large()
        shifts = self._each("SHIFTS", self._shift)
        self._shifts = {shift.code for shift in shifts}
        staff = self._each("STAFF", self._employee)
        self._staff = {employee.code for employee in staff}
        off = dict(self._each("DAYS_OFF", self._days_off))
        on_requests = self._each("SHIFT_ON_REQUESTS", lambda parts: self._request(parts, on=True))
        off_requests = self._each("SHIFT_OFF_REQUESTS", lambda parts: self._request(parts, on=False))
        people = tuple(replace(employee, off=off.get(employee.code, frozenset())) for employee in staff)
        return Instance(self._days, tuple(shifts), people, (*on_requests, *off_requests), tuple(self._each("COVER", self._cover)))

    def _refuse_too_large(self) -> None:
        people, shifts = len(self._sections["STAFF"]), len(self._sections["SHIFTS"])
        if people * self._days * (shifts + 1) > MOST_CELLS or shifts > MOST_SHIFTS:
            raise TooLargeError(people=people, days=self._days, shifts=shifts)

    def _each(self, section: str, parse: Callable[[list[str]], T]) -> list[T]:
        found = []
        for line in self._sections.get(section, ()):
            try:
                found.append(parse([part.strip() for part in line.text.split(",")]))
            except (ValueError, IndexError):
                raise UnreadableLineError(line=line.number, section=section, text=line.text[:60]) from None
        return found

    def _shift(self, parts: list[str]) -> Shift:
        code, minutes, *after = parts
        if not code or code == OFF:
            raise ValueError
        return Shift(code, _whole(minutes, 1), tuple(part.strip() for part in "|".join(after).split("|") if part.strip()))

    def _employee(self, parts: list[str]) -> Employee:
        code, most, *numbers = parts
        limits = dict(each.split("=") for each in most.split("|"))
        if code in self._staff or not self._shifts.issuperset(limits):
            raise ValueError
        self._staff.add(code)
        minutes, least, run, least_run, off, weekends = (_whole(number) for number in numbers[:6])
        return Employee(code, {shift: _whole(limit) for shift, limit in limits.items()}, minutes, least, run, least_run, off, weekends)

    def _days_off(self, parts: list[str]) -> tuple[str, frozenset[int]]:
        return self._known(parts[0], self._staff), frozenset(self._day(day) for day in parts[1:] if day)

    def _request(self, parts: list[str], *, on: bool) -> Request:
        who, day, shift = self._known(parts[0], self._staff), self._day(parts[1]), self._known(parts[2], self._shifts)
        return Request(who, day, shift, _whole(parts[3], most=MOST_WEIGHT), on)

    def _cover(self, parts: list[str]) -> Cover:
        day, shift, need, under, over = parts[:5]
        weights = (_whole(under, most=MOST_WEIGHT), _whole(over, most=MOST_WEIGHT))
        return Cover(self._day(day), self._known(shift, self._shifts), _whole(need), *weights)

    def _day(self, text: str) -> int:
        return _whole(text, most=self._days - 1)

    def _known(self, code: str, codes: set[str]) -> str:
        if code not in codes:
            raise ValueError
        return code


def _whole(text: str, least: int = 0, most: int = 10_000_000) -> int:
    number = int(text)
    if not least <= number <= most:
        raise ValueError
    return number
