"""The equipment ledger: states, what falls due, and what a station may not write of a piece."""

from __future__ import annotations

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import C_, N_, _

IN_USE, STANDBY, OUT_OF_SERVICE = "in_use", "standby", "out_of_service"
CALIBRATION, INSPECTION, TEST = "calibration", "inspection", "test"
STATUSES = (IN_USE, STANDBY, OUT_OF_SERVICE)
DUES = (CALIBRATION, INSPECTION, TEST)


class EquipmentCodeError(DomainError):
    """A tag that is empty, or another piece's."""

    words = N_("The tag “{code}” is empty or belongs to another piece of equipment.")
    field = "code"


class EquipmentNameError(DomainError):
    """A piece nobody could find."""

    words = N_("A piece of equipment needs a name.")
    field = "name_zh"


class DueOrderError(DomainError):
    """Due before it was last done."""

    words = N_("The due date lies before the last time it was done.")
    field = "due"


def status_words(status: str) -> str:
    """The state in the language spoken now."""
    said = {IN_USE: _("in use"), STANDBY: C_("equipment", "standby"), OUT_OF_SERVICE: _("out of service")}
    return said.get(status, status)


def due_words(what: str) -> str:
    """What falls due in the language spoken now; a station's own words as they are."""
    return {CALIBRATION: _("calibration"), INSPECTION: _("inspection"), TEST: C_("equipment", "test")}.get(what, what)
