"""`verify`: the whole store, or one printed code or sheet. Exit code 1 where something does not fit."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from stationdesk.cli import desk, options
from stationdesk.domain.codes import grouped, normal
from stationdesk.domain.words import _, n_
from stationdesk.reports.checking import Check, check_code, check_file
from stationdesk.storage.findings import Verification
from stationdesk.storage.verify import rebuild, verify

_WALL = "%Y-%m-%d %H:%M:%S"


def add(parser: argparse.ArgumentParser) -> None:
    """--db, --lang, --code or --sheet, --rebuild, --json."""
    options.add_store(parser)
    options.add_language(parser)
    options.add_json(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--code", metavar="CODE", help=_("check the sheet that carries this code"))
    which.add_argument("--sheet", metavar="FILE.pdf", type=options.existing_file, help=_("check a printed sheet line by line"))
    parser.add_argument("--rebuild", action="store_true", help=_("make the derived tables (search, day summaries) anew"))


def run(args: argparse.Namespace) -> int:
    """0 where all fits, 1 where something does not."""
    if args.rebuild:
        for table in rebuild(options.store_of(args)):
            options.progress(_("made anew: {table}").format(table=table))
    return sheet(args) if args.code is not None or args.sheet else whole(args)


def whole(args: argparse.Namespace) -> int:
    """Journal, records, signatures, triggers, drafts."""
    found = verify(options.store_of(args), _Told().tell)
    if args.json:
        options.say_json(document(found))
    else:
        print("\n".join([*found.sentences(), *clock_steps(found)]))
    return 0 if found.clean else 1


def document(found: Verification) -> dict[str, Any]:
    """What --json says: tables with their kind, findings, head, counts."""
    return {
        "clean": found.clean,
        "head": {"seq": found.head.seq, "hash": found.head.hash},
        "revision": found.revision,
        "findings": [asdict(each) for each in found.findings],
        "findings_left_out": found.left_out,
        "tables": dict(found.tables),
        "counts": dict(found.counts),
        "signatures": found.signatures,
        "signatures_in_ink": found.in_ink,
        "clock_steps": [
            {"seq": each.seq, "before": each.before.isoformat(), "after": each.after.isoformat()} for each in found.clock_steps
        ],
        "sentences": list(found.sentences()),
    }


def clock_steps(found: Verification) -> list[str]:
    """For information: where the clock of a computer was set back."""
    steps = len(found.clock_steps)
    words = n_("For information: the clock was set back {n} time.", "For information: the clock was set back {n} times.", steps)
    if not steps:
        return []
    each = _("entry {seq}: from {before} back to {after} UTC")
    told = [each.format(seq=step.seq, before=f"{step.before:{_WALL}}", after=f"{step.after:{_WALL}}") for step in found.clock_steps]
    return [words.format(n=steps), *told]


def sheet(args: argparse.Namespace) -> int:
    """One printed sheet, by its code or its file."""
    with desk.opened(args) as store:
        check = check_code(store, normal(args.code)) if args.code is not None else check_file(store, args.sheet.read_bytes())
        if args.json:
            options.say_json(sheet_document(check))
        else:
            print("\n".join(check.sentences()))
    return 0 if check.fits else 1


def sheet_document(check: Check) -> dict[str, Any]:
    """What --json says of a sheet."""
    printed = check.printed
    return {
        "fits": check.fits,
        "code": grouped(printed.code),
        "report": printed.report,
        "subject": printed.subject,
        "language": printed.language,
        "printed_at": printed.at.isoformat(),
        "printed_by": printed.by,
        "copy": printed.copy,
        "same_file": check.same_file,
        "differences": [asdict(each) for each in check.differences],
        "journal_fits": check.anchor.head_fits,
        "signatures": check.anchor.signatures,
        "signatures_wrong": check.anchor.wrong,
        "changed_since": [asdict(each) for each in check.changed_since],
    }


class _Told:
    """Says each tenth of the journal once, on stderr."""

    def __init__(self) -> None:
        self._last = 0

    def tell(self, done: int, of: int) -> None:
        tenth = done * 10 // max(of, 1)
        if tenth > self._last and of > 10_000:
            self._last = tenth
            options.progress(_("{percent} %").format(percent=tenth * 10))
