"""The demo's rosters: each month published by the chief towards the end of the one before; the coming one begun as a draft."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from stationdesk.domain.moments import at_wall, day_of, month_of
from stationdesk.domain.roster import days_of
from stationdesk.services import roster
from stationdesk.services.demo import texts
from stationdesk.services.demo.station import Cast
from stationdesk.services.roster.certificates import LIST
from stationdesk.services.shifts import published, rostered
from stationdesk.storage.actors import PROGRAM
from stationdesk.storage.roster import Leave, Qualification, Swap
from stationdesk.storage.roster import Roster as RosterRow
from stationdesk.storage.station import StationList
from stationdesk.storage.store import Store

PUBLISHED_ON = 25
"""Day of the month from which the next month's roster is out."""
LEAVE_DAYS = 4
CERTIFICATE = "R1"
CERTIFICATES = ({"code": CERTIFICATE, "zh": "固定式压力容器操作", "en": "Pressure vessels"},)
ONE_DAY = timedelta(days=1)


@dataclass
class Rosters:
    """Publishes month after month as the demo's time goes on."""

    cast: Cast
    done: set[date] = field(default_factory=set)

    def keep_up(self, store: Store, at: datetime) -> None:
        """Publish what the chief would have published by now."""
        begins, today = day_of(self.cast.begins, self.cast.zone), day_of(at, self.cast.zone)
        months = [month_of(max(begins, today))]
        if today.day >= PUBLISHED_ON:
            months.append(month_of(months[0][1] + timedelta(days=1)))
        for first, last in months:
            if first not in self.done:
                self.done.add(first)
                with store.write(PROGRAM, "demo", at) as session:
                    self._publish(session, max(first, begins), last, at)

    def _publish(self, session: Session, first: date, last: date, at: datetime) -> None:
        chief = self.cast.staff["chief"]
        made = roster.begin(session, chief.person_id, first, last, how="pattern", at=at)
        found = roster.judge(session, session.get_one(RosterRow, made), at)
        roster.publish(session, made, chief.signer, {each.key: texts.ROSTER_REASON for each in found.answerable}, at)

    def begin_next(self, store: Store, at: datetime) -> None:
        """What lies on the chief's desk: leave approved, a swap asked for, certificates, a draft of the month that is not out yet."""
        first = month_of(day_of(at, self.cast.zone))[1] + timedelta(days=1)
        if first in self.done:
            first = month_of(first)[1] + timedelta(days=1)
        with store.write(PROGRAM, "demo", at) as session:
            self._certify(session, at)
            self._leave(session, first, at)
            self._swap(session, at)
            self._draft(session, first, at)

    def _draft(self, session: Session, first: date, at: datetime) -> None:
        """Begun from the rotation, with one change whose rest is too short."""
        chief, last = self.cast.staff["chief"].person_id, month_of(first)[1]
        made = roster.begin(session, chief, first, last, how="pattern", at=at)
        person = list(self.cast.crews.values())[1][-1].person_id
        cells = rostered(session, session.get_one(RosterRow, made)).cells
        evenings = [day for day in days_of(first + timedelta(days=9), last) if cells.get((person, day)) == "E"]
        evening = next((day for day in evenings if (person, day + ONE_DAY) not in cells), None)
        if evening is not None and evening < last:
            roster.edit(session, made, chief, [roster.Change(person, evening + ONE_DAY, "N")], at)

    def _certify(self, session: Session, at: datetime) -> None:
        """Each leader's certificate; the first one's runs out soon."""
        today, chief = day_of(at, self.cast.zone), self.cast.staff["chief"].person_id
        names = json.dumps(CERTIFICATES, ensure_ascii=False)
        session.add(StationList(code=LIST, items=names, valid_from=self.cast.begins, by_id=chief, at=at))
        for n, crew in enumerate(self.cast.crews.values()):
            person, last = crew[0].person_id, today + timedelta(days=24 + 230 * n)
            number, first = f"TS6QCQ{1000 + person}", last - timedelta(days=4 * 365)
            session.add(Qualification(person_id=person, code=CERTIFICATE, number=number, first=first, last=last, by_id=chief, at=at))

    def _leave(self, session: Session, first: date, at: datetime) -> None:
        """Somebody goes home for some days in the month to come."""
        person = next(reversed(self.cast.crews.values()))[-1].person_id
        start = first + timedelta(days=12)
        session.add(
            Leave(
                person_id=person,
                first=start,
                last=start + timedelta(days=LEAVE_DAYS - 1),
                kind="annual",
                words=texts.LEAVE_WORDS,
                asked_by=person,
                asked_at=at - timedelta(days=2),
                state="approved",
                decided_by=self.cast.staff["chief"].person_id,
                decided_at=at,
            )
        )

    def _swap(self, session: Session, at: datetime) -> None:
        """Two of different crews would like to change a shift of the days to come."""
        one, other = (crew[-1].person_id for crew in list(self.cast.crews.values())[:2])
        today = day_of(at, self.cast.zone)
        for day in days_of(today + timedelta(days=2), today + timedelta(days=9)):
            plan = published(session, day)
            code = plan.cells.get((one, day), "") if plan else ""
            if plan is not None and code and (other, day) not in plan.cells:
                session.add(Swap(person_id=one, day=day, kind=code, other_id=other, words=texts.SWAP_WORDS, asked_by=one, asked_at=at))
                return


def first_publication(cast: Cast) -> datetime:
    """The day before the first shift: the station is set up, and nobody has signed on yet."""
    return at_wall(day_of(cast.begins, cast.zone) - timedelta(days=1), 9 * 60, cast.zone)
