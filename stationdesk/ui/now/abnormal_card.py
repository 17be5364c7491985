"""What is abnormal, in amber or red with its words; a quiet line where nothing is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from stationdesk.domain.limits import finding_words
from stationdesk.domain.moments import format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services.now import NowView
    from stationdesk.services.readings import LastValue

TALL, LOW = 84, 44


class AbnormalCard(Card):
    """asked(page, target): explain or look."""

    asked = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.abnormal: tuple[LastValue, ...] | None = None
        self._read = self._paused = False

    def show_view(self, view: NowView) -> None:
        """What is abnormal now."""
        read = any(each.value is not None for each in view.values)
        paused = view.desk.emergency is not None
        if (view.abnormal, read, paused) == (self.abnormal, self._read, self._paused):
            return
        self.abnormal, self._read, self._paused = view.abnormal, read, paused
        self._show_first(view.abnormal) if view.abnormal else self._show_nothing()

    def _show_nothing(self) -> None:
        self.set_look("")
        self.setFixedHeight(LOW)
        words = Line(lambda: _("All values within their limits") if self._read else _("No readings yet"), "body text-2", elide=True)
        self.show_items(None, row(icon("check" if self._read else "circle"), words, None, spacing=12), None)

    def _show_first(self, abnormal: tuple[LastValue, ...]) -> None:
        first, more = abnormal[0], abnormal[1:]
        tone = "red" if first.grade == "red" else "amber"
        self.set_look(tone)
        self.setFixedHeight(TALL)
        ink = f"{tone}-fg"
        head = Line(lambda: _head(first, more), f"name {ink}", elide=True)
        facts = Line(lambda: self._facts(first), f"label {ink}", elide=True)
        words = column(None, head, 4, facts, None)
        sign = icon("circle-alert" if tone == "red" else "triangle-alert", ink, 24)
        inside = row(sign, words, self._button(first), spacing=16)
        inside.setStretch(1, 1)
        self.show_items(None, inside, None)

    def _button(self, first: LastValue) -> Button:
        target = ("point", first.point.code, first.time)
        verb = (lambda: _("Explain")) if first.owed and not self._paused else (lambda: _("Look"))
        return Button(verb, key="E", look="amber", on_click=lambda: self.asked.emit("readings", target))

    def _facts(self, first: LastValue) -> str:
        """06:00 reading, 19 at 05:00·alarm limit 50·explanation owed"""
        if first.time is None or first.value is None:
            return ""
        hour = format_time(first.time, self.runner.zone)
        parts = [C_("abnormal", "{time} reading").format(time=hour)]
        before = first.series[-2] if len(first.series) > 1 else None
        if before is not None:
            earlier = format_time(first.time - timedelta(hours=1), self.runner.zone)
            parts[0] = _("{time} reading, {before} at {earlier}").format(time=hour, before=shown(before), earlier=earlier)
        found, limits = first.point.limits.grade(first.value), first.point.limits
        further = {"h": limits.hh, "l": limits.ll}.get(found.which)
        if further is not None:
            parts.append(_("alarm limit {limit}").format(limit=shown(further)))
        if not self._paused:  # 应急状态: demanded notes wait
            parts.append(C_("abnormal", "words owed") if first.owed else C_("abnormal", "explained"))
        return C_("facts", "·").join(parts)


def _head(first: LastValue, more: tuple[LastValue, ...]) -> str:
    words = _abnormal_words(first)
    if not more:
        return words
    others = n_("{words}, and {n} more", "{words}, and {n} more", len(more))
    return others.format(words=words, n=len(more))


def _abnormal_words(value: LastValue) -> str:
    """过滤器压差 34 kPa 高于 30"""
    if value.value is None:
        return ""
    name, figure = plain(str(value.point.full_name)), f"{shown(value.value)} {value.point.unit}".strip()
    found = value.point.limits.grade(value.value)
    if not found.grade:
        return _("{point} {value}: a doubt stands").format(point=name, value=figure)
    return _("{point} {value} {finding}").format(point=name, value=figure, finding=finding_words(found))
