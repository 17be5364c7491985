"""A discrepancy sheet is told to whoever is responsible for metering, and leads to the page where it is closed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stationdesk.services import Store
from stationdesk.services.beside import beside
from stationdesk.services.metering.discrepancies import SheetText, open_discrepancy
from stationdesk.services.people import grant_role
from stationdesk.ui.now.notice_words import notice_page, notice_words
from tests.conftest_station import actor
from tests.handing import EIGHT
from tests.taking_over import read_blind, stream, the_takeover


@pytest.fixture
def store(metered_store: Store) -> Store:
    return metered_store


def test_the_metering_specialist_and_the_chief_are_told(store: Store) -> None:
    read_blind(store, off=300)
    text = SheetText("counter", "表头已拍照", Decimal(126_000), "recomputed")
    open_discrepancy(store, actor(store, "lead-d"), the_takeover(store).shift_id, stream(store), text, at=EIGHT)
    specialist = actor(store, "safety")
    assert not beside(store, specialist.person_id, EIGHT).notices
    grant_role(store, actor(store, "chief"), specialist.person_id, "metering", at=EIGHT)
    for who in (specialist, actor(store, "chief")):
        [notice] = [each for each in beside(store, who.person_id, EIGHT).notices if each.kind == "discrepancy"]
        assert "JLC-20261121-1" in notice_words(notice, {})
        assert notice_page(notice) == ("metering", "papers")
