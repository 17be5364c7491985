"""The cards of the day at the right: delivery against nomination, unaccounted-for gas, odorant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.gas_day import Balance, Forecast, LossLimits, Odorant, OdorantLimits
from stationdesk.domain.metering.shapes import HOUR, Light
from stationdesk.domain.moments import format_day, format_time
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _
from stationdesk.services.metering.gas_day import DayView
from stationdesk.ui.metering.loss_trend import DayDot, LossTrend
from stationdesk.ui.metering.quality_card import DayCard
from stationdesk.ui.metering.range_bar import RangeBar
from stationdesk.ui.widgets.bar import Bar
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import on_base_line, row
from stationdesk.ui.widgets.line import Line

Days = Sequence[tuple[Balance, Decimal | None]]
INK = {Light.RED: "red-fg", Light.AMBER: "amber-fg"}
SIGN = {Light.RED: "circle-alert", Light.AMBER: "triangle-alert"}
LEVEL = {Light.RED: "red", Light.AMBER: "amber"}


class NominationCard(DayCard):
    """What came so far against what was nominated, and how the day is likely to end."""

    def __init__(self) -> None:
        super().__init__(lambda: C_("metering", "Delivery and nomination"), lambda: C_("metering", "Figures"))
        self.value = Line("", "name", "label text-2", gap=4)
        self.until = Line("", "label text-2")
        self.bar = Bar()
        self.likely = Line("", "label text-2", elide=True)
        self.hourly = Line("", "label text-2")
        self.show_items(6, on_base_line(self.value, None, self.until), 4, self.bar, 4, row(self.likely, None, self.hourly), 8)

    def show_day(self, view: DayView, zone: ZoneInfo) -> None:
        """What came up to the hour that was last read, and what is likely to come."""
        found, nominated = view.forecast, view.forecast.nomination
        until = format_time(view.today.start + HOUR * view.today.hours_read, zone) if view.today.hours_read else ""
        came = None if view.today.received is None else found.so_far  # what nobody metered is not 0
        said = _("{volume}* of {nominated} Nm³*") if nominated else _("{volume}* Nm³*")
        self.value.say(
            lambda: said.format(volume="—" if came is None else shown(came, 0), nominated=shown(nominated, 0) if nominated else "")
        )
        self.until.say(lambda: C_("metering", "until {time}").format(time=until) if until else "")
        self.likely.say(lambda: _likely(found, view.over))
        self.hourly.say(lambda: _hourly(found))
        whole = nominated or found.likely or Decimal(0)
        share = float(found.so_far / whole) if whole else 0.0
        self.bar.show_share(share, float((found.likely or found.so_far) / whole) if whole else 0.0)


def _likely(found: Forecast, over: bool) -> str:
    if found.likely is None:
        return ""
    if over:
        return _("{percent} % of the nomination").format(percent=shown(found.percent, 1)) if found.percent is not None else ""
    if found.nomination is None:
        return _("likely {volume}, no nomination yet").format(volume=shown(found.likely, 0))
    return _("likely {volume}, {percent} %").format(volume=shown(found.likely, 0), percent=shown(found.percent or Decimal(0), 1))


def _hourly(found: Forecast) -> str:
    return _("{flow} Nm³/h left").format(flow=shown(found.hourly, 0)) if found.hourly is not None and found.hourly > 0 else ""


class LossCard(DayCard):
    """What is unaccounted for: of the day, and its rate over the last month."""

    def __init__(self) -> None:
        super().__init__(lambda: C_("metering", "Unaccounted-for gas"), lambda: C_("metering", "Month"))
        self.sign = icon("minus")
        self.value = Line("", "name", "label text-2", gap=4)
        self.mean = Line("", "label text-2")
        self.trend = LossTrend(lambda: C_("metering", "Unaccounted-for gas"))
        self.show_items(6, row(self.sign, on_base_line(self.value, None, self.mean), spacing=4), 2, self.trend, 4)

    def show_days(self, days: Days, shown_day: date, limits: LossLimits) -> None:
        """days: each with the mean of seven days until then, the newest last. The newest that is known stands above the trend."""
        known = [(each, average) for each, average in days if each.rate is not None]
        today, mean = known[-1] if known else (None, None)
        light = today.light(limits) if today is not None else Light.NONE
        self.sign.setVisible(light in SIGN)
        if light in SIGN:
            self.sign.show_sign(SIGN[light], INK[light])
        self.value.restyle(f"name {INK.get(light, 'text')}", "label text-2")
        self.value.say(lambda: _loss_words(today, shown_day))
        over = mean is not None and abs(mean) > limits.mean_percent
        self.mean.restyle("label amber-fg" if over else "label text-2")
        self.mean.say(lambda: _("7 days {rate} %").format(rate=shown_signed(mean, 2)) if mean is not None else "")
        self.trend.limit, self.trend.mean_limit = float(limits.day_percent), float(limits.mean_percent)
        self.trend.show_days([_dot(each, average, limits) for each, average in days])


def _loss_words(found: Balance | None, shown_day: date) -> str:
    if found is None or found.loss is None or found.rate is None:
        return "—"
    rate, volume = shown_signed(found.rate, 2), shown_signed(found.loss, 0)
    if found.day == shown_day:
        return _("{rate} %* {volume} Nm³*").format(rate=rate, volume=volume)
    return _("{rate} %* {volume} Nm³, {day}*").format(rate=rate, volume=volume, day=format_day(found.day))


def _dot(each: Balance, mean: Decimal | None, limits: LossLimits) -> DayDot:
    rate = None if each.rate is None else float(each.rate)
    return DayDot(f"{each.day:%d}", rate, None if mean is None else float(mean), LEVEL.get(each.light(limits), ""))


class OdorantCard(DayCard):
    """The odorant of the gas day against its span."""

    def __init__(self) -> None:
        super().__init__(lambda: C_("metering", "Odorant"), lambda: C_("metering", "Figures"))
        self.sign = icon("minus")
        self.value = Line("", "name", "label text-2", gap=4)
        self.used = Line("", "label text-2")
        self.bar = RangeBar(lambda: C_("metering", "Odorant"), 16, 30)
        self.show_items(6, row(self.sign, on_base_line(self.value, None, self.used), spacing=4), 4, self.bar, 4)

    def show_odorant(self, found: Odorant, limits: OdorantLimits, day: date | None = None) -> None:
        """Of the day; of an earlier one (day) while it is not known, a dash where none is."""
        self.sign.setVisible(found.light in SIGN)
        if found.light in SIGN:
            self.sign.show_sign(SIGN[found.light], INK[found.light])
        self.value.restyle(f"name {INK.get(found.light, 'text')}", "label text-2")
        self.value.say("—" if found.content is None else f"{shown(found.content, 1)}* mg/m³*")
        self.used.say(lambda: _used(found, day))
        self.bar.low, self.bar.high = float(limits.low), float(limits.high)
        self.bar.show_value(None if found.content is None else float(found.content), LEVEL.get(found.light, ""))


def _used(found: Odorant, day: date | None) -> str:
    if found.used is None:
        return _("not entered yet")
    said = _("used {mass} kg").format(mass=shown(found.used))
    return C_("facts", "·").join([said, format_day(day)]) if day is not None else said
