"""`import readings`: a day's hourly readings from a spreadsheet or CSV, all of them or nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from stationdesk.cli import REFUSED, desk, options
from stationdesk.cli.bring_corrector import LoginMissingError, PairError
from stationdesk.domain.errors import say
from stationdesk.domain.moments import format_moment
from stationdesk.domain.words import _, n_
from stationdesk.services import Store
from stationdesk.services.station import station_view

if TYPE_CHECKING:
    from stationdesk.services.readings.bring import ReadingsBrought, Wishes


def add(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`readings` and its arguments, as one of the words after `import`."""
    bring = words.add_parser("readings", help=_("hourly readings from CSV or Excel"), description=_about())
    bring.add_argument(
        "file", type=options.existing_file, metavar="FILE", help=_("a time column, then a column a point, by code or by name")
    )
    options.add_store(bring)
    options.add_language(bring)
    bring.add_argument("--as", dest="login", metavar="LOGIN", help=_("who does it; the password is asked for (not for --dry-run)"))
    bring.add_argument("--dry-run", action="store_true", help=_("say what would come of it, and write nothing"))
    options.add_json(bring)
    bring.add_argument("--date", metavar="2026-10-20", default="", help=_("the date of lines that give the time of day only"))
    column = _("which point a column is, by its code; - leaves it out")
    bring.add_argument("--column", action="append", default=[], metavar="HEADING=CODE", help=column)
    bring.set_defaults(does=bring_in)


def _about() -> str:
    return _("All or nothing: every refused cell is named by line and column. What stands there already, the same, is left alone.")


def bring_in(args: argparse.Namespace) -> int:
    """Refused cells stand one a line on stderr."""
    from stationdesk.services.readings.bring import ReadingsRefusedError

    with desk.opened(args) as store:
        zone = station_view(store).zone
        try:
            found = _brought(store, args)
        except ReadingsRefusedError as error:
            return _refused(error)
    if args.json:
        options.say_json(_document(found))
    else:
        print("\n".join(_lines(found, zone)))
    return _refused(ReadingsRefusedError(found.refused)) if found.refused else 0


def _brought(store: Store, args: argparse.Namespace) -> ReadingsBrought:
    from stationdesk.services.readings.bring import import_readings, preview_readings

    data, at = args.file.read_bytes(), desk.now()
    if args.dry_run:
        return preview_readings(store, data, args.file.name, _wishes(args), at=at)
    if not args.login:
        raise LoginMissingError
    return import_readings(store, desk.actor(store, args, at), data, args.file.name, _wishes(args), at=at)


def _wishes(args: argparse.Namespace) -> Wishes:
    from stationdesk.services.readings.bring import Wishes

    pairs = [each.rpartition("=") for each in args.column]
    if wrong := next((each for each, (_name, sign, _code) in zip(args.column, pairs, strict=True) if not sign), None):
        raise PairError(typed=wrong, example="HEADING=CODE")
    return Wishes(args.date, {name.strip(): code.strip() for name, _sign, code in pairs})


def _refused(error: Any) -> int:
    for each in error.refused:
        print(str(each), file=sys.stderr)
    print(f"stationdesk: {say(error)}", file=sys.stderr)
    return REFUSED


def _lines(found: ReadingsBrought, zone: ZoneInfo) -> Iterator[str]:
    if found.first is not None and found.last is not None:
        span = f"{format_moment(found.first, zone)} – {format_moment(found.last, zone)}"
        yield _("{span}: {values} values of {hours} hours, {same} there already").format(
            span=span, values=found.values, hours=found.hours, same=found.same
        )
    for each in found.doubts:
        yield _("line {line}, {column}: {words}").format(line=each.line, column=each.heading, words=each.words)
    if found.empty:
        yield _("Hours without a value: {hours}").format(hours=_(", ").join(format_moment(each, zone) for each in found.empty))
    if found.unsaid:
        yield n_("{n} cell is marked as not read.", "{n} cells are marked as not read.", found.unsaid).format(n=found.unsaid)
    if found.unread:
        yield _("Columns that are not read: {columns}.").format(columns=_(", ").join(found.unread))
    if found.written:
        yield n_("{n} value was taken in.", "{n} values were taken in.", found.values).format(n=found.values)
    else:
        yield _("Nothing was written.")


def _document(found: ReadingsBrought) -> dict[str, Any]:
    return {
        "written": found.written,
        "hours": found.hours,
        "values": found.values,
        "same": found.same,
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
        "asked": [{"line": each.line, "column": each.heading, "words": each.words} for each in found.doubts],
        "empty_hours": [each.isoformat() for each in found.empty],
        "not_read": found.unsaid,
        "columns_not_read": list(found.unread),
        "refused": [{"line": each.line, "column": each.heading, "reason": say(each.error)} for each in found.refused],
    }
