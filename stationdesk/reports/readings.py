"""运行参数日报: the hours of a gas day × points, with limits, corrections, what was abnormal and why, and the trend of the main points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.moments import format_date, format_moment, format_time, weekday
from stationdesk.domain.points import correction_words
from stationdesk.domain.words import C_, _, n_
from stationdesk.reports.sheet import Chart, Column, Facts, Paragraph, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services import readings
from stationdesk.services.readings import CellView, DayFigures, GridView, HourLine, PointView, ShiftLine
from stationdesk.services.sheets import letterhead

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (16, 0, 16, 0, 16, 0, 22, 0)
TIME, BY, COUNTER = 15.0, 17.0, 22.0  # mm
AT_MOST = 14  # points beside each other; more go to a second table
CHARTS = 1
PAD = 0.9  # points: 25 hours stay on one page, and all of it on two
CHART = 62.0  # points high


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "2026-11-20", the gas day that begins on it; "" the last whole one."""
    at = store.clock()
    figures = readings.day_figures(store, date.fromisoformat(subject) if subject else None, at)
    view = figures.view
    head = letterhead(store, view.start)
    with words.speaking(language):
        return Sheet(
            title=_("Daily operating parameters"),
            company=str(head.company),
            station=str(head.station),
            number=f"RB-{view.start.astimezone(view.zone):%Y%m%d}",
            language=language,
            landscape=True,
            sections=_sections(figures, str(head.station)),
            watermark=_("Trial operation") if head.trial else "",
        )


def form(store: Store, _subject: str, language: str) -> Sheet:
    """The blank form, for the day the computer is down."""
    at = store.clock()
    view = readings.day_figures(store, None, at).view
    head = letterhead(store, at)
    with words.speaking(language):
        bands: list[list[tuple[str, Text]]] = [[(_("Station"), str(head.station)), (_("Date"), ""), (_("Weather"), ""), (_("Crew"), "")]]
        tables = [
            Table(key, "", columns, [{"time": row["time"]} for row in rows], groups=groups, pad=PAD)
            for key, columns, rows, groups in _tables(view, blank=True)
        ]
        return Sheet(
            title=_("Daily operating parameters"),
            company=str(head.company),
            station=str(head.station),
            language=language,
            landscape=True,
            sections=[Facts("facts", bands=bands, widths=WIDTHS), *tables, Paragraph("why", _("Notes"), tall=40), _ink()],
            note=_("Filled in by hand while the program cannot run; entered afterwards as written later."),
        )


def _ink() -> Signatures:
    roles = (("leader", _("Shift leader")), ("chief", _("Station chief")))
    return Signatures("signatures", cells=[Signature(key, role) for key, role in roles])


def _sections(figures: DayFigures, station: str) -> list[Section]:
    view = figures.view
    made: list[Section] = [Facts("facts", bands=[_band(view, station)], widths=WIDTHS)]
    made += [Table(key, "", columns, rows, groups=groups, pad=PAD) for key, columns, rows, groups in _tables(view)]
    remark = _("△ beyond a limit; struck through: the value before a correction; empty: not read")
    made.append(Paragraph("why", _("Abnormal values, corrections and gaps"), text=_why(view), remark=remark))
    made.append(_summary(figures))
    made += _charts(view)
    made.append(_signatures(view))
    return made


def _band(view: GridView, station: str) -> list[tuple[str, Text]]:
    begins = view.start.astimezone(view.zone)
    day = _("{date} {weekday} from {time}")
    read = _("{done} of {due} hours read")
    full, due = _full(view)
    since = max((point.valid_from for point in view.points if point.valid_from), default=None)
    return [
        (_("Station"), station),
        (
            _("Gas day"),
            day.format(date=format_date(begins.date()), weekday=weekday(begins.date()), time=format_time(view.start, view.zone)),
        ),
        (_("Hours"), read.format(done=full, due=due)),
        (_("Limits since"), "" if since is None else f"{since.astimezone(view.zone):%Y-%m-%d %H:%M}"),
    ]


def _full(view: GridView) -> tuple[int, int]:
    """Hours whose every point was read, of all of the day; of a station without points none."""
    hours = view.hours()
    return sum(0 < len(view.points) == len(line.cells) + len(line.hidden) for line in hours), len(hours)


# The hours
Grid = tuple[str, list[Column], list[dict[str, Text | Decimal | None]], list[tuple[str, int]]]


def _tables(view: GridView, blank: bool = False) -> list[Grid]:
    """One table, or several of even width where a station has many points."""
    count = -(-len(view.points) // AT_MOST) or 1
    size = -(-len(view.points) // count)
    return [_table(view, view.points[n * size : (n + 1) * size], n, blank) for n in range(count)]


def _table(view: GridView, points: Sequence[PointView], n: int, blank: bool) -> Grid:
    columns = [Column("time", _("Time"), TIME, "center"), *(_column(point) for point in points), Column("by", _("Read by"), BY, "center")]
    groups = [("", 1), *((str(name), len(list(own))) for name, own in groupby(points, key=lambda point: point.group)), ("", 1)]
    rows = [_row(line, points, view) for line in view.hours()] if not blank else [_only_time(line, view) for line in view.hours()]
    return f"hours{n or ''}", columns, rows, groups


def _column(point: PointView) -> Column:
    wide = COUNTER if point.kind == "counter" else 0.0
    return Column(point.code, str(point.short_name), wide, "right", None, unit=point.unit, limit=point.limits.text())


def _only_time(line: HourLine, view: GridView) -> dict[str, Text | Decimal | None]:
    return {"time": format_time(line.time, view.zone)}


def _row(line: HourLine, points: Sequence[PointView], view: GridView) -> dict[str, Text | Decimal | None]:
    row = _only_time(line, view)
    for point in points:
        row[point.code] = (
            _("hidden until the blind reading") if point.point_id in line.hidden else _value(point, line.cells.get(point.point_id))
        )
    row["by"] = _(", ").join(dict.fromkeys(cell.by for cell in line.cells.values() if cell.by))
    return row


def _value(point: PointView, cell: CellView | None) -> Text | Decimal | None:
    """A plain number for the workbook where nothing is to be marked."""
    if cell is None:
        return None
    if not cell.grade and not cell.old:
        return cell.value
    runs = [Run(point.words(cell.old[-1]), grey=True, size=0.85, struck=True)] if cell.old else []
    if not cell.grade:
        return [*runs, Run(f" {point.words(cell.value)}")]
    return [*runs, Run(" △ " if runs else "△ "), Run(point.words(cell.value), bold=True)]


# The words
def _why(view: GridView) -> str:
    lines = [*_abnormal(view), *_corrections(view), *_gaps(view), *_late(view)]
    if lines:
        return "\n".join(lines)
    if not any(line.cells or line.hidden for line in view.hours()):
        return _("Nothing was read.")
    done, due = _full(view)
    if done < due:
        return _("Nothing abnormal, nothing corrected, as far as it was read: {done} of {due} hours.").format(done=done, due=due)
    return _("Nothing abnormal, nothing corrected, every hour read on time.")


def _span(start: datetime, end: datetime, view: GridView) -> str:
    first = format_time(start, view.zone) if start >= view.start else format_moment(start, view.zone)
    return first if start == end else f"{first}–{format_time(end, view.zone)}"


def _abnormal(view: GridView) -> Iterable[str]:
    for said in view.explained:
        peak = "" if said.peak is None else said.point.words(said.peak)
        words_ = _("{span} {point}, up to {value} {unit}: {words} ({name} {time})")
        span, time = _span(said.since, said.until, view), format_time(said.at, view.zone)
        yield words_.format(span=span, point=said.point.title, value=peak, unit=said.point.unit, words=said.text, name=said.by, time=time)
    for owed in view.owed:
        if owed.until >= view.start:
            words_ = _("{span} {point} {value} {unit}: explanation owed")
            value = owed.point.words(owed.value)
            yield words_.format(span=_span(owed.since, owed.until, view), point=owed.point.title, value=value, unit=owed.point.unit)


def _corrections(view: GridView) -> Iterable[str]:
    for each in view.corrections:
        words_ = _("{time} {point} {old} corrected to {new} {unit}: {why} ({name} {at})")
        if each.after_close:
            words_ = _("{time} {point} {old} corrected to {new} {unit} after the handover: {why} ({name} {at})")
        yield words_.format(
            time=format_time(each.time, view.zone), point=each.point.title, old=each.point.words(each.old), new=each.point.words(each.new),
            unit=each.point.unit, why=correction_words(each.why), name=each.by, at=format_time(each.at, view.zone),
        )  # fmt: skip


def _gaps(view: GridView) -> Iterable[str]:
    for gap in view.gaps:
        span = _span(gap.start, gap.end, view)
        if gap.words:
            yield _("{span} not read: {words} ({name})").format(span=span, words=gap.words, name=gap.by)
        else:
            yield _("{span} not read, no words given").format(span=span)


def _late(view: GridView) -> Iterable[str]:
    for line in view.hours():
        late = [cell for cell in line.cells.values() if cell.late and cell.at is not None]
        if late:
            last = max(cell.at for cell in late if cell.at is not None)
            words_ = n_("{time}: {count} value entered late, {at} {name}", "{time}: {count} values entered late, {at} {name}", len(late))
            time, by = format_time(line.time, view.zone), _(", ").join(dict.fromkeys(cell.by for cell in late))
            yield words_.format(time=time, count=len(late), at=format_time(last, view.zone), name=by)


# Figures
def _summary(figures: DayFigures) -> Table:
    columns = [
        Column("point", _("Parameter")),
        Column("unit", C_("sheet", "Unit"), 18, "center"),
        Column("limits", _("Limits"), 26, "center"),
        Column("count", _("Read"), 14, "right"),
        Column("low", _("Lowest"), 40, "right"),
        Column("high", _("Highest"), 40, "right"),
        Column("mean", _("Mean"), 22, "right", None),
        Column("moved", _("Went on by"), 26, "right", None),
        Column("over", _("Beyond limits"), 27, "right"),
    ]
    view = figures.view
    rows: list[Row] = []
    for each in figures.points:
        own, point = each.summary, each.point
        counter = point.kind == "counter"
        rows.append(
            {
                "point": point.title,
                "unit": point.unit,
                "limits": point.limits.text(),
                "count": own.count,
                "low": "" if counter else _at(point, own.low, own.low_at, view),
                "high": "" if counter else _at(point, own.high, own.high_at, view),
                "mean": None if counter else own.mean,
                "moved": each.moved if counter else None,
                "over": own.over,
            }
        )
    return Table(
        "summary", _("The day in figures"), columns, rows, remark=_("of the values in force"), pad=PAD, empty=_("Nothing was read.")
    )


def _at(point: PointView, value: Decimal, time: datetime, view: GridView) -> Text:
    return [Run(point.words(value)), Run(f"  {format_time(time, view.zone)}", grey=True, size=0.913)]


def _charts(view: GridView) -> list[Section]:
    """The main points: those of the first page."""
    main = [point for point in view.points if point.on_now][:CHARTS]
    return [_chart(point, view) for point in main if any(point.point_id in line.cells for line in view.hours())]


def _chart(point: PointView, view: GridView) -> Chart:
    begins = view.start.astimezone(view.zone).hour
    hours = [(_axis(line.time, view), line.cells.get(point.point_id)) for line in view.hours()]
    low, high = point.limits.low, point.limits.high
    limits = [(C_("limit", "low {limit}").format(limit=point.words(low)), float(low))] if low is not None else []
    limits += [(C_("limit", "high {limit}").format(limit=point.words(high)), float(high))] if high is not None else []
    points = [(hour, float(cell.value) if cell else None) for hour, cell in hours]
    end = hours[-1][0] if hours else begins + 24.0
    reasons = [(_axis(gap.start, view), _axis(gap.end, view), gap.words) for gap in view.gaps if gap.words and gap.point in (None, point)]
    return Chart(
        f"trend-{point.code}",
        point.title,
        remark=point.unit,
        points=points,
        limits=limits,
        hours=(begins, end),
        digits=point.decimals,
        tall=CHART,
        reasons=[(max(start, begins), min(until, end), said) for start, until, said in reasons],
    )


def _axis(time: datetime, view: GridView) -> float:
    """Where an hour stands on the axis: 8.0 at the beginning of a day that begins at 08:00."""
    return view.start.astimezone(view.zone).hour + (time - view.start) / timedelta(hours=1)


def _signatures(view: GridView) -> Signatures:
    """Who read in each shift of the day, and the chief's place for ink."""
    cells = []
    for n, (shift, hours) in enumerate(_by_shift(view), 1):
        by = _(", ").join(dict.fromkeys(cell.by for line in hours for cell in line.cells.values() if cell.by))
        count = sum(bool(line.cells) for line in hours)
        role = _("{shift}, read by").format(shift=shift.name)
        cells.append(Signature(f"shift{n}", role, by, n_("{count} hour", "{count} hours", count).format(count=count), dated=False))
    return Signatures("signatures", cells=[*cells, Signature("chief", _("Station chief"))])


def _by_shift(view: GridView) -> list[tuple[ShiftLine, list[HourLine]]]:
    found: list[tuple[ShiftLine, list[HourLine]]] = []
    for line in view.lines:
        if isinstance(line, ShiftLine):
            found.append((line, []))
        elif found:
            found[-1][1].append(line)
    return [each for each in found if any(line.cells for line in each[1])][:5]
