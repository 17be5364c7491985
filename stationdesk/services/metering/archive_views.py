"""What is shown of an archive before and after it is taken in, and why it is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.archive import ArchiveHour, Mapping, Refusal
from stationdesk.domain.said import Said
from stationdesk.domain.words import N_
from stationdesk.services.metering.archive_hours import KeptHour


class ArchiveAskedError(DomainError):
    """Nothing is guessed where a person can say. `asked`: what."""

    words = N_("Nothing was taken; questions open: {count}.")
    field = "file"

    def __init__(self, asked: tuple[Said, ...]) -> None:
        super().__init__(count=len(asked), asked=asked)


class ArchiveRefusedError(DomainError):
    """Lines that are not taken must be accepted as lost, expressly. `refused`: all of them."""

    words = N_("Nothing was taken; lines or cells refused: {count}.")
    field = "file"

    def __init__(self, refused: tuple[Refusal, ...]) -> None:
        super().__init__(count=len(refused), refused=refused)


class ArchiveChangedError(DomainError):
    """The file says something else of hours that are here already: a corrector does not do that by itself."""

    words = N_("Nothing was taken; hours here already with other values: {count}.")
    field = "file"

    def __init__(self, changed: tuple[ChangedHour, ...]) -> None:
        super().__init__(count=len(changed), changed=changed)


class ArchiveVolumesError(DomainError):
    """Volumes of hours say nothing where an hour is missing; counters do."""

    words = N_("The file holds volumes of hours and no counters: export the counters of the corrector (累积量) as well.")
    field = "file"


@dataclass(frozen=True)
class ChangedHour:
    """An hour of which the file says something else than what is kept."""

    stream_id: int
    before: KeptHour
    now: ArchiveHour


@dataclass(frozen=True)
class ArchiveRun:
    """One run of the file. stream_id None: nobody has said yet which stream it is. Volumes in m³, fault_m3 counted apart."""

    run: str
    stream_id: int | None
    code: str
    hours: int
    first: datetime
    last: datetime
    new: int
    same: int
    changed: int
    corrected_m3: Decimal | None
    fault_m3: Decimal | None


@dataclass(frozen=True)
class ArchivePreview:
    """What would come of a file. taken_at: when this very file was taken in before."""

    name: str
    digest: str
    mapping: Mapping
    encoding: str
    zone: ZoneInfo
    rows: int
    hours: tuple[ArchiveHour, ...]
    runs: tuple[ArchiveRun, ...]
    changed: tuple[ChangedHour, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Said, ...]
    assumed: tuple[Said, ...]
    asked: tuple[Said, ...]
    taken_at: datetime | None = None

    @property
    def new(self) -> int:
        """Hours that are not here yet."""
        return sum(each.new for each in self.runs)

    @property
    def same(self) -> int:
        """Hours that are here already, the same."""
        return sum(each.same for each in self.runs)

    @property
    def first(self) -> datetime | None:
        """The end of the first hour."""
        return min((each.first for each in self.runs), default=None)

    @property
    def last(self) -> datetime | None:
        """The end of the last hour."""
        return max((each.last for each in self.runs), default=None)


@dataclass(frozen=True)
class ArchiveTaken:
    """What was written. import_id None: nothing of it was new."""

    import_id: int | None
    preview: ArchivePreview
