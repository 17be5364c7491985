"""The bad night through the real window by keyboard: a contradicted line, an absent relief, a refusal, an emergency in the middle of the
handover, a forgotten password; then the sheet is read back, and signed later the next day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from stationdesk.domain import words
from stationdesk.journey import day, trouble
from stationdesk.journey import shift as steps
from stationdesk.journey.hand import Clock, Hand
from stationdesk.reports.checking import check_file
from stationdesk.services import Store
from stationdesk.services.demo import make_demo
from stationdesk.services.demo.gas import Counters
from stationdesk.services.demo.load import values_at
from stationdesk.services.handover import past_handovers
from stationdesk.services.people import people_view
from stationdesk.services.shifts import desk_view
from stationdesk.storage.station import Notice
from stationdesk.storage.verify import verify
from stationdesk.ui.handover.page import HandoverPage
from stationdesk.ui.signin.page import SigninPage

DAYS = 1
FILTER = "滤芯压差偏高，已请检修班白天更换，每小时看一次"
BROKEN_DOWN, WATER = "乙班班车途中抛锚", "出口法兰处闻到气味，查为积水反味，未测到可燃气体"
DIRTY, CLEANED = "值班室地面未清扫", "已当面清扫完毕"
FORGOTTEN = "口令忘记，站长不在站"


@dataclass
class Night:
    """What was seen on the way, by name, blanks left out, for the tests to look at."""

    folder: Path
    first: Path
    later: Path
    seen: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)

    @property
    def store(self) -> Path:
        return self.folder / "station.db"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("night")
    made = Night(folder, folder / "first.pdf", folder / "later.pdf")
    words.use("zh_CN")
    make_demo(made.store, at=day.at(7, 43), days=DAYS, seed=day.SEED)
    with day.opened(made.store, Clock(day.at(7, 43)), "zh_CN") as hand:
        play(hand, made)
    return made


def play(hand: Hand, night: Night) -> None:
    leaving = next(each.person_id for each in desk_view(hand.store, hand.clock()).people if each.leader)
    read_the_filter(hand, night, leaving)
    nobody_comes(hand, night, leaving)
    taking = relief_comes(hand, leaving)
    contradicted(hand, night, leaving)
    refused(hand, night, taking)
    emergency(hand, night, leaving, taking)
    steps.read_blind(hand, taking, counted())
    steps.sign_outgoing(hand, leaving)
    shift_id = in_ink(hand, night, taking)
    day.print_handover(hand, shift_id, night.first)
    chief(hand, night)
    hand.until(7, 50, days=1)
    trouble.sign_later(hand, taking)
    day.print_handover(hand, shift_id, night.later)


def counted() -> Mapping[str, Decimal]:
    """What the counters show at 08:00."""
    counters = Counters(day.SEED, day.at(0).astimezone(day.ZONE) - timedelta(days=DAYS))
    return counters.at(day.at(8).astimezone(day.ZONE))


def read_the_filter(hand: Hand, night: Night, leaving: int) -> None:
    """36 kPa at the closing hour, and words to it."""
    steps.pick(hand, leaving)
    hand.until(8, 2)
    day.catch_up(hand)
    values = values_at(day.SEED, day.at(8).astimezone(day.ZONE), counted()) | {"dp-f": Decimal(36)}
    steps.read_hour(hand, day.at(8), values)
    steps.explain_all(hand)


def nobody_comes(hand: Hand, night: Night, leaving: int) -> None:
    """08:20 and no relief: the crew stays on, and its hours are counted."""
    hand.until(8, 20)
    trouble.stay_on(hand, leaving, BROKEN_DOWN)
    hand.wait(30)
    night.seen["staying"] = trouble.on_screen(hand.go("now"))
    page = hand.go("handover")
    night.seen["absent"] = trouble.on_screen(page)
    hand.press("Ctrl+Enter")
    night.seen["absent, signing"] = trouble.told(hand)


def relief_comes(hand: Hand, leaving: int) -> int:
    """Its leader has forgotten the password: the outgoing leader vouches. The others sign on as ever."""
    coming = desk_view(hand.store, hand.clock()).coming
    assert coming is not None
    logins = {each.person_id: each.login for each in people_view(hand.store, hand.clock())}
    leader, *others = coming.people
    trouble.vouch(hand, leaving, logins[leader.person_id], FORGOTTEN)
    for each in others:
        steps.sign_on(hand, logins[each.person_id])
    return leader.person_id


def contradicted(hand: Hand, night: Night, leaving: int) -> None:
    steps.pick(hand, leaving)
    night.seen["why not"] = trouble.reserve(hand, "equipment", FILTER)
    page = hand.page(HandoverPage)
    night.seen["reserved"] = trouble.on_screen(page.lines.lines["equipment"])


def refused(hand: Hand, night: Night, taking: int) -> None:
    """拒绝接班: seven minutes later its clock says so; then it is withdrawn."""
    page = trouble.refuse(hand, taking, DIRTY)
    hand.wait(7)
    page.ready.tick(hand.clock())
    night.seen["refused"] = trouble.on_screen(page.ready)
    trouble.withdraw(hand, CLEANED)


def emergency(hand: Hand, night: Night, leaving: int, taking: int) -> None:
    """Declared by nobody from the locked desk: neither side can sign until a leader ends it."""
    trouble.declare(hand)
    hand.wait(4)
    night.seen["locked desk"] = trouble.on_screen(hand.page(SigninPage))
    for name, person in (("outgoing", leaving), ("incoming", taking)):
        steps.pick(hand, person)
        page = hand.go("handover")
        assert isinstance(page, HandoverPage)
        night.seen[name] = trouble.on_screen(page.ready)
        hand.press("Ctrl+Enter")
        night.seen[f"{name}, signing"] = trouble.told(hand)
    night.seen["strip"] = hand.shell.strip.next.text()
    trouble.end_emergency(hand, leaving, WATER)
    night.seen["strip after"] = hand.shell.strip.next.text()


def in_ink(hand: Hand, night: Night, taking: int) -> int:
    """The relief looks at everything; its password does not come back: signed in ink. The shift handed over."""
    shift = desk_view(hand.store, hand.clock()).shift
    assert shift is not None
    steps.look(hand, taking)
    night.answers = trouble.wrong_password(hand, "demo1", "Demo", "1234567", "demo2")
    trouble.sign_in_ink(hand, FORGOTTEN)
    night.seen["after ink"] = trouble.told(hand)
    desk = desk_view(hand.store, hand.clock())
    hand.sees("the next shift is open", lambda: desk.shift is not None and desk.shift.leader_id == taking)
    steps.sign_off(hand, shift.shift_id)
    return shift.shift_id


def chief(hand: Hand, night: Night) -> None:
    trouble.log_in(hand, next(each.login for each in people_view(hand.store, hand.clock()) if "chief" in each.roles))
    night.seen["chief"] = trouble.see_notices(hand, FILTER)


def text_of(pdf: Path) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(pdf).pages).split())


@pytest.mark.journey
def test_what_the_records_contradict_is_not_as_found(night: Night) -> None:
    assert night.seen["why not"] == "“设备状况”与记录矛盾，不能勾相符，只能带问题交接。"
    assert FILTER in night.seen["reserved"]
    assert "带问题交接" in night.seen["reserved"]
    assert f"带问题交接：{FILTER}" in night.seen["chief"]


@pytest.mark.journey
def test_without_relief_the_crew_stays_and_its_hours_count(night: Night) -> None:
    assert "班长，延时0.83小时" in night.seen["staying"]  # 08:00 to 08:50
    assert "尚无人签到" in night.seen["absent"]
    assert "交班人还不能签字" in night.seen["absent"]
    assert night.seen["absent, signing"] == "过滤器压差 36 kPa 高于 30"


@pytest.mark.journey
def test_a_refusal_has_its_clock_and_the_chiefs_number(night: Night) -> None:
    assert "张伟拒绝接班；站长8001" in night.seen["refused"]
    assert "00:07:00" in night.seen["refused"]


@pytest.mark.journey
def test_an_emergency_postpones_both_signatures(night: Night) -> None:
    assert "应急状态，自08:57" in night.seen["locked desk"]
    assert "交班人还不能签字" in night.seen["outgoing"]
    assert "接班人还不能签字" in night.seen["incoming"]
    for side in ("outgoing", "incoming"):
        assert night.seen[f"{side}, signing"] == "08:57 起应急状态：暂缓交接，两班同时在岗"
    assert night.seen["strip"] == "应急状态，倒计时暂停"
    assert night.seen["strip after"] == "08:00 交接班   超时 1 小时 01 分"


@pytest.mark.journey
def test_a_wrong_password_is_answered_at_the_field_and_the_wait_is_said(night: Night) -> None:
    wrong = "口令登录名与口令不符"
    assert night.answers == [f"{wrong}。", f"{wrong}。", f"{wrong}，2秒后可再试。", "口令刚才输错次数较多，本次未核对，请2秒后再试。"]
    assert "打印" in night.seen["after ink"]


@pytest.mark.journey
def test_the_sheet_says_what_went_wrong(night: Night) -> None:
    text = text_of(night.first)
    for said in (
        f"拒绝接班：交班未准备好不接，{DIRTY}",
        f"张伟撤回拒绝：{CLEANED}",
        FILTER,
        "△带问题",
        f"延时值守：黄勇、徐丽、胡斌，08:00–09:01，各1.02小时；{BROKEN_DOWN}",
        f"应急状态08:57–09:01，未登录者启动，黄勇解除：{WATER}",
        f"应急签字：{FORGOTTEN}；",
        "须于2026-11-2309:01前补签",
        "接班班长张伟（应急签字）",
    ):
        assert said in text, said


@pytest.mark.journey
def test_both_times_stand_on_the_sheet_once_it_is_signed_later(night: Night) -> None:
    text = text_of(night.later)
    assert f"2026-11-2009:01应急签字：{FORGOTTEN}" in text
    assert text.count("补签2026-11-2107:50") == 2  # on record, and at the signature
    assert "须于" not in text


@pytest.mark.journey
def test_the_store_fits_its_journal_and_both_sheets(night: Night) -> None:
    store = Store.open(night.store)
    try:
        assert check_file(store, night.later.read_bytes()).same_file
        assert check_file(store, night.first.read_bytes()).same_file
        assert past_handovers(store)[0].ink_owed is False
        assert past_handovers(store)[0].with_reservation == 1
        assert {"ink", "emergency", "refuse", "withdraw", "reservation", "duty_extended", "signed_on_other"} <= kinds(store)
    finally:
        store.close()
    found = verify(night.store)
    assert found.clean, found.sentences()


def kinds(store: Store) -> set[str]:
    """Notices that were left, seen or not."""
    with store.read() as session:
        return set(session.scalars(select(Notice.kind)))
