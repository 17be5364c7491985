"""The settings of the program: one value each, from a time on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.station import SETTINGS, SettingScalar, check_setting, setting_json
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.settings.dated import ahead
from stationdesk.services.station import setting
from stationdesk.storage.station import SettingValue
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class SettingView:
    """A setting in force: own is False where it is the program's default; ahead: a value that comes into force later."""

    name: str
    value: SettingScalar
    own: bool
    since: datetime | None
    ahead: tuple[datetime, SettingScalar] | None = None


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


def set_setting(
    store: Store, actor: Actor, name: str, value: object, *,
    at: datetime, valid_from: datetime | None = None, seen: SettingScalar | None = None,
) -> None:  # fmt: skip
    """Another value from a time on (default now). seen: the value the change was made on.

    SettingTypeError, SettingBoundsError, SettingChoiceError, SettingPastError, ChangedMeanwhileError.
    """
    begins = ahead(valid_from, at)
    kept = setting_json(name, check_setting(name, value))
    with store.write(actor, "set_setting", at) as session:
        as_seen(seen, setting(session, name, at), "setting_value")
        session.add(SettingValue(name=name, value=kept, valid_from=begins, by_id=actor.person_id, at=at))
