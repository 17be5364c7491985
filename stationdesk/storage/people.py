"""People, their roles, and the crews they work in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import Record


class Person(Record, kw_only=True):
    """Somebody who works at or for the station; retired, never deleted."""

    name: Mapped[str]
    number: Mapped[str] = mapped_column(default="")  # staff number
    phone: Mapped[str] = mapped_column(default="")
    post: Mapped[str] = mapped_column(default="operator")  # code of the profile's posts
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class RoleGrant(Record, kw_only=True):
    """A role of a person from–to; several at once are usual, an acting chief has an end."""

    __table_args__ = (Index("ix_role_grant_person", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]  # domain.permissions.Role
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None] = mapped_column(default=None)
    granted_by: Mapped[int]
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class Crew(Record, kw_only=True):
    """A crew (班组) of the rotation."""

    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class CrewMember(Record, kw_only=True):
    """A person's place in a crew from–to."""

    __table_args__ = (Index("ix_crew_member_crew", "crew_id"),)

    crew_id: Mapped[int] = mapped_column(ForeignKey("crew.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    leader: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}
