"""The desk of a walk: the list at the left, progress, the line in question and the buttons at the right. Pages answer its signals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from stationdesk.domain.permissions import NotAllowedError, whose
from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import row, rule, scrolled, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Keys
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.walk_list import WalkList
from stationdesk.ui.widgets.walk_rows import NOTE, WalkAnswer, WalkRow
from stationdesk.ui.widgets.walk_run import WalkRun
from stationdesk.ui.widgets.walk_side import WIDE, LineCard, ReasonCard, RunCard

if TYPE_CHECKING:
    from stationdesk.services.lines import Choices


class WalkBoard(QWidget):
    """show_run(run) shows a run and keeps the place in it. draft(line id) gives words written earlier, keep(line id, text) keeps them."""

    #: id of the line, WalkAnswer
    answered = Signal(object, object)
    #: id of the line, time as typed
    timed = Signal(object, str)
    #: id of the line, words
    worded = Signal(object, str)
    #: id of the line, words, grade, owner or None
    raised = Signal(object, str, str, object)
    #: id of a hazard
    linked = Signal(int)
    paused = Signal()
    resumed = Signal()
    #: words, empty where none were asked
    closed = Signal(str)
    aborted = Signal(str)

    def __init__(self, times: bool, late_question: Words, abort_question: Words, abort_verb: Words) -> None:
        super().__init__()
        self.run: WalkRun | None = None
        self.subject: int | None = None
        self.refused: Mapping[str, NotAllowedError] = {}
        self.draft: Callable[[int], str] = lambda _line: ""
        self._late, self._abort = late_question, (abort_question, abort_verb)
        self.list = WalkList(times)
        self.run_card, self.line_card = RunCard(), LineCard()
        self.reason: ReasonCard | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.finish = Button("", look="primary", key="F9", on_click=self.ask_close)
        self.pause = Button(lambda: _("Pause"), key="P", on_click=self._turn)
        self.give_up = Button(self._abort[1], look="bare", on_click=self.ask_abort)
        self.buttons = row(self.finish, self.pause, spacing=4)
        self.buttons.setStretch(0, 1)
        self.place = row()
        self.place.addWidget(self.line_card)
        cards = scrolled(stack(self.run_card, self.place, None, spacing=16))
        self.whose = Line("", "label text-2", elide=True)
        self.whose.hide()
        above = row(self.whose, None, self.give_up)
        side = stack(cards, 12, above, 4, self.buttons, wide=WIDE, spacing=0)
        self.whole_name = Line("", "body", elide=True)
        self.below = stack(rule(), 8, row(self.whole_name, sides=16), 8, spacing=0)
        self.below.hide()
        whole = row(Card(self.list, self.below, sides=0), side, owner=self, spacing=16)
        whole.setStretch(0, 1)

    def _connect(self) -> None:
        self.list.answered.connect(self._answered)
        self.list.timed.connect(self.timed)
        self.list.letter.connect(self.press)
        self.list.current.connect(self._moved)
        self.list.cell.connect(self._cell)
        self.list.finished.connect(self.finish.setFocus)
        self.list.fitted.connect(self._fit_name)
        self.line_card.worded.connect(self._worded)
        self.line_card.raised.connect(self.raised)
        self.line_card.picked.connect(self.linked)
        self.line_card.left.connect(self.list.take_focus)
        self.line_card.asking.connect(self._make_room)
        self.list.complained.connect(self._show_problem)
        for key in "NT":  # H and P are the keys of buttons: two shortcuts on one key would silence both
            shortcut(self, key, lambda key=key: self.press(key))  # type: ignore[misc]
        shortcut(self.line_card, "Esc", self._leave_words, inside=True)

    # --- what is shown

    def show_run(self, run: WalkRun) -> None:
        """Another run, or the same further on."""
        fresh = self.run is None or self.run.id != run.id
        self.run = run
        if fresh:
            self.subject = None
            self.line_card.forget()
            self.drop_reason()
        self.list.show_lines(run.rows, run.state == "running" and self.may_write())
        if fresh:
            self.list.ask_first()
        self.run_card.show_run(run, self._current())
        self._show_line()
        self._show_buttons(run)

    def _show_buttons(self, run: WalkRun) -> None:
        paused = run.state == "paused"
        for each in (self.finish, self.pause, self.give_up):
            each.setVisible(run.alive)
        self.finish.say(run.finish)
        self.finish.block(run.missing() or (_("paused") if paused else ""))
        self.pause.say(lambda: _("Resume") if self.run is not None and self.run.state == "paused" else _("Pause"))
        acts = ((self.finish, "close"), (self.pause, "resume" if paused else "pause"), (self.give_up, "abort"))
        for button, act in acts:
            if act in self.refused:
                button.keep_for(self.refused[act], beside=True)
            elif button is not self.finish:
                button.keep_for(None)
        refusals = [self.refused[act] for _button, act in acts if act in self.refused]
        self.whose.setVisible(run.alive and bool(refusals))
        self.whose.say((lambda: whose(refusals[0])) if refusals else "")

    def _make_room(self, asking: bool) -> None:
        """The form of a hazard wants the whole side."""
        self.run_card.fold(asking)
        self.give_up.setVisible(not asking and self.run is not None and self.run.alive)

    def _current(self) -> int | None:
        line = self.list.current_row()
        return line.id if line is not None else None

    def line(self) -> WalkRow | None:
        """The line in question: the one answered last or gone to, else the last abnormal one."""
        if self.run is None:
            return None
        of = {each.id: each for each in self.run.rows}
        subject = of.get(self.subject) if self.subject is not None else None
        if subject is not None and (subject.abnormal or subject.words or self._asked_for_words):
            return subject
        abnormal = self.run.owing or tuple(each for each in self.run.rows if each.abnormal)
        return abnormal[-1] if abnormal else None

    _asked_for_words = False  # N was pressed at a line that is not abnormal
    _gone_to = False  # the line in question was gone to, not just answered

    def _show_line(self) -> None:
        line = self.line()
        if self.run is None or self.reason is not None:
            return
        hint = line.hint if line is not None else ""
        hazard = self.run.hazard_of(line.id) if line is not None else None
        draft = self.draft(line.id) if line is not None else ""
        self.line_card.show_line(line, hint, hazard, draft, self.run.alive and self.may_write())

    # --- what a person does

    def _answered(self, line_id: int, answer: WalkAnswer) -> None:
        self.subject, self._asked_for_words, self._gone_to = line_id, False, False
        self.answered.emit(line_id, answer)

    def _moved(self, line: WalkRow | None) -> None:
        if self.run is None:
            return
        self.run_card.show_current(self.run, self._current())
        self._show_name(line)
        if line is not None and not line.open and line.id != self.subject:
            self.subject, self._asked_for_words, self._gone_to = line.id, False, True
            self._show_line()

    def _show_problem(self, words: str) -> None:
        """Why something typed was refused, in full."""
        if not words:
            self._show_name(self.list.current_row())
            return
        self.whole_name.restyle("body red-fg")
        self.whole_name.say(plain(words))
        self.below.show()

    def _fit_name(self) -> None:
        """The columns have another width."""
        if not self.list.complaining():
            self._show_name(self.list.current_row())

    def _show_name(self, line: WalkRow | None) -> None:
        """A name that does not fit its column stands in full below the list."""
        self.below.setVisible(line is not None and self.list.cut(line))
        self.whole_name.restyle("body")
        self.whole_name.say(plain(f"{line.number} {line.area} {line.name}" if line is not None else ""))

    def press(self, key: str) -> None:
        """N writes words, H raises a hazard, T types the time walked, P pauses: of the line in question."""
        if self.run is None or not self.may_write():
            return
        if self.run.state != "running":
            if key == "P":
                self._turn()
        elif key == "N":
            self._ask_words()
        elif key == "H":
            self.line_card.ask_hazard()
        elif key == "T":
            self.list.type_time()
        elif key == "P":
            self._turn()

    def _ask_words(self) -> None:
        """Words to the line one went to; else to one that owes them; else to the one answered last."""
        line, here = self.line(), self.list.current_row()
        if self.subject is None and here is not None and not here.open:
            self.subject = here.id
        other = line is None or line.id != self.subject
        if other and self.subject is not None and (self._gone_to or line is None or not line.owes):
            self._asked_for_words = True
            self._show_line()
        self.line_card.take_focus()

    def _leave_words(self) -> None:
        self.line_card.forget()
        self._show_line()
        self.list.take_focus()

    def _worded(self, line_id: int, words: str) -> None:
        self.line_card.forget()
        self.worded.emit(line_id, words)

    def _cell(self, line: WalkRow, section: int) -> None:
        hazard = self.run.hazard_of(line.id) if self.run is not None and section == NOTE else None
        if hazard is not None:
            self.linked.emit(hazard.id)

    def _turn(self) -> None:
        if self.run is not None:
            (self.resumed if self.run.state == "paused" else self.paused).emit()

    def ask_close(self) -> None:
        """Sign off; a late run says why first."""
        if self.run is None or self.run.missing() or "close" in self.refused:
            return
        if self.run.late:
            self._ask(ReasonCard(self._late, self.run.finish), self.closed)
        else:
            self.closed.emit("")

    def ask_abort(self) -> None:
        """Give the run up, with a reason."""
        self._ask(ReasonCard(*self._abort), self.aborted)

    def _ask(self, card: ReasonCard, signal: SignalInstance) -> None:
        self.drop_reason()
        self.reason = card
        self.line_card.hide()
        self.place.addWidget(card)
        card.answered.connect(signal.emit)
        card.stopped.connect(self._back)
        card.field.take_focus()

    def _back(self) -> None:
        self.drop_reason()
        self._show_line()
        self.list.take_focus()

    def drop_reason(self) -> None:
        """The question is answered or taken back."""
        if self.reason is not None:
            self.reason.hide()
            self.reason.setParent(None)
            self.reason.deleteLater()
            self.reason = None

    def settle(self, line_id: int) -> None:
        """What was given at a line is kept: a form that stood open for it closes."""
        card = self.line_card
        if card.row is not None and card.row.id == line_id and card.grade is not None:
            card.forget()
            self._show_line()
            self.list.take_focus()

    def refuse(self, line_id: int, words: str, field: str = "") -> None:
        """A command about a line was refused: say it where it was typed."""
        writing = self.line_card.row is not None and self.line_card.row.id == line_id and self.line_card.field is not None
        if writing and (field in ("words", "text", "grade", "place") or self.line_card.grade is not None):
            self.line_card.complain(words)
        else:
            self.list.refuse(line_id, words)

    def offer(self, choices: Choices) -> None:
        """What a hazard raised here may be."""
        self.line_card.choices = choices

    def allow(self, refused: Mapping[str, NotAllowedError]) -> None:
        """What the person at the desk may not do, by the act; the buttons say whose it is, the lines take no answer."""
        self.refused = refused
        self.line_card.kept_for = refused.get("hazard")
        if self.run is not None:
            self.show_run(self.run)

    def may_write(self) -> bool:
        """Whether answers are taken from the person at the desk."""
        return "answer" not in self.refused

    def keep_drafts(self, draft: Callable[[int], str], keep: Callable[[int, str], object]) -> None:
        """Who keeps words that are not handed in yet."""
        self.draft, self.line_card.keep = draft, keep

    def take_focus(self) -> None:
        """The keyboard to the line being asked."""
        self.list.take_focus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.run is not None:
            self.line_card.forget()


def keys_of(times: bool) -> Keys:
    """The keys of a walk, for the foot."""
    more = [("T", lambda: _("time walked"))] if times else []
    return [
        ("1 2 3", lambda: _("result")),
        ("Enter", lambda: _("next line")),
        ("N", lambda: _("words")),
        ("H", lambda: _("hazard")),
        *more,
        ("P", lambda: _("pause")),
    ]
