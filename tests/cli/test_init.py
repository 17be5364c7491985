"""`init`: a station from a profile, with its first chief."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stationdesk import cli
from stationdesk.services import Store
from stationdesk.services.people import verify_password
from stationdesk.services.station import station_view
from stationdesk.storage import keys


@pytest.fixture(autouse=True)
def desk(monkeypatch, tmp_path):
    monkeypatch.setenv("STATIONDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STATIONDESK_PASSWORD", "123456")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    keys.use(keys.LIGHT)
    yield
    keys.use(keys.STRONG)


def test_a_station_with_its_chief(tmp_path, capsys):
    assert cli.main(["init", "--db", "a.db", "--station", "青山门站", "--chief", "沈浩", "--login", "Shen"]) == 0
    assert "Recovery code" in capsys.readouterr().out
    store = Store.open(tmp_path / "a.db")
    try:
        assert station_view(store).name_zh == "青山门站"
        assert verify_password(store, "shen", "123456", datetime.now(UTC)).name == "沈浩"
    finally:
        store.close()


@pytest.mark.parametrize(
    "wrong",
    [["--profile", "moon-station"], ["--station", "长" * 31], ["--station", ""], ["--login", "a b"], ["--chief", "\n"]],
)
def test_what_is_refused_leaves_no_store(tmp_path, capsys, wrong):
    given = {"--station": "青山门站", "--profile": "gate-station"} | {wrong[0]: wrong[1]}
    assert cli.main(["init", "--db", "a.db", *(part for pair in given.items() for part in pair)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert not (tmp_path / "a.db").exists()


def test_a_store_that_is_there_is_not_made_anew(tmp_path, capsys):
    assert cli.main(["init", "--db", "a.db", "--station", "青山门站"]) == 0
    before = (tmp_path / "a.db").read_bytes()
    assert cli.main(["init", "--db", "a.db", "--station", "别的站"]) == 2
    assert (tmp_path / "a.db").read_bytes() == before
