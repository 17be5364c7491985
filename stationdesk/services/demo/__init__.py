"""The demo: a gate station with a believable past and a living present. The same seed gives the same records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stationdesk.services.care import remove_store
from stationdesk.services.demo.gas import Counters
from stationdesk.services.demo.metering import Metering
from stationdesk.services.demo.play import Player
from stationdesk.services.demo.rosters import Rosters, first_publication
from stationdesk.services.demo.station import PASSWORD, found
from stationdesk.services.demo.troubles import Troubles
from stationdesk.services.demo.walks import Place
from stationdesk.storage.actors import PROGRAM
from stationdesk.storage.place import give_name, refuse_taken
from stationdesk.storage.store import Store

__all__ = ["PASSWORD", "make_demo"]

DAYS, PEOPLE, SEED = 30, 12, 1
Progress = Callable[[float], None]


def make_demo(
    path: Path, *, at: datetime, days: int = DAYS, people: int = PEOPLE, seed: int = SEED, progress: Progress | None = None
) -> None:
    """A new store at `path` with `days` of shifts up to `at`: people is the number in all four crews together.

    StoreThereError, StoreFullError; it bears its name when it is whole, and of one that fails nothing is left. progress gets the share
    that is done.
    """
    refuse_taken(path)
    part = path.with_name(path.name + ".making")
    remove_store(part)
    try:
        store = Store.create(part)
        try:
            _live(store, at, days, people, seed, progress)
        finally:
            store.close()
        give_name(part, path)
    finally:
        remove_store(part)


def _live(store: Store, at: datetime, days: int, people: int, seed: int, progress: Progress | None) -> None:
    cast = found(store, at, days, people, seed)
    place = Place(seed, cast.zone, at)
    metering = Metering(cast, place, Counters(seed, cast.begins.astimezone(cast.zone)))
    rosters = Rosters(cast)
    rosters.keep_up(store, first_publication(cast))
    player = Player(cast, place, metering, Troubles(cast, place))
    with store.write(PROGRAM, "demo", cast.begins) as session:
        metering.begin(session, cast.begins)
        player.open_first(session)
    done, going = cast.begins, True
    while going:
        done = _next_end(store, at)
        rosters.keep_up(store, min(done, at))
        with store.write(PROGRAM, "demo", min(done, at)) as session:
            going = player.play(session)
        if progress is not None:
            progress(min(1.0, (done - cast.begins) / (at - cast.begins)))
    rosters.begin_next(store, at)


def _next_end(store: Store, at: datetime) -> datetime:
    from stationdesk.services.demo.play import TAKES_OVER
    from stationdesk.services.shifts.view import current

    with store.read() as session:
        shift = current(session)
        return min(shift.ends_at + TAKES_OVER, at) if shift else at
