"""The forms at the right: raise a hazard, take down an item, and the words of a step. Each keeps what is typed until it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from stationdesk.domain import hazards as rules
from stationdesk.domain.items import ItemKind
from stationdesk.domain.log import TEXT_AT_MOST
from stationdesk.domain.moments import format_deadline
from stationdesk.domain.words import C_, _
from stationdesk.ui.hazards.form import Deadline, Form
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text_field import TextField

People = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Raised:
    """What a hazard is to be raised with."""

    grade: str
    place: str
    text: str
    owner_id: int | None


class HazardForm(Form):
    """Grade by its digit, place, words, owner; the deadline the grade brings is foretold."""

    def __init__(
        self, grades: Sequence[rules.HazardGrade], people: People, shift_end: datetime, now: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        self.grades, self.shift_end, self.now, self.zone = tuple(grades), shift_end, now, zone
        self.grade = Choice([Option(each.code, _grade_words(each), key=str(n)) for n, each in enumerate(grades, 1)], lambda: _("Grade"))
        self.place = Field(lambda: _("Place"))
        self.text = TextField(lambda: _("What is wrong"), lines=4, limit=TEXT_AT_MOST, below=True)
        self.owner = Select(lambda: _("Owner"), [(0, lambda: _("Nobody yet")), *people])
        self.owner.choose(0)
        self.until = Line("", "label text-2")
        self.missing = Line("", "label red-fg")
        grade = column(row(Line(lambda: _("Grade"), "label"), None, self.missing), 4, row(self.grade, None), 6, self.until)
        super().__init__(
            lambda: C_("hazard", "Raise a hazard"), lambda: C_("hazard", "Raise it"), grade, 8, self.place, self.text, self.owner
        )
        self.places = {"text": self.text, "place": self.place, "owner": self.owner}
        self.grade.chosen.connect(self._graded)
        self.owner.chosen.connect(self._owned)
        self.text.submitted.connect(self._send)
        self.place.entered.connect(self.text.take_focus)

    def take_focus(self) -> None:
        """The first that is missing."""
        (self.grade if self.grade.value() is None else self.text if self.place.text() else self.place).take_focus()

    def value(self) -> Raised:
        """What is in the form."""
        return Raised(self.grade.value(), self.place.text(), self.text.text(), self.owner.value() or None)

    def complete(self) -> bool:
        if self.grade.value() is None:
            self.missing.say(lambda: _("Choose a grade."))
            self.grade.take_focus()
            return False
        return not self.text.too_long()

    def draft(self) -> dict[str, Any]:
        return {**super().draft(), "grade": self.grade.value(), "owner": self.owner.value()}

    def fill(self, kept: dict[str, Any]) -> None:
        self.grade.choose(kept.get("grade"))
        self.owner.choose(kept.get("owner") or 0)
        self._foretell(kept.get("grade") or "")
        self.take_focus()

    def _graded(self, code: str) -> None:
        self._foretell(code)
        self.place.take_focus()

    def _owned(self, _owner: object) -> None:
        self._hand_on("")

    def _foretell(self, code: str) -> None:
        self.missing.say("")
        grade = next((each for each in self.grades if each.code == code), None)
        if grade is None:
            return
        due = format_deadline(rules.deadline(grade, self.now(), self.shift_end, self.zone), self.zone)
        report = grade.report_minutes
        if report is None:
            self.until.say(lambda: _("Rectify by {time}").format(time=due))
        else:
            self.until.say(lambda: _("Rectify by {time}; report within {n} min").format(time=due, n=report))


def _grade_words(grade: rules.HazardGrade) -> Words:
    return lambda: str(grade.name)


@dataclass(frozen=True)
class Taken:
    """What an item is to be opened with."""

    kind: str
    text: str
    from_whom: str
    deadline: datetime | None
    owner_id: int | None


class ItemForm(Form):
    """An open item, a dispatch order as it is given, a superior's instruction."""

    def __init__(self, kind: str, people: People, now: Callable[[], datetime], zone: ZoneInfo) -> None:
        self.kind = kind
        self.text = TextField(lambda: C_("item", "Text"), lines=4, limit=TEXT_AT_MOST, below=True)
        self.whom = Field(lambda: _("Who gave it"))
        self.deadline = Deadline(lambda: _("Deadline"), zone, now)
        self.owner = Select(lambda: _("Owner"), [(0, lambda: _("Nobody yet")), *people])
        self.owner.choose(0)
        given = [] if kind == ItemKind.ITEM else [self.whom]
        super().__init__(take_words(kind), lambda: _("Take it down"), *given, self.text, self.deadline, self.owner)
        self.places = {"text": self.text, "whom": self.whom, "deadline": self.deadline, "owner": self.owner}
        self.text.submitted.connect(self._send)
        self.whom.entered.connect(self.text.take_focus)

    def take_focus(self) -> None:
        """The first that is missing."""
        (self.whom if self.kind != ItemKind.ITEM and not self.whom.text() else self.text).take_focus()

    def complete(self) -> bool:
        try:
            self.deadline.value()
        except ValueError:
            self.deadline.error(lambda: _("This is no day and time."))
            self.deadline.take_focus()
            return False
        return not self.text.too_long()

    def value(self) -> Taken:
        """What is in the form."""
        return Taken(self.kind, self.text.text(), self.whom.text(), self.deadline.value(), self.owner.value() or None)


def take_words(kind: str) -> Words:
    """What the button that begins an item of this kind says."""
    names = {
        ItemKind.ITEM: lambda: _("New open item"),
        ItemKind.ORDER: lambda: _("Take an order"),
        ItemKind.INSTRUCTION: lambda: _("Note an instruction"),
    }
    return names[ItemKind(kind)]


@dataclass(frozen=True)
class StepTaken:
    """What a step is taken with."""

    words: str
    deadline: datetime | None
    owner_id: int | None


class StepForm(Form):
    """The words of a step; a deferral wants its new deadline, an assignment its owner."""

    def __init__(
        self,
        title: Words,
        ask: Words,
        people: People,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        defers: bool = False,
        assigns: bool = False,
    ) -> None:
        self.defers, self.assigns = defers, assigns
        self.text = TextField(ask, lines=3, limit=TEXT_AT_MOST, below=True)
        self.deadline = Deadline(lambda: _("New deadline"), zone, now)
        self.owner = Select(lambda: _("Owner"), people)
        asked: list[Item] = [self.owner] if assigns else [self.deadline, self.text] if defers else [self.text]
        super().__init__(title, title, *asked)
        for unasked in {self.text, self.deadline, self.owner} - set(asked):
            unasked.setParent(self)  # goes with the form, out of sight
            unasked.hide()
        self.places = {"owner": self.owner} if assigns else {"words": self.text, "text": self.text, "deadline": self.deadline}
        self.text.submitted.connect(self._send)

    def take_focus(self) -> None:
        """The first field."""
        (self.owner if self.assigns else self.deadline if self.defers else self.text).take_focus()

    def complete(self) -> bool:
        if self.assigns and self.owner.value() is None:
            self.owner.error(lambda: _("Choose a person."))
            return False
        if not self.defers:
            return not self.text.too_long()
        try:
            given = self.deadline.value() is not None
        except ValueError:
            given = False
        if not given:
            self.deadline.error(lambda: _("This is no day and time."))
            self.deadline.take_focus()
        return given and not self.text.too_long()

    def value(self) -> StepTaken:
        """What is in the form."""
        return StepTaken(self.text.text(), self.deadline.value() if self.defers else None, self.owner.value() if self.assigns else None)
