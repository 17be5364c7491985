"""Runs, contract and compositions: in force at a time, set from a time on, refused where they cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from stationdesk.domain.gas import CompositionSumError
from stationdesk.domain.metering.quality import CompositionTimeError, ContentError, ReportNumberError
from stationdesk.domain.metering.streams import (
    BestRangeError,
    ContractCombustionError,
    ContractPercentError,
    ContractPressureError,
    ContractSecondsError,
    ContractTemperatureError,
    NoContractError,
    OrificeError,
    RetiredStreamError,
    StreamChoiceError,
    StreamCodeError,
    StreamCounterError,
    StreamFactorError,
    StreamNameError,
    StreamPointError,
    StreamPoints,
    StreamRangeError,
    UnknownStreamError,
)
from stationdesk.domain.names import Name
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.settings import SettingPastError
from stationdesk.services import Store
from stationdesk.services.metering.compositions import CompositionText, add_composition, composition_at, compositions_view
from stationdesk.services.metering.contracts import ContractText, contract_at, contract_view, set_contract
from stationdesk.services.metering.streams import StreamText, metered, retire_stream, set_stream, stream_at, streams_at, streams_view
from stationdesk.services.settings import set_setting
from tests import metered as scene
from tests.conftest_station import MADE, NIGHT, actor

HOUR = timedelta(hours=1)


def text(store: Store, **changes: object) -> StreamText:
    ids = scene.point_ids(store)
    points = StreamPoints(counter=ids["m-1"], corrected=ids["n-1"], pressure=ids["p-in"], temperature=ids["t-in"], flow=ids["q-1"])
    usual = StreamText(Name("1# 计量管路", "Run 1"), points, q_min=Decimal(50), q_max=Decimal(1000))
    return replace(usual, **changes)  # type: ignore[arg-type]


def test_a_gate_station_begins_with_two_runs_of_which_one_stands_by(station_store: Store) -> None:
    one, two = streams_view(station_store, NIGHT)
    assert (one.code, one.name.zh, one.shut, two.shut) == ("1", "1# 计量管路", False, True)
    assert (one.rule.rollover, one.rule.corrected_rollover, one.rule.pressure_unit) == (Decimal(100_000_000), Decimal(1_000_000_000), "MPa")
    with station_store.read() as session:
        assert metered(session, NIGHT)
        assert not metered(session, MADE - 48 * HOUR)


def test_a_run_is_otherwise_from_a_time_on(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    stream_id = set_stream(station_store, chief, "1", text(station_store, meter_serial="TM-7781", q_max=Decimal(1600)), at=NIGHT)
    later = set_stream(station_store, chief, "1", text(station_store, meter="ultrasonic"), at=NIGHT, valid_from=NIGHT + HOUR)
    assert stream_id == later
    with station_store.read() as session:
        serials = [stream_at(session, stream_id, at).rule.meter_serial for at in (MADE, NIGHT)]
        meters = [stream_at(session, stream_id, at).rule.meter for at in (NIGHT, NIGHT + HOUR)]
    assert (serials, meters) == (["", "TM-7781"], ["turbine", "ultrasonic"])


def test_a_run_can_be_added_and_retired(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    new = set_stream(station_store, chief, " 3 ", text(station_store, position=9), at=NIGHT)
    retire_stream(station_store, chief, new, at=NIGHT + HOUR)
    with pytest.raises(RetiredStreamError):
        retire_stream(station_store, chief, new, at=NIGHT + HOUR)
    with pytest.raises(RetiredStreamError):
        set_stream(station_store, chief, "3", text(station_store), at=NIGHT + HOUR)
    with station_store.read() as session:
        assert [each.code for each in streams_at(session, NIGHT)] == ["1", "2", "3"]
        assert [each.code for each in streams_at(session, NIGHT + HOUR)] == ["1", "2"]
        assert len(streams_at(session, NIGHT + 2 * HOUR, retired_since=NIGHT)) == 3
        with pytest.raises(UnknownStreamError):
            stream_at(session, new, NIGHT + HOUR)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": Name(" ", "Run")}, StreamNameError),
        ({"meter": "sundial"}, StreamChoiceError),
        ({"serves": "nobody"}, StreamChoiceError),
        ({"q_min": Decimal(0)}, StreamRangeError),
        ({"q_max": Decimal(20)}, StreamRangeError),
        ({"factor": Decimal(0)}, StreamFactorError),
        ({"best_low": Decimal(80), "best_high": Decimal(20)}, BestRangeError),
        ({"best_high": Decimal(120)}, BestRangeError),
        ({"points": StreamPoints(pressure=1)}, StreamCounterError),
        ({"meter": "orifice"}, OrificeError),
    ],
)
def test_what_a_run_cannot_be(station_store: Store, changes: dict[str, object], error: type[Exception]) -> None:
    before = streams_view(station_store, NIGHT)
    with pytest.raises(error):
        set_stream(station_store, actor(station_store, "chief"), "1", text(station_store, **changes), at=NIGHT)
    assert streams_view(station_store, NIGHT) == before


def test_a_point_reads_what_it_is_named_for(station_store: Store) -> None:
    ids, chief = scene.point_ids(station_store), actor(station_store, "chief")
    for points in (
        StreamPoints(counter=ids["p-in"]),
        StreamPoints(counter=ids["m-1"], pressure=ids["t-in"]),
        StreamPoints(counter=999),
    ):
        with pytest.raises(StreamPointError):
            set_stream(station_store, chief, "1", text(station_store, points=points), at=NIGHT)


def test_a_run_has_a_code_begins_now_or_later_and_is_for_those_who_answer_for_it(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    with pytest.raises(StreamCodeError):
        set_stream(station_store, chief, "  ", text(station_store), at=NIGHT)
    with pytest.raises(SettingPastError):
        set_stream(station_store, chief, "1", text(station_store), at=NIGHT, valid_from=NIGHT - HOUR)
    with pytest.raises(NotAllowedError):
        set_stream(station_store, actor(station_store, "lead-b"), "1", text(station_store), at=NIGHT)


def test_the_contract_in_force_with_the_gas_day_of_the_station(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    set_contract(station_store, chief, ContractText("HT-2026-7", "省管网公司", method="gerg"), at=NIGHT, valid_from=NIGHT + HOUR)
    set_setting(station_store, chief, "gas_day_begins", 540, at=NIGHT)
    with station_store.read() as session:
        before, after = contract_at(session, MADE), contract_at(session, NIGHT + HOUR)
        with pytest.raises(NoContractError):
            contract_at(session, MADE - 48 * HOUR)
    assert (before.method, after.method, after.counterpart) == ("detail", "gerg", "省管网公司")
    assert (before.day_starts.hour, after.day_starts.hour) == (8, 9), "one truth of when the gas day begins"
    assert contract_view(station_store, MADE - 48 * HOUR) is None


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"base_pressure_kpa": Decimal("0.101325")}, ContractPressureError),
        ({"base_temperature_c": Decimal("293.15")}, ContractTemperatureError),
        ({"combustion_c": Decimal(18)}, ContractCombustionError),
        ({"tolerance_percent": Decimal(-1)}, ContractPercentError),
        ({"red_percent": Decimal(101)}, ContractPercentError),
        ({"reading_seconds": 3601}, ContractSecondsError),
        ({"method": "guess"}, StreamChoiceError),
        ({"loss_over": "both"}, StreamChoiceError),
    ],
)
def test_what_a_contract_cannot_be(station_store: Store, changes: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        set_contract(station_store, actor(station_store, "chief"), replace(ContractText(), **changes), at=NIGHT)  # type: ignore[arg-type]


def test_the_newest_report_holds_and_a_runs_own_goes_before_that_of_all(station_store: Store) -> None:
    ids = scene.stream_ids(station_store)
    first = scene.add_gas(station_store)
    second = scene.add_gas(station_store, report="HY-2", since=NIGHT)
    own = add_composition(
        station_store, actor(station_store, "chief"),
        CompositionText("HY-3", {"methane": Decimal(1)}, NIGHT + HOUR, stream_id=ids["2"]), at=NIGHT,
    )  # fmt: skip
    with station_store.read() as session:
        found = [composition_at(session, ids["1"], at) for at in (MADE - HOUR, MADE, NIGHT, NIGHT + 2 * HOUR)]
        assert [each.composition_id if each else None for each in found] == [None, first, second, second]
        special = composition_at(session, ids["2"], NIGHT + 2 * HOUR)
        assert special is not None
        assert special.composition_id == own


def test_a_report_of_the_same_time_replaces_the_one_before_and_both_stay(station_store: Store) -> None:
    scene.add_gas(station_store)
    newer = scene.add_gas(station_store, {**scene.GAS, "ethane": "0.019", "nitrogen": "0.011"}, report="HY-118a")
    shown = compositions_view(station_store, NIGHT)
    assert [(each.quality.report, each.replaced) for each in shown] == [("HY-118a", False), ("HY-2026-118", True)]
    assert shown[0].heating_value is not None
    assert shown[0].findings[0].holds
    with station_store.read() as session:
        found = composition_at(session, None, NIGHT)
        assert found is not None
        assert found.composition_id == newer


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"report": " "}, ReportNumberError),
        ({"components": {"methane": Decimal("0.9")}}, CompositionSumError),
        ({"sulfur_mg_m3": Decimal(-1)}, ContentError),
        ({"sampled_at": NIGHT + HOUR}, CompositionTimeError),
    ],
)
def test_what_a_report_cannot_say(station_store: Store, changes: dict[str, object], error: type[Exception]) -> None:
    usual = CompositionText("HY-1", {"methane": Decimal(1)}, NIGHT)
    with pytest.raises(error):
        add_composition(station_store, actor(station_store, "chief"), replace(usual, **changes), at=NIGHT)  # type: ignore[arg-type]
    assert compositions_view(station_store, NIGHT) == ()
