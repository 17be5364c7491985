"""What is typed into the grid: a value on its way to the store, what came of typing it, and the step Ctrl+Z takes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from stationdesk.domain.questions import Question
from stationdesk.services.readings import CellView

Place = tuple[int, datetime]
SENDING, SAVED, HELD, REFUSED = "sending", "saved", "held", "refused"


@dataclass(frozen=True)
class Entry:
    """A value to be saved: by take_reading, or with a reason by correct_reading."""

    point_id: int
    hour: datetime
    text: str
    reason: str = ""

    @property
    def place(self) -> Place:
        """Point and hour."""
        return self.point_id, self.hour


@dataclass(frozen=True)
class Entered:
    """What came of typing: refused in words (then nothing is saved), a question to ask, or a reason to ask first."""

    refusal: str = ""
    question: Question | None = None
    reason_wanted: bool = False


@dataclass(frozen=True)
class Waiting:
    """A value typed that the view does not have yet. state: sending, saved, held (nobody is picked), refused (why)."""

    entry: Entry
    cell: CellView
    state: str
    why: str = ""


@dataclass(frozen=True)
class Step:
    """One thing typed, for Ctrl+Z: what stood there before and what was put."""

    place: Place
    before: Decimal | None
    after: Decimal


@dataclass(frozen=True)
class Undone:
    """What came of Ctrl+Z: a step whose value must be typed anew, and how many values of a block stay."""

    again: Step | None = None
    stay: int = 0
