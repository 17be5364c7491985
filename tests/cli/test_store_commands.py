"""report, verify, backup, restore, export, upgrade through the command line's own way in."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stationdesk import cli
from stationdesk.domain.codes import grouped
from stationdesk.domain.store import StoreFullError, StoreThereError
from stationdesk.reports.lines import read_code, read_lines
from stationdesk.reports.registry import REPORTS
from stationdesk.services import PROGRAM, Store
from stationdesk.services.sheets import printed_sheets
from stationdesk.storage import keys
from stationdesk.storage.people import Person
from tests.handing import EIGHT, hand_over, walked_night

LATER = EIGHT + timedelta(minutes=20)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The store of a night that was handed over."""
    monkeypatch.setattr("stationdesk.cli.desk.now", lambda: LATER)
    keys.use(keys.LIGHT)
    store = walked_night(tmp_path / "s.db")
    hand_over(store)
    store.close()
    yield str(tmp_path / "s.db")
    keys.use(keys.STRONG)


def run(*arguments: str) -> int:
    return cli.main(["--lang", "en", *arguments])


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


# --- report


def test_the_latest_handover_as_pdf_goes_on_record(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("report", "handover", "--db", path, "--lang", "zh_CN", "-o", "h.pdf") == 0
    assert capsys.readouterr().out == "h.pdf\n"
    lines = "\n".join(read_lines((tmp_path / "h.pdf").read_bytes()))
    assert "交接班记录" in lines
    assert "JJB-20261121-1" in lines
    store = Store.open(path)
    kept = printed_sheets(store)[0]
    store.close()
    assert (kept.how, kept.report, kept.subject, kept.at) == ("command", "handover", "1", LATER)


@pytest.mark.parametrize("report", [each.name for each in REPORTS])
def test_every_report_can_be_made_by_its_name(path: str, report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", report, "--db", path, "-o", "x.pdf") == 0, capsys.readouterr().err
    assert read_lines((tmp_path / "x.pdf").read_bytes())


def test_a_report_names_its_own_file_and_writes_over_none(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("report", "readings-day", "--db", path) == 0
    assert capsys.readouterr().out == "readings-day-2026-11-20.pdf\n"
    assert run("report", "readings-day", "--db", path) == 2
    assert "readings-day-2026-11-20.pdf" in capsys.readouterr().err


def test_a_workbook(path: str, tmp_path: Path) -> None:
    assert run("report", "handover", "--db", path, "--format", "xlsx", "-o", "h.xlsx") == 0
    assert (tmp_path / "h.xlsx").read_bytes()[:2] == b"PK"


def test_by_shift_and_by_day(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", "handover", "--db", path, "--shift", "1", "-o", "a.pdf", "--json") == 0
    assert said(capsys) == {"report": "handover", "subject": "1", "file": "a.pdf"}
    assert run("report", "handover", "--db", path, "--period", "2026-11-21", "-o", "b.pdf", "--json") == 0
    assert said(capsys)["subject"] == "1"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["handover", "--shift", "99"], "99"),
        (["handover", "--shift", "abc"], "abc"),
        (["handover", "--period", "2026-10-30"], "2026-10-30"),
        (["readings-day", "--period", "2026-13-40"], "2026-13-40"),
        (["readings-day", "--period", "yesterday"], "yesterday"),
        (["round-blank", "--format", "xlsx"], "pdf"),
        (["hazards", "--period", "2026-11"], "2026-11"),
        (["roster-person", "--period", "2026-11"], "2026-11"),
        (["weather"], "weather"),
    ],
)
def test_what_cannot_be_reported_is_one_line_and_2(path: str, capsys: pytest.CaptureFixture[str], arguments: list[str], word: str) -> None:
    assert run("report", *arguments, "--db", path, "-o", "x.pdf") == 2
    err = capsys.readouterr().err
    assert word in err
    assert err.count("\n") == 1


def test_a_calendar_of_a_person_by_name_in_a_month_to_come(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("report", "roster-person", "--db", path, "--period", "2026-12", "--format", "ics", "--json")
    assert run(*asked, "--shift", "王强", "-o", "w.ics") == 0
    assert said(capsys)["subject"].endswith("@2026-12")
    assert (tmp_path / "w.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert run(*asked, "--shift", "nobody", "-o", "n.ics") == 2
    assert not (tmp_path / "n.ics").exists()
    assert run("report", "handover", "--db", path, "--format", "ics", "-o", "h.ics") == 2


def test_reports_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", "--list") == 0
    out = capsys.readouterr().out
    assert out.count("\n") == len(REPORTS)
    assert "Shift handover record" in out
    assert run("report", "--list", "--json") == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)] == [each.name for each in REPORTS]


# --- verify


def test_a_whole_store_verifies(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--db", path) == 0
    assert "2 signatures fit" in capsys.readouterr().out
    assert run("verify", "--db", path, "--json") == 0
    found = said(capsys)
    assert found["clean"] is True
    assert found["findings"] == []
    tables = found["tables"]
    assert isinstance(tables, dict)
    assert tables["journal"] == "journal"
    assert tables["handover"] == "record"
    assert set(tables.values()) == {"record", "journal", "derived", "draft"}


def test_where_a_clock_was_set_back_is_told(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store.open(path)
    with store.write(PROGRAM, "init", datetime(2001, 1, 1, 0, 3, tzinfo=UTC)) as session:
        session.add(Person(name="x"))
    seq = store.head().seq
    store.close()
    assert run("verify", "--db", path) == 0
    assert f"entry {seq}: from 2026-11-21 00:" in (out := capsys.readouterr().out)
    assert "back to 2001-01-01 00:03:00 UTC" in out


def test_a_change_behind_its_back_is_1_and_named(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    raw = sqlite3.connect(path)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.execute("UPDATE handover_verdict SET words = '一切正常' WHERE words <> ''")
    raw.commit()
    raw.close()
    assert run("verify", "--db", path, "--json") == 1
    found = said(capsys)
    assert any(each["table"] == "handover_verdict" for each in found["findings"])  # type: ignore[attr-defined]


def test_a_sheet_and_its_code(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run("report", "handover", "--db", path, "--lang", "zh_CN", "-o", "h.pdf")
    code = read_code((tmp_path / "h.pdf").read_bytes())
    assert code is not None
    capsys.readouterr()
    assert run("verify", "--db", path, "--sheet", "h.pdf") == 0
    assert "byte for byte" in capsys.readouterr().out
    assert run("verify", "--db", path, "--code", grouped(code.letters).lower(), "--json") == 0
    found = said(capsys)
    assert (found["fits"], found["report"], found["copy"]) == (True, "handover", 1)


def test_a_forged_sheet_is_1_and_its_lines_are_named(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from dataclasses import replace

    from stationdesk.reports.issue import compose
    from stationdesk.reports.paint import make

    run("report", "handover", "--db", path, "-o", "h.pdf")
    code = read_code((tmp_path / "h.pdf").read_bytes())
    store = Store.open(path)
    kept = printed_sheets(store)[0]
    forged = make(replace(compose(store, "handover", "1", "en", LATER), number="JJB-20261121-9", code=code, printed=kept.printed))
    store.close()
    (tmp_path / "f.pdf").write_bytes(forged.pdf)
    capsys.readouterr()
    assert run("verify", "--db", path, "--sheet", "f.pdf") == 1
    assert "JJB-20261121-9" in capsys.readouterr().out


def test_an_unknown_code_is_2(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--db", path, "--code", "0000-0000-0000-0000-0000") == 2
    assert run("verify", "--db", path, "--code", "12") == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_derived_tables_are_made_anew(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--db", path, "--rebuild") == 0
    assert "reading_day" in capsys.readouterr().err
    assert run("report", "handover", "--db", path, "-o", "h.pdf") == 0
    assert run("verify", "--db", path, "--rebuild", "--sheet", "h.pdf") == 0
    assert "byte for byte" in (said := capsys.readouterr()).out
    assert "reading_day" in said.err


# --- care


def test_backup_restore_and_what_was_there_is_kept(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("backup", "--db", path, "-o", "copy.db") == 0
    assert run("backup", "--db", path, "-o", "copy.db") == 2
    run("report", "handover", "--db", path, "-o", "h.pdf")
    assert run("verify", "--db", path, "--sheet", "h.pdf") == 0
    capsys.readouterr()
    assert run("restore", "copy.db", "--db", path) == 0
    assert "is kept as" in capsys.readouterr().out
    assert run("verify", "--db", path) == 0
    assert run("verify", "--db", path, "--sheet", "h.pdf") == 2  # it was printed after the backup


def test_a_broken_backup_replaces_nothing(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"SQLite format 3\0" + b"\0" * 4000)
    before = Path(path).read_bytes()
    assert run("restore", "bad.db", "--db", path) == 2
    assert Path(path).read_bytes() == before


def test_everything_is_exported_in_the_open(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("export", "--db", path, "-o", "out") == 0
    files = capsys.readouterr().out.split()
    assert any(each.endswith("handover.csv") for each in files)
    assert all((tmp_path / each).exists() for each in files)
    assert run("export", "--db", path, "-o", "out") == 2


def test_a_store_of_this_program_needs_no_upgrade(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("upgrade", "--db", path) == 0
    assert "already" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["report", "handover"], ["verify"], ["backup", "-o", "x"], ["export", "-o", "y"], ["upgrade"]])
def test_without_a_store_each_says_so(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    assert run(*command, "--db", "nowhere.db") == 2
    assert "nowhere.db" in capsys.readouterr().err
    assert not Path("nowhere.db").exists()


def test_what_is_no_store_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copyfile(__file__, tmp_path / "letter.db")
    assert run("report", "handover", "--db", "letter.db") == 2
    assert run("backup", "--db", "letter.db", "-o", "x.db") == 2


# --- places that cannot be written, and empty words


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "handover", "--db", "{db}", "-o", "gone/x.pdf"],
        ["report", "handover", "--db", "{db}", "--format", "xlsx", "-o", "{db}/x.xlsx"],
        ["backup", "--db", "{db}", "-o", "gone/b.db"],
        ["restore", "{db}", "--db", "gone/r.db"],
        ["export", "--db", "{db}", "-o", "{db}/ex"],
        ["setup", "--template", "-o", "gone/t.xlsx"],
        ["init", "--db", "{db}/n.db", "--station", "x"],
    ],
)
def test_a_place_that_cannot_be_written_is_one_line_and_2(
    path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("STATIONDESK_PASSWORD", "246810")
    before = printed(path)
    assert run(*(each.format(db=path) for each in arguments)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("stationdesk: There is no folder ")
    assert told.err.count("\n") == 1
    assert printed(path) == before  # a sheet nobody has is not on record


def printed(path: str) -> int:
    store = Store.open(path)
    count = len(printed_sheets(store))
    store.close()
    return count


def test_a_folder_is_not_replaced_by_a_store(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert run("restore", path, "--db", "folder") == 2
    assert capsys.readouterr().err == "stationdesk: folder is already there. Choose another name.\n"
    assert list(tmp_path.glob("folder*")) == [tmp_path / "folder"]


def test_a_day_to_come_is_no_report(path: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("report", "readings-day", "--db", path, "--period", "2026-11-24", "-o", "x.pdf") == 2
    assert capsys.readouterr().err == "stationdesk: There is nothing to report for 2026-11-24.\n"
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("arguments", [["verify", "--db", ""], ["verify", "--db", "{db}", "--code", ""], ["search", "x", "--db", " "]])
def test_an_empty_variable_of_a_script_is_no_store_and_no_code(path: str, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    try:
        code = run(*(each.format(db=path) for each in arguments))
    except SystemExit as left:
        code = int(str(left.code))
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_template_writes_over_no_workbook(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "filled.xlsx").write_bytes(b"an hour of somebody's work")
    assert run("setup", "--template", "-o", "filled.xlsx") == 2
    assert (tmp_path / "filled.xlsx").read_bytes() == b"an hour of somebody's work"


# --- a full disk


def test_a_full_disk_is_never_told_as_damage(path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where not even the shared memory of the log can be made, SQLite speaks of an error of the disk."""
    no_room = sqlite3.OperationalError("disk I/O error")
    no_room.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    monkeypatch.setattr("stationdesk.storage.dialect._looking", lambda _address: (_ for _ in ()).throw(no_room))
    monkeypatch.setattr("shutil.disk_usage", lambda _path: shutil._ntuple_diskusage(10**6, 10**6, 4096))  # type: ignore[attr-defined]
    assert run("verify", "--db", path) == 2
    assert capsys.readouterr().err == "stationdesk: The disk is full. Nothing was saved; free some space and try again.\n"


def test_half_a_demo_does_not_stay(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def full(*_arguments: object) -> None:
        raise StoreFullError

    monkeypatch.setattr("stationdesk.services.demo.play.Player.play", full)
    assert run("demo", "--db", "new/d.db", "--days", "1") == 2
    assert "The disk is full" in capsys.readouterr().err
    assert list(Path("new").iterdir()) == []


def test_a_demo_whose_log_found_no_room_in_its_file_does_not_stay(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a full disk the database closes without a word and leaves what it wrote last in the file beside it."""
    close = Store.close

    def full(store: Store) -> None:
        close(store)
        if store.path.name.endswith(".making"):
            store.path.with_name(store.path.name + "-wal").write_bytes(b"the last shifts")

    monkeypatch.setattr(Store, "close", full)
    assert run("demo", "--db", "new/d.db", "--days", "1") == 2
    assert "The disk is full" in capsys.readouterr().err
    assert list(Path("new").iterdir()) == []


def test_half_an_export_does_not_stay(path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("stationdesk.storage.export._write_index", full)
    assert run("export", "--db", path, "-o", "ex") == 2
    assert "The disk is full" in capsys.readouterr().err
    assert list(Path("ex").iterdir()) == []


def test_a_demo_bears_its_name_when_it_is_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there: list[bool] = []
    monkeypatch.setattr("stationdesk.cli.demo._Told.tell", lambda _self, _share: there.append(Path("d.db").exists()))
    assert run("demo", "--db", "d.db", "--days", "1") == 0
    assert there
    assert not any(there)
    assert [each.name for each in tmp_path.glob("d.db*")] == ["d.db"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_no_store_takes_the_place_of_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run("demo", "--db", "pipe", "--days", "1") == 2
    assert (tmp_path / "pipe").is_fifo()
    with pytest.raises(StoreThereError):
        Store.create(tmp_path / "pipe")


def test_no_table_of_an_export_bears_its_name_before_all_are_whole(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("stationdesk.storage.export._write_index", killed)
    assert run("export", "--db", path, "-o", "ex") == 130
    assert {each.suffix for each in Path("ex").iterdir()} <= {".part"}


def test_a_restore_that_cannot_keep_what_it_replaces_replaces_nothing(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("backup", "--db", path, "-o", "b.db") == 0
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"what is left of a store" * 1000)
    before = damaged.read_bytes()
    capsys.readouterr()

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    assert run("restore", "b.db", "--db", "damaged.db") == 2
    assert capsys.readouterr().err == "stationdesk: The disk is full. Nothing was saved; free some space and try again.\n"
    assert damaged.read_bytes() == before
    assert list(tmp_path.glob("damaged.*")) == [damaged]
