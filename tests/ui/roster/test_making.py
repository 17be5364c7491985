"""Generate and Repair through the page, with the real engine in its own process and little time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from stationdesk.rostering import apart
from stationdesk.services import Store
from stationdesk.services import roster as use
from stationdesk.services.roster import versions
from stationdesk.services.roster.solve import Dispute
from stationdesk.ui.roster import making
from stationdesk.ui.roster.dialogs import DisputeDialog
from stationdesk.ui.roster.page import RosterPage
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.spoken import said
from stationdesk.ui.widgets.text import Text
from tests.conftest_station import NIGHT, actor
from tests.ui.roster.desk import FIRST, LAST, press, publish, settle

KEY = Qt.Key
ENGINE_SECONDS = 3.0


@pytest.fixture
def told(page: RosterPage) -> list[str]:
    """What the page says in the quiet bar."""
    found: list[str] = []
    page.tell.connect(lambda what: found.append(said(what.words) if isinstance(what, Notice) else type(what).__name__))
    return found


@pytest.fixture
def engine(page: RosterPage, compiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three seconds, and compiled code from one run of the tests to the next."""
    compiled.mkdir(exist_ok=True)
    apart.warm(compiled)
    (tmp_path / "compiled").symlink_to(compiled)
    page.runner.folder = tmp_path
    monkeypatch.setattr(making, "SECONDS", ENGINE_SECONDS)


@pytest.mark.usefixtures("engine")
def test_a_draft_is_generated_that_breaks_no_rule(page: RosterPage, station_store: Store, told: list[str]) -> None:
    away = actor(station_store, "op-a1").person_id
    use.record_leave(station_store, actor(station_store, "chief"), away, date(2026, 12, 5), date(2026, 12, 8), "annual", "探亲", at=NIGHT)
    press(page, KEY.Key_G)
    assert [each.made_how for each in versions(station_store, FIRST, LAST)] == ["solver"]
    assert told[-1].startswith("Draft generated: ")
    assert page.model.editable
    assert not page.making.isVisible()
    assert page.generate_button.isEnabled()
    assert not [each.words for each in page.breaches.open() if each.breach.test != "hours"]
    assert not any(page.model.cell(away, date(2026, 12, n)) for n in range(5, 9))


def test_an_illness_is_repaired_with_who_is_told(page: RosterPage, station_store: Store, told: list[str]) -> None:
    publish(station_store)
    chief, ill = actor(station_store, "chief"), [actor(station_store, login) for login in ("op-a1", "op-a2")]
    for person in ill:
        use.record_leave(station_store, chief, person.person_id, date(2026, 12, 9), date(2026, 12, 9), "sick", "发烧", at=NIGHT)
    page.runner.poll()
    settle(page)
    press(page, KEY.Key_R)
    assert versions(station_store, FIRST, LAST)[0].made_how == "repair"
    assert told[-1].startswith("Repaired with ")
    changed = set(page.model.changes())
    names = {row.name for row in page.model.rows if row.person_id in changed}
    assert names
    assert all(name in told[-1] for name in names)
    assert not any(page.model.cell(person.person_id, date(2026, 12, 9)) for person in ill)


@pytest.mark.parametrize("rules", [1, 40])
def test_why_there_is_no_roster_fits_a_small_screen_and_says_how_much_is_left_out(page: RosterPage, rules: int) -> None:
    leaders = tuple(f"2026-12-{n % 31 + 1:02}：夜班班长" for n in range(rules))
    dialog = DisputeDialog(page, Dispute(leaders, True, (leaders,) * (1 if rules == 1 else 6), 0.1))
    dialog.show_over()
    settle(page)
    assert dialog.height() < 640
    inside = dialog.area.widget()
    assert inside.height() >= inside.heightForWidth(inside.width())  # no line lies over another
    words = [each.text() for each in dialog.findChildren(Text)]
    assert ("… and 28 more" in words) == (rules == 40)
    assert words[-1].endswith("… and 34 more") == (rules == 40)
    assert (dialog.area.verticalScrollBar().maximum() > 0) == (rules == 40)
    press(page, KEY.Key_PageDown)
    assert dialog.area.verticalScrollBar().value() == dialog.area.verticalScrollBar().maximum()
    dialog.close()
