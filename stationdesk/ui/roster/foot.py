"""The keys in the foot: those of what can be done now, few enough that the sentence beside them is never cut."""

from __future__ import annotations

from stationdesk.domain.words import C_
from stationdesk.ui.widgets.page import Keys

YEAR: Keys = (("1–4", lambda: C_("key", "figures")), ("Enter", lambda: C_("key", "to the month")))
PLANNING: Keys = (
    ("1–9", lambda: C_("key", "shift, off")),
    ("Ctrl Z", lambda: C_("key", "undo")),
    ("B", lambda: C_("key", "next breach")),
    ("C", lambda: C_("key", "compare")),
    ("Ctrl H", lambda: C_("key", "versions")),
)
ASKING: Keys = (
    ("L", lambda: C_("key", "leave")),
    ("S", lambda: C_("key", "swap")),
    ("W", lambda: C_("key", "wish")),
    ("Ctrl H", lambda: C_("key", "versions")),
    ("Ctrl P", lambda: C_("key", "print")),
)


def keys_of(*, year: bool, editable: bool) -> Keys:
    """Of the year, of a draft that may be changed, of a roster that is looked at."""
    if year:
        return YEAR
    return PLANNING if editable else ASKING
