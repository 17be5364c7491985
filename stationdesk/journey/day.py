"""The journey of `--demo` without a screen: takeover, eight hours of readings, rounds, checklists, log, hazard, handover, its sheet."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication

from stationdesk.app import Program, application
from stationdesk.domain.checklists import DueState
from stationdesk.domain.rounds import WindowState
from stationdesk.journey import shift as steps
from stationdesk.journey.hand import Clock, Hand
from stationdesk.services import Store, checklists, rounds
from stationdesk.services.demo import make_demo
from stationdesk.services.demo.gas import Counters
from stationdesk.services.demo.load import values_at
from stationdesk.services.people import people_view
from stationdesk.services.shifts import desk_view
from stationdesk.ui.reports import files

ZONE = ZoneInfo("Asia/Shanghai")
DAY, DAYS, SEED = date(2026, 11, 20), 3, 1
HANDOVER_PDF = "handover.pdf"


@dataclass(frozen=True)
class Played:
    """What a journey leaves: the store, the shift it handed over, the sheet."""

    store: Path
    shift_id: int
    pdf: Path


def at(hour: int, minute: int = 0) -> datetime:
    """A time of the journey's day."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@contextmanager
def opened(store: Path, clock: Clock, language: str, *, desk: str = "desk-1", inline: bool = True) -> Iterator[Hand]:
    """The real window on a store, with a hand at its keyboard; nothing is left of it afterwards. inline=False: with its threads."""
    app, place = application(language, None)
    program = Program(store, place, clock=clock, inline=inline)
    program.shell.resize(1366, 768)
    program.shell.go("now")
    program.shell.show()
    program.use(Store.open(store, desk=desk, clock=clock))
    hand = Hand(program, clock, ZONE)
    hand.settle()
    try:
        yield hand
    finally:
        program.shell.close()
        program.shell.deleteLater()
        program.stop()
        QApplication.sendPostedEvents(None, 52)  # DeferredDelete
        app.processEvents()


def play(folder: Path, *, language: str) -> Played:
    """Play it and leave the handover sheet and a picture of every page in the folder. LostError where the window fails the crew."""
    with tempfile.TemporaryDirectory() as inside:
        store = Path(inside) / "station.db"
        make_demo(store, at=at(7, 43), days=DAYS, seed=SEED)
        with opened(store, Clock(at(7, 43)), language) as hand:
            shift_id = whole_shift(hand)
            pdf = print_handover(hand, shift_id, folder / HANDOVER_PDF)
            take_pictures(hand, folder)
        kept = folder / "station.db"
        shutil.move(store, kept)
        return Played(kept, shift_id, pdf)


def whole_shift(hand: Hand) -> int:
    """One day shift from takeover to the signed handover; its id."""
    counters = Counters(SEED, at(0).astimezone(ZONE) - timedelta(days=DAYS))
    crew = relieve(hand, 7, 58, counters)
    hand.go("log")
    steps.write_log(hand, "接班完毕，与上一班同走一圈，流程未变动。")
    for hour in range(9, 16):
        work_until(hand, hour, counters)
    steps.raise_hazard(hand, "调压间", "东侧照明灯不亮")
    hand.until(15, 44)
    shift = desk_view(hand.store, hand.clock()).shift
    assert shift is not None
    relieve(hand, 15, 58, counters)
    assert crew
    return shift.shift_id


def relieve(hand: Hand, hour: int, minute: int, counters: Counters) -> tuple[int, ...]:
    """The relief signs on, the closing hour is read, both leaders sign, the crew that leaves signs off; who is on duty now."""
    coming = desk_view(hand.store, hand.clock()).coming
    assert coming is not None
    logins = {each.person_id: each.login for each in people_view(hand.store, hand.clock())}
    for each in coming.people:
        steps.sign_on(hand, logins[each.person_id])
        hand.wait(1)
    hand.until(hour, minute)
    desk = desk_view(hand.store, hand.clock())
    assert desk.shift is not None
    leaving = next(each for each in desk.people if each.leader and not each.incoming)
    taking = next(each for each in desk.people if each.leader and each.incoming)
    steps.pick(hand, leaving.person_id)
    catch_up(hand)
    read(hand, hour + 1, counters)
    hand.wait(3)
    steps.settle_lines(hand, "已知情，处理后记入值班记录")
    moment = at(hour + 1)
    steps.read_blind(hand, taking.person_id, counters.at(moment.astimezone(ZONE)))
    steps.sign_outgoing(hand, leaving.person_id)
    steps.take_over(hand, taking.person_id)
    steps.sign_off(hand, desk.shift.shift_id)
    steps.pick(hand, taking.person_id)
    return tuple(each.person_id for each in coming.people)


def work_until(hand: Hand, hour: int, counters: Counters) -> None:
    """What falls due up to a full hour: rounds after their windows began, checklists, the reading."""
    hand.until(hour - 1, 50) if hand.clock.at < at(hour - 1, 50) else None
    catch_up(hand)
    hand.until(hour, 2)
    read(hand, hour, counters)
    hand.until(hour, 28)
    catch_up(hand)


def read(hand: Hand, hour: int, counters: Counters) -> None:
    """The reading of a full hour, and words to what is abnormal."""
    moment = at(hour)
    steps.read_hour(hand, moment, values_at(SEED, moment.astimezone(ZONE), counters.at(moment.astimezone(ZONE))))
    steps.explain_all(hand)


def catch_up(hand: Hand) -> None:
    """Every round whose window has run for a while and every checklist of the shift that is not done."""
    now = hand.clock()
    for lane in rounds.rounds_view(hand.store, now, None).lanes:
        for window in lane.windows:
            if window.state in (WindowState.DUE, WindowState.OVERDUE) and now - window.opens > timedelta(minutes=20):
                steps.walk_round(hand, window)
    for each in checklists.checklists_view(hand.store, now).due:
        if each.due.state in (DueState.DUE, DueState.OVERDUE):
            steps.fill_checklist(hand, each.id)


def print_handover(hand: Hand, shift_id: int, target: Path) -> Path:
    """The signed record, saved with Ctrl+S from its preview on the reports page; the question for a place is answered beforehand."""
    hand.go("reports", ("handover", str(shift_id)))
    with answered(files, "ask_place", str(target)):
        hand.press("Ctrl+S")
    hand.sees("the sheet is saved", target.is_file)
    return target


@contextmanager
def answered(module: ModuleType, question: str, answer: object) -> Iterator[None]:
    """A question of the operating system's own dialog, which nobody can answer without a screen, is answered."""
    asked = getattr(module, question)
    setattr(module, question, lambda *_args: answer)
    try:
        yield
    finally:
        setattr(module, question, asked)


def take_pictures(hand: Hand, folder: Path) -> None:
    """Every page as it stands."""
    for entry in hand.shell.entries:
        hand.go(entry.name)
        hand.shell.grab().save(str(folder / f"{entry.name}.png"))
