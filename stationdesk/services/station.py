"""The station: its name and zone, its settings and lists in force, its contacts."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.duty import NoStationError
from stationdesk.domain.names import Name
from stationdesk.domain.station import SETTINGS, read_setting
from stationdesk.services.once import once
from stationdesk.storage.recall import recall
from stationdesk.storage.station import Contact, SettingValue, Station, StationList
from stationdesk.storage.store import Store
from stationdesk.values import dataclass


@dataclass(frozen=True)
class StationView:
    """What the station is called, and since when its records count."""

    name_zh: str
    name_en: str
    company_zh: str
    company_en: str
    zone: ZoneInfo
    official_from: datetime | None
    profile: str

    @property
    def name(self) -> Name:
        """The station."""
        return Name(self.name_zh, self.name_en)

    @property
    def company(self) -> Name:
        """Whose station it is."""
        return Name(self.company_zh, self.company_en)

    def trial(self, at: datetime) -> bool:
        """Trial operation: sheets of this time carry the watermark."""
        return self.official_from is None or at < self.official_from


@dataclass(frozen=True)
class ContactView:
    """One line of the emergency contact card."""

    contact_id: int
    role: Name
    phone: str
    who: str
    note: Name
    public: bool


@once
def the_station(session: Session) -> Station:
    """The one station of the store. NoStationError in a store nobody has set up."""
    found = session.scalars(select(Station)).first()
    if found is None:
        raise NoStationError
    return found


def zone(session: Session) -> ZoneInfo:
    """The station's time zone."""
    return recall(session, "zone", ("station",), lambda: ZoneInfo(the_station(session).zone))


def setting(session: Session, name: str, at: datetime) -> Any:
    """A setting in force at a time, typed; the program's default where the station set none. KeyError for an unknown name."""
    return settings_at(session, at)[name]


def settings_at(session: Session, at: datetime) -> Mapping[str, Any]:
    """All settings in force at a time, as `setting`."""
    return _settings(session).at(at)


class _InForce(dict[str, Any]):
    """Settings typed, each when it is first asked for: one that cannot be read does not take the others with it."""

    def __init__(self, stored: Mapping[str, str]) -> None:
        super().__init__()
        self._stored = stored

    def __missing__(self, name: str) -> Any:
        default = SETTINGS[name].default
        value = self[name] = read_setting(name, self._stored[name]) if name in self._stored else default
        return value


class _Settings:
    """All values ever set, oldest first: they are few, and asked for many times."""

    def __init__(self, set_: Sequence[tuple[datetime, str, str]]) -> None:
        self._set = set_
        self._turns = sorted({since for since, _name, _value in set_})
        self._between: dict[int, _InForce] = {}

    def at(self, at: datetime) -> _InForce:
        """Those in force at a time: the same from one turn to the next."""
        turn = bisect_right(self._turns, at)
        found = self._between.get(turn)
        if found is None:
            found = self._between[turn] = _InForce({name: value for since, name, value in self._set if since <= at})
        return found


def _settings(session: Session) -> _Settings:
    return recall(session, "settings", ("setting_value",), lambda: _read_settings(session))


def _read_settings(session: Session) -> _Settings:
    columns = SettingValue.valid_from, SettingValue.name, SettingValue.value
    in_order = session.execute(select(*columns).order_by(SettingValue.valid_from, SettingValue.id))
    return _Settings([(since, name, value) for since, name, value in in_order])


def list_id(session: Session, code: str, at: datetime) -> int | None:
    """The id of the version of a list in force, which a record that used it stores."""
    found = _list_in_force(session, code, at)
    return found.id if found else None


def items(session: Session, code: str, at: datetime) -> tuple[dict[str, Any], ...]:
    """A station list in force at a time; empty where there is none."""
    found = _list_in_force(session, code, at)
    return tuple(json.loads(found.items)) if found else ()


def every_version(session: Session, code: str) -> tuple[tuple[dict[str, Any], ...], ...]:
    """All versions of a list the station ever had, oldest first: an old record keeps its words."""
    return tuple(tuple(json.loads(each.items)) for each in _lists(session).get(code, ()))


class _List(NamedTuple):
    """A version of a list; items: JSON."""

    id: int
    valid_from: datetime
    items: str


def _list_in_force(session: Session, code: str, at: datetime) -> _List | None:
    return next((each for each in reversed(_lists(session).get(code, ())) if each.valid_from <= at), None)


def _lists(session: Session) -> dict[str, list[_List]]:
    """All versions of all lists, oldest first: few as well."""
    return recall(session, "lists", ("station_list",), lambda: _read_lists(session))


def _read_lists(session: Session) -> dict[str, list[_List]]:
    known: dict[str, list[_List]] = {}
    columns = StationList.code, StationList.id, StationList.valid_from, StationList.items
    for code, number, since, found in session.execute(select(*columns).order_by(StationList.valid_from, StationList.id)):
        known.setdefault(code, []).append(_List(number, since, found))
    return known


def station_view(store: Store) -> StationView:
    """Names, zone, start of official operation."""
    with store.read() as session:
        own = the_station(session)
        return StationView(own.name_zh, own.name_en, own.company_zh, own.company_en, ZoneInfo(own.zone), own.official_from, own.profile)


def contacts(store: Store) -> tuple[ContactView, ...]:
    """The emergency contact card in its order: public numbers first."""
    with store.read() as session:
        return contacts_in(session)


def contacts_in(session: Session) -> tuple[ContactView, ...]:
    """The same inside a transaction."""
    in_order = Contact.public.desc(), Contact.position, Contact.id
    found = session.scalars(select(Contact).where(Contact.retired_at.is_(None)).order_by(*in_order))
    return tuple(
        ContactView(line.id, Name(line.role_zh, line.role_en), line.phone, line.who, Name(line.note_zh, line.note_en), line.public)
        for line in found
    )


def list_view(store: Store, code: str, at: datetime) -> tuple[tuple[str, Name], ...]:
    """Codes and names of a station list in force, for choosing from."""
    with store.read() as session:
        return tuple((item["code"], Name.of(item)) for item in items(session, code, at))
