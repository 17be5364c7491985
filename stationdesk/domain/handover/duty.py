"""What was out of the ordinary in a shift's duty, in words: who stayed past its end, the emergency states, who still owes a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stationdesk.domain.handover.facts import DutyFacts, EmergencySpan, ExtendedDuty, UnsaidReason
from stationdesk.domain.said import value_words
from stationdesk.domain.shifts import hours_between
from stationdesk.domain.words import _


@dataclass(frozen=True)
class Telling:
    """How moments are said, and up to when: the handover's own moment, or now while it is being made (over False)."""

    zone: ZoneInfo
    day: date
    until: datetime
    over: bool

    def clock(self, at: datetime) -> str:
        """HH:MM, with its date where that is another than the shift's."""
        return value_words(at, self.zone, self.day)


def duty_words(duty: DutyFacts, telling: Telling) -> list[str]:
    """A sentence for those who stayed equally long for the same reason, for each emergency state, for each reason put off and not said."""
    return [
        *(_extended(each, telling) for each in _alike(duty.extended)),
        *(_emergency(each, telling) for each in duty.emergencies),
        *(_unsaid(each, telling) for each in duty.unsaid),
    ]


def _alike(found: tuple[ExtendedDuty, ...]) -> list[list[ExtendedDuty]]:
    groups: dict[object, list[ExtendedDuty]] = {}
    for each in found:
        groups.setdefault((each.start, each.end, each.reason), []).append(each)
    return list(groups.values())


def _extended(group: list[ExtendedDuty], telling: Telling) -> str:
    first = group[0]
    end = first.end or telling.until
    return _stay_words(alone=len(group) == 1, over=telling.over or first.end is not None).format(
        people=_(", ").join(each.name for each in group),
        start=telling.clock(first.start),
        end=telling.clock(end),
        hours=hours_between(first.start, end),
        reason=first.reason,
    )


def _stay_words(*, alone: bool, over: bool) -> str:
    if not over:
        return _("Extended duty of {people}: since {start}, {hours} h so far. {reason}")
    if alone:
        return _("Extended duty of {people}: {start}–{end}, {hours} h. {reason}")
    return _("Extended duty of {people}: {start}–{end}, {hours} h each. {reason}")


def _emergency(each: EmergencySpan, telling: Telling) -> str:
    what = _state_words(lasts=each.end is None, over=telling.over).format(
        start=telling.clock(each.start),
        end=telling.clock(each.end) if each.end else "",
        who=each.declared_by or _("somebody who was not signed in"),
        by=each.ended_by,
    )
    told = _("; ").join(part for part in (each.words, each.ended_words) if part)
    return _("{what}: {words}").format(what=what, words=told) if told else what


def _state_words(*, lasts: bool, over: bool) -> str:
    if not lasts:
        return _("Emergency state {start}–{end}, declared by {who}, ended by {by}")
    if over:
        return _("Emergency state since {start}, declared by {who}, not over at the handover")
    return _("Emergency state since {start}, declared by {who}")


def _unsaid(each: UnsaidReason, telling: Telling) -> str:
    words = _("{name} signed on at {time}, the reason was put off and is not said")
    return words.format(name=each.name, time=telling.clock(each.start))
