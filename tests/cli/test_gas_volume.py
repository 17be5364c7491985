"""`gas volume`: a shift's gas for scripts and for reading."""

from __future__ import annotations

import json

import pytest

from stationdesk import cli
from stationdesk.services import Store
from stationdesk.services import readings as reading
from stationdesk.services.metering.results import freeze_shift
from stationdesk.services.shifts import current
from tests import metered
from tests.conftest_station import actor, make_station
from tests.metered import AFTER, hour


@pytest.fixture(autouse=True)
def english_system(tmp_path, monkeypatch):
    monkeypatch.setenv("STATIONDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def path(tmp_path):
    store = make_station(tmp_path / "station.db")
    metered.add_gas(store)
    metered.relieve(store)
    metered.read_night(store)
    store.close()
    return tmp_path / "station.db"


def test_hours_add_up_to_what_scripts_read(path, capsys):
    assert cli.main(["gas", "volume", "--db", str(path), "--shift", "1", "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    found = json.loads(said.out)
    one, two = found["streams"]
    assert (found["start"], found["end"]) == ("2026-11-21T00:00:00+08:00", "2026-11-21T08:00:00+08:00")
    assert (one["volume"], one["whole"], one["corrector_volume"], one["frozen"]) == (3400, True, 91800, None)
    assert len(one["hours"]) == 8
    assert one["base_volume"] == pytest.approx(sum(each["base_volume"] for each in one["hours"]), abs=1e-6)
    for each in one["hours"]:
        at_base = each["volume"] * (each["pressure_kpa"] / 101.325) * (293.15 / (each["temperature_c"] + 273.15))
        assert each["factor"] * each["volume"] == pytest.approx(at_base * each["z_base"] / each["z"], rel=1e-7)
        assert each["energy_mj"] == pytest.approx(each["base_volume"] * each["heating_value"], abs=0.001)
    assert two["base_volume"] == 0
    assert one["compositions"][0]["report"] == "HY-2026-118"


def test_what_was_handed_over_stands_beside_it_with_what_changed_since(path, capsys):
    store = Store.open(path)
    with store.write(actor(store, "lead-b"), "sign_off", AFTER) as session:
        freeze_shift(session, current(session), 1, AFTER)
    reading.correct_reading(store, actor(store, "chief"), metered.point_ids(store)["p-in"], hour(3), "2.40", words="typing", at=AFTER)
    store.close()
    assert cli.main(["gas", "volume", "--db", str(path), "--shift", "1", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)["streams"][0]
    assert one["frozen"]["version"] == 1
    assert one["frozen"]["base_volume"] > one["base_volume"]
    (change,) = one["frozen"]["changed"]
    assert (change["what"], change["time"], change["quantity"]) == ("reading", "2026-11-21T03:00:00+08:00", "pressure")
    assert cli.main(["gas", "volume", "--db", str(path), "--shift", "1"]) == 0
    assert "11-21 03:00 a reading was entered or corrected 2591.325 → 2501.325" in capsys.readouterr().out


def test_a_shift_that_never_was_is_refused(path, capsys):
    assert cli.main(["gas", "volume", "--db", str(path), "--shift", "99"]) == 2
    assert capsys.readouterr().err == "stationdesk: There is no shift 99.\n"
