"""People, their accounts, keys and roles, and the crews they work in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import INSERT_ONLY, SECRET, Record


class Person(Record, kw_only=True):
    """Somebody who works at or for the station; retired, never deleted."""

    name: Mapped[str]
    number: Mapped[str] = mapped_column(default="")  # staff number
    phone: Mapped[str] = mapped_column(default="")
    post: Mapped[str] = mapped_column(default="operator")  # code of the profile's posts
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class Account(Record, kw_only=True):
    """A login of a person; the password opens its sealed key and is stored nowhere."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    login: Mapped[str] = mapped_column(unique=True)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class AccountKey(Record, kw_only=True):
    """An Ed25519 key of an account, sealed under its password; old public keys stay with their dates."""

    __table_args__ = (Index("ix_account_key_account", "account_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    public_key: Mapped[str]  # hex
    box: Mapped[str] = mapped_column(repr=False, info=SECRET)  # JSON of storage/keys.py
    reason: Mapped[str]  # initial, change, reset, recovery
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
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


class RecoveryCode(Record, kw_only=True):
    """The code in the sealed envelope: opening its box lets the holder give the account a new key."""

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    box: Mapped[str] = mapped_column(repr=False, info=SECRET)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class FailedSignIn(Record, kw_only=True):
    """A wrong password or an unknown login, for the slow-down and the exceptions list."""

    __table_args__ = (Index("ix_failed_sign_in_login", "login", "at"), {"info": INSERT_ONLY})

    login: Mapped[str]
    desk: Mapped[str]
    at: Mapped[datetime]


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
