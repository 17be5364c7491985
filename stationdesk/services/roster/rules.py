"""The rule sets a station looks at: those the program comes with and the station's own, each dated."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.roster import COMPARISONS, SETS, USUALLY_ON, RuleSet, rules_data, rules_of
from stationdesk.domain.roster.own_rules import STATION
from stationdesk.domain.settings import SettingPastError
from stationdesk.domain.words import CHINESE, language
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.station import setting
from stationdesk.storage.roster import RosterRules
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class RulesView:
    """A rule set, whether it is looked at, and since when the station has said so (None: as the program comes)."""

    rules: RuleSet
    in_force: bool
    since: datetime | None
    version_id: int = 0


def rules_at(session: Session, at: datetime) -> tuple[RulesView, ...]:
    """Every rule set there is, with what holds at a time."""
    newest: dict[str, RosterRules] = {}
    dated = select(RosterRules).where(RosterRules.valid_from <= at).order_by(RosterRules.valid_from, RosterRules.id)
    for row in session.scalars(dated):
        newest[row.code] = row
    codes = (*SETS, *(code for code in newest if code not in SETS))
    return tuple(_view(session, code, newest.get(code), at) for code in codes)


def _view(session: Session, code: str, row: RosterRules | None, at: datetime) -> RulesView:
    if row is not None:
        return RulesView(rules_of(json.loads(row.definition)), row.in_force, row.valid_from, row.id)
    own = _with_setting(SETS[code], setting(session, "shift_people", at)) if code == STATION else SETS[code]
    return RulesView(own, code in USUALLY_ON or (code in COMPARISONS and language() != CHINESE), None)


def as_it_comes(session: Session, code: str, at: datetime) -> RulesView:
    """A set of the program as it is where the station said nothing of it. KeyError."""
    return _view(session, code, None, at)


def _with_setting(rules: RuleSet, people: int) -> RuleSet:
    """The station's rules as they come ask for as many people on a shift as its settings do."""
    return replace(rules, rules=tuple(replace(each, limit=people) if each.test == "cover" else each for each in rules.rules))


def rules_in_force(session: Session, at: datetime) -> tuple[RuleSet, ...]:
    """The rule sets a roster is judged by."""
    return tuple(each.rules for each in rules_at(session, at) if each.in_force)


def rules_view(store: Store, at: datetime) -> tuple[RulesView, ...]:
    """The rule sets as their page shows them."""
    with store.read() as session:
        return rules_at(session, at)


def set_roster_rules(
    store: Store, actor: Actor, rules: RuleSet, *,
    in_force: bool = True, at: datetime, valid_from: datetime | None = None, base: int | None = None,
) -> None:  # fmt: skip
    """Another version of a rule set from a time on (default now), or that it is looked at or not. base: the version the change was
    made on, 0 for the set as the program has it. SettingPastError, ChangedMeanwhileError.
    """
    if valid_from is not None and valid_from < at:
        raise SettingPastError
    definition = json.dumps(rules_data(rules), ensure_ascii=False)
    with store.write(actor, "set_roster_rules", at) as session:
        as_seen(base, next((each.version_id for each in rules_at(session, at) if each.rules.code == rules.code), 0), "roster_rules")
        session.add(
            RosterRules(
                code=rules.code, definition=definition, in_force=in_force, valid_from=valid_from or at, by_id=actor.person_id, at=at
            )
        )
