"""The holidays' duty sheet on the roster page: the office drafts it, a superior approves it, the desk's shifts stay as they are."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stationdesk.services import Store
from stationdesk.services.roster import month_view, versions
from stationdesk.services.roster.publish import HOLIDAY
from stationdesk.ui.roster.page import RosterPage
from stationdesk.ui.widgets.sign_dialog import SignDialog
from tests.conftest_station import NIGHT, PASSWORD
from tests.services.roster.test_drafts import login_of
from tests.ui.roster.desk import dialog, press, settle

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
DESK = "the desk goes by its own sheet"


def test_the_spring_festival_is_drafted_by_the_office_and_approved_by_a_superior(page: RosterPage, station_store: Store) -> None:
    office, superior = (login_of(station_store, name, role) for name, role in (("苏晴", "office"), ("顾建国", "superior")))
    page.runner.actor = office
    settle(page)
    assert not page.begin_button.isEnabled()  # the desk's own sheet is the chief's
    press(page, KEY.Key_H)
    page.months.go_to(date(2027, 2, 1))
    settle(page)
    assert page.begin_button.isEnabled()
    assert not page.generate_button.isVisible()
    press(page, KEY.Key_N)
    chief = next(n for n, row in enumerate(page.model.rows) if row.name == "沈浩")
    page.grid.people.go_to(chief, 5)
    press(page, KEY.Key_2)
    press(page, KEY.Key_2)
    codes = [page.model.cell(page.model.rows[chief].person_id, date(2027, 2, n)) for n in (6, 7)]
    assert codes == ["L", "L"]  # leads on two days
    assert not page.publish_button.isEnabled()
    page.runner.actor = superior
    settle(page)
    assert page.publish_button.isEnabled()
    page.grid.people.setFocus()
    press(page, KEY.Key_Return, modifier=CONTROL)
    sign = dialog(SignDialog)
    assert isinstance(sign, SignDialog)
    sign.password.set_text(PASSWORD)
    sign.yes.setEnabled(True)
    sign.yes.click()
    settle(page)
    (made,) = versions(station_store, date(2027, 2, 1), date(2027, 2, 28), HOLIDAY)
    assert (made.made_by, made.published_by) == ("苏晴", "顾建国")
    assert month_view(station_store, date(2027, 2, 1), NIGHT).published_number == 0, DESK
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    page.take_focus()
    press(page, KEY.Key_H)
    assert page.board is not None
    assert page.model.kinds  # the desk's shifts again
    assert page.board.view.published_number == 0, DESK
