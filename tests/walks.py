"""A small route and checklist to try walking with: one point to look at, one to measure, one to choose; and a night that was walked."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from stationdesk.domain.answers import Ask, Choice
from stationdesk.domain.checklists import Every, Period
from stationdesk.domain.limits import Limits
from stationdesk.domain.names import Name
from stationdesk.domain.rounds import Schedule
from stationdesk.domain.walks import LineText
from stationdesk.services import Actor, Store
from stationdesk.services import checklists as lists
from stationdesk.services import rounds as use
from stationdesk.services.lines import Given
from stationdesk.services.people import add_person, grant_role
from tests.conftest_station import MADE, NIGHT, actor

START = NIGHT.replace(hour=16, minute=0)  # 00:00 at the station
LINES = (
    LineText("01", Name("泵房", "Pump house"), Name("泵区", "Pumps")),
    LineText(
        "02", Name("进站压力", "Inlet pressure"), Name("进站区", "Inlet"), Ask.MEASURE, "MPa", 2, Limits(h=Decimal(30), hh=Decimal(50))
    ),
    LineText(
        "03",
        Name("阀门", "Valve"),
        Name("进站区", "Inlet"),
        Ask.CHOOSE,
        choices=(Choice("open", Name("开", "open")), Choice("shut", Name("关", "shut"), True)),
    ),
)
ROUTE = use.RouteText(Name("试线", "Trial route"), Schedule(every=120, first=60), LINES, window_minutes=40, position=0)
LIST = lists.ChecklistText(Name("试表", "Trial list"), Period(Every.SHIFT), LINES, subject="trial")


def clock(hour: int, minute: int = 0) -> datetime:
    """A time of the night shift as the wall clock shows it."""
    return START + timedelta(hours=hour, minutes=minute)


def make_route(store: Store, text: use.RouteText = ROUTE) -> int:
    """The trial route, in force since the station was made; its id."""
    return use.add_route(store, actor(store, "chief"), "trial", text, at=MADE + timedelta(hours=1))


def make_list(store: Store, text: lists.ChecklistText = LIST) -> int:
    """The trial checklist, in force since the station was made; its id."""
    return lists.add_checklist(store, actor(store, "chief"), "trial", text, at=MADE + timedelta(hours=1))


def retire_others(store: Store) -> None:
    """Only the trial lists are left: the profile's routes and checklists are retired."""
    chief, at = actor(store, "chief"), MADE + timedelta(hours=2)
    for route in use.routes_view(store, at):
        if route.code != "trial":
            use.retire_route(store, chief, route.route_id, at=at)
    for each in lists.templates_view(store, at):
        if each.code != "trial":
            lists.retire_checklist(store, chief, each.template_id, at=at)


def answers(value: str = "12", choice: str = "open", result: str = "normal", words: str | None = None) -> tuple[Given, Given, Given]:
    """An answer to each line of the trial lists."""
    return Given(result=result, words=words), Given(typed=value, words=words), Given(choice=choice, words=words)


def paper(due: datetime | None, began: datetime, ended: datetime, **more: object) -> use.RoundStart:
    """A round typed from paper."""
    return use.RoundStart("paper", due, began, ended, **more)  # type: ignore[arg-type]


def walk(store: Store, route_id: int, start: use.RoundStart, at: datetime, words: str = "") -> int:
    """A round walked and signed off, everything normal; its id."""
    person = actor(store, "op-b1")
    round_id = use.start_round(store, person, route_id, start, at=at)
    fill(store, round_id, at)
    use.close_round(store, person, round_id, words, at=at + timedelta(minutes=1))
    return round_id


def fill(store: Store, round_id: int, at: datetime, given: tuple[Given, ...] | None = None) -> None:
    """Answer every line of a round."""
    for line, each in zip(use.round_view(store, round_id).lines, given or answers(), strict=True):
        use.answer_line(store, actor(store, "op-b1"), round_id, line.item_id, each, at=at)


def visitor(store: Store) -> Actor:
    """An auditor: reads everything, writes nothing."""
    chief = actor(store, "chief")
    person = add_person(store, chief, "审计", at=NIGHT)
    grant_role(store, chief, person, "auditor", at=NIGHT)
    return Actor(person, "审计")
