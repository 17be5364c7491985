"""`setup`: hands out the set-up workbook, and brings a station's own lists in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from stationdesk.cli import REFUSED, desk, options
from stationdesk.cli.init import add_profile, profile_of
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.setup import PLANS, SetupRefusedError
from stationdesk.domain.words import N_, _
from stationdesk.services.setup import Brought, bring_in, found_station, try_here, try_new
from stationdesk.storage.place import store_path


class WhoError(DomainError):
    """An existing store is changed by somebody."""

    words = N_("The store is there already: say who does it with --as LOGIN.")


class UsageError(DomainError):
    """Neither a template nor a workbook, or both."""

    words = N_("Give a workbook to bring in, or --template -o FILE.xlsx.")


def add(parser: argparse.ArgumentParser) -> None:
    """--template -o FILE, or FILE --db, --dry-run, --as; --profile for either."""
    parser.add_argument("file", nargs="?", type=options.existing_file, metavar="FILE.xlsx", help=_("the station's own workbook"))
    parser.add_argument("--template", action="store_true", help=_("write the workbook, filled with the profile's defaults"))
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx", help=_("where the template is written"))
    parser.add_argument("--dry-run", action="store_true", help=_("read it, name every refused cell, and write nothing"))
    parser.add_argument("--as", dest="login", metavar="LOGIN", default="", help=_("who changes a store that is there"))
    options.add_store(parser)
    options.add_language(parser)
    add_profile(parser)


def run(args: argparse.Namespace) -> int:
    """Hand out or bring in. Refused cells stand one a line on stderr."""
    if args.template:
        if args.file is not None or args.output is None:
            raise UsageError
        return _hand_out(args)
    if args.file is None:
        raise UsageError
    try:
        return _bring_in(args)
    except SetupRefusedError as error:
        for each in error.refused:
            print(str(each), file=sys.stderr)
        print(f"stationdesk: {say(error)}", file=sys.stderr)
        return REFUSED


def _hand_out(args: argparse.Namespace) -> int:
    from stationdesk.domain import words
    from stationdesk.domain.setup import known_of, rows_of
    from stationdesk.reports.setup import workbook

    profile = profile_of(args)
    made = workbook(rows_of(profile, desk.now().date()), known_of(profile), words.language())
    with options.new_file(args.output) as file:
        file.write(made)
    print(args.output)
    return 0


def _bring_in(args: argparse.Namespace) -> int:
    where, at = options.store_of(args), desk.now()
    path = store_path(where)
    if path.exists() and path.stat().st_size:
        return _into(args)
    if args.dry_run:
        return _tell(try_new(profile_of(args), args.file, at))
    profile = profile_of(args)
    try_new(profile, args.file, at)
    password = options.password(_("Password of the first chief: "))
    return _tell(found_station(where, profile, args.file, password, at))


def _into(args: argparse.Namespace) -> int:
    if not args.login:
        raise WhoError
    at = desk.now()
    with desk.opened(args) as store:
        who = desk.actor(store, args, at)
        return _tell((try_here if args.dry_run else bring_in)(store, who, args.file, at=at))


def _tell(brought: Brought) -> int:
    for key, count in brought.counts.items():
        if count.added or count.changed:
            name = PLANS[key].name if key in PLANS else _("Base readings")
            print(_("{sheet}: {added} new, {changed} changed").format(sheet=name, added=count.added, changed=count.changed))
    if not any(count.added or count.changed for count in brought.counts.values()):
        print(_("Nothing differs: all of it is there already."))
    for each in brought.passwords:
        print(_("{name}: login {login}, first password {password}").format(name=each.name, login=each.login, password=each.password))
    if brought.chief_login:
        print(_("Login of the chief: {login}").format(login=brought.chief_login))
    if brought.recovery_code:
        print(_("Recovery code for the sealed envelope, shown this once: {code}").format(code=brought.recovery_code))
    if brought.tried:
        print(_("Every cell was understood. Nothing was written."))
    return 0
