"""What a station sets: its names, settings, lists, contacts, crews and rotation. Each change is dated; the past keeps what was in force."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain import rotation
from stationdesk.domain.accounts import CrewUnknownError
from stationdesk.domain.moments import day_of
from stationdesk.domain.names import Name
from stationdesk.domain.people import check_name
from stationdesk.domain.profile import ContactDefault
from stationdesk.domain.rotation import Coverage, Pattern, Plan
from stationdesk.domain.settings import (
    ContactNameError,
    ContactPhoneError,
    ListCodeMissingError,
    ListCodeTwiceError,
    ListEmptyError,
    ListNameMissingError,
    PatternHoleError,
    PatternUnknownError,
    SettingPastError,
)
from stationdesk.domain.station import SETTINGS, SettingScalar, check_setting, setting_json
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.station import items, setting, the_station, zone
from stationdesk.storage.people import Crew
from stationdesk.storage.shifts import RotationPlan
from stationdesk.storage.station import Contact, SettingValue, SheetTemplate, Station, StationList
from stationdesk.storage.store import Actor, Store

MUST_HAVE = frozenset({"handover_lines", "log_categories", "hazard_grades", "posts", "patterns"})


@dataclass(frozen=True)
class StationText:
    """What the station calls itself, and from when its records count; None: trial operation."""

    name: Name
    company: Name
    official_from: datetime | None


@dataclass(frozen=True)
class StationForm:
    """The same with the version a form shows."""

    text: StationText
    zone: str
    profile: str
    version: int


@dataclass(frozen=True)
class SettingView:
    """A setting in force: own is False where it is the program's default; ahead: a value that comes into force later."""

    name: str
    value: SettingScalar
    own: bool
    since: datetime | None
    ahead: tuple[datetime, SettingScalar] | None = None


@dataclass(frozen=True)
class RotationView:
    """The rotation in force, what it covers, and the patterns to choose from."""

    plan: Plan | None
    coverage: Coverage | None
    since: datetime | None
    ahead: datetime | None
    patterns: tuple[Pattern, ...]


def station_form(store: Store) -> StationForm:
    """The station as its form shows it."""
    with store.read() as session:
        own = the_station(session)
        text = StationText(Name(own.name_zh, own.name_en), Name(own.company_zh, own.company_en), own.official_from)
        return StationForm(text, own.zone, own.profile, own.version)


def change_station(store: Store, actor: Actor, text: StationText, version: int, *, at: datetime) -> None:
    """Rename the station, or set its official start. ChangedMeanwhileError, NameRuleError."""
    with store.write(actor, "change_station", at) as session:
        own = the_station(session)
        own.expect(version)
        put_station(own, text)


def put_station(own: Station, text: StationText) -> bool:
    """Inside a transaction; whether anything changed. NameRuleError."""
    values = (check_name(text.name.zh), text.name.en.strip(), text.company.zh.strip(), text.company.en.strip(), text.official_from)
    changed = values != (own.name_zh, own.name_en, own.company_zh, own.company_en, own.official_from)
    own.name_zh, own.name_en, own.company_zh, own.company_en, own.official_from = values
    return changed


def settings_view(store: Store, at: datetime) -> tuple[SettingView, ...]:
    """Every setting there is, in the program's order."""
    with store.read() as session:
        return tuple(_setting_view(session, name, at) for name in SETTINGS)


def _setting_view(session: Session, name: str, at: datetime) -> SettingView:
    known = select(SettingValue).where(SettingValue.name == name).order_by(SettingValue.valid_from, SettingValue.id)
    rows = session.scalars(known).all()
    now = [row for row in rows if row.valid_from <= at]
    later = [row for row in rows if row.valid_from > at]
    ahead = (later[0].valid_from, setting(session, name, later[0].valid_from)) if later else None
    return SettingView(name, setting(session, name, at), bool(now), now[-1].valid_from if now else None, ahead)


def set_setting(store: Store, actor: Actor, name: str, value: object, *, at: datetime, valid_from: datetime | None = None) -> None:
    """Another value from a time on (default now). SettingTypeError, SettingBoundsError, SettingChoiceError, SettingPastError."""
    begins = _ahead(valid_from, at)
    kept = setting_json(name, check_setting(name, value))
    with store.write(actor, "set_setting", at) as session:
        session.add(SettingValue(name=name, value=kept, valid_from=begins, by_id=actor.person_id, at=at))


def _ahead(valid_from: datetime | None, at: datetime) -> datetime:
    """Changes begin now or later: what was in force stays what it was."""
    if valid_from is not None and valid_from < at - timedelta(minutes=1):
        raise SettingPastError
    return max(valid_from or at, at)


def list_items(store: Store, code: str, at: datetime) -> tuple[dict[str, Any], ...]:
    """A list in force as its form shows it."""
    with store.read() as session:
        return items(session, code, at)


def set_list(
    store: Store, actor: Actor, code: str, entries: Sequence[Mapping[str, Any]], *, at: datetime, valid_from: datetime | None = None
) -> None:
    """Another list from a time on (default now). SettingPastError and the errors of check_entries."""
    begins = _ahead(valid_from, at)
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


def set_contact(store: Store, actor: Actor, contact: ContactDefault, contact_id: int | None = None, *, at: datetime) -> None:
    """Add a line of the contact card, or change one. ContactNameError, ContactPhoneError."""
    with store.write(actor, "set_contact", at) as session:
        found = session.get_one(Contact, contact_id) if contact_id is not None else None
        last = session.scalars(select(func.max(Contact.position))).one()
        put_contact(session, contact, found.position if found else (last or 0) + 1, found)


def put_contact(session: Session, contact: ContactDefault, position: int, found: Contact | None = None) -> bool:
    """Inside a transaction; whether anything changed. ContactNameError, ContactPhoneError."""
    values: dict[str, Any] = {
        "role_zh": contact.role.zh.strip(),
        "role_en": contact.role.en.strip(),
        "phone": contact.phone.strip(),
        "who": contact.who.strip(),
        "note_zh": contact.note.zh.strip(),
        "note_en": contact.note.en.strip(),
        "public": contact.public,
    }
    if not values["role_zh"]:
        raise ContactNameError
    if not values["phone"]:
        raise ContactPhoneError
    if found is None:
        session.add(Contact(**values, position=position))
        return True
    changed = any(getattr(found, key) != value for key, value in values.items())
    for key, value in values.items():
        setattr(found, key, value)
    return changed


def retire_contact(store: Store, actor: Actor, contact_id: int, *, at: datetime) -> None:
    """Take a line off the card."""
    with store.write(actor, "retire_contact", at) as session:
        session.get_one(Contact, contact_id).retired_at = at


def set_crew(store: Store, actor: Actor, code: str, name: Name, *, at: datetime) -> None:
    """Rename a crew, or add one at the end. NameRuleError."""
    with store.write(actor, "set_crew", at) as session:
        found = session.scalars(select(Crew).where(Crew.code == code.strip())).first()
        last = session.scalars(select(func.max(Crew.position))).one()
        put_crew(session, code.strip(), name, found.position if found else (last or 0) + 1)


def put_crew(session: Session, code: str, name: Name, position: int) -> None:
    """Inside a transaction: a crew of this code is called so. NameRuleError, ListCodeMissingError."""
    if not code:
        raise ListCodeMissingError(line=1)
    found = session.scalars(select(Crew).where(Crew.code == code)).first()
    if found is None:
        session.add(Crew(code=code, name_zh=check_name(name.zh), name_en=name.en.strip(), position=position))
        session.flush()
    else:
        found.name_zh, found.name_en, found.position, found.retired_at = check_name(name.zh), name.en.strip(), position, None


def rotation_view(store: Store, at: datetime) -> RotationView:
    """The rotation in force and the patterns there are."""
    with store.read() as session:
        plan = plan_in_force(session, at)
        dated = select(RotationPlan.valid_from).order_by(RotationPlan.valid_from, RotationPlan.id)
        times = session.scalars(dated).all()
        patterns = tuple(rotation.pattern_of(each) for each in items(session, "patterns", at))
        since = max((each for each in times if each <= at), default=None)
        ahead = next((each for each in times if each > at), None)
        return RotationView(plan, rotation.coverage(plan.pattern) if plan else None, since, ahead, patterns)


def set_rotation(
    store: Store, actor: Actor, pattern: str, crews: Sequence[str], start: date, *, at: datetime, valid_from: datetime | None = None
) -> None:
    """Another rotation from a time on (default now): a pattern of the station's list, crews in the order of its phases, and the
    first day of the first crew's cycle. PatternUnknownError, PatternHoleError, CrewCountError, CrewUnknownError, SettingPastError.
    """
    begins = _ahead(valid_from, at)
    with store.write(actor, "set_rotation", at) as session:
        put_rotation(session, actor.person_id, pattern, crews, start, begins, at)


def put_rotation(session: Session, by_id: int, pattern: str, crews: Sequence[str], start: date, begins: datetime, at: datetime) -> None:
    """Inside a transaction."""
    found = next((each for each in items(session, "patterns", at) if each["code"] == pattern), None)
    if found is None:
        raise PatternUnknownError(pattern=pattern)
    shape = rotation.pattern_of(found)
    if not rotation.coverage(shape).covered:
        raise PatternHoleError(pattern=shape.name)
    known = set(session.scalars(select(Crew.code).where(Crew.retired_at.is_(None))))
    for each in crews:
        if each not in known or list(crews).count(each) > 1:
            raise CrewUnknownError(crew=each)
    day = day_of(begins, zone(session))
    plan = Plan(shape, tuple(crews), rotation.cycle_start(start, len(shape.cycle), day))
    definition = json.dumps(rotation.definition(shape), ensure_ascii=False)
    codes = json.dumps(plan.crews)
    made = RotationPlan(pattern=pattern, definition=definition, crews=codes, start=plan.start, valid_from=begins, by_id=by_id, at=at)
    session.add(made)


def template_text(store: Store, report: str, at: datetime) -> str:
    """The JSON of a sheet's template in force; "" for the program's own sheet."""
    with store.read() as session:
        newest = SheetTemplate.valid_from.desc(), SheetTemplate.id.desc()
        wanted = select(SheetTemplate.definition).where(SheetTemplate.report == report, SheetTemplate.valid_from <= at)
        return session.scalars(wanted.order_by(*newest).limit(1)).first() or ""
