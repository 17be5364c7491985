"""A corrector's archive is looked over and taken in: the corrector's side of a comparison, error-state volumes apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Values
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.archive import (
    Answers,
    ArchiveHour,
    Mapping,
    Parsed,
    Refusal,
    Table,
    answered,
    fitted,
    guess,
    named_in,
    packed,
    together,
    whose,
)
from stationdesk.domain.metering.archive.refusals import ArchiveFutureError, OtherLayoutError
from stationdesk.domain.moments import HOUR
from stationdesk.domain.said import Said
from stationdesk.domain.words import ENGLISH, speaking
from stationdesk.services.metering.archive_check import end_by_readings
from stationdesk.services.metering.archive_files import tables_of
from stationdesk.services.metering.archive_hours import (
    COLUMNS,
    KeptHour,
    archive_files,
    archive_hours,
    archive_hours_in,
    kept,
    known_streams,
)
from stationdesk.services.metering.archive_mappings import archive_mappings, save_archive_mapping, saved_mapping
from stationdesk.services.metering.archive_views import (
    ArchiveAskedError,
    ArchiveChangedError,
    ArchivePreview,
    ArchiveRefusedError,
    ArchiveRun,
    ArchiveTaken,
    ArchiveVolumesError,
    ChangedHour,
)
from stationdesk.services.station import setting, zone
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.metered import CORRECTOR_HOUR, CorrectorImport
from stationdesk.storage.store import Actor, Store

__all__ = [
    "ArchiveAskedError",
    "ArchiveChangedError",
    "ArchivePreview",
    "ArchiveRefusedError",
    "ArchiveRun",
    "ArchiveTaken",
    "ArchiveVolumesError",
    "ChangedHour",
    "archive_files",
    "archive_hours",
    "archive_hours_in",
    "archive_mappings",
    "import_archive",
    "preview_archive",
    "save_archive_mapping",
]


SILENT = Answers()


# Looking over
def preview_archive(
    store: Store, data: bytes, name: str, mapping: Mapping | str | None = None, answers: Answers = SILENT, *, at: datetime
) -> ArchivePreview:
    """What would come of taking the file in; nothing is written.

    mapping: a saved one by its name, one as it was edited, or None to guess. answers: what a person says beyond it. The errors of
    `tables_of`, `guess` and `answered`, MappingUnknownError, OtherLayoutError.
    """
    tables = tables_of(data, name)
    with store.read() as session:
        read = _looked_at(session, tables, data, name, mapping, answers, at)
        return _against(session, read)


@dataclass(frozen=True)
class _Looked:
    """A file as it was read, before it is held against what is kept. hours: by code of stream where it is known."""

    name: str
    digest: str
    mapping: Mapping
    encoding: str
    parsed: Parsed
    hours: tuple[ArchiveHour, ...]
    ids: Values[str, int]
    notes: tuple[Said, ...]
    assumed: tuple[Said, ...]
    asked: tuple[Said, ...]


def _looked_at(
    session: Session, tables: Sequence[Table], data: bytes, name: str, mapping: Mapping | str | None, answers: Answers, at: datetime
) -> _Looked:
    given = saved_mapping(session, mapping) if isinstance(mapping, str) else mapping
    parts, passed = _read(session, tables, given, answers, at)
    parsed = _not_ahead(together(parts, zone(session)), at)
    streams, asked, assumed = _matched(session, parsed, parts[0][1], name, at)
    hours = tuple(replace(each, stream=streams.get(each.stream, each.stream)) for each in parsed.hours)
    ids = {each.code: each.stream_id for each in known_streams(session, at)}
    checked, wrong = _ends_checked(session, parsed.assumed, hours, ids)
    return _Looked(
        name, hashlib.sha256(data).hexdigest(), replace(parts[0][1], streams=streams), parts[0][0].encoding, parsed, hours, ids,
        (*passed, *parsed.notes), (*checked, *assumed), (*parsed.asked, *asked, *wrong),
    )  # fmt: skip


def _ends_checked(
    session: Session, assumed: Sequence[Said], hours: Sequence[ArchiveHour], ids: dict[str, int]
) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Where times were only assumed to be of the hour's end: the assumption as the station's readings bear it out, or the question."""
    rest = tuple(each for each in assumed if not each.code.startswith("stamp_end"))
    if len(rest) == len(assumed):
        return tuple(assumed), ()
    proven = end_by_readings(session, hours, ids)
    if proven == "start":
        return rest, (Said("stamp_contradicts"),)
    return ((*rest, Said("stamp_end_reads")) if proven else tuple(assumed)), ()


def _against(session: Session, read: _Looked) -> ArchivePreview:
    compared = _compared(session, read.hours, read.ids)
    runs = _runs(read.hours, read.mapping.streams, read.ids, compared)
    return ArchivePreview(
        read.name, read.digest, read.mapping, read.encoding, zone(session), read.parsed.rows, read.hours, runs, compared.changed,
        read.parsed.refusals, read.notes, read.assumed, read.asked, _taken_at(session, read.digest),
    )  # fmt: skip


def _read(
    session: Session, tables: Sequence[Table], given: Mapping | None, answers: Answers, at: datetime
) -> tuple[list[tuple[Table, Mapping]], tuple[Said, ...]]:
    """Each sheet with how it is read; sheets of something else are passed over where another one is an archive."""
    atmosphere, begins = setting(session, "p_atm", at), setting(session, "gas_day_begins", at)
    parts: list[tuple[Table, Mapping]] = []
    failed: list[tuple[str, DomainError]] = []
    for table in tables:
        try:
            made = fitted(table, given) if given else guess(table, atmosphere, begins, decimal=answers.decimal)
            parts.append((table, answered(made, answers)))
        except DomainError as error:
            failed.append((table.title, error))
    if not parts:
        raise next((error for _title, error in failed if isinstance(error, OtherLayoutError)), failed[0][1])
    return _titled(parts), tuple(Said("sheet_passed", {"sheet": title}) for title, _error in failed)


def _titled(parts: list[tuple[Table, Mapping]]) -> list[tuple[Table, Mapping]]:
    """Of several sheets without a run each is one run's."""
    if len(parts) < 2:
        return parts
    return [(table, replace(each, run=table.title) if _nameless(each) else each) for table, each in parts]


def _nameless(mapping: Mapping) -> bool:
    return not mapping.run and mapping.says_no_run


def _not_ahead(parsed: Parsed, at: datetime) -> Parsed:
    """Hours that have not come yet are of a wrong clock, or of a date read the wrong way round."""
    ahead = [each for each in parsed.hours if each.time > at + HOUR]
    refusals = tuple(Refusal(each.line, "", ArchiveFutureError(time=each.time.isoformat(timespec="minutes"))) for each in ahead)
    kept_hours = tuple(each for each in parsed.hours if each.time <= at + HOUR)
    return replace(parsed, hours=kept_hours, refusals=(*parsed.refusals, *refusals)) if ahead else parsed


def _matched(session: Session, parsed: Parsed, mapping: Mapping, name: str, at: datetime) -> tuple[dict[str, str], list[Said], list[Said]]:
    """Names in the file → codes of streams; what must be asked and what was assumed on the way."""
    streams = known_streams(session, at)
    codes = {each.code for each in streams}
    found: dict[str, str] = {}
    asked, assumed = [], []
    for run in parsed.streams:
        said = mapping.streams.get(run, "")
        own = whose(run, streams) if run else named_in(name, streams)
        if said in codes:
            found[run] = said
        elif own is not None:
            found[run] = own.code
            assumed.append(Said("stream_matched" if run else "run_file", {"run": run or own.code, "code": own.code}))
        else:
            asked.append(Said("stream_which", {"run": run}) if run else Said("stream_none"))
    return found, asked, [each for each in assumed if each.values["run"] != each.values["code"] or each.code == "run_file"]


@dataclass(frozen=True)
class _Compared:
    """Hours by code of stream against what is kept: lines of the new ones, the same ones, the changed ones."""

    new: frozenset[tuple[str, datetime]]
    same: frozenset[tuple[str, datetime]]
    changed: tuple[ChangedHour, ...]


def _compared(session: Session, hours: Sequence[ArchiveHour], ids: Values[str, int]) -> _Compared:
    new, same, changed = set(), set(), []
    for code in dict.fromkeys(each.stream for each in hours if each.stream in ids):
        own = [each for each in hours if each.stream == code]
        there = kept(session, ids[code], own[0].time - HOUR, own[-1].time)
        for each in own:
            before = there.get(each.time)
            if before is None:
                new.add((code, each.time))
            elif before.values == each.values:
                same.add((code, each.time))
            else:
                changed.append(ChangedHour(ids[code], before, each))
    return _Compared(frozenset(new), frozenset(same), tuple(changed))


def _runs(hours: Sequence[ArchiveHour], streams: Values[str, str], ids: Values[str, int], compared: _Compared) -> tuple[ArchiveRun, ...]:
    names = {code: run for run, code in streams.items()}
    return tuple(
        _run(names.get(code, code), code, [each for each in hours if each.stream == code], ids, compared)
        for code in dict.fromkeys(each.stream for each in hours)
    )


def _run(name: str, code: str, own: Sequence[ArchiveHour], ids: Values[str, int], compared: _Compared) -> ArchiveRun:
    new, same = (sum(1 for each in own if (code, each.time) in found) for found in (compared.new, compared.same))
    changed = sum(1 for each in compared.changed if each.now.stream == code)
    corrected, fault = (_moved([getattr(each, key) for each in own]) for key in ("corrected_m3", "fault_m3"))
    return ArchiveRun(
        name, ids.get(code), code if code in ids else "", len(own), own[0].time, own[-1].time, new, same, changed, corrected, fault
    )


def _moved(values: Sequence[Decimal | None]) -> Decimal | None:
    """From the first counter to the last."""
    known = [each for each in values if each is not None]
    return known[-1] - known[0] if len(known) > 1 else None


def _taken_at(session: Session, digest: str) -> datetime | None:
    return session.scalars(select(func.max(CorrectorImport.at)).where(CorrectorImport.digest == digest)).one()


# Taking in
def import_archive(
    store: Store,
    actor: Actor,
    data: bytes,
    name: str,
    mapping: Mapping | str | None = None,
    answers: Answers = SILENT,
    *,
    at: datetime,
    accept_refused: bool = False,
    accept_changed: bool = False,
) -> ArchiveTaken:
    """Take a file in, all of it or nothing; what is here already with the same values is left alone.

    accept_refused: the refused lines are known and done without. accept_changed: what the file says otherwise goes beside what is kept and
    counts from now on. The errors of `preview_archive`; ArchiveVolumesError, ArchiveAskedError, ArchiveRefusedError, ArchiveChangedError.
    """
    tables = tables_of(data, name)
    with store.read() as session:
        read = _looked_at(session, tables, data, name, mapping, answers, at)
        found = _against(session, read)
    _check(found, accept_refused=accept_refused, accept_changed=accept_changed)
    if not found.new and not found.changed:
        return ArchiveTaken(None, found)
    with store.write(actor, "import_archive", at) as session:
        found = _against(session, read)
        _check(found, accept_refused=accept_refused, accept_changed=accept_changed)
        return ArchiveTaken(_write(session, actor, found, at), found)


def _check(found: ArchivePreview, *, accept_refused: bool, accept_changed: bool) -> None:
    if found.hours and all(each.counter_m3 is None and each.corrected_m3 is None for each in found.hours):
        raise ArchiveVolumesError
    if found.asked:
        raise ArchiveAskedError(found.asked)
    if found.refusals and not accept_refused:
        raise ArchiveRefusedError(found.refusals)
    if found.changed and not accept_changed:
        raise ArchiveChangedError(found.changed)


def _write(session: Session, actor: Actor, found: ArchivePreview, at: datetime) -> int:
    record = CorrectorImport(
        name=found.name, digest=found.digest, definition=packed(found.mapping), rows=found.rows, refused=_refused(found.refusals),
        first=found.first, last=found.last, by_id=actor.person_id, at=at,
    )  # fmt: skip
    session.add(record)
    session.flush()
    rows = []
    for run in found.runs:
        if run.stream_id is None:
            continue
        own = [each for each in found.hours if each.stream == run.code]
        there = kept(session, run.stream_id, run.first - HOUR, run.last)
        rows += [_row(each, run.stream_id, there.get(each.time), record.id) for each in own if _differs(each, there.get(each.time))]
    insert_rows(session, CORRECTOR_HOUR, rows)
    return record.id


def _differs(now: ArchiveHour, before: ArchiveHour | None) -> bool:
    return before is None or before.values != now.values


def _row(hour: ArchiveHour, stream_id: int, before: KeptHour | None, import_id: int) -> dict[str, Any]:
    """nth goes on from what is kept: the highest is in force."""
    row = {column: getattr(hour, field) for column, field in COLUMNS.items()}
    nth = before.nth + 1 if before is not None else 0
    return row | {"stream_id": stream_id, "time": hour.time, "nth": nth, "flags": ",".join(hour.flags), "import_id": import_id}


def _refused(refusals: Sequence[Refusal]) -> str:
    with speaking(ENGLISH):
        made = [{"line": each.line, "column": each.column, "words": str(each)} for each in refusals]
    return json.dumps(made, ensure_ascii=False)
