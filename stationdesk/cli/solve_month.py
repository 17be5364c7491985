"""`roster solve`: a draft of a month's roster made by the engine, and its score."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stationdesk.cli import desk, options, places
from stationdesk.domain.moments import month_of
from stationdesk.domain.words import C_, _, n_
from stationdesk.services import PROGRAM

if TYPE_CHECKING:
    from stationdesk.rostering.limits import Progress
    from stationdesk.services.roster.solve import Solved

MOST_SECONDS = 24 * 3600.0


def add(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`solve` and its arguments, as one of the words after `roster`."""
    solve = words.add_parser("solve", help=_("make a month's draft roster"), description=_about())
    options.add_store(solve)
    options.add_month(solve)
    solve.add_argument("--seconds", metavar="N", type=_seconds, default=60.0, help=_("stop after so many seconds (default 60)"))
    solve.add_argument("--people", metavar="N", type=_count, default=None, help=_("people on each shift (default: a whole crew)"))
    solve.add_argument("--as", dest="login", metavar="LOGIN", default=None, help=_("who makes the draft; the password is asked for"))
    options.add_json(solve)
    options.add_language(solve)
    solve.set_defaults(does=solve_month)


def _about() -> str:
    return _("Makes a draft roster of those who rotate; nothing goes by it before a chief publishes it. Progress goes to stderr.")


def solve_month(args: argparse.Namespace) -> int:
    """Solve, keep the draft, print its score."""
    from stationdesk.services.roster.solve import solve_roster

    at = desk.now()
    first, last = month_of(args.month)
    with desk.opened(args) as store:
        actor = desk.actor(store, args, at) if args.login else PROGRAM
        found = solve_roster(
            store, actor, first, last, at=at, seconds=args.seconds, people_on_shift=args.people, cache=places.home() / "compiled",
            on_progress=_tell,
        )  # fmt: skip
    if args.json:
        options.say_json(document(found))
    else:
        print("\n".join(lines(found)))
    return 0


def document(found: Solved) -> dict[str, object]:
    """As JSON: the draft's id, points with what they are for, and shifts that miss somebody."""
    return {
        "roster": found.roster_id,
        "objective": found.objective,
        "lower_bound": found.lower_bound,
        "status": found.status,
        "seconds": round(found.seconds, 3),
        "first_solution_seconds": found.first_seconds,
        "points": dict(found.points),
        "short": [{"day": day.isoformat(), "shift": shift, "missing": missing} for day, shift, missing in found.short],
    }


def lines(found: Solved) -> list[str]:
    """The same for reading."""
    words = _("draft {roster}: {cost} points, at least {bound}, after {seconds} s")
    said = [words.format(roster=found.roster_id, cost=found.objective, bound=found.lower_bound, seconds=f"{found.seconds:.1f}")]
    said += [f"{points_words().get(what, what)}\t{points}" for what, points in found.points.items()]
    for day, shift, missing in found.short:
        words = n_("{day} {shift}: {n} person missing", "{day} {shift}: {n} people missing", missing)
        said.append(words.format(day=day, shift=found.kinds[shift], n=missing))
    return said


def points_words() -> dict[str, str]:
    """What points are for, by the engine's names."""
    return {
        "cover": C_("points", "people missing"),
        "leaders": C_("points", "leaders missing"),
        "certificates": C_("points", "certificates missing"),
        "surplus": C_("points", "people too many"),
        "wishes": C_("points", "wishes not met"),
        "single days": C_("points", "single days of work or rest"),
        "nights": C_("points", "nights, unevenly shared"),
        "weekends": C_("points", "weekends, unevenly shared"),
        "holidays": C_("points", "holidays, unevenly shared"),
        "hours": C_("points", "hours, unevenly shared"),
        "hours out of bounds": C_("points", "hours out of bounds"),
    }


def _tell(progress: Progress) -> None:
    cost = "–" if progress.cost is None else str(progress.cost)
    bound = "–" if progress.bound is None else str(progress.bound)
    options.progress(f"{progress.seconds:7.1f} s  {cost:>8}  ≥ {bound}")


def _seconds(typed: str) -> float:
    seconds = float(typed) if typed.replace(".", "", 1).isdecimal() else 0.0
    if not 1 <= seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(_("give 1 or more"))
    return seconds


def _count(typed: str) -> int:
    count = int(typed) if typed.isdecimal() else 0
    if not 1 <= count <= 40:
        raise argparse.ArgumentTypeError(_("give 1 or more"))
    return count
