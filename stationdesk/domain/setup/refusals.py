"""What a workbook is refused for, each with its sheet and cell."""

from __future__ import annotations

from dataclasses import dataclass

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import N_


class CellEmptyError(DomainError):
    words = N_("This must be filled in.")


class CellFormulaError(DomainError):
    words = N_("A formula is not taken: paste its value.")


class CellFaultError(DomainError):
    words = N_("The cell shows an error.")


class CellDateError(DomainError):
    words = N_("“{typed}” is no date; write it as 2026-11-21.")


class CellWholeError(DomainError):
    words = N_("“{typed}” is no whole number that fits here.")


class CellYesError(DomainError):
    words = N_("“{typed}”: write yes or no, or leave it empty.")


class CellChoiceError(DomainError):
    words = N_("“{typed}” is none of: {choices}.")


class CellTwiceError(DomainError):
    words = N_("“{typed}” stands here already, in row {row}.")


class CellKindError(DomainError):
    words = N_("This cell cannot be read here.")


class ChoicesShapeError(DomainError):
    words = N_("States are written as {example}.")

    def __init__(self) -> None:
        super().__init__(example="open:开|open; !shut:关|shut")


class ZoneError(DomainError):
    words = N_("“{typed}” is no time zone; write it as Asia/Shanghai.")


class ZoneStaysError(DomainError):
    words = N_("The time zone of a station with records stays {zone}.")


class ChiefMissingError(DomainError):
    words = N_("{name} must be among the people, with the post of a chief and a login.")


class ManyLoginsError(DomainError):
    words = N_("Two people have the login {login}.")


class SamePersonError(DomainError):
    words = N_("Two people are called {name}: give each a staff number.")


class CounterOnlyError(DomainError):
    words = N_("Only a counter has this.")


class BaseThereError(DomainError):
    words = N_("{point} has readings already; a base reading is for a counter that has none.")


class NoCheckpointsError(DomainError):
    words = N_("The route {route} has no checkpoints.")


class KindStaysError(DomainError):
    field = "kind"
    words = N_("The kind of {point} stays: retire it and add another point.")


class LoginStaysError(DomainError):
    field = "login"
    words = N_("{name} has the login {login}, which stays.")


class ColumnMissingError(DomainError):
    words = N_("There is no column {column}.")


class ColumnUnknownError(DomainError):
    words = N_("The program knows no column {column}: it is not read.")


class ColumnTwiceError(DomainError):
    words = N_("The column {column} stands here twice.")


class SheetMissingError(DomainError):
    words = N_("There is no sheet {sheet}.")


class SheetUnknownError(DomainError):
    words = N_("The program knows no sheet {sheet}: it is not read.")


class SheetTwiceError(DomainError):
    words = N_("The sheet {sheet} is here twice.")


class NotWorkbookError(DomainError):
    """A file that is no Excel workbook."""

    words = N_("{file} is not an Excel workbook (.xlsx).")
    field = "file"


class WorkbookTooLargeError(DomainError):
    """More than any station's lists."""

    words = N_("{file} is larger than any station's lists.")
    field = "file"


@dataclass(frozen=True)
class Refused:
    """One cell that is not taken, and why."""

    sheet: str
    cell: str
    error: DomainError

    @property
    def place(self) -> str:
        """人员!C7; the sheet alone where a whole sheet is meant."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        return f"{self.place}: {say(self.error)}"


class SetupRefusedError(DomainError):
    """A workbook with cells that are not taken; nothing of it was. `refused`: all of them."""

    words = N_("Nothing was taken; cells refused: {count}.")
    field = "file"

    def __init__(self, refused: tuple[Refused, ...]) -> None:
        super().__init__(count=len(refused), refused=refused)
