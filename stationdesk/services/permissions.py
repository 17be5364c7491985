"""Who may do what, asked by the window: a button somebody may not press says why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from stationdesk.domain.permissions import NotAllowedError, allowed
from stationdesk.storage.store import Store


def refusals(store: Store, person_id: int, use_cases: Iterable[str], at: datetime) -> dict[str, NotAllowedError]:
    """The use cases that are refused to a person now, each with its reason; what may be done is left out."""
    roles = store.roles(person_id, at)
    return {each: NotAllowedError(each, roles) for each in use_cases if not allowed(roles, each)}
