"""The station's lists, each changed as a whole from a time on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from stationdesk.domain.settings import ListCodeMissingError, ListCodeTwiceError, ListEmptyError, ListNameMissingError
from stationdesk.services.settings.dated import ahead
from stationdesk.services.station import items
from stationdesk.storage.station import StationList
from stationdesk.storage.store import Actor, Store

MUST_HAVE = frozenset({"handover_lines", "log_categories", "hazard_grades", "posts", "patterns"})


def list_items(store: Store, code: str, at: datetime) -> tuple[dict[str, Any], ...]:
    """A list in force as its form shows it."""
    with store.read() as session:
        return items(session, code, at)


def set_list(
    store: Store, actor: Actor, code: str, entries: Sequence[Mapping[str, Any]], *, at: datetime, valid_from: datetime | None = None
) -> None:
    """Another list from a time on (default now). SettingPastError and the errors of check_entries."""
    begins = ahead(valid_from, at)
    kept = check_entries(code, entries)
    with store.write(actor, "set_list", at) as session:
        made = StationList(code=code, items=json.dumps(kept, ensure_ascii=False), valid_from=begins, by_id=actor.person_id, at=at)
        session.add(made)


def check_entries(code: str, entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The entries of a list, trimmed; each has a code of its own and a Chinese name.

    ListEmptyError, ListCodeMissingError, ListCodeTwiceError, ListNameMissingError.
    """
    if not entries and code in MUST_HAVE:
        raise ListEmptyError
    seen: set[str] = set()
    for n, each in enumerate(entries, 1):
        own = str(each.get("code", "")).strip()
        if not own:
            raise ListCodeMissingError(line=n)
        if own in seen:
            raise ListCodeTwiceError(line=n, code=own)
        if not str(each.get("zh", "")).strip() and not each.get("name"):
            raise ListNameMissingError(line=n)
        seen.add(own)
    return [{key: value.strip() if isinstance(value, str) else value for key, value in each.items()} for each in entries]
