"""What changed from one version to the next."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.names import Name
from stationdesk.domain.versions import Change, Line, Shape, Turn, changes


def shape(head: dict[str, object], *lines: str) -> Shape:
    return Shape(head, {code: Line(Name(code)) for code in lines})  # type: ignore[arg-type]


def test_a_value_that_differs_is_told_with_both() -> None:
    found = changes(shape({"h": Decimal("2.70"), "l": None}), shape({"h": Decimal("2.80"), "l": None}))
    assert found == (Change(Turn.CHANGED, field="h", before=Decimal("2.70"), after=Decimal("2.80")),)


def test_empty_and_absent_are_the_same() -> None:
    assert changes(shape({"unit": "", "on_now": False}), shape({"design": None})) == ()


def test_lines_come_go_and_move() -> None:
    found = changes(shape({}, "a", "b", "c"), shape({}, "c", "a", "d"))
    assert [(each.turn, each.line) for each in found] == [(Turn.ADDED, "d"), (Turn.DROPPED, "b"), (Turn.MOVED, "")]


def test_a_line_put_in_between_moves_no_other() -> None:
    assert [each.turn for each in changes(shape({}, "a", "b"), shape({}, "a", "x", "b"))] == [Turn.ADDED]


HEADS = st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3)))


@given(HEADS, st.lists(st.sampled_from("pqrs"), unique=True))
def test_nothing_changes_from_a_version_to_itself(head: dict[str, object], lines: list[str]) -> None:
    assert changes(shape(head, *lines), shape(head, *lines)) == ()
