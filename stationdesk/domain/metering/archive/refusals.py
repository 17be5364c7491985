"""What a file, a line or a cell of an archive is refused for."""

from __future__ import annotations

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_


class NoHoursError(DomainError):
    """No line that begins with a time and goes on with numbers."""

    words = N_("{file} holds no hourly values: no line has a time and numbers.")
    field = "file"


class NoHeadingError(DomainError):
    """Values without headings."""

    words = N_("Over the values from line {line} no headings were recognised: a saved mapping must say what the columns are.")
    field = "file"


class NoTimeError(DomainError):
    """Headings of measured values and none of a time."""

    words = N_("No column of the heading in line {line} was recognised as the time of the hour.")
    field = "file"


class NoClockError(DomainError):
    """A line a day, not an hour."""

    words = N_("The lines under the heading in line {line} have dates and no times of day: an hourly archive is needed.")
    field = "file"


class NoVolumeError(DomainError):
    """A table of something else."""

    words = N_("No column of the heading in line {line} was recognised as a counter or volume of gas.")
    field = "file"


class OtherLayoutError(DomainError):
    """A saved mapping meets a file of another layout."""

    words = N_("The file is not of this mapping: the column “{column}” is not in it.")
    field = "mapping"


class ArchiveNumberError(DomainError):
    """No number."""

    words = N_("“{typed}” is not a number.")


class ArchiveRoundedError(DomainError):
    """4.82E+07: a spreadsheet threw the last digits away."""

    words = N_("“{typed}” has lost its last digits to a spreadsheet: export it again.")


class ArchiveUnitError(DomainError):
    """A number with another unit than its column."""

    words = N_("“{typed}”: the unit “{unit}” does not fit the column.")


class ArchiveFormulaError(DomainError):
    """A formula, or an error of one."""

    words = N_("A formula is not taken: paste its value.")


class ArchiveTimeError(DomainError):
    """No time."""

    words = N_("“{typed}” is no date and time.")


class ArchiveNoTimeError(DomainError):
    """Values in a line without a time."""

    words = N_("The line has values and no time.")


class ArchiveNoDayError(DomainError):
    """A time of day, and no date anywhere."""

    words = N_("“{typed}” has no date.")


class ArchiveNoRunError(DomainError):
    """A line of nobody's."""

    words = N_("The line does not say which metering run it is of.")


class ArchiveRangeError(DomainError):
    """Physically impossible, or the wrong unit."""

    words = N_("{value} {unit} is not possible here: is the unit right?")


class ArchiveNegativeError(DomainError):
    """Counters do not show less than nothing."""

    words = N_("{value} is below zero.")


class ArchiveContradictionError(DomainError):
    """Two lines for one hour that say different things."""

    words = N_("Line {other} says something else for the same hour of {stream}.")


class ArchiveFutureError(DomainError):
    """A corrector's clock is wrong, or day and month were taken for each other."""

    words = N_("The hour {time} has not come yet.")


class UnitUnknownError(DomainError):
    """A unit somebody gave that is none for this quantity."""

    words = N_("“{typed}” is no unit for this column.")
    field = "units"


class ArchiveWidthError(DomainError):
    """A separator inside a number or a remark."""

    words = N_("The line has {found} cells and the heading {wanted}: a separator stands inside a value.")


class DayUnknownError(DomainError):
    """A date, or a year, that somebody gave and that is none."""

    words = N_("“{typed}” is no date; write it as 2026-11-21.")
    field = "day"
