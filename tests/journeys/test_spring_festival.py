"""The Spring Festival: the office fills in its duty sheet, a superior approves it with a signature, and the sheet that is saved says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from stationdesk.domain import words
from stationdesk.domain.roster import DayKind
from stationdesk.journey import day
from stationdesk.journey.hand import Clock, Hand
from stationdesk.reports.lines import read_lines
from stationdesk.services.demo import PASSWORD, make_demo
from stationdesk.services.roster import month_view, versions
from stationdesk.services.roster.publish import HOLIDAY
from stationdesk.storage.verify import verify
from stationdesk.ui.reports import files
from stationdesk.ui.reports.page import ReportsPage
from stationdesk.ui.roster.page import RosterPage
from stationdesk.ui.signin.log_in_dialog import LogInDialog
from stationdesk.ui.widgets.sign_dialog import SignDialog

FIRST, LAST = date(2027, 2, 1), date(2027, 2, 28)
CHIEF, DEPUTY, SAFETY = "沈浩", "陆平", "方敏"
LEADS, STANDBY = "带班", "备班"


@pytest.fixture
def hand(tmp_path: Path, qtbot: QtBot) -> Iterator[Hand]:
    """A station's window, nobody picked."""
    words.use("zh_CN")
    path = tmp_path / "station.db"
    make_demo(path, at=day.at(7, 43), days=1, seed=day.SEED)
    with day.opened(path, Clock(day.at(7, 50)), "zh_CN") as made:
        yield made


@pytest.mark.journey
def test_the_office_drafts_a_superior_approves_and_the_sheet_is_printed(hand: Hand, tmp_path: Path) -> None:
    office = log_in(hand, "office")
    page = february(hand)
    days = festival(page)
    assert (page.begin_button.isEnabled(), page.generate_button.isVisible()) == (True, False)
    hand.press("N")
    for name, kind, on in ((CHIEF, LEADS, days[::2]), (DEPUTY, LEADS, days[1::2]), (SAFETY, STANDBY, days)):
        fill_in(hand, page, name, kind, on)
    assert not page.publish_button.isEnabled()  # drafting is the office's, approving is not
    superior = log_in(hand, "superior")
    page = february(hand)
    assert page.publish_button.isEnabled()
    hand.press("Ctrl+Enter")
    hand.dialog(SignDialog)
    hand.write(PASSWORD)
    hand.press("Enter")
    (made,) = versions(hand.store, FIRST, LAST, HOLIDAY)
    assert (made.made_by, made.published_by) == (office, superior)
    assert month_view(hand.store, FIRST, hand.clock()).published_number == 0  # the desk goes by its own sheet
    text = printed(hand, tmp_path / "spring.pdf")
    for said in ("节假日值班表", "春节", CHIEF, DEPUTY, SAFETY, f"{days[0]:%Y-%m-%d}", f"{days[-1]:%Y-%m-%d}", superior, "已批准第 1 版"):
        assert said in text, said
    assert "草稿" not in text
    found = verify(hand.store.path)
    assert found.clean, found.sentences()


def log_in(hand: Hand, login: str) -> str:
    """F10 at the locked desk: who, and the password; the name."""
    hand.shell.lock()
    hand.settle()
    hand.press("F10")
    dialog = hand.dialog(LogInDialog)
    person = next(each for each in dialog.people if each.login == login)
    dialog.person.choose(person.person_id)
    dialog.password.take_focus()
    hand.write(PASSWORD)
    hand.press("Enter")
    actor = hand.program.runner.actor
    hand.sees(f"{person.name} is at the desk", lambda: actor is not None and actor.name == person.name)
    return person.name


def february(hand: Hand) -> RosterPage:
    """The holidays' sheet of February: from the rail, H, and months on until it is there."""
    page = hand.go("roster")
    assert isinstance(page, RosterPage)
    page.take_focus()
    if page.sheet != HOLIDAY:
        hand.press("H")
    for _month in range(12):
        if page.model.days[0] == FIRST:
            return page
        hand.press("Alt+Right")
    raise AssertionError(page.model.days[0])


def festival(page: RosterPage) -> list[date]:
    """The days off around the Spring Festival."""
    assert page.board is not None
    statutory = [each.day for each in page.board.view.days if each.kind == DayKind.STATUTORY]
    assert len(statutory) == 4  # the eve and three days
    return statutory


def fill_in(hand: Hand, page: RosterPage, name: str, kind: str, on: list[date]) -> None:
    """Digits set what somebody does; the keys stand in the legend's order."""
    page.take_focus()
    row = next(n for n, each in enumerate(page.model.rows) if each.name == name)
    key = next(n for n, code in enumerate(page.model.keys(), 1) if code and str(page.model.kind[code].name) == kind)
    for each in on:
        page.grid.people.go_to(row, page.model.days.index(each))
        hand.press(str(key))
    person = page.model.rows[row].person_id
    assert all(str(page.model.kind[page.model.cell(person, each)].name) == kind for each in on)


def printed(hand: Hand, target: Path) -> str:
    """Ctrl+P leads to the sheet of these days, Ctrl+S saves it from its preview; its words."""
    hand.press("Ctrl+P")
    page = hand.page(ReportsPage)
    assert page.report.name == "holiday-duty"
    with day.answered(files, "ask_place", str(target)):
        hand.press("Ctrl+S")
    hand.sees("the sheet is saved", target.is_file)
    return "\n".join(read_lines(target.read_bytes()))
