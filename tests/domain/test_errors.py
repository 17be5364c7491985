"""A refusal carries its values and is worded where it is shown; every refusal has words."""

from __future__ import annotations

import copy
import importlib
import pickle
import pkgutil
import string
from collections.abc import Iterator
from typing import ClassVar

import pytest

import stationdesk
from stationdesk.domain import words
from stationdesk.domain.errors import DomainError, say
from tests import i18n


class TooHighError(DomainError):
    """Asks for its values by position, as some errors do."""

    words: ClassVar[str] = "{point} is {value:.2f}"
    field: ClassVar[str | None] = "value"

    def __init__(self, point: str, value: float) -> None:
        super().__init__(point=point, value=value)


def test_it_says_its_values():
    error = TooHighError("P-101", 4.567)
    assert (error.point, error.value, error.field) == ("P-101", 4.567, "value")
    assert error.values == {"point": "P-101", "value": 4.567}
    assert say(error) == str(error) == "P-101 is 4.57"


def test_it_is_worded_in_the_language_of_whoever_shows_it():
    from stationdesk.cli.options import NoPasswordError

    error = NoPasswordError(variable="X")
    assert say(error).startswith("A password")
    with words.speaking("zh_CN"):
        assert say(error).startswith("需要口令")


def test_a_value_that_was_not_given_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing"):
        _ = TooHighError("P-101", 1).nothing


@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_it_comes_whole_from_another_process(travel):
    error = travel(TooHighError("P-101", 1.5))
    assert type(error) is TooHighError
    assert error.values == {"point": "P-101", "value": 1.5}


def every_module() -> Iterator[str]:
    for found in pkgutil.walk_packages(stationdesk.__path__, "stationdesk."):
        if not found.name.rpartition(".")[2].startswith("_"):
            yield found.name


def every_error(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for under in kind.__subclasses__():
        if under.__module__.startswith("stationdesk."):
            yield under
        yield from every_error(under)


def test_every_refusal_has_words_that_the_catalogue_knows():
    for name in every_module():
        importlib.import_module(name)
    errors = list(every_error())
    assert errors
    known = {one for _context, one in i18n.used()}
    assert [error.__name__ for error in errors if getattr(error, "words", None) not in known] == []
    assert [error.__name__ for error in errors if not error.__name__.endswith("Error")] == []
    assert all(name != "" for error in errors for _text, name, _spec, _conv in string.Formatter().parse(error.words)), (
        "name the placeholders"
    )
