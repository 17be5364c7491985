"""`import corrector`: the hourly archive of a volume corrector or flow computer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from stationdesk.cli import REFUSED, desk, options
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.archive import Answers, Quantity, note_words
from stationdesk.domain.moments import format_moment
from stationdesk.domain.numbers import shown
from stationdesk.domain.said import Said
from stationdesk.domain.words import N_, _, n_
from stationdesk.services import Store

if TYPE_CHECKING:
    from stationdesk.services.metering.archives import ArchivePreview, ArchiveRun

KINDS = {"gauge": True, "absolute": False}
SIGNS = {"point": ".", "comma": ","}
SHOWN = 20  # refusals on the terminal; --json has them all


class PairError(DomainError):
    """NAME=VALUE without its sign."""

    words: ClassVar[str] = N_("“{typed}”: write it as {example}.")


def add(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`corrector` and its arguments, as one of the words after `import`."""
    bring = words.add_parser("corrector", help=_("the hourly archive of a corrector or flow computer"), description=_about())
    bring.add_argument("file", type=options.existing_file, metavar="FILE", help=_("CSV in any encoding and with any separator, or .xlsx"))
    options.add_store(bring)
    options.add_language(bring)
    bring.add_argument("--as", dest="login", metavar="LOGIN", help=_("who does it; the password is asked for (not for --dry-run)"))
    bring.add_argument("--dry-run", action="store_true", help=_("say what would come of it, and write nothing"))
    options.add_json(bring)
    bring.add_argument("--mapping", metavar="NAME", help=_("read it by the mapping saved under this name"))
    bring.add_argument("--save-mapping", metavar="NAME", help=_("save how it was read under this name"))
    _add_answers(bring)
    bring.add_argument("--accept-refused", action="store_true", help=_("take the rest although lines are refused"))
    bring.add_argument("--accept-changed", action="store_true", help=_("let the file count where it differs from what was taken in before"))
    bring.set_defaults(does=bring_in)


def _add_answers(bring: argparse.ArgumentParser) -> None:
    said = bring.add_argument_group(_("what the file does not say"))
    said.add_argument("--pressure", choices=tuple(KINDS), help=_("whether its pressures are gauge or absolute"))
    said.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="pressure=MPa",
        help=_("the unit of a column: {quantities}").format(quantities=_quantities()),
    )
    said.add_argument("--hour-at", choices=("end", "start"), help=_("which end of its hour a time is of"))
    said.add_argument("--date-order", choices=("ymd", "dmy", "mdy"), help=_("in which order year, month and day stand"))
    said.add_argument("--decimal", choices=tuple(SIGNS), help=_("the decimal sign"))
    said.add_argument("--date", metavar="2026-10-01", help=_("the date of lines that give the time of day only"))
    said.add_argument("--counter", choices=("corrected", "uncorrected"), help=_("what a counter is that does not say it"))
    said.add_argument(
        "--stream",
        action="append",
        default=[],
        metavar="1#=CODE",
        help=_("which metering run a name in the file is; CODE alone for the whole file"),
    )


def _quantities() -> str:
    return ", ".join(each.value for each in (Quantity.PRESSURE, Quantity.TEMPERATURE, Quantity.COUNTER, Quantity.CORRECTED, Quantity.FAULT))


def _about() -> str:
    return _(
        "Columns, units and separators are recognised; what the file does not say is assumed aloud, or asked. "
        "Volumes of error states are kept apart. What is here already is left alone."
    )


def bring_in(args: argparse.Namespace) -> int:
    """Say what came of it; refused lines stand one a line on stderr."""
    from stationdesk.services.metering.archives import preview_archive

    at = desk.now()
    data, name = args.file.read_bytes(), args.file.name
    with desk.opened(args) as store:
        if not args.dry_run:
            return _take(store, args, data, at)
        found = preview_archive(store, data, name, args.mapping, answers_of(args), at=at)
    _say(found, args, taken=False)
    return REFUSED if _stands_in_the_way(found, args) else 0


def _take(store: Store, args: argparse.Namespace, data: bytes, at: Any) -> int:
    from stationdesk.services.metering.archives import import_archive, preview_archive, save_archive_mapping

    if not args.login:
        raise LoginMissingError
    who = desk.actor(store, args, at)
    found = preview_archive(store, data, Path(args.file).name, args.mapping, answers_of(args), at=at)
    if _stands_in_the_way(found, args):
        _say(found, args, taken=False)
        return REFUSED
    taken = import_archive(
        store, who, data, Path(args.file).name, args.mapping, answers_of(args), at=at,
        accept_refused=args.accept_refused, accept_changed=args.accept_changed,
    )  # fmt: skip
    if args.save_mapping:
        save_archive_mapping(store, who, args.save_mapping, taken.preview.mapping, at=at)
    _say(taken.preview, args, taken=taken.import_id is not None)
    return 0


class LoginMissingError(DomainError):
    """Records are somebody's."""

    words: ClassVar[str] = N_("Say who brings it in with --as LOGIN, or only look with --dry-run.")


def answers_of(args: argparse.Namespace) -> Answers:
    """What the command line says of the file. PairError."""
    return Answers(
        gauge=KINDS.get(args.pressure or ""),
        stamp=args.hour_at or "",
        order=args.date_order or "",
        decimal=SIGNS.get(args.decimal or "", ""),
        day=args.date or "",
        volume={"corrected": "corrected", "uncorrected": "counter"}.get(args.counter or "", ""),
        units=dict(_pair(each, "pressure=MPa") for each in args.unit),
        streams=dict(_pair(each, "") for each in args.stream),
    )


def _pair(typed: str, example: str) -> tuple[str, str]:
    name, sign, value = typed.rpartition("=")
    if example and (not sign or name not in {each.value for each in Quantity}):
        raise PairError(typed=typed, example=example)
    return name.strip(), value.strip()


def _stands_in_the_way(found: ArchivePreview, args: argparse.Namespace) -> bool:
    return bool(found.asked or (found.refusals and not args.accept_refused) or (found.changed and not args.accept_changed))


def _say(found: ArchivePreview, args: argparse.Namespace, *, taken: bool) -> None:
    if args.json:
        options.say_json(_document(found, taken=taken))
    else:
        print("\n".join(_lines(found, args, taken=taken)))
    for each in found.refusals[: None if args.json else SHOWN]:
        print(str(each), file=sys.stderr)
    if (reason := _reason(found, args)) is not None:
        print(f"stationdesk: {say(reason)}", file=sys.stderr)


def _reason(found: ArchivePreview, args: argparse.Namespace) -> DomainError | None:
    from stationdesk.services.metering.archives import ArchiveAskedError, ArchiveChangedError, ArchiveRefusedError

    if found.asked:
        return ArchiveAskedError(found.asked)
    if found.refusals and not args.accept_refused:
        return ArchiveRefusedError(found.refusals)
    return ArchiveChangedError(found.changed) if found.changed and not args.accept_changed else None


def _lines(found: ArchivePreview, args: argparse.Namespace, *, taken: bool) -> Iterator[str]:
    for run in found.runs:
        yield _run_words(run, found)
    for heading, said in ((_("Asked"), found.asked), (_("Assumed"), found.assumed), (_("Noticed"), found.notes)):
        yield from (_("{where}: {words}").format(where=heading, words=note_words(each, found.zone)) for each in said)
    yield _outcome(found, args, taken=taken)


def _run_words(run: ArchiveRun, found: ArchivePreview) -> str:
    span = f"{format_moment(run.first, found.zone)} – {format_moment(run.last, found.zone)}"
    text = _("{run}: {hours} h, {span}; {new} new, {same} the same, {changed} changed").format(
        run=run.run or run.code or "—", hours=run.hours, span=span, new=run.new, same=run.same, changed=run.changed
    )
    if run.corrected_m3 is not None:
        text += _("; {volume} m³ corrected").format(volume=shown(run.corrected_m3))
    return text + (_("; {volume} m³ in error states, apart").format(volume=shown(run.fault_m3)) if run.fault_m3 else "")


def _outcome(found: ArchivePreview, args: argparse.Namespace, *, taken: bool) -> str:
    if taken:
        return n_("{n} hour was taken in.", "{n} hours were taken in.", found.new + len(found.changed)).format(
            n=found.new + len(found.changed)
        )
    if found.taken_at is not None:
        return _("This file was taken in on {day} already.").format(day=f"{found.taken_at.astimezone(found.zone):%Y-%m-%d %H:%M}")
    if not found.asked and not found.new and not found.changed:
        return _("Nothing of it is new.")
    return _("Nothing was written.")


def _document(found: ArchivePreview, *, taken: bool) -> dict[str, Any]:
    return {
        "file": found.name,
        "sha256": found.digest,
        "encoding": found.encoding,
        "taken": taken,
        "taken_before": found.taken_at.isoformat() if found.taken_at else None,
        "rows": found.rows,
        "streams": [_run_json(run) for run in found.runs],
        "read_as": _mapping_json(found),
        "asked": [_said_json(each, found) for each in found.asked],
        "assumed": [_said_json(each, found) for each in found.assumed],
        "notes": [_said_json(each, found) for each in found.notes],
        "refused": [{"line": each.line, "column": each.column, "sheet": each.sheet, "reason": say(each.error)} for each in found.refusals],
        "flagged": [
            {"line": each.line, "stream": each.stream, "hour_end": each.time.isoformat(), "flags": list(each.flags), "status": each.status}
            for each in found.hours
            if each.flags
        ],
    }


def _run_json(run: ArchiveRun) -> dict[str, Any]:
    volumes = {"corrected_m3": run.corrected_m3, "fault_m3": run.fault_m3}
    return {
        "name": run.run, "stream": run.code, "hours": run.hours, "first": run.first.isoformat(), "last": run.last.isoformat(),
        "new": run.new, "same": run.same, "changed": run.changed,
        **{key: None if value is None else float(value) for key, value in volumes.items()},
    }  # fmt: skip


def _mapping_json(found: ArchivePreview) -> dict[str, Any]:
    own = found.mapping
    return {
        "columns": [
            {"column": each.place + 1, "heading": each.heading, "quantity": each.quantity.value, "unit": each.unit, "run": each.run}
            for each in own.columns
        ],
        "heading_line": own.header,
        "gauge": own.gauge,
        "hour_at": own.stamp,
        "date_order": own.order,
        "decimal": own.decimal,
    }


def _said_json(said: Said, found: ArchivePreview) -> dict[str, str]:
    return {"code": said.code, "words": note_words(said, found.zone)}
