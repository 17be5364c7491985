"""--composition and the numbers of `gas`: a JSON file or methane=0.96,ethane=0.04, full-width digits understood."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas import Composition
from stationdesk.domain.numbers import NumberError, half_width, parse
from stationdesk.domain.words import N_, _

_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PARTS = re.compile("[,，;；]")


class NotANumberError(DomainError):
    """What was typed for one option or component is no number."""

    words: ClassVar[str] = N_("{option}: “{typed}” is not a number; write it as 4000 or 0.96, without a unit.")


class NoCompositionGivenError(DomainError):
    """A command that needs a composition got none."""

    words: ClassVar[str] = N_("--composition is needed: a JSON file, or methane=0.96,ethane=0.04 and so on.")


class NoCompositionFileError(DomainError):
    """--composition names nothing that can be opened."""

    words: ClassVar[str] = N_("{path} cannot be read, and is no list such as methane=0.96,ethane=0.04.")


class NotJsonError(DomainError):
    """The file is no JSON."""

    words: ClassVar[str] = N_("{path} is not a JSON file in UTF-8.")


class NoCompositionObjectError(DomainError):
    """The JSON has no composition."""

    words: ClassVar[str] = N_("{path} has no “composition” object of components and mole fractions.")


class NotAPartError(DomainError):
    """A part of a typed composition that is not component=fraction."""

    words: ClassVar[str] = N_("“{part}” is not a component and its mole fraction, such as methane=0.96.")


class TwiceError(DomainError):
    """A component is named twice."""

    words: ClassVar[str] = N_("“{name}” is given twice.")


def add_composition(parser: argparse.ArgumentParser) -> None:
    """--composition FILE|a=x,b=y; see `composition_of`."""
    which = _("mole fractions: a JSON file with a “composition” object, or methane=0.96,ethane=0.04")
    parser.add_argument("--composition", metavar="FILE|a=x,b=y", default=None, help=which)


def composition_of(given: str | None) -> Composition:
    """The gas of --composition. An error of this module or of `Composition.of` where it is none."""
    if given is None:
        raise NoCompositionGivenError()
    typed = "=" in half_width(given) and not given.lower().endswith(".json")
    return Composition.of(_typed(given) if typed else _in_file(given))


def number(option: str, typed: str) -> float:
    """A number as typed, 9e-05 and full-width digits included. NotANumberError."""
    text = half_width(typed)
    if _FLOAT.fullmatch(text):
        return float(text)
    try:
        return float(parse(typed))
    except NumberError:
        raise NotANumberError(option=option, typed=typed.strip()) from None


def _typed(text: str) -> Mapping[str, float]:
    pairs: list[tuple[str, float]] = []
    for part in _PARTS.split(text):
        name, equals, value = part.replace("＝", "=").partition("=")
        if not equals or not name.strip():
            raise NotAPartError(part=part.strip())
        pairs.append((name.strip(), number(name.strip(), value)))
    return _single(pairs)


def _in_file(given: str) -> Mapping[str, float]:
    try:
        text = Path(given).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NotJsonError(path=given) from None
    except (OSError, ValueError):
        raise NoCompositionFileError(path=given) from None
    try:
        document = json.loads(text, object_pairs_hook=_single)
    except (ValueError, RecursionError):
        raise NotJsonError(path=given) from None
    fractions = document.get("composition") if isinstance(document, dict) else None
    if not isinstance(fractions, dict) or not fractions:
        raise NoCompositionObjectError(path=given)
    return fractions


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a mapping; TwiceError where one would silently win over another."""
    single: dict[str, Any] = {}
    for name, value in pairs:
        if name in single:
            raise TwiceError(name=name)
        single[name] = value
    return single
