"""The demo's shifts, one after the other: sign-on, readings, rounds, checklists, log, hazards, and the signed handover.

What depends on rules goes through the use cases' own functions (facts, lines, signatures); what is only many rows is put in as rows.
One transaction a shift, so that ten years are made in minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.checklists import Done, due
from stationdesk.domain.duty import free_place
from stationdesk.domain.handover import (
    ChecklistResult,
    ChecklistsFacts,
    Facts,
    LineState,
    LogFacts,
    ReadingsFacts,
    RoundsFacts,
    ShiftFacts,
    StationFacts,
    compose,
)
from stationdesk.domain.moments import Span as TimeSpan
from stationdesk.domain.moments import hours
from stationdesk.domain.names import Name
from stationdesk.domain.rounds import windows
from stationdesk.services import hazards, items
from stationdesk.services.checklists.templates import TEMPLATES
from stationdesk.services.demo import texts
from stationdesk.services.demo.load import noise, values_at
from stationdesk.services.demo.metering import READ_BASES, Metering
from stationdesk.services.demo.station import Cast, Somebody
from stationdesk.services.demo.takeovers import Takeovers, misread
from stationdesk.services.demo.troubles import Troubles
from stationdesk.services.demo.walks import Fillable, Place, Walkable, fill_checklists, fillable, walk_shift, walkable
from stationdesk.services.handover.desk import begun
from stationdesk.services.handover.facts import definition, gather
from stationdesk.services.handover.signing import incoming_signs, outgoing_signs
from stationdesk.services.readings.versions import points_at
from stationdesk.services.readings.views import PointView
from stationdesk.services.rounds.routes import ROUTES
from stationdesk.services.shifts.duty import make_shift
from stationdesk.services.shifts.plan import Expected, planned, relief
from stationdesk.services.shifts.view import current, on_duty
from stationdesk.storage.handover import HandoverVerdict
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.log import LogEntry
from stationdesk.storage.readings import READING, Explanation
from stationdesk.storage.shifts import DutySpell, Shift

EARLY = timedelta(minutes=14)  # the relief comes
SIGNS, TAKES_OVER, LEAVES = timedelta(minutes=4), timedelta(minutes=8), timedelta(minutes=12)  # after the end of the shift
CORRECTED, LATE_READING = 0.02, 0.012
RECENT = timedelta(days=40)


@dataclass
class Player:
    """Plays shift after shift; `abnormal` remembers which points are, so that words are given once."""

    cast: Cast
    place: Place
    metering: Metering
    troubles: Troubles
    abnormal: dict[int, str] = field(default_factory=dict)
    routes: tuple[Walkable, ...] = ()
    lists: tuple[Fillable, ...] = ()
    done: dict[int, tuple[Done, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._takeovers = Takeovers(self.place, self.cast.staff["metering"])

    def open_first(self, session: Session) -> None:
        """The first shift of the demo opens."""
        expected = planned(session, self.cast.begins)
        assert expected is not None
        shift = make_shift(session, expected, self.cast.begins)
        crew = self._sign_on(session, shift, expected, self.cast.begins)
        shift.opened_at, shift.opened_by, shift.leader_id = self.cast.begins, crew[0].person_id, crew[0].person_id
        session.flush()

    def play(self, session: Session) -> bool:
        """Play the open shift as far as the demo reaches, and hand it over if its end is reached; False once it is the last."""
        shift = current(session)
        assert shift is not None
        crew = self._crew(session, shift)
        self._log(session, shift, crew)
        self.metering.before_readings(session, shift, crew)
        self.metering.by_day(session, shift)
        self._takeovers.settle(session, min(shift.ends_at, self.place.until))
        self._read(session, shift, crew)
        self._walk(session, shift, crew)
        self.troubles.play(session, shift, crew)
        handing_over = shift.ends_at + TAKES_OVER < self.place.until
        following = self._relieve(session, shift) if shift.ends_at - EARLY < self.place.until else ()
        if not handing_over:
            return False
        self._hand_over(session, shift, crew, following)
        return True

    def _crew(self, session: Session, shift: Shift) -> tuple[Somebody, ...]:
        everybody = {each.person_id: each for crew in self.cast.crews.values() for each in crew}
        spells = session.scalars(select(DutySpell.person_id).where(DutySpell.shift_id == shift.id).order_by(DutySpell.id))
        return tuple(everybody[person_id] for person_id in spells)

    def _sign_on(self, session: Session, shift: Shift, expected: Expected, at: datetime, here: Sequence[int] = ()) -> tuple[Somebody, ...]:
        """The crew comes; here: the places at the desk that are taken."""
        crew = self.cast.crews[expected.crew.code if expected.crew else next(iter(self.cast.crews))]
        taken = list(here)
        for _each in crew:
            taken.append(free_place(taken))
        places = taken[-len(crew) :]
        rows = [
            {
                "shift_id": shift.id,
                "person_id": each.person_id,
                "post": "operator" if n else "leader",
                "leader": n == 0,
                "place": places[n],
                "signed_on_at": at + timedelta(minutes=2 * n),
            }
            for n, each in enumerate(crew)
            if at + timedelta(minutes=2 * n) < self.place.until
        ]
        insert_rows(session, DutySpell, rows)
        return crew

    def _relieve(self, session: Session, shift: Shift) -> tuple[Somebody, ...]:
        expected = relief(session, shift, shift.ends_at)
        assert expected is not None
        following = make_shift(session, expected, shift.ends_at - EARLY)
        here = [spell.place for spell in on_duty(session, shift.id)]
        return self._sign_on(session, following, expected, shift.ends_at - EARLY, here)

    def _read(self, session: Session, shift: Shift, crew: Sequence[Somebody]) -> None:
        """The hours of the shift after its first, closing hour included; the first is the closing one of the shift before."""
        rows: list[dict[str, Any]] = []
        first = shift.starts_at == self.cast.begins
        for hour in hours(TimeSpan(shift.starts_at, shift.ends_at), self.place.zone):
            if (hour == shift.starts_at and not first) or hour > shift.ends_at:
                continue
            chance = noise(self.place.seed, f"reading {hour.isoformat()}")
            late = chance.random() < LATE_READING
            at = (hour + timedelta(minutes=22 if late else chance.randrange(-6, 6))).replace(second=0)
            if at >= self.place.until:
                break
            by = crew[chance.randrange(len(crew))]
            rows += self._hour(session, shift, points_at(session, hour), hour, at, by, "late" if late else "typed")
        insert_rows(session, READING, rows)

    def _hour(
        self, session: Session, shift: Shift, points: Sequence[PointView], hour: datetime, at: datetime, by: Somebody, how: str
    ) -> list[dict[str, Any]]:
        local = hour.astimezone(self.place.zone)
        values = values_at(self.place.seed, local, self.metering.counters.at(local))
        values["p-in"] = misread(self.place, local, values["p-in"])
        chance = noise(self.place.seed, f"slip {hour.isoformat()}")
        rows = []
        for point in points:
            value = values[point.code]
            row = {"point_id": point.point_id, "time": hour, "version_id": point.version_id, "shift_id": shift.id, "by_id": by.person_id}
            row |= {"nth": 0, "value": value, "at": at, "how": how, "doubt": "", "words": ""}
            if point.code.startswith("t-") and chance.random() < CORRECTED and at + timedelta(minutes=3) < self.place.until:
                wrong = value + Decimal(10)
                rows += [{**row, "value": wrong}, {**row, "nth": 1, "at": at + timedelta(minutes=3), "words": texts.CORRECTED}]
            else:
                rows.append(row)
            self._explain(session, shift, point, value, hour, at, by)
        return rows

    def _explain(
        self, session: Session, shift: Shift, point: PointView, value: Decimal, hour: datetime, at: datetime, by: Somebody
    ) -> None:
        """Words once for as long as it lasts, and again when it gets worse; in the last hours of the demo they are still owed."""
        grade = str(point.limits.grade(value).grade)
        before = self.abnormal.get(point.point_id, "")
        if not grade:
            self.abnormal.pop(point.point_id, None)
        elif grade != before and before != "red" and at + timedelta(hours=1) < self.place.until:
            self.abnormal[point.point_id] = grade
            session.add(
                Explanation(
                    point_id=point.point_id,
                    since=hour,
                    grade=grade,
                    words=texts.FILTER_WORDS if point.code == "dp-f" else "上游调整压力",
                    code="filter" if point.code == "dp-f" else "upstream",
                    shift_id=shift.id,
                    by_id=by.person_id,
                    at=at + timedelta(minutes=2),
                )
            )

    def _walk(self, session: Session, shift: Shift, crew: Sequence[Somebody]) -> None:
        if not self.routes:
            self.routes = walkable(session, ROUTES.in_use(session, shift.starts_at))
            self.lists = fillable(session, TEMPLATES.in_use(session, shift.starts_at))
        walk_shift(session, self.routes, shift, crew, self.place)
        fill_checklists(session, [each for each in self.lists if self._owed(each, shift)], shift, crew, self.place)

    def _owed(self, each: Fillable, shift: Shift) -> bool:
        """Whether a checklist belongs to this shift; what was done in its week or month is remembered."""
        template = each.template
        owed = due(template.period, shift.day, shift.kind, self.done.get(template.template_id, ()), part=shift.part).owed
        if owed:
            self.done[template.template_id] = (*self.done.get(template.template_id, ())[-40:], Done(shift.day, shift.kind, shift.part))
        return owed

    def _log(self, session: Session, shift: Shift, crew: Sequence[Somebody]) -> None:
        chance = noise(self.place.seed, f"log {shift.starts_at.isoformat()}")
        rows = [
            self._entry(shift, "operation", "接班完毕，流程、设备、工具与记录核对无误。", shift.starts_at + timedelta(minutes=12), crew[0])
        ]
        for category, text in chance.sample(texts.NOTES, chance.randrange(3, 8)):
            at = shift.starts_at + timedelta(minutes=chance.randrange(20, 470))
            rows.append(self._entry(shift, category, text, at, crew[chance.randrange(len(crew))]))
        if shift.starts_at == self.cast.begins:
            rows.append(self._entry(shift, "mode", "A 路运行，B 路备用", shift.starts_at + timedelta(minutes=15), crew[0]))
        rows.sort(key=lambda row: row["at"])
        insert_rows(session, LogEntry, [row for row in rows if row["at"] < self.place.until])

    def _entry(self, shift: Shift, category: str, text: str, at: datetime, by: Somebody) -> dict[str, Any]:
        return {
            "shift_id": shift.id,
            "category": category,
            "text": text,
            "time": at,
            "at": at + timedelta(seconds=40),
            "by_id": by.person_id,
            "desk": "desk-1",
        }

    def _hand_over(self, session: Session, shift: Shift, crew: Sequence[Somebody], following: Sequence[Somebody]) -> None:
        """Both leaders sign; what the facts contradict goes over with reservation, what no fact decides is ticked by the relief.

        Long ago the facts are those the demo itself has just written, and are not gathered from the store again.
        """
        end = shift.ends_at
        row = begun(session, crew[0].person_id, end)
        long_ago = end < self.place.until - RECENT
        self.metering.at_takeover(session, shift, following)
        if not long_ago:
            self._takeovers.agree(session, shift, crew[0], following[0], end + READ_BASES)
        facts = self._facts(session, shift) if long_ago else gather(session, shift, end + READ_BASES)
        for line in compose(definition(session, end), facts):
            if line.state is LineState.CONTRADICTED:
                self._verdict(session, row.id, line.code, "with_reservation", texts.RESERVED, line.ground, crew[0], end, following[0])
            elif line.state is LineState.NEEDS_PERSON:
                self._verdict(session, row.id, line.code, "as_found", "", line.ground, following[0], end, None)
        outgoing_signs(session, crew[0].person_id, crew[0].signer, end + SIGNS, facts)
        session.flush()
        incoming_signs(session, following[0].person_id, following[0].signer, end + TAKES_OVER, facts)
        session.flush()
        for spell in session.scalars(select(DutySpell).where(DutySpell.shift_id == shift.id, DutySpell.signed_off_at.is_(None))):
            spell.signed_off_at = end + LEAVES

    def _facts(self, session: Session, shift: Shift) -> Facts:
        """What an ordinary shift says: everything read, walked and checked; what is open is asked of the store."""
        hours_read = len(hours(TimeSpan(shift.starts_at, shift.ends_at), self.place.zone))
        span = TimeSpan(shift.starts_at, shift.ends_at)
        walks = sum(len(windows(each.route.schedule, each.route.window_minutes, span, self.place.zone)) for each in self.routes)
        own = ShiftFacts(shift.id, shift.day, shift.kind, Name(shift.name_zh, shift.name_en), shift.starts_at, shift.ends_at, shift.part)
        latest = tuple(
            ChecklistResult(0, each.template.code, each.template.name, each.template.subject, shift.ends_at, len(each.items))
            for each in self.lists
        )
        return Facts(
            shift=own,
            readings=ReadingsFacts(hours=hours_read, read=hours_read),
            rounds=RoundsFacts(windows=walks, done=walks),
            checklists=ChecklistsFacts(due=2, done=2, latest=latest),
            log=LogFacts(),
            hazards=hazards.facts(session, shift, shift.ends_at),
            items=items.facts(session, shift, shift.ends_at),
            station=StationFacts(mode="A 路运行，B 路备用"),
        )

    def _verdict(
        self,
        session: Session,
        handover_id: int,
        line: str,
        verdict: str,
        words: str,
        ground: str,
        by: Somebody,
        at: datetime,
        accepted: Somebody | None,
    ) -> None:
        session.add(
            HandoverVerdict(
                handover_id=handover_id,
                line=line,
                verdict=verdict,
                words=words,
                fact=ground,
                by_id=by.person_id,
                at=at + timedelta(minutes=2),
                accepted_by=accepted.person_id if accepted else None,
                accepted_at=at + timedelta(minutes=5) if accepted else None,
            )
        )
