"""What the station calls itself, and since when its records count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stationdesk.domain.names import Name
from stationdesk.domain.people import check_name
from stationdesk.services.station import the_station
from stationdesk.storage.station import Station
from stationdesk.storage.store import Actor, Store


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
