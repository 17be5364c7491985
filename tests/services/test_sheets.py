"""What the services say of sheets: letterhead, the form in force, what was printed, and what a report can be about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from stationdesk.domain.paper import TemplateError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import NOBODY, PROGRAM, Store
from stationdesk.services.sheets import (
    ToPrint,
    UnknownCodeError,
    anchor,
    by_code,
    copies_of,
    letterhead,
    printed_sheets,
    record_print,
    set_template,
    template_in_force,
)
from stationdesk.services.subjects import items, latest, shifts
from stationdesk.storage import keys
from stationdesk.storage.verify import verify
from tests.conftest_station import MADE, NIGHT, actor
from tests.handing import EIGHT, hand_over, walked_night

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    keys.use(keys.LIGHT)
    made = walked_night(tmp_path / "a.db")
    yield made
    made.close()
    keys.use(keys.STRONG)


def printing(store: Store, code: str, copy: int = 1, subject: str = "1") -> ToPrint:
    head = store.head()
    return ToPrint(
        code, "handover", subject, "zh_CN", ("交接班记录", "一、七交"), 1, "ab" * 32, head.seq, head.hash, "", "1", "f", "打印", copy
    )


def test_trial_operation_until_the_official_start(store: Store) -> None:
    assert letterhead(store, MADE - MINUTE).trial
    assert not letterhead(store, NIGHT).trial
    assert letterhead(store, NIGHT).station.zh == "确山门站"


def test_a_template_takes_effect_from_its_time(store: Store) -> None:
    chief = actor(store, "chief")
    before = template_in_force(store, "handover", NIGHT)
    set_template(store, chief, "handover", '{"form_no": "X-2"}', at=NIGHT, valid_from=EIGHT)
    assert template_in_force(store, "handover", EIGHT - MINUTE) == before
    found = template_in_force(store, "handover", EIGHT)
    assert found is not None
    assert found.form_no.zh == "X-2"
    assert template_in_force(store, "no-such-report", EIGHT) is None
    with pytest.raises(TemplateError):
        set_template(store, chief, "handover", "{", at=EIGHT)
    with pytest.raises(NotAllowedError):
        set_template(store, actor(store, "op-b1"), "handover", "{}", at=EIGHT)


def test_what_leaves_the_program_is_counted_listed_and_found_by_its_code(store: Store) -> None:
    record_print(store, actor(store, "lead-b"), printing(store, "A" * 20), at=NIGHT)
    record_print(store, PROGRAM, printing(store, "B" * 20, 2), "command", at=NIGHT + MINUTE)
    record_print(store, PROGRAM, printing(store, "C" * 20, subject="2"), "command", at=NIGHT + MINUTE)
    assert copies_of(store, "handover", "1") == 2
    assert [each.code[0] for each in printed_sheets(store, "handover", "1")] == ["B", "A"]
    assert by_code(store, "A" * 20).lines == ("交接班记录", "一、七交")
    assert by_code(store, "A" * 20).by == "张伟"
    assert anchor(store, by_code(store, "A" * 20)).head_fits
    with pytest.raises(UnknownCodeError):
        by_code(store, "D" * 20)
    with pytest.raises(NotAllowedError):
        record_print(store, NOBODY, printing(store, "E" * 20), at=NIGHT)
    assert verify(store.path).clean


def test_the_latest_is_the_last_that_is_whole(store: Store) -> None:
    assert latest(store, "handover", "shift", EIGHT) == "1"  # open, for none was handed over
    hand_over(store)
    assert latest(store, "handover", "shift", EIGHT) == "1"
    assert latest(store, "readings-day", "day", EIGHT - timedelta(minutes=10)) == "2026-11-19"
    assert latest(store, "readings-day", "day", EIGHT) == "2026-11-20"
    assert latest(store, "x", "month", EIGHT) == "2026-11"
    assert latest(store, "x", "span", EIGHT) == "2026-11-14..2026-11-20"
    assert latest(store, "hazards", "now", EIGHT) == ""


def test_shifts_and_forms_to_choose_from(store: Store) -> None:
    hand_over(store)
    found = shifts(store, EIGHT)
    assert [(each.code, each.label, each.name.zh, each.done) for each in found] == [
        ("2", "2026-11-21", "早班 丁班", False),
        ("1", "2026-11-21", "夜班 乙班", True),
    ]
    assert [each.name.zh for each in items(store, "round-blank", EIGHT)][:2] == ["站内巡检", "周界巡查"]
    assert items(store, "checklist-blank", EIGHT)
    assert items(store, "handover", EIGHT) == ()
