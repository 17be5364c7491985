"""What changed from one version of a thing to the next, as facts: worded where they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from stationdesk.domain.names import Name

NAMELESS = Name("")
Value = str | int | Decimal | bool | Name | None
Values = Mapping[str, Value]
"""By the name of the field."""


class Turn(StrEnum):
    """What happened to a value or a line."""

    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"


@dataclass(frozen=True)
class Line:
    """A line of a thing: a checkpoint, an entry of a list, a column of a sheet."""

    name: Name
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Shape:
    """One version, flat: values of its own, and lines by their code in their order."""

    head: Values = field(default_factory=dict)
    lines: Mapping[str, Line] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """line: "" and an empty name for the thing itself. field: "" for a line that came, went or moved."""

    turn: Turn
    line: str = ""
    name: Name = NAMELESS
    field: str = ""
    before: Value = None
    after: Value = None


def changes(before: Shape, after: Shape) -> tuple[Change, ...]:
    """From one version to the next: its own values first, then its lines in the order of the later one, then what went."""
    return (*_values(before.head, after.head), *_lines(before.lines, after.lines))


def _values(before: Values, after: Values, line: str = "", name: Name = NAMELESS) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if (was or None) != (now or None):
            yield Change(Turn.CHANGED, line, name, key, was, now)


def _lines(before: Mapping[str, Line], after: Mapping[str, Line]) -> Iterator[Change]:
    for code, line in after.items():
        if code not in before:
            yield Change(Turn.ADDED, code, line.name)
        else:
            yield from _values(before[code].values, line.values, code, line.name)
    yield from (Change(Turn.DROPPED, code, line.name) for code, line in before.items() if code not in after)
    if [code for code in before if code in after] != [code for code in after if code in before]:
        yield Change(Turn.MOVED)
