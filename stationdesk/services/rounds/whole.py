"""All that the package gives: imported when something is asked of the package, not of one of its modules."""

from stationdesk.services.lines import Answered, Given, HazardWish, LineView
from stationdesk.services.rounds.evidence import facts
from stationdesk.services.rounds.past import history, last_shift, rounds_between, rounds_of_shift, shifts_of_day
from stationdesk.services.rounds.routes import (
    RouteText,
    RouteView,
    add_route,
    retire_route,
    route_text,
    routes_view,
    set_route_version,
)
from stationdesk.services.rounds.view import (
    RoundBlank,
    RoundBrief,
    RoundsView,
    RoundView,
    blank_round,
    round_view,
    rounds_view,
)
from stationdesk.services.rounds.walk import (
    RoundStart,
    abort_round,
    answer_line,
    close_round,
    pause_round,
    resume_round,
    start_round,
)
from stationdesk.services.rounds.windows import LaneView, WindowView, explain_window, lanes

__all__ = [
    "Answered",
    "Given",
    "HazardWish",
    "LaneView",
    "LineView",
    "RoundBlank",
    "RoundBrief",
    "RoundStart",
    "RoundView",
    "RoundsView",
    "RouteText",
    "RouteView",
    "WindowView",
    "abort_round",
    "add_route",
    "answer_line",
    "blank_round",
    "close_round",
    "explain_window",
    "facts",
    "history",
    "lanes",
    "last_shift",
    "pause_round",
    "resume_round",
    "retire_route",
    "round_view",
    "rounds_between",
    "rounds_of_shift",
    "rounds_view",
    "route_text",
    "routes_view",
    "set_route_version",
    "shifts_of_day",
    "start_round",
]
