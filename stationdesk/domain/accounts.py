"""What accounts and passwords answer when they refuse."""

from __future__ import annotations

from datetime import datetime

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_


class WrongPasswordError(DomainError):
    """No such login, or the password does not open its key: which of the two is not said. `wait_seconds` until the next try, at most 60."""

    field = "password"
    words = N_("Login and password do not fit.")


class WrongPasswordWaitError(WrongPasswordError):
    """Wrong again: the next try is taken after `wait_seconds`."""

    words = N_("Login and password do not fit. The next try is taken in {wait_seconds} s.")


class TooSoonError(WrongPasswordError):
    """A try within the pause after wrong ones was not looked at."""

    words = N_("Too many wrong tries just now: not looked at. Try again in {wait_seconds} s.")


class LoginTakenError(DomainError):
    field = "login"
    words = N_("The login {login} is taken.")


class HasAccountError(DomainError):
    field = "login"
    words = N_("{name} already has the login {login}.")


class NoAccountError(DomainError):
    field = "login"
    words = N_("There is no login {login} here.")


class RecoveryCodeError(DomainError):
    field = "code"
    words = N_("This recovery code does not open anything here, or it has been used.")


class PersonRetiredError(DomainError):
    field = "person"
    words = N_("{name} no longer works here.")


class OnDutyStillError(DomainError):
    field = "person"
    words = N_("{name} is on duty. Sign off first.")


class LastChiefError(DomainError):
    field = "role"
    words = N_("{name} is the only station chief with a login. Make somebody else chief first.")


class RoleTwiceError(DomainError):
    field = "role"
    words = N_("{name} already has this role for that time.")


class ActingNeedsEndError(DomainError):
    field = "valid_to"
    words = N_("An acting chief needs an end.")


class RoleUnknownError(DomainError):
    field = "role"
    words = N_("There is no role {role}.")


class CrewUnknownError(DomainError):
    field = "crew"
    words = N_("There is no crew {crew}.")


class PeriodOrderError(DomainError):
    field = "valid_to"
    words = N_("The end must come after the beginning.")


def check_period(valid_from: datetime, valid_to: datetime | None) -> None:
    """PeriodOrderError unless the end, where there is one, comes after the beginning."""
    if valid_to is not None and valid_to <= valid_from:
        raise PeriodOrderError
