"""A published roster after an illness or a swap: mended with the fewest changes, proved."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from stationdesk.rostering.compact import Compact, Programme, Row, compact
from stationdesk.rostering.outcome import FIXED, LEAVE, Change, Repaired, Rule
from stationdesk.rostering.station import Duties, Member, Place, StationProblem

ONE_CHANGE = 1000.0  # points; hours so far and wishes (together MOST_ELSE at the most) only decide between equal numbers of changes
A_WISH, MOST_ELSE = 3.0, 10.0
SECONDS = 20.0
EVENT = (LEAVE, FIXED)  # what happened since it was published


def repair(problem: StationProblem, published: Mapping[str, Duties], seconds: float = SECONDS, from_day: int = 0) -> Repaired:
    """Mend `published` so that it meets `problem`, whose leave and fixed duties say what is new, with the fewest changed cells.

    Days before `from_day` stay as they are. What the published roster broke already may stay broken, but never more so.
    """
    began = time.monotonic()
    model = compact(problem)
    rows = [_no_worse(model, row, published) for row in model.rows if _days(model, row)[1] >= from_day]
    programme = Programme(model, _cost(model, published), rows + _past(model, published, from_day), seconds=seconds)
    if not programme.solve():
        return Repaired(None, (), 0, programme.proved, 0, time.monotonic() - began)
    duties = _duties(model, programme.chosen())
    changes = tuple(_changes(problem, published, duties))
    standing = sum(place is not None for own in published.values() for place in own)
    least = max(0, math.ceil((programme.bound + standing * ONE_CHANGE) / (ONE_CHANGE + MOST_ELSE) - 1e-6))
    forced = sum(_forced(problem, change) for change in changes)
    return Repaired(duties, changes, forced, least >= len(changes), least, time.monotonic() - began)


def _days(model: Compact, row: Row) -> tuple[int, int]:
    """The first and the last day a row is about; one without variables is about all days."""
    days = [model.variables[variable][1] for variable in row.variables]
    return (min(days), max(days)) if days else (0, model.problem.days)


def _no_worse(model: Compact, row: Row, published: Mapping[str, Duties]) -> Row:
    """The row, or what the published roster made of it where that was broken before anything happened."""
    had = row.most if row.rule.kind in EVENT else model.value(row, published)
    return row if had <= row.most else replace(row, most=had)


def _past(model: Compact, published: Mapping[str, Duties], from_day: int) -> list[Row]:
    """Rows that hold days gone by to what was published."""
    rows = []
    for variable, (number, day, place) in enumerate(model.variables):
        if day < from_day:
            sign, most = (-1.0, -1.0) if published[model.problem.members[number].name][day] == place else (1.0, 0.0)
            rows.append(Row(Rule(FIXED), (variable,), (sign,), most))
    return rows


def _cost(model: Compact, published: Mapping[str, Duties]) -> np.ndarray:
    """A place of the published roster saves a change, any other is one; wishes and hours so far decide between equals."""
    members = model.problem.members
    so_far = [member.so_far.minutes / max(0.1, member.share) for member in members]
    ranks = np.argsort(np.argsort(so_far)) / max(1, len(members))
    cost = np.zeros(len(model.variables))
    for variable, (number, day, place) in enumerate(model.variables):
        was = published[members[number].name][day]
        cost[variable] = -ONE_CHANGE if place == was else ONE_CHANGE if was is None else 0.0
        if place != was:
            cost[variable] += ranks[number] + A_WISH * _missed(members[number], day, place)
    return cost


def _missed(member: Member, day: int, place: Place) -> int:
    """The weight, 0 to 3, of the wish a place would miss."""
    return min(3, max((wish.weight for wish in member.wishes if wish.day == day and wish.shift != place.shift), default=0))


def _duties(model: Compact, chosen: list[int]) -> dict[str, Duties]:
    members, days = model.problem.members, model.problem.days
    found: dict[str, list[Place | None]] = {member.name: [None] * days for member in members}
    for variable in chosen:
        number, day, place = model.variables[variable]
        found[members[number].name][day] = place
    return {name: tuple(own) for name, own in found.items()}


def _changes(problem: StationProblem, published: Mapping[str, Duties], duties: Mapping[str, Duties]) -> list[Change]:
    pairs = ((member.name, day) for member in problem.members for day in range(problem.days))
    cells = (Change(name, day, published[name][day], duties[name][day]) for name, day in pairs)
    return [cell for cell in cells if cell.was != cell.now]


def _forced(problem: StationProblem, change: Change) -> bool:
    member = next(member for member in problem.members if member.name == change.member)
    return change.day in member.leave or change.day in member.fixed
