"""What a crew does in a shift, step by step as the manual says it, through the real window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from PySide6.QtTest import QTest

from stationdesk.domain.handover import LineState, VerdictKind
from stationdesk.journey.hand import Hand, LostError
from stationdesk.services import checklists, handover, rounds
from stationdesk.services.demo import PASSWORD
from stationdesk.services.lines import LineView
from stationdesk.services.metering.streams import streams_view
from stationdesk.services.people import people_view
from stationdesk.services.readings import day_view, points_view
from stationdesk.services.rounds import WindowView
from stationdesk.services.shifts import desk_view
from stationdesk.ui.checklists.page import ChecklistsPage
from stationdesk.ui.handover.page import HandoverPage
from stationdesk.ui.hazards.page import HazardsPage
from stationdesk.ui.log.page import LogPage
from stationdesk.ui.readings.page import ReadingsPage
from stationdesk.ui.rounds.page import RoundsPage
from stationdesk.ui.signin.reason_dialog import SignOffCrewDialog
from stationdesk.ui.signin.sign_on_dialog import SignOnDialog
from stationdesk.ui.widgets.sign_dialog import SignDialog

STEADY = {"MPa": "2.45", "kPa": "18", "%": "62", "m": "3.2", "件": "18", "%LEL": "0", "/min": "24", "V": "-0.98", "℃": "8"}


def sign_on(hand: Hand, login: str, password: str = PASSWORD) -> None:
    """F9 at the locked desk: who, and the password."""
    hand.shell.lock()
    hand.settle()
    hand.press("F9")
    dialog = hand.dialog(SignOnDialog)
    person = next(each for each in people_view(hand.store, hand.clock()) if each.login == login)
    dialog.choose(person.person_id)
    hand.settle()
    hand.write(password)
    hand.press("Enter")
    here = [each.person_id for each in desk_view(hand.store, hand.clock()).people]
    hand.sees(f"{login} is signed on", lambda: person.person_id in here)


def pick(hand: Hand, person_id: int) -> None:
    """Somebody signed on takes the keyboard by one key."""
    key = next((each.key for each in desk_view(hand.store, hand.clock()).people if each.person_id == person_id), "")
    if not key:
        raise LostError(f"person {person_id} has no key")
    hand.press(key)
    actor = hand.program.runner.actor
    hand.sees(f"{key} picks person {person_id}", lambda: actor is not None and actor.person_id == person_id)


def read_hour(hand: Hand, hour: datetime, values: Mapping[str, Decimal]) -> None:
    """Every point of an hour: its digits and Enter."""
    page = hand.go("readings", hour)
    assert isinstance(page, ReadingsPage)
    page.grid.setFocus()
    page.grid.go_to(page.model.row_of(hour), 0)
    hand.settle()
    for n, point in enumerate(page.model.points):
        hand.write(str(values[point.code]))
        hand.press("Enter")
        if page.grid.currentIndex().column() == n < len(page.model.points) - 1:
            hand.press("Enter")  # a question: the value is right as it is
    done = {each.point_id for each in page.model.points}
    found = next(line for line in day_view(hand.store, hour, hand.clock()).hours() if line.time == hour)
    hand.sees(f"all points of {hour.astimezone(hand.zone):%H:%M} are read", lambda: done <= {*found.cells, *found.hidden})


def explain_all(hand: Hand) -> None:
    """Words to whatever owes them: E, and the first phrase."""
    page = hand.page(ReadingsPage)
    for _each in range(len(page.model.points)):
        _rest(hand, page)
        if page.view is None or not page.view.owed:
            return
        hand.press("E", "1")
    raise LostError("words are owed that nobody takes")


def _rest(hand: Hand, page: ReadingsPage) -> None:
    """The page looks anew when the hands rest."""
    while page.calm.isActive():
        QTest.qWait(page.calm.remainingTime() + 1)
    hand.settle()


def walk_round(hand: Hand, window: WindowView) -> int:
    """A round from paper: its times, then each point by 1, its number or its choice; F9 signs it off."""
    page = hand.go("rounds", ("window", window.route_id, window.opens))
    assert isinstance(page, RoundsPage)
    local = hand.clock().astimezone(hand.zone)
    begins = window.opens.astimezone(hand.zone)
    hand.press("Enter", "1")
    hand.write(f"{begins:%H}{begins.minute + 2:02}")
    hand.press("Enter")
    hand.write(f"{local:%H%M}")
    hand.press("Enter")
    if page.start.reason.isVisible():  # two people are wanted: the first of the others goes along
        hand.press("Down")
    hand.press("F9")
    round_id = page.desk.run_id
    if round_id is None:
        raise LostError(f"the round of {begins:%H:%M} does not begin")
    for line in rounds.round_view(hand.store, round_id).lines:
        answer(hand, line)
    hand.press("F9")
    state = rounds.round_view(hand.store, round_id).brief.state
    hand.sees("the round is signed off", lambda: state == "closed")
    return round_id


def answer(hand: Hand, line: LineView) -> None:
    """One line of a round or checklist: a number, the normal choice, or 1."""
    if line.item.ask == "measure":
        hand.write(_on_the_gauge(line))
        hand.press("Enter")
    else:
        hand.press("1")


def _on_the_gauge(line: LineView) -> str:
    """A steady value within the line's limits."""
    low, high = line.item.limits.l, line.item.limits.h
    if low is not None and high is not None:
        return str(round((low + high) / 2, line.item.decimals))
    return STEADY.get(line.item.unit, "1")


def fill_checklist(hand: Hand, template_id: int) -> int:
    """A checklist on the spot: each item, then F9."""
    page = hand.go("checklists", None)
    assert isinstance(page, ChecklistsPage)
    page.start.due.table.select_key(template_id)
    hand.settle()
    hand.press("Enter", "F9")
    found = checklists.history(hand.store, template_id)
    if not found or found[0].state != "running":
        raise LostError("the checklist does not begin")
    for line in checklists.checklist_view(hand.store, found[0].id).lines:
        answer(hand, line)
    hand.press("F9")
    state = checklists.history(hand.store, template_id)[0].state
    hand.sees("the checklist is signed off", lambda: state == "closed")
    return found[0].id


def write_log(hand: Hand, text: str) -> None:
    """One key, the text, Enter."""
    page = hand.go("log")
    assert isinstance(page, LogPage)
    hand.press("F6")
    hand.write(text)
    hand.press("Enter")
    entry = page.stream.current_entry()
    hand.sees("the entry stands in the log", lambda: entry is not None and entry.text == text)


def raise_hazard(hand: Hand, place: str, text: str) -> None:
    """N on the hazards page: place, what it is, Ctrl+Enter."""
    page = hand.go("hazards")
    assert isinstance(page, HazardsPage)
    hand.press("N", "1")
    hand.write(place)
    hand.press("Enter")
    hand.write(text)
    hand.press("Ctrl+Enter")
    row = page.table().current_row()
    hand.sees("the hazard stands in the ledger", lambda: row is not None and text in str(row))


def sign_outgoing(hand: Hand, leader_id: int, password: str = PASSWORD) -> None:
    """The outgoing leader: Ctrl+Enter, the password."""
    pick(hand, leader_id)
    hand.go("handover")
    hand.press("Ctrl+Enter")
    hand.dialog(SignDialog)
    hand.write(password)
    hand.press("Enter")
    view = handover.handover_view(hand.store, hand.clock())
    hand.sees("the outgoing leader has signed", lambda: view.outgoing.signed_at is not None)


def settle_lines(hand: Hand, words: str) -> None:
    """Whatever the facts contradict is taken with reservation, in words: P, the words, Enter."""
    page = hand.go("handover")
    assert isinstance(page, HandoverPage)
    for each in handover.handover_view(hand.store, hand.clock()).lines:
        if each.line.state is LineState.CONTRADICTED and each.standing is None:
            page.lines.select(each.line.code)
            hand.settle()
            hand.press("P")
            hand.write(words)
            hand.press("Enter")


def read_blind(hand: Hand, leader_id: int, values: Mapping[str, Decimal], off: Mapping[str, int] | None = None) -> None:
    """The relief reads the counters of every run that goes over: F5, then twice the digits and Enter. off: misread by so much."""
    pick(hand, leader_id)
    page = hand.go("handover")
    assert isinstance(page, HandoverPage)
    points = {each.point_id: each.code for each in points_view(hand.store, hand.clock())}
    runs = {each.stream_id: each.points for each in streams_view(hand.store, hand.clock())}
    for stream in page.gas.takeover.streams if page.gas.takeover else ():
        hand.press("F5")
        for point_id in (runs[stream.stream_id].counter, runs[stream.stream_id].corrected):
            code = points[point_id or 0]
            hand.write(str(values[code] + (off or {}).get(code, 0)))
            hand.press("Enter")
    waits = [each.said for each in handover.handover_view(hand.store, hand.clock()).obstacles if each.said.code == "metering.base"]
    hand.sees("the base readings are in", lambda: not waits)


def look(hand: Hand, leader_id: int) -> None:
    """The incoming leader looks: ticks what no record tells of, accepts reservations."""
    pick(hand, leader_id)
    page = hand.go("handover")
    assert isinstance(page, HandoverPage)
    for each in handover.handover_view(hand.store, hand.clock()).lines:
        waits = each.said is not None and each.said.verdict is VerdictKind.WITH_RESERVATION and not each.said.accepted_by
        if waits or each.standing is None:
            page.lines.select(each.line.code)
            hand.settle()
            hand.press("Space")


def take_over(hand: Hand, leader_id: int, password: str = PASSWORD) -> None:
    """The incoming leader looks, then Ctrl+Enter, the password."""
    look(hand, leader_id)
    hand.press("Ctrl+Enter")
    hand.dialog(SignDialog)
    hand.write(password)
    hand.press("Enter")
    desk = desk_view(hand.store, hand.clock())
    hand.sees("the next shift is open", lambda: desk.shift is not None and desk.shift.leader_id == leader_id)


def sign_off(hand: Hand, shift_id: int) -> None:
    """The crew that handed over leaves: Alt+Q, and Enter under their names."""
    hand.press("Alt+Q")
    hand.dialog(SignOffCrewDialog)
    hand.press("Enter")
    here = [each.shift_id for each in desk_view(hand.store, hand.clock()).people]
    hand.sees("the crew that handed over has signed off", lambda: shift_id not in here)
