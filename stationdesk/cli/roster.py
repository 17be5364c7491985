"""`stationdesk roster`: what a rotation covers, what a month's roster breaks, how a problem is solved."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stationdesk.cli import bring_roster, desk, options, solve_file, solve_month
from stationdesk.domain.moments import month_of
from stationdesk.domain.roster import TESTS, Gap, Proof, parse_pattern, prove
from stationdesk.domain.rotation import Hole, Pattern
from stationdesk.domain.words import _, n_

if TYPE_CHECKING:
    from stationdesk.services.roster import BreachView, Checked

UNCOVERED = 1


def add(parser: argparse.ArgumentParser) -> None:
    """The words after `roster`."""
    words = parser.add_subparsers(dest="what", metavar=_("WHAT"), required=True)
    pattern = words.add_parser("pattern", help=_("what a rotation covers, its rest and its hours"), description=_about_pattern())
    pattern.add_argument("text", metavar="TEXT", help="D=08:00-16:00 E=16:00-24:00 N=00:00-08:00; D D E E - N N -; crews 4; step 2")
    options.add_json(pattern)
    options.add_language(pattern)
    pattern.set_defaults(does=show_pattern)
    check = words.add_parser("check", help=_("every breach of the rules in force"), description=_about_check())
    options.add_store(check)
    options.add_month(check)
    options.add_json(check)
    options.add_language(check)
    check.set_defaults(does=show_breaches)
    solve_month.add(words)
    solve_file.add(words)
    bring_roster.add(words)


def run(args: argparse.Namespace) -> int:
    """What the word after `roster` says; the exit code."""
    code: int = args.does(args)
    return code


def _about_pattern() -> str:
    return _(
        "Proves which shifts of a rotation have a crew, how long a crew rests and how much it works. Exit code 1: a shift has no crew."
    )


def _about_check() -> str:
    return _("Judges the published roster of a month, else its newest draft, else what the rotation would plan, by the rules in force.")


def show_breaches(args: argparse.Namespace) -> int:
    """Print every breach: rule, person, days, by how much. Breaches are an answer, not a failure."""
    from stationdesk.services.roster import check_days

    with desk.opened(args) as store:
        found = check_days(store, *month_of(args.month), desk.now())
    if found.provisional:
        years = ", ".join(map(str, found.provisional))
        options.progress(_("{years} has no official calendar yet: holidays and make-up workdays may still move.").format(years=years))
    if args.json:
        options.say_json(breaches_document(found))
    else:
        print("\n".join(breach_lines(found)))
    return 0


def breaches_document(found: Checked) -> dict[str, object]:
    """As JSON: values and limits in the unit said, `by` how far beyond the limit."""
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "source": found.source,
        "version": found.number or None,
        "provisional_years": list(found.provisional),
        "breaches": [_breach(each) for each in found.breaches],
    }


def _breach(each: BreachView) -> dict[str, object]:
    own = each.breach
    return {
        "rules": own.rules,
        "rule": own.rule,
        "test": own.test,
        "person": each.person or None,
        "first": own.first.isoformat(),
        "last": own.last.isoformat(),
        "shifts": list(own.kinds),
        "value": own.value,
        "limit": own.limit,
        "by": own.excess,
        "unit": TESTS[own.test].unit.value,
        "reading": own.reading or None,
        "detail": own.detail or None,
        "words": each.words,
        "reason": each.reason or None,
    }


def breach_lines(found: Checked) -> list[str]:
    """The same for reading, one line a breach."""
    sources = {
        "published": _("published version {n}"),
        "draft": _("draft, version {n}"),
        "rotation": _("by the rotation where no roster is published"),
    }
    span = f"{found.first.isoformat()} – {found.last.isoformat()}"
    said = [f"{span}\t{sources[found.source].format(n=found.number)}"]
    said += [_line(each) for each in found.breaches]
    return [*said, n_("{n} breach", "{n} breaches", len(found.breaches)).format(n=len(found.breaches))]


def _line(each: BreachView) -> str:
    reason = _("reason: {words}").format(words=each.reason) if each.reason else ""
    return "\t".join(part for part in (each.days, each.person, each.rule, each.words, reason) if part)


def show_pattern(args: argparse.Namespace) -> int:
    """Print the proof of a pattern; 1 where a shift of some day is uncovered."""
    pattern = parse_pattern(args.text)
    proof = prove(pattern)
    if args.json:
        options.say_json(document(proof))
    else:
        print("\n".join(lines(pattern, proof)))
    return 0 if proof.covered else UNCOVERED


def document(proof: Proof) -> dict[str, object]:
    """As JSON: days count from 1; min_rest_hours is null where nobody works, and below 0 where a crew would be in two shifts at once."""
    return {
        "covered": proof.covered,
        "holes": [_hole(each) for each in proof.coverage.holes],
        "doubles": [_hole(each) for each in proof.coverage.doubles],
        "min_rest_hours": None if proof.min_rest is None else round(proof.min_rest / 60, 2),
        "weekly_hours": round(proof.weekly_minutes / 60, 2),
        "longest_run_days": proof.longest_run,
    }


def _hole(hole: Hole) -> dict[str, object]:
    return {"day": hole.day, "shift": hole.shift}


def lines(pattern: Pattern, proof: Proof) -> list[str]:
    """The same for reading: holes and short rests by name."""
    days = len(pattern.cycle)
    head = n_("{crews} crew, a cycle of {days} days", "{crews} crews, a cycle of {days} days", len(pattern.phases))
    said = [head.format(crews=len(pattern.phases), days=days)]
    said += [_("day {day}: nobody on {shift}").format(day=each.day, shift=each.shift) for each in proof.coverage.holes]
    said += [_("day {day}: more than one crew on {shift}").format(day=each.day, shift=each.shift) for each in proof.coverage.doubles]
    if proof.covered:
        said.append(_("Every shift of every day has a crew."))
    said += [_rest(gap, days) for gap in proof.gaps if gap.minutes == proof.min_rest]
    said.append(_("{hours} h a week on the average").format(hours=_number(proof.weekly_minutes / 60)))
    if proof.longest_run == days:
        said.append(_("No day of the cycle is off."))
    else:
        said.append(n_("at most {n} day in a row", "at most {n} days in a row", proof.longest_run).format(n=proof.longest_run))
    return said


def _rest(gap: Gap, days: int) -> str:
    if gap.minutes < 0:
        words = _("{shift} of day {day} is not over when {next} of day {next_day} begins")
    elif gap.minutes == 0:
        words = _("no rest: {next} of day {next_day} begins when {shift} of day {day} ends")
    else:
        words = _("least rest {hours} h: from {shift} of day {day} to {next} of day {next_day}")
    following = gap.next_day if gap.next_day <= days else _("{day} of the next cycle").format(day=gap.next_day - days)
    return words.format(shift=gap.shift, day=gap.day, next=gap.next_shift, next_day=following, hours=_number(gap.minutes / 60))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
