"""From when a change takes effect."""

from __future__ import annotations

from datetime import datetime, timedelta

from stationdesk.domain.settings import SettingPastError


def ahead(valid_from: datetime | None, at: datetime) -> datetime:
    """Changes begin now or later: what was in force stays what it was."""
    if valid_from is not None and valid_from < at - timedelta(minutes=1):
        raise SettingPastError
    return max(valid_from or at, at)
