"""The handover through a real store: composed, judged, signed; one transaction closes a shift and opens the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from stationdesk.domain.accounts import WrongPasswordError
from stationdesk.domain.duty import NobodyLeavesError
from stationdesk.domain.handover import (
    ContentChangedError,
    ContradictedError,
    EmergencyPostponesError,
    IncomingAcceptsError,
    IncomingTicksError,
    InkReasonError,
    InkState,
    LineState,
    NotLeaderError,
    NotReadyError,
    NotYoursToSettleError,
    OutgoingFirstError,
    RefusalGroundError,
    RefusalWordsError,
    RefusedStandsError,
    ReliefAwaitedError,
    ReservationWordsError,
    SamePersonError,
    Stops,
    UnscheduledReasonError,
    VerdictKind,
    duty_words,
    in_way_of,
)
from stationdesk.domain.readings import CorrectionWordsError, ShiftReadError
from stationdesk.domain.store import RecordFrozenError
from stationdesk.services import NOBODY, Store, readings
from stationdesk.services import handover as use
from stationdesk.services.handover.verdicts import NotOfTheCrewsError, NotUnscheduledError
from stationdesk.services.hazards import raise_hazard
from stationdesk.services.items import open_item
from stationdesk.services.log import write_entry
from stationdesk.services.notices import unseen
from stationdesk.services.now import now_view
from stationdesk.services.people import reset_password
from stationdesk.services.shifts import (
    SignOn,
    declare_emergency,
    desk_view,
    end_emergency,
    extend_duty,
    lead_shift,
    sign_off,
    sign_off_crew,
    sign_on,
)
from stationdesk.storage import keys
from stationdesk.storage.carried import Carried
from stationdesk.storage.handover import Handover
from stationdesk.storage.shifts import Shift
from stationdesk.storage.signatures import Signature
from stationdesk.storage.verify import verify
from tests.conftest_station import NIGHT, PASSWORD, ZONE, actor
from tests.handing import EIGHT, hand_over, reserve_filter, settle_lines, walked_night
from tests.night import hour_of

Made = Callable[..., Store]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """Stores at 08:03 of a night walked to its end."""
    keys.use(keys.LIGHT)
    opened: list[Store] = []

    def make(**how: object) -> Store:
        opened.append(walked_night(tmp_path / f"{len(opened)}.db", **how))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for each in opened:
        each.close()
    keys.use(keys.STRONG)


@pytest.fixture
def store(made: Made) -> Store:
    return made()


def codes(store: Store, stops: Stops = Stops.INCOMING, at: datetime = EIGHT) -> list[str]:
    view = use.handover_view(store, at)
    return [each.said.code for each in in_way_of(stops, view.obstacles)]


def line(store: Store, code: str, at: datetime = EIGHT) -> use.LineView:
    return next(each for each in use.handover_view(store, at).lines if each.line.code == code)


# --- composing


def test_it_composes_at_any_moment_and_says_what_is_in_the_way(station_store: Store) -> None:
    view = use.handover_view(station_store, NIGHT)
    assert (view.handover_id, view.number, view.closed_at) == (None, "", None)
    assert [each.line.code for each in view.lines] == ["mode", "equipment", "records", "contact", "fire", "hygiene", "problems"]
    found = {each.said.code for each in view.obstacles}
    assert {"readings.missing", "rounds.owing", "checklists.wanting", "readings.to_come", "way.person", "way.nobody"} <= found
    assert view.next_moment == hour_of("08") - timedelta(minutes=10)
    assert (str(view.following.name), str(view.following.crew)) == ("Morning", "Crew D") if view.following else False


def test_looking_writes_nothing(store: Store) -> None:
    before = store.head()
    use.handover_view(store, EIGHT)
    assert store.head() == before


def test_everything_cited_can_be_led_to(store: Store) -> None:
    write_entry(store, actor(store, "lead-b"), "mode", "切至 B 路", at=hour_of("07"))
    raise_hazard(store, actor(store, "lead-b"), grade="minor", place="调压间", text="照明灯不亮", at=hour_of("07"))
    pages = {"readings", "rounds", "checklists", "log", "hazards", "equipment"}
    evidence = [each for view in use.handover_view(store, EIGHT).lines for each in view.line.evidence]
    assert {each.page for each in evidence} == pages
    assert any(each.page == "log" and isinstance(each.target, int) for each in evidence)


def test_the_figures_of_the_shift_stand_beside_it(store: Store) -> None:
    view = use.handover_view(store, EIGHT)
    filters = next(each for each in view.figures if each.name.en == "Filter Difference")
    assert (str(filters.first), str(filters.last), filters.over, filters.limits) == ("14", "37", 2, "≤ 30")
    assert [(each.unit, str(each.opening), str(each.closing), str(each.moved)) for each in view.counters] == [
        ("Nm³", "48332467", "48419913", "87446")
    ]


def test_a_quiet_night_asks_one_question_of_the_relief(made: Made) -> None:
    store = made(quiet=True)
    assert codes(store, Stops.OUTGOING) == []
    assert codes(store) == ["way.person", "way.outgoing"]
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT)
    use.give_verdict(store, actor(store, "lead-d"), "hygiene", "as_found", at=EIGHT)
    use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT)
    assert verify(store.path).clean


# --- what is said of the lines


def test_what_the_facts_contradict_is_never_as_found(store: Store) -> None:
    assert line(store, "equipment").line.state is LineState.CONTRADICTED
    with pytest.raises(ContradictedError):
        use.give_verdict(store, actor(store, "lead-b"), "equipment", "as_found", at=EIGHT)
    with pytest.raises(ReservationWordsError):
        use.give_verdict(store, actor(store, "lead-b"), "equipment", "with_reservation", "  ", at=EIGHT)
    with pytest.raises(NotReadyError):
        use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT)


def test_taken_with_reservation_it_goes_to_the_chief(store: Store) -> None:
    reserve_filter(store)
    view = line(store, "equipment")
    assert view.standing is VerdictKind.WITH_RESERVATION
    assert view.said is not None
    assert (view.said.by, view.said.accepted_by) == ("张伟", "")
    told = [note for note in unseen(store) if note.kind == "reservation"]
    assert [note.values["words"] for note in told] == ["早班 09:00 切 B 路后换滤芯，已报站长"]
    assert codes(store, Stops.OUTGOING) == []
    assert "way.accept" in codes(store)


def test_a_reservation_of_ones_own_needs_no_notice_and_can_be_taken_back(store: Store) -> None:
    use.give_verdict(store, actor(store, "op-b1"), "mode", "with_reservation", "B 路阀门不灵", at=EIGHT)
    assert line(store, "mode").standing is VerdictKind.WITH_RESERVATION
    assert [note for note in unseen(store) if note.kind == "reservation"] == []
    use.withdraw_verdict(store, actor(store, "lead-b"), "mode", at=EIGHT)
    assert line(store, "mode").standing is VerdictKind.AS_FOUND


def test_the_relief_accepts_and_only_the_relief(store: Store) -> None:
    reserve_filter(store)
    with pytest.raises(IncomingAcceptsError):
        use.accept_reservation(store, actor(store, "op-b1"), "equipment", at=EIGHT)
    use.accept_reservation(store, actor(store, "op-d1"), "equipment", at=EIGHT)
    said = line(store, "equipment").said
    assert said is not None
    assert said.accepted_by == "徐丽"
    assert "way.accept" not in codes(store)


def test_what_people_must_see_is_ticked_by_the_relief(store: Store) -> None:
    with pytest.raises(IncomingTicksError):
        use.give_verdict(store, actor(store, "lead-b"), "hygiene", "as_found", at=EIGHT)
    use.give_verdict(store, actor(store, "op-d2"), "hygiene", "as_found", at=EIGHT)
    assert "way.person" not in codes(store)


def test_who_takes_no_part_judges_nothing(store: Store) -> None:
    with pytest.raises(NotOfTheCrewsError):
        use.give_verdict(store, actor(store, "chief"), "mode", "with_reservation", "不对", at=EIGHT)


def test_what_the_relief_put_down_the_outgoing_crew_does_not_wipe_out(store: Store) -> None:
    use.give_verdict(store, actor(store, "lead-d"), "fire", "with_reservation", "MF-17 指针不在绿区", at=EIGHT)
    with pytest.raises(IncomingTicksError):
        use.withdraw_verdict(store, actor(store, "lead-b"), "fire", at=EIGHT)
    assert line(store, "fire").standing is VerdictKind.WITH_RESERVATION
    assert "way.accept" not in codes(store)  # the relief's own


def test_another_contradiction_asks_for_the_words_anew(store: Store) -> None:
    reserve_filter(store)
    p_out = next(each for each in readings.points_view(store, EIGHT) if each.code == "p-out")
    readings.correct_reading(store, actor(store, "lead-b"), p_out.point_id, hour_of("08"), "0.311", words="misread", at=EIGHT)
    assert "way.renew" in codes(store, Stops.OUTGOING)
    use.give_verdict(store, actor(store, "lead-b"), "equipment", "with_reservation", "出站压力也低", at=EIGHT)
    assert "way.renew" not in codes(store, Stops.OUTGOING)


def test_a_later_value_of_the_same_contradiction_keeps_the_words(store: Store) -> None:
    reserve_filter(store)
    dp = next(each for each in readings.points_view(store, EIGHT) if each.code == "dp-f")
    readings.correct_reading(store, actor(store, "lead-b"), dp.point_id, hour_of("08"), "38", words="misread", at=EIGHT)
    assert "way.renew" not in codes(store, Stops.OUTGOING)


# --- signing


def test_both_signatures_close_the_shift_and_open_the_next_at_once(store: Store) -> None:
    with store.read() as session:
        before = {each.kind: (each.opened_at, each.closed_at) for each in session.scalars(select(Shift))}
    assert before["N"][1] is None
    assert before["D"][0] is None
    head = store.head().seq
    handover_id = hand_over(store)
    with store.read() as session:
        row = session.get_one(Handover, handover_id)
        night, day = session.get_one(Shift, row.shift_id), session.get_one(Shift, row.next_shift_id)
        assert night.closed_at == day.opened_at == row.closed_at == EIGHT + 6 * MINUTE
        assert (night.leader_id, day.leader_id) == (actor(store, "lead-b").person_id, actor(store, "lead-d").person_id)
        purposes = [each.purpose for each in session.scalars(select(Signature).order_by(Signature.id))]
    assert purposes == ["handover_outgoing", "handover_incoming"]
    assert store.head().seq == head + 5  # reservation, outgoing, acceptance, tick, and one for the closing signature
    found = verify(store.path)
    assert (found.clean, found.signatures) == (True, 2)


def test_what_was_signed_stays_as_it_was_signed(store: Store) -> None:
    view_before = use.handover_view(store, EIGHT)
    handover_id = hand_over(store)
    late = actor(store, "op-a1")
    sign_on(store, late, late.person_id, SignOn(shift="open", reason="替何静"), at=EIGHT + 30 * MINUTE)
    dp = next(each for each in readings.points_view(store, EIGHT) if each.code == "dp-f")
    readings.correct_reading(store, actor(store, "lead-d"), dp.point_id, hour_of("08"), "27", words="misread", at=EIGHT + 40 * MINUTE)
    view = use.closed_view(store, handover_id, EIGHT + 60 * MINUTE)
    assert view.figures == view_before.figures
    assert view.counters == view_before.counters
    assert view.incoming.others == ("徐丽", "胡斌")
    assert [each.line.facts for each in view.lines] == [each.line.facts for each in view_before.lines]
    assert [each.standing for each in view.lines].count(VerdictKind.WITH_RESERVATION) == 1
    assert (view.prepared_by, view.outgoing.mode, view.incoming.mode) == ("张伟", "password", "password")


def test_a_closed_shift_changes_only_by_marked_later_entries(store: Store) -> None:
    hand_over(store)
    later, lead = EIGHT + 30 * MINUTE, actor(store, "lead-d")
    points = {each.code: each.point_id for each in readings.points_view(store, EIGHT)}
    with pytest.raises(CorrectionWordsError):
        readings.correct_reading(store, lead, points["p-in"], hour_of("07"), "2.41", words="", at=later)
    readings.correct_reading(store, lead, points["p-in"], hour_of("07"), "2.41", words="misread", at=later)
    write_entry(store, lead, "other", "夜班漏记：门卫换岗", time=hour_of("05"), at=later)
    with store.read() as session:
        nths = session.execute(text("SELECT nth FROM reading WHERE at >= :at"), {"at": int(later.timestamp())}).scalars().all()
        assert nths == [1]
        marked = session.execute(text("SELECT after_close FROM log_entry ORDER BY id DESC LIMIT 1")).scalar_one()
        assert marked == 1
    with pytest.raises(RecordFrozenError), store.write(lead, "give_verdict", later) as session:
        session.get_one(Shift, 1).name_zh = "白班"
    with pytest.raises(RecordFrozenError), store.write(lead, "give_verdict", later) as session:
        session.get_one(Handover, 1).content = "{}"
    assert verify(store.path).clean


def test_an_hour_of_a_closed_shift_that_was_not_read_stays_so(store: Store) -> None:
    shown = readings.points_view(store, EIGHT)[0]
    text = readings.PointText(
        position=99,
        group=shown.group,
        name=shown.name,
        unit="MPa",
        quantity="pressure",
        decimals=2,
        limits=shown.limits,
        design=None,
        rollover=None,
        on_now=False,
    )
    point = readings.add_point(store, actor(store, "chief"), "x-1", "gauge", text, at=NIGHT)
    assert "readings.missing" in codes(store, Stops.OUTGOING)
    readings.explain_gap(store, actor(store, "lead-b"), hour_of("00"), hour_of("07"), words="新装的表，未投用", point_id=point, at=EIGHT)
    readings.take_reading(store, actor(store, "lead-b"), point, hour_of("08"), "2.40", at=EIGHT)
    hand_over(store)
    with pytest.raises(ShiftReadError):
        readings.take_reading(store, actor(store, "lead-d"), point, hour_of("07"), "2.40", at=EIGHT + 30 * MINUTE)


def test_content_that_changes_after_the_first_signature_voids_it_visibly(store: Store) -> None:
    reserve_filter(store)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT)
    settle_lines(store, EIGHT + MINUTE)
    assert codes(store) == []
    raise_hazard(store, actor(store, "op-b1"), grade="minor", place="北侧", text="围栏破损", at=EIGHT + 2 * MINUTE)
    view = use.handover_view(store, EIGHT + 2 * MINUTE)
    assert view.changed
    assert codes(store, at=EIGHT + 2 * MINUTE) == ["way.changed"]
    with pytest.raises(ContentChangedError):
        use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT + 3 * MINUTE)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT + 4 * MINUTE)
    use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT + 5 * MINUTE)
    assert verify(store.path).clean


def test_what_the_relief_says_does_not_void_the_first_signature(store: Store) -> None:
    reserve_filter(store)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT)
    settle_lines(store, EIGHT + MINUTE)
    use.object_to(store, actor(store, "lead-d"), "dissent", "卫生一般", at=EIGHT + MINUTE)
    assert not use.handover_view(store, EIGHT + MINUTE).changed


def test_open_items_go_over_under_their_own_number(store: Store) -> None:
    lead = actor(store, "lead-b")
    number = open_item(store, lead, "item", "加臭泵 2# 膜片待到货", at=hour_of("07"))
    raise_hazard(store, lead, grade="minor", place="调压间东侧", text="照明灯不亮", at=hour_of("07"))
    assert number
    hand_over(store)
    with store.read() as session:
        kinds = sorted(each.subject_kind for each in session.scalars(select(Carried)))
    assert kinds == ["hazard", "open_item"]
    view = use.handover_view(store, EIGHT + 20 * MINUTE)
    assert sorted(each.count for each in view.carried) == [1, 1]
    closed = use.closed_view(store, 1, EIGHT + 20 * MINUTE)
    assert sorted(each.count for each in closed.carried) == [0, 0]


def test_only_leaders_sign_in_their_order_with_their_password(store: Store) -> None:
    reserve_filter(store)
    with pytest.raises(NotLeaderError):
        use.sign_outgoing(store, actor(store, "op-b1"), PASSWORD, at=EIGHT)
    with pytest.raises(OutgoingFirstError):
        use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT)
    with pytest.raises(WrongPasswordError):
        use.sign_outgoing(store, actor(store, "lead-b"), "wrong!", at=EIGHT)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT + 2 * MINUTE)
    with pytest.raises(NotReadyError):
        use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT + 2 * MINUTE)
    settle_lines(store, EIGHT + 2 * MINUTE)
    with pytest.raises(NotLeaderError):
        use.sign_incoming(store, actor(store, "op-d1"), PASSWORD, at=EIGHT + 2 * MINUTE)


def test_nobody_hands_over_to_himself_while_another_of_the_relief_is_there(made: Made) -> None:
    store = made(relief=2)
    lead = actor(store, "lead-b")
    sign_on(store, lead, lead.person_id, SignOn(shift="next", leader=True, reason="黄勇送医，我带早班"), at=EIGHT)
    reserve_filter(store)
    use.sign_outgoing(store, lead, PASSWORD, at=EIGHT)
    settle_lines(store)
    with pytest.raises(SamePersonError):
        use.sign_incoming(store, lead, PASSWORD, at=EIGHT + MINUTE)
    lead_shift(store, actor(store, "lead-d"), actor(store, "lead-d").person_id, "我接", at=EIGHT + 2 * MINUTE)
    use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT + 3 * MINUTE)


def test_a_crew_of_one_hands_over_to_a_crew_of_one(made: Made) -> None:
    store = made(size=1, relief=1, quiet=True)
    hand_over(store)
    view = use.closed_view(store, 1, EIGHT + 10 * MINUTE)
    assert (view.outgoing.others, view.incoming.others) == ((), ())
    assert verify(store.path).clean


def test_a_key_made_by_a_reset_stands_beside_the_next_signature(store: Store) -> None:
    account = actor(store, "lead-b").person_id
    reset_password(store, actor(store, "chief"), account, "newone", at=hour_of("07"))
    note = use.handover_view(store, EIGHT).outgoing.key_note
    assert note is not None
    assert note.reason == "reset"
    reserve_filter(store)
    use.sign_outgoing(store, actor(store, "lead-b"), "newone", at=EIGHT)
    assert use.handover_view(store, EIGHT).outgoing.key_note is None


# --- refusing, dissent, emergency, ink, out of turn


def test_a_refusal_has_a_ground_words_a_clock_and_the_chiefs_number(store: Store) -> None:
    lead = actor(store, "lead-d")
    with pytest.raises(RefusalWordsError):
        use.object_to(store, lead, "refuse", " ", "records", at=EIGHT)
    with pytest.raises(RefusalGroundError):
        use.object_to(store, lead, "refuse", "资料缺", "weather", at=EIGHT)
    with pytest.raises(IncomingAcceptsError):
        use.object_to(store, actor(store, "lead-b"), "refuse", "不交", "records", at=EIGHT)
    use.object_to(store, lead, "refuse", "岗位没打扫", "unclean", at=EIGHT)
    view = use.handover_view(store, EIGHT + 5 * MINUTE)
    assert (view.refused_since, view.chief_phone) == (EIGHT, "8001")
    assert next(note.kind for note in unseen(store)) == "refuse"
    reserve_filter(store)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT + MINUTE)
    settle_lines(store, EIGHT + MINUTE)
    with pytest.raises(RefusedStandsError):
        use.sign_incoming(store, lead, PASSWORD, at=EIGHT + 2 * MINUTE)
    use.object_to(store, lead, "withdraw", "已打扫", at=EIGHT + 9 * MINUTE)
    use.sign_incoming(store, lead, PASSWORD, at=EIGHT + 10 * MINUTE)
    closed = use.closed_view(store, 1, EIGHT + 20 * MINUTE)
    assert [(each.kind, each.words) for each in closed.objections] == [("refuse", "岗位没打扫"), ("withdraw", "已打扫")]
    assert "refuse" in use.past_handovers(store)[0].objected  # the list of past handovers does not hide it
    assert closed.objections[0].ground.en == "The post is not clean"


def test_dissent_is_on_record_and_stops_nothing(store: Store) -> None:
    reserve_filter(store)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT)
    use.object_to(store, actor(store, "lead-d"), "dissent", "滤芯应夜班换", at=EIGHT)
    settle_lines(store)
    use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT + MINUTE)
    with store.read() as session:
        signed = session.scalars(select(Signature).where(Signature.purpose == "handover_incoming")).one()
    assert [each["words"] for each in json.loads(signed.content)["objections"]] == ["滤芯应夜班换"]


def test_an_emergency_postpones_both_signatures_but_not_ink(store: Store) -> None:
    reserve_filter(store)
    declare_emergency(store, actor(store, "op-b1"), "调压间泄漏", at=EIGHT)
    assert "way.emergency" in codes(store, Stops.OUTGOING)
    with pytest.raises(EmergencyPostponesError):
        use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT)
    assert desk_view(store, EIGHT).shift is not None
    assert len(desk_view(store, EIGHT).people) == 6
    end_emergency(store, actor(store, "lead-b"), "已关阀", at=EIGHT + 20 * MINUTE)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT + 21 * MINUTE)


def test_ink_in_an_emergency(store: Store) -> None:
    reserve_filter(store)
    declare_emergency(store, actor(store, "op-b1"), "调压间泄漏", at=EIGHT)
    use.sign_in_ink(store, actor(store, "lead-b"), "outgoing", "应急处置中", at=EIGHT)
    assert use.handover_view(store, EIGHT).outgoing.mode == "ink"


def test_a_forgotten_password_is_signed_in_ink_and_with_the_key_within_72_hours(store: Store) -> None:
    reserve_filter(store)
    with pytest.raises(InkReasonError):
        use.sign_in_ink(store, actor(store, "op-b1"), "outgoing", "", at=EIGHT)
    use.sign_in_ink(store, actor(store, "op-b1"), "outgoing", "口令忘了", at=EIGHT)
    settle_lines(store)
    use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT + MINUTE)
    ink = use.owed_inks(store, EIGHT)[0]
    assert (ink.person, ink.witness, ink.side, ink.due - ink.at, ink.state) == (
        "张伟",
        "李娜",
        "outgoing",
        timedelta(hours=72),
        InkState.OWED,
    )
    assert use.owed_inks(store, ink.due + MINUTE)[0].state is InkState.OVERDUE
    found = verify(store.path)
    assert (found.clean, found.in_ink) == (True, 1)
    with pytest.raises(NotYoursToSettleError):
        use.settle_ink(store, actor(store, "op-b1"), ink.ink_id, PASSWORD, at=EIGHT + 60 * MINUTE)
    use.settle_ink(store, actor(store, "lead-b"), ink.ink_id, PASSWORD, at=EIGHT + 600 * MINUTE)
    assert use.owed_inks(store, EIGHT) == ()
    kept = use.closed_view(store, 1, EIGHT + 700 * MINUTE).inks[0]
    assert (kept.at, kept.settled_at, kept.state) == (EIGHT, EIGHT + 600 * MINUTE, InkState.SETTLED)
    assert kept.mark
    with store.read() as session:
        texts = session.scalars(select(Signature.content).where(Signature.purpose.in_(["handover_outgoing", "handover_later"]))).all()
    assert texts[0] == texts[1]
    assert verify(store.path).clean


def test_the_relief_may_sign_in_ink_too(store: Store) -> None:
    reserve_filter(store)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT)
    settle_lines(store)
    use.sign_in_ink(store, actor(store, "op-d1"), "incoming", "键盘坏了", at=EIGHT + MINUTE)
    view = desk_view(store, EIGHT + 2 * MINUTE)
    assert view.shift is not None
    assert view.shift.kind == "D"
    assert verify(store.path).clean


def test_illness_hands_the_rest_of_the_shift_to_a_relief(station_store: Store) -> None:
    store, lead = station_store, actor(station_store, "lead-b")
    with pytest.raises(UnscheduledReasonError):
        use.begin_unscheduled(store, lead, "", at=NIGHT)
    use.begin_unscheduled(store, lead, "班长突发腹痛送医", at=NIGHT)
    bands = [each for each in readings.day_view(store, NIGHT, NIGHT).lines if hasattr(each, "begun")]
    assert [each.state for each in bands if each.begun][-1] == "open"  # the hours are of those who are on duty
    assert "unscheduled" in [note.kind for note in unseen(store)]
    relief = actor(store, "lead-a")
    sign_on(store, relief, relief.person_id, SignOn(shift="next", leader=True, reason="顶张伟"), at=NIGHT + MINUTE)
    view = use.handover_view(store, NIGHT + MINUTE)
    assert view.kind == "unscheduled"
    assert "readings.to_come" not in [each.said.code for each in view.obstacles]
    for each in view.lines:
        if each.line.state is LineState.CONTRADICTED:
            use.give_verdict(store, lead, each.line.code, "with_reservation", "夜里才接手，逐项补", at=NIGHT + MINUTE)
    use.sign_outgoing(store, lead, PASSWORD, at=NIGHT + 2 * MINUTE)
    for each in use.handover_view(store, NIGHT + 2 * MINUTE).lines:
        if each.standing is VerdictKind.WITH_RESERVATION:
            use.accept_reservation(store, relief, each.line.code, at=NIGHT + 3 * MINUTE)
        elif each.standing is None:
            use.give_verdict(store, relief, each.line.code, "as_found", at=NIGHT + 3 * MINUTE)
    use.sign_incoming(store, relief, PASSWORD, at=NIGHT + 4 * MINUTE)
    with store.read() as session:
        parts = [(each.kind, each.part, each.closed_at is None) for each in session.scalars(select(Shift).order_by(Shift.id))]
    assert parts == [("N", 1, False), ("N", 2, True)]
    seven = hour_of("07")
    taken = readings.take_hour(store, relief, seven, {1: "2.40"}, at=seven)
    assert taken.refused == ()
    assert use.closed_view(store, 1, seven).kind == "unscheduled"
    assert verify(store.path).clean


def test_what_was_found_at_a_point_retired_in_mid_shift_still_wants_its_words(station_store: Store) -> None:
    store, lead, five = station_store, actor(station_store, "lead-b"), hour_of("05")
    point = next(each for each in readings.points_view(store, NIGHT) if each.code == "p-in")
    readings.take_hour(store, lead, five, {point.point_id: "2.10"}, at=five + 2 * MINUTE)
    readings.retire_point(store, actor(store, "chief"), point.point_id, at=NIGHT)

    def wanted(at: datetime) -> list[str]:
        return [each.said.code for each in use.handover_view(store, at).obstacles if each.said.code == "readings.owed"]

    def marked(at: datetime) -> list[datetime]:
        return [each.time for each in now_view(store, at).hours if each.owed]

    later = NIGHT + MINUTE
    assert (wanted(later), marked(later)) == (["readings.owed"], [five])
    mode = next(each for each in use.handover_view(store, later).lines if each.line.code == "equipment")
    assert mode.line.state is not LineState.CONTRADICTED  # nobody reads it any more: it does not stand
    readings.explain(store, lead, point.point_id, five, words="变送器坏，已停用", at=later)
    assert (wanted(later + MINUTE), marked(later + MINUTE)) == ([], [])


def test_the_second_of_a_crew_takes_over_from_a_leader_who_falls_ill(station_store: Store) -> None:
    store, lead, second = station_store, actor(station_store, "lead-b"), actor(station_store, "op-b1")
    use.begin_unscheduled(store, lead, "班长突发腹痛送医", at=NIGHT)
    sign_on(store, second, second.person_id, SignOn(leader=True), at=NIGHT + MINUTE)  # who comes out of turn is the relief
    for each in use.handover_view(store, NIGHT + MINUTE).lines:
        if each.line.state is LineState.CONTRADICTED:
            use.give_verdict(store, lead, each.line.code, "with_reservation", "逐项补", at=NIGHT + MINUTE)
    use.sign_outgoing(store, lead, PASSWORD, at=NIGHT + 2 * MINUTE)
    for each in use.handover_view(store, NIGHT + 2 * MINUTE).lines:
        if each.standing is VerdictKind.WITH_RESERVATION:
            use.accept_reservation(store, second, each.line.code, at=NIGHT + 3 * MINUTE)
        elif each.standing is None:
            use.give_verdict(store, second, each.line.code, "as_found", at=NIGHT + 3 * MINUTE)
    use.sign_incoming(store, second, PASSWORD, at=NIGHT + 4 * MINUTE)
    desk = desk_view(store, NIGHT + 5 * MINUTE)
    assert desk.shift is not None
    assert desk.shift.leader == second.name
    assert [(each.name, each.leader) for each in desk.people if each.shift_id == desk.shift.shift_id] == [(second.name, True)]
    assert second.person_id not in [each.person_id for each in desk.people if each.shift_id != desk.shift.shift_id]
    assert desk.missing == ()  # the one who fell ill is not missed in what is left of the shift
    assert sign_off_crew(store, second, at=NIGHT + 6 * MINUTE) == 2


def test_an_unscheduled_handover_is_taken_back_while_nobody_came_for_it(station_store: Store) -> None:
    store, lead = station_store, actor(station_store, "lead-b")
    with pytest.raises(NotUnscheduledError):
        use.end_unscheduled(store, lead, at=NIGHT)
    use.begin_unscheduled(store, lead, "以为要走", at=NIGHT)
    use.end_unscheduled(store, lead, at=NIGHT + MINUTE)
    view = use.handover_view(store, NIGHT + 2 * MINUTE)
    assert (view.kind, view.following.day if view.following else None) == ("routine", view.shift.day)
    assert str(view.following.name if view.following else "") == "Morning"
    relief = actor(store, "lead-d")
    sign_on(store, relief, relief.person_id, SignOn(leader=True), at=EIGHT - 20 * MINUTE)
    assert str(use.handover_view(store, EIGHT).following.name) == "Morning"  # type: ignore[union-attr]


def test_a_routine_handover_is_not_signed_to_nobody(made: Made) -> None:
    store = made(relief=0)
    reserve_filter(store)
    assert codes(store, Stops.OUTGOING) == ["way.nobody"]
    with pytest.raises(ReliefAwaitedError):
        use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT)
    with pytest.raises(NotLeaderError):
        use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT)
    late = actor(store, "op-d1")
    sign_on(store, late, late.person_id, SignOn(shift="next"), at=EIGHT + MINUTE)
    assert "way.leaderless" in codes(store, at=EIGHT + MINUTE)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=EIGHT + 2 * MINUTE)


def test_where_nobody_comes_the_ways_out_are_open(made: Made) -> None:
    store, lead = made(relief=0), actor(made(relief=0), "lead-b")
    reserve_filter(store)
    assert use.handover_view(store, EIGHT).relief_late
    assert extend_duty(store, lead, "接班人未到", at=EIGHT + MINUTE) == 3
    assert not use.handover_view(store, EIGHT + 2 * MINUTE).relief_late
    use.sign_in_ink(store, lead, "outgoing", "要去医院", at=EIGHT + 2 * MINUTE)
    other = made(relief=0)
    reserve_filter(other)
    use.begin_unscheduled(other, lead, "要去医院", at=EIGHT)
    use.sign_outgoing(other, lead, PASSWORD, at=EIGHT + MINUTE)


def test_the_relief_is_awaited_from_when_it_may_sign_on(station_store: Store) -> None:
    found = next(each for each in use.handover_view(station_store, NIGHT).obstacles if each.said.code == "way.nobody")
    assert (found.cure, found.at) == ("wait", hour_of("07"))
    later = next(each for each in use.handover_view(station_store, hour_of("07")).obstacles if each.said.code == "way.nobody")
    assert (later.cure, later.at) == ("sign_on", None)


# --- extended duty and emergencies


def test_extended_duty_and_an_emergency_stand_in_what_both_sign(made: Made) -> None:
    store = made(quiet=True)
    lead = actor(store, "lead-b")
    extend_duty(store, lead, "丁班班车抛锚", at=EIGHT)
    declare_emergency(store, NOBODY, "闻到气味", at=EIGHT + MINUTE)
    end_emergency(store, lead, "已查明", at=EIGHT + 5 * MINUTE)
    use.give_verdict(store, actor(store, "lead-d"), "hygiene", "as_found", at=EIGHT + 6 * MINUTE)
    use.sign_outgoing(store, lead, PASSWORD, at=EIGHT + 7 * MINUTE)
    handover_id = use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=EIGHT + 27 * MINUTE)
    view = use.closed_view(store, handover_id, EIGHT + 60 * MINUTE)
    assert duty_words(view.duty, view.telling(ZONE)) == [
        "Extended duty of 张伟, 李娜, 王强: 08:00–08:30, 0.50 h each. 丁班班车抛锚",
        "Emergency state 08:04–08:08, declared by somebody who was not signed in, ended by 张伟: 闻到气味; 已查明",
    ]
    with store.read() as session:
        content = json.loads(session.get_one(Handover, handover_id).content)
    assert [each["reason"] for each in content["duty"]["extended"]] == ["丁班班车抛锚"] * 3
    assert content["duty"]["emergencies"][0]["end"] == {"t": "2026-11-21T00:08:00.000000Z"}
    assert verify(store.path).clean


def test_a_reason_put_off_at_sign_on_and_never_said_stands_in_what_both_sign(made: Made) -> None:
    store = made(quiet=True)
    helper = actor(store, "op-c1")
    sign_on(store, helper, helper.person_id, SignOn("open", later=True), at=NIGHT)
    view = use.closed_view(store, hand_over(store), EIGHT + 60 * MINUTE)
    (said,) = duty_words(view.duty, view.telling(ZONE))
    assert said.endswith("signed on at 06:42, the reason was put off and is not said")
    assert verify(store.path).clean


def test_a_shift_without_either_says_nothing_of_them(store: Store) -> None:
    handover_id = hand_over(store)
    with store.read() as session:
        assert "duty" not in json.loads(session.get_one(Handover, handover_id).content)


def test_an_emergency_between_the_signatures_voids_the_first(made: Made) -> None:
    store = made(quiet=True)
    lead = actor(store, "lead-b")
    use.sign_outgoing(store, lead, PASSWORD, at=EIGHT)
    declare_emergency(store, lead, at=EIGHT + MINUTE)
    end_emergency(store, lead, at=EIGHT + 2 * MINUTE)
    assert use.handover_view(store, EIGHT + 3 * MINUTE).changed
    use.sign_outgoing(store, lead, PASSWORD, at=EIGHT + 3 * MINUTE)
    assert not use.handover_view(store, EIGHT + 3 * MINUTE).changed


def test_the_outgoing_crew_signs_off_after_the_handover_without_a_word(store: Store) -> None:
    hand_over(store)
    for login in ("lead-b", "op-b1", "op-b2"):
        person = actor(store, login)
        sign_off(store, person, person.person_id, at=EIGHT + 10 * MINUTE)
    assert [each.name for each in desk_view(store, EIGHT + 11 * MINUTE).people] == ["黄勇", "徐丽", "胡斌"]


def test_the_crew_that_handed_over_signs_off_together(store: Store) -> None:
    hand_over(store)
    relief = actor(store, "lead-d")
    assert use.handover_board(store, relief.person_id, EIGHT + 10 * MINUTE).leaving == ("张伟", "李娜", "王强")
    assert sign_off_crew(store, relief, at=EIGHT + 10 * MINUTE) == 3
    assert [each.name for each in desk_view(store, EIGHT + 11 * MINUTE).people] == ["黄勇", "徐丽", "胡斌"]
    with pytest.raises(NobodyLeavesError):
        sign_off_crew(store, relief, at=EIGHT + 12 * MINUTE)


def test_past_handovers_are_listed_newest_first(store: Store) -> None:
    assert use.past_handovers(store) == ()
    hand_over(store)
    listed = use.past_handovers(store)
    assert [(each.number, each.with_reservation, each.outgoing, each.incoming) for each in listed] == [
        ("JJB-20261121-1", 1, "张伟", "黄勇")
    ]
    assert use.handover_of_shift(store, listed[0].shift.shift_id) == listed[0].handover_id
    assert listed[0].shift.starts_at.astimezone(ZONE).hour == 0
