"""How people are assumed to sleep around their duties: nobody knows it, so it is said wherever it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import DAY, Span, at_wall, clock_text, day_of
from stationdesk.domain.roster.calendar import days_of
from stationdesk.domain.roster.duties import Duty, Night
from stationdesk.domain.words import _

SHORTEST = timedelta(hours=1)
"""What is left of a night between two duties counts as sleep from an hour on."""


@dataclass(frozen=True)
class Sleep:
    """The assumption; clock times in minutes of the day.

    rest_share: the part of a duty's rest hours that is slept, from `rest_from` on; 0 where the station does not say that it is possible.
    """

    bed: int = 23 * 60
    wake: int = 7 * 60
    way: int = 60  # minutes to and from the station
    after_night: int = 60  # minutes from the end of a night duty to bed
    day_until: int = 14 * 60
    rest_share: float = 0.0
    rest_from: int = 60  # 01:00

    @property
    def night(self) -> timedelta:
        """How long a whole night is."""
        return timedelta(minutes=(self.wake - self.bed) % DAY)


USUAL_SLEEP = Sleep()
RESTING = Sleep(rest_share=0.5)
"""Where the station says that the rest hours of a 24 h duty can be slept: half of them."""


def sleep_said(sleep: Sleep) -> str:
    """The assumption in words, for the screen."""
    words = _(
        "Assumed sleep: {bed}–{wake} when off; {way} min of way before and after duty; after a night duty until {until} at the latest."
    )
    said = words.format(bed=clock_text(sleep.bed), wake=clock_text(sleep.wake), way=sleep.way, until=clock_text(sleep.day_until))
    rest = _("Of the rest hours in a duty {percent} % are slept.").format(percent=round(sleep.rest_share * 100))
    return f"{said} {rest}" if sleep.rest_share else said


def assumed(duties: Sequence[Duty], first: date, last: date, zone: ZoneInfo, sleep: Sleep, night: Night) -> tuple[Span, ...]:
    """When somebody with these duties is taken to be asleep, from the night of the first day to the last day."""
    way = timedelta(minutes=sleep.way)
    busy = [Span(each.span.start - way, each.span.end + way) for each in duties]
    nights = (Span(at_wall(day, sleep.bed, zone), at_wall(day, sleep.wake + DAY, zone)) for day in days_of(first, last))
    free = [part for whole in (*nights, *_by_day(duties, zone, sleep, night)) for part in _without(whole, busy)]
    return _joined([*(each for each in free if each.length >= SHORTEST), *_in_duty(duties, zone, sleep)])


def _by_day(duties: Sequence[Duty], zone: ZoneInfo, sleep: Sleep, night: Night) -> Iterator[Span]:
    """After a night duty: no longer than a night, and up by early afternoon."""
    for each in duties:
        start = each.span.end + timedelta(minutes=sleep.after_night)
        end = min(start + sleep.night, at_wall(day_of(each.span.end, zone), sleep.day_until, zone))
        if night.holds(each.kind) and start < end:
            yield Span(start, end)


def _in_duty(duties: Sequence[Duty], zone: ZoneInfo, sleep: Sleep) -> Iterator[Span]:
    """In the rest hours of a long duty."""
    for each in duties:
        long = timedelta(minutes=each.kind.rest * sleep.rest_share)
        start = next((at for day in (0, 1) if each.span.holds(at := at_wall(each.day, sleep.rest_from + day * DAY, zone))), each.span.start)
        if long:
            yield Span(start, min(start + long, each.span.end))


def _without(whole: Span, busy: Iterable[Span]) -> list[Span]:
    """What is left of a span between others."""
    parts = [whole]
    for other in busy:
        if other.meets(whole):
            cut = [(Span(part.start, min(part.end, other.start)), Span(max(part.start, other.end), part.end)) for part in parts]
            parts = [part for pair in cut for part in pair if part.start < part.end]
    return parts


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that meet made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
