"""The lines of a handover (七交): each computed from facts, with its evidence and what contradicts it.

Which lines there are is the station's list; a line without a rule is what no fact can decide and a person must see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from stationdesk.domain.errors import DomainError
from stationdesk.domain.handover import rules
from stationdesk.domain.handover.facts import Facts
from stationdesk.domain.handover.rules import Composed, Evidence, Lack
from stationdesk.domain.names import Name
from stationdesk.domain.said import Said, canonical, digest
from stationdesk.domain.words import N_


class RuleUnknownError(DomainError):
    """A line with a rule the program does not know."""

    words = N_("There is no handover rule {rule}.")
    field = "rule"


@dataclass(frozen=True)
class LineDefinition:
    """A line of the station's list; rule "" means that people decide."""

    code: str
    name: Name
    rule: str = ""


@dataclass(frozen=True)
class Ground:
    """A ground of refusal (五不接); rule "emergency" or "line:<code>" tells whether the facts bear it out, "" that people judge."""

    code: str
    name: Name
    rule: str = ""


@dataclass(frozen=True)
class Definition:
    """The lists in force: lines and grounds of refusal."""

    lines: tuple[LineDefinition, ...]
    grounds: tuple[Ground, ...] = ()


class LineState(StrEnum):
    """What may be said of a line."""

    AS_FOUND_POSSIBLE = "as_found_possible"
    CONTRADICTED = "contradicted"
    NEEDS_PERSON = "needs_person"


@dataclass(frozen=True)
class Line:
    """A composed line: facts and evidence as codes and values, and what contradicts it."""

    code: str
    number: int
    name: Name
    facts: tuple[Said, ...]
    evidence: tuple[Evidence, ...]
    state: LineState
    lacks: tuple[Lack, ...] = ()
    waits: tuple[Lack, ...] = ()  # not due yet

    @property
    def reason(self) -> Said | None:
        """The first thing that contradicts it."""
        return self.lacks[0].said if self.lacks else None

    @property
    def ground(self) -> str:
        """Digest of what contradicts the line, not of its latest value: a reservation stands while the contradiction is the same."""
        return digest(canonical([self.code, str(self.state), [[lack.said.code, lack.page, lack.target] for lack in self.lacks]]))


RULES: dict[str, Callable[[Facts], Composed]] = {
    "running_mode": rules.running_mode,
    "equipment": rules.equipment,
    "records": rules.records,
    "contact": rules.contact,
    "problems": rules.problems,
}
SUBJECT = "checklist:"  # checklist:fire, checklist:tools: the latest checklist of this subject


def known_rule(rule: str) -> bool:
    """Whether a line may name this rule."""
    return rule in RULES or rule == "" or (rule.startswith(SUBJECT) and len(rule) > len(SUBJECT))


def compose(definition: Definition, facts: Facts) -> tuple[Line, ...]:
    """The lines of a handover at this moment. RuleUnknownError for a list the program cannot compute."""
    subjects = frozenset(line.rule.removeprefix(SUBJECT) for line in definition.lines if line.rule.startswith(SUBJECT))
    return tuple(_line(n, each, facts, subjects) for n, each in enumerate(definition.lines, 1))


def _line(number: int, definition: LineDefinition, facts: Facts, subjects: frozenset[str]) -> Line:
    made = _composed(definition.rule, facts, subjects)
    state = LineState.AS_FOUND_POSSIBLE if made.decided else LineState.NEEDS_PERSON
    if made.lacks:
        state = LineState.CONTRADICTED
    return Line(definition.code, number, definition.name, made.facts, made.evidence, state, made.lacks, made.waits)


def _composed(rule: str, facts: Facts, subjects: frozenset[str]) -> Composed:
    if not known_rule(rule):
        raise RuleUnknownError(rule=rule)
    if rule == "":
        return Composed((Said("person.look"),), decided=False)
    if rule.startswith(SUBJECT):
        return rules.checklist(facts, rule.removeprefix(SUBJECT))
    if rule == "records":
        return rules.records(facts, elsewhere=subjects)
    return RULES[rule](facts)


@dataclass(frozen=True)
class GroundState:
    """A ground of refusal, and whether the facts bear it out now; None where only people can say."""

    code: str
    name: Name
    holds: bool | None


def ground_states(definition: Definition, lines: Sequence[Line], facts: Facts) -> tuple[GroundState, ...]:
    """The grounds of refusal with what the facts say of them; people may choose any."""
    contradicted = {line.code for line in lines if line.state is LineState.CONTRADICTED}
    return tuple(GroundState(each.code, each.name, _holds(each.rule, contradicted, facts)) for each in definition.grounds)


def _holds(rule: str, contradicted: set[str], facts: Facts) -> bool | None:
    if rule == "emergency":
        return facts.station.emergency_since is not None
    return rule.removeprefix("line:") in contradicted if rule.startswith("line:") else None


def definition_of(lines: Sequence[Mapping[str, Any]], grounds: Sequence[Mapping[str, Any]] = ()) -> Definition:
    """From the station's lists: [{code, zh, en, rule}] each. RuleUnknownError."""
    made = Definition(
        tuple(LineDefinition(str(each["code"]), Name.of(each), str(each.get("rule") or "")) for each in lines),
        tuple(Ground(str(each["code"]), Name.of(each), str(each.get("rule") or "")) for each in grounds),
    )
    if unknown := [line.rule for line in made.lines if not known_rule(line.rule)]:
        raise RuleUnknownError(rule=unknown[0])
    return made


def definition_data(definition: Definition) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """As the station's lists keep it; `definition_of` reads it back."""
    lines = [{"code": each.code, **each.name.texts(), "rule": each.rule} for each in definition.lines]
    return lines, [{"code": each.code, **each.name.texts(), "rule": each.rule} for each in definition.grounds]


def next_moment(lines: Sequence[Line]) -> datetime | None:
    """When the last thing that is not due yet will be: before it the handover cannot be signed."""
    return max((wait.at for line in lines for wait in line.waits if wait.at is not None), default=None)
