"""What puts a metering record right: substituted values, replacements on record, a result computed anew; and what none of them may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.shapes import COUNTER, HOUR, MOVED, PRESSURE, TEMPERATURE
from stationdesk.domain.words import N_

METER, CORRECTOR, CALIBRATION = "meter", "corrector", "calibration"

SUBSTITUTED = {
    COUNTER: N_("counter"),
    PRESSURE: N_("pressure"),
    TEMPERATURE: N_("temperature"),
    MOVED: N_("m³ of the hour at the meter"),
}
"""What a substituted value may stand for; that of the hour is the hour that ends at the time given."""
CHANGED = {METER: N_("meter replaced"), CORRECTOR: N_("corrector replaced"), CALIBRATION: N_("calibrated or set")}
"""What is put on record of a meter."""
MOST_HOURS = 31 * 24
LOW_C, HIGH_C = Decimal(-40), Decimal(80)


class SubstituteQuantityError(DomainError):
    words = N_("Choose what is substituted.")
    field = "quantity"


class SubstituteHoursError(DomainError):
    """Hours that are none, or more than a month of them."""

    words = N_("Substituted values are for full hours that have passed, from the first to the last, at most 31 days.")
    field = "last"


class SubstituteBasisError(DomainError):
    words = N_("Say what the substituted value is based on.")
    field = "basis"


class SubstituteValueError(DomainError):
    words = N_("{value} cannot be a value of this run.")
    field = "value"


class NothingSubstitutedError(DomainError):
    words = N_("Nothing is substituted there any more.")


class MeterChangeError(DomainError):
    words = N_("Choose what was replaced or set.")
    field = "what"


class ChangeCountersError(DomainError):
    """A replacement without what the old counter showed last and the new one first."""

    words = N_("Give what the counter showed before and after.")
    field = "closing_counter"


class ChangeCountError(DomainError):
    words = N_("{value} is no count: it must be 0 or more.")
    field = "opening_counter"


class ChangeTimeError(DomainError):
    words = N_("What was replaced or set has a time that has passed.")
    field = "time"


class ChangeTwiceError(DomainError):
    """The same counters before and after, put on record by somebody else; the times people give differ by minutes."""

    words = N_("This was put on record already, at {time}.")
    field = "time"


class ChangeWordsError(DomainError):
    words = N_("Say why, or give the certificate.")
    field = "words"


class RecomputeWordsError(DomainError):
    words = N_("Another version of a result needs a word why.")
    field = "words"


class NothingChangedError(DomainError):
    words = N_("It would come out the same: nothing has changed since it was computed.")


def check_substitute(quantity: str, first: datetime, last: datetime, value: Decimal, basis: str, at: datetime) -> str:
    """The basis, trimmed. SubstituteQuantityError, SubstituteHoursError, SubstituteValueError, SubstituteBasisError."""
    if quantity not in SUBSTITUTED:
        raise SubstituteQuantityError
    check_hours(first, last, at)
    low, high = (LOW_C, HIGH_C) if quantity == TEMPERATURE else (Decimal(0), None)
    if value < low or (high is not None and value > high):
        raise SubstituteValueError(value=value)
    if not basis.strip():
        raise SubstituteBasisError
    return basis.strip()


def check_hours(first: datetime, last: datetime, at: datetime) -> None:
    """Full hours, in their order, not to come. SubstituteHoursError."""
    full = all(not (each.minute or each.second or each.microsecond) for each in (first, last))
    if not full or last < first or last > at + timedelta(minutes=10) or (last - first) / HOUR >= MOST_HOURS:
        raise SubstituteHoursError


def check_change(what: str, time: datetime, counters: Sequence[tuple[Decimal | None, Decimal | None]], said: str, at: datetime) -> None:
    """counters: before and after, of the meter and of the corrector.

    MeterChangeError, ChangeTimeError, ChangeCountError, ChangeCountersError (half a pair, or a replacement without any),
    ChangeWordsError (neither words nor certificate).
    """
    if what not in CHANGED:
        raise MeterChangeError
    if time > at:
        raise ChangeTimeError
    for value in (each for pair in counters for each in pair if each is not None):
        if value < 0:
            raise ChangeCountError(value=value)
    whole = [pair for pair in counters if None not in pair]
    if any((pair[0] is None) != (pair[1] is None) for pair in counters) or (what != CALIBRATION and not whole):
        raise ChangeCountersError
    if not said.strip():
        raise ChangeWordsError
