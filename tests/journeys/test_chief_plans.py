"""A chief plans December by keyboard and signs it, then loses two people to illness: the desk goes by each version as it is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from stationdesk.domain import words
from stationdesk.journey import day
from stationdesk.journey.hand import Clock, Hand
from stationdesk.rostering import apart
from stationdesk.services.demo import PASSWORD, make_demo
from stationdesk.services.roster import leaves, month_view, versions
from stationdesk.services.shifts import planned
from stationdesk.ui.roster import making
from stationdesk.ui.roster.dialogs import LeaveDialog
from stationdesk.ui.roster.page import RosterPage
from stationdesk.ui.signin.log_in_dialog import LogInDialog
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.sign_dialog import SignDialog

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
CHIEF, ENGINE_SECONDS = "沈浩", 4.0
ILL_DAYS = (date(2026, 12, 9), date(2026, 12, 11))
MOST_BREACHES = 40


@pytest.fixture
def hand(tmp_path: Path, compiled: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    """A station's window, nobody picked, and an engine that may work for four seconds."""
    words.use("zh_CN")
    monkeypatch.setattr(making, "SECONDS", ENGINE_SECONDS)
    compiled.mkdir(exist_ok=True)
    apart.warm(compiled)
    (tmp_path / "compiled").symlink_to(compiled)
    path = tmp_path / "station.db"
    make_demo(path, at=day.at(7, 43), days=1, seed=day.SEED)
    with day.opened(path, Clock(day.at(7, 50)), "zh_CN") as made:
        made.program.runner.folder = tmp_path
        yield made


@pytest.mark.journey
def test_december_is_planned_signed_and_mended_after_two_fall_ill(hand: Hand) -> None:
    log_in(hand)
    page = december(hand)
    hand.press("G")
    assert made_how(hand) == ["solver"]
    too_short(hand, page)
    publish(hand, page, "人手不足，已征得本人同意")
    check_desk(hand)
    ill = fall_ill(hand, page)
    hand.press("R")
    assert made_how(hand)[0] == "repair"
    names = {row.name for row in page.model.rows if row.person_id in ill}
    hand.press("C")
    told = {each.text() for each in page.changes.findChildren(Line)}
    assert names <= told
    publish(hand, page, "两人病假，按最少改动调整")
    assert [each.published_by for each in versions(hand.store, FIRST, LAST) if each.published_at] == [CHIEF, CHIEF]
    check_desk(hand)
    for each in ILL_DAYS:
        assert not {person for _kind, person in on_duty(hand, each)} & ill


def log_in(hand: Hand) -> None:
    """F10 at the locked desk: who, and the password."""
    hand.shell.lock()
    hand.settle()
    hand.press("F10")
    dialog = hand.dialog(LogInDialog)
    dialog.person.choose(next(each.person_id for each in dialog.people if each.name == CHIEF))
    dialog.password.take_focus()
    hand.write(PASSWORD)
    hand.press("Enter")
    actor = hand.program.runner.actor
    hand.sees("the chief is at the desk", lambda: actor is not None and actor.name == CHIEF)


def december(hand: Hand) -> RosterPage:
    """The roster, one month on."""
    page = hand.go("roster")
    assert isinstance(page, RosterPage)
    hand.press("Alt+Right")
    assert page.model.days[0] == FIRST
    return page


def made_how(hand: Hand) -> list[str]:
    """How the drafts that are open were made, the newest first."""
    return [each.made_how for each in versions(hand.store, FIRST, LAST) if not each.dropped and each.published_at is None][:1]


def too_short(hand: Hand, page: RosterPage) -> None:
    """A morning typed straight after somebody's evening."""
    before = len(page.breaches.open())
    row, column = next(
        (n, at + 1)
        for n, row in enumerate(page.model.rows)
        for at, cell in enumerate(row.cells[:-1])
        if cell.code == "E" and not row.cells[at + 1].code
    )
    page.grid.people.go_to(row, column)
    hand.press("1")
    assert len(page.breaches.open()) > before
    assert any(each.breach.test == "rest" for each in page.breaches.open())


def publish(hand: Hand, page: RosterPage, why: str) -> None:
    """Ctrl+Enter leads to each breach until each has its reason, then to the password."""
    page.take_focus()
    for _breach in range(MOST_BREACHES):
        hand.press("Ctrl+Enter")
        assert page.board is not None
        if not page.board.view.unanswered:
            break
        hand.write(why)
        hand.press("Enter")
        page.take_focus()
    hand.dialog(SignDialog)
    hand.write(PASSWORD)
    hand.press("Enter")
    assert page.board is not None
    assert page.board.draft is None
    hand.sees("all of it is published", lambda: page.model.agreed() == len(page.model.days))


def fall_ill(hand: Hand, page: RosterPage) -> set[int]:
    """Two of one shift are on sick leave for three days."""
    kind, _person = next(iter(on_duty(hand, ILL_DAYS[0])))
    ill = [person for code, person in sorted(on_duty(hand, ILL_DAYS[0])) if code == kind][-2:]
    for person in ill:
        row = [each.person_id for each in page.model.rows].index(person)
        page.take_focus()
        page.grid.people.go_to(row, page.model.days.index(ILL_DAYS[0]))
        hand.press("L")
        dialog = hand.dialog(LeaveDialog)
        dialog.kind.choose("sick")
        dialog.last.choose(ILL_DAYS[1])
        dialog.words.take_focus()
        hand.write("发烧")
        hand.press("Ctrl+Enter")
    assert {(each.person_id, each.state) for each in leaves(hand.store, *ILL_DAYS)} >= {(person, "approved") for person in ill}
    return set(ill)


def on_duty(hand: Hand, on: date) -> set[tuple[str, int]]:
    """Who mans which shift of a day, by the roster."""
    view = month_view(hand.store, on, hand.clock())
    column, desk = (on - view.first).days, {kind.code for kind in view.kinds if kind.desk}
    return {(row.cells[column].code, row.person_id) for row in view.rows if row.cells[column].code in desk}


def check_desk(hand: Hand) -> None:
    """The shifts the desk plans have the people of the roster."""
    for on in (FIRST, *ILL_DAYS):
        for hour in (4, 12, 20):
            at = datetime(on.year, on.month, on.day, hour, tzinfo=day.ZONE)
            with hand.store.read() as session:
                shift = planned(session, at)
            assert shift is not None
            assert shift.crew is not None
            assert set(shift.crew.members) == {person for kind, person in on_duty(hand, shift.day) if kind == shift.kind}
