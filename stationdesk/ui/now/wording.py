"""What the Now page and the frame of the window say of what is due and who is there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import format_day, format_minutes, format_time, minutes_between
from stationdesk.domain.permissions import ROLE_NAMES, Role
from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.countdown import whole_minutes
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services.now import ComingUp, NowView
    from stationdesk.services.shifts import OnDuty


def due_words(coming: ComingUp, zone: ZoneInfo) -> str:
    """07:00 hourly reading|07:00 reading: what is due, with a shorter wording."""
    clock, name = format_time(coming.at, zone), plain(str(coming.name))
    if coming.kind == "round":
        words = _("{time} {name} no. {nth}|{time} {name}") if coming.nth else "{time} {name}"
    else:
        words = {
            "reading": _("{time} hourly reading|{time} reading"),
            "checklist": _("{name} by {time}|{name}"),
            "relief": _("{time} {name} arrives"),
            "handover": _("{time} handover"),
        }[coming.kind]
    return words.format(time=clock, name=name, nth=coming.nth)


def thing_words(coming: ComingUp) -> str:
    """The same without its time, for a row that has the time in front."""
    name = plain(str(coming.name))
    if coming.kind == "round":
        name = _("{name} no. {nth}").format(name=name, nth=coming.nth) if coming.nth else name
        return _("{name} ({people} people)").format(name=name, people=coming.people) if coming.people > 1 else name
    return {
        "reading": _("Hourly reading"),
        "checklist": name,
        "relief": C_("coming", "{name} arrives").format(name=name),
        "handover": _("Handover to {name}").format(name=name) if name else _("Handover"),
    }[coming.kind]


def window_words(coming: ComingUp, zone: ZoneInfo) -> str:
    """Under the countdown: until when it counts as on time."""
    opens, closes = format_time(coming.opens or coming.at, zone), format_time(coming.closes, zone)
    return {
        "reading": _("on time {opens}–{closes}, later marked as late"),
        "round": _("due window {opens}–{closes}"),
        "checklist": _("to be done before the handover"),
        "relief": _("the handover is due at {closes}"),
        "handover": _("both leaders sign"),
    }[coming.kind].format(opens=opens, closes=closes)


def left_words(coming: ComingUp, now: datetime) -> str:
    """How long until then; while its window runs how long it lasts, and after it by how much it is over."""
    if now < coming.at:
        return length(whole_minutes(now, coming.at))
    if now <= coming.closes:
        return _("{time} left").format(time=length(whole_minutes(now, coming.closes)))
    return _("{time} overdue").format(time=length(minutes_between(coming.closes, now)))


def length(minutes: int) -> str:
    """18 min, 1 h 03 min: minutes in two digits, so that a column of them can be read."""
    if minutes < 60:
        return format_minutes(minutes)
    return _("{h} h {m} min").format(h=minutes // 60, m=f"{minutes % 60:02}")


def passed_words(view: NowView, now: datetime) -> str:
    """Beside the title: how long the shift has been on, and how long it will be."""
    shift = view.desk.shift
    if shift is None:
        return _("no shift open")
    name, begun = plain(str(shift.name)), shift.starts_at
    passed = length(max(minutes_between(begun, now), 0))
    if now <= shift.ends_at:
        left = length(whole_minutes(now, shift.ends_at))
        return _("{shift}: on for {passed}, {left} to go").format(shift=name, passed=passed, left=left)
    over = length(minutes_between(shift.ends_at, now))
    return _("{shift}: on for {passed}, {over} beyond its end").format(shift=name, passed=passed, over=over)


def deadline_words(deadline: datetime, now: datetime, zone: ZoneInfo) -> str:
    """today 24:00, 11-23: when something has to be done."""
    day, clock = _day_of_deadline(deadline, zone)
    today = now.astimezone(zone).date()
    if day == today:
        return _("today {time}").format(time=clock)
    soon = clock != "24:00" and deadline - now < timedelta(days=2)
    return f"{format_day(day)} {clock}" if soon else format_day(day)


def until_words(deadline: datetime, now: datetime) -> str:
    """17 h, 2 days: how long that is; by how much it is past."""
    away = abs(deadline - now)
    text = _days(away) if away >= timedelta(days=2) else _("{hours} h").format(hours=away // timedelta(hours=1))
    if away < timedelta(hours=1):
        text = format_minutes(away // timedelta(minutes=1))
    return text if deadline >= now else _("{time} overdue").format(time=text)


def _days(away: timedelta) -> str:
    return _("{days} days").format(days=away.days)


def _day_of_deadline(deadline: datetime, zone: ZoneInfo) -> tuple[date, str]:
    """A deadline at midnight belongs to the day it ends."""
    wall = deadline.astimezone(zone)
    if (wall.hour, wall.minute) == (0, 0):
        return (wall - timedelta(days=1)).date(), "24:00"
    return wall.date(), f"{wall:%H:%M}"


def role_words(person: OnDuty) -> str:
    """What somebody is on this shift."""
    if person.acting:
        return _("acting shift leader")
    if person.leader:
        return _(ROLE_NAMES[Role.LEADER])
    own = person.post in set(Role) - {Role.LEADER}
    return _(ROLE_NAMES[Role(person.post) if own else Role.OPERATOR])


def role_and_key(person: OnDuty) -> str:
    """Shift leader·F1."""
    role = role_words(person)
    return C_("dot", "{one}·{two}").format(one=role, two=person.key) if person.key else role
