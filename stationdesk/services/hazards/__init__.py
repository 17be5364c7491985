"""Hazards: raise, assign, defer, report, rectify, send back, close; the ledger and one hazard's life."""

from typing import TYPE_CHECKING

from stationdesk.lazily import given_by

if TYPE_CHECKING:
    from stationdesk.services.hazards.whole import *  # noqa: F403 - what it names in __all__
else:
    __getattr__ = given_by("stationdesk.services.hazards.whole")
