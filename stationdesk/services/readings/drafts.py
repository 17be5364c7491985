"""What is typed into the grid and not saved yet: kept for the desk, not for a person, for the crew types at one grid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stationdesk.storage import drafts
from stationdesk.storage.actors import NOBODY, Actor
from stationdesk.storage.store import Store

PLACE = "readings"
At = tuple[int, datetime]


@dataclass(frozen=True)
class Unsaved:
    """Values that wait for somebody to be picked, and the text of the open field with its place."""

    held: Mapping[At, str] = field(default_factory=dict)
    place: At | None = None
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.held or self.text)


def keep_unsaved(store: Store, actor: Actor, unsaved: Unsaved, *, at: datetime) -> None:
    """Keep it as it is being typed; nothing typed is forgotten when nothing is left. The actor does not matter."""
    if not unsaved:
        drafts.drop(store, NOBODY.person_id, PLACE)
        return
    held = {_name(place): text for place, text in unsaved.held.items()}
    open_field = {"at": _name(unsaved.place), "text": unsaved.text} if unsaved.place and unsaved.text else None
    drafts.save(store, NOBODY.person_id, PLACE, json.dumps({"held": held, "open": open_field}), at=at)


def unsaved(store: Store) -> Unsaved:
    """What was kept; nothing where it cannot be read."""
    found = drafts.load(store, NOBODY.person_id, PLACE)
    if found is None:
        return Unsaved()
    try:
        content = json.loads(found.text)
        held = {_place(name): str(text) for name, text in content["held"].items()}
        field_of = content["open"]
        return Unsaved(held, _place(field_of["at"]), str(field_of["text"])) if field_of else Unsaved(held)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Unsaved()  # a damaged draft is named by verify; the page opens all the same


def _name(place: At) -> str:
    return f"{place[0]} {place[1].isoformat()}"


def _place(name: str) -> At:
    point, hour = name.split(" ", 1)
    return int(point), datetime.fromisoformat(hour)
