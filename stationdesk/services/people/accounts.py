"""Accounts: a login, and a key sealed under its password. argon2 runs before the transaction, never in it.

Opening the sealed key is the sign-in check; there is no second hash. A change of password seals the same key anew; a reset makes a
new key, and the old public key stays on file with its dates, so that what it signed can be verified for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.accounts import (
    HasAccountError,
    LoginTakenError,
    NoAccountError,
    PersonRetiredError,
    TooSoonError,
    WrongPasswordError,
    WrongPasswordWaitError,
)
from stationdesk.domain.people import FORGOTTEN_AFTER, check_login, check_password, wait_left
from stationdesk.domain.store import SecretRefusedError
from stationdesk.services.notices import notify
from stationdesk.services.people.chiefs import check_chief_stays
from stationdesk.storage import keys
from stationdesk.storage.accounts import Account, AccountKey, FailedSignIn
from stationdesk.storage.actors import NOBODY, Actor
from stationdesk.storage.people import Person
from stationdesk.storage.signatures import Signature, Signer
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class SignedIn:
    """Who proved to be who. The key signs for as long as the caller holds it."""

    person_id: int
    account_id: int
    name: str
    key: keys.PrivateKey


@dataclass(frozen=True)
class KeyNote:
    """The key in force came from a reset or a recovery code and has signed nothing yet: shown beside the next signature."""

    reason: str  # reset, recovery
    made_at: datetime
    made_by: int


def verify_password(store: Store, login: str, password: str, at: datetime) -> SignedIn:
    """Open the account's key. WrongPasswordError (also for an unknown login) with the seconds to wait; the failed try is journaled."""
    login = login.strip()
    with store.read() as session:
        check_pause(session, login, at)
        account = account_of(session, login)
        box = key_in_force(session, account.id).box if account else ""
        name = session.get_one(Person, account.person_id).name if account else ""
    if account is None:
        raise fail(store, login, at)
    try:
        return SignedIn(account.person_id, account.id, name, keys.unseal(box, password, account.id))
    except SecretRefusedError:
        raise fail(store, login, at) from None


def unseal(store: Store, account_id: int, password: str, at: datetime) -> keys.PrivateKey:
    """The signing key of an account in use, opened for one signature. Counts and waits as verify_password does."""
    with store.read() as session:
        login = session.get_one(Account, account_id).login
    return verify_password(store, login, password, at).key


def signer_of(store: Store, actor: Actor, password: str, at: datetime) -> Signer:
    """The actor with the opened key, before the transaction that signs: argon2 takes its time. The errors of verify_password."""
    with store.read() as session:
        wanted = select(Account.id).where(Account.person_id == actor.person_id, Account.retired_at.is_(None))
        account_id = session.scalars(wanted).one()
    return Signer(account_id, actor.person_id, unseal(store, account_id, password, at))


def account_id_of(session: Session, person_id: int) -> int | None:
    """The account a person signs with; None for a person without a login."""
    return session.scalars(select(Account.id).where(Account.person_id == person_id, Account.retired_at.is_(None))).first()


def account_of(session: Session, login: str) -> Account | None:
    """The account in use with this login."""
    return session.scalars(select(Account).where(Account.login == login.casefold(), Account.retired_at.is_(None))).first()


def key_in_force(session: Session, account_id: int) -> AccountKey:
    """The key an account signs with now."""
    newest = select(AccountKey).where(AccountKey.account_id == account_id, AccountKey.ended_at.is_(None)).order_by(AccountKey.id.desc())
    return session.scalars(newest.limit(1)).one()


def _failures(session: Session, login: str, at: datetime) -> tuple[datetime, ...]:
    tries = select(FailedSignIn.at).where(FailedSignIn.login == login, FailedSignIn.at > at - FORGOTTEN_AFTER).order_by(FailedSignIn.at)
    return tuple(session.scalars(tries))


def check_pause(session: Session, login: str, at: datetime) -> None:
    """TooSoonError while a pause after wrong tries lasts."""
    left = _seconds(wait_left(_failures(session, login, at), at))
    if left:
        raise TooSoonError(wait_seconds=left)


def _seconds(left: timedelta) -> int:
    return ceil(left.total_seconds())


def fail(store: Store, login: str, at: datetime) -> WrongPasswordError:
    """Put a failed try on record, and what to say of it. Nobody is locked out: the pause ends by itself."""
    with store.write(NOBODY, "failed_sign_in", at) as session:
        session.add(FailedSignIn(login=login[:80], desk=store.desk, at=at))
    with store.read() as session:
        left = _seconds(wait_left(_failures(session, login[:80], at), at))
    return WrongPasswordWaitError(wait_seconds=left) if left else WrongPasswordError(wait_seconds=0)


def make_account(store: Store, actor: Actor, person_id: int, login: str, password: str, *, at: datetime) -> int:
    """Give a person a login, or open the retired one again; its id. LoginTakenError, HasAccountError, the rules of both."""
    login = check_login(login)
    check_password(password)
    with store.read() as session:
        expected = (session.scalars(select(func.max(Account.id))).one() or 0) + 1
    sealed = keys.new(password, expected)
    with store.write(actor, "make_account", at) as session:
        return add_account(session, person_id, login, sealed, password, actor.person_id, at)


def add_account(session: Session, person_id: int, login: str, sealed: keys.Sealed, password: str, by_id: int, at: datetime) -> int:
    """The same inside a transaction: the key was sealed before it for the id the account will have."""
    _check_free(session, person_id, login)
    retired = session.scalars(select(Account).where(Account.person_id == person_id)).first()
    if retired is not None:
        return _open_again(session, retired, login, password, by_id, at)
    account = Account(person_id=person_id, login=login)
    session.add(account)
    session.flush()
    if sealed.account_id != account.id:  # another program made an account meanwhile: rare enough to seal again in here
        sealed = keys.new(password, account.id)
    _put_key(session, sealed, "initial", by_id, at)
    return account.id


def _open_again(session: Session, account: Account, login: str, password: str, by_id: int, at: datetime) -> int:
    """A login that was retired opens again, under a new key as after a reset: told to the chiefs, shown beside the next signature."""
    account.login, account.retired_at = login, None
    session.flush()
    put_new_key(session, keys.new(password, account.id), "reset", by_id, at)
    return account.id


def _put_key(session: Session, sealed: keys.Sealed, reason: str, by_id: int, at: datetime) -> None:
    key = AccountKey(account_id=sealed.account_id, public_key=sealed.public_key, box=sealed.box, reason=reason, made_at=at, made_by=by_id)
    session.add(key)
    session.flush()


def _check_free(session: Session, person_id: int, login: str) -> None:
    person = session.get_one(Person, person_id)
    if person.retired_at is not None:
        raise PersonRetiredError(name=person.name)
    own = session.scalars(select(Account).where(Account.person_id == person_id)).first()
    if own is not None and own.retired_at is None:
        raise HasAccountError(name=person.name, login=own.login)
    if session.scalars(select(Account).where(Account.login == login, Account.person_id != person_id)).first():
        raise LoginTakenError(login=login)


def retire_account(store: Store, actor: Actor, account_id: int, *, at: datetime) -> None:
    """Take a login out of use. What its keys signed stays verifiable. LastChiefError for the only chief's."""
    with store.write(actor, "retire_account", at) as session:
        account = session.get_one(Account, account_id)
        check_chief_stays(session, session.get_one(Person, account.person_id), at)
        account.retired_at = at
        end_keys(session, account_id, at)


def change_password(store: Store, actor: Actor, old: str, new: str, *, at: datetime) -> None:
    """The actor's own password: the same key, sealed anew. WrongPasswordError for the old one."""
    check_password(new)
    with store.read() as session:
        account_id = account_id_of(session, actor.person_id)
        if account_id is None:
            raise NoAccountError(login=actor.name)
        login = session.get_one(Account, account_id).login
    sealed = keys.seal(verify_password(store, login, old, at).key, new, account_id)
    with store.write(actor, "change_password", at) as session:
        key_in_force(session, account_id).box = sealed.box


def reset_password(store: Store, actor: Actor, account_id: int, new: str, *, at: datetime) -> None:
    """The chief gives somebody a new key under a new password: journaled, told to the chiefs, shown beside the next signature."""
    check_password(new)
    sealed = keys.new(new, account_id)
    with store.write(actor, "reset_password", at) as session:
        put_new_key(session, sealed, "reset", actor.person_id, at)


def put_new_key(session: Session, sealed: keys.Sealed, reason: str, by_id: int, at: datetime) -> None:
    """End the account's keys and give it a new one; the chiefs are told."""
    account = session.get_one(Account, sealed.account_id)
    if account.retired_at is not None:
        raise NoAccountError(login=account.login)
    end_keys(session, account.id, at)
    _put_key(session, sealed, reason, by_id, at)
    notify(session, "password_" + reason, "account", account.id, at, person=account.person_id, by=by_id)


def end_keys(session: Session, account_id: int, at: datetime) -> None:
    """No key of the account signs any more; their public halves stay with their dates."""
    for key in session.scalars(select(AccountKey).where(AccountKey.account_id == account_id, AccountKey.ended_at.is_(None))):
        key.ended_at = at


def key_note(session: Session, account_id: int) -> KeyNote | None:
    """What stands beside the next signature after a reset; None once the new key has signed."""
    key = key_in_force(session, account_id)
    if key.reason == "initial" or session.scalars(select(Signature.id).where(Signature.public_key == key.public_key).limit(1)).first():
        return None
    return KeyNote(key.reason, key.made_at, key.made_by)
