"""Lines of rounds and checklists: what is asked, what was answered, and one answer put down. Both are walked the same way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import Answer, Ask, Item, Progress, Result, choices_of, judge_answer
from stationdesk.domain.hazards import HazardState
from stationdesk.domain.limits import Limits
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import parse
from stationdesk.domain.walks import (
    HazardThereError,
    HazardWordsError,
    NotAbnormalError,
    NotAnsweredError,
    check_words,
)
from stationdesk.services.hazards.ledger import grades
from stationdesk.services.hazards.life import add_hazard
from stationdesk.services.people.view import names
from stationdesk.services.shifts.view import open_spells
from stationdesk.storage import drafts
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.rounds import RoundLine
from stationdesk.storage.store import Actor, Store
from stationdesk.storage.walks import Asked, Kept
from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.domain.handover import FoundLine


@dataclass(frozen=True)
class Choices:
    """The people at the desk, and what a hazard raised at a line may be."""

    people: tuple[tuple[int, str], ...] = ()
    grades: tuple[tuple[str, Name], ...] = ()


@dataclass(frozen=True)
class HazardWish:
    """A hazard to be raised from a line; its words are the line's. place: "" for the line's own."""

    grade: str
    owner_id: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Given:
    """What a person gives at a line. One of result, typed (a number as typed) and choice answers it; without them the answer stays.

    words and walked (a time of day as typed, of a paper round): None leaves what is there.
    """

    result: str = ""
    typed: str = ""
    choice: str = ""
    words: str | None = None
    walked: str | None = None
    hazard: HazardWish | None = None

    @property
    def answers(self) -> bool:
        """Whether it says what was found."""
        return bool(self.result or self.typed.strip() or self.choice)


@dataclass(frozen=True)
class HazardBrief:
    """A hazard raised from a line."""

    hazard_id: int
    number: str
    grade: str
    deadline: datetime
    owner: str
    state: str


@dataclass(frozen=True)
class LastAnswer:
    """What was found at the same point the last time."""

    result: str
    value: Decimal | None
    choice: str
    at: datetime


@dataclass(frozen=True)
class LineView:
    """One line with its answer, None while there is none."""

    item_id: int
    code: str
    position: int
    area: Name
    name: Name
    item: Item
    answer: Answer | None = None
    walked_at: datetime | None = None
    by: str = ""
    at: datetime | None = None
    hazard: HazardBrief | None = None
    last: LastAnswer | None = None

    def choice_name(self, code: str) -> Name:
        """What a chosen state is called."""
        return next((each.name for each in self.item.choices if each.code == code), Name(code))


@dataclass(frozen=True)
class Answered:
    """How an answer was judged: result, the grade of its value, and whether words are owed."""

    result: str
    level: str
    owes_words: bool
    hazard: str = ""


def choices(session: Session, at: datetime) -> Choices:
    """Who may walk along or own a hazard, and the station's hazard grades."""
    known = names(session)
    people = dict.fromkeys(spell.person_id for spell in open_spells(session))
    return Choices(tuple((each, known[each]) for each in people), tuple((each.code, each.name) for each in grades(session, at)))


def item_of(asked: Asked) -> Item:
    """The line as the rules see it."""
    limits = Limits(asked.ll, asked.l, asked.h, asked.hh)
    return Item(asked.code, Ask(asked.kind), limits, asked.decimals, asked.unit, choices_of(json.loads(asked.choices)))


def answer_of(item: Item, kept: Kept) -> Answer:
    """An answer as it was kept, with what the limits in force then say of its value."""
    answer = Answer(item.code, Result(kept.result), kept.value, kept.choice, kept.words)
    if kept.value is None or kept.result == Result.NA:
        return answer
    return Answer(item.code, answer.result, kept.value, kept.choice, kept.words, item.limits.grade(kept.value))


def decide(item: Item, given: Given, kept: Kept | None) -> Answer:
    """What the answer is after something was given. NotAnsweredError, WordsTooLongError, NumberError and the errors of an answer."""
    words = check_words(given.words) if given.words is not None else kept.words if kept is not None else ""
    if given.answers:
        value = parse(given.typed) if item.ask is Ask.MEASURE and given.result != Result.NA else None
        return judge_answer(item, given.result, value=value, choice=given.choice, words=words)
    if kept is None:
        raise NotAnsweredError()
    before = answer_of(item, kept)
    return Answer(before.code, before.result, before.value, before.choice, words, before.finding)


def put_down(kept: Kept, answer: Answer, walked_at: datetime | None, by_id: int, at: datetime) -> None:
    """Write the answer into its line; who says something new is named there. The journal keeps what stood before."""
    kept.result, kept.value, kept.choice, kept.words = str(answer.result), answer.value, answer.choice, answer.words
    kept.by_id, kept.at = by_id, at
    if isinstance(kept, RoundLine) and walked_at is not None:
        kept.walked_at = walked_at


def raise_hazard(session: Session, actor: Actor, kept: Kept, asked: Asked, wish: HazardWish, at: datetime) -> Hazard:
    """A hazard from an abnormal line, in the same transaction. NotAbnormalError, HazardWordsError, HazardThereError."""
    if kept.result != Result.ABNORMAL:
        raise NotAbnormalError()
    if not kept.words:
        raise HazardWordsError()
    if kept.hazard_id is not None:
        raise HazardThereError(number=session.get_one(Hazard, kept.hazard_id).number)
    session.flush()
    hazard = add_hazard(
        session,
        actor,
        grade=wish.grade,
        place=wish.place.strip() or place_of(asked),
        text=kept.words,
        at=at,
        owner_id=wish.owner_id,
        source_kind="round_line" if isinstance(kept, RoundLine) else "checklist_line",
        source_id=kept.id,
        source_time=kept.at,
    )
    session.flush()
    kept.hazard_id = hazard.id
    return hazard


def place_of(asked: Asked) -> str:
    """Where the line is, as a hazard's place: area and point, cut to what a place holds."""
    area, name = asked.area_zh or asked.area_en, asked.name_zh or asked.name_en
    return " ".join(part for part in (area, name) if part)[:60]


def views(
    asked: Sequence[Asked],
    kept: Mapping[int, Kept],
    last: Mapping[str, LastAnswer],
    hazards: Mapping[int, HazardBrief],
    people: Mapping[int, str],
) -> tuple[LineView, ...]:
    """The lines in their order, with what was answered (by id of the line asked) and what the last time was found (by code)."""
    return tuple(
        _view(each, kept.get(each.id), last.get(each.code), hazards, people) for each in sorted(asked, key=lambda a: (a.position, a.id))
    )


def _view(
    asked: Asked, kept: Kept | None, last: LastAnswer | None, hazards: Mapping[int, HazardBrief], people: Mapping[int, str]
) -> LineView:
    item = item_of(asked)
    bare = LineView(
        asked.id, asked.code, asked.position, Name(asked.area_zh, asked.area_en), Name(asked.name_zh, asked.name_en), item, last=last
    )
    if kept is None:
        return bare
    return LineView(
        bare.item_id,
        bare.code,
        bare.position,
        bare.area,
        bare.name,
        item,
        answer=answer_of(item, kept),
        walked_at=kept.walked_at if isinstance(kept, RoundLine) else None,
        by=people.get(kept.by_id, ""),
        at=kept.at,
        hazard=hazards.get(kept.hazard_id or 0),
        last=last,
    )


def counted(total: int, kept: Iterable[Kept]) -> Progress:
    """How far a run of so many lines is."""
    lines = list(kept)
    of = [line.result for line in lines]
    owed = sum(line.result == Result.ABNORMAL and not line.words for line in lines)
    return Progress(total, of.count(Result.NORMAL), of.count(Result.ABNORMAL), of.count(Result.NA), owed)


def found_line(run_id: int, kept: Kept, asked: Asked, hazard: Hazard | None, time: datetime) -> FoundLine:
    """An abnormal line as a handover tells of it; time: when it was found."""
    from stationdesk.domain.handover import FoundLine

    return FoundLine(
        subject_id=run_id,
        code=asked.code,
        name=Name(asked.name_zh, asked.name_en),
        time=time,
        words=kept.words,
        hazard=hazard.number if hazard else "",
        settled=hazard is not None and hazard.state == HazardState.CLOSED,
    )


def hazard_briefs(session: Session, ids: Iterable[int | None], people: Mapping[int, str]) -> dict[int, HazardBrief]:
    """The hazards of lines, by id."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    return {
        each.id: HazardBrief(each.id, each.number, each.grade, each.deadline, people.get(each.owner_id or 0, ""), each.state)
        for each in session.scalars(select(Hazard).where(Hazard.id.in_(wanted)))
    }


def drafts_of(store: Store, person_id: int, prefix: str) -> dict[int, str]:
    """Words begun at the lines of one run and not entered yet, by the line's id; their places are prefix + id."""
    with store.read() as session:
        found = [each for each in drafts.of_person(session, person_id) if each.desk == store.desk and each.place.startswith(prefix)]
        return {int(each.place.removeprefix(prefix)): each.text for each in found if each.place.removeprefix(prefix).isdecimal()}
