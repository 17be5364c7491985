"""切换计量管路: one run taken out, another put in, with the counters of both at that moment; what cannot be, and what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.compare import stepped
from stationdesk.domain.metering.shapes import StreamRule
from stationdesk.domain.said import Said, Value, value_words
from stationdesk.domain.words import N_, _

MOST_BACK = timedelta(hours=72)
"""So long ago a switch may have been that is put on record now."""
MARGIN = Decimal("1.2")  # of q_max: more no meter passes
STOOD = Decimal(1)  # a count is no movement


class SwitchRunsError(DomainError):
    """Nothing is switched."""

    words = N_("Choose the run that is taken out, the run that is put in, or both; they are two runs.")
    field = "runs"


class SwitchShutError(DomainError):
    """Taking out what is shut."""

    words = N_("{stream} was shut already at that time.")
    field = "from"


class SwitchOpenError(DomainError):
    """Putting in what is open."""

    words = N_("{stream} was in use already at that time.")
    field = "to"


class SwitchTimeError(DomainError):
    """A time that cannot be."""

    words = N_("A switch is put on record within three days, after the switch before it and not for a time to come.")
    field = "time"


class SwitchCounterError(DomainError):
    """A counter that was not read."""

    words = N_("Read the counter of {stream}: without it the hour cannot be added up.")
    field = "counter"


class SwitchWithdrawnError(DomainError):
    """Taken back twice."""

    words = N_("This switch is taken back already.")


class SwitchReasonError(DomainError):
    """A switch without a reason."""

    words = N_("Say why the runs were switched.")
    field = "reason"


class SwitchToldError(DomainError):
    """A switch nobody was told of."""

    words = N_("Say who was told of it.")
    field = "told"


DOUBTS = {
    "switch.back": N_("{stream}: {value} is less than {last}, read at {time}"),
    "switch.far": N_("{stream}: {value} is more than the meter can have passed since {last} at {time}"),
    "switch.moved": N_("{stream} stood at {last} and shows {value}: it moved while it was shut"),
}


@dataclass(frozen=True)
class Known:
    """What a run's counter last showed, and when. None where nothing is known."""

    counter: Decimal | None = None
    time: datetime | None = None


@dataclass(frozen=True)
class Side:
    """A run of a switch, with what its counters showed and whether it was shut before."""

    rule: StreamRule
    counter: Decimal | None
    corrected: Decimal | None
    shut: bool
    last: Known = Known()


def check_switch(
    out: Side | None, into: Side | None, time: datetime, at: datetime, before: datetime | None, reason: str, told: str
) -> None:
    """Whether this may be put on record. before: the last switch of either run.

    SwitchRunsError, SwitchTimeError, SwitchShutError, SwitchOpenError, SwitchCounterError, SwitchReasonError, SwitchToldError.
    """
    if (out is None and into is None) or (out and into and out.rule.stream_id == into.rule.stream_id):
        raise SwitchRunsError
    if not at - MOST_BACK <= time <= at or (before is not None and time <= before):
        raise SwitchTimeError
    if out is not None and out.shut:
        raise SwitchShutError(stream=out.rule.name)
    if into is not None and not into.shut:
        raise SwitchOpenError(stream=into.rule.name)
    for side in (out, into):
        if side is not None and side.counter is None and side.rule.meter != "orifice":
            raise SwitchCounterError(stream=side.rule.name)
    if not reason.strip():
        raise SwitchReasonError
    if not told.strip():
        raise SwitchToldError


def doubt_words(said: Said, zone: ZoneInfo) -> str:
    """What is odd, in the language spoken now."""
    return _(DOUBTS[said.code]).format(**{key: value_words(value, zone) for key, value in said.values.items()})


def doubts(side: Side | None, time: datetime) -> tuple[Said, ...]:
    """What is odd about a run's counter at a switch: it stands all the same, and somebody looks."""
    if side is None or side.counter is None or side.last.counter is None or side.last.time is None:
        return ()
    step = stepped(side.last.counter, side.counter, side.rule.rollover)
    values: dict[str, Value] = {"stream": side.rule.name, "value": side.counter, "last": side.last.counter, "time": side.last.time}
    if side.shut:
        return (Said("switch.moved", values),) if abs(step) > STOOD else ()
    if step < 0:
        return (Said("switch.back", values),)
    hours = Decimal(int((time - side.last.time).total_seconds())) / 3600
    most = side.rule.q_max * MARGIN * hours / side.rule.factor if side.rule.q_max is not None else None
    return (Said("switch.far", values),) if most is not None and step > most + STOOD else ()
