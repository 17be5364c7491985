"""A computed gas as plain data, to be frozen with all it was computed from, and back; and what two versions of it differ in.

Numbers are texts with their digits, times ISO in UTC: what is read back is equal to what was frozen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from stationdesk.domain.metering.shapes import (
    CORRECTED,
    COUNTER,
    DIFFERENCE,
    MOVED,
    PRESSURE,
    TEMPERATURE,
    Contract,
    HourEnd,
    HourGas,
    Lack,
    Quality,
    Source,
    StreamGas,
    StreamRule,
)
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_, _

FORM = 1  # of the data; a later program reads an earlier form
_ENDS = {
    COUNTER: "counter",
    CORRECTED: "corrected",
    PRESSURE: "pressure_kpa",
    TEMPERATURE: "temperature_c",
    DIFFERENCE: "difference_kpa",
    MOVED: "moved",
}
"""Quantity → attribute of an hour's end."""
SHUT = "shut"
_HOURS = (
    "moved",
    "pressure_kpa",
    "temperature_c",
    "z",
    "z_base",
    "factor",
    "base_volume",
    "heating_value",
    "energy_mj",
    "corrected_moved",
    "k",
)


def data_of(gas: StreamGas) -> dict[str, Any]:
    """All of a gas as JSON knows it. An end that closes an hour and opens the next is said once; what is empty is left out."""
    ends = list(dict.fromkeys(end for hour in gas.hours for end in _of_hour(hour)))
    places = {end: n for n, end in enumerate(ends)}
    return {
        "form": FORM,
        "stream": _plain(gas.stream),
        "contract": _plain(gas.contract),
        "start": _text(gas.start),
        "end": _text(gas.end),
        "library": gas.library,
        "method": gas.method,
        "compositions": [_plain(each) | {"parts": {name: _text(value) for name, value in each.parts}} for each in gas.qualities],
        "ends": [_end_data(each) for each in ends],
        "hours": [_hour_data(each, places) for each in gas.hours],
    }


def gas_of_data(data: Mapping[str, Any]) -> StreamGas:
    """The gas as it was frozen. KeyError or ValueError for data that is none."""
    ends = [_end(each) for each in data["ends"]]
    return StreamGas(
        stream=_made(StreamRule, data["stream"]),
        contract=_made(Contract, data["contract"]),
        start=_moment(data["start"]),
        end=_moment(data["end"]),
        hours=tuple(_hour(each, ends) for each in data["hours"]),
        qualities=tuple(Quality.of(each["composition_id"], each["report"], each["parts"], each["kind"]) for each in data["compositions"]),
        library=data["library"],
        method=data.get("method", ""),
    )


def _plain(record: StreamRule | Contract | Quality) -> dict[str, Any]:
    return {each.name: _text(getattr(record, each.name)) for each in fields(record) if each.name != "parts"}


def _text(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.astimezone(UTC).isoformat()
        case time():
            return value.isoformat("minutes")
        case Name():
            return value.texts()
        case _:
            return value


def _made(kind: Any, data: Mapping[str, Any]) -> Any:
    """A stream or a contract; what a later form adds and this one has not is left out."""
    return kind(**{each.name: _typed(str(each.type), data[each.name]) for each in fields(kind) if each.name in data})


def _typed(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind.startswith("Decimal"):
        return Decimal(value)
    if kind == "time":
        return time.fromisoformat(value)
    return Name.of(value) if kind == "Name" else value


def _of_hour(hour: HourGas) -> tuple[HourEnd, ...]:
    return hour.opening, *hour.between, hour.closing


def _hour_data(hour: HourGas, places: Mapping[HourEnd, int]) -> dict[str, Any]:
    data: dict[str, Any] = {name: _text(value) for name in _HOURS if (value := getattr(hour, name)) is not None}
    data["ends"] = [places[end] for end in _of_hour(hour)]
    if hour.composition_id is not None:
        data["composition"] = hour.composition_id
    return data | {name: list(map(str, said)) for name, said in (("carried", hour.carried), ("lacks", hour.lacks)) if said}


def _hour(data: Mapping[str, Any], ends: Sequence[HourEnd]) -> HourGas:
    opening, *between, closing = (ends[n] for n in data["ends"])
    return HourGas(
        opening=opening,
        closing=closing,
        between=tuple(between),
        composition_id=data.get("composition"),
        carried=tuple(data.get("carried", ())),
        lacks=tuple(Lack(each) for each in data.get("lacks", ())),
        **{name: Decimal(data[name]) for name in _HOURS if name in data},
    )


def _end_data(end: HourEnd) -> dict[str, Any]:
    data: dict[str, Any] = {name: _text(value) for name in _ENDS.values() if (value := getattr(end, name)) is not None}
    data["time"] = _text(end.time)
    if end.shut:
        data[SHUT] = True
    return data | ({"origin": [[quantity, str(source)] for quantity, source in end.origin]} if end.origin else {})


def _end(data: Mapping[str, Any]) -> HourEnd:
    return HourEnd(
        time=_moment(data["time"]),
        shut=data.get(SHUT, False),
        origin=tuple((quantity, Source(source)) for quantity, source in data.get("origin", ())),
        **{name: Decimal(data[name]) for name in _ENDS.values() if name in data},
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Changed(StrEnum):
    """What made a computed gas come out otherwise."""

    READING = "reading"
    SUBSTITUTION = "substitution"
    SWITCH = "switch"
    REPLACEMENT = "replacement"
    ARCHIVE = "archive"
    COMPOSITION = "composition"
    CONTRACT = "contract"
    STREAM = "stream"
    LIBRARY = "library"


CHANGES = {
    Changed.READING: N_("a reading was entered or corrected"),
    Changed.SUBSTITUTION: N_("a substituted value was set or withdrawn"),
    Changed.SWITCH: N_("a switch of runs was put on record"),
    Changed.REPLACEMENT: N_("a replacement of meter or corrector was put on record"),
    Changed.ARCHIVE: N_("the corrector's archive says otherwise"),
    Changed.COMPOSITION: N_("another composition is in force"),
    Changed.CONTRACT: N_("the contract is another"),
    Changed.STREAM: N_("the run is set up otherwise"),
    Changed.LIBRARY: N_("another version of the equations computes it"),
}
_BY_SOURCE = {
    Source.SUBSTITUTED: Changed.SUBSTITUTION,
    Source.SWITCHED: Changed.SWITCH,
    Source.REPLACED: Changed.REPLACEMENT,
    Source.ARCHIVE: Changed.ARCHIVE,
}


def changed_words(changed: Changed) -> str:
    """What changed, in the language spoken now."""
    return _(CHANGES[changed])


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise. time: the hour it is about; quantity: of a reading; before, after: as texts, empty for nothing."""

    what: Changed
    time: datetime | None = None
    quantity: str = ""
    before: str = ""
    after: str = ""


def changes(before: StreamGas, after: StreamGas) -> tuple[Change, ...]:
    """What two versions of one gas differ in; nothing where the gas is the same, whatever else was read of a run at rest."""
    return () if _outcome(before) == _outcome(after) else tuple(_changes(before, after))


def _outcome(gas: StreamGas) -> tuple[object, ...]:
    hours = ((each.start, each.end, each.moved, each.base_volume, each.energy_mj, each.corrected_moved, each.lacks) for each in gas.hours)
    return gas.contract, *hours


def _changes(before: StreamGas, after: StreamGas) -> Iterator[Change]:
    if before.contract != after.contract:
        yield Change(Changed.CONTRACT, before=before.contract.number, after=after.contract.number)
    if before.stream != after.stream:
        yield Change(Changed.STREAM)
    if before.library and after.library and before.library != after.library:
        yield Change(Changed.LIBRARY, before=before.library, after=after.library)
    yield from _compositions(before, after)
    yield from _read(before, after)


def _compositions(before: StreamGas, after: StreamGas) -> Iterator[Change]:
    """Each change from one report to another, at the first hour it is about."""
    old, new = ({each.start: _quality(gas, each) for each in gas.hours} for gas in (before, after))
    last: tuple[Quality | None, Quality | None] = (None, None)
    for start in sorted(old.keys() & new.keys()):
        pair = old[start], new[start]
        if pair[0] != pair[1] and pair != last:
            yield Change(Changed.COMPOSITION, start, before=pair[0].report if pair[0] else "", after=pair[1].report if pair[1] else "")
        last = pair


def _quality(gas: StreamGas, hour: HourGas) -> Quality | None:
    return next((each for each in gas.qualities if each.composition_id == hour.composition_id), None)


def _read(before: StreamGas, after: StreamGas) -> Iterator[Change]:
    """Values of the hours' ends, named by where they are from."""
    old, new = _values(before), _values(after)
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place), new.get(place)
        if (was and was[0]) != (now and now[0]):
            sources = [each[1] for each in (now, was) if each and each[1]]
            what = next((_BY_SOURCE[each] for each in sources if each in _BY_SOURCE), Changed.READING)
            yield Change(what, place[0], place[2], was[0] if was else "", now[0] if now else "")


_Place = tuple[datetime, int, str]


def _values(gas: StreamGas) -> dict[_Place, tuple[str, Source | None]]:
    """Time, which of the ends of that time (a replacement has two) and quantity → value, and where it is from."""
    found: dict[_Place, tuple[str, Source | None]] = {}
    for n, end in _ends(gas):
        sources = dict(end.origin)
        for quantity, name in _ENDS.items():
            value = getattr(end, name)
            if value is not None:
                found[end.time, n, quantity] = _text(value), sources.get(quantity)
        if end.shut:
            found[end.time, n, SHUT] = SHUT, Source.SWITCHED
    return found


def _ends(gas: StreamGas) -> Iterator[tuple[int, HourEnd]]:
    """Every end once, with how many of the same time came before it."""
    last: HourEnd | None = None
    nth = 0
    for end in (each for hour in gas.hours for each in _of_hour(hour)):
        if end != last:
            nth = nth + 1 if last is not None and last.time == end.time else 0
            yield nth, end
            last = end
