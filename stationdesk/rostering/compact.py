"""A station's hard rules as one small integer programme, every row under the name of the rule it stands for. Solved by HiGHS.

The engine's succession rules say the same in another way; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np

from stationdesk.rostering.outcome import (
    CERTIFICATE,
    COVER,
    DAYS_OFF,
    FIXED,
    LEADER,
    LEAST_HOURS,
    LEAVE,
    MOST_HOURS,
    NIGHTS,
    REST,
    RUN,
    Rule,
)
from stationdesk.rostering.station import DAY_MINUTES, OFF, Member, Place, StationProblem

ONE_PLACE = "one place"  # nobody is in two places: no rule that could give way, and never named
TINY = 1e-6


@dataclass(frozen=True)
class Row:
    """sum(coefficient * variable) <= most. `unit`: how much of it is one step of the rule (a person, a day, a minute)."""

    rule: Rule
    variables: tuple[int, ...]
    coefficients: tuple[float, ...]
    most: float


@dataclass
class Compact:
    """Variables (member number, day, place) that are 1 where somebody works there, and the rules' rows."""

    problem: StationProblem
    variables: list[tuple[int, int, Place]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    at: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def rules(self) -> list[Rule]:
        """Each rule that has a name, once, in the order of the rows."""
        return list(dict.fromkeys(row.rule for row in self.rows if row.rule.kind != ONE_PLACE))

    def value(self, row: Row, duties: Mapping[str, tuple[Place | None, ...]]) -> float:
        """What a roster makes of a row's sum."""
        members = self.problem.members
        total = 0.0
        for variable, coefficient in zip(row.variables, row.coefficients, strict=True):
            number, day, place = self.variables[variable]
            total += coefficient * (duties[members[number].name][day] == place)
        return total


def compact(problem: StationProblem) -> Compact:
    """The integer programme of a station's hard rules."""
    model = Compact(problem)
    for number, member in enumerate(problem.members):
        for day in range(problem.days):
            places = [place for place in problem.places if member.may(place, day)]
            model.at[number, day] = list(range(len(model.variables), len(model.variables) + len(places)))
            model.variables += [(number, day, place) for place in places]
    _demand_rows(model)
    for number, member in enumerate(problem.members):
        _own_rows(model, number, member)
    return model


def _add(model: Compact, rule: Rule, terms: Iterable[tuple[int, float]], most: float) -> None:
    pairs = tuple(terms)
    if pairs or most < 0:
        model.rows.append(Row(rule, tuple(each[0] for each in pairs), tuple(each[1] for each in pairs), most))


def _demand_rows(model: Compact) -> None:
    problem = model.problem
    there: dict[tuple[int, Place], list[int]] = {}
    for variable, (_number, day, place) in enumerate(model.variables):
        there.setdefault((day, place), []).append(variable)
    for each in problem.demand:
        rule = Rule(COVER, first=each.day, last=each.day, shift=each.place.shift, post=each.place.post)
        _add(model, rule, ((variable, -1.0) for variable in there.get((each.day, each.place), ())), -each.need)
    for day, shift in problem.shifts_wanted if problem.rules.leaders else ():
        able = [v for place in problem.places if place.shift == shift for v in there.get((day, place), ())]
        led = ((variable, -1.0) for variable in able if problem.members[model.variables[variable][0]].leads(day))
        _add(model, Rule(LEADER, first=day, last=day, shift=shift), led, -problem.rules.leaders)
    for day, shift, wanted in problem.certified_wanted:
        rule = Rule(CERTIFICATE, first=day, last=day, shift=shift, certificate=wanted.certificate)
        on_it = [v for place in problem.places if place.shift == shift for v in there.get((day, place), ())]
        able = [v for v in on_it if problem.members[model.variables[v][0]].certified(wanted.certificate, day)]
        _add(model, rule, ((variable, -1.0) for variable in able), -wanted.need)


def _own_rows(model: Compact, number: int, member: Member) -> None:
    problem = model.problem
    for day in range(problem.days):
        _add(model, Rule(ONE_PLACE, member.name), ((v, 1.0) for v in model.at[number, day]), 1)
    _leave_and_fixed(model, number, member)
    _rest_rows(model, number, member)
    nights = {shift.code for shift in problem.shifts if shift.night}
    every = {shift.code for shift in problem.shifts}
    _run_rows(model, number, Rule(RUN, member.name), every, problem.rules.most_in_a_row)
    _run_rows(model, number, Rule(NIGHTS, member.name), nights, problem.rules.most_nights_in_a_row)
    _off_rows(model, number, member)
    minutes = [
        (v, float(problem.shift_of[model.variables[v][2].shift].worked)) for day in range(problem.days) for v in model.at[number, day]
    ]
    if member.most_minutes is not None:
        _add(model, Rule(MOST_HOURS, member.name), minutes, member.most_minutes)
    if member.least_minutes:
        _add(model, Rule(LEAST_HOURS, member.name), ((v, -length) for v, length in minutes), -member.least_minutes)


def _leave_and_fixed(model: Compact, number: int, member: Member) -> None:
    for first, last in spans(member.leave, model.problem.days):
        for day in range(first, last + 1):
            _add(model, Rule(LEAVE, member.name, first, last), ((v, 1.0) for v in model.at[number, day]), 0)
    for day, place in sorted(member.fixed.items()):
        rule = Rule(FIXED, member.name, day, day, "" if place is None else place.shift, "" if place is None else place.post)
        _add(model, rule, ((v, 1.0) for v in model.at[number, day] if model.variables[v][2] != place), 0)
        if place is not None:
            _add(model, rule, ((v, -1.0) for v in model.at[number, day] if model.variables[v][2] == place), -1)


def spans(days: Collection[int], end: int) -> list[tuple[int, int]]:
    """Days in a row as (first, last)."""
    found: list[tuple[int, int]] = []
    for day in sorted(day for day in days if 0 <= day < end):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _rest_rows(model: Compact, number: int, member: Member) -> None:
    """Nobody begins before they have rested, from whichever of the days before."""
    problem, rest = model.problem, model.problem.rules.rest_minutes
    rule = Rule(REST, member.name)
    starts = sorted({shift.start for shift in problem.shifts})
    longest = max((shift.end for shift in problem.shifts), default=0) + rest
    for gap in range(1, -(-longest // DAY_MINUTES) + 1):
        for start in starts:
            late = {shift.code for shift in problem.shifts if shift.end + rest > start + gap * DAY_MINUTES}
            early = {shift.code for shift in problem.shifts if shift.start <= start}
            if late:
                for day in range(-len(member.before), problem.days - gap):
                    _pair(model, number, member, rule, (day, late), (day + gap, early))


def _pair(model: Compact, number: int, member: Member, rule: Rule, one: tuple[int, set[str]], other: tuple[int, set[str]]) -> None:
    """Not both: a shift of the one kind on its day, and one of the other kind on its day."""
    if other[0] < 0:
        return
    before = _before(member, one[0]) in one[1]
    terms = _working(model, number, *other) + ([] if one[0] < 0 else _working(model, number, *one))
    _add(model, rule, terms, 0 if one[0] < 0 and before else 1)


def _working(model: Compact, number: int, day: int, codes: set[str]) -> list[tuple[int, float]]:
    return [(v, 1.0) for v in model.at[number, day] if model.variables[v][2].shift in codes]


def _before(member: Member, day: int) -> str:
    """The shift of a day before day 0, OFF where nothing is known."""
    return member.before[day] if -len(member.before) <= day < 0 else OFF


def _run_rows(model: Compact, number: int, rule: Rule, codes: set[str], most: int) -> None:
    """In `most` + 1 days at most `most` of them with a shift of these."""
    member, days = model.problem.members[number], model.problem.days
    for first in range(-len(member.before), days - most):
        window = range(first, first + most + 1)
        had = sum(_before(member, day) in codes and _before(member, day) != OFF for day in window if day < 0)
        terms = [term for day in window if day >= 0 for term in _working(model, number, day, codes)]
        if window[-1] >= 0:
            _add(model, rule, terms, max(0, most - had))


def _off_rows(model: Compact, number: int, member: Member) -> None:
    """Between two days of work with fewer than `least_off` days between them there is work."""
    days, every = model.problem.days, {shift.code for shift in model.problem.shifts}
    for gap in range(1, model.problem.rules.least_off):
        for first in range(-len(member.before), days - gap - 1):
            last = first + gap + 1
            if last < 0:
                continue
            known = (_before(member, first) != OFF) if first < 0 else 0
            known -= sum(_before(member, day) != OFF for day in range(first + 1, last) if day < 0)
            terms = [term for day in (first, last) if day >= 0 for term in _working(model, number, day, every)]
            terms += [(v, -1.0) for day in range(first + 1, last) if day >= 0 for v, _one in _working(model, number, day, every)]
            _add(model, Rule(DAYS_OFF, member.name), terms, 1 - known)


class Programme:
    """HiGHS with a compact model in it. `elastic` rules may be broken at a price for each unit; the others hold."""

    def __init__(
        self,
        model: Compact,
        cost: np.ndarray,
        rows: Iterable[Row],
        price: Callable[[Rule], float | None] = lambda _rule: None,
        *,
        whole: bool = True,
        seconds: float = 30.0,
    ) -> None:
        self.model, self.rows = model, list(rows)
        self._count = len(model.variables)
        prices = [price(row.rule) for row in self.rows]
        self.elastic = [place for place, each in enumerate(prices) if each is not None]
        self._highs = _highs(seconds)
        self._highs.passModel(self._model(cost, [each for each in prices if each is not None], whole))

    def _model(self, cost: np.ndarray, prices: list[float], whole: bool) -> highspy.HighsLp:
        lp, count, slacks = highspy.HighsLp(), self._count, len(self.elastic)
        slack_of = {place: count + number for number, place in enumerate(self.elastic)}
        lp.num_col_, lp.num_row_ = count + slacks, len(self.rows)
        lp.col_cost_ = np.concatenate([cost, np.array(prices, float)])
        lp.col_lower_ = np.zeros(count + slacks)
        lp.col_upper_ = np.concatenate([np.ones(count), np.full(slacks, highspy.kHighsInf)])
        lp.row_lower_ = np.full(len(self.rows), -highspy.kHighsInf)
        lp.row_upper_ = np.array([row.most for row in self.rows], float)
        starts, index, value = [0], list[int](), list[float]()
        for place, row in enumerate(self.rows):
            index += row.variables
            value += row.coefficients
            if place in slack_of:
                index.append(slack_of[place])
                value.append(-1.0)
            starts.append(len(index))
        matrix = lp.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_, matrix.index_, matrix.value_ = np.array(starts, np.int32), np.array(index, np.int32), np.array(value, float)
        if whole:
            kinds = highspy.HighsVarType
            lp.integrality_ = [kinds.kInteger] * count + [kinds.kContinuous] * slacks
        return lp

    def solve(self) -> bool:
        """Whether there is a solution; what is asked below is about it."""
        self._highs.run()
        self._info = self._highs.getInfo()
        self._solution = self._highs.getSolution()
        return bool(self._info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible)

    @property
    def objective(self) -> float:
        """Of the solution."""
        return float(self._info.objective_function_value)

    @property
    def bound(self) -> float:
        """No solution is below it."""
        return float(self._info.mip_dual_bound)

    @property
    def proved(self) -> bool:
        """Whether HiGHS ended by itself."""
        status = self._highs.getModelStatus()
        return status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)

    def chosen(self) -> list[int]:
        """Variables that are 1."""
        return np.flatnonzero(np.array(self._solution.col_value)[: self._count] > 0.5).tolist()

    def broken(self) -> dict[Rule, float]:
        """How much of each elastic rule is broken."""
        slack = np.array(self._solution.col_value)[self._count :]
        found: dict[Rule, float] = {}
        for place, amount in zip(self.elastic, slack.tolist(), strict=True):
            if amount > TINY:
                rule = self.rows[place].rule
                found[rule] = found.get(rule, 0.0) + amount
        return found

    def holding(self) -> list[Row]:
        """Rows with a price of their own in the linear programme: those that keep it from being better."""
        dual = np.array(self._solution.row_dual)
        return [row for row, price in zip(self.rows, dual.tolist(), strict=True) if abs(price) > TINY]


def _highs(seconds: float) -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_rel_gap", 0.0)
    return highs
