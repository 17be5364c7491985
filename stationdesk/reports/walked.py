"""Lines of rounds and checklists on paper: as they were answered, or with boxes for a hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain.answers import Ask, Item, Result
from stationdesk.domain.limits import finding_words
from stationdesk.domain.moments import format_date, format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, CHINESE, _, language
from stationdesk.reports.sheet import Column, Row, Run, Table, Text

if TYPE_CHECKING:
    from stationdesk.services.lines import LineView

BOX, HAND = "□", 21.5  # points: a row one can write in
DASH = "—"


def columns(times: bool) -> list[Column]:
    """The columns of a table of lines; times: with when each point was walked."""
    made = [
        Column("number", C_("sheet", "#"), 8, "center"),
        Column("area", _("Area"), 18),
        Column("point", _("Point") if times else _("Item")),
        Column("reading", _("Reading"), 20, "right"),
        Column("limits", _("Limits"), 23, "center", grey=True),
        Column("result", _("Result"), 20),
        Column("note", _("Note and hazard"), 36),
    ]
    return [*made, Column("time", C_("time", "Walked"), 13, "center")] if times else made


def answered(key: str, title: str, lines: Sequence[LineView], zone: ZoneInfo, times: bool, remark: str = "") -> Table:
    """The lines with their answers; an area is named where it begins."""
    return Table(key, title, columns(times), _rows(lines, zone), remark=remark, pad=3.2)


def _rows(lines: Sequence[LineView], zone: ZoneInfo) -> list[Row]:
    made, area = [], ""
    for n, line in enumerate(lines, 1):
        own = str(line.area)
        made.append(_row(n, line, "" if own == area else own, zone))
        area = own
    return made


def _row(n: int, line: LineView, area: str, zone: ZoneInfo) -> Row:
    return {
        "number": n,
        "area": area,
        "point": str(line.name),
        "reading": _reading(line),
        "limits": limits(line.item),
        "result": _result(line),
        "note": _note(line),
        "time": format_time(line.walked_at, zone) if line.walked_at else "",
    }


def limits(item: Item) -> str:
    """The limits of a measured line, nothing for another."""
    text = item.limits.text() if item.ask is Ask.MEASURE else ""
    return "" if text == DASH else f"{text} {item.unit}".strip()


def _reading(line: LineView) -> Text:
    answer = line.answer
    if answer is None or answer.result is Result.NA:
        return ""
    if answer.value is not None:
        text = f"{shown(answer.value)} {line.item.unit}".strip()
        return Run(text, bold=answer.result is Result.ABNORMAL)
    return str(line.choice_name(answer.choice)) if answer.choice else ""


def _result(line: LineView) -> Text:
    if line.answer is None:
        return _("not answered")
    if line.answer.result is Result.ABNORMAL:
        return [Run("△ "), Run(_("Abnormal"), bold=True)]
    return _("Not applicable") if line.answer.result is Result.NA else f"✓ {_('Normal')}"


def _note(line: LineView) -> Text:
    if line.answer is None:
        return ""
    abnormal = line.answer.result is Result.ABNORMAL
    beyond = finding_words(line.answer.finding)
    words = _("; ").join(part for part in (beyond, line.answer.words) if part)
    return Run("\n".join(part for part in (words, line.hazard.number if line.hazard else "") if part), bold=abnormal)


def by_hand(key: str, lines: Sequence[LineView], times: bool) -> Table:
    """The lines with boxes to tick and room to write."""
    head = [
        Column("number", C_("sheet", "#"), 8, "center"),
        Column("area", _("Area"), 18),
        Column("point", _("Point") if times else _("Item")),
        Column("reading", _("Reading"), 22, "right"),
        Column("result", _("Result"), 44),
        Column("note", _("Note"), 30),
    ]
    if times:
        head.append(Column("time", C_("time", "Walked"), 13, "center"))
    return Table(key, "", head, _blank_rows(lines), tall=HAND, pad=2.4)


def _blank_rows(lines: Sequence[LineView]) -> list[Row]:
    made: list[Row] = []
    area = ""
    for n, line in enumerate(lines, 1):
        own = str(line.area)
        made.append(
            {"number": n, "area": "" if own == area else own, "point": _asked(line), "reading": _unit(line), "result": _boxes(line)}
        )
        area = own
    return made


def _asked(line: LineView) -> Text:
    """The point, its limits in grey behind it."""
    text = limits(line.item)
    return [Run(str(line.name)), Run(f" {text}", grey=True, size=0.85)] if text else str(line.name)


def _unit(line: LineView) -> str:
    return line.item.unit if line.item.ask is Ask.MEASURE else ""


def _boxes(line: LineView) -> str:
    gap = "　" if language() == CHINESE else " "
    answers = [_("Normal"), _("Abnormal")]
    if line.item.ask is Ask.CHOOSE:
        answers = [str(choice.name) for choice in line.item.choices]
    return gap.join(f"{BOX}{each}" for each in (*answers, _("N/A")))


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """2026-11-21 07:02, nothing for no time."""
    return f"{format_date(at.astimezone(zone).date())} {format_time(at, zone)}" if at is not None else ""
