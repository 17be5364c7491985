"""What a roster that is brought in is refused for, cell by cell."""

from __future__ import annotations

from stationdesk.domain.errors import DomainError
from stationdesk.domain.setup.refusals import Refused
from stationdesk.domain.words import N_


class RosterHeadError(DomainError):
    """A file without a line of days."""

    words = N_("No line of days: the head needs the days of {month} (1, 2, 3 … or 12-01, 12-02 …) over the cells.")


class RosterMonthError(DomainError):
    """A day or title of another month."""

    words = N_("“{typed}” is not of {month}.")


class RosterDayTwiceError(DomainError):
    """A day in two columns."""

    words = N_("{day} stands in another column already.")


class RosterNameError(DomainError):
    """Nobody of this name is planned at the station."""

    words = N_("Nobody called “{typed}” is planned here.")


class RosterSameNameError(DomainError):
    """Two people of one name."""

    words = N_("Several people are called “{typed}”: write the staff number behind the name.")


class RosterRowTwiceError(DomainError):
    """A person in two rows."""

    words = N_("“{typed}” stands in another row already.")


class RosterCellError(DomainError):
    """A letter no kind of shift has."""

    words = N_("“{typed}” is no shift of this roster: {known}.")


class RosterMergedError(DomainError):
    """Cells joined to one: it is not said which days it means."""

    words = N_("{area} is one merged cell: write each day by itself.")


class RosterNobodyError(DomainError):
    """A head, and nobody under it."""

    words = N_("Nobody of the station stands under the days.")


class RosterRefusedError(DomainError):
    """A roster with cells that are not taken; nothing of it was. `refused`: all of them."""

    words = N_("Nothing was taken; cells refused: {count}.")
    field = "file"

    def __init__(self, refused: tuple[Refused, ...]) -> None:
        super().__init__(count=len(refused))
        self.refused = refused
