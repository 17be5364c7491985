"""排班表: a month of people by days with hours, nights and coverage, what it breaks and why, who published it and what changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain import words
from stationdesk.domain.moments import DAY, clock_text, format_date, format_day, weekday
from stationdesk.domain.roster import LEAVE_NAMES, DayKind
from stationdesk.domain.roster.letters import letters_of
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, _, n_
from stationdesk.reports.sheet import Column, Facts, Grid, Row, Run, Section, Sheet, Signature, Signatures, Table, Text, Value
from stationdesk.services.roster.paper import Answered, Line, Month, months_of
from stationdesk.services.roster.publication import Publication
from stationdesk.services.roster.view import RosterDay
from stationdesk.services.sheets import letterhead

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (16, 0, 16, 0, 16, 0, 22, 0)
CREW, NAME, HOURS, COUNT = 14.0, 17.0, 13.0, 12.0  # mm
FEW = 18  # people with whom breaches and signatures fit on the page of the grid
OFF = frozenset({DayKind.REST, DayKind.HOLIDAY, DayKind.STATUTORY})


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "2026-12", "roster:7" for one version, "" the latest published month."""
    at = store.clock()
    head = letterhead(store, at)
    with words.speaking(language):
        months = months_of(store, subject, at)
        first = months[0]
        return Sheet(
            title=_("Duty roster"),
            company=str(head.company),
            station=str(head.station),
            number=f"PB-{first.first:%Y%m}" + (f"-{first.number}" if first.number else ""),
            language=language,
            landscape=True,
            sections=_sections(months, str(head.station)),
            watermark=_("Draft") if first.draft else _("Trial operation") if head.trial else "",
            signed_by=next((each.fingerprint for each in first.publications if each.fingerprint), ""),
        )


def _sections(months: Sequence[Month], station: str) -> list[Section]:
    made: list[Section] = []
    for n, month in enumerate(months):
        many = f"{n + 1}" if len(months) > 1 else ""
        made += [Facts(f"facts{many}", bands=[_band(month, station)], widths=WIDTHS), month_grid(month, f"roster{many}")]
    every = [each for month in months for each in month.breaches]
    breaches = list({each.view.breach.key: each for each in every}.values())
    made.append(_breaches(breaches, months[0].draft))
    made.append(_changed([row for month in months for row in _changes(month)]))
    return [*made, _signatures(months)]


def _band(month: Month, station: str) -> list[tuple[str, Text]]:
    days = _("{first} to {last}").format(first=format_date(month.first), last=format_date(month.last))
    owed = _("{days} workdays, {hours} h").format(days=month.workdays, hours=month.workdays * 8)
    if month.provisional:
        owed += _(" (holidays not official yet)")
    return [(_("Station"), station), (_("Days"), days), (_("Standard"), owed), (C_("roster", "Version"), version_said(month))]


def version_said(month: Month) -> str:
    """Which version of the roster, or that there is none."""
    if not month.number:
        return _("by the rotation, no roster made")
    if month.draft:
        return _("draft {n}").format(n=month.number)
    return _(", ").join(_("published version {n}").format(n=each.number) for each in month.publications)


# The grid
def month_grid(month: Month, key: str) -> Grid:
    """People by days; a workbook of it is what `roster import` reads."""
    keys = [each.day.isoformat() for each in month.days]
    letters = letters_of(month.kinds)
    columns = [Column("crew", _("Crew"), CREW), Column("name", _("Name"), NAME), *map(_day, month.days), *_sums(month)]
    rows = [_row(line, keys, letters, month) for line in month.lines]
    crews = [line.crew for line in month.lines]
    return Grid(
        key,
        "",
        columns,
        rows,
        narrow=frozenset(keys),
        shaded=frozenset(each.day.isoformat() for each in month.days if each.kind in OFF),
        foot=_cover(month, keys),
        foot_title=_("On shift"),
        boxed=_boxed(month),
        parted=frozenset([n for n, crew in enumerate(crews) if n and crew != crews[n - 1]] + [len(month.lines)]),
        closing=_legend(month),
        empty=_("Nobody is planned."),
        alone=len(month.lines) > FEW and bool(month.breaches or month.swaps or month.away or month.stand_ins),
        book=_("Roster {month}").format(month=f"{month.first:%Y-%m}"),
    )


def _day(each: RosterDay) -> Column:
    """Day of the month over its weekday, and what kind of day it is where the weekday does not say it."""
    day, kind = each.day, each.kind
    marks = {DayKind.STATUTORY: C_("roster head", "H"), DayKind.HOLIDAY: C_("roster head", "off"), DayKind.MAKE_UP: C_("roster head", "W")}
    letter = C_("weekday letters, Monday first", "MTWTFSS")[day.weekday()]
    heading = f"{format_day(day)} {weekday(day)}"
    return Column(day.isoformat(), str(day.day), align="center", unit=letter, limit=marks.get(kind, ""), book=heading)


def _sums(month: Month) -> list[Column]:
    split = any(line.figures.presence != line.figures.work for line in month.lines)
    hours = [Column("presence", C_("roster", "Hours"), HOURS, "right", None)]
    if split:
        hours = [Column("presence", _("At post h"), HOURS, "right", None), Column("work", _("Work h"), HOURS, "right", None)]
    return [
        *hours,
        Column("nights", _("Nights"), COUNT, "right"),
        Column("weekend", _("Weekends"), COUNT, "right"),
        Column("holidays", _("Holidays"), COUNT, "right"),
    ]


def _row(line: Line, keys: Sequence[str], letters: Mapping[str, str], month: Month) -> Row:
    own = line.figures
    twice = sum(each.name == line.name for each in month.lines) > 1
    return {
        "crew": str(line.crew),
        "name": f"{line.name} {line.number}" if twice and line.number else line.name,
        **{key: _cell(code, away, letters) for key, code, away in zip(keys, line.codes, line.leave, strict=True)},
        "presence": _hours(own.presence),
        "work": _hours(own.work),
        "nights": own.nights,
        "weekend": own.weekend_days,
        "holidays": own.holidays,
    }


def _cell(code: str, away: str, letters: Mapping[str, str]) -> Text:
    if code:
        return letters.get(code, code)
    return Run(C_("roster chip", "V"), grey=True) if away else ""


def _hours(minutes: int) -> Value:
    """Whole hours as such, others to a tenth."""
    return minutes // 60 if minutes % 60 == 0 else round(minutes / 60, 1)


def _cover(month: Month, keys: Sequence[str]) -> list[Row]:
    """How many are on each shift that keeps the desk manned, the least and most of the month at the end."""
    rows: list[Row] = []
    for kind in month.kinds:
        if kind.desk:
            counts = zip(keys, month.cover.get(kind.code, ()), month.days, strict=True)
            shown = {key: str(count) if count or kind.mans(each.day) else "" for key, count, each in counts}
            rows.append({"crew": "", "name": str(kind.name), **shown})
    return rows


def _boxed(month: Month) -> frozenset[tuple[int, str]]:
    """The shifts a breach is about, of a person or of everybody; a breach of a month's hours has no single cell."""
    row_of = {line.person_id: n for n, line in enumerate(month.lines)}
    desk = [kind.code for kind in month.kinds if kind.desk]
    found: set[tuple[int, str]] = set()
    for each in (answered.view.breach for answered in month.breaches):
        rows = (
            [row_of[each.person]] if each.person in row_of else [len(month.lines) + desk.index(code) for code in each.kinds if code in desk]
        )
        if each.kinds:
            found |= {(n, day.isoformat()) for n in rows for day in (each.first, each.last)}
    return frozenset(found)


def _legend(month: Month) -> str:
    letters = letters_of(month.kinds)
    used = {code for line in month.lines for code in line.codes}
    said = [_kind(kind, letters[kind.code]) for kind in month.kinds if kind.code in used or kind.desk]
    if any(any(line.leave) for line in month.lines):
        said.append(_("{letter} leave").format(letter=C_("roster chip", "V")))
    said.append(_("{dot} off").format(dot="·"))
    marks = {each.kind for each in month.days}
    said.append(_("shaded: rest day or holiday"))
    if DayKind.STATUTORY in marks:
        said.append(_("{mark}: statutory holiday").format(mark=C_("roster head", "H")))
    if DayKind.HOLIDAY in marks:
        said.append(_("{mark}: day off by transfer").format(mark=C_("roster head", "off")))
    if DayKind.MAKE_UP in marks:
        said.append(_("{mark}: make-up workday").format(mark=C_("roster head", "W")))
    said.append(_("boxed: breaks a rule, see below") if month.breaches else _("no rule in force is broken"))
    return _("; ").join(said)


def _kind(kind: ShiftKind, letter: str) -> str:
    """早 早班 00:00–08:00."""
    return f"{letter} {kind.name} {span_said(kind)}"


def span_said(kind: ShiftKind) -> str:
    """08:00–16:00; 20:00 to 08:00 of the next day says so."""
    if kind.start + kind.minutes <= DAY:
        return f"{clock_text(kind.start)}–{clock_text(kind.start + kind.minutes)}"
    return f"{clock_text(kind.start)}–" + _("{time} next day").format(time=clock_text(kind.end))


# The words
def _breaches(found: Sequence[Answered], draft: bool) -> Table:
    columns = [
        Column("days", _("Days"), 44),
        Column("person", _("Person"), 20),
        Column("rule", _("Rule"), 56),
        Column("what", C_("roster", "What is broken"), 64),
        Column("reason", _("Reason")),
        Column("by", _("Reason by"), 20),
        Column("approver", _("Approved by"), 20),
    ]
    rows: list[Row] = [
        {
            "days": each.view.days,
            "person": each.view.person,
            "rule": each.view.rule,
            "what": each.view.words,
            "reason": each.reason or each.view.reason,
            "by": each.by,
            "approver": each.approver,
        }
        for each in found
    ]
    title = n_("{n} breach of the rules in force", "{n} breaches of the rules in force", len(found)).format(n=len(found))
    remark = _("to be published each needs a reason") if draft and found else ""
    return Table("breaches", title, columns, rows, remark=remark, empty="")


def _changed(rows: Sequence[Row]) -> Table:
    columns = [
        Column("what", C_("roster", "Change"), 30),
        Column("days", _("Days"), 50),
        Column("shift", _("Shift"), 44),
        Column("who", C_("roster", "Who")),
        Column("by", _("Approved by"), 60),
    ]
    return Table("changes", _("Changed since it was published"), columns, rows, empty="")


def _changes(month: Month) -> Iterable[Row]:
    """Swaps, leave and stand-ins since the roster was published."""
    names = {kind.code: str(kind.name) for kind in month.kinds}
    for swap in month.swaps:
        days = [(swap.day, swap.kind, swap.person, swap.other)]
        days += [(swap.back_day, swap.back_kind, swap.other, swap.person)] if swap.back_day else []
        by = _("{name}: {words}").format(name=swap.decided_by, words=swap.decided_words) if swap.decided_words else swap.decided_by
        for day, kind, one, other in days:
            yield {
                "what": C_("roster", "Swap"),
                "days": format_day(day),
                "shift": names.get(kind, kind),
                "who": f"{one} → {other}",
                "by": by,
            }
    for away in month.away:
        span = format_day(away.first) if away.first == away.last else f"{format_day(away.first)} – {format_day(away.last)}"
        yield {"what": _(LEAVE_NAMES.get(away.kind, away.kind)), "days": span, "shift": "", "who": away.person, "by": away.by}
    for stand in month.stand_ins:
        yield {
            "what": C_("roster", "Stand-in"),
            "days": format_day(stand.day),
            "shift": names.get(stand.kind, stand.kind),
            "who": _("{one} for {other}").format(one=stand.person, other=stand.for_person),
            "by": C_("stand-in", "confirmed") if stand.confirmed else C_("stand-in", "not confirmed yet"),
        }


def _signatures(months: Sequence[Month]) -> Signatures:
    """Who made it and who published which version; a draft leaves room for ink."""
    month = months[0]
    made_at = moment(month.made_at, month.zone) if month.made_at else ""
    cells = [Signature("maker", _("Made by"), month.made_by, made_at, dated=False)]
    done = {each.roster_id: each for each in (each for one in months for each in one.publications)}
    several = len(done) > 1
    cells += [published_cell(each, month.zone, several) for each in list(done.values())[:4]]
    if not done:
        cells.append(Signature("chief", _("Station chief")))
    return Signatures("signatures", cells=cells)


def published_cell(each: Publication, zone: ZoneInfo, several: bool) -> Signature:
    """Who published a version, when, and the first letters of the signature."""
    role = _("Published by")
    if several:
        role = _("Version {n}, {first} to {last}").format(n=each.number, first=format_day(each.first), last=format_day(each.last))
    at = f"{each.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return Signature(f"published{each.roster_id}", role, each.by, f"{at} {C_('sheet', 'by password')} {each.mark}", dated=False)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """2026-11-25 10:02, with its year."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
