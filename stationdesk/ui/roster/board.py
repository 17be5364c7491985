"""All the page asks at once: the roster, its versions, what people ask for, and who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from stationdesk.domain.moments import month_of
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import Store
from stationdesk.services.permissions import refusals
from stationdesk.services.roster import (
    LeaveView,
    RosterView,
    StandIn,
    SwapView,
    Version,
    WishView,
    leaves,
    month_view,
    roster_view,
    swaps,
    versions,
    wishes,
)
from stationdesk.services.shifts import SHIFTS
from stationdesk.services.station import list_view

ACTS = (
    "draft_roster",
    "change_roster",
    "publish_roster",
    "ask_leave",
    "record_leave",
    "decide_leave",
    "ask_swap",
    "agree_swap",
    "decide_swap",
    "confirm_stand_in",
    "make_wish",
    "draft_duty_sheet",
    "change_duty_sheet",
    "publish_holiday_sheet",
)
OPEN = "asked"
KINDS = frozenset(
    {
        "roster",
        "roster_line",
        "roster_reason",
        "roster_rules",
        "swap",
        "leave",
        "wish",
        "fixed_duty",
        "qualification",
        "calendar_day",
        "calendar_year",
        "duty_spell",
        "person",
        "crew",
        "crew_member",
        "role_grant",
        "station_list",
    }
)
"""Tables whose changes concern the page."""


@dataclass(frozen=True)
class Board:
    """person_id: who looks at it, 0 for nobody."""

    view: RosterView
    versions: tuple[Version, ...]
    leaves: tuple[LeaveView, ...]
    swaps: tuple[SwapView, ...]
    wishes: tuple[WishView, ...]
    posts: Mapping[str, str]
    refusals: Mapping[str, NotAllowedError]
    person_id: int
    sheet: str = SHIFTS

    def refused(self, what: str) -> NotAllowedError | None:
        """Why the person may not "draft", "change" or "publish" this sheet; the office drafts the holidays', a superior approves it."""
        case = f"{what}_roster" if self.sheet == SHIFTS else "publish_holiday_sheet" if what == "publish" else f"{what}_duty_sheet"
        return self.refusals.get(case)

    @property
    def draft(self) -> Version | None:
        """The draft shown, None where there is none."""
        wanted = self.view.roster_id if self.view.draft else None
        return next((each for each in self.versions if each.roster_id == wanted and not each.dropped), None)

    @property
    def next_number(self) -> int:
        """What the draft will be called once it is published."""
        return self.draft.number if self.draft else 0

    @property
    def editable(self) -> bool:
        """Whether there is a draft the person may change."""
        return self.draft is not None and self.refused("change") is None

    @property
    def called(self) -> Mapping[str, str]:
        """The kinds of shift by code, in the language of now."""
        return {kind.code: str(kind.name) for kind in self.view.kinds}

    @property
    def open_asks(self) -> tuple[LeaveView | SwapView | StandIn, ...]:
        """What is to be decided, agreed to, or confirmed after a night."""
        asks: tuple[LeaveView | SwapView, ...] = (*self.leaves, *self.swaps)
        stood = tuple(each for each in self.view.stand_ins if not each.confirmed)
        return (*stood, *(each for each in asks if each.state == OPEN))


def board(store: Store, month: date, sheet: str, roster_id: int, person_id: int, at: datetime) -> Board:
    """The roster of a day's month as the page shows it; sheet: the desk's shifts or the holidays'; roster_id: a version, 0 the newest."""
    first, last = month_of(month)
    return Board(
        roster_view(store, roster_id, at) if roster_id else month_view(store, first, at, sheet),
        versions(store, first, last, sheet),
        leaves(store, first, last),
        swaps(store, first, last),
        wishes(store, first, last),
        {code: str(name) for code, name in list_view(store, "posts", at)},
        refusals(store, person_id, ACTS, at),
        person_id,
        sheet,
    )
