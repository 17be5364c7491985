"""The equipment ledger: states, what falls due, and what a station may not write of a piece."""

from __future__ import annotations

from datetime import date

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import months_on
from stationdesk.domain.words import C_, N_, _

IN_USE, STANDBY, OUT_OF_SERVICE = "in_use", "standby", "out_of_service"
CALIBRATION, INSPECTION, TEST = "calibration", "inspection", "test"
STATUSES = (IN_USE, STANDBY, OUT_OF_SERVICE)
DUES = (CALIBRATION, INSPECTION, TEST)
MONTHS = (1, 240)  # between two times


class EquipmentCodeError(DomainError):
    """A tag that is empty, or another piece's."""

    words = N_("The tag “{code}” is empty or belongs to another piece of equipment.")
    field = "code"


class EquipmentNameError(DomainError):
    """A piece nobody could find."""

    words = N_("A piece of equipment needs a name.")
    field = "name_zh"


class DueOrderError(DomainError):
    """Due before it was last done; `what` falls due."""

    words = N_("The due date lies before the last time it was done.")
    field = "due"


class DueMissingError(DomainError):
    """Something is said of what falls due, but not when; `what` falls due."""

    words = N_("Say when it is due, or when it was last done and every how many months.")
    field = "due"


class DueMonthsError(DomainError):
    """A period nobody tests by; `what` falls due."""

    words = N_("From {least} to {most} months.")
    field = "months"


def due_date(what: str, due: date | None, last: date | None, months: int | None) -> date | None:
    """When a thing is next due: the date given, else so many months after it was last done; None where nothing is said of it.

    DueMonthsError, DueMissingError, DueOrderError.
    """
    least, most = MONTHS
    if months is not None and not least <= months <= most:
        raise DueMonthsError(what=what, least=least, most=most)
    if due is None and last is not None and months is not None:
        return months_on(last, months)
    if due is None and (last is not None or months is not None):
        raise DueMissingError(what=what)
    if due is not None and last is not None and last > due:
        raise DueOrderError(what=what)
    return due


def status_words(status: str) -> str:
    """The state in the language spoken now."""
    said = {IN_USE: _("in use"), STANDBY: C_("equipment", "standby"), OUT_OF_SERVICE: _("out of service")}
    return said.get(status, status)


def due_words(what: str) -> str:
    """What falls due in the language spoken now; a station's own words as they are."""
    return {CALIBRATION: _("calibration"), INSPECTION: _("inspection"), TEST: C_("equipment", "test")}.get(what, what)
