"""Checklists: templates, what is due, one from start to sign-off, what is seen of them and what they say of a shift."""

from typing import TYPE_CHECKING

from stationdesk.lazily import given_by

if TYPE_CHECKING:
    from stationdesk.services.checklists.whole import *  # noqa: F403 - what it names in __all__
else:
    __getattr__ = given_by("stationdesk.services.checklists.whole")
