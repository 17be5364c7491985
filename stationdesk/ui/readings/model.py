"""What a person does in the grid: typing, correcting, taking back. Every value goes on its way to the store at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import chain, islice

from PySide6.QtCore import QObject, Qt, Signal

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.numbers import parse
from stationdesk.domain.points import PASTED, TYPING
from stationdesk.domain.questions import Past, Question, compared
from stationdesk.domain.readings import ShiftReadError
from stationdesk.domain.words import _
from stationdesk.services.readings import CellView, GridView, HourLine, PointView, first_question, flow_beside, flows_of
from stationdesk.ui.readings.entries import HELD, REFUSED, SENDING, Entered, Entry, Place, Step, Undone, Waiting
from stationdesk.ui.readings.shown import Index, ShownModel

EDIT = Qt.ItemDataRole.EditRole
FRESH = timedelta(minutes=15)  # within it a value typed over is a slip of the key, later a reason is asked


class ReadingsModel(ShownModel):
    """enter() judges as the use case does, sends the value with `entered`, and says what there is to ask."""

    #: an Entry to be saved
    entered = Signal(object)
    #: the texts that are not saved yet changed: {place: text}
    drafted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: list[tuple[Step, ...]] = []
        self.undone: list[tuple[Step, ...]] = []
        self.person_id = 0
        self.now: Callable[[], datetime] | None = None

    def setData(self, index: Index, value: object, role: int = EDIT) -> bool:
        return role == EDIT and index.isValid() and not self.enter(index.row(), index.column(), str(value)).refusal

    def enter(self, row: int, column: int, typed: str, reason: str = "", remember: bool = True) -> Entered:
        """Take what was typed: it goes to be saved at once, and the question comes back. Only what cannot be a value is refused."""
        line, before = self.hour(row), None if self.hour(row) is None else self.cell(row, column)
        hidden = line is not None and self.hidden(row, column) is not None
        refusal, value, question = self._judged(row, column, typed)
        if refusal or line is None:
            return Entered(refusal)
        if before is not None and _same(before.value, value):
            return Entered()
        if before is not None and not reason and self._reason_wanted(line, before):
            return Entered(reason_wanted=True)
        entry = Entry(self.points[column].point_id, line.time, format(value, "f"), (reason or TYPING) if before or hidden else "")
        if remember and not hidden:
            self.remember((Step(entry.place, before.value if before else None, value),))
        self.send(row, column, entry, value, question)
        return Entered(question=question)

    def _judged(self, row: int, column: int, typed: str) -> tuple[str, Decimal, Question | None]:
        """Why a text cannot be a value here, or the value and what is odd about it."""
        line = self.hour(row)
        if line is None or line.phase == "future" or self.view is None:
            return _("This hour cannot be read yet."), Decimal(0), None
        try:
            value = parse(typed)
            question = self._doubt(self.points[column], line.time, value)
            if line.phase == "past" and self.cell(row, column) is None and self.hidden(row, column) is None:
                raise ShiftReadError()
        except DomainError as error:
            return say(error), Decimal(0), None
        return "", value, question

    def show(self, view: GridView) -> None:
        """Another view; what is hidden in it is not brought back by Ctrl+Z either."""
        super().show(view)
        hidden = {(point, line.time) for line in view.hours() for point in line.hidden}
        if hidden:
            self.steps = [kept for steps in self.steps if (kept := _without(steps, hidden))]
            self.undone = [kept for steps in self.undone if (kept := _without(steps, hidden))]

    def remember(self, steps: tuple[Step, ...]) -> None:
        """What Ctrl+Z takes back in one go."""
        self.steps.append(steps)
        self.undone.clear()

    def _reason_wanted(self, line: HourLine, before: CellView) -> bool:
        """A value that stood for a while, or another's, is not corrected without a word why."""
        if self.now is None or before.at is None:
            return line.phase == "past"
        other = before.by_id != self.person_id and self.person_id > 0
        return line.phase == "past" or other or self.now() - before.at > FRESH

    def _doubt(self, point: PointView, hour: datetime, value: Decimal) -> Question | None:
        assert self.view is not None
        past, flow = self.past(point.point_id, hour), flow_beside(flows_of(self.points), point)
        usual = partial(self.view.usual.get, point.point_id)
        return first_question(flow, point, hour, value, past, self.value_at, usual, self.view.tolerances)

    def value_at(self, point_id: int, hour: datetime) -> Decimal | None:
        """The value of a point at an hour, typed or saved."""
        waits = self.waiting.get((point_id, hour))
        if waits is not None:
            return waits.cell.value
        line = self.hour(self.row_of(hour))
        cell = line.cells.get(point_id) if line else None
        return cell.value if cell else None

    def past(self, point_id: int, hour: datetime) -> tuple[Past, ...]:
        """The last values a new one is compared with before an hour, the newest first; those before the day shown come from the view."""
        assert self.view is not None
        good = []
        for line in reversed(self.lines):
            if isinstance(line, HourLine) and line.time < hour:
                waits = self.waiting.get((point_id, line.time))
                cell = waits.cell if waits else line.cells.get(point_id)
                if cell is not None:
                    good.append((Past(line.time, cell.value), cell.doubt))
        earlier = ((past, "") for past in self.view.before.get(point_id, ()))
        return tuple(islice(compared(chain(good, earlier)), self.view.tolerances.back))

    def send(self, row: int, column: int, entry: Entry, value: Decimal, question: Question | None) -> None:
        """Show a value as typed and send it on its way."""
        self.entered.emit(self.put(row, column, entry, value, question))

    def put(self, row: int, column: int, entry: Entry, value: Decimal, question: Question | None) -> Entry:
        """Show a value as typed; the entry, which is a first value still where the one before was not saved."""
        before, waits = self.cell(row, column), self.waits(row, column)
        unsaved = waits is not None and waits.state in (HELD, REFUSED)
        old = () if before is None or unsaved else (*before.old, before.value)
        grade = self.points[column].limits.grade(value).grade.value
        doubt = question.kind.value if question else ""
        cell = CellView(value, grade, bool(grade or doubt), old, doubt, by_id=self.person_id, at=self.now() if self.now else None)
        if waits is not None and unsaved:
            entry = replace(entry, reason=waits.entry.reason)
        self.waiting[entry.place] = Waiting(entry, cell, SENDING)
        self.tell(row, column)
        return entry

    def settle(self, place: Place, state: str, why: str = "") -> None:
        """What became of a value that was sent: saved, held until somebody is picked, refused."""
        kept = self.waiting.get(place)
        if kept is None:
            return
        self.waiting[place] = replace(kept, state=state, why=why)
        self.drafted.emit(self.unsaved())
        self.refresh(place)

    def drop(self, place: Place) -> None:
        """Forget a value that was not saved."""
        if self.waiting.pop(place, None) is not None:
            self.drafted.emit(self.unsaved())
            self.refresh(place)

    def held(self) -> dict[Place, Entry]:
        """What waits for somebody to be picked."""
        return {place: kept.entry for place, kept in self.waiting.items() if kept.state == HELD}

    def unsaved(self) -> dict[Place, str]:
        """The texts that would be lost: held and refused ones."""
        return {place: kept.entry.text for place, kept in self.waiting.items() if kept.state in (HELD, REFUSED)}

    def lay(self, row: int, column: int, typed: str) -> tuple[str, Entry | None]:
        """A value of a block, sent together with the others: why it cannot be one, or its entry; neither where it is the same."""
        line, before = self.hour(row), self.cell(row, column)
        refusal, value, question = self._judged(row, column, typed)
        if refusal or line is None:
            return refusal, None
        if before is not None and _same(before.value, value):
            return "", None
        hidden = self.hidden(row, column) is not None
        entry = Entry(self.points[column].point_id, line.time, format(value, "f"), PASTED if before or hidden else "")
        return "", self.put(row, column, entry, value, question)

    def hold(self, row: int, column: int, text: str) -> None:
        """A value that was typed before the program ended and waits for somebody to save it."""
        line = self.hour(row)
        refusal, value, question = self._judged(row, column, text)
        if line is not None and not refusal:
            entry = self.put(row, column, Entry(self.points[column].point_id, line.time, text), value, question)
            self.settle(entry.place, HELD)

    def undo(self) -> Undone:
        """Take the last step back, by corrections; what stood nowhere before cannot be withdrawn, only be typed anew."""
        return self._turn(self.steps, self.undone, back=True)

    def redo(self) -> Undone:
        """The other way."""
        return self._turn(self.undone, self.steps, back=False)

    def _turn(self, source: list[tuple[Step, ...]], target: list[tuple[Step, ...]], back: bool) -> Undone:
        if not source:
            return Undone()
        steps = source.pop()
        target.append(steps)
        stay = [step for step in steps if not self._turned(step, back)]
        return Undone(stay[0] if len(steps) == 1 and stay else None, len(stay))

    def _turned(self, step: Step, back: bool) -> bool:
        """Whether a step could be turned."""
        row, column = self.place(step.place)
        waits = self.waiting.get(step.place)
        value = step.before if back else step.after
        if row < 0:
            return False
        if value is None:
            if waits is None or waits.state not in (HELD, REFUSED):
                return False
            self.drop(step.place)  # nothing was saved yet
            return True
        return not self.enter(row, column, format(value, "f"), TYPING, remember=False).refusal


def _without(steps: tuple[Step, ...], hidden: set[Place]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.place not in hidden)


def _same(one: Decimal, other: Decimal) -> bool:
    """2.4 and 2.40 are typed otherwise, and that counts."""
    return one == other and one.as_tuple() == other.as_tuple()
