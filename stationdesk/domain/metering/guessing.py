"""What a difference may come from, in codes and in words: guesses that lead to the reading to be looked at, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from stationdesk.domain.said import Said, value_words
from stationdesk.domain.words import N_, _

KPA = {"MPa": Decimal(1000), "kPa": Decimal(1), "Pa": Decimal("0.001"), "bar": Decimal(100)}
ALIKE = Decimal("0.006")  # hours of one setting differ from each other by no more
OFF = Decimal("0.01")  # a factor that is off by more is somebody's mistake, not weather
FITS = Decimal("0.004")  # so near to what it would have to be, a guess explains it
FITS_UNIT = Decimal("0.03")  # the same of a wrong unit
KELVIN = Decimal("273.15")


class Cause(StrEnum):
    """Why two volumes differ; the codes of the discrepancy sheet."""

    PRESSURE = "pressure"
    TEMPERATURE = "temperature"
    COMPOSITION = "composition"
    COUNTER = "counter"
    CORRECTOR = "corrector"
    TYPING = "typing"
    OTHER = "other"


CAUSES = {
    Cause.PRESSURE: N_("pressure"),
    Cause.TEMPERATURE: N_("temperature"),
    Cause.COMPOSITION: N_("composition"),
    Cause.COUNTER: N_("counter"),
    Cause.CORRECTOR: N_("corrector fault"),
    Cause.TYPING: N_("typing"),
    Cause.OTHER: N_("other cause"),
}

GUESSES = {
    "base.swapped": N_("{mine} and {theirs}: two digits stand the other way round"),
    "base.digit": N_("{mine} and {theirs} differ by one digit"),
    "base.crossed": N_("Metered and corrected counter seem to stand in each other's place"),
    "base.hour": N_("The difference is what an hour moves: perhaps another hour was read"),
    "all.gauge": N_("All hours differ as if the pressure were taken absolute for gauge, or gauge for absolute"),
    "all.unit": N_("All hours differ by a power of ten: the unit of the pressure or of a counter"),
    "all.base": N_("All hours differ as between base conditions of 0 ℃ and 20 ℃"),
    "all.z": N_("All hours differ as if the corrector reckoned without compressibility"),
    "all.composition": N_("With the composition before ({report}) it would fit: the corrector may still use that one"),
    "all.alike": N_("All hours differ alike: compare the composition and the settings of the corrector with those in force"),
    "one.gauge": N_("Pressure at {time}: {typed} {unit} fits if it was read absolute; as gauge it would be {meant} {unit}"),
    "one.unit": N_("Pressure at {time}: {typed} {unit} looks like another unit; {meant} {unit} would fit"),
    "one.pressure": N_("Pressure at {time}: {typed} {unit} does not fit the corrector; about {meant} {unit} would"),
    "one.temperature": N_("Temperature at {time}: {typed} ℃ does not fit the corrector; about {meant} ℃ would"),
    "one.swapped": N_("Counter at {time}: {typed} with two digits the other way round, {meant}, would fit"),
    "one.digit": N_("Counter at {time}: {typed} with one other digit, {meant}, would fit"),
    "one.skipped": N_("Counter at {time}: {typed} is that of the hour before; about {meant} would fit"),
    "one.counter": N_("Counter at {time}: {typed} does not fit the corrector; about {meant} would"),
    "one.corrected": N_("Corrected counter at {time}: {typed} does not fit; about {meant} would"),
}


@dataclass(frozen=True)
class Guess:
    """A cause that would explain a difference. time: of the reading to look at, None where it is about all of them."""

    cause: Cause
    said: Said
    time: datetime | None = None


def guess_words(said: Said, zone: ZoneInfo) -> str:
    """A guess in the language spoken now; moments as HH:MM on the station's wall."""
    return _(GUESSES[said.code]).format(**{key: value_words(value, zone) for key, value in said.values.items()})


def cause_words(cause: str) -> str:
    """A cause in the language spoken now; "" for none."""
    return _(CAUSES[Cause(cause)]) if cause else ""
