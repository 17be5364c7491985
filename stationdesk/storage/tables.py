"""Every record module imported once, so that the metadata is whole."""

from stationdesk.storage import (  # noqa: F401
    checklists,
    equipment,
    handover,
    hazards,
    log,
    people,
    reading_days,
    readings,
    roster,
    rounds,
    sheets,
    shifts,
    station,
)
