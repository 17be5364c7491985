"""`stationdesk import readings` through the command line's own way in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from stationdesk import cli
from stationdesk.storage import keys
from tests.conftest_station import PASSWORD, make_station
from tests.services.metering.test_archive_files import text

HEAD = ["time", "p-in", "t-in"]
ROWS = [["2026-10-20 09:00", "1.72", "12.2"], ["2026-10-20 10:00", "1.73", "13.3"]]


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STATIONDESK_PASSWORD", PASSWORD)
    keys.use(keys.LIGHT)
    yield
    keys.use(keys.STRONG)


@pytest.fixture
def db(tmp_path: Path) -> str:
    make_station(tmp_path / "station.db").close()
    return str(tmp_path / "station.db")


def run(tmp_path: Path, rows: list[list[str]], *arguments: str) -> int:
    (tmp_path / "r.csv").write_text(text([HEAD, *rows]), encoding="utf-8")
    return cli.main(["import", "readings", str(tmp_path / "r.csv"), *arguments, "--lang", "en"])


def test_tried_and_taken(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(tmp_path, ROWS, "--db", db, "--dry-run") == 0
    assert capsys.readouterr().out.splitlines() == [
        "10-20 09:00 – 10-20 10:00: 4 values of 2 hours, 0 there already",
        "Nothing was written.",
    ]
    assert run(tmp_path, ROWS, "--db", db) == 2
    assert "--as LOGIN" in capsys.readouterr().err
    assert run(tmp_path, ROWS, "--db", db, "--as", "lead-b") == 0
    assert "4 values were taken in." in capsys.readouterr().out
    assert run(tmp_path, ROWS, "--db", db, "--as", "lead-b", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["written"], found["values"], found["same"]) == (False, 0, 4)


def test_refused_cells_are_named_by_line_and_column(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = [ROWS[0], ["2026-10-20 10:00", "1,73", "13.3"]]
    for arguments in (("--dry-run",), ("--as", "lead-b")):
        assert run(tmp_path, rows, "--db", db, *arguments) == 2
        said = capsys.readouterr().err.splitlines()
        assert said[0].startswith("line 3, p-in: “1,73”")
        assert said[1] == "stationdesk: Nothing was taken; cells refused: 1."
    assert run(tmp_path, ROWS, "--db", db, "--dry-run", "--column", "p-in") == 2
    assert "HEADING=CODE" in capsys.readouterr().err
