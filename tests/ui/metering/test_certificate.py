"""The daily certificate by keys: each check of each run, words for what is not in order; discrepancy sheets are signed and settled."""

from __future__ import annotations

import pytest

from stationdesk.domain.metering.certificate import CHECKS
from stationdesk.services.metering.certificates import certificate_form
from stationdesk.ui.metering.open_card import OpenCard
from tests.conftest_station import actor
from tests.metered import AFTER
from tests.ui.metering.hands import ALT, KEY, press, seen, settle


@pytest.fixture
def page(open_page):
    made = open_page()
    press(made, KEY.Key_7, ALT)
    settle(made)
    return made


def standing(page, store):
    return certificate_form(store, page.board.day, AFTER).standing


def test_a_day_is_certified_by_keys_alone(page, store):
    assert "16 checks open" in page.certificate.fact.text()
    press(page, KEY.Key_1)
    press(page, KEY.Key_1)
    assert page.certificate.table.current_row().check == list(CHECKS)[2]
    press(page, KEY.Key_A)
    press(page, KEY.Key_C)
    assert standing(page, store).in_order
    assert "Certified by" in page.certificate.fact.text()
    assert "Certified, all in order" in seen(page.side)
    assert isinstance(page.side.to_do, OpenCard)


def test_what_is_not_in_order_wants_words(page, store):
    press(page, KEY.Key_2)
    assert page.certificate.words.edit.hasFocus()
    press(page, KEY.Key_Escape)
    press(page, KEY.Key_A)
    press(page, KEY.Key_C)
    assert standing(page, store) is None
    assert "say what is not in order" in page.certificate.problem.text()
    page.certificate.words.set_text("有异响")
    page.certificate.words.edited.emit("有异响")
    press(page, KEY.Key_Escape)
    press(page, KEY.Key_C)
    found = standing(page, store)
    assert not found.in_order
    assert found.checked[0].words == "有异响"


def test_unanswered_checks_are_no_certificate(page, store):
    press(page, KEY.Key_1)
    press(page, KEY.Key_C)
    assert standing(page, store) is None
    assert "15 checks" in page.certificate.problem.text()


def test_answers_stay_while_others_write(page, store):
    press(page, KEY.Key_1)
    page.reload()
    settle(page)
    assert sum(each.in_order is True for each in page.certificate.checks.values()) == 1


def test_who_may_not_certify_answers_nothing(open_page, runner, store):
    runner.actor = actor(store, "op-b1")
    made = open_page()
    press(made, KEY.Key_7, ALT)
    settle(made)
    press(made, KEY.Key_1)
    assert all(each.in_order is None for each in made.certificate.checks.values())
    assert "metering specialist" in made.certificate.send_button.text()
