"""The duty log: write an entry, correct it by a new one, put a name to an emergency record, read and search."""

from typing import TYPE_CHECKING

from stationdesk.lazily import given_by

if TYPE_CHECKING:
    from stationdesk.services.log.whole import *  # noqa: F403 - what it names in __all__
else:
    __getattr__ = given_by("stationdesk.services.log.whole")
