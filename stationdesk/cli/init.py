"""`init`: a new, empty station from a profile, with the first chief's account."""

from __future__ import annotations

import argparse

from stationdesk.cli import desk, options
from stationdesk.domain.errors import DomainError
from stationdesk.domain.people import check_login, check_name, check_password
from stationdesk.domain.profile import Profile
from stationdesk.domain.store import StoreThereError
from stationdesk.domain.words import N_, _
from stationdesk.services import Store
from stationdesk.services.care import remove_store
from stationdesk.services.profile import chief_post, create_station, profile_codes, read_profile
from stationdesk.storage.place import store_path

CHIEF_LOGIN = "chief"


class ProfileUnknownError(DomainError):
    """A kind of station nobody wrote down."""

    words = N_("There is no profile {profile}; there are: {profiles}.")


def add(parser: argparse.ArgumentParser) -> None:
    """--db, --lang, --profile, --station, --chief, --login."""
    options.add_store(parser)
    options.add_language(parser)
    add_profile(parser)
    parser.add_argument("--station", metavar="NAME", required=True, help=_("what the station is called"))
    parser.add_argument("--chief", metavar="NAME", default="", help=_("the first chief's name (default: the name of the post)"))
    parser.add_argument("--login", metavar="LOGIN", default=CHIEF_LOGIN, help=_("the first chief's login (default: chief)"))


def add_profile(parser: argparse.ArgumentParser) -> None:
    """--profile: the kind of station."""
    parser.add_argument("--profile", default="gate-station", help=_("the kind of station (default: gate-station)"))


def profile_of(args: argparse.Namespace) -> Profile:
    """The profile that is meant. ProfileUnknownError."""
    if args.profile not in profile_codes():
        raise ProfileUnknownError(profile=args.profile, profiles=", ".join(profile_codes()))
    return read_profile(args.profile)


def run(args: argparse.Namespace) -> int:
    """Make it; what the chief must know goes to stdout."""
    profile = profile_of(args)
    post = next((each.name for each in profile.posts if each.code == chief_post(profile)), None)
    chief = check_name(args.chief or str(post or CHIEF_LOGIN))
    station, login = check_name(args.station), check_login(args.login)
    where = options.store_of(args)
    refuse_there(where)
    password = check_password(options.password(_("Password of the first chief: ")))
    store = Store.create(where, desk="cli")
    try:
        made = create_station(store, profile, station, chief, login, password, desk.now())
    except BaseException:
        store.close()
        remove_store(store.path)
        raise
    store.close()
    print(_("{station}: {place}").format(station=station, place=store.path))
    print(_("Login of the chief: {login}").format(login=login))
    print(_("Recovery code for the sealed envelope, shown this once: {code}").format(code=made.recovery_code))
    return 0


def refuse_there(where: str) -> None:
    """StoreThereError before anybody is asked for a password."""
    path = store_path(where)
    if path.exists() and path.stat().st_size:
        raise StoreThereError(place=str(path))
