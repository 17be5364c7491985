"""Hours kept, by the day they fall on: what pays 150, 200 and 300 % (labour law art. 44), by both readings of the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import at_wall, day_of
from stationdesk.domain.roster.calendar import PAY, Calendar, DayKind
from stationdesk.domain.roster.hours import EIGHT_HOURS

STATUTORY_PAY, REST_PAY, WORKDAY_PAY = PAY[DayKind.STATUTORY], PAY[DayKind.REST], PAY[DayKind.WORKDAY]
CLASSES = (WORKDAY_PAY, REST_PAY, STATUTORY_PAY)
ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Kept:
    """A shift as it was kept: stretches at the station, and minutes of standby and rest in it that may be no work."""

    stretches: tuple[Stretch, ...]
    idle: int = 0

    @property
    def presence(self) -> int:
        """Minutes at the station."""
        return sum(int((end - start) / ONE_MINUTE) for start, end in self.stretches)

    @property
    def work(self) -> int:
        """Minutes that are neither standby nor rest."""
        return max(0, self.presence - self.idle)


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in their order, what overlaps or touches as one: nobody is at the station twice."""
    found: list[Stretch] = []
    for start, end in sorted(each for each in stretches if each[1] > each[0]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def classes(kept: Kept, calendar: Calendar, zone: ZoneInfo) -> dict[int, int]:
    """Minutes at the station by percent: 300 on statutory days, 200 on other days off, 150 a shift's beyond eight hours on workdays."""
    by_pay = dict.fromkeys(CLASSES, 0)
    for start, end in kept.stretches:
        begin = start
        while begin < end:
            day = day_of(begin, zone)
            until = min(end, at_wall(day + ONE_DAY, 0, zone))
            by_pay[PAY[calendar.kind(day)]] += int((until - begin) / ONE_MINUTE)
            begin = until
    by_pay[WORKDAY_PAY] = max(0, by_pay[WORKDAY_PAY] - EIGHT_HOURS)
    return by_pay


def worked_classes(kept: Kept, calendar: Calendar, zone: ZoneInfo) -> dict[int, int]:
    """The same of hours of work only: standby and rest are taken from each stretch by its share."""
    if not kept.presence:
        return dict.fromkeys(CLASSES, 0)
    whole, share = classes(kept, calendar, zone), kept.work / kept.presence
    on_workdays = kept.presence - whole[REST_PAY] - whole[STATUTORY_PAY]
    found = {pay: round(minutes * share) for pay, minutes in whole.items()}
    found[WORKDAY_PAY] = max(0, round(on_workdays * share) - EIGHT_HOURS)
    return found
