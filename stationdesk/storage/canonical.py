"""One writing for every value: what the journal holds of a record is, type for type, what its table holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Date, Enum, Float, Integer, String, Table

from stationdesk.domain.store import UnstorableNumberError, UnstorableTextError
from stationdesk.storage.record import EpochUtc, Exact, Utc, epoch, exact_text, utc_text

Plain = int | float | str | None
Form = Callable[[Any], Plain]
State = dict[str, Plain]

LARGEST = 2**63 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks. UnstorableNumberError for a number that JSON does not have."""
    try:
        return _ENCODER.encode(value)
    except ValueError as error:
        raise UnstorableNumberError(value=str(error)) from error


def digest(text: str) -> str:
    """SHA-256 of a text as hex digits. Half characters are hashed as the bytes they were read from."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def forms(table: Table) -> dict[str, Form]:
    """Column name → how its value is written in the journal."""
    return _forms(table)


def state(table: Table, values: Mapping[str, Any]) -> State:
    """A row as the journal writes it; what is None is left out. TypeError for a value that does not fit its column."""
    return {name: form(value) for name, form in forms(table).items() if (value := values.get(name)) is not None}


def key_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)


def key_of(table: Table, values: Mapping[str, Plain]) -> Any:
    """A row's key as the journal writes it: the id, or a list of the key's values in their order."""
    names = key_names(table)
    return values[names[0]] if len(names) == 1 else [values[name] for name in names]


def digested(table: Table) -> Iterable[str]:
    """The columns of which the journal holds a digest."""
    return (column.name for column in table.columns if column.info.get("digest"))


def digest_form(value: Plain) -> str:
    return "sha256:" + digest(value if isinstance(value, str) else canonical(value))


@cache
def _forms(table: Table) -> dict[str, Form]:
    return {column.name: _form(column) for column in table.columns}


def _form(column: Column[Any]) -> Form:
    plain = next((form for kind, form in _BY_TYPE if isinstance(column.type, kind)), None)
    if plain is None:
        raise TypeError(f"{column} has a type of which the journal knows no writing: {column.type!r}")
    if column.info.get("digest"):
        return lambda value: digest_form(plain(value))
    return plain


def text_form(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, not {value!r}")
    try:
        value.encode()
    except UnicodeEncodeError:  # half a character
        raise UnstorableTextError() from None
    if "\0" in value:
        raise UnstorableTextError()
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"whole number expected, not {value!r}")
    if abs(value) > LARGEST:
        raise UnstorableNumberError(value=value)
    return int(value)


def _truth(value: Any) -> int:
    if value not in (0, 1):
        raise TypeError(f"true or false expected, not {value!r}")
    return int(value)


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"number expected, not {value!r}")
    if value != value or abs(value) == float("inf"):
        raise UnstorableNumberError(value=value)
    return float(value)


def _day(value: Any) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"date expected, not {value!r}")
    return value.isoformat()


def _choice(value: Any) -> str:
    return text_form(value if isinstance(value, str) and not hasattr(value, "value") else value.value)


# The first that fits counts: Enum is a String to SQLAlchemy, Boolean is none of Integer's.
_BY_TYPE: tuple[tuple[type, Form], ...] = (
    (Utc, utc_text),
    (EpochUtc, epoch),
    (Exact, exact_text),
    (Enum, _choice),
    (Boolean, _truth),
    (Date, _day),
    (Float, _float),
    (Integer, _whole),
    (String, text_form),
)
