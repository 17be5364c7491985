"""Use cases: one function is one thing a person does or sees. What the floors above need of the store is exported here."""

from stationdesk.storage.actors import NOBODY, PROGRAM, Actor
from stationdesk.storage.changes import Changes
from stationdesk.storage.store import Store

__all__ = ["NOBODY", "PROGRAM", "Actor", "Changes", "Store"]
