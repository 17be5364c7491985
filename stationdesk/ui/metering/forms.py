"""The forms of the page: a value that stands in for another, a meter replaced, a result computed anew, the figures of a gas day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.metering.gas_day import FIGURES, Figure
from stationdesk.domain.metering.mending import CHANGED, SUBSTITUTED, SubstituteHoursError
from stationdesk.domain.moments import format_day, format_moment
from stationdesk.domain.numbers import NoNumberError
from stationdesk.domain.words import C_, _
from stationdesk.services.metering import gas_day, results, substitute, switching
from stationdesk.services.metering.gas_day import GasDay
from stationdesk.services.metering.substitute import MeterChangeText, SubstituteText, SubstitutionView
from stationdesk.services.metering.switching import SwitchView
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.results import ResultRow
from stationdesk.ui.metering.side_form import Call, SideForm
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.select_field import Choices
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text


def runs(board: Board) -> Choices:
    """The station's runs."""
    return [(each.stream_id, str(each.name)) for each in board.streams]


def worded(words: Mapping[str, str]) -> Choices:
    """Codes with their words."""
    return [(code, partial(_, each)) for code, each in words.items()]


def substitute_form(runner: Runner, board: Board, stream: int | None, hour: datetime | None) -> SideForm:
    """hour: the one the person is at; its end is offered, for a counter or a pressure is read there."""
    asks = (
        (Ask("stream", lambda: C_("metering", "Run"), "choice", lambda: runs(board)),),
        (Ask("quantity", lambda: C_("metering", "What is substituted"), "choice", lambda: worded(SUBSTITUTED)),),
        (Ask("first", lambda: C_("metering", "From hour"), "moment", errors=("first",)),),
        (Ask("last", lambda: C_("metering", "to hour (empty: that one)"), "moment"),),
        (Ask("value", lambda: C_("metering", "Value, in the unit of the point"), "number"),),
        (Ask("basis", lambda: C_("metering", "Basis"), "long", lines=2),),
    )

    def call(values: dict[str, Any]) -> Call:
        first, last = values["first"], values["last"] or values["first"]
        if first is None:
            raise SubstituteHoursError
        if values["value"] is None:
            raise NoNumberError(typed="")
        text = SubstituteText(values["stream"] or 0, values["quantity"] or "", first, last, values["value"], values["basis"])
        return substitute.substitute, (text,)

    told = Text(lambda: _("Full hours. A volume is that of the hour that ends then; what was read stays on record."), "label text-2")
    start = {"stream": stream, "first": hour}
    title = lambda: C_("metering", "Substitute a value")  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Substitute it"), asks, call, start, "metering.substitute", below=(told, 8))


def withdraw_form(runner: Runner, each: SubstitutionView) -> SideForm:
    """Words, and what was read counts again."""
    asks = ((Ask("words", lambda: C_("metering", "Why"), "long", errors=("basis",), lines=2),),)

    def call(values: dict[str, Any]) -> Call:
        return substitute.withdraw_substitute, (each.substitution_id, values["words"])

    span = format_moment(each.first, runner.zone)
    told = Text(lambda: _("{run}, from {time}: what was read counts again.").format(run=plain(str(each.stream)), time=span), "body text-2")
    title = lambda: C_("metering", "Take a substituted value back")  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Take it back"), asks, call, above=(told, 12))


def unswitch_form(runner: Runner, each: SwitchView) -> SideForm:
    """Words, and the runs stand as they did before."""
    asks = ((Ask("words", lambda: C_("metering", "Why"), "long", errors=("reason",), lines=2),),)

    def call(values: dict[str, Any]) -> Call:
        return switching.withdraw_switch, (each.switch_id, values["words"])

    time = format_moment(each.time, runner.zone)
    told = Text(
        lambda: _("{time}: the runs count as if they had not been switched then. It stays on record.").format(time=time), "body text-2"
    )
    title = lambda: C_("metering", "Take a switch of runs back")  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Take it back"), asks, call, above=(told, 12))


def change_form(runner: Runner, board: Board, stream: int | None) -> SideForm:
    """Counters before and after, serial numbers, certificate."""
    counters: Sequence[Sequence[Ask]] = (
        (
            Ask("closing_counter", lambda: C_("metering", "Counter before"), "number"),
            Ask("opening_counter", lambda: C_("metering", "Counter after"), "number"),
        ),
        (
            Ask("closing_corrected", lambda: C_("metering", "At base before"), "number"),
            Ask("opening_corrected", lambda: C_("metering", "At base after"), "number"),
        ),
        (
            Ask("serial_before", lambda: C_("metering", "Serial no. before")),
            Ask("serial_after", lambda: C_("metering", "Serial no. after")),
        ),
    )
    asks = (
        (Ask("stream", lambda: C_("metering", "Run"), "choice", lambda: runs(board)),),
        (Ask("what", lambda: C_("metering", "What was done"), "choice", lambda: worded(CHANGED)),),
        (Ask("time", lambda: C_("metering", "When (empty: now)"), "moment"),),
        *counters,
        (Ask("certificate", lambda: C_("metering", "Certificate no.")),),
        (Ask("words", lambda: C_("metering", "Why, and what was found"), "long", lines=2),),
    )

    def call(values: dict[str, Any]) -> Call:
        keys = (
            "closing_counter",
            "opening_counter",
            "closing_corrected",
            "opening_corrected",
            "serial_before",
            "serial_after",
            "certificate",
        )
        rest = {key: values[key] for key in (*keys, "words")}
        text = MeterChangeText(values["stream"] or 0, values["what"] or "", values["time"] or runner.now(), **rest)
        return substitute.change_meter, (text,)

    title = lambda: C_("metering", "Meter replaced or set")  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Put on record"), asks, call, {"stream": stream}, "metering.change")


def figures_form(runner: Runner, day: GasDay) -> SideForm:
    """What nobody's instrument says of a gas day; a field made empty takes the figure back."""
    rows = ((Figure.NOMINATION, Figure.DELIVERED), (Figure.OWN_USE, Figure.VENTED), (Figure.PACK_BEFORE, Figure.PACK_AFTER),
            (Figure.ODORANT_BEFORE, Figure.ODORANT_AFTER), (Figure.ODORANT_ADDED,))  # fmt: skip
    asks = [tuple(_figure(kind) for kind in line) for line in rows]
    asks.append((Ask("words", lambda: C_("metering", "Remark"), most=200),))

    def call(values: dict[str, Any]) -> Call:
        return gas_day.set_figures, (day.day, {kind: values[str(kind)] for kind in FIGURES}, values["words"])

    there: dict[str, Any] = {str(kind): each.value for kind, each in day.figures.items()}
    words = next((each.words for each in day.figures.values() if each.words), "")
    title = lambda: _("Figures of the gas day {day}").format(day=format_day(day.day))  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Keep"), asks, call, {**there, "words": words})


def _figure(kind: Figure) -> Ask:
    name, unit = FIGURES[kind]
    return Ask(str(kind), partial(_, name), "number", unit=unit)


def recompute_form(runner: Runner, each: ResultRow) -> SideForm:
    """Another version, and why."""
    asks = ((Ask("words", lambda: C_("metering", "Why"), "long", lines=2),),)

    def call(values: dict[str, Any]) -> Call:
        return results.recompute, (each.result.result_id, values["words"])

    told = Text(lambda: _("The version there is stays, and both can be printed."), "label text-2")
    title = lambda: C_("metering", "Compute anew")  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Make version {n}").format(n=each.result.nth + 2), asks, call, below=(told, 8))
