"""计量认证单: what was checked of each run once in a gas day, what was found, and the gas frozen with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.metering.certificate import CHECKS, Checked
from stationdesk.domain.moments import format_time
from stationdesk.domain.names import Name
from stationdesk.domain.words import C_, _, n_
from stationdesk.reports.handover import numbered
from stationdesk.reports.metered import BASE, base_words, day_words, drafted, moment, stream_words
from stationdesk.reports.sheet import Column, Facts, Paragraph, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.metering.production import Certified, certified
from stationdesk.services.sheets import letterhead
from stationdesk.services.subjects import latest

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (18, 30, 18, 46, 24, 0)
BESIDE = 4  # runs beside each other; more go to a second table
CHECK = 62.0  # mm


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "2026-11-20", the gas day that begins on it; "" the last whole one."""
    at = store.clock()
    found = certified(store, date.fromisoformat(subject or latest(store, "metering-certificate", "day", at)), at)
    head = letterhead(store, found.start)
    with words.speaking(language):
        return Sheet(
            title=_("Daily metering certificate"),
            company=str(head.company),
            station=str(head.station),
            number=f"JLRZ-{found.day:%Y%m%d}",
            language=language,
            sections=_sections(found, head.station),
            watermark=drafted(head.trial, found.certificate is None),
        )


def _sections(found: Certified, station: Name) -> list[Section]:
    facts = Facts("facts", bands=_bands(found, station), widths=WIDTHS)
    parts = [*_checks(found), _findings(found), _gas(found)]
    return [facts, *parts, Signatures("signatures", cells=_cells(found))]


def _bands(found: Certified, station: Name) -> list[list[tuple[str, Text]]]:
    one = found.certificate
    begins = _("{day} from {time}").format(day=day_words(found.day), time=format_time(found.start, found.zone))
    when: Text = Run(_("not yet"), bold=True) if one is None else moment(one.at, found.zone)
    again = n_("entered once", "entered {n} times, the last counts", one.versions).format(n=one.versions) if one else "—"
    base = base_words(found.contract) if found.contract else "—"
    return [
        [(_("Station"), str(station)), (_("Gas day"), begins), (_("Base conditions"), base)],
        [(_("Certified"), when), (_("Result"), _result(found)), (_("Entries"), again)],
    ]


def _result(found: Certified) -> Text:
    one = found.certificate
    if one is None:
        return "—"
    count = sum(not each.in_order for each in one.checked)
    if not count:
        return "✓ " + _("everything in order")
    return Run("△ " + n_("{n} finding", "{n} findings", count).format(n=count), bold=True)


# --- what was checked


def _checks(found: Certified) -> list[Table]:
    """Checks as rows, runs as columns, as many tables as they need."""
    runs = found.runs
    parts: Sequence[Sequence[tuple[str, Name]]] = [runs[n : n + BESIDE] for n in range(0, len(runs), BESIDE)] or [()]
    return [_checked(n, part, found) for n, part in enumerate(parts)]


def _checked(n: int, runs: Sequence[tuple[str, Name]], found: Certified) -> Table:
    columns = [
        Column("n", C_("sheet", "#"), 8, "center"),
        Column("check", _("What is checked"), CHECK),
        *(Column(f"run{at}", _run(code, name)) for at, (code, name) in enumerate(runs, 1)),
    ]
    answers = {(each.stream, each.check): each for each in found.certificate.checked} if found.certificate else {}
    rows: list[Row] = [
        {
            "n": at,
            "check": _(words_),
            **{f"run{column}": _answer(answers.get((code, check))) for column, (code, _name) in enumerate(runs, 1)},
        }
        for at, (check, words_) in enumerate(CHECKS.items(), 1)
    ]
    title = numbered(1, _("Checks")) if not n else ""
    return Table(f"checks{n or ''}", title, columns, rows if runs else [], empty=_("There were no metering runs on this day."))


def _run(code: str, name: Name) -> str:
    return str(name) if code in str(name) else f"{code} {name}"


def _answer(each: Checked | None) -> Text:
    """✓ in order, △ found, with the value that was shown; empty where it was not looked at."""
    if each is None:
        return ""
    mark = Run("✓ " + _("in order")) if each.in_order else Run("△ " + _("not in order"), bold=True)
    return [mark, Run(f"\n{each.value}", grey=True)] if each.value else mark


def _findings(found: Certified) -> Paragraph:
    names, one = dict(found.runs), found.certificate
    title = numbered(2, _("Findings"))
    if one is None:
        return Paragraph("findings", title, text=Run(_("The metering of this gas day is not certified yet."), bold=True))
    said = [
        _("{run}, {check}: {words}").format(
            run=_run(each.stream, names.get(each.stream, Name(each.stream))),
            check=_(CHECKS.get(each.check, each.check)),
            words=each.words,
        )
        for each in one.checked
        if not each.in_order or each.words
    ]
    return Paragraph("findings", title, text="\n".join([*(said or [_("Nothing was found.")]), *([one.words] if one.words else [])]))


# --- the gas


def _gas(found: Certified) -> Table:
    columns = [
        Column("stream", _("Metering run")),
        Column("volume", _("Metered volume"), 24, "right", 1, unit="m³"),
        Column("base", _("Base volume"), 30, "right", BASE, unit="Nm³"),
        Column("heating", _("Heating value"), 20, "right", 4, unit="MJ/m³"),
        Column("energy", C_("metering", "Energy"), 26, "right", 0, unit="MJ"),
        Column("frozen", _("Frozen"), 34),
    ]
    rows: list[Row] = [
        {
            "stream": stream_words(each.gas.stream),
            "volume": each.gas.volume,
            "base": each.gas.base_volume if each.gas.whole else Run(_("incomplete"), bold=True),
            "heating": each.gas.heating_value,
            "energy": each.gas.energy_mj if each.gas.whole else None,
            "frozen": moment(each.at, found.zone),
        }
        for each in found.frozen
    ]
    empty = _("Nothing is frozen: the day is not certified, or was not over when it was.")
    return Table("gas", numbered(3, _("Gas of the day as frozen")), columns, rows, empty=empty)


def _cells(found: Certified) -> list[Signature]:
    """Who entered it stands beside the role; the cell keeps its room for the hand."""
    one = found.certificate
    role = _("Metering specialist")
    metering = C_("sheet", "{role} {name}").format(role=role, name=one.by) if one else role
    return [Signature("metering", metering), Signature("chief", _("Station chief"))]
