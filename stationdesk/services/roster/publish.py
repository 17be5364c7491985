"""Publishing: the roster as it is signed, each breach with its reason; from then on it stays, and the desk goes by it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk import __version__
from stationdesk.domain.roster import Breach, Weight
from stationdesk.domain.roster.errors import BreachReasonError
from stationdesk.domain.said import canonical
from stationdesk.services.people.accounts import signer_of
from stationdesk.services.people.view import names
from stationdesk.services.roster.draft import changing, the_draft
from stationdesk.services.roster.judge import Judged, judge, reasons_of
from stationdesk.services.shifts.publications import SHIFTS, forget
from stationdesk.storage import signatures
from stationdesk.storage.roster import Roster, RosterLine, RosterReason
from stationdesk.storage.signatures import Act, Signature, Signer
from stationdesk.storage.store import Actor, Store

PUBLISHED, HOLIDAY = "roster_published", "holiday"
"""What the signature is for; the sheet a superior approves."""


@dataclass(frozen=True)
class Version:
    """One version of a roster in its history."""

    roster_id: int
    sheet: str
    number: int
    first: date
    last: date
    made_how: str
    made_by: str
    made_at: datetime
    published_by: str  # "" for a draft
    published_at: datetime | None
    dropped: bool
    reasons: int


def give_reasons(store: Store, actor: Actor, roster_id: int, breaches: Iterable[str], words: str, *, at: datetime) -> int:
    """Why breaches of a draft stay, one sentence for all of them; how many they are. A later reason takes the place of an earlier one."""
    keys = tuple(dict.fromkeys(breaches))
    with changing(store, actor, roster_id, at) as session:
        the_draft(session, roster_id)
        why, by = words.strip(), actor.person_id
        session.add_all([RosterReason(roster_id=roster_id, breach=key, words=why, by_id=by, at=at) for key in keys])
    return len(keys)


def publish_roster(
    store: Store, actor: Actor, roster_id: int, password: str, reasons: Mapping[str, str] | None = None, *, at: datetime
) -> int:
    """Publish a draft with a signature; how many breaches it is published with. reasons: words by the key of a breach.

    A breach never stops it, a missing reason does: BreachReasonError. RosterPublishedError, RosterDroppedError, WrongPasswordError.
    """
    with store.read() as session:
        case = use_case_of(session.get_one(Roster, roster_id).sheet)
    signer = signer_of(store, actor, password, at)
    with store.write(actor, case, at) as session:
        return publish(session, roster_id, signer, reasons or {}, at)


def use_case_of(sheet: str) -> str:
    """Which permission publishing a sheet takes: the desk's own is the chief's, the holidays' a superior's."""
    return {SHIFTS: "publish_roster", HOLIDAY: "publish_holiday_sheet"}.get(sheet, "publish_duty_sheet")


def publish(session: Session, roster_id: int, signer: Signer, reasons: Mapping[str, str], at: datetime) -> int:
    """The same inside a transaction."""
    row = the_draft(session, roster_id)
    found = judge(session, row, at)
    given = {**reasons_of(session, roster_id), **{key: words.strip() for key, words in reasons.items() if words.strip()}}
    missing = [each for each in found.answerable if not given.get(each.key)]
    if missing:
        raise BreachReasonError(count=len(missing))
    for each in found.answerable:
        if each.key in reasons:
            session.add(RosterReason(roster_id=row.id, breach=each.key, words=given[each.key], by_id=signer.person_id, at=at))
    session.flush()
    row.content = canonical(content(session, row, found, given))
    row.closed_at, row.closed_by = at, signer.person_id
    session.flush()
    act = Act(PUBLISHED, "roster", row.id, row.content, {"program": __version__, "roster": row.number})
    signatures.sign(session, signer, act, at)
    forget(session)
    return len(found.answerable)


def content(session: Session, row: Roster, found: Judged, reasons: Mapping[str, str]) -> dict[str, Any]:
    """What is signed: who does what, by which calendar and rules, with which breaches and why."""
    called = names(session)
    lines = session.scalars(select(RosterLine).where(RosterLine.roster_id == row.id).order_by(RosterLine.position, RosterLine.id))
    days = {day.isoformat(): each.kind.value for day, each in found.calendar.days.items() if row.first <= day <= row.last}
    return {
        "sheet": row.sheet,
        "number": row.number,
        "first": row.first,
        "last": row.last,
        "kinds": json.loads(row.kinds),
        "lines": [[line.person_id, called.get(line.person_id, ""), line.post, line.codes] for line in lines],
        "calendar": days,
        "rules": [[each.code, each.version] for each in found.rules if each.weight != Weight.COMPARISON],
        "breaches": [_breach(each, reasons) for each in found.answerable],
    }


def _breach(each: Breach, reasons: Mapping[str, str]) -> dict[str, Any]:
    return {"key": each.key, "value": each.value, "limit": each.limit, "reason": reasons.get(each.key, "")}


def versions(store: Store, first: date, last: date, sheet: str = SHIFTS) -> tuple[Version, ...]:
    """Every version that has a day of the span, the newest first, drafts and dropped ones included."""
    with store.read() as session:
        people = names(session)
        wanted = select(Roster).where(Roster.sheet == sheet, Roster.first <= last, Roster.last >= first).order_by(Roster.id.desc())
        return tuple(_version(session, row, people) for row in session.scalars(wanted))


def _version(session: Session, row: Roster, people: Mapping[int, str]) -> Version:
    return Version(
        roster_id=row.id,
        sheet=row.sheet,
        number=row.number,
        first=row.first,
        last=row.last,
        made_how=row.made_how,
        made_by=people.get(row.made_by, ""),
        made_at=row.made_at,
        published_by=people.get(row.closed_by or 0, ""),
        published_at=row.closed_at,
        dropped=row.dropped_at is not None,
        reasons=len(reasons_of(session, row.id)),
    )


def signature_of(session: Session, roster_id: int) -> Signature | None:
    """The signature a roster was published with."""
    wanted = select(Signature).where(Signature.subject_kind == "roster", Signature.subject_id == roster_id, Signature.purpose == PUBLISHED)
    return session.scalars(wanted.order_by(Signature.id.desc()).limit(1)).first()
