"""`roster import`: a month's roster from a workbook or a CSV file becomes a draft, all of it or nothing."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from stationdesk.cli import REFUSED, desk, options
from stationdesk.domain.errors import say
from stationdesk.domain.roster.cell_errors import RosterRefusedError
from stationdesk.domain.words import _, n_

if TYPE_CHECKING:
    from stationdesk.services.roster import BroughtIn


def add(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`import` and its arguments, as one of the words after `roster`."""
    bring = words.add_parser("import", help=_("a month's roster from Excel or CSV, as a draft"), description=_about())
    bring.add_argument(
        "file", type=options.existing_file, metavar="FILE", help=_("people by name, a column a day, letters or names of shifts")
    )
    options.add_store(bring)
    options.add_month(bring)
    options.add_login(bring)
    bring.add_argument("--dry-run", action="store_true", help=_("read it, name every refused cell, and write nothing"))
    options.add_json(bring)
    options.add_language(bring)
    bring.set_defaults(does=bring_in)


def _about() -> str:
    return _(
        "Reads what `report roster-month --format xlsx` writes, and a station's own tables; nothing goes by it before it is published."
    )


def bring_in(args: argparse.Namespace) -> int:
    """Refused cells stand one a line on stderr."""
    from stationdesk.services.roster import import_roster

    at = desk.now()
    try:
        with desk.opened(args) as store:
            who = desk.actor(store, args, at)
            found = import_roster(store, who, args.file, args.month, at=at, dry_run=args.dry_run)
    except RosterRefusedError as error:
        for each in error.refused:
            print(str(each), file=sys.stderr)
        print(f"stationdesk: {say(error)}", file=sys.stderr)
        return REFUSED
    if args.json:
        options.say_json(
            {"roster": found.roster_id, "people": found.people, "days": found.days, "duties": found.duties, "missing": list(found.missing)}
        )
    else:
        print("\n".join(_lines(found)))
    return 0


def _lines(found: BroughtIn) -> list[str]:
    people = n_("{n} person", "{n} people", found.people).format(n=found.people)
    duties = n_("{n} shift", "{n} shifts", found.duties).format(n=found.duties)
    said = [_("{people}, {duties}").format(people=people, duties=duties)]
    if found.missing:
        said.append(_("Not in the file, off in the draft: {names}").format(names=_(", ").join(found.missing)))
    if found.roster_id is None:
        return [*said, _("Every cell was understood. Nothing was written.")]
    return [*said, _("Draft {n}; publish it in the program.").format(n=found.roster_id)]
