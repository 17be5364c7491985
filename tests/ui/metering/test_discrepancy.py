"""A discrepancy sheet lives on the page: amended, signed by both sides, settled and closed with a signature."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from stationdesk.services.metering.discrepancies import amend_discrepancy, discrepancies_view
from stationdesk.storage.metered import Discrepancy
from stationdesk.storage.shifts import Shift
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.text import Text
from tests import metered
from tests.conftest_station import PASSWORD, actor
from tests.metered import AFTER, MIDNIGHT, MORNING
from tests.ui.metering.hands import ALT, CONTROL, KEY, press, seen, settle


@pytest.fixture
def sheet(store):
    """Opened at the takeover of the night."""
    from sqlalchemy import select

    with store.write(actor(store, "lead-b"), "open_discrepancy", AFTER) as session:
        shift = session.scalars(select(Shift).where(Shift.closed_at.is_(None))).first()
        row = Discrepancy(
            number="JLC-20261121-1", stream_id=metered.stream_ids(store)["1"], shift_id=shift.id, start=MIDNIGHT, end=MORNING, found="[]",
            book=Decimal(94000), recomputed=Decimal(91800), difference=Decimal(2200), percent=Decimal("2.396"), cause="typing",
            evidence="标况底数抄错一位", provisional=Decimal(91800), provisional_method="recomputed",
            opened_by=actor(store, "lead-b").person_id, opened_at=AFTER,
        )  # fmt: skip
        session.add(row)
    return row


def view(store):
    return discrepancies_view(store)[0]


def dialog():
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, SignDialog) and each.isVisible())


def to_papers(page):
    press(page, KEY.Key_4, ALT)
    settle(page)


def sign(page, key, password=PASSWORD):
    press(page, key)
    made = dialog()
    made.password.set_text(password)
    made.password.edited.emit(password)
    return made


def test_a_sheet_is_told_beside_and_amended(open_page, store, sheet, runner):
    page = open_page()
    assert "1 discrepancy sheet open" in seen(page.side)
    to_papers(page)
    assert page.papers.table.current_row().sheet.number == "JLC-20261121-1"
    press(page, KEY.Key_E)
    page.side.form.form.parts["cause"].choose("counter")
    page.side.form.form.parts["evidence"].set_text("")
    press(page, KEY.Key_Return, CONTROL)
    assert page.side.form is not None
    page.side.form.form.parts["evidence"].set_text("计数器跳字")
    press(page, KEY.Key_Return, CONTROL)
    assert (view(store).cause, view(store).evidence) == ("counter", "计数器跳字")


def test_it_is_closed_after_both_signed_with_the_volume_settled_on(open_page, store, sheet, runner):
    page = open_page()
    to_papers(page)
    assert not page.papers.close_sheet.isVisible()
    with store.write(actor(store, "lead-b"), "sign_discrepancy", AFTER) as session:
        row = session.get_one(Discrepancy, sheet.id)
        row.outgoing_id = row.incoming_id = actor(store, "lead-b").person_id
        row.outgoing_at = row.incoming_at = AFTER
    page.reload()
    settle(page)
    assert page.papers.close_sheet.isVisible()
    made = sign(page, KEY.Key_X)
    made.yes.click()
    settle(page)
    assert view(store).state == "signed"  # neither volume nor words
    made.form.parts["final"].set_text("９１,８２０")
    made.form.parts["words"].set_text("双方核对冻结值")
    made.yes.click()
    settle(page)
    assert (view(store).state, view(store).final) == ("closed", 91820)


def test_a_wrong_password_signs_nothing(open_page, store, sheet, runner):
    runner.actor = actor(store, "lead-b")
    page = open_page()
    to_papers(page)
    made = sign(page, KEY.Key_G, "wrong")
    made.yes.click()
    settle(page)
    assert view(store).outgoing is None
    made.password.set_text(PASSWORD)
    made.password.edited.emit(PASSWORD)
    made.yes.click()
    settle(page)
    assert view(store).outgoing is not None
    page.reload()
    settle(page)
    assert "Outgoing: " in seen(page.papers)


def test_nobody_signs_what_another_window_has_amended_meanwhile(open_page, store, sheet, runner):
    runner.actor = actor(store, "lead-b")
    page = open_page()
    to_papers(page)
    made = sign(page, KEY.Key_G)
    text = replace(view(store).text, provisional=Decimal(99999))
    amend_discrepancy(store, actor(store, "lead-b"), sheet.id, text, at=AFTER)
    made.yes.click()
    settle(page)
    assert view(store).outgoing is None
    assert "Somebody else has changed this" in seen(made)


def test_an_amendment_puts_back_nothing_that_was_said_meanwhile(open_page, store, sheet, runner):
    page = open_page()
    to_papers(page)
    press(page, KEY.Key_E)
    amend_discrepancy(store, actor(store, "lead-b"), sheet.id, replace(view(store).text, provisional=Decimal(99999)), at=AFTER)
    page.side.form.form.parts["evidence"].set_text("计数器跳字")
    press(page, KEY.Key_Return, CONTROL)
    assert (view(store).provisional, view(store).evidence) == (99999, "标况底数抄错一位")
    assert "Somebody else has changed this" in seen(page.side)


@pytest.mark.parametrize("times", [12, 60])
def test_a_long_evidence_is_read_whole_before_it_is_signed(open_page, store, sheet, runner, times):
    amend_discrepancy(store, actor(store, "lead-b"), sheet.id, replace(view(store).text, evidence="标况底数抄错一位，" * times), at=AFTER)
    runner.actor = actor(store, "lead-b")
    page = open_page()
    to_papers(page)
    made = sign(page, KEY.Key_G)
    long = next(each for each in made.findChildren(Text) if each.text().startswith("标况底数"))
    assert long.height() >= long.heightForWidth(long.width())
    assert made.height() < 600


def test_the_print_button_leads_to_the_sheet_of_what_is_shown(open_page, store, sheet):
    page = open_page()
    went = []
    page.go.connect(lambda name, target: went.append(target))
    page.print_button.click()
    to_papers(page)
    page.print_button.click()
    press(page, KEY.Key_2, ALT)
    page.print_button.click()
    press(page, KEY.Key_7, ALT)
    page.print_button.click()
    day = page.board.day
    assert went == [
        ("production-day", day.isoformat()), ("discrepancy", str(sheet.id)), ("production-month", f"{day:%Y-%m}"),
        ("metering-certificate", day.isoformat()),
    ]  # fmt: skip


def test_a_sheet_is_opened_for_a_shift_that_differs_and_for_no_other(open_page, store, runner):
    """The corrector of run 1 is off, run 2 stood by."""
    from stationdesk.services.metering.results import freeze_shift
    from stationdesk.services.shifts import current

    with store.write(actor(store, "chief"), "recompute", AFTER) as session:
        shift = current(session)
        freeze_shift(session, shift, 1, AFTER)
        shift.closed_at = AFTER
    page = open_page()
    press(page, KEY.Key_H)
    settle(page)
    rows = {each.run.en: each for each in page.results.table.rows()}
    for run in ("Run 2", "Run 1"):
        page.results.table.select_key(rows[run].id)
        press(page, KEY.Key_D)
        page.side.form.form.parts["cause"].choose("corrector")
        page.side.form.form.parts["evidence"].set_text("修正仪压力偏低")
        press(page, KEY.Key_Return, CONTROL)
        if run == "Run 2":
            assert "Nothing differs" in page.side.form.problem.text()
            assert discrepancies_view(store) == ()
            press(page, KEY.Key_Escape)
    assert [(each.stream.en, each.evidence) for each in discrepancies_view(store)] == [("Run 1", "修正仪压力偏低")]
    assert "1 discrepancy sheet open" in seen(page.side)


def test_enter_shows_what_the_factor_of_the_hour_is_made_of(open_page):
    page = open_page()
    press(page, KEY.Key_Return)
    assert page.hours.factors.isChecked()
    assert "factor" in [each.figure.key for each in page.hours.model.columns if each.figure]
