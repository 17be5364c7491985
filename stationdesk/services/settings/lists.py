"""The station's lists, each changed as a whole from a time on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from stationdesk.domain.handover import RuleUnknownError, known_rule
from stationdesk.domain.hazards import Term
from stationdesk.domain.settings import (
    GradeHoursError,
    ListCodeMissingError,
    ListCodeTwiceError,
    ListEmptyError,
    ListNameMissingError,
    ReportMinutesError,
)
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.settings.dated import ahead
from stationdesk.services.station import items
from stationdesk.storage.station import StationList
from stationdesk.storage.store import Actor, Store

HOURS, MINUTES = 24 * 365, 24 * 60  # a deadline of a hazard, a report of it
MUST_HAVE = frozenset({"handover_lines", "log_categories", "hazard_grades", "posts", "patterns"})


def list_items(store: Store, code: str, at: datetime) -> tuple[dict[str, Any], ...]:
    """A list in force as its form shows it."""
    with store.read() as session:
        return items(session, code, at)


def set_list(
    store: Store, actor: Actor, code: str, entries: Sequence[Mapping[str, Any]], *,
    at: datetime, valid_from: datetime | None = None, seen: tuple[Mapping[str, Any], ...] | None = None,
) -> None:  # fmt: skip
    """Another list from a time on (default now). seen: the one the change was made on.

    ChangedMeanwhileError, SettingPastError and the errors of check_entries; RuleUnknownError, GradeHoursError, ReportMinutesError for
    what nobody could work by.
    """
    begins = ahead(valid_from, at)
    kept = check_entries(code, entries)
    with store.write(actor, "set_list", at) as session:
        as_seen(seen, items(session, code, at), "station_list")
        _check_meaning(session, code, kept, begins)
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


def _check_meaning(session: Session, code: str, entries: Sequence[Mapping[str, Any]], begins: datetime) -> None:
    """A rule the program does not know would stop every handover: it is refused here."""
    lines = {str(each["code"]) for each in items(session, "handover_lines", begins)}
    for n, each in enumerate(entries, 1):
        rule = str(each.get("rule") or "")
        ground = rule in ("", "emergency") or rule.removeprefix("line:") in lines
        if (code == "handover_lines" and not known_rule(rule)) or (code == "refusal_grounds" and not ground):
            raise RuleUnknownError(rule=rule, line=n)
        if code == "hazard_grades":
            _check_grade(n, each)


def _check_grade(n: int, entry: Mapping[str, Any]) -> None:
    hours, minutes = int(entry.get("hours") or 0), entry.get("report_minutes")
    least = 1 if entry.get("term") == Term.HOURS else 0
    if not least <= hours <= HOURS:
        raise GradeHoursError(line=n, least=least, most=HOURS)
    if minutes is not None and not 1 <= int(minutes) <= MINUTES:
        raise ReportMinutesError(line=n, least=1, most=MINUTES)
