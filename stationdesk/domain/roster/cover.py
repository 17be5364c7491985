"""Tests of the days: enough people on each shift, a leader, valid qualifications; leave, fixed duties and wishes of each person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from stationdesk.domain.roster.calendar import days_of
from stationdesk.domain.roster.case import Case, Found
from stationdesk.domain.roster.rules import Rule


def shifts_of(case: Case, rule: Rule) -> Iterator[tuple[date, str]]:
    """The shifts a rule is about: all that keep the desk manned, or the kinds it names, on all days or on those it names.

    A kind the desk wants on other days only is none, unless somebody is on it all the same.
    """
    named, roster = tuple(rule.option("kinds", ())), case.roster
    kinds = tuple(kind for kind in roster.kinds if kind.desk)
    days = frozenset(rule.option("days", ()))
    for day in days_of(roster.first, roster.last):
        if not days or case.calendar.kind(day).value in days:
            wanted = named or tuple(kind.code for kind in kinds if kind.mans(day) or (day, kind.code) in roster.manned)
            yield from ((day, code) for code in wanted)


def cover(case: Case, rule: Rule) -> Iterator[Found]:
    """At least so many people on every shift."""
    for day, code in shifts_of(case, rule):
        count = len(case.roster.manned.get((day, code), ()))
        if count < rule.limit:
            yield Found(day, day, 0, count, (code,))


def leader(case: Case, rule: Rule) -> Iterator[Found]:
    """At least so many people who may lead on every shift that has anybody."""
    for day, code in shifts_of(case, rule):
        people = case.roster.manned.get((day, code), ())
        count = sum(1 for each in people if each in case.members and case.members[each].leads)
        if people and count < rule.limit:
            yield Found(day, day, 0, count, (code,))


def qualified(case: Case, rule: Rule) -> Iterator[Found]:
    """At least so many people with a qualification that is valid on the day; with `each`, everybody on the shift."""
    code_of = str(rule.option("qualification", ""))
    for day, code in shifts_of(case, rule):
        people = case.roster.manned.get((day, code), ())
        without = [each for each in people if each not in case.members or not case.members[each].holds(code_of, day)]
        if rule.option("each", False):
            yield from (Found(day, day, each, 0, (code,), detail=code_of, limit=1) for each in without)
        elif people and len(people) - len(without) < rule.limit:
            yield Found(day, day, 0, len(people) - len(without), (code,), detail=code_of)


def leave(case: Case, rule: Rule) -> Iterator[Found]:
    """No shift begins on a day of leave."""
    for member in case.people:
        for day in days_of(case.roster.first, case.roster.last):
            code, away = case.roster.cell(member.person, day), member.away(day)
            if code and away is not None:
                yield Found(day, day, member.person, 1, (code,), detail=away.kind)


def fixed(case: Case, rule: Rule) -> Iterator[Found]:
    """A fixed duty is planned on its days, leave excepted."""
    for member in case.people:
        for day in days_of(case.roster.first, case.roster.last):
            wanted = next((each.kind for each in member.fixed if each.holds(day)), None)
            if wanted is not None and member.away(day) is None and case.roster.cell(member.person, day) != wanted:
                yield Found(day, day, member.person, 0, (wanted,), limit=1)


def wish(case: Case, rule: Rule) -> Iterator[Found]:
    """A wish to be off, or for a kind of shift, is kept."""
    for member in case.people:
        for day in days_of(case.roster.first, case.roster.last):
            wanted = [each.kind for each in member.wishes if each.holds(day)]
            code = case.roster.cell(member.person, day)
            if wanted and code not in wanted:
                yield Found(day, day, member.person, 1, (code,))
