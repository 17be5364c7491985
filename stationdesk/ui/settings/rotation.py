"""Crews and the rotation: which pattern, in which order, from when; what it covers is proved, not assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.moments import clock_text, format_day, format_moment
from stationdesk.domain.names import Name
from stationdesk.domain.rotation import Plan, PlannedShift
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, people, settings
from stationdesk.services.people import CrewView
from stationdesk.services.settings import RotationView
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.settings.turn_grid import TurnGrid, tones_of
from stationdesk.ui.settings.turn_grid import Turns as DayTurns
from stationdesk.ui.settings.versions import Of
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item, column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text


def _grid(found: Turns) -> DayTurns:
    """Who is planned on each of the next days; below, how many crews each shift has."""
    days = found.rotation.days
    kinds = {shift.kind.code: shift.kind for _day, shifts in days for shift in shifts}
    rows = tuple((str(crew.name), tuple(_code(shifts, crew.code) for _day, shifts in days)) for crew in found.crews)
    counts = tuple(
        (str(kind.name), tuple(sum(len(each.crews) for each in shifts if each.kind.code == code) for _day, shifts in days))
        for code, kind in kinds.items()
    )
    tones = tones_of([(kind.code, kind.start, kind.end) for kind in kinds.values()])
    return DayTurns(tuple(format_day(day) for day, _shifts in days), rows, counts, tones)


def _code(shifts: Sequence[PlannedShift], crew: str) -> str:
    return next((each.kind.code for each in shifts if crew in each.crews), "")


@dataclass(frozen=True)
class Turns:
    """Crews and rotation in force."""

    crews: tuple[CrewView, ...]
    rotation: RotationView


class RotationSection(ListSection):
    """The crews as a list; below a crew's form stands the rotation of all."""

    pinned = False
    kind = "rotation"
    key, icon, case = "rotation", "repeat", "set_crew"
    cases = ("set_crew", "set_rotation")
    kinds = frozenset({"crew", "crew_member", "rotation_plan", "station_list", "role_grant"})

    def __init__(self, runner: Runner) -> None:
        self.turns: Turns | None = None
        self.planned: Plan | None = None  # what the form of the rotation was filled from
        self.proof = Text("", "body")
        super().__init__(runner)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Crews and rotation")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Code"), lambda each: each.code, width=90),
            Column(lambda: _("Crew"), lambda each: str(each.name), grows=True),
            Column(lambda: _("People"), lambda each: str(len(each.members)), "right", width=90),
        )

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("code", lambda: _("Code"), fixed=True),),
            (Ask("name_zh", lambda: _("Name (Chinese)"), errors=("name",)), Ask("name_en", lambda: _("Name (English)"))),
        )

    def below_table(self) -> Sequence[Item]:
        self.grid = TurnGrid(lambda: _("Who works when"))
        inside = column(12, Line(lambda: _("The next two weeks"), "strong"), 8, self.grid, 12, self.proof, 12)
        inside.setContentsMargins(16, 0, 16, 0)
        return (rule(), inside)

    def beside(self) -> Sequence[Item]:
        asks = (
            (Ask("pattern", lambda: _("Shift pattern"), "choice", self._patterns),),
            (Ask("crews", lambda: _("Crews in order"), errors=("crew",), hint="a b c d"), Ask("start", lambda: _("Cycle begins"), "date")),
            (Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment"),),
        )
        self.plan_form = Form(asks, self.runner.zone, self.runner.now)
        self.change = Button(lambda: C_("settings", "Change rotation"), on_click=self._change)
        head = Line(lambda: _("Rotation"), "strong")
        return (16, rule(), 12, head, 12, self.plan_form, 12, row(self.change, None))

    def _patterns(self) -> Any:
        found = self.turns.rotation.patterns if self.turns else ()
        return [(each.code, partial(str, each.name)) for each in found]

    def rows_of(self, found: Turns) -> Sequence[CrewView]:
        self.turns = found
        return found.crews

    def show_found(self, found: Turns) -> None:
        super().show_found(found)
        self.block(self.change, "set_rotation")
        if not self.plan_form.changed():
            plan = self.planned = found.rotation.plan
            values = {"pattern": plan.pattern.code, "crews": " ".join(plan.crews), "start": plan.start} if plan else {}
            self.plan_form.fill(values)
        self.proof.say(self._proof)
        self.grid.show_turns(_grid(found))

    def _proof(self) -> str:
        """What the pattern in force covers, in words."""
        view = self.turns.rotation if self.turns else None
        if view is None or view.plan is None or view.coverage is None:
            return _("There is no rotation yet.")
        plan, cover = view.plan, view.coverage
        kinds = _(", ").join(f"{each.name} {clock_text(each.start)}–{clock_text(each.end)}" for each in plan.pattern.kinds)
        if cover.covered and not cover.doubles:
            said = _("Over the {days} days of the cycle each shift has one crew, and the day is whole: {kinds}.")
        else:
            said = _("Not every shift of the {days} days has one crew: {kinds}.")
        lines = [said.format(days=len(plan.pattern.cycle), kinds=kinds)]
        if view.since is not None:
            lines.append(_("In force since {time}.").format(time=format_moment(view.since, self.runner.zone)))
        if view.ahead is not None:
            lines.append(_("Another one begins {time}.").format(time=format_moment(view.ahead, self.runner.zone)))
        return "\n".join(lines)

    def _change(self) -> None:
        values = self.plan_form.read()
        if values is None:
            return
        start = values["start"] or self.runner.local().date()
        call = partial(settings.set_rotation, valid_from=values["valid_from"], seen=self.planned)
        self.send((call, (values["pattern"] or "", values["crews"].split(), start)), self.plan_form, self._changed)

    def _changed(self, result: object) -> None:
        self.plan_form.fill(self.plan_form.read() or {})
        self.kept(result)

    def forget(self) -> None:
        super().forget()
        self.plan_form.fill({})

    def of(self) -> Of:
        return (self.kind, "", _("Rotation"))

    def key_of(self, row: CrewView) -> int:
        return row.crew_id

    def name_of(self, row: CrewView) -> str:
        return str(row.name)

    def values_of(self, row: CrewView | None) -> dict[str, Any]:
        return {} if row is None else {"code": row.code, "name_zh": row.name.zh, "name_en": row.name.en}

    def keeping(self, row: CrewView | None, values: dict[str, Any]) -> Call:
        return partial(settings.set_crew, seen=row.name if row else None, new=row is None), (
            values["code"],
            Name(values["name_zh"], values["name_en"]),
        )


def _load(store: Store, at: datetime) -> Turns:
    with store.read() as session:
        crews = people.crews(session, at)
    return Turns(crews, settings.rotation_view(store, at))
