"""What stands in the way of a signature, as a list to work off: like with like, what can be cured before what has to wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from stationdesk.domain.handover import Obstacle, cure_words, say_fact
from stationdesk.domain.moments import HOUR, format_time
from stationdesk.domain.said import Said
from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.line import Line

WAIT = "wait"
AMISS = frozenset({"explain", "see", "report", "settle", "claim", "renew"})


@dataclass(frozen=True)
class Group:
    """Obstacles of one kind that differ in their time only: Reading 07:00, 08:00: not due yet."""

    first: Obstacle
    times: tuple[datetime, ...] = ()

    @property
    def waits(self) -> bool:
        """Nothing can be done about it yet."""
        return self.first.cure == WAIT

    @property
    def wrong(self) -> bool:
        """Something is amiss, where others are only not done."""
        return self.first.cure in AMISS

    def words(self, zone: ZoneInfo) -> str:
        """Times beside each other where there are several."""
        said = self.first.said
        if len(self.times) > 1:
            said = Said(said.code, {**said.values, "time": _(", ").join(_spans(self.times, zone))})
        return say_fact(said, zone)


def _spans(times: Sequence[datetime], zone: ZoneInfo) -> list[str]:
    """Times in words; three and more hours in a row as 00:00–06:00."""
    runs: list[list[datetime]] = []
    for each in sorted(times):
        if runs and each - runs[-1][-1] == HOUR:
            runs[-1].append(each)
        else:
            runs.append([each])
    said: list[str] = []
    for run in runs:
        words = [format_time(each, zone) for each in run]
        said += [f"{words[0]}–{words[-1]}"] if len(run) > 2 else words
    return said


def groups(obstacles: Sequence[Obstacle]) -> list[Group]:
    """In the order they are worked off: what is amiss, what is to be done, what waits."""
    found: dict[object, Group] = {}
    for each in obstacles:
        rest = tuple(sorted((key, str(value)) for key, value in each.said.values.items() if key != "time"))
        time = each.said.values.get("time")
        times = (time,) if isinstance(time, datetime) else ()
        same = each.said.code, each.cure, rest
        found[same] = replace(found[same], times=found[same].times + times) if same in found else Group(each, times)
    return sorted(found.values(), key=lambda group: (group.waits, not group.wrong))


def cure(group: Group, zone: ZoneInfo, take: Callable[[Obstacle], object]) -> QWidget:
    """The link that cures it; from when it can be cured, where one has to wait."""
    each = group.first
    if group.waits:
        at = format_time(each.at, zone) if each.at else ""
        return Line(lambda: _("from {time}").format(time=at) if at else "", "label text-2")
    return Button(lambda: cure_words(each.cure), look="link", on_click=lambda: take(each))
