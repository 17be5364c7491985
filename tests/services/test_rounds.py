"""Rounds as people walk them: windows, answers, words, hazards, sign-off, and what the handover is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from stationdesk.domain.answers import (
    AbortReasonError,
    AlreadyPausedError,
    ChoiceMissingError,
    ListStateError,
    NotPausedError,
    UnansweredError,
    WordsOwedError,
)
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import DecimalCommaError, NumberError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.rounds import ExcuseWordsError, FewPeopleError, Schedule, WalkedOrderError, WindowState
from stationdesk.domain.walks import (
    AloneError,
    HazardThereError,
    HazardWordsError,
    LineText,
    ListCodeTakenError,
    ListRetiredError,
    ListVersionPastError,
    NoLinesError,
    NotAbnormalError,
    NotAnsweredError,
    NoWindowError,
    ShiftClosedError,
    WalkedLineError,
    WalkedMissingError,
    WindowTakenError,
    WordsTooLongError,
)
from stationdesk.services import Store
from stationdesk.services import rounds as use
from stationdesk.services.lines import Given, HazardWish, drafts_of
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.shifts import Shift
from tests.conftest_station import MADE, NIGHT, ZONE, actor
from tests.walks import LINES, ROUTE, answers, clock, fill, make_route, paper, retire_others, walk


@pytest.fixture
def route(station_store: Store) -> int:
    """The trial route alone: windows at 01:00, 03:00, 05:00, 07:00, each of 40 minutes."""
    made = make_route(station_store)
    retire_others(station_store)
    return made


def states(store: Store, at: object = NIGHT) -> list[str]:
    view = use.rounds_view(store, at)  # type: ignore[arg-type]
    return [str(window.state) for window in view.lanes[0].windows if window.opens < clock(8)]


def start_live(store: Store, route: int, at: object = NIGHT) -> int:
    return use.start_round(store, actor(store, "op-b1"), route, use.RoundStart("live", clock(5)), at=at)  # type: ignore[arg-type]


def lines(store: Store, round_id: int) -> Sequence[use.LineView]:
    return use.round_view(store, round_id).lines


# --- windows


def test_windows_of_the_shift_and_of_the_next(station_store: Store, route: int) -> None:
    view = use.rounds_view(station_store, NIGHT)
    assert [str(window.state) for window in view.lanes[0].windows] == ["missed", "missed", "overdue", "to_come", "to_come"]
    assert view.lanes[0].windows[-1].opens == clock(9)
    assert view.next_from == clock(8)
    assert view.counts == type(view.counts)(done=0, late=0, due=1, missed=2, to_come=1)


def test_a_paper_round_counts_by_the_times_on_the_paper(station_store: Store, route: int) -> None:
    walk(station_store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(2, 30))
    assert states(station_store) == ["done", "missed", "overdue", "to_come"]
    window = use.rounds_view(station_store, NIGHT).lanes[0].windows[0]
    assert (window.began, window.ended) == (clock(1, 4), clock(1, 27))


def test_a_late_round_says_why(station_store: Store, route: int) -> None:
    begun = use.start_round(
        station_store, actor(station_store, "op-b1"), route, paper(clock(3), clock(3, 52), clock(4, 15)), at=clock(4, 20)
    )
    fill(station_store, begun, clock(4, 20))
    with pytest.raises(ExcuseWordsError):
        use.close_round(station_store, actor(station_store, "op-b1"), begun, at=clock(4, 21))
    use.close_round(station_store, actor(station_store, "op-b1"), begun, "处置报警", at=clock(4, 21))
    window = use.rounds_view(station_store, NIGHT).lanes[0].windows[1]
    assert (window.state, window.late, window.words, window.owes_words) == (WindowState.LATE, 12, "处置报警", False)


def test_a_round_walked_after_the_next_window_opened_is_made_up(station_store: Store, route: int) -> None:
    walk(station_store, route, paper(clock(1), clock(3, 10), clock(3, 30)), at=clock(3, 40), words="人手不足")
    assert states(station_store)[0] == "made_up"


def test_a_missed_window_is_explained_once_and_settled(station_store: Store, route: int) -> None:
    with pytest.raises(ExcuseWordsError):
        use.explain_window(station_store, actor(station_store, "op-b1"), route, clock(1), "  ", at=NIGHT)
    with pytest.raises(NoWindowError):
        use.explain_window(station_store, actor(station_store, "op-b1"), route, clock(1, 30), "抢修", at=NIGHT)
    use.explain_window(station_store, actor(station_store, "op-b1"), route, clock(1), "抢修", at=NIGHT)
    window = use.rounds_view(station_store, NIGHT).lanes[0].windows[0]
    assert (window.state, window.words, window.owes_words) == (WindowState.MISSED, "抢修", False)


def test_a_window_is_walked_once(station_store: Store, route: int) -> None:
    start_live(station_store, route)
    with pytest.raises(WindowTakenError):
        start_live(station_store, route)


def test_an_aborted_round_leaves_its_window_due(station_store: Store, route: int) -> None:
    begun = start_live(station_store, route, clock(5, 10))
    with pytest.raises(AbortReasonError):
        use.abort_round(station_store, actor(station_store, "op-b1"), begun, " ", at=clock(5, 12))
    use.abort_round(station_store, actor(station_store, "op-b1"), begun, "报警", at=clock(5, 12))
    assert states(station_store, clock(5, 15))[2] == "due"
    again = start_live(station_store, route, clock(5, 16))
    assert again != begun


def test_tolerance_is_the_station_s(station_store: Store, route: int) -> None:
    from stationdesk.services import PROGRAM
    from stationdesk.storage.station import SettingValue

    with station_store.write(PROGRAM, "setup", MADE) as session:
        session.add(SettingValue(name="round_tolerance_minutes", value="15", valid_from=MADE, by_id=-1, at=MADE))
    walk(station_store, route, paper(clock(3), clock(3, 52), clock(4, 15)), at=clock(4, 20))
    assert states(station_store)[1] == "done"


# --- starting


def test_paper_wants_its_times_in_order(station_store: Store, route: int) -> None:
    person = actor(station_store, "op-b1")
    with pytest.raises(WalkedMissingError):
        use.start_round(station_store, person, route, use.RoundStart("paper", clock(5)), at=NIGHT)
    with pytest.raises(WalkedOrderError):
        use.start_round(station_store, person, route, paper(clock(5), clock(5, 30), clock(5, 10)), at=NIGHT)
    with pytest.raises(WalkedOrderError):
        use.start_round(station_store, person, route, paper(clock(5), clock(5, 30), NIGHT + timedelta(minutes=1)), at=NIGHT)


def test_fewer_people_than_required_asks_why_and_holds_nobody_up(station_store: Store) -> None:
    route = make_route(station_store, replace(ROUTE, people=2))
    person, second = actor(station_store, "op-b1"), actor(station_store, "op-b2")
    with pytest.raises(FewPeopleError) as refused:
        use.start_round(station_store, person, route, use.RoundStart("live", clock(5)), at=NIGHT)
    assert refused.value.field == "few_reason"
    with pytest.raises(AloneError):
        use.start_round(station_store, person, route, use.RoundStart("live", clock(5), second_id=person.person_id), at=NIGHT)
    alone = use.start_round(station_store, person, route, use.RoundStart("live", clock(5), few_reason="夜间两人值守"), at=NIGHT)
    assert use.round_view(station_store, alone).few_reason == "夜间两人值守"
    both = use.start_round(station_store, person, route, use.RoundStart("live", clock(3), second_id=second.person_id), at=NIGHT)
    assert use.round_view(station_store, both).brief.walkers == (person.name, second.name)


def test_an_auditor_walks_no_round(station_store: Store, route: int) -> None:
    from stationdesk.services import Actor

    with pytest.raises(NotAllowedError):
        use.start_round(station_store, Actor(9999), route, use.RoundStart("live", clock(5)), at=NIGHT)


# --- answers


def test_a_value_is_judged_by_its_limits_and_kept_as_typed(station_store: Store, route: int) -> None:
    begun = start_live(station_store, route)
    point = lines(station_store, begun)[1].item_id
    person = actor(station_store, "op-b1")
    said = use.answer_line(station_store, person, begun, point, Given(typed="３６．０"), at=NIGHT)
    assert (said.result, said.level, said.owes_words) == ("abnormal", "amber", True)
    answer = lines(station_store, begun)[1].answer
    assert answer is not None
    assert str(answer.value) == "36.0"
    assert use.answer_line(station_store, person, begun, point, Given(typed="51"), at=NIGHT).level == "red"
    assert use.answer_line(station_store, person, begun, point, Given(typed="30"), at=NIGHT).result == "normal"


@pytest.mark.parametrize(
    ("typed", "error"), [("abc", NumberError), ("12,5", DecimalCommaError), ("1e5", NumberError), ("9" * 30, NumberError)]
)
def test_what_is_no_number_is_refused_in_words(station_store: Store, route: int, typed: str, error: type[DomainError]) -> None:
    begun = start_live(station_store, route)
    with pytest.raises(error) as refused:
        use.answer_line(
            station_store, actor(station_store, "op-b1"), begun, lines(station_store, begun)[1].item_id, Given(typed=typed), at=NIGHT
        )
    assert say(refused.value)


def test_an_abnormal_choice_is_abnormal(station_store: Store, route: int) -> None:
    begun = start_live(station_store, route)
    point = lines(station_store, begun)[2].item_id
    person = actor(station_store, "op-b1")
    with pytest.raises(ChoiceMissingError):
        use.answer_line(station_store, person, begun, point, Given(choice="half"), at=NIGHT)
    assert use.answer_line(station_store, person, begun, point, Given(choice="shut"), at=NIGHT).result == "abnormal"
    assert use.answer_line(station_store, person, begun, point, Given(choice="open"), at=NIGHT).result == "normal"


def test_words_come_later_and_survive_another_answer(station_store: Store, route: int) -> None:
    begun = start_live(station_store, route)
    point = lines(station_store, begun)[0].item_id
    person = actor(station_store, "op-b1")
    with pytest.raises(NotAnsweredError):
        use.answer_line(station_store, person, begun, point, Given(words="异响"), at=NIGHT)
    use.answer_line(station_store, person, begun, point, Given(result="abnormal"), at=NIGHT)
    said = use.answer_line(station_store, person, begun, point, Given(words="异响"), at=NIGHT)
    assert (said.result, said.owes_words) == ("abnormal", False)
    use.answer_line(station_store, person, begun, point, Given(result="na"), at=NIGHT)
    answer = lines(station_store, begun)[0].answer
    assert answer is not None
    assert (answer.result, answer.words) == ("na", "异响")
    with pytest.raises(WordsTooLongError):
        use.answer_line(station_store, person, begun, point, Given(words="长" * 10_000), at=NIGHT)


def test_live_answers_carry_their_time_and_paper_ones_what_is_written(station_store: Store, route: int) -> None:
    live = start_live(station_store, route)
    person = actor(station_store, "op-b1")
    use.answer_line(station_store, person, live, lines(station_store, live)[0].item_id, Given(result="normal"), at=NIGHT)
    assert lines(station_store, live)[0].walked_at == NIGHT
    typed = use.start_round(station_store, person, route, paper(clock(3), clock(3, 2), clock(3, 24)), at=NIGHT)
    point = lines(station_store, typed)[0].item_id
    use.answer_line(station_store, person, typed, point, Given(result="normal"), at=NIGHT)
    assert lines(station_store, typed)[0].walked_at is None
    use.answer_line(station_store, person, typed, point, Given(walked="０３：０４"), at=NIGHT)
    assert lines(station_store, typed)[0].walked_at == clock(3, 4)
    with pytest.raises(DomainError):
        use.answer_line(station_store, person, typed, point, Given(walked="2560"), at=NIGHT)


def test_a_line_is_walked_neither_later_today_nor_the_night_before(station_store: Store, route: int) -> None:
    live = start_live(station_store, route)
    point, person = lines(station_store, live)[0].item_id, actor(station_store, "op-b1")
    for typed in ("23:59", f"{(NIGHT + timedelta(minutes=5)).astimezone(ZONE):%H:%M}"):
        with pytest.raises(WalkedLineError):
            use.answer_line(station_store, person, live, point, Given(result="normal", walked=typed), at=NIGHT)
    before = f"{(NIGHT - timedelta(minutes=5)).astimezone(ZONE):%H:%M}"
    use.answer_line(station_store, person, live, point, Given(result="normal", walked=before), at=NIGHT)
    walked = lines(station_store, live)[0].walked_at
    assert walked is not None
    assert NIGHT - timedelta(minutes=6) < walked < NIGHT
    assert WalkedLineError.field == "walked"


def test_what_the_round_before_found_stands_beside(station_store: Store, route: int) -> None:
    walk(station_store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(1, 30))
    begun = start_live(station_store, route)
    last = lines(station_store, begun)[1].last
    assert last is not None
    assert (last.value, last.result) == (Decimal(12), "normal")


# --- hazards from a line


def test_a_hazard_is_raised_in_the_same_transaction(station_store: Store, route: int) -> None:
    begun = start_live(station_store, route)
    point = lines(station_store, begun)[1].item_id
    person = actor(station_store, "op-b1")
    seq = station_store.head().seq
    said = use.answer_line(
        station_store, person, begun, point, Given(typed="36", words="滤芯堵", hazard=HazardWish("minor", person.person_id)), at=NIGHT
    )
    assert station_store.head().seq == seq + 1
    with station_store.read() as session:
        hazard = session.scalars(select(Hazard)).one()
        assert (hazard.number, hazard.text, hazard.source_kind) == (said.hazard, "滤芯堵", "round_line")
        assert hazard.place == "进站区 进站压力"
    brief = lines(station_store, begun)[1].hazard
    assert brief is not None
    assert brief.owner == person.name
    with pytest.raises(HazardThereError):
        use.answer_line(station_store, person, begun, point, Given(hazard=HazardWish("minor")), at=NIGHT)


def test_a_hazard_needs_an_abnormal_line_and_words(station_store: Store, route: int) -> None:
    begun = start_live(station_store, route)
    point = lines(station_store, begun)[0].item_id
    person = actor(station_store, "op-b1")
    with pytest.raises(NotAbnormalError):
        use.answer_line(station_store, person, begun, point, Given(result="normal", words="x", hazard=HazardWish("minor")), at=NIGHT)
    with pytest.raises(HazardWordsError):
        use.answer_line(station_store, person, begun, point, Given(result="abnormal", hazard=HazardWish("minor")), at=NIGHT)
    assert lines(station_store, begun)[0].answer is None, "a refused hazard keeps nothing of its transaction"


# --- pause, sign-off


def test_pause_and_resume_are_kept_and_an_answer_resumes(station_store: Store, route: int) -> None:
    begun = start_live(station_store, route)
    person = actor(station_store, "op-b1")
    with pytest.raises(NotPausedError):
        use.resume_round(station_store, person, begun, at=NIGHT)
    use.pause_round(station_store, person, begun, "电话", at=NIGHT)
    with pytest.raises(AlreadyPausedError):
        use.pause_round(station_store, person, begun, at=NIGHT)
    later = NIGHT + timedelta(minutes=5)
    use.answer_line(station_store, person, begun, lines(station_store, begun)[0].item_id, Given(result="normal"), at=later)
    view = use.round_view(station_store, begun)
    assert view.brief.state == "running"
    assert [(each.paused_at, each.resumed_at, each.words) for each in view.pauses] == [(NIGHT, later, "电话")]


def test_sign_off_wants_every_answer_and_words_to_what_is_abnormal(station_store: Store, route: int) -> None:
    begun = start_live(station_store, route, clock(5, 10))
    person = actor(station_store, "op-b1")
    with pytest.raises(UnansweredError) as unanswered:
        use.close_round(station_store, person, begun, at=clock(5, 20))
    assert unanswered.value.count == 3
    fill(station_store, begun, clock(5, 15), answers(value="36"))
    with pytest.raises(WordsOwedError):
        use.close_round(station_store, person, begun, at=clock(5, 20))
    use.answer_line(station_store, person, begun, lines(station_store, begun)[1].item_id, Given(words="滤芯堵"), at=clock(5, 20))
    use.close_round(station_store, person, begun, at=clock(5, 21))
    view = use.round_view(station_store, begun)
    assert (view.brief.state, view.closed_by, view.walked_to) == ("closed", person.name, clock(5, 20))


def test_a_signed_round_never_changes(station_store: Store, route: int) -> None:
    done = walk(station_store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(1, 30))
    person, point = actor(station_store, "op-b1"), lines(station_store, done)[0].item_id
    for forbidden in (
        lambda: use.answer_line(station_store, person, done, point, Given(result="abnormal"), at=NIGHT),
        lambda: use.close_round(station_store, person, done, at=NIGHT),
        lambda: use.abort_round(station_store, person, done, "x", at=NIGHT),
        lambda: use.pause_round(station_store, person, done, at=NIGHT),
    ):
        with pytest.raises(ListStateError):
            forbidden()


def test_a_shift_handed_over_takes_paper_only_and_marks_it(station_store: Store, route: int) -> None:
    from stationdesk.services import PROGRAM

    with station_store.write(PROGRAM, "demo", clock(8, 5)) as session:
        shift = session.scalars(select(Shift)).one()
        shift.closed_at = clock(8, 5)
        shift_id = shift.id
    person = actor(station_store, "chief")
    late = clock(9, 30)
    with pytest.raises(ShiftClosedError):
        use.start_round(station_store, person, route, use.RoundStart("live", clock(7), shift_id=shift_id), at=late)
    begun = use.start_round(station_store, person, route, paper(clock(7), clock(7, 2), clock(7, 20), shift_id=shift_id), at=late)
    fill(station_store, begun, late)
    use.close_round(station_store, person, begun, at=late)
    view = use.round_view(station_store, begun)
    assert (view.brief.afterwards, view.shift_id) == (True, shift_id)
    window = use.rounds_view(station_store, late, shift_id).lanes[0].windows[3]
    assert window.state is WindowState.DONE


# --- versions


def test_a_new_version_leaves_the_past_as_it_was(station_store: Store, route: int) -> None:
    done = walk(station_store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(1, 30))
    chief = actor(station_store, "chief")
    text = replace(ROUTE, name=Name("新线", "New route"), lines=LINES[:1], schedule=Schedule(every=240, first=60))
    with pytest.raises(ListVersionPastError) as past:
        use.set_route_version(station_store, chief, route, text, at=NIGHT, valid_from=clock(1))
    assert say(past.value)
    use.set_route_version(station_store, chief, route, text, at=NIGHT)
    assert len(lines(station_store, done)) == 3
    assert str(use.round_view(station_store, done).brief.name) == "Trial route"
    after = use.start_round(station_store, chief, route, use.RoundStart("live"), at=NIGHT + timedelta(minutes=1))
    assert len(lines(station_store, after)) == 1
    kept = use.route_text(station_store, route, NIGHT + timedelta(minutes=1))
    assert (kept.name, [line.code for line in kept.lines]) == (text.name, ["01"])


def test_only_a_chief_sets_routes_up(station_store: Store, route: int) -> None:
    with pytest.raises(NotAllowedError):
        use.set_route_version(station_store, actor(station_store, "lead-b"), route, ROUTE, at=NIGHT)


def test_lists_that_cannot_be_walked_are_refused(station_store: Store, route: int) -> None:
    chief = actor(station_store, "chief")
    with pytest.raises(NoLinesError):
        use.add_route(station_store, chief, "new", replace(ROUTE, lines=()), at=NIGHT)
    with pytest.raises(ListCodeTakenError):
        use.add_route(station_store, chief, "trial", ROUTE, at=NIGHT)
    use.retire_route(station_store, chief, route, at=NIGHT)
    with pytest.raises(ListRetiredError):
        use.set_route_version(station_store, chief, route, ROUTE, at=NIGHT)
    with pytest.raises(ListRetiredError):
        use.start_round(station_store, chief, route, use.RoundStart("live"), at=NIGHT + timedelta(minutes=1))


# --- facts, history, size


def test_facts_for_the_handover(station_store: Store, route: int) -> None:
    walk(station_store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(1, 30))
    walk(station_store, route, paper(clock(3), clock(3, 52), clock(4, 15)), at=clock(4, 20), words="处置报警")
    running = start_live(station_store, route)
    point = lines(station_store, running)[0].item_id
    use.answer_line(station_store, actor(station_store, "op-b1"), running, point, Given(result="abnormal", words="渗油"), at=NIGHT)
    with station_store.read() as session:
        shift = session.scalars(select(Shift)).one()
        found = use.facts(session, shift, NIGHT)
    assert (found.windows, found.done) == (4, 2)
    assert [(each.start, each.late) for each in found.late] == [(clock(3), 12)]
    assert [each.round_id for each in found.running] == [running]
    assert [each.start for each in found.to_come] == [clock(7)]
    assert (found.open, found.owing) == ((), ())
    assert [(each.code, each.words, each.settled) for each in found.abnormal] == [("01", "渗油", False)]


def test_facts_owe_words_for_a_missed_window(station_store: Store, route: int) -> None:
    with station_store.read() as session:
        found = use.facts(session, session.scalars(select(Shift)).one(), NIGHT)
    assert [each.start for each in found.owing] == [clock(1), clock(3)]
    assert [each.start for each in found.open] == [clock(5)]


def test_history_counts_without_asking_each_round(station_store: Store, route: int) -> None:
    first = walk(station_store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(1, 30))
    second = walk(station_store, route, paper(clock(3), clock(3, 4), clock(3, 27)), at=clock(3, 30))
    found = use.history(station_store, route)
    assert [(each.id, each.progress.total, each.progress.normal) for each in found] == [(second, 3, 3), (first, 3, 3)]
    assert [each.id for each in use.history(station_store, route, before=second)] == [first]


def test_history_is_in_the_order_of_walking_whenever_it_was_typed(station_store: Store, route: int) -> None:
    second = walk(station_store, route, paper(clock(3), clock(3, 4), clock(3, 27)), at=clock(3, 30))
    first = walk(station_store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(4))
    assert [each.id for each in use.history(station_store, route)] == [second, first]
    assert [each.id for each in use.history(station_store, route, before=second)] == [first]
    assert use.history(station_store, route, before=first) == ()


def test_two_hundred_points(station_store: Store) -> None:
    many = tuple(LineText(f"{n:03}", Name(f"点 {n}")) for n in range(200))
    route = make_route(station_store, replace(ROUTE, lines=many))
    begun = start_live(station_store, route)
    person = actor(station_store, "op-b1")
    for line in lines(station_store, begun):
        use.answer_line(station_store, person, begun, line.item_id, Given(result="normal"), at=NIGHT)
    use.close_round(station_store, person, begun, "x", at=NIGHT)
    assert use.round_view(station_store, begun).brief.progress.answered == 200


def test_words_begun_come_back_line_by_line(station_store: Store) -> None:
    from stationdesk.services.drafts import save_draft

    person = actor(station_store, "op-b1")
    save_draft(station_store, person, "round:7:4", "滤芯", at=NIGHT)
    save_draft(station_store, person, "round:7:12", "渗油", at=NIGHT)
    save_draft(station_store, person, "round:77:4", "别的", at=NIGHT)
    assert drafts_of(station_store, person.person_id, "round:7:") == {4: "滤芯", 12: "渗油"}
