"""What a person does on the roster page in its tests: keys to what has the focus, answers awaited, dialogs found."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stationdesk.services import Store
from stationdesk.services import roster as use
from stationdesk.services.roster import month_view
from stationdesk.ui.roster.page import RosterPage
from tests.conftest_station import NIGHT, PASSWORD, actor

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


def settle(page: RosterPage) -> None:
    """Everything asked is answered and painted."""
    for _n in range(4):
        page.runner.drain()
        QApplication.processEvents()


def press(page: RosterPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, to what has the focus."""
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    settle(page)


def dialog(kind: type) -> object:
    """The one dialog of its kind that is open."""
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    assert len(found) == 1
    return found[0]


def publish(store: Store) -> None:
    """December by the rotation, published."""
    chief = actor(store, "chief")
    draft = use.draft_roster(store, chief, FIRST, LAST, at=NIGHT)
    found = month_view(store, FIRST, NIGHT)
    use.publish_roster(store, chief, draft, PASSWORD, {each.breach.key: "按惯例" for each in found.breaches}, at=NIGHT)
