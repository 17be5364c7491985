"""What a roster refuses."""

from __future__ import annotations

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_


class RosterSpanError(DomainError):
    """A last day before the first, or years of it."""

    words = N_("A roster has 1 to {most} days.")
    field = "last"


class RosterPublishedError(DomainError):
    """A published roster never changes."""

    words = N_("This roster is published and stays as it is. Make a draft of the next version.")


class RosterDroppedError(DomainError):
    """A draft that was dropped."""

    words = N_("This draft was dropped.")


class RosterMissingError(DomainError):
    """Nothing planned where something is asked for."""

    words = N_("There is no published roster for {day}.")


class RosterKindError(DomainError):
    """A code nobody described."""

    words = N_("This roster has no kind of shift {code}.")
    field = "code"


class RosterPersonError(DomainError):
    """Somebody the roster does not have."""

    words = N_("{name} is not in this roster.")
    field = "person"


class RosterDayError(DomainError):
    """A day outside."""

    words = N_("{day} is not a day of this roster.")
    field = "day"


class RosterEmptyError(DomainError):
    """Neither rotation nor roster to begin from."""

    words = N_("There is nothing to make a roster from: no rotation is set and no roster is published.")


class NothingToUndoError(DomainError):
    """No change left."""

    words = N_("There is no change to take back.")


class NothingToRedoError(DomainError):
    """No change taken back."""

    words = N_("There is no change to do again.")


class BreachReasonError(DomainError):
    """A breach published without a reason."""

    words = N_("Breaches without a reason: {count}. A roster with breaches can be published; each is signed with its reason.")
    field = "reasons"


class LeaveLongError(DomainError):
    """Leave of years: a slip in the date more likely than not."""

    words = N_("Leave lasts at most {most} days. Is the year right?")
    field = "last"


class LeaveOrderError(DomainError):
    """An end before its beginning."""

    words = N_("The last day comes before the first.")
    field = "last"


class CertificateNameError(DomainError):
    """A certificate without a name."""

    words = N_("Say which certificate.")
    field = "code"


class WeekdayError(DomainError):
    """A day no week has."""

    words = N_("Weekdays are 1 Monday to 7 Sunday.")
    field = "weekdays"


class DayKindMissingError(DomainError):
    """Rosters plan the office week by it."""

    words = N_("The office day keeps its code {code}.")
    field = "code"


class DayKindTakenError(DomainError):
    """A code of the crews' shifts."""

    words = N_("Line {line}: {code} is a shift of the crews already.")
    field = "code"


class LeaveKindError(DomainError):
    """A kind of leave nobody knows."""

    words = N_("Choose one of: {choices}.")
    field = "kind"


class DecidedAlreadyError(DomainError):
    """Decided, or taken back."""

    words = N_("This is decided already.")


class NotYoursError(DomainError):
    """Somebody else's request."""

    words = N_("This belongs to somebody else.")


class SwapKindError(DomainError):
    """A duty one does not have."""

    words = N_("{name} is not planned for this shift on {day}.")
    field = "day"


class SwapBusyError(DomainError):
    """The other works that day."""

    words = N_("{name} has a duty on {day} already.")
    field = "other"


class SwapBegunError(DomainError):
    """A duty that has begun or is over: what was worked is not planned otherwise afterwards."""

    words = N_("The shift on {day} has begun. Who works it for somebody else is recorded as a stand-in.")
    field = "day"


class SwapSelfError(DomainError):
    """A swap with oneself."""

    words = N_("Nobody swaps with themselves.")
    field = "other"


class DecisionWordsError(DomainError):
    """A refusal without words."""

    words = N_("Say why it is refused.")
    field = "words"


class LeaveReasonError(DomainError):
    """Leave recorded for somebody else without words."""

    words = N_("Say who told and why.")
    field = "words"


class RosterPersonalError(DomainError):
    """One person's own rules contradict each other."""

    words = N_("There is no roster: leave, fixed duties and rest of {name} contradict each other.")


class RosterUnsolvedError(DomainError):
    """The engine ended without a roster."""

    words = N_("No roster was found in the time.")
