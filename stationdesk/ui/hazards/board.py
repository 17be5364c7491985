"""All the page asks at once: what is open and what is done, and what its forms offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from stationdesk.domain.hazards import HazardGrade
from stationdesk.domain.items import ItemKind
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import Store
from stationdesk.services.hazards import HazardView, grades_view, hazards_view
from stationdesk.services.items import ItemView, items_view
from stationdesk.services.people import people_view
from stationdesk.services.permissions import refusals
from stationdesk.services.shifts import desk_view

HAZARDS = "hazards"
TABS: tuple[str, ...] = (HAZARDS, ItemKind.ITEM, ItemKind.ORDER, ItemKind.INSTRUCTION)
ASKS = ("raise_hazard", "open_item")


@dataclass(frozen=True)
class Board:
    """People: id and name of those who may own something. shift_end: for the deadline a form foretells."""

    hazards: tuple[HazardView, ...]
    items: tuple[ItemView, ...]
    done: bool
    grades: tuple[HazardGrade, ...]
    people: tuple[tuple[int, str], ...]
    shift_end: datetime
    refusals: dict[str, NotAllowedError]

    def of(self, tab: str) -> tuple[HazardView, ...] | tuple[ItemView, ...]:
        """The rows of a tab."""
        return self.hazards if tab == HAZARDS else tuple(each for each in self.items if each.kind == tab)

    @property
    def count(self) -> int:
        """All that stands in its lists: the number the rail has."""
        return len(self.hazards) + len(self.items)

    def overdue(self) -> int:
        """How many are past their deadline."""
        return sum(each.overdue for each in self.hazards) + sum(each.overdue for each in self.items)


def board(store: Store, done: bool, person_id: int, at: datetime) -> Board:
    """The lists as they stand; done: what was closed instead of what is open."""
    desk = desk_view(store, at)
    people = tuple((each.person_id, each.name) for each in people_view(store, at) if each.retired_at is None)
    return Board(
        hazards_view(store, at, closed=done),
        items_view(store, at, done=done),
        done,
        grades_view(store, at),
        people,
        desk.shift.ends_at if desk.shift else at,
        refusals(store, person_id, ASKS, at),
    )


def matches(row: HazardView | ItemView, words: str, zone: ZoneInfo) -> bool:
    """Whether every word typed stands somewhere in the row."""
    place = row.place if isinstance(row, HazardView) else row.from_whom
    text = (
        f"{row.number} {place} {row.text} {row.owner} {row.deadline.astimezone(zone):%m-%d}"
        if row.deadline
        else f"{row.number} {place} {row.text} {row.owner}"
    )
    return all(word in text.casefold() for word in words.casefold().split())
