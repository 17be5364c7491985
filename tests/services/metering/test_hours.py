"""The gas of a shift from what is on record: readings, switches, replacements, substituted values."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from stationdesk.domain.metering.shapes import Lack, Source, StreamGas
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.services import Store
from stationdesk.services import readings as reading
from stationdesk.services.metering.hours import gas_between, gas_of, gas_of_shift, shift_span
from stationdesk.services.metering.streams import retire_stream
from stationdesk.services.shifts import current
from stationdesk.storage.metered import CORRECTOR_HOUR, CorrectorImport, MeterChange, RunSwitch
from stationdesk.storage.shifts import Shift
from tests import metered
from tests.conftest_station import MADE, NIGHT, actor
from tests.metered import AFTER, MIDNIGHT, MORNING, hour


@pytest.fixture
def store(station_store: Store) -> Store:
    metered.add_gas(station_store)
    metered.relieve(station_store)
    return station_store


def night(store: Store) -> dict[str, StreamGas]:
    return {each.stream.code: each for each in gas_of(store, MIDNIGHT, MORNING, AFTER)}


def record(store: Store, row: object) -> None:
    with store.write(actor(store, "chief"), "change_meter", AFTER) as session:
        session.add(row)


def test_a_shift_is_what_its_counter_moved_corrected_hour_by_hour(store: Store) -> None:
    metered.read_night(store)
    one, two = night(store)["1"], night(store)["2"]
    assert one.volume == 3400
    assert one.whole
    assert len(one.hours) == 8
    assert one.pressures[0] == Decimal("2601.325")  # 2.50 MPa gauge and the air above the station
    assert one.base_volume == sum(each.base_volume or 0 for each in one.hours)
    assert one.corrector_volume == 91800
    assert float(one.base_volume) == pytest.approx(91_800, rel=0.05)
    assert (two.volume, two.base_volume, two.lacks, two.whole, two.stream.shut) == (0, 0, (), True, True)


def test_hours_not_read_are_one_and_late_and_corrected_ones_say_so(store: Store) -> None:
    metered.read_night(store, without=(3, 4))
    chief = actor(store, "lead-b")
    reading.correct_reading(store, chief, metered.point_ids(store)["p-in"], hour(6), "2.53", words="typing", at=AFTER)
    found = night(store)["1"]
    assert [each.lacks for each in found.hours] == [(), (), (Lack.GAP,), (), (), ()]
    assert found.volume == 3400
    assert set(found.sources) == {Source.LATE, Source.CORRECTED}


def test_a_running_shift_has_the_hours_read_so_far(store: Store) -> None:
    for n in range(7):
        metered.read(store, n, m_1=metered.COUNTS[n], p_in=metered.MPA[n], t_in="12.0")
    with store.read() as session:
        assert len(gas_between(session, MIDNIGHT, MORNING, NIGHT)[0].hours) == 6
        late = gas_between(session, MIDNIGHT, MORNING, hour(7.5))[0]
    assert late.hours[-1].lacks[0] is Lack.NO_COUNTER  # 07:00 was due and is not there


def test_the_closing_hour_of_a_shift_is_owed(store: Store) -> None:
    for n in range(8):
        metered.read(store, n, m_1=metered.COUNTS[n], p_in=metered.MPA[n], t_in="12.0")
    found = night(store)["1"]
    assert not found.whole
    assert found.lacks == (Lack.NO_COUNTER,)


def test_both_runs_of_a_switch_add_up(store: Store) -> None:
    """02:30: run 1 is taken out at 101,000, run 2 put in at 5,000."""
    ids = metered.stream_ids(store)
    for n in range(3):
        metered.read(store, n, m_1=metered.COUNTS[n], p_in="2.50", t_in="12.0")
    record(
        store,
        RunSwitch(
            time=hour(2.5), from_id=ids["1"], from_counter=Decimal(101_000), to_id=ids["2"], to_counter=Decimal(5000), reason="检修",
            told="调度", by_id=1, at=hour(2.6),
        ),
    )  # fmt: skip
    for n in range(3, 9):
        metered.read(store, n, m_2=str(5000 + 400 * (n - 2)), p_in="2.50", t_in="12.0")
    one, two = night(store)["1"], night(store)["2"]
    assert (one.volume, two.volume) == (1000, 2400)
    assert (one.whole, two.whole) == (True, True)
    assert [(each.start, each.end) for each in one.hours if each.end > hour(2)] == [(hour(2), hour(2.5)), (hour(2.5), hour(8))]
    assert one.lacks == two.lacks == ()
    assert Source.SWITCHED in one.sources
    assert (one.stream.shut, two.stream.shut) == (True, False)


def test_a_run_that_was_found_to_have_moved_while_it_stood_by_is_said(store: Store) -> None:
    ids = metered.stream_ids(store)
    left = RunSwitch(time=hour(-20), from_id=ids["2"], from_counter=Decimal(4000), reason="备用", told="调度", by_id=1, at=hour(-20))
    put = RunSwitch(time=hour(2), to_id=ids["2"], to_counter=Decimal(4012), reason="检修", told="调度", by_id=1, at=hour(2.1))
    record(store, left)
    record(store, put)
    metered.read_night(store)
    for n in range(3, 9):
        metered.read(store, n, m_2=str(4012 + 300 * (n - 2)))
    two = night(store)["2"]
    assert two.lacks == (Lack.GAP, Lack.MOVES_SHUT)
    assert two.volume == 12 + 1800


def test_a_replaced_meter_is_followed(store: Store) -> None:
    ids = metered.stream_ids(store)
    for n in range(9):
        count = metered.COUNTS[n] if n < 4 else str(400 * (n - 3))
        metered.read(store, n, m_1=count, p_in="2.50", t_in="12.0")
    assert night(store)["1"].lacks == (Lack.BACKWARDS,)
    change = {"closing_counter": Decimal(101_300), "opening_counter": Decimal(100), "words": "送检"}
    record(store, MeterChange(stream_id=ids["1"], what="meter", time=hour(3.25), by_id=1, at=AFTER, **change))
    found = night(store)["1"]
    assert found.whole
    assert [each.moved for each in found.hours[3:5]] == [100, 300]
    assert Source.REPLACED in found.sources


def test_the_archive_of_the_corrector_stands_in_where_its_counter_was_not_read(store: Store) -> None:
    take_archive(store)
    found = night(store)["1"]
    assert found.corrector_volume == 91_801  # a later file says otherwise of the last hour
    assert Source.ARCHIVE in found.sources


def test_neither_counter_nor_archive_tell_the_closing_hour_before_the_relief_has_read_it(station_store: Store) -> None:
    metered.add_gas(station_store)
    take_archive(station_store)
    last = night(station_store)["1"].hours[-1]
    assert (last.closing.counter, last.closing.corrected, last.moved, last.corrected_moved) == (None, None, None, None)
    metered.relieve(station_store)
    assert night(station_store)["1"].whole


def take_archive(store: Store) -> None:
    """The night read without the corrector's counter, which its archive has."""
    stream = metered.stream_ids(store)["1"]
    for n in range(9):
        metered.read(store, n, m_1=metered.COUNTS[n], p_in="2.50", t_in="12.0")
    with store.write(actor(store, "chief"), "change_meter", AFTER) as session:
        session.add(taken := CorrectorImport(name="x.csv", digest="0", definition="{}", rows=9, by_id=1, at=AFTER))
        session.flush()
        from stationdesk.storage.journal import insert_rows

        rows = [
            {
                "stream_id": stream, "time": hour(n), "nth": nth, "counter": None, "corrected": Decimal(metered.CORRECTED[n]) + nth,
                "fault": None, "pressure_kpa": None, "temperature_c": None, "factor": None, "status": "", "flags": "", "line": n,
                "import_id": taken.id,
            }
            for n in range(9)
            for nth in range(2 if n == 8 else 1)
        ]  # fmt: skip
        insert_rows(session, CORRECTOR_HOUR, rows)


def test_a_station_without_contract_says_so(store: Store) -> None:
    metered.read_night(store)
    with store.read() as session, pytest.raises(NoContractError):
        gas_between(session, MADE - timedelta(days=9), MADE + timedelta(hours=1), AFTER)


def test_the_parts_of_a_shift_handed_over_in_the_middle_meet(store: Store) -> None:
    metered.read_night(store)
    with store.write(actor(store, "lead-b"), "sign_off", hour(4.9)) as session:
        first = current(session)
        assert first is not None
        first.closed_at = hour(4.9)
        kept = {name: getattr(first, name) for name in ("day", "kind", "name_zh", "name_en", "starts_at", "ends_at")}
        session.add(second := Shift(**kept, part=2, opened_at=hour(4.9)))
        session.flush()
        ids = first.id, second.id
    metered.relieve(store)
    with store.read() as session:
        before, after = (session.get_one(Shift, each) for each in ids)
        assert shift_span(session, before, AFTER).end == shift_span(session, after, AFTER).start == hour(5)
        volumes = [gas_of_shift(session, each, AFTER)[0].volume for each in (before, after)]
    assert volumes == [1990, 1410]


def test_a_period_to_come_has_runs_and_no_hour(store: Store) -> None:
    metered.read_night(store)
    found = gas_of(store, MORNING + timedelta(hours=4), MORNING + timedelta(hours=12), AFTER)
    assert [(each.hours, each.whole, each.base_volume) for each in found] == [((), False, None)] * 2


def test_a_retired_run_ends_where_it_was_retired(store: Store) -> None:
    for n in range(7):
        metered.read(store, n, m_1=metered.COUNTS[n], p_in="2.50", t_in="12.0")
    retire_stream(store, actor(store, "chief"), metered.stream_ids(store)["1"], at=NIGHT)
    found = {each.stream.code: each for each in gas_of(store, MIDNIGHT, MORNING, AFTER)}["1"]
    assert found.whole
    assert found.hours[-1].end == hour(6)
