"""Rounds: routes, due windows, one walk from start to sign-off, what is seen of them and what they say of a shift."""

from typing import TYPE_CHECKING

from stationdesk.lazily import given_by

if TYPE_CHECKING:
    from stationdesk.services.rounds.whole import *  # noqa: F403 - what it names in __all__
else:
    __getattr__ = given_by("stationdesk.services.rounds.whole")
