"""The menu of the last gas days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from stationdesk.domain.moments import format_day, gas_day_of, weekday
from stationdesk.domain.words import _

DAYS = 8


def day_menu(owner: QWidget, newest: datetime, zone: ZoneInfo, begins: int, choose: Callable[[datetime | None], object]) -> QMenu:
    """The day that runs (chosen with None: it follows the clock) and those before it; begins: minutes at which a day begins."""
    menu = QMenu(owner)
    for back in range(DAYS):
        moment = newest - timedelta(days=back)
        day = gas_day_of(moment, zone, begins)
        words = _("{day} {weekday}").format(day=format_day(day), weekday=weekday(day))
        action = QAction(_("{day}, now").format(day=words) if not back else words, menu)
        action.triggered.connect(lambda _checked=False, at=None if not back else moment: choose(at))
        menu.addAction(action)
    return menu
