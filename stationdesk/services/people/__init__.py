"""People: who is there, who may do what, and who proves to be who."""

from typing import TYPE_CHECKING

from stationdesk.lazily import given_by

if TYPE_CHECKING:
    from stationdesk.services.people.whole import *  # noqa: F403 - what it names in __all__
else:
    __getattr__ = given_by("stationdesk.services.people.whole")
