"""The checklists of before, worded for the list."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from stationdesk.domain.moments import format_day, format_moment
from stationdesk.domain.words import _
from stationdesk.services.checklists import ChecklistBrief
from stationdesk.ui.checklists.wording import mode_words
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.walk_past import Heads, PastRow, found_words, state_of

HEADS = Heads(
    name=lambda: _("Checklists of before"),
    title=lambda: _("Checklist"),
    time=lambda: _("Signed off"),
    people=lambda: _("Checked by"),
    late=lambda: _("A checklist on paper of a shift that is handed over"),
    empty=lambda: _("Checklists that were filled in appear here."),
)


def past_row(each: ChecklistBrief, zone: ZoneInfo) -> PastRow:
    """A checklist in the list."""
    words, marked = state_of(each, _("being filled in"), "", mode_words(each.mode))
    return PastRow(
        id=each.id,
        day=format_day(each.day),
        shift=str(each.shift),
        title=plain(str(each.name)),
        time=format_moment(each.closed_at, zone) if each.closed_at else "",
        people=plain(each.closed_by or each.started_by),
        found=found_words(each.progress),
        abnormal=each.progress.abnormal > 0,
        state=words,
        marked=marked,
    )
