"""Facts as codes and values: what is stored and signed is never a translated word.

A `Said` names a sentence by its code; FACTS says it in English ids, the catalogue in Chinese. Packed to JSON and back it stays the
same, so that a sheet can be worded in either language years later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import format_day, format_moment, format_time
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import shown

Value = str | int | Decimal | datetime | date | Name


@dataclass(frozen=True)
class Said:
    """A sentence by its code, with the values that stand in it."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((key, str(value)) for key, value in self.values.items()))))


def value_words(value: Value, zone: ZoneInfo, day: date | None = None) -> str:
    """A value as it stands in a sentence; a moment as HH:MM, with its date where that is not `day`."""
    if isinstance(value, datetime):
        other_day = day is not None and value.astimezone(zone).date() != day
        return format_moment(value, zone) if other_day else format_time(value, zone)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Decimal):
        return shown(value)
    return str(value)


def pack(value: object) -> Any:
    """Any value of the domain as JSON has it: numbers as {"n"}, moments as {"t"}, days as {"d"}, names as {"zh", "en"}."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, dict):
        return {str(key): pack(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [pack(each) for each in value]
    if isinstance(value, Said):
        return {"code": value.code, "values": {key: pack(each) for key, each in value.values.items()}}
    if isinstance(value, Decimal):
        return {"n": str(value)}
    if isinstance(value, datetime):
        return {"t": _utc(value)}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, Name):
        return value.texts()
    if isinstance(value, Mapping):
        return {str(key): pack(each) for key, each in value.items()}
    raise TypeError(f"{type(value).__name__} has no place in stored content")


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise TypeError("a moment without a zone has no place in stored content")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def unpack(value: Any) -> Any:
    """What `pack` packed; lists come back as tuples."""
    if isinstance(value, list):
        return tuple(unpack(each) for each in value)
    if not isinstance(value, dict):
        return value
    keys = set(value)
    if keys == {"n"}:
        return Decimal(value["n"])
    if keys == {"t"}:
        return datetime.fromisoformat(value["t"])
    if keys == {"d"}:
        return date.fromisoformat(value["d"])
    if keys == {"zh", "en"}:
        return Name.of(value)
    if keys == {"code", "values"}:
        return Said(value["code"], {key: unpack(each) for key, each in value["values"].items()})
    return {key: unpack(each) for key, each in value.items()}


def canonical(value: object) -> str:
    """The one JSON text of a value: keys sorted, no blanks, nothing escaped that need not be. TypeError for a float."""
    return json.dumps(pack(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
