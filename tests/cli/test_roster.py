"""`stationdesk roster` through the command line's own way in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from stationdesk import cli
from stationdesk.cli.solve_month import points_words
from stationdesk.services import Store, roster
from stationdesk.storage import keys
from tests.conftest_station import NIGHT, actor, make_station

GOOD = "D=08:00-16:00 E=16:00-24:00 N=00:00-08:00; D D E E N N - -; crews 4; step 2"
BAD = "D=08:00-16:00 E=16:00-24:00 N=00:00-08:00; D E N - -; crews 4; step 1"


def run(*arguments: str) -> int:
    return cli.main([*arguments, "--lang", "en"])


def test_a_pattern_as_json_has_what_the_manual_says_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("roster", "pattern", GOOD, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "covered": True,
        "holes": [],
        "doubles": [],
        "min_rest_hours": 0,
        "weekly_hours": 42,
        "longest_run_days": 6,
    }


def test_a_pattern_that_leaves_a_shift_empty_names_it_and_the_missing_rest_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("roster", "pattern", BAD) == 1
    said = capsys.readouterr().out
    assert "day 2: nobody on D" in said
    assert "no rest: N of day 3 begins when E of day 2 ends" in said
    assert run("roster", "pattern", BAD, "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["holes"] == [{"day": 2, "shift": "D"}, {"day": 3, "shift": "E"}, {"day": 4, "shift": "N"}]
    assert (found["covered"], found["min_rest_hours"], found["weekly_hours"]) == (False, 0, 33.6)


@pytest.mark.parametrize("text", ["", "D D - -", "D=08:00-16:00; D X; crews 1", "D=8:00-99:00; D; crews 1"])
def test_what_is_no_pattern_is_one_clear_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("roster", "pattern", text) == 2
    told = capsys.readouterr()
    assert (told.out, len(told.err.strip().splitlines())) == ("", 1)


def test_chinese_in_chinese_out(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["roster", "pattern", "早=08:00-20:00 夜=20:00-08:00；早 夜 休；班组 2；错开 1", "--lang", "zh_CN"])
    assert code == 1
    assert "第 2 天：早 班无人" in capsys.readouterr().out


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("stationdesk.cli.desk.now", lambda: NIGHT)
    keys.use(keys.LIGHT)
    make_station(tmp_path / "s.db").close()
    yield str(tmp_path / "s.db")
    keys.use(keys.STRONG)


def test_a_months_breaches_as_json_say_rule_person_dates_and_by_how_much(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store.open(path)
    chief = actor(store, "chief")
    made = roster.draft_roster(store, chief, date(2026, 12, 1), date(2026, 12, 31), at=NIGHT)
    changes = [roster.Change(chief.person_id, date(2026, 12, 13), "E"), roster.Change(chief.person_id, date(2026, 12, 14), "N")]
    roster.change_cells(store, chief, made, changes, at=NIGHT)
    store.close()
    code = cli.main(["roster", "check", "--db", path, "--month", "2026-12", "--json", "--lang", "zh_CN"])
    found = json.loads(capsys.readouterr().out)
    assert (code, found["source"], found["version"], found["provisional_years"]) == (0, "draft", 1, [])
    rest = [each for each in found["breaches"] if each["test"] == "rest"]
    assert [(each["rule"], each["person"], each["first"], each["last"], each["value"], each["by"], each["unit"]) for each in rest] == [
        ("R-03", "沈浩", "2026-12-13", "2026-12-14", 0, 720, "minutes")
    ]
    assert cli.main(["roster", "check", "--db", path, "--month", "2026-12", "--lang", "zh_CN"]) == 0
    assert "中班与夜班之间休息 0 分，应不少于 12 小时" in capsys.readouterr().out


def test_a_year_without_official_calendar_is_said_on_stderr_and_in_the_answer(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["roster", "check", "--db", path, "--month", "2027-02", "--json", "--lang", "zh_CN"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["provisional_years"] == [2027]
    assert "2027" in told.err


def test_a_month_nothing_was_planned_in_and_what_is_no_month(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["roster", "check", "--db", path, "--month", "2020-02"]) == 2
    assert "2020-02-01" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        cli.main(["roster", "check", "--db", path, "--month", "2026-13"])
    assert left.value.code == 2


@pytest.mark.parametrize("wrong", [("--seconds", "soon"), ("--seconds", "0"), ("--people", "few")])
def test_what_is_no_number_is_said_in_words(path: str, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--lang", "en", "roster", "solve", "--db", path, "--month", "2027-02", *wrong])
    assert left.value.code == 2
    assert "give 1 or more" in capsys.readouterr().err


def test_solve_makes_a_draft_and_prints_its_score(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("roster", "solve", "--db", path, "--month", "2027-02", "--seconds", "5", "--json") == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert answer["lower_bound"] <= answer["objective"]
    assert answer["short"] == []
    assert set(answer["points"]) <= set(points_words()), "each has its words in both languages"
    assert "≥" in told.err
    store = Store.open(path)
    (version,) = roster.versions(store, date(2027, 2, 1), date(2027, 2, 28))
    store.close()
    assert (version.roster_id, version.made_how, version.published_at) == (answer["roster"], "solver", None)


def test_import_reads_what_the_report_writes_and_names_refused_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.use(keys.LIGHT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STATIONDESK_PASSWORD", "demo")
    make_station(tmp_path / "s.db").close()
    assert run("report", "roster-month", "--db", "s.db", "--period", "2026-12", "--format", "xlsx", "-o", "r.xlsx") == 0
    capsys.readouterr()
    asked = ("roster", "import", "r.xlsx", "--db", "s.db", "--as", "chief", "--month")
    assert run(*asked, "2026-12", "--dry-run") == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert run(*asked, "2026-11") == 2
    assert "Roster 2026-12!C1: “12-01 Tue” is not of 2026-11." in capsys.readouterr().err
    assert run(*asked, "2026-12", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["people"], found["days"], found["missing"]) == (14, 31, [])
    store = Store.open(tmp_path / "s.db")
    version = roster.versions(store, date(2026, 12, 1), date(2026, 12, 31))[0]
    store.close()
    keys.use(keys.STRONG)
    assert (version.roster_id, version.made_how) == (found["roster"], "import")
