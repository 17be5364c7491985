"""Rounds and checklists as they are set up and started: what a list of lines must be, and what stands in the way of a walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from stationdesk.domain.answers import Ask, Choice, Item
from stationdesk.domain.errors import DomainError
from stationdesk.domain.limits import Limits
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_
from stationdesk.values import dataclass

WORDS_AT_MOST = 2000
PICKS_AT_LEAST, PICKS_AT_MOST = 2, 9  # one key each


class NoLinesError(DomainError):
    """A route or checklist without a line."""

    words = N_("A list needs at least one line.")
    field = "items"


class LineCodeError(DomainError):
    """A code that is empty, or twice in one list."""

    words = N_("Line {line}: the code “{code}” is empty or used twice.")
    field = "items"


class LineNameError(DomainError):
    """A line nobody could find."""

    words = N_("Line {line} has no name.")
    field = "items"


class LineChoicesError(DomainError):
    """Choices that cannot be chosen from by one key."""

    words = N_("Line {line}: give {least} to {most} states to choose from, each with its own code.")
    field = "items"


class LineDecimalsError(DomainError):
    """Decimals nobody reads."""

    words = N_("Line {line}: decimals are 0 to 6.")
    field = "items"


class ListNameError(DomainError):
    """A route or checklist without a name or code."""

    words = N_("A route or checklist needs a code and a name.")
    field = "name"


class ListCodeTakenError(DomainError):
    """A code another route or checklist has."""

    words = N_("The code “{code}” belongs to another list.")
    field = "code"


class ListVersionPastError(DomainError):
    """A version dated before records that used another one."""

    words = N_("“{name}” was walked until {time:%Y-%m-%d %H:%M} (UTC) in another version. Choose a later time.")
    field = "valid_from"


class ListRetiredError(DomainError):
    """A route or checklist that is used no more."""

    words = N_("“{name}” is retired.")


class ListNotYetError(DomainError):
    """A route or checklist whose first version is not in force yet."""

    words = N_("“{name}” is not in force at that time.")


class WindowTakenError(DomainError):
    """A window that is walked already, or is being walked."""

    words = N_("This round is walked already, or is being walked.")


class NoWindowError(DomainError):
    """A window the route does not have."""

    words = N_("The route has no such due window in this shift.")


class AloneError(DomainError):
    """The same person twice."""

    words = N_("The second person is somebody else.")
    field = "second"


class WalkedMissingError(DomainError):
    """A paper round without its times."""

    words = N_("Type from the paper when the walk began and ended.")
    field = "walked_from"


class ShiftClosedError(DomainError):
    """Something live in a shift that is handed over."""

    words = N_("That shift is handed over: what was done on paper is entered afterwards, as from paper.")


class RunningAlreadyError(DomainError):
    """A checklist of this period that is being filled in."""

    words = N_("This checklist is being filled in already.")


class NotAnsweredError(DomainError):
    """Words or a hazard to a line nobody answered."""

    words = N_("Answer the line first.")
    field = "result"


class WalkedLineError(DomainError):
    """A time at a line outside the walk."""

    words = N_("The time must lie within the walk, and before now.")
    field = "walked"


class WordsTooLongError(DomainError):
    """More words than a line holds."""

    words = N_("A line has at most {most} characters; these are {count}.")
    field = "words"


class HazardThereError(DomainError):
    """A second hazard from one line."""

    words = N_("A hazard was already raised from this line: {number}.")


class NotAbnormalError(DomainError):
    """A hazard from a line that is normal."""

    words = N_("A hazard is raised from an abnormal line.")


class HazardWordsError(DomainError):
    """A hazard nobody describes."""

    words = N_("Say what was found.")
    field = "words"


@dataclass(frozen=True)
class LineText:
    """What a station says of one line: where it is, what it is called, how it is answered."""

    code: str
    name: Name
    area: Name = field(default_factory=lambda: Name(""))
    ask: Ask = Ask.LOOK
    unit: str = ""
    decimals: int = 2
    limits: Limits = field(default_factory=Limits)
    choices: tuple[Choice, ...] = ()

    def item(self) -> Item:
        """The line as the rules of answers see it."""
        return Item(self.code, self.ask, self.limits, self.decimals, self.unit, self.choices)


def check_lines(lines: Sequence[LineText]) -> None:
    """Whether lines can be walked. NoLinesError, LineCodeError, LineNameError, LineChoicesError, LineDecimalsError."""
    if not lines:
        raise NoLinesError()
    seen: set[str] = set()
    for n, line in enumerate(lines, 1):
        if not line.code.strip() or line.code in seen:
            raise LineCodeError(line=n, code=line.code)
        seen.add(line.code)
        if not line.name.zh.strip() and not line.name.en.strip():
            raise LineNameError(line=n)
        if line.decimals not in range(7):
            raise LineDecimalsError(line=n)
        _check_choices(n, line)


def _check_choices(n: int, line: LineText) -> None:
    codes = [choice.code for choice in line.choices]
    fits = PICKS_AT_LEAST <= len(codes) <= PICKS_AT_MOST and len(set(codes)) == len(codes) and all(codes)
    if line.ask is Ask.CHOOSE and not fits:
        raise LineChoicesError(line=n, least=PICKS_AT_LEAST, most=PICKS_AT_MOST)


def check_words(words: str) -> str:
    """Words to a line, trimmed. WordsTooLongError."""
    clean = words.replace("\r\n", "\n").strip()
    if len(clean) > WORDS_AT_MOST:
        raise WordsTooLongError(most=WORDS_AT_MOST, count=len(clean))
    return clean
