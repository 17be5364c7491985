"""A corrector's archive taken in: tried first, all or nothing, the same again is nothing new, what differs is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from stationdesk.domain.metering.archive import Answers
from stationdesk.domain.metering.archive.refusals import ArchiveFutureError, OtherLayoutError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import Store
from stationdesk.services.metering.archive_mappings import MappingNameError, MappingOpenError, MappingUnknownError
from stationdesk.services.metering.archives import (
    ArchiveAskedError,
    ArchiveChangedError,
    ArchiveRefusedError,
    ArchiveVolumesError,
    archive_files,
    archive_hours,
    archive_mappings,
    import_archive,
    preview_archive,
    save_archive_mapping,
)
from stationdesk.services.readings import take_hour
from stationdesk.storage.metered import CorrectorImport
from stationdesk.storage.metering import Stream
from stationdesk.storage.readings import Point
from tests.conftest_station import NIGHT, actor
from tests.domain.metering.archives import FIRST, HEADINGS, HOURS, ONE, ZONE, Hour, station_file, usual
from tests.services.metering.test_archive_files import book, text

HOUR = timedelta(hours=1)
LATER = NIGHT + timedelta(minutes=5)
SHARED = station_file("corrector-2026-10.csv")


def data(rows: Sequence[Hour] = HOURS) -> bytes:
    return text(usual(rows)).encode("gbk")


def stream(store: Store, code: str = "1") -> int:
    with store.read() as session:
        return session.scalars(select(Stream.id).where(Stream.code == code)).one()


def kept(store: Store, code: str = "1"):
    return archive_hours(store, stream(store, code), FIRST - HOUR, FIRST + 60 * HOUR)


def test_a_dry_run_says_what_would_come_and_writes_nothing(station_store: Store):
    found = preview_archive(station_store, data(), "archive.csv", at=NIGHT)
    assert [(each.run, each.code, each.hours, each.new, each.same) for each in found.runs] == [
        ("1#", "1", 48, 48, 0),
        ("2#", "2", 48, 48, 0),
    ]
    assert {each.code for each in found.assumed} >= {"stamp_end_days", "stream_matched"}
    assert not found.asked
    assert kept(station_store) == ()
    assert archive_files(station_store) == ()


def test_taken_in_it_is_there_hour_by_hour_with_error_states_apart(station_store: Store):
    taken = import_archive(station_store, actor(station_store, "lead-b"), data(), "archive.csv", at=NIGHT)
    hours = kept(station_store)
    assert [each.hour.time for each in hours] == [each.end for each in ONE]
    assert [each.hour.corrected_m3 for each in hours] == [each.vb for each in ONE]
    failed = next(each for each in hours if "fault" in each.hour.flags)
    assert failed.corrected_moved_m3 == 0
    assert failed.fault_moved_m3 == ONE[-1].fault > 0
    assert failed.hour.status == "压力传感器故障"
    assert hours[0].moved_m3 is None
    assert hours[1].moved_m3 == ONE[1].vm - ONE[0].vm
    assert {each.file for each in hours} == {"archive.csv"}
    assert taken.preview.new == 96
    assert next(each.fault_m3 for each in taken.preview.runs if each.code == "1") == ONE[-1].fault


def test_the_same_file_again_is_nothing_new_and_says_so(station_store: Store):
    who = actor(station_store, "lead-b")
    import_archive(station_store, who, data(), "archive.csv", at=NIGHT)
    again = import_archive(station_store, who, data(), "again.csv", at=LATER)
    assert again.import_id is None
    assert (again.preview.new, again.preview.same, again.preview.taken_at) == (0, 96, NIGHT.replace(microsecond=0))
    assert len(archive_files(station_store)) == 1


def test_a_longer_file_adds_what_is_new(station_store: Store):
    who = actor(station_store, "lead-b")
    import_archive(station_store, who, data(HOURS[:60]), "first.csv", at=NIGHT)
    taken = import_archive(station_store, who, data(HOURS[40:]), "second.csv", at=LATER)
    assert (taken.preview.new, taken.preview.same) == (36, 20)
    assert [each.hour.time for each in kept(station_store)] == [each.end for each in ONE]


def test_what_a_later_file_says_otherwise_must_be_accepted_and_counts_then(station_store: Store):
    who = actor(station_store, "lead-b")
    import_archive(station_store, who, data(), "archive.csv", at=NIGHT)
    rows = usual()
    rows[1][4] = str(HOURS[0].vb + 1)
    other = text(rows).encode()
    with pytest.raises(ArchiveChangedError) as refused:
        import_archive(station_store, who, other, "other.csv", at=LATER)
    changed = refused.value.changed[0]
    assert (changed.before.corrected_m3, changed.now.corrected_m3) == (HOURS[0].vb, HOURS[0].vb + 1)
    assert kept(station_store)[0].hour.corrected_m3 == HOURS[0].vb
    import_archive(station_store, who, other, "other.csv", at=LATER, accept_changed=True)
    assert kept(station_store)[0].hour.corrected_m3 == HOURS[0].vb + 1
    assert [each.file for each in kept(station_store)[:2]] == ["other.csv", "archive.csv"]


def test_refused_lines_stop_everything_unless_they_are_accepted(station_store: Store):
    who = actor(station_store, "lead-b")
    rows = usual()
    rows[5][4] = "O8"
    with pytest.raises(ArchiveRefusedError) as refused:
        import_archive(station_store, who, text(rows).encode(), "x.csv", at=NIGHT)
    assert [(each.line, each.column) for each in refused.value.refused] == [(6, HEADINGS[4])]
    assert kept(station_store) == ()
    import_archive(station_store, who, text(rows).encode(), "x.csv", at=NIGHT, accept_refused=True)
    assert len(kept(station_store)) + len(kept(station_store, "2")) == 95
    with station_store.read() as session:
        record = session.scalars(select(CorrectorImport)).one()
    assert [(each["line"], each["column"]) for each in json.loads(record.refused)] == [(6, HEADINGS[4])]
    assert record.digest == preview_archive(station_store, text(rows).encode(), "x.csv", at=NIGHT).digest


def test_a_run_nobody_knows_is_asked_about_and_can_be_said(station_store: Store):
    who = actor(station_store, "lead-b")
    rows = [[*row[:2], "FT-101" if n else row[2], *row[3:]] for n, row in enumerate(usual(ONE))]
    with pytest.raises(ArchiveAskedError) as asked:
        import_archive(station_store, who, text(rows).encode(), "x.csv", at=NIGHT)
    assert [each.code for each in asked.value.asked] == ["stream_which"]
    answers = Answers(streams={"FT-101": "2"})
    import_archive(station_store, who, text(rows).encode(), "x.csv", None, answers, at=NIGHT)
    assert len(kept(station_store, "2")) == 48


def test_a_file_of_one_run_is_asked_whose_it_is_unless_its_name_says_so(station_store: Store):
    rows = [[*row[:2], *row[3:]] for row in usual(ONE)]
    asked = preview_archive(station_store, text(rows).encode(), "archive.csv", at=NIGHT)
    assert [each.code for each in asked.asked] == ["stream_none"]
    named = preview_archive(station_store, text(rows).encode(), "2#修正仪2026-10.csv", at=NIGHT)
    assert [each.code for each in named.runs] == ["2"]
    assert "run_file" in {each.code for each in named.assumed}
    said = preview_archive(station_store, text(rows).encode(), "archive.csv", None, Answers(streams={"": "1"}), at=NIGHT)
    assert [(each.code, each.new) for each in said.runs] == [("1", 48)]


def test_a_saved_mapping_answers_for_the_next_file(station_store: Store):
    who = actor(station_store, "chief")
    rows = [[*row[:2], "FT-101" if n else row[2], *row[3:]] for n, row in enumerate(usual(ONE))]
    first = preview_archive(station_store, text(rows).encode(), "x.csv", None, Answers(streams={"FT-101": "2"}), at=NIGHT)
    save_archive_mapping(station_store, who, "EVC 某厂", first.mapping, at=NIGHT)
    assert [each.name for each in archive_mappings(station_store)] == ["EVC 某厂"]
    found = preview_archive(station_store, text(rows).encode(), "x.csv", "EVC 某厂", at=NIGHT)
    assert not found.asked
    assert not found.assumed
    with pytest.raises(MappingUnknownError):
        preview_archive(station_store, text(rows).encode(), "x.csv", "nobody's", at=NIGHT)
    other = text(usual(ONE, ["Date", "Time", "Run", "Vm", "Vb", "VbErr", "P (kPa a)", "T (°C)", "C", "St"])).encode()
    with pytest.raises(OtherLayoutError):
        preview_archive(station_store, other, "x.csv", "EVC 某厂", at=NIGHT)


def test_the_newest_mapping_of_a_name_counts(station_store: Store):
    who = actor(station_store, "chief")
    mapping = preview_archive(station_store, data(), "x.csv", at=NIGHT).mapping
    save_archive_mapping(station_store, who, "a", mapping, at=NIGHT)
    save_archive_mapping(
        station_store, who, "a", preview_archive(station_store, data(), "x.csv", None, Answers(stamp="start"), at=NIGHT).mapping, at=LATER
    )
    assert [(each.name, each.mapping.stamp) for each in archive_mappings(station_store)] == [("a", "start")]


def test_a_mapping_needs_a_name_and_no_open_questions(station_store: Store):
    who = actor(station_store, "chief")
    mapping = preview_archive(station_store, data(), "x.csv", at=NIGHT).mapping
    with pytest.raises(MappingNameError):
        save_archive_mapping(station_store, who, " ", mapping, at=NIGHT)
    head = ["时间", "标况累积(Nm3)", "压力(kPa)", "温度(℃)"]
    rows = [[f"{h.wall:%Y-%m-%d %H:%M}", str(h.vb), "1830", "12"] for h in ONE]
    asked = preview_archive(station_store, text([head, *rows]).encode(), "1#.csv", at=NIGHT)
    with pytest.raises(MappingOpenError):
        save_archive_mapping(station_store, who, "a", asked.mapping, at=NIGHT)


def test_hours_that_have_not_come_are_refused(station_store: Store):
    found = preview_archive(station_store, data(), "x.csv", at=FIRST + 10 * HOUR)
    assert {type(each.error) for each in found.refusals} == {ArchiveFutureError}
    assert max(each.time for each in found.hours) == FIRST + 11 * HOUR


def test_volumes_of_hours_without_counters_are_not_taken_for_counters(station_store: Store):
    head = ["时间", "管路", "小时工况量(m3)", "小时标况量(Nm3)"]
    rows = [[f"{h.wall:%Y-%m-%d %H:%M}", h.run, "480.5", "9300"] for h in HOURS]
    with pytest.raises(ArchiveVolumesError):
        import_archive(station_store, actor(station_store, "lead-b"), text([head, *rows]).encode(), "x.csv", at=NIGHT)


def test_sheets_named_for_their_runs(station_store: Store):
    from openpyxl import Workbook

    from tests.services.metering.test_archive_files import fill, naive, numbered, saved

    made = Workbook()
    for run in ("1#", "2#", "说明"):
        own = [h for h in HOURS if h.run == run]
        fill(made.create_sheet(run), [["时间", *HEADINGS[3:]], *([naive(h), *numbered(h)] for h in own)] if own else [["只是说明"]], {})
    found = preview_archive(station_store, saved(made), "x.xlsx", at=NIGHT)
    assert [(each.code, each.new) for each in found.runs] == [("1", 48), ("2", 48)]
    assert "sheet_passed" in {each.code for each in found.notes}
    assert not found.refusals


def test_counters_of_the_closing_hour_are_not_told_before_the_relief_has_read_them(station_store: Store):
    who = actor(station_store, "lead-b")
    closing = NIGHT.replace(hour=0, minute=0) + timedelta(days=1)  # 08:00 at the station
    rows = usual()
    for n, row in enumerate(rows[1:]):
        end = (closing - (47 - n // 2) * HOUR).astimezone(ZONE)
        row[:2] = [f"{end:%Y/%m/%d}", f"{end:%H:%M:%S}"]
    import_archive(station_store, who, text(rows).encode(), "x.csv", at=closing)
    told = archive_hours(station_store, stream(station_store), closing - 3 * HOUR, closing)
    assert [each.hour.counter_m3 is None for each in told] == [False, False, True]
    assert told[-1].moved_m3 is None
    assert told[-1].hour.pressure_kpa is not None


def test_the_stations_own_readings_say_which_end_of_its_hour_a_time_is_of(station_store: Store):
    who = actor(station_store, "lead-b")
    with station_store.read() as session:
        points = {each.code: each.id for each in session.scalars(select(Point).where(Point.code.in_(("m-1", "n-1"))))}
    for h in ONE[:6]:
        take_hour(station_store, who, h.end, {points["m-1"]: str(h.vm), points["n-1"]: str(h.vb)}, at=NIGHT)
    fits = preview_archive(station_store, data(ONE[:10]), "x.csv", at=NIGHT)
    assert "stamp_end_reads" in {each.code for each in fits.assumed}
    assert not fits.asked
    started = [[f"{h.wall - HOUR:%Y/%m/%d}", f"{h.wall - HOUR:%H:%M:%S}", *h.cells[2:]] for h in ONE[:10]]
    early = text([list(HEADINGS), *started]).encode()
    assert [each.code for each in preview_archive(station_store, early, "x.csv", at=NIGHT).asked] == ["stamp_contradicts"]
    answers = Answers(stamp="start")
    said = preview_archive(station_store, early, "x.csv", None, answers, at=NIGHT)
    assert not said.asked
    assert [each.time for each in said.hours] == [h.end for h in ONE[:10]]


def test_who_may(station_store: Store):
    with pytest.raises(NotAllowedError):
        import_archive(station_store, actor(station_store, "safety"), data(), "x.csv", at=NIGHT)
    mapping = preview_archive(station_store, data(), "x.csv", at=NIGHT).mapping
    with pytest.raises(NotAllowedError):
        save_archive_mapping(station_store, actor(station_store, "lead-b"), "a", mapping, at=NIGHT)


def test_a_workbook_comes_to_the_same_as_its_text(station_store: Store):
    as_text, as_book = (preview_archive(station_store, each, "x", at=NIGHT) for each in (data(), book(usual())))
    assert [each.values for each in as_text.hours] == [each.values for each in as_book.hours]


@pytest.mark.skipif(not SHARED.exists(), reason="the stations' own files are not part of the project")
def test_a_months_archive_with_its_troubles(station_store: Store):
    found = preview_archive(station_store, SHARED.read_bytes(), SHARED.name, at=NIGHT)
    assert (found.encoding, len(found.hours), found.refusals, found.asked) == ("gb18030", 1488, (), ())
    assert {each.code: (each.corrected_m3, each.fault_m3) for each in found.runs} == {
        "1": (Decimal(7800244), Decimal(9237)),
        "2": (Decimal(255423), Decimal(0)),
    }
    assert [(each.line, each.flags) for each in found.hours if each.flags] == [
        (374, ("fault",)), (830, ("mains",)), (1156, ("clock_set",)), (831, ("mains",)), (1157, ("clock_set",)),
    ]  # fmt: skip
