"""What a station may not set, in words."""

from __future__ import annotations

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_


class SettingPastError(DomainError):
    words = N_("A change begins now or later; what was in force stays.")
    field = "valid_from"


class ListEmptyError(DomainError):
    words = N_("This list needs at least one entry.")
    field = "items"


class ListCodeMissingError(DomainError):
    words = N_("Line {line} has no code.")
    field = "items"


class ListCodeTwiceError(DomainError):
    words = N_("Line {line}: the code “{code}” is used twice.")
    field = "items"


class ListNameMissingError(DomainError):
    words = N_("Line {line} has no Chinese name.")
    field = "items"


class ContactNameError(DomainError):
    words = N_("Say whom this number calls.")
    field = "role_zh"


class ContactPhoneError(DomainError):
    words = N_("A contact needs a number.")
    field = "phone"


class PatternUnknownError(DomainError):
    words = N_("There is no shift pattern {pattern}.")
    field = "pattern"


class PatternInForceError(DomainError):
    words = N_("The rotation in force, or one to come, uses the shift pattern {pattern}: choose another for it first.")
    field = "pattern"


class PatternTakenError(DomainError):
    words = N_("There is a shift pattern {pattern} already.")
    field = "code"


class TextTooLongError(DomainError):
    """More than the place on screen and paper has; said at the field it was typed in."""

    words = N_("{count} characters; at most {most} fit.")


class GradeHoursError(DomainError):
    words = N_("From {least} to {most} hours.")
    field = "hours"


class ReportMinutesError(DomainError):
    words = N_("From {least} to {most} minutes, or empty.")
    field = "report_minutes"


class TextSignsError(DomainError):
    """Signs nobody sees, from a file or a broken copy."""

    words = N_("There are signs in it that cannot be seen or printed.")


class NumberSpanError(DomainError):
    """A number nobody means; said at the field it was typed in."""

    words = N_("From {least} to {most}.")


class KindsUnknownError(DomainError):
    """A checklist for shifts that do not exist would never be due."""

    words = N_("There is no kind of shift {kinds}. There are: {known}.")
    field = "kinds"


def one_line(text: str) -> str:
    """A text of one line: tabs and line breaks of a pasted block become blanks. TextSignsError for what cannot be seen."""
    found = " ".join(text.split())
    if not found.isprintable():
        raise TextSignsError
    return found
