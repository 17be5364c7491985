"""Whether the open shift could be handed over now: for the page that shows it, apart from what the strip and the locked desk ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stationdesk.domain.handover import Obstacle, Stops, in_way_of
from stationdesk.domain.names import Name
from stationdesk.services.handover.desk import composed
from stationdesk.services.shifts.view import current
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class Ready:
    """What is in the way of the handover, and the lines that stand 相符; shift_id: of the open shift, None without one."""

    shift_id: int | None = None
    obstacles: tuple[Obstacle, ...] = ()
    settled: tuple[Name, ...] = ()

    @property
    def outgoing(self) -> tuple[Obstacle, ...]:
        """What keeps the outgoing leader from signing."""
        return in_way_of(Stops.OUTGOING, self.obstacles)


def ready(store: Store, at: datetime) -> Ready:
    """How the handover of the open shift stands at this moment."""
    with store.read() as session:
        shift = current(session)
        if shift is None:
            return Ready()
        now = composed(session, at)
        blocked = {each.line for each in now.obstacles}
        return Ready(shift.id, now.obstacles, tuple(line.name for line in now.lines if line.code not in blocked))
