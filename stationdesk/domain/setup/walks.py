"""Points, routes and checkpoints of the workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stationdesk.domain.answers import Ask, Choice, Item
from stationdesk.domain.errors import DomainError
from stationdesk.domain.limits import Limits
from stationdesk.domain.names import Name
from stationdesk.domain.profile import PointDefault, RouteDefault, WalkLine
from stationdesk.domain.rounds import Schedule, schedule_of
from stationdesk.domain.setup.cells import Book, Reader, Refusals, Row
from stationdesk.domain.setup.columns import PLANS, Choices
from stationdesk.domain.setup.lists import PointRow, RouteRow
from stationdesk.domain.setup.refusals import CellTwiceError, ChoicesShapeError, CounterOnlyError, NoCheckpointsError
from stationdesk.domain.walks import LineChoicesError, LineText, check_lines

_CHOICE = re.compile(r"(!?)\s*(?:([A-Za-z0-9_-]+)\s*[:：])?\s*([^|｜:：]+?)\s*(?:[|｜]\s*(.+?))?\s*")
NO_LIMITS = Limits()


def points(book: Book, refusals: Refusals) -> tuple[PointRow, ...]:
    """The reading points in the order of the sheet."""
    made = []
    seen: dict[str, int] = {}
    for row in book.rows.get("points", ()):
        each = _point(Reader(PLANS["points"], row, refusals, {}))
        if each.point.code in seen:
            refusals.add(row, "code", CellTwiceError(typed=each.point.code, row=seen[each.point.code]))
        seen.setdefault(each.point.code, row.number)
        made.append(each)
    return tuple(made)


def _point(read: Reader) -> PointRow:
    kind = read.text("kind") or "gauge"
    rollover, base = read.number("rollover"), read.number("base")
    for key, value in (("rollover", rollover), ("base", base)):
        if value is not None and kind != "counter":
            read.refusals.add(read.row, key, CounterOnlyError())
    point = PointDefault(
        read.text("code"), _name(read, "group"), _name(read, "name"), read.text("unit"), kind, read.text("quantity"),
        read.whole("decimals", 2, 0, 6), _limits(read), read.number("design"), rollover, read.yes("on_now"),
    )  # fmt: skip
    return PointRow(point, base, read.row)


def _name(read: Reader, key: str) -> Name:
    return Name(read.text(f"{key}_zh"), read.text(f"{key}_en"))


def _limits(read: Reader) -> Limits:
    values = [read.number(key) for key in ("ll", "l", "h", "hh")]
    first = next((key for key, value in zip(("ll", "l", "h", "hh"), values, strict=True) if value is not None), "ll")
    with read.at(first):
        return Limits(*values)
    return NO_LIMITS


def routes(book: Book, refusals: Refusals, listed: Mapping[str, Choices]) -> tuple[RouteRow, ...]:
    """The routes with their checkpoints. A sheet of checkpoints alone changes the routes that are there, so both must come."""
    plan, heads = PLANS["routes"], book.rows.get("routes", ())
    names = {**listed.get("routes", {})}
    readers = [Reader(plan, row, refusals, listed) for row in heads]
    seen: dict[str, int] = {}
    for read in readers:
        code = read.text("code")
        if code in seen:
            refusals.add(read.row, "code", CellTwiceError(typed=code, row=seen[code]))
        seen.setdefault(code, read.row.number)
        names[code] = Name(read.text("name_zh"))
    lines = _lines(book, refusals, {**listed, "routes": names})
    return tuple(_route(read, lines) for read in readers)


def _route(read: Reader, lines: Mapping[str, list[tuple[WalkLine, Row]]]) -> RouteRow:
    code = read.text("code")
    own = lines.get(code, [])
    if not own and code:
        read.refusals.add(read.row, "code", NoCheckpointsError(route=code))
    _check_lines(own, read.refusals)
    checkpoints = tuple(line for line, _row in own)
    minutes, people = read.whole("window_minutes", 40, 1, 1440), read.whole("people", 1, 1, 40)
    return RouteRow(RouteDefault(code, _name(read, "name"), _schedule(read), minutes, people, checkpoints), read.row)


def _schedule(read: Reader) -> Schedule:
    data: dict[str, Any] = {}
    every, times = read.clock("every"), read.clocks("times")
    if every:
        data |= {"every": every, "first": read.clock("first") or "00:00"}
    if times:
        data["times"] = times
    for key, least, most in (("days", -1, 31), ("weekdays", 1, 7)):
        if found := read.wholes(key, least, most):
            data[key] = found
    if not data and (read.given("every") or read.given("times")):
        return Schedule()  # what stands there was refused
    with read.at("every"):
        return schedule_of(data)
    return Schedule()


def _lines(book: Book, refusals: Refusals, listed: Mapping[str, Choices]) -> dict[str, list[tuple[WalkLine, Row]]]:
    made: dict[str, list[tuple[WalkLine, Row]]] = {}
    for row in book.rows.get("checkpoints", ()):
        read = Reader(PLANS["checkpoints"], row, refusals, listed)
        made.setdefault(read.text("route"), []).append((_line(read), row))
    made.pop("", None)
    return made


def _line(read: Reader) -> WalkLine:
    ask = Ask(read.text("ask") or "look")
    choices: tuple[Choice, ...] = ()
    with read.at("choices"):
        choices = choices_of_text(read.text("choices"))
        if (ask is Ask.CHOOSE) != bool(choices):
            raise ChoicesShapeError
    item = Item(read.text("code"), ask, _limits(read), read.whole("decimals", 2, 0, 6), read.text("unit"), choices)
    return WalkLine(_name(read, "area"), _name(read, "name"), item)


def _check_lines(lines: list[tuple[WalkLine, Row]], refusals: Refusals) -> None:
    """Codes twice and states that cannot be chosen, at their own rows; the rest was asked cell by cell."""
    seen: dict[str, int] = {}
    for line, row in lines:
        code = line.item.code
        if code and code in seen:
            refusals.add(row, "code", CellTwiceError(typed=code, row=seen[code]))
        seen.setdefault(code, row.number)
        try:
            check_lines([text_of(line)])
        except LineChoicesError:
            refusals.add(row, "choices", ChoicesShapeError())
        except DomainError:
            continue  # an empty code or name is refused as an empty cell


def text_of(line: WalkLine) -> LineText:
    """A line as a route version takes it."""
    item = line.item
    return LineText(item.code, line.name, line.area, item.ask, item.unit, item.decimals, item.limits, item.choices)


def choices_of_text(text: str) -> tuple[Choice, ...]:
    """States of `open:开|open; !shut:关|shut`; without codes they get c1, c2 … ChoicesShapeError."""
    made = []
    for n, part in enumerate((each for each in re.split(r"[;；]", text) if each.strip()), 1):
        found = _CHOICE.fullmatch(part.strip())
        if found is None:
            raise ChoicesShapeError
        made.append(Choice(found[2] or f"c{n}", Name(found[3], found[4] or ""), bool(found[1])))
    return tuple(made)


def choices_text(choices: tuple[Choice, ...]) -> str:
    """As `choices_of_text` reads it."""
    return "; ".join(_choice_text(each) for each in choices)


def _choice_text(choice: Choice) -> str:
    mark, english = "!" if choice.abnormal else "", f"|{choice.name.en}" if choice.name.en else ""
    return f"{mark}{choice.code}:{choice.name.zh}{english}"
