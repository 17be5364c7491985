"""What can be done on the metering page, for the command palette. Light enough to be read before any page is made."""

from __future__ import annotations

from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.spoken import Words
from stationdesk.values import dataclass


@dataclass(frozen=True)
class Deed:
    """what: as the page's target knows it."""

    what: str
    words: Words
    icon: str


DEEDS = (
    Deed("composition", lambda: C_("gas quality", "New laboratory report"), "plus"),
    Deed("voucher", lambda: C_("metering", "Enter a voucher"), "plus"),
    Deed("figures", lambda: _("Nomination, delivery and odorant of the gas day"), "pencil"),
    Deed("substitute", lambda: C_("metering", "Substitute a value"), "pencil"),
    Deed("change", lambda: C_("metering", "Meter replaced or set"), "wrench"),
    Deed("archive", lambda: _("Bring a corrector's archive in"), "upload"),
    Deed("certificate", lambda: _("Daily metering certificate"), "check"),
    Deed("month", lambda: _("Unaccounted-for gas by day"), "chart-line"),
    Deed("results", lambda: _("Computed gas and its versions"), "history"),
)
"""Pages of the palette lead to them as well; these lead straight to the form."""
