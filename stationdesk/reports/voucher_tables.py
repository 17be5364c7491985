"""The tables of a voucher: quantities, base readings, the other side's vouchers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from stationdesk.domain.metering.compare import About, Check
from stationdesk.domain.metering.shapes import HourEnd, HourGas, Light
from stationdesk.domain.moments import format_date, format_time
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _
from stationdesk.reports.metered import BASE, light_words, listed, moment, percent_words, stream_words, tolerance_words, value_or_dash
from stationdesk.reports.sheet import Column, Row, Run, Table, Text, Value
from stationdesk.services.metering.custody_views import Custody, StreamCustody
from stationdesk.services.metering.takeover import BaseView
from stationdesk.services.metering.vouchers import VoucherView

# --- quantities


def quantities(found: Custody) -> Table:
    """The gas of each run, against the corrector and the other side's voucher."""
    columns = [
        Column("stream", _("Metering run")),
        Column("volume", _("Metered volume"), 23, "right", 1, unit="m³"),
        Column("base", _("Base volume"), 29, "right", BASE, unit="Nm³"),
        Column("heating", _("Heating value"), 18, "right", 4, unit="MJ/m³"),
        Column("energy", C_("metering", "Energy"), 26, "right", 0, unit="MJ"),
        Column("corrector", C_("metering", "Volume"), 24, "right", None, unit="Nm³"),
        Column("corrector_off", C_("metering", "Difference"), 20, "right"),
        Column("voucher", C_("metering", "Volume"), 24, "right", None, unit="Nm³"),
        Column("voucher_off", C_("metering", "Difference"), 20, "right"),
        Column("tolerance", _("Tolerance"), 17, "right"),
        Column("light", C_("sheet", "Result"), 27),
    ]
    groups = [("", 1), (C_("sheet", "Recomputed"), 4), (_("Corrector"), 2), (_("Voucher of the other side"), 2), ("", 2)]
    rows = [_quantity(each) for each in found.streams]
    if len(found.received) > 1:
        rows.append(_total(found))
    return Table("quantities", _("Quantities"), columns, rows, groups=groups, closing=_month(found), remark=_frozen(found))


def _quantity(each: StreamCustody) -> Row:
    gas, compared = each.gas, each.comparison
    return {
        "stream": [Run(stream_words(gas.stream)), Run(f"\n{_meters(each)}", grey=True, size=0.913)]
        if _meters(each)
        else stream_words(gas.stream),
        "volume": gas.volume,
        "base": gas.base_volume if gas.whole else Run(_incomplete(each), bold=True),
        "heating": gas.heating_value,
        "energy": gas.energy_mj if gas.whole else None,
        "corrector": gas.corrector_volume,
        "corrector_off": percent_words(compared.of(About.CORRECTOR)),
        "voucher": _told(each.voucher),
        "voucher_off": percent_words(compared.of(About.VOUCHER)),
        "tolerance": tolerance_words(compared.tolerance),
        "light": _light(each),
    }


def _meters(each: StreamCustody) -> str:
    rule = each.gas.stream
    meter = _("meter {serial}").format(serial=rule.meter_serial) if rule.meter_serial else ""
    corrector = _("corrector {serial}").format(serial=rule.corrector_serial) if rule.corrector_serial else ""
    return listed([meter, corrector])


def _incomplete(each: StreamCustody) -> str:
    if each.hidden:
        return _("hidden until the blind reading")
    return _("incomplete") if each.gas.hours else _("not read")


def _told(voucher: VoucherView | None) -> Value:
    """A voucher's volume, unless it would tell the relief what it is to read by itself."""
    if voucher is None:
        return "—"
    return _("hidden until the blind reading") if voucher.hidden else voucher.volume


def _light(each: StreamCustody) -> Text:
    """A quantity that is not whole has nothing ticked beside it: what agrees are the hours there are."""
    light = Light.NONE if each.hidden else each.comparison.light
    return _("agrees as far as computed") if light is Light.GREEN and not each.gas.whole else light_words(light)


def _total(found: Custody) -> Row:
    inlet = found.received
    energies = [each.gas.energy_mj for each in inlet]
    whole = found.total is not None
    correctors = [each.gas.corrector_volume for each in inlet]
    of_all = next(
        (each for each in found.vouchers if each.stream_id is None and (each.start, each.end) == (found.span.start, found.span.end)), None
    )
    return {
        "stream": Run(_("All that is received"), bold=True),
        "base": Run(shown(found.total, BASE), bold=True) if found.total is not None else Run(_("incomplete"), bold=True),
        "energy": Run(shown(_sum(energies), 0), bold=True) if whole and None not in energies else None,
        "corrector": Run(shown(_sum(correctors)), bold=True) if None not in correctors else None,
        "voucher": _told(of_all),
        "voucher_off": percent_words(found.total_check),
        "light": light_words(found.total_check.light) if found.total_check else "",
    }


def _sum(values: list[Decimal | None]) -> Decimal:
    return sum((each for each in values if each is not None), Decimal(0))


def _month(found: Custody) -> Text:
    """The gas month to date, by run."""
    said = [_of_month(each) for each in found.streams]
    first = format_date(found.day.replace(day=1))
    return _("Gas month to date, from {day}: {volumes}").format(day=first, volumes=_("; ").join(said))


def _of_month(each: StreamCustody) -> str:
    whole = "" if each.month_whole else _(" (hours are missing)")
    return f"{stream_words(each.gas.stream)} {value_or_dash(each.month, BASE)} Nm³{whole}"


def _frozen(found: Custody) -> str:
    lines = [(line.at, line.n) for each in found.streams for line in each.versions if line.shown]
    if not lines:
        return _("as the records stand, not frozen yet")
    at, n = max(lines)
    return _("as frozen {at}, version {n}").format(at=moment(at, found.zone), n=n)


# --- base readings


def bases(found: Custody) -> Table:
    """Counters at the beginning and at the end, as both sides read them."""
    columns = [
        Column("stream", _("Metering run")),
        Column("counter", _("Counter"), 26),
        Column("opening", _("Opening"), 30, "right", None),
        Column("outgoing", _("Closing, outgoing side"), 33, "right", None),
        Column("incoming", _("Closing, incoming side"), 33, "right", None),
        Column("off", C_("metering", "Difference"), 22, "right"),
        Column("tolerance", _("Tolerance"), 22, "right"),
        Column("how", _("Read"), 40),
        Column("light", C_("sheet", "Result"), 27),
    ]
    rows = [row for each in found.streams for row in _counters(each, found)]
    remark = _("the incoming side reads blind; tolerance 1 count of the frozen value, else 1 count and what flows in the time between")
    return Table("bases", _("Base readings"), columns, rows, remark=remark, empty=_("No run has a counter."))


def _counters(each: StreamCustody, found: Custody) -> list[Row]:
    made: list[Row] = []
    kinds: list[tuple[About, str, Callable[[HourEnd | BaseView], Decimal | None]]] = [
        (About.COUNTER, _("metered, counts"), lambda end: end.counter),
        (About.CORRECTED, _("corrected, Nm³"), lambda end: end.corrected),
    ]
    hours = each.gas.hours
    for about, name, counter in kinds:
        opening = counter(hours[0].opening) if hours else None
        closing = counter(each.outgoing) if each.outgoing else _left(hours, counter)
        if opening is None and closing is None and not each.hidden:
            continue
        made.append(_counter(each, found, name, opening, closing, counter(each.incoming) if each.incoming else None, about))
    return made


def _left(hours: Sequence[HourGas], counter: Callable[[HourEnd | BaseView], Decimal | None]) -> Decimal | None:
    """At the end; of a run that is shut, where it was left."""
    ends = [each for hour in hours for each in (hour.opening, hour.closing)]
    shut = [counter(end) for end in ends if ends[-1].shut and counter(end) is not None]
    return counter(ends[-1]) if ends and not shut else shut[-1] if shut else None


def _counter(
    each: StreamCustody, found: Custody, name: str, opening: Decimal | None, closing: Decimal | None, incoming: Decimal | None, about: About
) -> Row:
    check = each.comparison.of(about)
    hidden = Run(_("hidden until the blind reading"), grey=True)
    return {
        "stream": stream_words(each.gas.stream),
        "counter": name,
        "opening": opening,
        "outgoing": hidden if each.hidden else _or_dash(closing),
        "incoming": _or_dash(incoming),
        "off": _off(check),
        "tolerance": f"±{shown(check.tolerance)}" if check else "—",
        "how": _how(each, found),
        "light": light_words(check.light if check else Light.NONE),
    }


def _or_dash(value: Decimal | None) -> Value:
    return "—" if value is None else value


def _off(check: Check | None) -> Text:
    if check is None:
        return "—"
    return Run(shown_signed(check.difference), bold=check.light in (Light.AMBER, Light.RED))


def _how(each: StreamCustody, found: Custody) -> str:
    """When and how the incoming side read, and how often."""
    read = each.incoming
    if read is None:
        return _("not read by an incoming side")
    at = format_time(read.read_at, found.zone)
    how = _("frozen value of {time}") if read.frozen else _("as it stood at {time}")
    again = _("entered {n} times, the first blind").format(n=read.entries) if read.entries > 1 else ""
    return _("; ").join(part for part in (how.format(time=at), read.by, again, read.words) if part)


# --- the other side


def vouchers(found: Custody) -> Table | None:
    """What the other side booked for this period or one that meets it."""
    if not found.vouchers:
        return None
    columns = [
        Column("number", _("Number"), 36),
        Column("stream", _("Metering run"), 34),
        Column("start", C_("period", "From"), 31),
        Column("end", C_("period", "To"), 31),
        Column("volume", _("Base volume"), 28, "right", None, unit="Nm³"),
        Column("heating", _("Heating value"), 18, "right", None, unit="MJ/m³"),
        Column("energy", C_("metering", "Energy"), 26, "right", None, unit="MJ"),
        Column("words", _("Notes")),
    ]
    return Table("vouchers", _("Vouchers of the other side"), columns, [_voucher(each, found) for each in found.vouchers])


def _voucher(each: VoucherView, found: Custody) -> Row:
    again = _("entered {n} times").format(n=each.versions) if each.versions > 1 else ""
    return {
        "number": each.number,
        "stream": str(each.stream) if each.stream else _("all that is received"),
        "start": moment(each.start, found.zone),
        "end": moment(each.end, found.zone),
        "volume": _told(each),
        "heating": each.heating_value,
        "energy": each.energy_mj,
        "words": _("; ").join(part for part in (each.counterpart, each.words, again, each.by) if part),
    }
