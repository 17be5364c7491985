"""生产日报: a gas day's gas, pressures and temperatures, odorant, who was on duty, what happened and what is out of service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.metering.shapes import Light, StreamGas, lack_words
from stationdesk.domain.moments import Span, format_span, format_time
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _, n_
from stationdesk.reports.handover import numbered
from stationdesk.reports.metered import BASE, base_words, day_words, drafted, listed, moment, stream_words
from stationdesk.reports.production_gas import gas
from stationdesk.reports.sheet import SMALL, Column, Facts, Paragraph, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.metering.production import Production, hours_known, production
from stationdesk.services.sheets import letterhead

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (18, 0, 18, 0, 18, 0)
PAD = 2.4


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "2026-11-20", the gas day that begins on it; "" the last whole one."""
    at = store.clock()
    found = production(store, date.fromisoformat(subject) if subject else None, at)
    head, day = letterhead(store, found.view.today.start), found.view.today.day
    with words.speaking(language):
        return Sheet(
            title=_("Daily production report"),
            company=str(head.company),
            station=str(head.station),
            number=f"SC-{day:%Y%m%d}",
            language=language,
            sections=_sections(found, head.station),
            watermark=drafted(head.trial, not found.view.over),
        )


def _sections(found: Production, station: Name) -> list[Section]:
    parts: list[Section] = [gas(found)]
    if found.view.today.gas:
        parts.append(_runs(found))
    parts += [_points(found), _odorant(found), _duty(found), _events(found), _out(found), _state(found)]
    titled = [replace(each, title=numbered(n, each.title)) for n, each in enumerate(parts, 1)]
    facts = Facts("facts", bands=_bands(found, station), widths=WIDTHS)
    return [facts, *titled, _signatures()]


def _signatures() -> Signatures:
    roles = (("prepared", _("Prepared by")), ("reviewed", _("Reviewed by")), ("approved", _("Approved by")))
    return Signatures("signatures", cells=[Signature(key, role) for key, role in roles])


def _bands(found: Production, station: Name) -> list[list[tuple[str, Text]]]:
    today = found.view.today
    begins = _("{day} from {time}").format(day=day_words(today.day), time=format_time(today.start, found.zone))
    read = _("{done} of {due} hours computed").format(done=hours_known(today), due=today.hours)
    number, base = (today.contract.number, base_words(today.contract)) if today.contract else ("", "—")
    return [
        [(_("Station"), str(station)), (_("Gas day"), begins), (C_("sheet", "Hours"), read)],
        [(_("Contract no."), number or "—"), (_("Base conditions"), base), (_("Certified"), _certified(found))],
    ]


def _certified(found: Production) -> str:
    one = found.certificate
    return _("not yet") if one is None else f"{moment(one.at, found.zone)} {one.by}"


# --- by run


def _runs(found: Production) -> Table:
    columns = [
        Column("stream", _("Metering run")),
        Column("volume", _("Metered volume"), 24, "right", 1, unit="m³"),
        Column("base", _("Base volume"), 29, "right", BASE, unit="Nm³"),
        Column("heating", _("Heating value"), 22, "right", 4, unit="MJ/m³"),
        Column("corrector", _("Corrector"), 24, "right", None, unit="Nm³"),
        Column("words", _("Notes"), 34),
    ]
    return Table("runs", _("By metering run"), columns, [_run(each) for each in found.view.today.gas], pad=PAD)


def _run(run: StreamGas) -> Row:
    return {
        "stream": stream_words(run.stream),
        "volume": run.volume,
        "base": run.base_volume,
        "heating": run.heating_value,
        "corrector": run.corrector_volume,
        "words": Run(listed(lack_words(each) for each in run.lacks), bold=True) if run.lacks else "",
    }


# --- pressures and temperatures


def _points(found: Production) -> Table:
    columns = [
        Column("point", _("Parameter")),
        Column("unit", C_("sheet", "Unit"), 15, "center"),
        Column("limits", _("Limits"), 26, "center"),
        Column("low", _("Lowest"), 30, "right"),
        Column("high", _("Highest"), 30, "right"),
        Column("mean", _("Mean"), 18, "right", None),
        Column("over", _("Beyond limits"), 22, "right"),
    ]
    rows: list[Row] = [
        {
            "point": each.point.title,
            "unit": each.point.unit,
            "limits": each.point.limits.text(),
            "low": _extreme(each.point.words(each.summary.low), format_time(each.summary.low_at, found.zone)),
            "high": _extreme(each.point.words(each.summary.high), format_time(each.summary.high_at, found.zone)),
            "mean": each.summary.mean,
            "over": Run(str(each.summary.over), bold=each.summary.over > 0),
        }
        for each in found.points
    ]
    return Table("points", _("Pressures and temperatures"), columns, rows, pad=PAD, empty=_("Nothing was read."))


def _extreme(value: str, time: str) -> Text:
    return [Run(value), Run(f"  {time}", grey=True, size=SMALL)]


# --- odorant


def _odorant(found: Production) -> Table:
    columns = [
        Column("before", _("At the beginning"), 0, "right", None, unit="kg"),
        Column("added", _("Added"), 0, "right", None, unit="kg"),
        Column("after", _("At the end"), 0, "right", None, unit="kg"),
        Column("used", _("Used"), 0, "right", None, unit="kg"),
        Column("content", _("Content"), 0, "right", unit="mg/m³"),
        Column("limits", _("Limits"), 0, "center", unit="mg/m³"),
        Column("light", C_("sheet", "Result"), 34),
    ]
    own, limits = found.view.today.odorant, found.view.odorant_limits
    known = own.before is not None or own.after is not None or own.added is not None
    row: Row = {
        "before": own.before,
        "added": own.added,
        "after": own.after,
        "used": own.used,
        "content": "—" if own.content is None else Run(shown(own.content), bold=own.light is Light.RED),
        "limits": f"{shown(limits.low)}–{shown(limits.high)}",
        "light": odorant_light(own.light),
    }
    return Table("odorant", _("Odorant"), columns, [row] if known else [], pad=PAD, empty=_("No figure of the odorant was entered."))


def odorant_light(light: Light) -> Text:
    """✓ within limits, × outside the limits."""
    if light is Light.NONE:
        return "— " + _("cannot be computed")
    return Run("× " + _("outside the limits"), bold=True) if light is Light.RED else "✓ " + _("within limits")


# --- people, events, equipment


def _duty(found: Production) -> Table:
    columns = [
        Column("shift", _("Shift"), 44),
        Column("crew", _("Crew"), 24),
        Column("leader", C_("sheet", "Leader"), 30),
        Column("people", _("On duty")),
    ]
    rows: list[Row] = [
        {
            "shift": f"{each.shift.name} {format_span(Span(each.shift.starts_at, each.shift.ends_at), found.zone)}",
            "crew": str(each.shift.crew_name),
            "leader": each.shift.leader,
            "people": listed(each.people),
        }
        for each in found.crews
    ]
    return Table("duty", _("On duty"), columns, rows, pad=PAD, empty=_("Nobody signed on in this gas day."))


def _events(found: Production) -> Table:
    columns = [
        Column("time", _("Time"), 16, "center"),
        Column("category", _("Category"), 26),
        Column("text", _("What happened")),
        Column("person", C_("log", "By"), 20),
    ]
    rows: list[Row] = [
        {
            "time": format_time(each.time, found.zone),
            "category": str(each.category_name),
            "text": each.text,
            "person": each.person or Run(_("no name yet"), bold=True),
        }
        for each in found.entries
    ]
    remark = _("from the duty log; visitors and contacts stay there")
    return Table("events", _("Events"), columns, rows, remark=remark, pad=PAD, empty=_("The duty log tells of nothing that day."))


def _out(found: Production) -> Table:
    columns = [
        Column("code", _("Tag"), 30),
        Column("name", C_("sheet", "Equipment"), 60),
        Column("words", _("Why")),
    ]
    rows: list[Row] = [{"code": each.code, "name": str(each.name), "words": each.words or "—"} for each in found.out]
    remark = _("as it stands when this sheet is made")
    return Table("out", _("Equipment out of service"), columns, rows, remark=remark, pad=PAD, empty=_("None"))


def _state(found: Production) -> Paragraph:
    """Whether the day is certified, and which discrepancies there are about it."""
    lines = [_certificate(found)]
    lines += [
        (_("Discrepancy sheet {number}, closed.") if closed else _("Discrepancy sheet {number}, not closed.")).format(number=number)
        for number, closed in found.discrepancies
    ]
    return Paragraph("state", _("Certification and discrepancies"), text="\n".join(lines))


def _certificate(found: Production) -> str:
    one = found.certificate
    if one is None:
        return _("The metering of this gas day is not certified yet.")
    count = sum(not each.in_order for each in one.checked)
    state = n_("{n} finding", "{n} findings", count).format(n=count) if count else _("nothing found")
    return _("Metering certified {at} by {who}: {state}.").format(at=moment(one.at, found.zone), who=one.by, state=state)
