"""Lines of rounds and checklists: what is an answer, what it owes, when the list may be signed off."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.answers import (
    AbortReasonError,
    Action,
    AlreadyPausedError,
    Answer,
    AnswerError,
    Ask,
    Choice,
    ChoiceMissingError,
    Item,
    ListStateError,
    NotPausedError,
    Result,
    State,
    UnansweredError,
    ValueMissingError,
    WordsOwedError,
    advance,
    check_close,
    choices_data,
    choices_of,
    judge_answer,
    progress,
)
from stationdesk.domain.limits import Limits
from stationdesk.domain.names import Name

LOOK = Item("03")
MEASURE = Item("04", Ask.MEASURE, Limits(h=Decimal(30), hh=Decimal(50)), 0, "kPa")
CHOOSE = Item("02", Ask.CHOOSE, choices=(Choice("open", Name("开", "open")), Choice("shut", Name("关", "shut"), abnormal=True)))
ITEMS = (LOOK, MEASURE, CHOOSE)


def test_a_look_is_normal_abnormal_or_not_applicable() -> None:
    assert [judge_answer(LOOK, result).result for result in ("normal", "abnormal", "na")] == [Result.NORMAL, Result.ABNORMAL, Result.NA]
    for nothing in ("", "fine"):
        with pytest.raises(AnswerError):
            judge_answer(LOOK, nothing)


def test_a_value_beyond_its_limit_is_abnormal_whatever_was_ticked() -> None:
    found = judge_answer(MEASURE, "normal", value=Decimal(36))
    assert (found.result, found.finding.limit) == (Result.ABNORMAL, Decimal(30))
    assert judge_answer(MEASURE, value=Decimal(30)).result is Result.NORMAL
    assert judge_answer(MEASURE, "abnormal", value=Decimal(12)).result is Result.ABNORMAL
    with pytest.raises(ValueMissingError):
        judge_answer(MEASURE, "normal")
    assert judge_answer(MEASURE, "na").value is None


def test_a_choice_may_be_abnormal_in_itself() -> None:
    assert judge_answer(CHOOSE, choice="shut").result is Result.ABNORMAL
    assert judge_answer(CHOOSE, choice="open").result is Result.NORMAL
    with pytest.raises(ChoiceMissingError):
        judge_answer(CHOOSE, "normal", choice="half")


def test_an_abnormal_line_owes_words_and_a_normal_one_does_not() -> None:
    assert judge_answer(LOOK, "abnormal").owes_words
    assert not judge_answer(LOOK, "abnormal", words="渗油").owes_words
    assert not judge_answer(LOOK, "normal").owes_words


def test_signing_off_wants_every_line_and_every_word() -> None:
    answers = {"03": judge_answer(LOOK, "abnormal"), "04": judge_answer(MEASURE, value=Decimal(12))}
    with pytest.raises(UnansweredError) as left:
        check_close(ITEMS, answers)
    assert left.value.count == 1
    answers["02"] = judge_answer(CHOOSE, choice="open")
    with pytest.raises(WordsOwedError):
        check_close(ITEMS, answers)
    answers["03"] = judge_answer(LOOK, "abnormal", words="渗油")
    check_close(ITEMS, answers)
    standing = progress(ITEMS, answers)
    assert (standing.answered, standing.left, standing.normal, standing.abnormal) == (3, 0, 2, 1)


@given(st.dictionaries(st.sampled_from(["02", "03", "04", "gone"]), st.sampled_from(list(Result))))
def test_progress_counts_only_lines_of_the_list(results: dict[str, Result]) -> None:
    found = progress(ITEMS, {code: Answer(code, result) for code, result in results.items()})
    assert found.answered + found.left == 3
    assert found.answered == len(set(results) - {"gone"})


def test_a_list_is_paused_resumed_aborted_or_closed_once() -> None:
    assert advance("running", Action.PAUSE) is State.PAUSED
    assert advance("paused", Action.RESUME) is State.RUNNING
    assert advance("paused", Action.ANSWER) is State.RUNNING
    assert advance("paused", Action.CLOSE) is State.CLOSED
    assert advance("running", Action.ABORT, "报警，撤离") is State.ABORTED
    with pytest.raises(AbortReasonError):
        advance("running", Action.ABORT, " ")
    with pytest.raises(AlreadyPausedError):
        advance("paused", Action.PAUSE)
    with pytest.raises(NotPausedError):
        advance("running", Action.RESUME)


@given(st.sampled_from([State.CLOSED, State.ABORTED]), st.sampled_from(list(Action)))
def test_nothing_is_done_with_a_list_that_is_over(state: State, action: Action) -> None:
    with pytest.raises(ListStateError):
        advance(state, action, "why")


def test_choices_come_back_from_their_data() -> None:
    assert choices_of(choices_data(CHOOSE.choices)) == CHOOSE.choices
