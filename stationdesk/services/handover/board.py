"""All the handover page asks for at once: the handover as it stands, and what the person at the desk owes and was writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from stationdesk.domain.duty import NoShiftOpenError
from stationdesk.domain.metering.needs import EARLY
from stationdesk.services.handover.view import handover_view, owed_inks
from stationdesk.services.handover.views import HandoverView, InkView
from stationdesk.services.metering.blind import metered
from stationdesk.services.people import names
from stationdesk.services.shifts import relieved, the_open_shift
from stationdesk.storage import drafts
from stationdesk.storage.store import Store

if TYPE_CHECKING:
    from stationdesk.services.metering.takeover import TakeoverView

PLACE = "handover."
"""Drafts of a line's words lie at PLACE + its code."""


@dataclass(frozen=True)
class Board:
    """view None: no shift is open. owed: signatures this person gave in ink; words: drafts by the code of the line.

    leaving: names of those who handed over the shift before and are still signed on.
    """

    view: HandoverView | None
    owed: tuple[InkView, ...]
    words: Mapping[str, str]
    leaving: tuple[str, ...] = ()
    takeover: TakeoverView | None = None  # of the gas, while it is under way


def handover_board(store: Store, person_id: int | None, at: datetime) -> Board:
    """The board for a person, None for nobody."""
    try:
        view = handover_view(store, at)
    except NoShiftOpenError:
        view = None
    owed = tuple(each for each in owed_inks(store, at) if each.person_id == person_id)
    with store.read() as session:
        people = names(session)
        leaving = tuple(people.get(each.person_id, "") for each in relieved(session))
        gas = _takeover(session, at) if view is not None else None
    return Board(view, owed, _drafts(store, person_id) if person_id is not None else {}, leaving, gas)


def _takeover(session: Session, at: datetime) -> TakeoverView | None:
    """None where no counters go over now, and then nothing of metering is loaded."""
    shift = the_open_shift(session)
    if at < shift.ends_at - EARLY or not metered(session):
        return None
    from stationdesk.services.metering.takeover import takeover

    return takeover(session, shift, at)


def _drafts(store: Store, person_id: int) -> dict[str, str]:
    with store.read() as session:
        found = [each for each in drafts.of_person(session, person_id) if each.desk == store.desk and each.place.startswith(PLACE)]
        return {each.place.removeprefix(PLACE): each.text for each in found}
