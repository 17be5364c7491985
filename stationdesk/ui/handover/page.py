"""The handover page (交接班): the lines computed from the records, what goes over, both signatures and what stands in their way."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.handover import Obstacle
from stationdesk.domain.words import C_, _
from stationdesk.services import handover as use
from stationdesk.services.drafts import drop_draft, save_draft
from stationdesk.services.handover import Board, HandoverLine, HandoverView
from stationdesk.ui.handover import wording
from stationdesk.ui.handover.acts import Acts, Scene
from stationdesk.ui.handover.beside import Beside
from stationdesk.ui.handover.cards import CountersCard, ItemsCard, LeavingCard, RecordCard, Signatures
from stationdesk.ui.handover.gas import GasActs
from stationdesk.ui.handover.gas_card import GasCard
from stationdesk.ui.handover.lines import LinesCard
from stationdesk.ui.handover.past import PastCard
from stationdesk.ui.handover.ready import ReadyCard
from stationdesk.ui.handover.state import Rights
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.page import Page, page_head
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.window_keys import KEYS as DEED_KEYS

BEAT_MS, AGAIN = 1000, 30
KINDS = (
    "handover handover_verdict handover_objection ink_signature signature carried shift duty_spell emergency reading explanation "
    "reading_gap round round_line window_excuse checklist checklist_line log_entry hazard hazard_step open_item equipment "
    "equipment_due account_key station_list station_setting person role_grant point_version route_version "
    "base_reading takeover_reason discrepancy voucher run_switch meter_change substitution gas_composition metering_contract stream_version"
)


class Part(IntEnum):
    """What the page shows below its head."""

    BOARD = 0
    PAST = 1
    EMPTY = 2


class HandoverPage(Page):
    """Targets: code of a line, "outgoing", "refusal", "past", ("closed", handover id), ("do", a deed)."""

    name = "handover"
    kinds = frozenset(KINDS.split())

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.board: Board | None = None
        self.view: HandoverView | None = None
        self.closed_id: int | None = None  # a past handover that is being looked at
        self._sent = ""  # code of the line whose words are on their way
        self._wanted = self._deed = ""
        self._fresh = True
        self._beats = 0
        self._build()
        self._connect()

    def title(self) -> str:
        return _("Handover")

    # --- parts

    def _build(self) -> None:
        self.fact = Line("", "body text-2", elide=True)
        self.now_button = Button(lambda: _("Handover of now"), "arrow-left", on_click=self.show_now)
        self.past_button = Button(lambda: _("Past handovers"), "history", key="Ctrl H", on_click=self.show_past)
        self.preview = Button(lambda: _("Preview the record"), "printer", key="F9", on_click=self._preview)
        zone = self.runner.zone
        self.lines, self.items = LinesCard(zone), ItemsCard(zone)
        self.counters, self.signatures = CountersCard(zone), Signatures(zone)
        self.record, self.ready, self.leaving = RecordCard(zone), ReadyCard(zone), LeavingCard()
        self.gas = GasCard(zone)
        self.past = PastCard(zone)
        self.stack = QStackedWidget()
        for each in (self._board(), self.past, self._empty()):
            self.stack.addWidget(each)
        self.lay_out(page_head(self.title, self.fact, self.now_button, self.past_button, self.preview), self.stack)
        self.now_button.hide()

    def _board(self) -> QWidget:
        made, left = QWidget(), QWidget()
        parts = column(self.lines, self.items, owner=left, spacing=16)
        parts.setStretch(0, 1000)
        parts.setStretch(1, 1)
        beside = Beside((self.leaving, self.gas, self.counters, self.record), self.signatures, self.ready)
        whole = row(left, beside, owner=made, spacing=16)
        whole.setStretch(0, 1)
        return made

    def _empty(self) -> QWidget:
        sign_on = Button(lambda: _("Sign on"), "log-in", on_click=lambda: self.desk_asked.emit("sign_on"))
        return EmptyState(lambda: _("No shift is open. The handover appears with the first shift."), sign_on)

    def _connect(self) -> None:
        self.acts = Acts(self, self.runner)
        self.acts.tell.connect(self.tell)
        self.acts.go.connect(self.go)
        self.gas_acts = GasActs(self, self.runner, self.gas)
        self.gas_acts.tell.connect(self.tell)
        self.gas.drafted.connect(self._keep)
        self.lines.said.connect(self._say)
        self.lines.accepted.connect(self._accept)
        self.lines.drafted.connect(self._keep)
        self.lines.led.connect(self.go)
        self.items.table.picked.connect(self._show_item)
        self.ready.cured.connect(self.cure)
        self.ready.sign.connect(self.acts.sign)
        self.ready.asked.connect(self._ask)
        self.leaving.sign_off.connect(self._sign_off_crew)
        self.past.opened.connect(self.show_closed)
        self.runner.actor_changed.connect(self._other_actor)
        shortcut(self, "Ctrl Enter", self._sign_by_key)
        shortcut(self, "F5", self.gas_acts.ask)
        shortcut(self, "F6", self.gas_acts.hours)
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    # --- loading

    @property
    def person_id(self) -> int | None:
        """Who is picked at the desk."""
        actor = self.runner.actor
        return actor.person_id if actor is not None and actor.person_id >= 0 else None

    def reload(self) -> None:
        if self.closed_id is not None:
            self.runner.query(self, use.recorded, self.closed_id, self.runner.now(), on_done=self._show_recorded)
        elif self.stack.currentIndex() == Part.PAST:
            self.runner.query(self, use.past_handovers, on_done=self._show_list)
        else:
            self.runner.query(self, use.handover_board, self.person_id, self.runner.now(), on_done=self._show_board)

    def _beat(self) -> None:
        """A refusal's clock goes by the second; hours come due by the clock alone."""
        if not self.isVisible():
            return
        self.ready.tick(self.runner.now())
        self._beats += 1
        if self._beats % AGAIN == 0 and self.closed_id is None:
            self.reload()

    def _show_board(self, board: Board) -> None:
        if self.closed_id is not None or self.stack.currentIndex() == Part.PAST:
            return
        self.board = board
        self.leaving.show_names(board.leaving)
        if board.view is None:
            self._turn(Part.EMPTY)
            self.fact.say("")
            return
        self._show_view(board.view)
        self._turn(Part.BOARD)
        if self._fresh and self.rights().incoming:
            self.gas.restore(board.words)
        for code, words in board.words.items():
            if self._fresh and code in self.lines.lines:
                self.lines.lines[code].restore(words)
        self._go_on()

    def _show_recorded(self, view: HandoverView) -> None:
        """One that was asked for by its number may still be the handover of now."""
        if view.closed_at is None:
            self.show_now()
        else:
            self._show_view(view)

    def _show_view(self, view: HandoverView) -> None:
        self.view = view
        rights = self.rights()
        self.fact.say(lambda: wording.head_fact(view))
        self.lines.show_view(view, rights)
        self.items.show_view(view)
        self.counters.show_view(view)
        self._show_gas(view, rights)
        self.signatures.show_view(view)
        self.record.show_view(view)
        owed = self.board.owed if self.board is not None else ()
        self.ready.show_view(view, rights, self.person_id, settles=bool(owed))
        self.acts.show_scene(Scene(view, self.ready.side, self.person_id, rights, owed))
        self.leaving.setVisible(bool(self.leaving.names) and view.closed_at is None)
        self.ready.setVisible(view.closed_at is None)
        self.now_button.setVisible(view.closed_at is not None)

    def _show_gas(self, view: HandoverView, rights: Rights) -> None:
        """The runs that go over; a station without any sees nothing of it. What was typed into may be gone with it."""
        typing = self._in_gas()
        if view.closed_at is not None:
            self.gas.show_closed(view)
        else:
            self.gas.show_open(view, self.board.takeover if self.board else None, relief=rights.incoming)
        self.gas_acts.show_scene(view, self.person_id)
        if not self.gas.isHidden():
            self.counters.hide()
        if typing and not self._in_gas():
            QTimer.singleShot(0, self, self._after_gas)

    def _in_gas(self) -> bool:
        held = QApplication.focusWidget()
        return held is not None and self.gas.isAncestorOf(held)

    def _after_gas(self) -> None:
        """A run is read or explained: on to the next one that asks, else to the lines."""
        if not (self.gas.relief and self.gas_acts.ask()):
            self.lines.take_focus()

    def _go_on(self) -> None:
        """Lead the eye where it was asked to be led, at first to what waits."""
        if self._wanted:
            self.lines.select(self._wanted)
        elif self._fresh and not self._deed and self.isVisible() and not self._writing():
            QTimer.singleShot(0, self, self.lines.take_focus)  # new lines are on screen a moment later
        deed, self._wanted, self._deed, self._fresh = self._deed, "", "", False
        if deed:
            self.acts.do(deed)

    def _writing(self) -> bool:
        return any(line.writing for line in self.lines.lines.values())

    def rights(self) -> Rights:
        """On which side the person at the desk stands."""
        view, person = self.view, self.person_id
        if view is None or person is None or view.closed_at is not None:
            return Rights()
        return Rights(person in view.outgoing_ids, person in view.incoming_ids)

    def _other_actor(self, _actor: object) -> None:
        self._fresh = True
        self.stale = True
        self._load_if_seen()

    # --- what is shown

    def _turn(self, part: Part) -> None:
        self.stack.setCurrentIndex(part)
        self.preview.setVisible(part is Part.BOARD)
        self.past_button.setVisible(part is not Part.PAST)
        self.now_button.setVisible(part is Part.PAST or self.closed_id is not None)
        keys: list[tuple[str, Words]] = [("Enter", lambda: C_("key", "open"))] if part is Part.PAST else []
        if part is Part.BOARD and self.closed_id is None:
            keys = self._keys()
        self.show_keys(keys)

    def _keys(self) -> list[tuple[str, Words]]:
        """Of the handover of now; what the relief may say stands there for the relief."""
        against: list[tuple[str, Words]] = [
            (DEED_KEYS["dissent"], lambda: C_("key", "dissent")),
            (DEED_KEYS["refuse"], lambda: C_("key", "refuse")),
        ]
        gas: list[tuple[str, Words]] = [("F5", lambda: C_("key", "base readings")), ("F6", lambda: C_("key", "hours"))]
        return [
            ("Space", lambda: _("as found")),
            ("P", lambda: C_("key", "reservation")),
            ("→", lambda: C_("key", "evidence")),
            *(against if self.rights().incoming else ()),
            *(gas if self.gas.takeover is not None else ()),
            ("Ctrl Enter", lambda: C_("key", "sign")),
        ]

    def show_now(self) -> None:
        """Back to the handover of the open shift."""
        self.closed_id = None
        self._turn(Part.BOARD)
        self._fresh = True
        self.reload()

    def show_past(self) -> None:
        """The list of those before."""
        self.closed_id = None
        self._turn(Part.PAST)
        self.fact.say("")
        self.reload()
        self.past.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self, found: tuple[HandoverLine, ...]) -> None:
        self.past.show_list(found)

    def show_closed(self, handover_id: int) -> None:
        """One of those before, as it was signed."""
        self.closed_id = handover_id
        self._turn(Part.BOARD)
        self.reload()

    def show_target(self, target: object) -> None:
        if target == "past":
            self.show_past()
        elif isinstance(target, tuple) and len(target) == 2 and target[0] == "closed":
            self.show_closed(int(target[1]))
        elif isinstance(target, tuple) and len(target) == 2 and target[0] == "do":
            self._do(str(target[1]))
        elif isinstance(target, tuple) and target[0] == "metering":
            self.gas_acts.ask()
        elif isinstance(target, str) and target in self.lines.lines:
            self.lines.select(target)
        elif isinstance(target, str):
            self._wanted = target

    def take_focus(self) -> None:
        if self.stack.currentIndex() == Part.PAST:
            self.past.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.lines.take_focus()

    # --- what a person does

    def _say(self, code: str, verdict: str, words: str) -> None:
        self._sent = code
        self.runner.command(self, use.give_verdict, code, verdict, words, on_done=self._was_said, on_error=self._refused)

    def _was_said(self, _nothing: object) -> None:
        line = self.lines.lines.get(self._sent)
        if line is not None:
            line.done()
            self.runner.command(self, drop_draft, use.PLACE + self._sent)

    def _refused(self, error: DomainError) -> None:
        line = self.lines.lines.get(self._sent)
        if line is not None and line.writing:
            line.refuse(say(error))
        else:
            self.tell.emit(error)

    def _accept(self, code: str) -> None:
        self.runner.command(self, use.accept_reservation, code)

    def _keep(self, code: str, words: str) -> None:
        self.runner.command(self, save_draft, use.PLACE + code, words)

    def _show_item(self, each: object) -> None:
        kind, subject = getattr(each, "subject_kind", ""), getattr(each, "subject_id", 0)
        if subject:
            self.go.emit("hazards", subject if kind == "hazard" else ("item", subject))

    def cure(self, each: Obstacle) -> None:
        """Do what the link says, here or on the page where it is done."""
        if isinstance(each.target, tuple) and each.target[0] == "metering":
            self.gas_acts.do(int(str(each.target[1])), each.cure)
        elif each.cure == "accept":
            self._accept(each.line)
        elif each.cure == "renew" and each.line in self.lines.lines:
            self.lines.select(each.line)
            self.lines.lines[each.line].reserve()
        elif each.cure == "sign":
            self.acts.sign_outgoing()
        elif each.cure == "withdraw":
            self.acts.do("withdraw")
        elif each.page == "signin":
            self.desk_asked.emit("sign_on")
        elif each.cure == "end_emergency":
            self.desk_asked.emit("end_emergency")
        elif each.page == "handover":
            self.lines.select(each.line)
        else:
            self.go.emit(each.page, each.target)

    def _sign_by_key(self) -> None:
        """Ctrl Enter: the signature, or why there can be none."""
        if self.ready.primary.isEnabled() and self.ready.isVisible():
            self.acts.sign()
        elif self.ready.isVisible():
            self.tell.emit(Notice(self.ready.first_words(), "amber"))

    def _ask(self, what: str) -> None:
        """A button of the card."""
        if what == "extend":
            self.desk_asked.emit(what)
        else:
            self.acts.do(what)

    def _do(self, what: str) -> None:
        """By its key, from whatever page: as soon as the handover of now is there, for whoever is at the desk now."""
        self._deed = what
        self.show_now()

    def _sign_off_crew(self) -> None:
        self.desk_asked.emit("sign_off_crew")

    def _preview(self) -> None:
        if self.view is not None:
            self.go.emit("reports", ("handover", str(self.view.shift.shift_id)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.view is not None:
            self._show_view(self.view)
