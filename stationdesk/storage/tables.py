"""The record modules that a window at work needs, imported once so that what they refer to is there; all of them: all_tables.py.

Imported before the first write, for what a record refers to must be there when it is written. What is only looked at needs no more
than the records it shows, and each costs the window's start 2 ms.
"""

from stationdesk.storage import (  # noqa: F401
    accounts,
    carried,
    checklists,
    drafts,
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
    signatures,
    station,
)
