"""The handover's sheet, made from a real store and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from stationdesk.domain import words
from stationdesk.reports.handover import NoHandoverError
from stationdesk.reports.issue import blank_form, compose, issue, prepare
from stationdesk.reports.lines import read_code, read_lines
from stationdesk.reports.workbook import xlsx
from stationdesk.services import Store
from stationdesk.services import handover as use
from stationdesk.services.hazards import raise_hazard
from stationdesk.services.people import change_person, people_view
from stationdesk.services.readings import points_view, take_hour
from stationdesk.services.shifts import SignOn, sign_on
from stationdesk.storage import keys
from tests.conftest_station import NIGHT, PASSWORD, actor
from tests.handing import EIGHT, hand_over, reserve_filter, settle_lines, walked_night
from tests.night import hour_of
from tests.reports.builds import fonts_embedded

MINUTE = timedelta(minutes=1)
LATER = EIGHT + 10 * MINUTE
LONG = "阿布都热合曼·买买提依明江·古丽仙·努尔麦麦提·斯迪克"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    keys.use(keys.LIGHT)
    opened: list[Store] = []

    def make(**how: object) -> Store:
        opened.append(walked_night(tmp_path / f"{len(opened)}.db", **how))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for each in opened:
        each.close()
    keys.use(keys.STRONG)


def printed(store: Store, language: str = "zh_CN", subject: str = "1") -> list[str]:
    """The lines of the sheet as another reader finds them, and nothing that no font has."""
    done = prepare(store, actor(store, "lead-d"), "handover", subject, language, LATER)
    assert done.missing == ()
    assert read_lines(done.pdf) == list(done.to_print.lines)
    assert fonts_embedded(done.pdf)
    return list(done.to_print.lines)


def test_a_routine_handover_in_chinese_and_english(made: Callable[..., Store]) -> None:
    store = made()
    hand_over(store)
    text = "\n".join(printed(store))
    for each in ("交接班记录", "JJB-20261121-1", "夜班 00:00–08:00 乙班", "早班 08:00–16:00 丁班", "李娜、王强", "08:00（接班签字 08:09）"):
        assert each in text
    for each in (
        "早班 09:00 切 B 路后换滤芯，已报站长",
        "黄勇 08:06 接受",
        "带问题",
        "08:03:22 口令签字",
        "48,419,913",
        "87,446",
        "抄录 9/9",
    ):
        assert each in text
    english = "\n".join(printed(store, "en"))
    for each in (
        "Shift handover record",
        "Night 00:00–08:00 Crew B",
        "by password",
        "Readings 9/9",
        "Filter Difference",
        "Prepared by",
    ):
        assert each in english
    assert "Draft" not in english


def test_it_is_one_page_and_carries_the_key_that_signed(made: Callable[..., Store]) -> None:
    store = made()
    hand_over(store)
    done = issue(store, actor(store, "lead-d"), "handover", "", "zh_CN", at=LATER)
    view = use.closed_view(store, 1, LATER)
    code = read_code(done.pdf)
    assert code is not None
    assert (done.to_print.pages, done.to_print.subject) == (1, "1")
    assert code.fingerprint.lower() == view.incoming.fingerprint
    assert len(view.incoming.fingerprint) == 16


def test_before_the_signatures_it_is_a_draft_and_says_so(made: Callable[..., Store]) -> None:
    store = made()
    sheet = compose(store, "handover", "1", "en", EIGHT)
    assert (sheet.watermark, sheet.number, sheet.signed_by) == ("Draft", "draft", "")
    text = "\n".join(printed(store, "en"))
    assert text.count("□ open") == 2


def test_a_shift_without_a_handover_is_refused(made: Callable[..., Store]) -> None:
    store = made()
    with pytest.raises(NoHandoverError):
        compose(store, "handover", "2", "en", EIGHT)
    with pytest.raises(NoHandoverError):
        compose(store, "handover", "2026-11-21", "en", EIGHT)


def test_contradictions_stand_on_the_draft_once(station_store: Store) -> None:
    lines = "\n".join(prepare(station_store, actor(station_store, "lead-b"), "handover", "1", "en", NIGHT).to_print.lines)
    assert lines.count("Fire equipment has not been filled in yet") == 1
    assert "missed, not explained" in lines


def test_names_as_long_and_as_rare_as_they_come(made: Callable[..., Store]) -> None:
    store = made()
    for login, name in (("lead-b", LONG), ("op-b1", "刘䶮"), ("lead-d", "欧阳娜娜·Ω")):
        person = next(each for each in people_view(store, EIGHT) if each.person_id == actor(store, login).person_id)
        kept = {"number": person.number, "phone": person.phone, "post": person.post}
        change_person(store, actor(store, "chief"), person.person_id, person.version, name=name, **kept, at=EIGHT)
    hand_over(store)
    text = "".join(printed(store)).replace(" ", "")
    assert LONG in text
    assert "刘䶮" in text


def test_a_crew_of_one_says_so(made: Callable[..., Store]) -> None:
    store = made(size=1, relief=1, quiet=True)
    hand_over(store)
    assert "\n".join(printed(store)).count("无（一人值班）") == 2


def test_refused_taken_back_and_signed_in_ink(made: Callable[..., Store]) -> None:
    store = made()
    reserve_filter(store)
    lead = actor(store, "lead-d")
    use.object_to(store, lead, "refuse", "岗位没打扫", "unclean", at=EIGHT)
    use.object_to(store, lead, "withdraw", "已打扫", at=EIGHT + MINUTE)
    use.object_to(store, lead, "dissent", "滤芯应夜班换", at=EIGHT + MINUTE)
    use.sign_in_ink(store, actor(store, "op-b1"), "outgoing", "口令忘了", at=EIGHT + 2 * MINUTE)
    settle_lines(store, EIGHT + 2 * MINUTE)
    use.sign_incoming(store, lead, PASSWORD, at=EIGHT + 3 * MINUTE)
    text = "\n".join(printed(store))
    assert "08:03 黄勇 拒绝接班：岗位未清洁不接，岗位没打扫" in text
    assert "黄勇 撤回拒绝：已打扫" in text
    assert "黄勇 有异议：滤芯应夜班换" in text
    assert "张伟（应急签字）" in text
    assert "见证人 李娜" in text
    assert "须于 2026-11-24 08:05 前补签" in text.replace("\n", "")
    use.settle_ink(store, actor(store, "lead-b"), 1, PASSWORD, at=EIGHT + 600 * MINUTE)
    assert "补签 2026-11-21 18:03" in "\n".join(printed(store))


def test_an_unscheduled_handover_says_why(station_store: Store) -> None:
    lead = actor(station_store, "lead-b")
    use.begin_unscheduled(station_store, lead, "班长突发腹痛送医", at=NIGHT)
    relief = actor(station_store, "lead-a")
    sign_on(station_store, relief, relief.person_id, SignOn(shift="next", leader=True, reason="顶张伟"), at=NIGHT + MINUTE)
    lines = prepare(station_store, lead, "handover", "1", "zh_CN", NIGHT + MINUTE).to_print.lines
    assert "临时交接班：班长突发腹痛送医" in "\n".join(lines)


def test_a_handover_out_of_turn_stands_under_the_hours_it_was_read_and_signed_at(station_store: Store) -> None:
    store, lead, relief = station_store, actor(station_store, "lead-b"), actor(station_store, "lead-a")
    points = {each.code: each.point_id for each in points_view(store, NIGHT)}
    for clock, typed in (("00", "2.47"), ("05", "2.46"), ("06", "2.44")):
        texts = {points["p-in"]: typed} | ({points["p-out"]: "0.345"} if clock != "06" else {})
        take_hour(store, lead, hour_of(clock), texts, at=NIGHT)
    use.begin_unscheduled(store, lead, "班长突发腹痛送医", at=NIGHT)
    sign_on(store, relief, relief.person_id, SignOn(leader=True, reason="顶张伟"), at=NIGHT)
    lines = list(prepare(store, lead, "handover", "1", "zh_CN", NIGHT + MINUTE).to_print.lines)
    text = "\n".join(lines)
    assert "08:00" not in text.split("七交")[0].replace("00:00–08:00", "")  # nothing was signed at the hour the shift would have ended
    assert "05时" in text
    assert "06时" in text


def test_forty_open_items_turn_the_page_with_their_head(made: Callable[..., Store]) -> None:
    store = made()
    for n in range(40):
        raise_hazard(store, actor(store, "lead-b"), grade="minor", place="放空区", text=f"围栏锈蚀 {n}", at=hour_of("07"))
    done = prepare(store, actor(store, "lead-b"), "handover", "1", "zh_CN", EIGHT)
    assert done.to_print.pages >= 2
    assert [line for line in done.to_print.lines if (line.startswith("编号") and "责任人" in line) or line == "责任人"]
    assert read_lines(done.pdf) == list(done.to_print.lines)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_blank_form_fits_a_page_and_carries_no_code(made: Callable[..., Store], language: str) -> None:
    store = made()
    before = store.head()
    form = blank_form(store, "handover", "", language, EIGHT)
    assert form.to_print.pages == 1
    assert read_code(form.pdf) is None
    assert store.head() == before
    with words.speaking(language):
        assert words._("Cleanliness") if language == "en" else "岗位卫生" in "\n".join(form.to_print.lines)


def test_as_a_workbook_it_has_a_worksheet_of_each_table(made: Callable[..., Store]) -> None:
    store = made()
    hand_over(store)
    book = xlsx(compose(store, "handover", "1", "en", LATER))
    assert book[:2] == b"PK"
