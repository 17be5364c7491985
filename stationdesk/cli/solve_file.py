"""`roster solve-file`: solves a public roster problem; the format is known by its content."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from stationdesk.cli import options, places
from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _

if TYPE_CHECKING:
    from stationdesk.rostering.engine import Answer
    from stationdesk.rostering.limits import Progress
    from stationdesk.rostering.problem import Problem

MOST_SECONDS = 7 * 24 * 3600


class NotTextError(DomainError):
    """The file is no text."""

    words: ClassVar[str] = N_("{path} is not a text file.")


class NoRosterFoundError(DomainError):
    """One person's own rules contradict each other, so there is no roster."""

    words: ClassVar[str] = N_("There is no roster: the hard rules of {person} contradict each other.")


class NotSolvedError(DomainError):
    """No roster could be made with the memory and tries there are."""

    words: ClassVar[str] = N_("No roster was found.")


class UnwritableError(DomainError):
    """The answer cannot be written where it is wanted."""

    words: ClassVar[str] = N_("{path} cannot be written: {why}")


def add(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`solve-file` and its arguments, as one of the words after `roster`."""
    does = _("solve a public benchmark problem")
    file = words.add_parser("solve-file", help=does, description=does)
    file.add_argument("file", metavar="IN", type=options.existing_file, help=_("a roster problem as text (Curtois and Qu)"))
    out = _("where the roster goes: a line for each person, a shift or - for each day")
    file.add_argument("-o", "--output", dest="out", metavar="OUT", type=Path, help=out)
    file.add_argument("--seconds", metavar="N", type=_seconds, default=60.0, help=_("stop after so many seconds (default 60)"))
    file.add_argument("--workers", metavar="N", type=_count, default=2, help=_("processes that search (default 2)"))
    file.add_argument("--seed", metavar="S", type=_seed, default=1, help=_("another seed, another search (default 1)"))
    options.add_json(file)
    options.add_language(file)
    file.set_defaults(does=solve_file)


def solve_file(args: argparse.Namespace) -> int:
    """Read, solve, write; 2 with one line where the file is no problem or has no solution."""
    from stationdesk.rostering import curtois, curtois_rules
    from stationdesk.rostering.engine import solve
    from stationdesk.rostering.limits import Limits

    problem = curtois_rules.problem_of(curtois.read(_text_of(args.file)))
    if args.out is not None:
        _try(args.out)
    limits = Limits(seconds=args.seconds, workers=args.workers, seed=args.seed)
    answer = solve(problem, limits, _tell, cache=places.home() / "compiled")
    if answer.roster is None:
        raise NoRosterFoundError(person=answer.person) if answer.person else NotSolvedError()
    text = curtois.written(problem.actions, answer.roster.tolist())
    if args.out is not None:
        _write(args.out, text)
    if args.json:
        options.say_json(document(problem, answer))
    else:
        print(line(answer))
        if args.out is None:
            print(text, end="")
    return 0


def document(problem: Problem, answer: Answer) -> dict[str, object]:
    """As JSON: objective and lower bound in the file's points, times in seconds, the roster by person."""
    assert answer.roster is not None
    codes = ["-", *problem.actions[1:]]
    rosters = zip(problem.people, answer.roster.tolist(), strict=True)
    return {
        "objective": answer.cost,
        "lower_bound": answer.bound,
        "status": answer.status,
        "seconds": round(answer.seconds, 3),
        "first_solution_seconds": answer.first_seconds,
        "roster": {person.name: [codes[action] for action in roster] for person, roster in rosters},
    }


def line(answer: Answer) -> str:
    """As one line of a terminal."""
    words = _("objective {cost}, at least {bound}, {status}, {seconds} s")
    return words.format(cost=answer.cost, bound=answer.bound, status=_word(answer.status), seconds=f"{answer.seconds:.1f}")


def _word(status: str) -> str:
    return _("proved optimal") if status == "optimal" else _("not proved optimal")


def _tell(progress: Progress) -> None:
    cost = "–" if progress.cost is None else str(progress.cost)
    bound = "–" if progress.bound is None else str(progress.bound)
    options.progress(f"{progress.seconds:7.1f} s  {cost:>8}  ≥ {bound}")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError):
        raise NotTextError(path=path) from None


def _try(path: Path) -> None:
    """A place that cannot be written is better refused now than after a minute."""
    try:
        with path.open("a"):
            pass
    except OSError as error:
        raise UnwritableError(path=path, why=error.strerror or error) from None


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UnwritableError(path=path, why=error.strerror or error) from None


def _seconds(typed: str) -> float:
    seconds = float(typed) if typed.replace(".", "", 1).isdecimal() else 0.0
    if not 0 < seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(_("give more than 0 seconds, and at most a week"))
    return seconds


def _count(typed: str) -> int:
    count = int(typed) if typed.isdecimal() else 0
    if count < 1:
        raise argparse.ArgumentTypeError(_("give 1 or more"))
    return count


def _seed(typed: str) -> int:
    seed = int(typed) if typed.isdecimal() else -1
    if seed < 0:
        raise argparse.ArgumentTypeError(_("give 0 or more"))
    return seed
