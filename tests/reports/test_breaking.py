from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stationdesk.reports.breaking import CLOSING, NOT_FIRST, NOT_LAST, Line, Run, plain, squeeze, wrap

MIXED = st.text(alphabet="交接班记录压力灯，。；：、（）《》“”‘’！？…—abcXYZ 0123456789.%℃³/–-~MPakh≤±()[]", min_size=1, max_size=80)


def measure(text: str, run: Run) -> float:
    """10 points for a full-width letter, 5 for a narrow one: breaking knows nothing of fonts."""
    return sum(5.0 if ord(char) < 0x2E80 else 10.0 for char in text) * run.size


def said(line: Line) -> str:
    return "".join(run.text for run in line)


def wrapped(text: str, room: float) -> list[str]:
    return [said(line) for line in wrap(text, room, measure)]


WORDS = st.sampled_from(
    ["压", "压差", "更正一处", "F-101", "30 kPa", "Nm³/h", "2.20–2.70 MPa", "08:00", "第 12 次", "handover", "Y" * 30, "24 具"]
)
PIECES = st.builds(
    lambda opening, word, closing: opening + word + closing,
    st.sampled_from(["", "", "", "（", "“", "《", "（“"]),
    WORDS,
    st.sampled_from(["", "", "，", "。", "）", "）。", "”，", "》、", "！", "…", ",", ")"]),
)


@given(st.lists(st.tuples(PIECES, st.booleans()), min_size=1, max_size=40), st.integers(0, 5), st.integers(60, 400))
def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there(pieces: list[tuple[str, bool]], cut: int, room: int) -> None:
    text = "".join(piece for piece, _bold in pieces)
    dressed = [Run(text[:cut])] if cut else []
    at = cut
    for n, (_piece, bold) in enumerate(pieces):  # seams anywhere, also between a word and its mark
        end = min(at + 1 + n % 7, len(text))
        dressed.append(Run(text[at:end], bold=bold))
        at = end
    dressed.append(Run(text[at:]))
    lines = [said(line).strip() for line in wrap(dressed, room, measure)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    for before, after in pairwise(lines):
        assert after[:1] not in set(NOT_FIRST) or text.startswith(after), (before, after)
        assert before[-1:] not in set(NOT_LAST), (before, after)


@given(MIXED, st.integers(5, 300))
def test_nothing_is_lost(text: str, room: int) -> None:
    assert "".join(wrapped(text, room)) == text


@given(MIXED, st.integers(20, 400))
def test_no_line_is_longer_than_its_room_but_for_half_a_mark(text: str, room: int) -> None:
    for line in wrapped(text, room):
        shown = line.rstrip(" ")
        overhang = 5.0 if shown[-1:] and shown[-1] in CLOSING else 0.0
        assert measure(shown, Run("")) <= room + overhang + 0.01


def test_numbers_keep_their_units() -> None:
    for kept in ("2.20–2.70 MPa", "≤ 30 kPa", "Nm³/h", "24 具", "第 12 次", "第 3.2.1 条", "08:00", "YH-2026-0119", "−5–40 ℃"):
        for room in range(50, 200, 5):
            lines = wrapped(f"压力高于限值见{kept}见记录", max(room, measure(kept, Run("")) + 10))
            assert any(kept in line for line in lines), (kept, lines)


def test_a_box_to_tick_keeps_its_word() -> None:
    for room in range(60, 160, 5):
        assert not any(line.strip().endswith("□") for line in wrapped("□自动　□手动　□失电　□不适用", room)), room


def test_bold_seam_does_not_free_a_closing_mark() -> None:
    runs = [Run("一二三四"), Run("，", bold=True), Run("五")]
    assert [said(line) for line in wrap(runs, 45.0, measure)] == ["一二三四，", "五"]
    assert [said(line) for line in wrap(runs, 44.0, measure)] == ["一二三", "四，五"]


def test_closing_mark_may_overhang_by_its_empty_half() -> None:
    assert wrapped("一二三。四", 35.0) == ["一二三。", "四"]
    assert wrapped("一二三。四", 34.0) == ["一二", "三。四"]


def test_long_word_is_cut_and_paragraphs_are_kept() -> None:
    assert wrapped("A" * 25, 50.0) == ["A" * 10, "A" * 10, "A" * 5]
    assert wrapped("一\n\n二", 50.0) == ["一", "", "二"]


def test_what_has_no_ink_is_dropped() -> None:
    assert plain("张\u200b伟\ufeff\u202e\x00") == "张伟"
    assert plain("一\t二\r\n三") == "一 二\n三"


def test_marks_that_meet_move_together() -> None:
    assert (squeeze("）", "，"), squeeze("。", "（"), squeeze("（", "《"), squeeze("，", "一"), squeeze("", "（")) == (
        0.5,
        0.5,
        0.5,
        0.0,
        0.0,
    )


def test_one_dress_may_be_used_twice() -> None:
    bold, plain_run = Run("一二三四五", bold=True), Run("六七八")
    lines = wrap([bold, plain_run, bold], 60.0, measure)
    assert [said(line) for line in lines] == ["一二三四五六", "七八一二三四", "五"]
    assert [[run.bold for run in line] for line in lines] == [[True, False], [False, True], [True]]
