"""When each metering run is shut, and the points that are not read meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from stationdesk.domain.metering.running import Shut, shut_spans
from stationdesk.storage import running
from stationdesk.storage.recall import recall
from stationdesk.storage.running import RunVersion, Switched


def shut_streams(session: Session) -> Mapping[int, tuple[Shut, ...]]:
    """Stream → when it is shut."""
    return recall(session, "shut streams", running.TABLES, lambda: _streams(running.run_versions(session), running.switches(session)))


def shut_points(session: Session) -> Mapping[int, tuple[Shut, ...]]:
    """Point → when it is not read because the run it belongs to is shut; a point of several runs is always read."""
    versions = running.run_versions(session)
    spans = _streams(versions, running.switches(session)) if versions else {}
    owners: dict[int, set[int]] = {}
    for each in versions:
        for point in each.points:
            owners.setdefault(point, set()).add(each.stream_id)
    return {point: spans[next(iter(streams))] for point, streams in owners.items() if len(streams) == 1}


def _streams(versions: tuple[RunVersion, ...], switched: tuple[Switched, ...]) -> dict[int, tuple[Shut, ...]]:
    first = {each.stream_id: each for each in reversed(versions)}
    return {
        stream: shut_spans(
            each.valid_from, each.shut, ((one.time, one.from_id == stream) for one in switched if stream in (one.from_id, one.to_id))
        )
        for stream, each in first.items()
    }
