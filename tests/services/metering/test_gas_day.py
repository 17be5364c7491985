"""The gas day through a real store: hours, figures, balance, odorant, forecast, certificate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from stationdesk.domain.metering.certificate import (
    CHECKS,
    CertificateDayError,
    Checked,
    CheckUnknownError,
    CheckWantingError,
    CheckWordsError,
)
from stationdesk.domain.metering.gas_day import Figure, FigureDayError, FigureRangeError
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import Store
from stationdesk.services.metering.certificates import certificate_form, certify_day
from stationdesk.services.metering.gas_day import day_view, figure_history, gas_today, month_view, set_figures
from stationdesk.services.metering.results import results_between
from tests import metered as scene
from tests.conftest_station import NIGHT, actor
from tests.metered import AFTER, MIDNIGHT, MORNING

DAY = date(2026, 11, 20)
"""08:00 of the 20th to 08:00 of the 21st; only its last eight hours are read in these tests."""
BEGIN = MIDNIGHT - timedelta(hours=16)


@pytest.fixture
def store(station_store: Store) -> Store:
    scene.add_gas(station_store)
    scene.relieve(station_store)
    scene.read_night(station_store)
    return station_store


def figures(store: Store, **values: str) -> None:
    given = {Figure(kind): Decimal(value) for kind, value in values.items()}
    set_figures(store, actor(store, "lead-b"), DAY, given, at=AFTER)


def test_the_day_a_moment_belongs_to(store: Store) -> None:
    with store.read() as session:
        assert (gas_today(session, NIGHT), gas_today(session, MORNING)) == (DAY, date(2026, 11, 21))


def test_a_day_says_what_was_received_and_what_is_wanting(store: Store) -> None:
    view = day_view(store, DAY, AFTER)
    assert not view.today.whole, "the first sixteen hours were not read"
    assert view.today.received is not None
    assert 85_000 < view.today.received < 95_000
    assert view.today.hours == 24
    assert view.today.contract is not None
    assert view.over
    assert view.today.balance.loss is None, "nobody said yet what was delivered"


def test_with_figures_there_is_a_balance_and_the_odorant(store: Store) -> None:
    received = day_view(store, DAY, AFTER).today.received
    assert received is not None
    figures(store, delivered=str(received - 2000), own_use="100", odorant_before="80", odorant_added="0", odorant_after="78.2")
    today = day_view(store, DAY, AFTER).today
    assert (today.balance.loss, today.balance.own_use) == (Decimal(1900), Decimal(100))
    assert today.balance.light(day_view(store, DAY, AFTER).limits) is Light.RED
    assert today.odorant.used == Decimal("1.8")
    assert today.odorant.light is Light.GREEN
    line = month_view(store, DAY, AFTER).lines[DAY.day - 1]
    assert (line.of.day, line.of.balance.loss) == (DAY, Decimal(1900))
    month = month_view(store, DAY, AFTER)
    assert (month.totals.loss, month.balanced, month.received) == (Decimal(1900), 1, received)


def test_a_day_without_a_balance_counts_as_received_and_one_that_runs_does_not(store: Store) -> None:
    month = month_view(store, DAY, AFTER)
    assert (month.totals.rate, month.balanced) == (None, 0)
    assert month.received == day_view(store, DAY, AFTER).today.received
    assert month_view(store, DAY, MORNING - timedelta(hours=1)).received is None


def test_a_figure_is_corrected_and_taken_back_and_all_of_it_stays(store: Store) -> None:
    figures(store, vented="40")
    figures(store, vented="40")
    figures(store, vented="45")
    set_figures(store, actor(store, "lead-b"), DAY, {Figure.VENTED: None}, "记错", at=AFTER)
    assert [each and each.value for each in figure_history(store, DAY, Figure.VENTED)] == [None, Decimal(45), Decimal(40)]
    assert Figure.VENTED not in day_view(store, DAY, AFTER).today.figures


def test_what_cannot_be_a_figure_leaves_all_as_it_was(store: Store) -> None:
    with pytest.raises(FigureRangeError):
        figures(store, own_use="10", vented="-1")
    assert day_view(store, DAY, AFTER).today.figures == {}
    with pytest.raises(FigureDayError):
        set_figures(store, actor(store, "lead-b"), date(2026, 11, 22), {Figure.VENTED: Decimal(1)}, at=AFTER)
    set_figures(store, actor(store, "lead-b"), date(2026, 11, 22), {Figure.NOMINATION: Decimal(400_000)}, at=AFTER)


def test_a_day_that_goes_on_has_a_forecast_and_no_balance(store: Store) -> None:
    figures(store, nomination="300000")
    view = day_view(store, DAY, MORNING - timedelta(hours=2, minutes=30))
    assert not view.over
    assert view.today.balance.loss is None
    assert view.forecast.nomination == Decimal(300_000)
    assert view.forecast.likely is not None
    assert view.forecast.days == 0, "there are no whole days before it"


def answers(**changes: Checked) -> list[Checked]:
    made = {(run, check): Checked(run, check, True) for run in ("1", "2") for check in CHECKS}
    made |= {(each.stream, each.check): each for each in changes.values()}
    return list(made.values())


def test_a_day_is_certified_and_its_gas_frozen(store: Store) -> None:
    chief = actor(store, "chief")
    clock = Checked("1", "clock", False, "慢 3 min", "修正仪时钟慢 3 min，已校时。")
    assert certificate_form(store, DAY, AFTER).standing is None
    certify_day(store, chief, DAY, answers(), at=AFTER)
    certify_day(store, chief, DAY, answers(clock=clock), at=AFTER + timedelta(minutes=1))
    standing = certificate_form(store, DAY, AFTER).standing
    assert standing is not None
    assert (standing.in_order, standing.versions, standing.by) == (False, 2, "沈浩")
    assert clock in standing.checked
    with store.read() as session:
        kept = results_between(session, BEGIN, MORNING, "day")
    assert [each.nth for each in kept] == [0, 0], "the same gas is frozen once"


def test_a_certificate_answers_all_and_says_what_is_wrong(store: Store) -> None:
    chief = actor(store, "chief")
    with pytest.raises(CheckWantingError):
        certify_day(store, chief, DAY, answers()[1:], at=AFTER)
    with pytest.raises(CheckWordsError):
        certify_day(store, chief, DAY, answers(seal=Checked("2", "seals", False)), at=AFTER)
    with pytest.raises(CheckUnknownError):
        certify_day(store, chief, DAY, [*answers(), Checked("9", "seals", True)], at=AFTER)
    with pytest.raises(CertificateDayError):
        certify_day(store, chief, date(2026, 11, 23), answers(), at=AFTER)
    with pytest.raises(NotAllowedError):
        certify_day(store, actor(store, "lead-b"), DAY, answers(), at=AFTER)
    assert certificate_form(store, DAY, AFTER).standing is None


def test_the_nothing_of_a_run_that_stands_by_is_not_the_days_gas(store: Store) -> None:
    """Nobody read the day before; run 2 was shut, and passed nothing."""
    before = day_view(store, date(2026, 11, 19), AFTER).today
    set_figures(store, actor(store, "lead-b"), before.day, {Figure.DELIVERED: Decimal(300_000)}, at=AFTER)
    before = day_view(store, before.day, AFTER).today
    assert [each.base_volume for each in before.gas] == [None, Decimal(0)]
    assert (before.received, before.energy_mj, before.balance.loss) == (None, None, None)
