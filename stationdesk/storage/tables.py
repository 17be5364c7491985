"""The record modules that a window at work needs, imported once so that what they refer to is there; all of them: all_tables.py."""

from stationdesk.storage import (  # noqa: F401
    checklists,
    equipment,
    handover,
    hazards,
    log,
    people,
    reading_days,
    readings,
    rostered,
    rounds,
    shifts,
    station,
)
