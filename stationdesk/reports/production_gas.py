"""The gas of a production report: what came, went and stayed, what is unaccounted for and what was nominated, each with its origin."""

from __future__ import annotations

from decimal import Decimal

from stationdesk.domain.metering.gas_day import FIGURES, Figure
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _
from stationdesk.reports.metered import moment
from stationdesk.reports.sheet import Column, Row, Run, Table, Text, Value
from stationdesk.services.metering.gas_day import FigureView
from stationdesk.services.metering.production import Production

PAD = 2.4


def gas(found: Production) -> Table:
    columns = [
        Column("item", C_("sheet", "Item"), 40),
        Column("value", C_("sheet", "Quantity"), 34, "right", None),
        Column("unit", C_("sheet", "Unit"), 18, "center"),
        Column("words", C_("sheet", "From")),
    ]
    return Table("gas", _("Gas of the day"), columns, [*_flows(found), *_loss(found), *_planned(found)], pad=PAD)


def _flows(found: Production) -> list[Row]:
    """What came, went and stayed."""
    today, balance = found.view.today, found.view.today.balance
    return [
        _line(_("Received"), _amount(today.received), "Nm³", _received_from(found)),
        _line(_("Delivered"), _amount(_delivered(found)), "Nm³", _delivered_from(found)),
        _figure(found, Figure.OWN_USE, _("Own use"), None if Figure.OWN_USE in balance.assumed else balance.own_use),
        _figure(found, Figure.VENTED, _("Vented"), None if Figure.VENTED in balance.assumed else balance.vented),
        _line(_("Change of line pack"), _amount(_pack(found)), "Nm³", _pack_from(found)),
        _line(_("Heating value"), _amount(today.heating_value), "MJ/m³", _("mean by volume, superior") if today.heating_value else ""),
        _line(C_("metering", "Energy"), _amount(today.energy_mj, 0), "MJ", ""),
    ]


def _line(item: str, value: Value, unit: str, words_: Text) -> Row:
    return {"item": item, "value": value, "unit": unit, "words": words_}


def _amount(value: Decimal | None, digits: int | None = None) -> Value:
    """A number for paper and workbook alike, a dash where there is none."""
    if value is None:
        return "—"
    return value if digits is None else round(value, digits) if digits else round(value)


def _received_from(found: Production) -> Text:
    today = found.view.today
    if today.received is None:
        return Run(_("nothing was metered"), bold=True)
    return _("metered") if today.whole else [Run(_("metered") + _("; ")), Run(_("hours are missing"), bold=True)]


def _delivered(found: Production) -> Decimal | None:
    entered = found.view.today.figures.get(Figure.DELIVERED)
    return found.view.today.balance.delivered or (entered.value if entered else None)


def _delivered_from(found: Production) -> Text:
    entered, delivered = found.view.today.figures.get(Figure.DELIVERED), _delivered(found)
    if delivered is None:
        return _missing()
    return _entered(entered, found) if entered is not None and entered.value == delivered else _("metered")


def _figure(found: Production, kind: Figure, item: str, value: Decimal | None) -> Row:
    """A figure of the day: entered by somebody, metered by a run, or nobody entered it."""
    entered = found.view.today.figures.get(kind)
    if value is None:
        return _line(item, "—", FIGURES[kind][1], _missing(_("taken as 0")))
    return _line(item, _amount(value), FIGURES[kind][1], _entered(entered, found) if entered else _("metered"))


def _entered(figure: FigureView | None, found: Production) -> str:
    if figure is None:
        return ""
    said = _("entered {at} {who}").format(at=moment(figure.at, found.zone), who=figure.by)
    return _("; ").join(part for part in (said, figure.words) if part)


def _missing(more: str = "") -> Text:
    return Run(_("; ").join(part for part in (_("not entered"), more) if part), bold=True)


def _pack(found: Production) -> Decimal | None:
    figures = found.view.today.figures
    both = [figures.get(kind) for kind in (Figure.PACK_BEFORE, Figure.PACK_AFTER)]
    return both[1].value - both[0].value if both[0] is not None and both[1] is not None else None


def _pack_from(found: Production) -> Text:
    figures = found.view.today.figures
    before, after = figures.get(Figure.PACK_BEFORE), figures.get(Figure.PACK_AFTER)
    if before is None or after is None:
        return _missing(_("taken as 0"))
    return _("from {before} to {after}, {entered}").format(
        before=shown(before.value), after=shown(after.value), entered=_entered(after, found)
    )


def _loss(found: Production) -> list[Row]:
    """Unaccounted-for gas, against its alarm."""
    balance, limits = found.view.today.balance, found.view.limits
    if balance.loss is None:
        reason = _("not before the day is over") if found.at < found.view.today.end else _("received or delivered is not known")
        return [_line(_("Unaccounted for"), "—", "Nm³", reason)]
    red = balance.light(limits) is Light.RED
    rate = "" if balance.rate is None else shown_signed(balance.rate, 3) + " %"
    allowed = (
        _("alarm beyond ±{percent} % of the gas received") if limits.over == "in" else _("alarm beyond ±{percent} % of the gas delivered")
    )
    words_ = [Run(rate, bold=red), Run(_("; ") + allowed.format(percent=shown(limits.day_percent)))]
    if red:
        words_.append(Run(" △ " + _("beyond the alarm"), bold=True))
    return [_line(_("Unaccounted for"), balance.loss, "Nm³", words_)]


def _planned(found: Production) -> list[Row]:
    """What was nominated, against what came; of a running day also how it is likely to end."""
    today, told = found.view.today, found.view.forecast
    nominated = today.figures.get(Figure.NOMINATION)
    if nominated is None:
        rows = [_line(_("Nominated"), "—", "Nm³", _missing())]
    else:
        rows = [_line(_("Nominated"), _amount(nominated.value), "Nm³", _entered(nominated, found))]
        received = today.received
        if found.view.over and received is not None and nominated.value:
            off = received - nominated.value
            percent = shown_signed(off * 100 / nominated.value, 2)
            rows.append(_line(_("Received less nominated"), _amount(off), "Nm³", f"{percent} %"))
    if not found.view.over and told.likely is not None:
        span = (
            _("between {low} and {high}").format(low=shown(told.low), high=shown(told.high))
            if told.low is not None and told.high is not None
            else ""
        )
        rows.append(_line(_("Likely at the end of the day"), _amount(told.likely, 0), "Nm³", span))
    return rows
