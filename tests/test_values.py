"""Values are what the standard decorator makes of the same class, whatever is asked of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from typing import Any, ClassVar

import pytest

from stationdesk import values


def classes(decorate: Callable[..., Any]) -> tuple[type, ...]:
    @decorate(frozen=True)
    class Point:
        """Two given, two by default, one not compared."""

        kind: ClassVar[str] = "point"
        x: int
        y: int
        words: str = ""
        rest: tuple[int, ...] = field(default_factory=tuple)
        note: str = field(default="", compare=False, repr=False)

    @decorate(frozen=True, kw_only=True)
    class Named(Point):
        """With one more, by name only."""

        name: str = "?"

    @decorate(frozen=True, order=True)
    class One:
        """One field, in order."""

        n: int

    @decorate
    class Open:
        """May change; reckons after it is made."""

        n: int
        twice: int = field(init=False)
        seen: list[int] = field(default_factory=list)

        def __post_init__(self) -> None:
            self.twice = 2 * self.n

    @decorate(frozen=True, eq=False)
    class Itself:
        """Like nothing else."""

        n: int = 0

    @decorate(frozen=True)
    class Empty:
        """Nothing."""

        def __repr__(self) -> str:
            return "nothing"

    return Point, Named, One, Open, Itself, Empty


OURS, THEIRS = classes(values.dataclass), classes(dataclasses.dataclass)
GIVEN: list[tuple[int, tuple[Any, ...], dict[str, Any]]] = [
    (0, (1, 2), {}),
    (0, (1, 2, "a"), {"rest": (3,), "note": "n"}),
    (1, (1, 2), {"name": "b"}),
    (2, (5,), {}),
    (3, (4,), {}),
    (3, (4, [1]), {}),
    (5, (), {}),
]
WRONG: list[tuple[int, tuple[Any, ...], dict[str, Any]]] = [
    (0, (1,), {}),
    (0, (1, 2), {"z": 3}),
    (1, (1, 2, "", (), "", "b"), {}),
    (3, (), {}),
]


def told(made: object) -> str:
    return repr(made).replace("classes.<locals>.", "")


@pytest.mark.parametrize(("which", "args", "named"), GIVEN)
def test_a_value_is_made_shown_compared_and_changed_as_the_standard_one(which, args, named):
    ours, theirs = OURS[which](*args, **named), THEIRS[which](*args, **named)
    assert told(ours) == told(theirs)
    assert asdict(ours) == asdict(theirs)
    assert [each.name for each in fields(ours)] == [each.name for each in fields(theirs)]
    assert (ours == OURS[which](*args, **named)) == (theirs == THEIRS[which](*args, **named))
    assert ours != theirs
    assert copy.deepcopy(ours) == ours
    assert (OURS[which].__hash__ is None) == (THEIRS[which].__hash__ is None)
    if OURS[which].__hash__ is not None:
        assert hash(ours) == hash(theirs)


@pytest.mark.parametrize(("which", "args", "named"), WRONG)
def test_what_the_standard_one_refuses_is_refused(which, args, named):
    for each in (OURS[which], THEIRS[which]):
        with pytest.raises(TypeError):
            each(*args, **named)


def test_a_frozen_value_stays_and_a_changed_copy_is_another():
    point = OURS[0](1, 2)
    for change in (lambda: setattr(point, "x", 3), lambda: setattr(point, "z", 3), lambda: delattr(point, "x")):
        with pytest.raises(FrozenInstanceError):
            change()
    assert replace(point, x=3) == OURS[0](3, 2) != point
    assert replace(point, note="not compared") == point
    assert sorted(OURS[2](n) for n in (2, 1)) == [OURS[2](1), OURS[2](2)]
    assert OURS[4]() != OURS[4]()
    changed = OURS[3](1)
    changed.twice = 5
    assert changed != OURS[3](1)


@values.dataclass(frozen=True)
class Sent:
    """Goes to another process."""

    n: int
    rest: tuple[int, ...] = ()


def test_a_value_can_be_sent():
    state = pickle.dumps(Sent(1, (2,)))
    assert pickle.loads(state) == Sent(1, (2,))
    assert (Sent.__doc__, Sent.__match_args__) == ("Goes to another process.", ("n", "rest"))
