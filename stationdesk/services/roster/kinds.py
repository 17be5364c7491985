"""Kinds of shift beside the crews': the office day, the duty leader, standby by the phone, and what a station adds to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.patterns import check_kinds
from stationdesk.domain.roster import DAY_KINDS, OFFICE
from stationdesk.domain.roster.errors import DayKindMissingError, DayKindTakenError
from stationdesk.domain.rotation import ShiftKind, kind_texts, kinds_of
from stationdesk.domain.settings import SettingPastError
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.station import items
from stationdesk.storage.station import StationList
from stationdesk.storage.store import Actor, Store

LIST = "day_kinds"


def day_kinds(session: Session, at: datetime) -> tuple[ShiftKind, ...]:
    """Those in force at a time; until the station says other, those the program comes with."""
    kept = items(session, LIST, at)
    return kinds_of(kept) if kept else DAY_KINDS


def day_kinds_view(store: Store, at: datetime) -> tuple[ShiftKind, ...]:
    """The same as their page shows them."""
    with store.read() as session:
        return day_kinds(session, at)


def set_day_kinds(
    store: Store, actor: Actor, kinds: Sequence[ShiftKind], *,
    at: datetime, valid_from: datetime | None = None, seen: tuple[ShiftKind, ...] | None = None,
) -> None:  # fmt: skip
    """The kinds from a time on (default now); a roster that is made keeps its own. seen: those the change was made on.

    The errors of check_kinds, DayKindMissingError, DayKindTakenError, SettingPastError, ChangedMeanwhileError.
    """
    if valid_from is not None and valid_from < at:
        raise SettingPastError
    check_kinds(kinds)
    if OFFICE.code not in {kind.code for kind in kinds}:
        raise DayKindMissingError(code=OFFICE.code)
    texts = kind_texts([replace(kind, desk=False) for kind in kinds])
    with store.write(actor, "set_day_kinds", at) as session:
        as_seen(seen, day_kinds(session, at), "station_list")
        _check_free(session, kinds, valid_from or at)
        text = json.dumps(texts, ensure_ascii=False)
        session.add(StationList(code=LIST, items=text, valid_from=valid_from or at, by_id=actor.person_id, at=at))


def _check_free(session: Session, kinds: Sequence[ShiftKind], at: datetime) -> None:
    """A code is the desk's or theirs, not both."""
    plan = plan_in_force(session, at)
    taken = {kind.code for kind in plan.pattern.kinds} if plan else set()
    for n, kind in enumerate(kinds, 1):
        if kind.code in taken:
            raise DayKindTakenError(line=n, code=kind.code)
