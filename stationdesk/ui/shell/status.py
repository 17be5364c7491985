"""What the strip at the top says: given by the composition, aged by the clock."""

from __future__ import annotations

from datetime import datetime

from stationdesk.domain.words import _
from stationdesk.ui.widgets.countdown import minutes_and_seconds, tone
from stationdesk.ui.widgets.spoken import Words, said
from stationdesk.values import dataclass


@dataclass(frozen=True)
class Due:
    """What comes next: "07:00 hourly reading|07:00 reading" (the part after | is the shorter wording), its time and its window's end."""

    words: Words
    at: datetime
    closes: datetime


@dataclass(frozen=True)
class Status:
    """Words may hold a shorter wording after a bar |; a station's own names go through spoken.plain(). paused: said in place of the
    countdown while 应急状态 holds. abnormal: how many. role: with the key that
    picks the person ("foreman·F1")."""

    station: Words = ""
    shift: Words = ""
    crew: Words = ""
    due: Due | None = None
    paused: Words = ""
    abnormal: int = 0
    database: Words = ""
    database_well: bool = True
    person: Words = ""
    role: Words = ""


def countdown_words(due: Due | None, now: datetime) -> str:
    """The next line of the strip, with its second style between stars, and the shorter wording after the bar."""
    if due is None:
        return _("nothing due")
    long, short = (said(due.words).split("|") * 2)[:2]
    if now < due.at:
        left = minutes_and_seconds((due.at - now).total_seconds())
        more, less = _("in {time}").format(time=left), left
    elif now <= due.closes:
        left = minutes_and_seconds((due.closes - now).total_seconds())
        more, less = _("{time} of the window left").format(time=left), _("{time} left").format(time=left)
    else:
        seconds = (now - due.closes).total_seconds()
        over = minutes_and_seconds(seconds)
        brief = _("{m} min").format(m=int(seconds) // 60) if 60 <= seconds < 3600 else over  # seconds no longer matter then
        more, less = _("overdue by {time}").format(time=over), _("{time} overdue").format(time=brief)
    return f"*{long}*   {more}|*{short}*   {less}"


def due_tone(due: Due | None, now: datetime) -> str:
    """Token of the next line."""
    return tone(now, due.at, due.closes) if due else "text"
