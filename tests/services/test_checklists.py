"""Checklists: what is due, filling one in, signing it off, and the evidence it gives the handover."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from stationdesk.domain.answers import ListStateError, UnansweredError, WordsOwedError
from stationdesk.domain.checklists import DueState, Every, Period
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.walks import ListVersionPastError, RunningAlreadyError, ShiftClosedError
from stationdesk.services import PROGRAM, Store
from stationdesk.services import checklists as use
from stationdesk.services.lines import Given, HazardWish
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.shifts import Shift
from tests.conftest_station import NIGHT, actor
from tests.walks import LINES, LIST, answers, clock, make_list, retire_others


@pytest.fixture
def template(station_store: Store) -> int:
    """The trial checklist alone, due each shift."""
    made = make_list(station_store)
    retire_others(station_store)
    return made


def fill(store: Store, checklist: int, given: tuple[Given, ...] | None = None) -> None:
    for line, each in zip(use.checklist_view(store, checklist).lines, given or answers(), strict=True):
        use.answer_item(store, actor(store, "op-b1"), checklist, line.item_id, each, at=NIGHT)


def done(store: Store, template: int, given: tuple[Given, ...] | None = None) -> int:
    person = actor(store, "op-b1")
    begun = use.start_checklist(store, person, template, at=NIGHT)
    fill(store, begun, given)
    use.close_checklist(store, person, begun, at=NIGHT)
    return begun


def test_due_until_it_is_signed_off(station_store: Store, template: int) -> None:
    person = actor(station_store, "op-b1")
    (owed,) = use.checklists_view(station_store, NIGHT).owed
    assert (owed.id, owed.due.state, owed.running) == (template, DueState.DUE, None)
    begun = use.start_checklist(station_store, person, template, at=NIGHT)
    (owed,) = use.checklists_view(station_store, NIGHT).owed
    assert owed.running == begun
    with pytest.raises(RunningAlreadyError):
        use.start_checklist(station_store, person, template, at=NIGHT)
    with pytest.raises(UnansweredError):
        use.close_checklist(station_store, person, begun, at=NIGHT)
    fill(station_store, begun)
    use.close_checklist(station_store, person, begun, at=NIGHT)
    view = use.checklists_view(station_store, NIGHT)
    assert (view.owed, view.due[0].due.state, view.due[0].last, view.due[0].last_by) == ((), DueState.DONE, begun, person.name)


def test_a_random_one_never_stands_in_the_way(station_store: Store) -> None:
    make_list(station_store, replace(LIST, period=Period(Every.RANDOM, times=2)))
    found = next(each for each in use.checklists_view(station_store, NIGHT).due if each.template.code == "trial")
    assert (found.due.state, found.due.owed) == (DueState.HINT, False)


def test_an_abnormal_item_owes_words_and_may_raise_a_hazard(station_store: Store, template: int) -> None:
    person = actor(station_store, "op-b1")
    begun = use.start_checklist(station_store, person, template, at=NIGHT)
    fill(station_store, begun, answers(result="abnormal"))
    with pytest.raises(WordsOwedError):
        use.close_checklist(station_store, person, begun, at=NIGHT)
    item = use.checklist_view(station_store, begun).lines[0].item_id
    said = use.answer_item(station_store, person, begun, item, Given(words="压力偏低", hazard=HazardWish("minor")), at=NIGHT)
    with station_store.read() as session:
        hazard = session.scalars(select(Hazard)).one()
        assert (hazard.number, hazard.source_kind) == (said.hazard, "checklist_line")
    use.close_checklist(station_store, person, begun, at=NIGHT)
    with pytest.raises(ListStateError):
        use.answer_item(station_store, person, begun, item, Given(result="normal"), at=NIGHT)


def test_pause_resume_give_up(station_store: Store, template: int) -> None:
    person = actor(station_store, "op-b1")
    begun = use.start_checklist(station_store, person, template, at=NIGHT)
    use.pause_checklist(station_store, person, begun, at=NIGHT)
    assert use.checklist_view(station_store, begun).brief.state == "paused"
    use.resume_checklist(station_store, person, begun, at=NIGHT)
    use.abort_checklist(station_store, person, begun, "报警", at=NIGHT)
    view = use.checklist_view(station_store, begun)
    assert (view.brief.state, view.brief.words, view.alive) == ("aborted", "报警", False)
    assert use.checklists_view(station_store, NIGHT).owed[0].running is None


def test_facts_by_subject(station_store: Store, template: int) -> None:
    with station_store.read() as session:
        shift = session.scalars(select(Shift)).one()
        before = use.facts(session, shift, NIGHT)
    assert (before.due, before.done, [each.code for each in before.wanting]) == (1, 0, ["trial"])
    signed = done(station_store, template, answers(value="36", words="偏高"))
    with station_store.read() as session:
        after = use.facts(session, session.scalars(select(Shift)).one(), NIGHT)
    assert (after.due, after.done, after.wanting) == (1, 1, ())
    (latest,) = [each for each in after.latest if each.subject == "trial"]
    assert (latest.id, latest.lines, [each.code for each in latest.abnormal]) == (signed, 3, ["02"])


def test_a_shift_handed_over_takes_paper_only(station_store: Store, template: int) -> None:
    with station_store.write(PROGRAM, "demo", clock(8, 5)) as session:
        shift = session.scalars(select(Shift)).one()
        shift.closed_at = clock(8, 5)
        shift_id = shift.id
    chief = actor(station_store, "chief")
    with pytest.raises(ShiftClosedError):
        use.start_checklist(station_store, chief, template, "live", shift_id, at=clock(9))
    begun = use.start_checklist(station_store, chief, template, "paper", shift_id, at=clock(9))
    assert use.checklist_view(station_store, begun).brief.afterwards


def test_a_new_version_leaves_the_past_as_it_was(station_store: Store, template: int) -> None:
    signed = done(station_store, template)
    chief, later = actor(station_store, "chief"), NIGHT + timedelta(minutes=5)
    text = replace(LIST, lines=LINES[:2])
    with pytest.raises(ListVersionPastError):
        use.set_checklist_version(station_store, chief, template, text, at=later, valid_from=NIGHT)
    with pytest.raises(NotAllowedError):
        use.set_checklist_version(station_store, actor(station_store, "op-b1"), template, text, at=later)
    use.set_checklist_version(station_store, actor(station_store, "safety"), template, text, at=later)
    assert len(use.checklist_view(station_store, signed).lines) == 3
    assert len(use.checklist_text(station_store, template, later).lines) == 2
    assert len(use.blank_checklist(station_store, template, later).lines) == 2


def test_history_newest_first(station_store: Store, template: int) -> None:
    first, second = done(station_store, template), done(station_store, template)
    assert [each.id for each in use.history(station_store, template)] == [second, first]
    assert use.history(station_store, template)[0].progress.normal == 3


def hand_over(store: Store) -> tuple[int, datetime]:
    """The night shift is handed over at 08:00 and the next one opened; its id."""
    at = clock(8)
    with store.write(PROGRAM, "demo", at) as session:
        night = session.scalars(select(Shift)).one()
        night.closed_at = at
        session.flush()
        session.add(
            Shift(
                day=night.day,
                kind="M",
                name_zh="早班",
                name_en="Morning",
                starts_at=at,
                ends_at=clock(16),
                opened_at=at,
                opened_by=night.opened_by,
            )
        )
        return night.id, at


def test_one_on_paper_of_a_shift_handed_over_counts_for_it_and_is_marked(station_store: Store, template: int) -> None:
    person = actor(station_store, "op-b1")
    night, at = hand_over(station_store)
    later = at + timedelta(hours=1)
    assert [each.shift_id for each in use.checklists_view(station_store, later).closed_shifts] == [night]
    with pytest.raises(ShiftClosedError):
        use.start_checklist(station_store, person, template, "live", night, at=later)
    begun = use.start_checklist(station_store, person, template, "paper", night, at=later)
    now, then = use.checklists_view(station_store, later), use.checklists_view(station_store, later, night)
    assert (now.due[0].running, then.due[0].running) == (None, begun), "the open shift is not in its way"
    use.start_checklist(station_store, person, template, at=later)
    fill(station_store, begun)
    use.close_checklist(station_store, person, begun, at=later)
    view = use.checklist_view(station_store, begun)
    assert (view.brief.afterwards, view.span.start, view.brief.started_at) == (True, clock(0), later), "both times"
    assert use.checklists_view(station_store, later, night).owed == ()
    assert [each.id for each in use.checklists_view(station_store, later).owed] == [template]


def test_a_late_entry_of_an_earlier_shift_is_not_the_latest_word_on_its_subject(station_store: Store, template: int) -> None:
    person = actor(station_store, "op-b1")
    night, at = hand_over(station_store)
    own = use.start_checklist(station_store, person, template, at=at)
    late = use.start_checklist(station_store, person, template, "paper", night, at=at)
    for each in (own, late):
        fill(station_store, each)
        use.close_checklist(station_store, person, each, at=at)
    with station_store.read() as session:
        morning = session.scalars(select(Shift).where(Shift.closed_at.is_(None))).one()
        assert [each.id for each in use.facts(session, morning, at).latest] == [own]
