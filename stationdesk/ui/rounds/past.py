"""The rounds of before, worded for the list."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from stationdesk.domain.moments import format_day
from stationdesk.domain.words import _
from stationdesk.services.rounds import RoundBrief
from stationdesk.ui.rounds.wording import mode_words, times, title_of
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.walk_past import Heads, PastRow, found_words, state_of

HEADS = Heads(
    name=lambda: _("Rounds of before"),
    title=lambda: _("Round"),
    time=lambda: _("Walked"),
    people=lambda: _("Walked by"),
    late=lambda: _("A round on paper of a shift that is handed over"),
    empty=lambda: _("Rounds that were walked appear here."),
)


def past_row(each: RoundBrief, zone: ZoneInfo) -> PastRow:
    """A round in the list."""
    late = _("late {n} min").format(n=each.late) if each.late else ""
    words, marked = state_of(each, _("being walked"), late, mode_words(each.mode))
    return PastRow(
        id=each.id,
        day=format_day(each.day.astimezone(zone).date()),
        shift=str(each.shift),
        title=plain(title_of(each, zone)),
        time=times(each.began, each.ended, zone),
        people=plain(_(", ").join(each.walkers)),
        found=found_words(each.progress),
        abnormal=each.progress.abnormal > 0,
        state=words,
        marked=marked,
    )
