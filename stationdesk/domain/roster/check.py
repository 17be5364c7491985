"""Judge a roster by sets of rules: every breach by rule, person and dates, and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from stationdesk.domain.roster import cover, hours, resting
from stationdesk.domain.roster.breach import Breach
from stationdesk.domain.roster.calendar import Calendar
from stationdesk.domain.roster.case import Case, Found
from stationdesk.domain.roster.duties import NIGHT, Member, Night, Roster
from stationdesk.domain.roster.rules import Rule, RuleSet

JUDGES: dict[str, Callable[[Case, Rule], Iterator[Found]]] = {
    "leave": cover.leave,
    "fixed": cover.fixed,
    "wish": cover.wish,
    "cover": cover.cover,
    "leader": cover.leader,
    "qualified": cover.qualified,
    "rest": resting.rest,
    "after": resting.after,
    "weekrest": resting.weekrest,
    "run": resting.run,
    "nights": resting.nights,
    "same": resting.same,
    "switch": resting.switch,
    "forward": resting.forward,
    "weekends": resting.weekends,
    "length": hours.length,
    "window": hours.window,
    "hours": hours.hours,
}
"""What judges each test of domain/roster/rules.py."""


def check(
    roster: Roster, rules: Iterable[RuleSet], calendar: Calendar, people: Iterable[Member], night: Night = NIGHT
) -> tuple[Breach, ...]:
    """Every breach that touches a day of the roster, in the order of days, people and rules. Days before it are looked at, not judged."""
    case = Case(roster, calendar, tuple(people), night)
    found = (_breach(rule_set, rule, each) for rule_set in rules for rule in rule_set.rules for each in JUDGES[rule.test](case, rule))
    return tuple(sorted({each for each in found if roster.meets(each.first, each.last)}))


def _breach(rules: RuleSet, rule: Rule, found: Found) -> Breach:
    limit = rule.limit if found.limit is None else found.limit
    return Breach(
        first=found.first,
        last=found.last,
        person=found.person,
        rules=rules.code,
        rule=rule.code,
        test=rule.test,
        value=found.value,
        limit=limit,
        kinds=found.kinds,
        reading=found.reading,
        detail=found.detail,
    )
