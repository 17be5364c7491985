"""A day's trend in vector: band between the first two limits, dashed limits named at the right, a dot per reading that exists.

reportlab.graphics is not used: it brings Helvetica and Times in, and text that is no marked line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import floor, log10

from stationdesk.reports.breaking import Run
from stationdesk.reports.fonts import width
from stationdesk.reports.pen import Pen
from stationdesk.reports.sheet import Chart, number

_LEFT, _RIGHT, _BELOW = 28.0, 52.0, 14.0
_REASON = 9.0  # height of a line of reasons
_AXIS = 7.0  # size of the axis' words
_LABEL_APART = 8.5  # between base lines of limits and last value


def draw_chart(pen: Pen, chart: Chart, x: float, y: float, wide: float, tall: float) -> None:
    """The chart in a box whose top left corner is x, y."""
    _Drawing(pen, chart, x, y, wide, tall).draw()


def step_of(span: float, wished: int = 4) -> float:
    """A round step (1, 2, 2.5, 5 times a power of ten) that parts the span into at most so many."""
    raw = span / wished
    power = 10.0 ** floor(log10(raw))
    return next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw)


def apart(wanted: Sequence[float], least: float) -> list[float]:
    """Places of labels moved down as little as keeps them `least` apart; in the given order."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = list(wanted)
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + least)
    return placed


def reasons_height(chart: Chart, wide: float) -> float:
    """Points that the lines of reasons take under the hours."""
    rows = _reasons(chart, wide)
    return _REASON * (max((line for *_place, line in rows), default=-1) + 1)


def _reasons(chart: Chart, wide: float) -> list[tuple[float, float, str, int]]:
    """From, to and words of each reason, and the line it stands in: a new one where words would touch. Points from the left."""
    room, (first, last) = wide - _LEFT - _RIGHT, chart.hours
    out: list[tuple[float, float, str, int]] = []
    ends: list[float] = []
    for start, end, words in sorted(chart.reasons):
        x0, x1 = (_LEFT + (min(max(hour, first), last) - first) / (last - first) * room for hour in (start, end))
        left, right = _centred(x0, x1, width(words, Run(""), _AXIS), wide)
        line = next((n for n, used in enumerate(ends) if used + _AXIS < left), len(ends))
        ends[line : line + 1] = [right]
        out.append((x0, x1, words, line))
    return out


def _centred(x0: float, x1: float, long: float, wide: float) -> tuple[float, float]:
    left = min(max((x0 + x1 - long) / 2, 0.0), max(wide - long, 0.0))
    return left, left + long


class _Drawing:
    def __init__(self, pen: Pen, chart: Chart, x: float, y: float, wide: float, tall: float) -> None:
        self._pen, self._chart, self._x = pen, chart, x
        self._x0, self._x1, self._y0, self._y1 = x + _LEFT, x + wide - _RIGHT, y + 4, y + tall - _BELOW - reasons_height(chart, wide)
        values = [value for _hour, value in chart.points if value is not None] + [value for _name, value in chart.limits] or [0.0, 1.0]
        spare = (max(values) - min(values) or 1.0) * 0.12
        self._low, self._high = min(values) - spare, max(values) + spare
        self._band = sorted(value for _name, value in chart.limits[:2])

    def draw(self) -> None:
        if len(self._band) == 2:
            top, bottom = self._level(self._band[1]), self._level(self._band[0])
            self._pen.box(self._x0, top, self._x1 - self._x0, bottom - top, fill=0.93)
        self._levels()
        self._hours()
        self._draw_reasons()
        self._line()
        self._labels()

    def _at(self, hour: float) -> float:
        first, last = self._chart.hours
        return self._x0 + (hour - first) / (last - first) * (self._x1 - self._x0)

    def _level(self, value: float) -> float:
        return self._y1 - (value - self._low) / (self._high - self._low) * (self._y1 - self._y0)

    def _levels(self) -> None:
        step = step_of(self._high - self._low)
        first = int(self._low // step) + 1
        for n in range(first, int(self._high // step) + 1):
            y = self._level(n * step)
            self._pen.rule(self._x0, y, self._x1, y, thick=0.3, grey=0.78)
            words = Run(number(n * step, self._chart.digits), grey=True)
            self._pen.text(self._x, y + 2.5, [words], _AXIS, align="right", room=_LEFT - 5)

    def _hours(self) -> None:
        for hour, words in self._chart.ticks or self._clock():
            self._pen.text(self._at(hour) - 20, self._y1 + 10.5, [Run(words, grey=True)], _AXIS, align="center", room=40)

    def _clock(self) -> list[tuple[float, str]]:
        first, last = int(self._chart.hours[0]), int(self._chart.hours[1])
        hours = range(first, last + 1, 4 if last - first > 12 else 1)
        return [(hour, f"{hour % 24 if hour > 24 else hour:02d}:00") for hour in hours]

    def _draw_reasons(self) -> None:
        """A bar on the axis where nothing was read, and why under the hours."""
        wide = self._x1 + _RIGHT - self._x
        for x0, x1, words, line in _reasons(self._chart, wide):
            self._pen.rule(self._x + x0, self._y1, self._x + x1, self._y1, thick=1.6, grey=0.3)
            left, _right = _centred(x0, x1, width(words, Run(""), _AXIS), wide)
            self._pen.text(self._x + left, self._y1 + 10.5 + _REASON * (line + 1), [Run(words, grey=True)], _AXIS)

    def _line(self) -> None:
        for (hour, value), (later, following) in pairwise(self._chart.points):
            if value is not None and following is not None:  # no line over a missing reading
                self._pen.rule(self._at(hour), self._level(value), self._at(later), self._level(following), thick=1.0, grey=0.15)
        dots = [(hour, value) for hour, value in self._chart.points if value is not None]
        for hour, value in dots:
            if len(self._band) == 2 and not self._band[0] <= value <= self._band[1]:
                self._pen.dot(self._at(hour), self._level(value), 3.4, ring=True)
            self._pen.dot(self._at(hour), self._level(value), 1.5)
        if dots:
            self._pen.dot(self._at(dots[-1][0]), self._level(dots[-1][1]), 2.6, ring=True)

    def _labels(self) -> None:
        """Limits and last value at the right, moved apart where they would touch."""
        labels = [(Run(name, grey=True), value) for name, value in self._chart.limits]
        for _run, value in labels:
            self._pen.rule(self._x0, self._level(value), self._x1, self._level(value), thick=0.6, grey=0.3, dash="3 2")
        last = next((value for _hour, value in reversed(self._chart.points) if value is not None), None)
        if last is not None:
            labels.append((Run(number(last, self._chart.digits), bold=True), last))
        for (run, _value), y in zip(labels, apart([self._level(value) for _run, value in labels], _LABEL_APART), strict=True):
            self._pen.text(self._x1 + 5, y + 2.7, [run], 8 if run.bold else _AXIS)
