"""What a voucher was computed from and how it came about: compositions, adjustments with their basis, frozen versions."""

from __future__ import annotations

from decimal import Decimal

from stationdesk.domain.gas.composition import COMPONENT_NAMES
from stationdesk.domain.metering.frozen import changed_words
from stationdesk.domain.metering.shapes import BULK, Quality
from stationdesk.domain.moments import format_time
from stationdesk.domain.names import Name
from stationdesk.domain.words import C_, _
from stationdesk.reports.metered import BASE, listed, moment, stream_words, value_or_dash
from stationdesk.reports.sheet import Column, Paragraph, Row, Run, Section, Table, Text
from stationdesk.services.metering.compositions import CompositionView
from stationdesk.services.metering.custody_views import Custody, StreamCustody
from stationdesk.services.metering.substitute import MeterChangeView, SubstitutionView
from stationdesk.services.metering.switching import SwitchView

PAD = 2.2


def compositions(found: Custody) -> Table:
    """The laboratory's reports the hours were computed with."""
    columns = [
        Column("report", _("Report no."), 28),
        Column("laboratory", _("Laboratory"), 26),
        Column("sampled", _("Sampled"), 29),
        Column("valid", _("Holds"), 38),
        Column("heating", _("Heating value"), 17, "right", 3, unit="MJ/m³"),
        Column("sulfur", "S", 15, "right", None, unit="mg/m³"),
        Column("hydrogen_sulfide", "H2S", 15, "right", None, unit="mg/m³"),
        Column("standard", "GB 17820", 18, "center"),
        Column("parts", _("Composition, mol %")),
    ]
    rows = [_composition(each, found) for each in found.compositions]
    return Table("compositions", _("Gas composition"), columns, rows, pad=PAD, empty=_("No composition was in force."))


def _composition(each: CompositionView, found: Custody) -> Row:
    first = moment(each.valid_from, found.zone)
    last = moment(each.valid_until, found.zone) if each.valid_until else ""
    return {
        "report": listed([each.quality.report, str(each.stream) if each.stream else ""]),
        "laboratory": each.laboratory or "—",
        "sampled": moment(each.sampled_at, found.zone) if each.sampled_at else "—",
        "valid": _("{first} to {last}").format(first=first, last=last) if last else _("from {first} on").format(first=first),
        "heating": each.heating_value,
        "sulfur": each.sulfur_mg_m3,
        "hydrogen_sulfide": each.hydrogen_sulfide_mg_m3,
        "standard": _standard(each),
        "parts": parts_words(each.quality),
    }


def _standard(each: CompositionView) -> Text:
    held = [finding.holds for finding in each.findings]
    if False in held:
        return Run("△ " + C_("sheet", "not met"), bold=True)
    return "✓ " + C_("sheet", "met") if held and all(held) else _("not all tested")


def parts_words(quality: Quality) -> str:
    """methane 96.500, ethane 1.800 …, the largest first; of bulk values what they are."""
    if quality.kind == BULK:
        values = dict(quality.parts)
        return f"H_s {values['hs']:f} MJ/m³, d {values['d']:f}, CO2 {values['co2'] * 100:f} %, H2 {values['h2'] * 100:f} %"
    known = sorted(quality.parts, key=lambda each: -each[1])
    return listed(f"{_(COMPONENT_NAMES.get(name, name))} {(value * 100).normalize():f}" for name, value in known if value)


# --- what was out of the ordinary


def adjustments(found: Custody) -> Paragraph:
    """Substituted values, replacements, switches, reasons and discrepancy sheets, each with its basis."""
    said = [
        *(_switched(each, found) for each in found.switches),
        *(_replaced(each, found) for each in found.changes),
        *(_substituted(each, found) for each in found.substitutions),
        *(_reason(each) for each in found.streams if each.reason),
        *(_sheet(each) for each in found.streams if each.sheet),
    ]
    text = "\n".join(said) or _("No switch of runs, no replacement, no substituted value; nothing was given a reason.")
    return Paragraph("adjustments", _("Adjustments and their basis"), text=text)


def _switched(each: SwitchView, found: Custody) -> str:
    def run(name: Name | None, counter: Decimal | None) -> str:
        return f"{name or '—'} {value_or_dash(counter)}"

    said = _("{time} switched from {shut} to {opened}: {reason}; told: {told} ({by})")
    return said.format(
        time=moment(each.time, found.zone), shut=run(each.out, each.out_counter), opened=run(each.into, each.into_counter),
        reason=each.reason.rstrip("。."), told=each.told, by=each.by,
    )  # fmt: skip


def _replaced(each: MeterChangeView, found: Custody) -> str:
    text = each.text
    what = {"meter": _("meter replaced"), "corrector": _("corrector replaced"), "calibration": _("calibrated")}[text.what]
    counters = ", ".join(
        f"{value_or_dash(before)} → {value_or_dash(after)}"
        for before, after in ((text.closing_counter, text.opening_counter), (text.closing_corrected, text.opening_corrected))
        if before is not None or after is not None
    )
    serials = f"{text.serial_before} → {text.serial_after}" if text.serial_before or text.serial_after else ""
    details = _("; ").join(part for part in (counters, serials, text.certificate, text.words) if part)
    said = _("{time} {stream} {what}: {details} ({by})")
    return said.format(time=moment(text.time, found.zone), stream=each.stream, what=what, details=details, by=each.by)


def _substituted(each: SubstitutionView, found: Custody) -> str:
    quantity = {
        "counter": _("counter"),
        "pressure": _("pressure"),
        "temperature": _("temperature"),
        "volume": _("volume of the hour"),
    }[each.quantity]
    hours = moment(each.first, found.zone) + ("" if each.first == each.last else f"–{format_time(each.last, found.zone)}")
    said = _("{hours} {stream}, {quantity} substituted by {value}: {basis} ({by})")
    return said.format(hours=hours, stream=each.stream, quantity=quantity, value=value_or_dash(each.value), basis=each.basis, by=each.by)


def _reason(each: StreamCustody) -> str:
    return _("{stream} taken over beyond tolerance, because: {words}").format(stream=stream_words(each.gas.stream), words=each.reason)


def _sheet(each: StreamCustody) -> str:
    return _("{stream}: discrepancy sheet {number}").format(stream=stream_words(each.gas.stream), number=each.sheet)


# --- versions


def versions(found: Custody) -> Section:
    """Every frozen version with the reason of the later ones, and what would come out otherwise today."""
    columns = [
        Column("stream", _("Metering run"), 44),
        Column("n", C_("metering", "Version"), 16, "center"),
        Column("at", _("Frozen"), 34),
        Column("by", C_("sheet", "By"), 24),
        Column("base", _("Base volume"), 30, "right", BASE, unit="Nm³"),
        Column("energy", C_("metering", "Energy"), 28, "right", 0, unit="MJ"),
        Column("words", _("Why")),
    ]
    rows: list[Row] = [
        {
            "stream": stream_words(each.gas.stream),
            "n": Run(str(line.n) + (" ✓" if line.shown else ""), bold=line.shown),
            "at": moment(line.at, found.zone),
            "by": line.by,
            "base": line.base_volume if line.base_volume is not None else _("incomplete"),
            "energy": line.energy_mj,
            "words": line.words or "—",
        }
        for each in found.streams
        for line in each.versions
    ]
    title, remark = _("Frozen versions"), _("✓ the version on this sheet; no version is ever overwritten")
    empty = _("Nothing is frozen yet: it is frozen when the shift is handed over, or the gas day certified.")
    return Table("versions", title, columns, rows, remark=remark, closing=_stale(found), pad=PAD, empty=empty)


def _stale(found: Custody) -> Text:
    said = []
    for each in found.streams:
        reasons = listed(dict.fromkeys(changed_words(change.what) for change in each.changed))
        if reasons:
            said.append(
                _("{stream}: computed today it would come out otherwise, for {reasons}").format(
                    stream=each.gas.stream.code, reasons=reasons
                )
            )
    return Run("\n".join(said), bold=True) if said else ""
