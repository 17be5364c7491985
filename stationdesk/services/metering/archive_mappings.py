"""How a maker's layout is read, saved by name: the newest of a name counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.archive import Mapping, packed, unpacked
from stationdesk.domain.words import N_
from stationdesk.storage.metering import CorrectorMapping
from stationdesk.storage.store import Actor, Store


class MappingNameError(DomainError):
    """A mapping is found again by its name."""

    words = N_("The mapping needs a name.")
    field = "mapping"


class MappingUnknownError(DomainError):
    """Nobody saved one of this name."""

    words = N_("There is no saved mapping “{name}”.")
    field = "mapping"


class MappingOpenError(DomainError):
    """A mapping with open questions would ask them for every file."""

    words = N_("The mapping leaves {count} questions open: answer them before it is saved.")
    field = "mapping"


@dataclass(frozen=True)
class SavedMapping:
    """A mapping as it was last saved under its name."""

    name: str
    mapping: Mapping
    by_id: int
    at: datetime


def save_archive_mapping(store: Store, actor: Actor, name: str, mapping: Mapping, *, at: datetime) -> None:
    """Keep how a layout is read, by name; what was assumed is thereby seen and stands. MappingNameError, MappingOpenError."""
    if not name.strip():
        raise MappingNameError
    if mapping.asked:
        raise MappingOpenError(count=len(mapping.asked))
    with store.write(actor, "save_archive_mapping", at) as session:
        session.add(CorrectorMapping(name=name.strip(), definition=packed(mapping.confirmed()), by_id=actor.person_id, at=at))


def archive_mappings(store: Store) -> tuple[SavedMapping, ...]:
    """The newest mapping of each name, by name."""
    with store.read() as session:
        newest = select(func.max(CorrectorMapping.id)).group_by(CorrectorMapping.name)
        found = session.scalars(select(CorrectorMapping).where(CorrectorMapping.id.in_(newest)).order_by(CorrectorMapping.name))
        return tuple(SavedMapping(each.name, unpacked(each.definition), each.by_id, each.at) for each in found)


def saved_mapping(session: Session, name: str) -> Mapping:
    """Inside a transaction: the newest mapping of a name. MappingUnknownError."""
    query = select(CorrectorMapping.definition).where(CorrectorMapping.name == name.strip()).order_by(CorrectorMapping.id.desc())
    found = session.scalars(query).first()
    if found is None:
        raise MappingUnknownError(name=name)
    return unpacked(found)
