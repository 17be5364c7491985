"""The store a command works on, and who works on it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from stationdesk.cli import options
from stationdesk.services import Actor, Store
from stationdesk.services.people.accounts import SignedIn, verify_password


def now() -> datetime:
    """The time, aware UTC: a command asks the clock once and hands it down."""
    return datetime.now(UTC)


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Store]:
    """The store of --db, or the program's own, closed again at the end. What Store.open refuses is raised: one line and exit code 2."""
    store = Store.open(options.store_of(args), desk="cli")
    try:
        yield store
    finally:
        store.close()


def signed_in(store: Store, args: argparse.Namespace, at: datetime) -> SignedIn:
    """Who --as says, once the password fits. WrongPasswordError, NoPasswordError."""
    return verify_password(store, args.login, options.password(), at)


def actor(store: Store, args: argparse.Namespace, at: datetime) -> Actor:
    """The same as the actor of a use case: `write_entry(store, desk.actor(store, args, at), …, at=at)`."""
    who = signed_in(store, args, at)
    return Actor(who.person_id, who.name)
