"""What does not go by the clock: hazards raised, fixed and closed by another, dispatch orders, instructions, items that wait for a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.hazards import HazardState, Step
from stationdesk.domain.items import ItemKind
from stationdesk.services.demo import texts
from stationdesk.services.demo.load import noise
from stationdesk.services.demo.station import Cast, Somebody
from stationdesk.services.demo.walks import Place
from stationdesk.services.hazards.life import add_hazard
from stationdesk.services.items import add_item
from stationdesk.storage.hazards import Hazard, HazardStep, OpenItem
from stationdesk.storage.shifts import Shift

HAZARD, ORDER, INSTRUCTION, ITEM = 0.12, 0.3, 0.04, 0.02  # chance a shift
PART_ARRIVES = timedelta(days=9)
LEFT_OPEN = timedelta(hours=30)  # what is raised so shortly before the end of the demo is still open


@dataclass
class Troubles:
    """Plays them shift by shift; `waiting` are items with the time they are settled."""

    cast: Cast
    place: Place
    waiting: list[tuple[int, datetime]] = field(default_factory=list)

    def play(self, session: Session, shift: Shift, crew: Sequence[Somebody]) -> None:
        """What happens in one shift."""
        chance = noise(self.place.seed, f"troubles {shift.starts_at.isoformat()}")
        if chance.random() < HAZARD:
            self._hazard(
                session, shift, crew, chance.randrange(len(texts.HAZARDS)), shift.starts_at + timedelta(minutes=chance.randrange(90, 240))
            )
        if chance.random() < ORDER:
            self._order(session, shift, crew, chance.randrange(100), shift.starts_at + timedelta(minutes=chance.randrange(60, 300)))
        if chance.random() < INSTRUCTION:
            self._instruction(session, crew, chance.randrange(100), shift.starts_at + timedelta(minutes=chance.randrange(60, 200)))
        if chance.random() < ITEM:
            self._item(session, crew, chance.randrange(len(texts.ITEMS)), shift.starts_at + timedelta(minutes=chance.randrange(60, 300)))
        self._settle(session, shift, crew)

    def _hazard(self, session: Session, shift: Shift, crew: Sequence[Somebody], n: int, at: datetime) -> None:
        if at >= self.place.until:
            return
        grade, where, text = texts.HAZARDS[n]
        safety = self.cast.staff["safety"]
        hazard = add_hazard(session, crew[-1].actor, grade=grade, place=where, text=text, at=at, owner_id=safety.person_id)
        session.flush()
        if grade == "major":
            self._step(session, hazard, Step.REPORTED, "已电话报站长、调度。", crew[0], at + timedelta(minutes=4))
        if n % 5 == 1:
            self._defer(session, hazard, at)
        fixed, checked = at + timedelta(minutes=95), at + timedelta(minutes=130)
        if at + LEFT_OPEN >= self.place.until or n % 5 == 1 or checked >= shift.ends_at:
            return
        self._fix(session, hazard, crew, n, fixed, checked)

    def _defer(self, session: Session, hazard: Hazard, at: datetime) -> None:
        """What needs a part or a contractor: another deadline, with its reason."""
        later = hazard.deadline + timedelta(days=12)
        self._step(
            session,
            hazard,
            Step.DEFERRED,
            "需停用作业，安排在计划检修时整改。",
            self.cast.staff["chief"],
            at + timedelta(minutes=30),
            later,
        )
        hazard.deadline = later

    def _fix(self, session: Session, hazard: Hazard, crew: Sequence[Somebody], n: int, fixed: datetime, checked: datetime) -> None:
        first, second = crew[-1], crew[0] if len(crew) > 1 else self.cast.staff["safety"]
        self._step(session, hazard, Step.RECTIFIED, texts.RECTIFIED[n % len(texts.RECTIFIED)], first, fixed)
        hazard.state, hazard.rectified_at, hazard.rectified_by = HazardState.RECTIFIED, fixed, first.person_id
        session.flush()
        self._step(session, hazard, Step.CLOSED, texts.CHECKED[n % len(texts.CHECKED)], second, checked)
        hazard.state, hazard.closed_at, hazard.closed_by = HazardState.CLOSED, checked, second.person_id

    def _step(
        self, session: Session, hazard: Hazard, what: Step, words: str, by: Somebody, at: datetime, deadline: datetime | None = None
    ) -> None:
        session.add(HazardStep(hazard_id=hazard.id, what=what, words=words, deadline=deadline, by_id=by.person_id, at=at))

    def _settle(self, session: Session, shift: Shift, crew: Sequence[Somebody]) -> None:
        """Hazards left by earlier shifts are fixed and closed before their deadline; items when their part has come."""
        at = shift.starts_at + timedelta(minutes=70)
        if at + timedelta(minutes=60) >= self.place.until:
            return
        soon = select(Hazard).where(
            Hazard.state != HazardState.CLOSED, Hazard.deadline <= shift.ends_at, Hazard.raised_at < shift.starts_at
        )
        for n, hazard in enumerate(session.scalars(soon).all()):
            self._fix(session, hazard, crew, n, at, at + timedelta(minutes=45))
        for item_id, due in [each for each in self.waiting if each[1] <= shift.starts_at]:
            self._finish(session.get_one(OpenItem, item_id), "备件到货，已更换并验收。", crew[0], at)
            self.waiting.remove((item_id, due))
        session.flush()

    def _order(self, session: Session, shift: Shift, crew: Sequence[Somebody], n: int, at: datetime) -> None:
        if at >= self.place.until:
            return
        text = texts.ORDERS[n % len(texts.ORDERS)]
        item = add_item(session, crew[0].actor, ItemKind.ORDER, text, at=at, from_whom="调度 周明")
        item.read_back_at = at + timedelta(minutes=1)
        done = at + timedelta(minutes=45)
        if done < self.place.until and done < shift.ends_at:
            self._finish(item, texts.ORDER_DONE[n % len(texts.ORDER_DONE)], crew[0], done)
        session.flush()

    def _instruction(self, session: Session, crew: Sequence[Somebody], n: int, at: datetime) -> None:
        if at >= self.place.until:
            return
        text = texts.INSTRUCTIONS[n % len(texts.INSTRUCTIONS)]
        item = add_item(session, self.cast.staff["chief"].actor, ItemKind.INSTRUCTION, text, at=at, from_whom="站长 沈浩")
        self.waiting.append((item.id, at + timedelta(days=2)))

    def _item(self, session: Session, crew: Sequence[Somebody], n: int, at: datetime) -> None:
        if at >= self.place.until:
            return
        owner = self.cast.staff["safety"].person_id
        item = add_item(session, crew[0].actor, ItemKind.ITEM, texts.ITEMS[n], at=at, deadline=at + PART_ARRIVES, owner_id=owner)
        self.waiting.append((item.id, at + PART_ARRIVES - timedelta(days=1)))

    def _finish(self, item: OpenItem, words: str, by: Somebody, at: datetime) -> None:
        item.done_at, item.done_by, item.done_words = at, by.person_id, words
