"""`stationdesk roster` through the command line's own way in."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from stationdesk import cli

GOOD = "D=08:00-16:00 E=16:00-24:00 N=00:00-08:00; D D E E N N - -; crews 4; step 2"
BAD = "D=08:00-16:00 E=16:00-24:00 N=00:00-08:00; D E N - -; crews 4; step 1"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STATIONDESK_HOME", str(tmp_path / "home"))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)


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
