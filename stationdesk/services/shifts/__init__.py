"""Shifts: what is planned, who is on duty, the emergency state, and the desk as one sees it."""

from typing import TYPE_CHECKING

from stationdesk.lazily import given_by

if TYPE_CHECKING:
    from stationdesk.services.shifts.whole import *  # noqa: F403 - what it names in __all__
else:
    __getattr__ = given_by("stationdesk.services.shifts.whole")
