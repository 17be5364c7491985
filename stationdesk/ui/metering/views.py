"""The views of the page, in their order."""

from __future__ import annotations

from stationdesk.domain.words import C_
from stationdesk.ui.widgets.spoken import Words

HOURS, MONTH, QUALITY, PAPERS, CHANGES, RESULTS, CERTIFICATE = "hours", "month", "quality", "papers", "changes", "results", "certificate"
VIEWS: dict[str, Words] = {
    HOURS: lambda: C_("metering", "Hours"),
    MONTH: lambda: C_("metering", "Month"),
    QUALITY: lambda: C_("metering", "Gas quality"),
    PAPERS: lambda: C_("metering", "Vouchers"),
    CHANGES: lambda: C_("metering", "Changes"),
    RESULTS: lambda: C_("metering", "Results"),
    CERTIFICATE: lambda: C_("metering", "Certificate"),
}
