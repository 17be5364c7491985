"""What can be put on record of a handover, from whatever page: for the window's keys and the command palette.

Light enough to be read before any page is made.
"""

from __future__ import annotations

from stationdesk.domain.words import _
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.window_keys import KEYS
from stationdesk.values import dataclass


@dataclass(frozen=True)
class Deed:
    """what: as the page's target ("do", what) knows it."""

    what: str
    words: Words
    icon: str

    @property
    def key(self) -> str:
        """Heard on every page."""
        return KEYS[self.what]


DEEDS = (
    Deed("refuse", lambda: _("Refuse to take over"), "circle-x"),
    Deed("withdraw", lambda: _("Withdraw the refusal"), "undo-2"),
    Deed("dissent", lambda: _("Put a dissent on record"), "message-square"),
    Deed("ink", lambda: _("Sign in ink"), "pen-line"),
    Deed("settle", lambda: _("Sign later what was signed in ink"), "signature"),
    Deed("unscheduled", lambda: _("Unscheduled handover"), "repeat"),
)
