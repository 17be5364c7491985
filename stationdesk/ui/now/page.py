"""The Now page (当班总览): the shift, what is due, who is there, what is abnormal, the trends, whether the handover could be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from stationdesk.domain.moments import format_time
from stationdesk.domain.words import C_, _
from stationdesk.ui.now import asks
from stationdesk.ui.now.abnormal_card import AbnormalCard
from stationdesk.ui.now.beside_card import BesideCard
from stationdesk.ui.now.carried_card import CarriedCard
from stationdesk.ui.now.coming_card import ComingCard
from stationdesk.ui.now.crew_card import CrewCard
from stationdesk.ui.now.emergency_card import EmergencyCard
from stationdesk.ui.now.points import Points
from stationdesk.ui.now.ready_card import ReadyCard
from stationdesk.ui.now.record_dialog import RecordDialog
from stationdesk.ui.now.shift_span import nothing, shift_span
from stationdesk.ui.now.wording import passed_words
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import row, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Notice, Page, page_head
from stationdesk.ui.widgets.timeline import Timeline
from stationdesk.ui.widgets.window_keys import KEYS

if TYPE_CHECKING:
    from stationdesk.domain.names import Name
    from stationdesk.services.beside import Beside
    from stationdesk.services.now import NowView

LEFT, RIGHT = 316, 332
TICK_MS, AGAIN_S = 1000, 30
DESK = ("sign_on", "end_emergency", "say_reason")


class NowPage(Page):
    """Asks again at every change of the store and each half minute while it is seen; its countdowns go by the second."""

    name = "now"
    #: person_id: somebody else works from now on
    picked = Signal(int)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.view: NowView | None = None
        self._beats = 0
        self._kinds: tuple[tuple[str, Name], ...] = ()
        self._record: RecordDialog | None = None
        self._build()
        self._connect()
        self.show_keys(
            (("F5", lambda: C_("key", "read")), ("F6", lambda: C_("key", "note")), ("F11", lambda: C_("key", "emergency record")))
        )

    def _build(self) -> None:
        self.fact = Line(self._passed, "body text-2", elide=True)
        self.alarm = Button(lambda: _("Emergency state"), "siren", KEYS["emergency_state"], "bare", on_click=self.declare, heard=False)
        self.note = Button(lambda: C_("now", "Note"), "notebook-pen", "F6", on_click=self._note)
        self.read = Button(self._read_words, "pen-line", "F5", "primary", on_click=self._read)
        self.timeline = Timeline(nothing(self.runner.now(), self.runner.zone), tight=True)
        self.emergency = EmergencyCard(self.runner)
        self.coming, self.crew = ComingCard(self.runner), CrewCard(self.runner)
        self.abnormal, self.points = AbnormalCard(self.runner), Points(self.runner)
        self.ready, self.carried, self.beside = ReadyCard(self.runner), CarriedCard(self.runner), BesideCard(self.runner)
        middle = stack(self.abnormal, self.points)
        body = row(stack(self.coming, self.crew, wide=LEFT), middle, stack(self.ready, self.carried, self.beside, wide=RIGHT), spacing=16)
        body.setStretch(1, 1)
        self.lay_out(page_head(lambda: _("Now"), self.fact, self.alarm, self.note, self.read), self.timeline, self.emergency, body)

    def _connect(self) -> None:
        for card in (self.coming, self.abnormal, self.points, self.ready, self.carried, self.beside):
            card.asked.connect(self._lead)
        self.timeline.picked.connect(self._lead_to)
        self.crew.picked.connect(self.picked)
        self.crew.confirmed.connect(self._confirm)
        self.crew.reason_asked.connect(self._say_reason)
        self.emergency.ended.connect(self._end)
        self.beside.seen.connect(self._see)
        self.runner.actor_changed.connect(self._other_person)
        shortcut(self, "F11", self.record)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)

    def title(self) -> str:
        return _("Now")

    # --- what is shown

    def reload(self) -> None:
        now, person = self.runner.now(), self.runner.actor
        self.runner.query(self, asks.now_view, now, on_done=self.show_view)
        self.runner.query(self, asks.ready, now, on_done=self.ready.show_ready)
        self.runner.query(self, asks.beside, person.person_id if person else 0, now, on_done=self._show_beside)

    def show_view(self, view: NowView) -> None:
        """Everything anew; what has not changed is left as it is."""
        self.view = view
        emergency = view.desk.emergency
        if emergency is not None:
            self.timeline.hide()  # before the card comes: both at once ask for a taller window, which stays so
        self.emergency.show_emergency(emergency)
        self.timeline.setVisible(emergency is None and view.desk.shift is not None)
        self.alarm.setVisible(emergency is None)
        for card in (self.coming, self.crew, self.abnormal, self.points, self.carried):
            card.show_view(view)
        self.read.reword()
        self._show_time()

    def _show_beside(self, beside: Beside) -> None:
        self.beside.show_beside(beside)
        self.emergency.allow(beside.may_end)

    def tick(self) -> None:
        """A second went by."""
        self._beats += 1
        self.coming.tick()
        if self._beats % AGAIN_S == 0:
            self.reload()
        elif self.runner.now().second == 0:
            self._show_time()

    def _show_time(self) -> None:
        self.fact.reword()
        self.emergency.tick()
        if self.view is not None:
            self.timeline.show_span(shift_span(self.view, self.runner.now(), self.runner.zone))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.stale = True  # time goes on while it is not seen

    def take_focus(self) -> None:
        self.read.setFocus()

    def show_target(self, target: object) -> None:
        """ "record", or what the desk can be asked."""
        if target == "record":
            self.record()
        elif target in DESK:
            self.desk_asked.emit(str(target))

    def _passed(self) -> str:
        return passed_words(self.view, self.runner.now()) if self.view is not None else ""

    def _read_words(self) -> str:
        hour = self.view.hour if self.view is not None else None
        return _("Read {time}").format(time=format_time(hour, self.runner.zone)) if hour else C_("now", "Read")

    def _other_person(self, _actor: object) -> None:
        self.stale = True
        self._load_if_seen()

    # --- what is done

    def _lead(self, page: str, target: object) -> None:
        if page == "now":
            self.desk_asked.emit(str(target or "end_emergency"))
        else:
            self.go.emit(page, target)

    def _say_reason(self, person_id: int) -> None:
        """Whose reason it is works at the desk, and is asked for it."""
        self.picked.emit(person_id)
        self.desk_asked.emit("say_reason")

    def _end(self) -> None:
        """The desk asks for words and ends the emergency state."""
        self.desk_asked.emit("end_emergency")

    def _lead_to(self, place: tuple[str, object]) -> None:
        self.go.emit(*place)

    def _read(self) -> None:
        self.go.emit("readings", self.view.hour if self.view is not None else None)

    def _note(self) -> None:
        self.go.emit("log", "new")

    def _confirm(self) -> None:
        self.runner.command(self, asks.confirm_on_post)

    def _see(self, notice_id: int) -> None:
        self.runner.command(self, asks.see_notice, notice_id)

    def declare(self) -> None:
        """应急状态, at once and without a password."""
        self.runner.command(self, asks.declare_emergency)

    def record(self) -> None:
        """紧急记录: ask what happened."""
        self.runner.query(self, asks.emergency_kinds, self.runner.now(), on_done=self._ask_record)

    def _ask_record(self, kinds: tuple[tuple[str, Name], ...]) -> None:
        emergency = self.view is not None and self.view.desk.emergency is not None
        self._record = RecordDialog(self, self.runner, kinds, emergency)
        self._record.recorded.connect(self._recorded)
        self._record.state_wanted.connect(self.declare)
        self._record.show_over()

    def _recorded(self) -> None:
        self.tell.emit(Notice(lambda: _("Written into the duty log.")))
