"""The locked desk, in the place of Now while nobody is picked: values are read and typed, an emergency written down, numbers called."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import format_time
from stationdesk.domain.words import _, n_
from stationdesk.ui.runner import Runner
from stationdesk.ui.signin import asks
from stationdesk.ui.signin.contact_card import ContactCard
from stationdesk.ui.signin.crew_card import LOG_IN, SIGN_ON, CrewCard
from stationdesk.ui.signin.desk import Desk
from stationdesk.ui.signin.emergency_card import KEY as EMERGENCY
from stationdesk.ui.signin.emergency_card import EmergencyCard
from stationdesk.ui.signin.tiles import ComingCard, ValueTiles
from stationdesk.ui.signin.wording import crews_words, key_span
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.layout import row, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Notice, Page
from stationdesk.ui.widgets.reading_form import ReadingForm

if TYPE_CHECKING:
    from stationdesk.services import Actor
    from stationdesk.services.readings import FormView, HourTaken

LEFT, RIGHT = 316, 252
BEAT_MS, AGAIN = 1000, 30


class SigninPage(Page):
    """What is typed in the form before anybody is picked is saved in the name of whoever then is."""

    name = "now"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.desk = Desk(self, runner)
        self.view: asks.LockedDesk | None = None
        self.hour: datetime | None = None
        self.beats, self.closed = 0, runner.locked
        self.crew, self.emergency, self.contacts = CrewCard(), EmergencyCard(), ContactCard()
        self.tiles, self.coming, self.form = ValueTiles(runner.now), ComingCard(), ReadingForm()
        self.locked = Chip(self._locked_words, "lock")
        self.state = Chip("", look="amber")
        self.state.hide()
        self.reach = Line(self._reach_words, "label text-2", elide=True)
        self._timer = QTimer(self, interval=BEAT_MS)
        self._build()
        self._connect()
        self._keys()

    def _build(self) -> None:
        head = row(Line(self.title, "title"), self.locked, self.state, None, self.reach, spacing=12)
        head.addStrut(32)
        left = stack(self.crew, self.emergency, wide=LEFT)
        left.layout().setStretch(1, 1)  # type: ignore[union-attr]
        middle = stack(self.tiles, self.coming, self.form)
        middle.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self.contacts.setFixedWidth(RIGHT)
        body = row(left, middle, self.contacts, spacing=16)
        body.setStretch(1, 1)
        whole = self.lay_out(head)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self.crew.picked.connect(self.desk.pick)
        self.crew.sign_on_asked.connect(self._sign_on)
        self.crew.log_in_asked.connect(self._log_in)
        self.emergency.record.connect(self._record)
        self.emergency.state_asked.connect(self.desk.declare_emergency)
        self.emergency.text.on_draft(self._keep)
        self.form.save.connect(self._save)
        self.form.drafted.connect(self._keep_form)
        self.desk.tell.connect(self.tell)
        self.runner.actor_changed.connect(self._on_actor)
        self._timer.timeout.connect(self._beat)
        self.runner.query(self, asks.kept_emergency, on_done=self.emergency.text.set_text)

    def _keys(self) -> None:
        keys = self._pick_keys()
        pick = [(keys, lambda: _("pick a person"))] if keys else []
        self.show_keys([*pick, (SIGN_ON, lambda: _("sign on")), (LOG_IN, lambda: _("log in")), (EMERGENCY, lambda: _("emergency record"))])

    def title(self) -> str:
        return _("Now")

    def take_focus(self) -> None:
        """The form has the keyboard: digits can be typed at once."""
        self.form.setFocus()

    def show_target(self, target: object) -> None:
        """ "record": the emergency record has the keyboard."""
        if target == "record":
            self.emergency.text.take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        self.stale = True
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _beat(self) -> None:
        self.beats += 1
        self.tiles.tick()
        if self.beats % AGAIN == 0:
            self.reload()

    def reload(self) -> None:
        now = self.runner.now()
        self.runner.query(self, asks.locked_desk, now, on_done=self.show_view, on_error=self._no_station)
        self.runner.query(self, asks.entry_form, now, on_done=self.show_form, on_error=self._no_station)

    def _no_station(self, error: DomainError) -> None:
        """A store nobody has set up yet: the first start covers the pages."""

    def show_form(self, form: FormView) -> None:
        """The hour being read."""
        new, self.hour = self.hour != form.hour, form.hour
        self.form.show_form(form)
        if new:
            self.runner.query(self, asks.kept_form, form.hour, on_done=self.form.restore)

    def show_view(self, view: asks.LockedDesk) -> None:
        """The desk of now."""
        self.view = view
        now, zone = view.now, self.runner.zone
        self.desk.show_people(now.desk, view.actors)
        self.crew.show_people(now.desk.people, zone)
        self.form.show_people([(person.key, person.person_id, person.name) for person in now.desk.people])
        self.emergency.show_kinds(view.kinds)
        self.contacts.show_contacts(view.contacts, view.station)
        reading = next((each for each in now.coming if each.kind == "reading"), None)
        self.tiles.show_values(reading, now.values, zone, now.desk.emergency is not None)
        self.coming.show_coming(now.coming, len(now.abnormal), now.at, zone)
        self._show_state()
        self._keys()

    def _show_state(self) -> None:
        emergency = self.view.now.desk.emergency if self.view else None
        since = format_time(emergency.declared_at, self.runner.zone) if emergency else ""
        self.state.setVisible(bool(emergency))
        self.state.show_state(lambda: _("emergency state since {time}").format(time=since), look="amber")
        self.emergency.show_emergency(since)
        self.locked.reword()
        self.reach.reword()

    def _locked_words(self) -> str:
        crews = crews_words(self.view.now.desk) if self.view else ""
        return _("locked, {crew} on duty").format(crew=crews) if crews else _("locked, nobody on duty")

    def _reach_words(self) -> str:
        people = self.view.now.desk.people if self.view else ()
        if not people:
            return _("Readings can be seen; the rest opens after signing on")
        return _("Readings can be seen and typed; the rest opens with {keys}").format(keys=self._pick_keys())

    def _pick_keys(self) -> str:
        keys = [person.key for person in self.view.now.desk.people if person.key] if self.view else []
        return key_span(keys)

    def _sign_on(self) -> None:
        self.desk.sign_on()

    def _log_in(self) -> None:
        self.desk.log_in()

    def _record(self, kind: str, text: str) -> None:
        self.runner.command(self, asks.record_emergency, kind, text, on_done=self._recorded, on_error=self.emergency.fail)

    def _recorded(self, _number: int) -> None:
        time = format_time(self.runner.now(), self.runner.zone)
        self.emergency.done(lambda: _("Written down at {time}.").format(time=time))

    def _keep(self, text: str) -> None:
        self.runner.command(self, asks.keep_emergency, text)

    def _keep_form(self, texts: dict[int, str]) -> None:
        if self.hour is not None:
            self.runner.command(self, asks.keep_form, self.hour, texts)

    def _save(self, hour: datetime, texts: dict[int, str], person_id: int) -> None:
        """Saved by a person's button; the desk stays locked."""
        actor = self.view.actors.get(person_id) if self.view else None
        if actor is not None:
            self._take(actor, hour, texts)

    def _on_actor(self, actor: Actor | None) -> None:
        """Whoever is picked at the locked desk takes what was typed there."""
        opened, self.closed = self.closed and not self.runner.locked, self.runner.locked
        texts = self.form.texts()
        if opened and actor is not None and texts and self.hour is not None:
            self._take(actor, self.hour, texts)

    def _take(self, actor: Actor, hour: datetime, texts: dict[int, str]) -> None:
        self.runner.command(self, asks.take_hour, hour, texts, actor=actor, on_done=self._taken)

    def _taken(self, taken: HourTaken) -> None:
        """What could not be taken stays in the form; where the form is out of sight, the bar says so."""
        self.form.saved(taken)
        refused = len(taken.refused)
        if refused and not self.isVisible():
            words = n_("{n} value was not taken", "{n} values were not taken", refused).format(n=refused)
            self.tell.emit(Notice(words, "amber", lambda: _("Open readings"), self._open_readings))

    def _open_readings(self) -> Any:
        self.go.emit("readings", self.hour)
