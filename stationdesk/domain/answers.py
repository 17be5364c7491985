"""Lists that are walked through line by line: what counts as an answer, what it owes, and when the list may be signed off.

Rounds and checklists share these rules. Nothing is prefilled; an abnormal answer wants words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from stationdesk.domain.errors import DomainError
from stationdesk.domain.limits import Finding, Grade, Limits
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_
from stationdesk.values import dataclass


class Result(StrEnum):
    """What was found at a line; the codes of the store."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    NA = "na"  # does not apply today


class Ask(StrEnum):
    """How a line is answered."""

    LOOK = "look"
    MEASURE = "measure"
    CHOOSE = "choose"


class State(StrEnum):
    """How a round or checklist stands."""

    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"
    ABORTED = "aborted"


class Action(StrEnum):
    """What may be done with it."""

    ANSWER = "answer"
    PAUSE = "pause"
    RESUME = "resume"
    ABORT = "abort"
    CLOSE = "close"


class AnswerError(DomainError):
    """An answer that is none."""

    words = N_("Answer with normal, abnormal or not applicable.")
    field = "result"


class ValueMissingError(AnswerError):
    """A measuring line without a value."""

    words = N_("This point is measured: type the value.")
    field = "value"


class ChoiceMissingError(AnswerError):
    """A choosing line without a choice of its list."""

    words = N_("Choose one of the states of this point.")
    field = "choice"


class UnansweredError(DomainError):
    """Signing off with lines left."""

    words = N_("Lines without an answer: {count}.")


class WordsOwedError(DomainError):
    """Signing off with abnormal lines that say nothing."""

    words = N_("Abnormal lines without words: {count}.")


class ListStateError(DomainError):
    """Something that cannot be done with a list as it stands."""

    words = N_("This list is signed off or aborted; nothing in it changes any more.")


class AlreadyPausedError(ListStateError):
    """Pausing what is paused."""

    words = N_("This list is paused already.")


class NotPausedError(ListStateError):
    """Resuming what runs."""

    words = N_("This list is not paused.")


class AbortReasonError(DomainError):
    """Aborting without a reason."""

    words = N_("Say why it is broken off.")
    field = "words"


@dataclass(frozen=True)
class Choice:
    """One state to choose; some are abnormal in themselves."""

    code: str
    name: Name
    abnormal: bool = False


@dataclass(frozen=True)
class Item:
    """A line of a route or checklist: how it is answered, with its limits in its unit."""

    code: str
    ask: Ask = Ask.LOOK
    limits: Limits = field(default_factory=Limits)
    decimals: int = 2
    unit: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Answer:
    """An answer as it is kept; finding says which limit a measured value passed."""

    code: str
    result: Result
    value: Decimal | None = None
    choice: str = ""
    words: str = ""
    finding: Finding = field(default_factory=Finding)

    @property
    def owes_words(self) -> bool:
        """Abnormal, and nothing said yet."""
        return self.result is Result.ABNORMAL and not self.words.strip()


def choices_of(data: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """Choices from their JSON: [{code, zh, en, abnormal}]."""
    return tuple(Choice(str(each["code"]), Name.of(each), bool(each.get("abnormal", False))) for each in data)


def choices_data(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """Choices as JSON keeps them."""
    return [{"code": each.code, **each.name.texts(), "abnormal": each.abnormal} for each in choices]


def judge_answer(item: Item, result: str = "", *, value: Decimal | None = None, choice: str = "", words: str = "") -> Answer:
    """The answer to a line. A value beyond a limit and an abnormal choice are abnormal whatever was ticked; a value within limits may
    still be called abnormal. Words may come later, before the sign-off. ValueMissingError, ChoiceMissingError, AnswerError.
    """
    if result == Result.NA:
        return Answer(item.code, Result.NA, words=words.strip())
    if item.ask is Ask.MEASURE:
        return _measured(item, result, value, words)
    if item.ask is Ask.CHOOSE:
        return _chosen(item, result, choice, words)
    if result not in (Result.NORMAL, Result.ABNORMAL):
        raise AnswerError()
    return Answer(item.code, Result(result), words=words.strip())


def _measured(item: Item, result: str, value: Decimal | None, words: str) -> Answer:
    if value is None:
        raise ValueMissingError()
    finding = item.limits.grade(value)
    abnormal = finding.grade is not Grade.NONE or result == Result.ABNORMAL
    return Answer(item.code, Result.ABNORMAL if abnormal else Result.NORMAL, value, words=words.strip(), finding=finding)


def _chosen(item: Item, result: str, choice: str, words: str) -> Answer:
    chosen = next((each for each in item.choices if each.code == choice), None)
    if chosen is None:
        raise ChoiceMissingError()
    abnormal = chosen.abnormal or result == Result.ABNORMAL
    return Answer(item.code, Result.ABNORMAL if abnormal else Result.NORMAL, choice=choice, words=words.strip())


@dataclass(frozen=True)
class Progress:
    """How far a list is."""

    total: int
    normal: int
    abnormal: int
    na: int
    words_owed: int

    @property
    def answered(self) -> int:
        """Lines with an answer."""
        return self.normal + self.abnormal + self.na

    @property
    def left(self) -> int:
        """Lines without one."""
        return self.total - self.answered


def progress(items: Sequence[Item], answers: Mapping[str, Answer]) -> Progress:
    """Count the answers to the lines of a list; answers by code of the line."""
    given = [answers[item.code] for item in items if item.code in answers]
    count = {result: sum(answer.result is result for answer in given) for result in Result}
    owing = sum(answer.owes_words for answer in given)
    return Progress(len(items), count[Result.NORMAL], count[Result.ABNORMAL], count[Result.NA], owing)


def check_close(items: Sequence[Item], answers: Mapping[str, Answer]) -> None:
    """Whether the list may be signed off. UnansweredError, WordsOwedError with their counts."""
    standing = progress(items, answers)
    if standing.left:
        raise UnansweredError(count=standing.left)
    if standing.words_owed:
        raise WordsOwedError(count=standing.words_owed)


def advance(state: str, action: str, reason: str = "") -> State:
    """The state after an action. ListStateError, AlreadyPausedError, NotPausedError; AbortReasonError for an abort without words.

    Answering or signing off a paused list resumes it: the person is back at it.
    """
    now = State(state)
    if now in (State.CLOSED, State.ABORTED):
        raise ListStateError()
    if action == Action.PAUSE and now is State.PAUSED:
        raise AlreadyPausedError()
    if action == Action.RESUME and now is State.RUNNING:
        raise NotPausedError()
    if action == Action.ABORT and not reason.strip():
        raise AbortReasonError()
    after = {Action.PAUSE: State.PAUSED, Action.ABORT: State.ABORTED, Action.CLOSE: State.CLOSED}
    return after.get(Action(action), State.RUNNING)
