"""Rules about names, logins and passwords, and how long a wrong password makes one wait."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

NAME_AT_MOST = 30
LOGIN_AT_MOST = 32
PASSWORD_AT_LEAST = 6
PASSWORD_AT_MOST = 128
FREE_TRIES = 2  # a slip of the finger costs nothing
WAIT_AT_MOST = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(minutes=15)  # failures older than this no longer count


class NameRuleError(DomainError):
    """A name that cannot be one."""

    words = N_("A name has 1 to {most} characters and no line breaks or control characters.")
    field = "name"


class LoginRuleError(DomainError):
    """A login that cannot be one."""

    words = N_("A login has 1 to {most} letters, digits, dots, dashes or underscores and no blanks.")
    field = "login"


class PasswordTooShortError(DomainError):
    """A password below the least length."""

    words = N_("A password has at least {least} characters; digits alone will do.")
    field = "password"


class PasswordTooLongError(DomainError):
    """A password nobody types."""

    words = N_("A password has at most {most} characters.")
    field = "password"


class PeriodOrderError(DomainError):
    """An end before its beginning."""

    words = N_("The end must come after the beginning.")
    field = "valid_to"


def check_name(text: str) -> str:
    """The name without blanks around it; any script, also outside GB2312. NameRuleError."""
    name = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(name) <= NAME_AT_MOST or any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name):
        raise NameRuleError(most=NAME_AT_MOST)
    return name


def check_login(text: str) -> str:
    """The login in its one form, small letters and half width. LoginRuleError."""
    login = unicodedata.normalize("NFKC", text).strip().casefold()
    if not 1 <= len(login) <= LOGIN_AT_MOST or not all(c.isalnum() or c in ".-_" for c in login):
        raise LoginRuleError(most=LOGIN_AT_MOST)
    return login


def check_password(text: str) -> str:
    """The password unchanged, from 6 characters, digits allowed. PasswordTooShortError, PasswordTooLongError."""
    if len(text) < PASSWORD_AT_LEAST:
        raise PasswordTooShortError(least=PASSWORD_AT_LEAST)
    if len(text) > PASSWORD_AT_MOST:
        raise PasswordTooLongError(most=PASSWORD_AT_MOST)
    return text


def wait_after(failures: int) -> timedelta:
    """How long the next try waits after so many wrong ones in a row: 0, 0, 2 s, 4 s … never over 60 s, never a lockout."""
    if failures <= FREE_TRIES:
        return timedelta(0)
    return min(WAIT_AT_MOST, timedelta(seconds=2 ** min(failures - FREE_TRIES, 6)))


def wait_left(failed_at: Sequence[datetime], now: datetime) -> timedelta:
    """What is left of the wait. failed_at: the wrong tries since the last right one; those long ago or in the future do not count."""
    counted = [at for at in failed_at if now - FORGOTTEN_AFTER < at <= now]
    if not counted:
        return timedelta(0)
    return max(timedelta(0), max(counted) + wait_after(len(counted)) - now)


def in_force(valid_from: datetime, valid_to: datetime | None, at: datetime) -> bool:
    """Whether something given from–to (an acting chief, a place in a crew) holds; the end is no longer in it."""
    return valid_from <= at and (valid_to is None or at < valid_to)


def check_period(valid_from: datetime, valid_to: datetime | None) -> None:
    """PeriodOrderError where the end is not after the beginning."""
    if valid_to is not None and valid_to <= valid_from:
        raise PeriodOrderError()
