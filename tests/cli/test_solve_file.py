"""`roster solve-file`: what is printed and written, and that bad input is one line and 2."""

from __future__ import annotations

import json

import pytest

from stationdesk import cli
from stationdesk.cli import places
from tests.rostering.small_instances import SMALL, score


@pytest.fixture
def file(tmp_path, monkeypatch, compiled):
    monkeypatch.setenv("STATIONDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    (places.home() / "compiled").symlink_to(compiled, target_is_directory=True)
    path = tmp_path / "题 1.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_json_and_file_say_the_same(file, tmp_path, capsys):
    out = tmp_path / "答 1.txt"
    assert cli.main(["roster", "solve-file", str(file), "-o", str(out), "--seconds", "2", "--json"]) == 0
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert set(document) == {"objective", "lower_bound", "status", "seconds", "first_solution_seconds", "roster"}
    assert score(SMALL, out.read_text()) == (document["objective"], [])
    assert document["lower_bound"] <= document["objective"]
    assert 0 < document["first_solution_seconds"] <= document["seconds"]
    assert [",".join(days) for days in document["roster"].values()] == out.read_text().splitlines()
    assert list(document["roster"]) == ["A", "B", "C", "D"]


def test_without_a_file_the_roster_is_printed(file, capsys):
    assert cli.main(["roster", "solve-file", str(file), "--seconds", "1", "--workers", "1", "--seed", "7"]) == 0
    first, *roster = capsys.readouterr().out.splitlines()
    cost, broken = score(SMALL, "\n".join(roster))
    assert first.startswith(f"objective {cost}, at least ")
    assert broken == []


@pytest.mark.parametrize(
    "more",
    [["--seconds", "0"], ["--seconds", "nan"], ["--workers", "0"], ["--seed", "-1"], ["-o", "/nowhere/at/all.txt"], ["--seconds", "x"]],
)
def test_wrong_usage_is_one_line_and_2(file, more, capsys):
    try:
        code = cli.main(["roster", "solve-file", str(file), *more])
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("content", [b"hello\n", b"\xff\xfe\x00", b"", SMALL.replace("D,480,", "D,x,").encode()])
def test_bad_input_is_one_line_and_2_and_leaves_the_answer_of_before(file, tmp_path, content, capsys):
    out = tmp_path / "out.txt"
    out.write_text("before")
    file.write_bytes(content)
    assert cli.main(["roster", "solve-file", str(file), "-o", str(out)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert out.read_text() == "before"


def test_a_person_without_any_roster_is_named(file, capsys):
    file.write_text(SMALL.replace("C,8", "C," + ",".join(str(day) for day in range(2, 14))))
    assert cli.main(["roster", "solve-file", str(file), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-1] == "stationdesk: There is no roster: the hard rules of C contradict each other."
