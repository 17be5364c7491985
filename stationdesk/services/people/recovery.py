"""The recovery code in the sealed envelope: for the night on which a password is forgotten and no chief can reset it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain import codes
from stationdesk.domain.accounts import NoAccountError, RecoveryCodeError
from stationdesk.domain.people import check_password
from stationdesk.domain.store import SecretRefusedError
from stationdesk.services.people.accounts import account_id_of, account_of, check_pause, fail, put_new_key
from stationdesk.storage import keys
from stationdesk.storage.accounts import RecoveryCode
from stationdesk.storage.actors import Actor
from stationdesk.storage.store import Store

ENVELOPE = "*envelope*"
"""Failed tries of codes are counted under this, which no login can be."""


def make_recovery_code(store: Store, actor: Actor, *, at: datetime) -> str:
    """A new code for a new envelope, handed back this once; codes made before no longer open anything."""
    with store.read() as session:
        account_id = account_id_of(session, actor.person_id)
    if account_id is None:
        raise NoAccountError(login=actor.name)
    code, box = keys.new_recovery_code(account_id)
    with store.write(actor, "make_recovery_code", at) as session:
        _spend_all(session, at)
        session.add(RecoveryCode(account_id=account_id, box=box, made_at=at))
    return code


def _spend_all(session: Session, at: datetime) -> None:
    for old in session.scalars(select(RecoveryCode).where(RecoveryCode.used_at.is_(None))):
        old.used_at = at


def use_recovery_code(store: Store, code: str, login: str, new: str, *, at: datetime) -> None:
    """Give a login a new key with the code from the envelope: once, told to the chiefs, shown beside the next signature.

    RecoveryCodeError, CodeShapeError, NoAccountError, the rules of passwords; wrong codes wait as wrong passwords do.
    """
    check_password(new)
    codes.normal(code)
    with store.read() as session:
        check_pause(session, ENVELOPE, at)
        account = account_of(session, login)
        unused = list(session.scalars(select(RecoveryCode).where(RecoveryCode.used_at.is_(None))))
    if account is None:
        raise NoAccountError(login=login)
    opened = next((each for each in unused if _opens(each, code)), None)
    if opened is None:
        fail(store, ENVELOPE, at)
        raise RecoveryCodeError
    sealed = keys.new(new, account.id)
    with store.write(Actor(account.person_id), "use_recovery_code", at) as session:
        spent = session.get_one(RecoveryCode, opened.id)
        if spent.used_at is not None:
            raise RecoveryCodeError
        spent.used_at = at
        put_new_key(session, sealed, "recovery", account.person_id, at)


def _opens(kept: RecoveryCode, code: str) -> bool:
    try:
        keys.open_recovery(kept.box, code, kept.account_id)
    except SecretRefusedError:
        return False
    return True
