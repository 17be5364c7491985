"""The compiled pricing step against every roster there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stationdesk.rostering.automaton import explore
from stationdesk.rostering.counts import count_tables
from stationdesk.rostering.pricing import Pricer
from stationdesk.rostering.problem import BAD, FORBIDDEN, Person, Problem

DAYS, ACTIONS = 6, 3
pytestmark = pytest.mark.usefixtures("compiled")


@st.composite
def persons(draw) -> Person:
    """Random small rules: runs, a forbidden succession, a weekend count, a scarce duty, working time with a cost."""
    most_run, least_off = draw(st.integers(1, 4)), draw(st.integers(1, 2))
    single = draw(st.integers(0, 3))

    def step(state, action):
        off, run, last = state
        if not action:
            return (min(off + 1, least_off), 0, 0), single if run == 1 else 0
        if (run == 0 and off < least_off) or run == most_run or (last == 2 and action == 1):
            return None
        return (0, run + 1, action), 0

    automaton = explore([(2, 0, 0)] if least_off == 2 else [(1, 0, 0)], ACTIONS, step, lambda state: state[1] == 0)
    scarce = [(2, draw(st.integers(1, 2)))] if draw(st.booleans()) else []
    counted, after = count_tables(automaton.resting, ACTIONS, draw(st.integers(0, 1)), scarce)
    number = st.integers(-9, 9)
    cells = np.array(draw(st.lists(number, min_size=DAYS * ACTIONS, max_size=DAYS * ACTIONS)), np.int32).reshape(DAYS, ACTIONS)
    for day in draw(st.lists(st.integers(0, DAYS - 1), max_size=2)):
        cells[day, 1:] = FORBIDDEN
    units_cost = np.array(draw(st.lists(st.sampled_from([0, 1, 4, FORBIDDEN]), min_size=3, max_size=9)), np.int32)
    return Person(
        name="P",
        cell_cost=cells,
        next_state=automaton.next_state,
        step_cost=automaton.step_cost,
        start_state=automaton.starts[0],
        day_kind=np.array([0, 0, 0, 1, 2, 0], np.int32),
        count_step=counted,
        count_next=after,
        count_cost=np.arange(after.shape[1], dtype=np.int32),
        units=np.array([0, 1, 2], np.int32),
        units_cost=units_cost,
        most=((1, draw(st.integers(0, 3))),),
    )


def problem_of(person: Person) -> Problem:
    none = np.zeros(0, np.int64)
    return Problem([person], ["", "D", "N"], DAYS, none, none, none, [(none, none, none)])


@given(persons(), st.booleans())
@settings(max_examples=60)
def test_no_roster_is_cheaper_than_the_one_found(person, shuffle):
    every = [np.array(each, np.int16) for each in itertools.product(range(ACTIONS), repeat=DAYS)]
    least = min(person.own_cost(roster) for roster in every)
    value, roster = Pricer().cheapest(problem_of(person), 0, person.cell_cost, shuffle=shuffle)
    assert value == least or (least >= BAD and value >= BAD)
    if value < BAD:
        assert person.own_cost(roster) == value


@given(persons())
@settings(max_examples=40)
def test_without_room_the_answer_is_coarser_but_keeps_every_hard_rule(person):
    pricer = Pricer(table_bytes=4 * 300)
    value, roster = pricer.cheapest(problem_of(person), 0, person.cell_cost)
    exact, _roster = Pricer().cheapest(problem_of(person), 0, person.cell_cost)
    if value < BAD:
        assert person.own_cost(roster) == value >= exact
    if pricer.exact:
        assert value == exact


@given(persons())
@settings(max_examples=30)
def test_scaled_costs_are_the_same_costs(person):
    value, _roster = Pricer().cheapest(problem_of(person), 0, person.cell_cost)
    scaled = np.where(person.cell_cost >= BAD, FORBIDDEN, person.cell_cost * 100).astype(np.int32)
    larger, _roster = Pricer().cheapest(problem_of(person), 0, scaled, 100)
    assert larger == value * 100 or (value >= BAD and larger >= BAD)


def test_equal_states_are_one():
    def step(state, action):
        return (min(state + 1, 9) if action else 0, 0) if state < 3 or not action else None

    automaton = explore([0], 2, step, lambda state: state == 0)
    assert automaton.next_state.shape == (4, 2)
    alike = explore([("a", 0)], 2, lambda state, action: (("b" if state[0] == "a" else "a", 0), 0), lambda state: False)
    assert alike.next_state.shape == (1, 2)


@pytest.mark.parametrize("start", [0, 2])
def test_a_start_carries_the_month_before_over(start):
    def step(run, action):
        return (run + 1, 0) if action and run < 3 else None if action else (0, 0)

    automaton = explore([start], 2, step, lambda run: run == 0)
    state, days = automaton.starts[0], 0
    while automaton.next_state[state, 1] >= 0:
        state, days = automaton.next_state[state, 1], days + 1
    assert days == 3 - start
