"""Lines of the store worded for a walk: readings with their limits, times on the wall, hazards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain.answers import Ask, Result
from stationdesk.domain.hazards import short_number
from stationdesk.domain.limits import finding_words
from stationdesk.domain.moments import format_day, format_deadline, format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import _
from stationdesk.ui.widgets.walk_rows import WalkPick, WalkRow
from stationdesk.ui.widgets.walk_run import WalkHazard

if TYPE_CHECKING:
    from stationdesk.services.lines import Choices, HazardBrief, LineView
    from stationdesk.services.shifts import ShiftView

DOT = "·"


def walk_rows(lines: Sequence[LineView], zone: ZoneInfo, pending: Mapping[int, str] | None = None) -> tuple[WalkRow, ...]:
    """The rows of a walk; pending: times typed at lines that have no answer yet. An area is named where it begins."""
    made, area = [], ""
    for n, line in enumerate(lines, 1):
        own = str(line.area)
        made.append(_row(n, line, "" if own == area else own, zone, (pending or {}).get(line.item_id, "")))
        area = own
    return tuple(made)


def _row(n: int, line: LineView, area: str, zone: ZoneInfo, typed_time: str) -> WalkRow:
    answer = line.answer
    bare = WalkRow(
        id=line.item_id,
        number=f"{n:02}",
        area=area,
        name=str(line.name),
        kind=str(line.item.ask),
        unit=line.item.unit,
        time=typed_time,
        hint=hint(line, zone),
        picks=tuple(WalkPick(each.code, str(each.name), each.abnormal) for each in line.item.choices),
    )
    if answer is None:
        return bare
    return replace(
        bare,
        time=format_time(line.walked_at, zone) if line.walked_at else typed_time,
        reading=reading(line),
        choice=answer.choice,
        result=str(answer.result),
        level=str(answer.finding.grade) or ("amber" if answer.result is Result.ABNORMAL else ""),
        words=answer.words,
        link=short_number(line.hazard.number) if line.hazard else "",
    )


def reading(line: LineView) -> str:
    """The value or state that was found, as it is read."""
    if line.answer is None or line.answer.result is Result.NA:
        return ""
    if line.answer.value is not None:
        return shown(line.answer.value)
    return str(line.choice_name(line.answer.choice)) if line.item.ask is Ask.CHOOSE else ""


def hint(line: LineView, zone: ZoneInfo) -> str:
    """What helps to judge a line: the limit it passed or its limits, and what was found the last time."""
    return DOT.join(part for part in (*_limits(line), _last(line, zone)) if part)


def _limits(line: LineView) -> list[str]:
    answer, limits = line.answer, line.item.limits
    if answer is not None and answer.finding.limit is not None:
        alarm = limits.hh if answer.finding.which == "h" else limits.ll if answer.finding.which == "l" else None
        return [finding_words(answer.finding), _("alarm at {limit}").format(limit=shown(alarm)) if alarm is not None else ""]
    text = limits.text() if line.item.ask is Ask.MEASURE else ""
    return [text] if text != "—" else []


def _last(line: LineView, zone: ZoneInfo) -> str:
    last = line.last
    if last is None:
        return ""
    if last.value is not None:
        return _("last {time}: {value}").format(time=format_time(last.at, zone), value=shown(last.value))
    if last.choice:
        return _("last {time}: {value}").format(time=format_time(last.at, zone), value=line.choice_name(last.choice))
    return _("abnormal the last time, {time}").format(time=format_time(last.at, zone)) if last.result == Result.ABNORMAL else ""


def shift_words(shift: ShiftView | None, counts: str) -> str:
    """The fact beside the title: of which shift, and what; of one that is handed over its day too."""
    if shift is None:
        return counts
    if shift.closed_at is None:
        return _("{shift}: {counts}").format(shift=shift.name, counts=counts)
    return _("{day} {shift}, handed over: {counts}").format(day=format_day(shift.day), shift=shift.name, counts=counts)


def walk_hazards(lines: Sequence[LineView], choices: Choices, at: datetime, zone: ZoneInfo) -> tuple[tuple[int, WalkHazard], ...]:
    """The hazards raised at lines, by the line's id."""
    grades = {code: str(name) for code, name in choices.grades}
    return tuple((line.item_id, _hazard(line.hazard, grades, at, zone)) for line in lines if line.hazard is not None)


def _hazard(brief: HazardBrief, grades: Mapping[str, str], at: datetime, zone: ZoneInfo) -> WalkHazard:
    left = int((brief.deadline - at).total_seconds() // 3600)
    until = format_deadline(brief.deadline, zone)
    if left >= 1:
        until = DOT.join((until, _("{n} h left").format(n=left)))
    return WalkHazard(brief.hazard_id, brief.number, grades.get(brief.grade, brief.grade), until, brief.owner or _("nobody yet"))
