"""Metering runs: their meters, flows and reading points; each change is a version from a time on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.metering.shapes import INLET, StreamRule
from stationdesk.domain.metering.streams import METERS, SERVES, WANTED, StreamPoints
from stationdesk.domain.moments import format_moment
from stationdesk.domain.names import Name
from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.services.metering import streams
from stationdesk.services.metering.streams import StreamText, StreamView
from stationdesk.services.readings import versions
from stationdesk.services.readings.views import PointView
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.metering_words import POINTS, STREAM
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.rows import Column

NONE = 0
"""No reading point; what it shows is not read."""
PLAIN = ("serves", "meter", "meter_serial", "corrector_serial", "q_min", "q_max", "best_low", "best_high", "factor", "absolute", "freezes",
         "bore_mm", "pipe_mm", "group")  # fmt: skip


@dataclass(frozen=True)
class Found:
    """The runs, and the points one may be read at."""

    streams: tuple[StreamView, ...]
    points: tuple[PointView, ...]


class StreamsSection(ListSection):
    """What meters the gas. Which of the runs are open is no setting: it is switched on the Metering page."""

    kind = "stream"
    key, icon, case, retire_case = "streams", "gauge", "set_stream", "retire_stream"
    cases = ("set_stream", "retire_stream")
    side = 400
    kinds = frozenset({"stream", "stream_version", "run_switch", "point", "point_version", "role_grant"})

    def __init__(self, runner: Runner) -> None:
        self.points: tuple[PointView, ...] = ()
        super().__init__(runner)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Metering runs")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Code"), lambda each: each.code, width=58),
            Column(lambda: C_("settings", "Run"), lambda each: str(each.name), grows=True),
            Column(STREAM["serves"], lambda each: _(SERVES[each.rule.serves]), width=92),
            Column(STREAM["meter"], lambda each: _(METERS[each.rule.meter]), width=104),
            Column(lambda: C_("metering", "State"), _state, width=68),
            Column(lambda: _("In force since"), self._since, "right", width=108),
        )

    def _since(self, row: StreamView) -> str:
        return format_moment(row.valid_from, self.runner.zone)

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("code", lambda: _("Code"), fixed=True), Ask("position", STREAM["position"], "whole")),
            (Ask("name_zh", lambda: _("Name (Chinese)"), errors=("name",)), Ask("name_en", lambda: _("Name (English)"))),
            (
                Ask("serves", STREAM["serves"], "choice", partial(_worded, SERVES)),
                Ask("meter", STREAM["meter"], "choice", partial(_worded, METERS)),
            ),
            (
                Ask("meter_serial", STREAM["meter_serial"]),
                Ask("corrector_serial", STREAM["corrector_serial"]),
            ),
            (
                Ask("q_min", "q_min", "number", unit="m³/h"),
                Ask("q_max", "q_max", "number", unit="m³/h"),
                Ask("factor", STREAM["factor"], "number", unit="m³"),
            ),
            (
                Ask("best_low", STREAM["best_low"], "number", unit="%"),
                Ask("best_high", STREAM["best_high"], "number", unit="%"),
                Ask("group", STREAM["group"]),
            ),
            *((Ask(use, POINTS[use], "choice", partial(self._points, use)),) for use in WANTED),
            (
                Ask("absolute", STREAM["absolute"], "yes"),
                Ask("freezes", STREAM["freezes"], "yes"),
            ),
            (
                Ask("bore_mm", STREAM["bore_mm"], "number", unit="mm"),
                Ask("pipe_mm", STREAM["pipe_mm"], "number", unit="mm"),
            ),
            (Ask("shut", STREAM["shut"], "yes"),),
            (Ask("words", STREAM["words"], most=200),),
            (Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment"),),
        )

    def _points(self, use: str) -> Any:
        kind, quantity = WANTED[use]
        fit = [each for each in self.points if each.kind == kind and each.quantity in ("", quantity)]
        return [(NONE, lambda: C_("metering", "not read")), *((each.point_id, each.title) for each in fit)]

    def rows_of(self, found: Found) -> Sequence[StreamView]:
        self.points = found.points
        return found.streams

    def key_of(self, row: StreamView) -> int:
        return row.stream_id

    def name_of(self, row: StreamView) -> str:
        return str(row.name)

    def values_of(self, row: StreamView | None) -> dict[str, Any]:
        if row is None:
            blank = StreamRule(0, "", Name(""))
            return {**{key: getattr(blank, key) for key in PLAIN}, **dict.fromkeys(WANTED, NONE), "position": len(self.rows)}
        points = {use: getattr(row.points, use) or NONE for use in WANTED}
        names = {"code": row.code, "name_zh": row.name.zh, "name_en": row.name.en, "position": row.position, "words": row.words}
        return {**{key: getattr(row.rule, key) for key in PLAIN}, **points, **names, "shut": row.shut}

    def keeping(self, row: StreamView | None, values: dict[str, Any]) -> Call:
        points = StreamPoints(**{use: values[use] or None for use in WANTED})
        rest = {key: values[key] for key in PLAIN if key not in ("factor", "serves", "meter")}
        text = StreamText(
            Name(values["name_zh"], values["name_en"]),
            points,
            position=values["position"] or 0,
            factor=values["factor"] if values["factor"] is not None else StreamRule(0, "", Name("")).factor,
            serves=values["serves"] or INLET,
            meter=values["meter"] or "",
            shut=values["shut"],
            words=values["words"],
            **rest,
        )
        base = row.version_id if row is not None else 0
        return partial(streams.set_stream, valid_from=values["valid_from"], base=base), (values["code"], text)

    def retiring(self, row: StreamView) -> Call:
        return streams.retire_stream, (row.stream_id,)


def _load(store: Store, at: datetime) -> Found:
    return Found(streams.streams_view(store, at), versions.points_view(store, at))


def _worded(words: dict[str, str]) -> Any:
    return [(code, partial(_, each)) for code, each in words.items()]


def _state(row: StreamView) -> str:
    return C_("metering", "stands by") if row.shut else C_("metering", "open")
