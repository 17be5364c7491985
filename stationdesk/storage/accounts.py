"""Accounts of people: logins, keys, what opens them again, and sign-ins that failed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import INSERT_ONLY, SECRET, Record


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
