"""What one does at the desk to come, go, lead and lock: opens the dialogs, imported when they are, and picks people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import format_time
from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.signin import asks
from stationdesk.ui.widgets.page import Notice
from stationdesk.ui.widgets.window_keys import KEYS
from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.services import Actor, Changes
    from stationdesk.services.shifts import DeskView, OnDuty
    from stationdesk.ui.signin.log_in_dialog import LogInDialog
    from stationdesk.ui.signin.sign_on_dialog import SignOnDialog

TABLES = frozenset({"shift", "duty_spell", "put_off", "emergency", "person", "crew_member"})


@dataclass(frozen=True)
class Action:
    """Something to do at the desk."""

    words: Callable[[], str]
    run: Callable[[], object]
    icon: str
    possible: Callable[[], bool] = lambda: True
    key: str = ""


class Desk(QObject):
    """tell: for the quiet bar. The person picked must be on duty, or have logged in here with a password; else the desk locks."""

    tell = Signal(object)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self.place, self.runner = window, runner
        self.view: DeskView | None = None
        self.actors: dict[int, Actor] = {}
        runner.changed.connect(self._on_changes)
        runner.attached.connect(self.look)
        if not runner.waiting:
            self.look()

    def look(self) -> None:
        """Ask who is on duty."""
        self.runner.query(self, asks.desk, self.runner.now(), on_done=self._show, on_error=self._no_station)

    def _no_station(self, _error: DomainError) -> None:
        """A store nobody has set up yet: there is nobody to pick."""

    def _on_changes(self, changes: Changes) -> None:
        if changes.kinds & TABLES:
            self.look()

    def _show(self, found: asks.DeskPeople) -> None:
        self.show_people(found.view, found.actors)

    def show_people(self, view: DeskView, actors: dict[int, Actor]) -> None:
        """Who is on duty now. Who was and is no more is not picked any longer; a log-in with password is not touched."""
        gone = set(self.actors) - set(actors)
        self.view, self.actors = view, actors
        actor = self.runner.actor
        if actor is not None and actor.person_id in gone:
            self.runner.actor = None

    def me(self) -> OnDuty | None:
        """The person picked, if on duty."""
        actor, people = self.runner.actor, self.view.people if self.view else ()
        return next((person for person in people if actor is not None and person.person_id == actor.person_id), None)

    def pick(self, person_id: int) -> None:
        """One key, no password."""
        if person_id in self.actors:
            self.runner.actor = self.actors[person_id]

    def sign_on(self) -> SignOnDialog:
        """上岗签到; the leader who is picked may vouch for somebody."""
        from stationdesk.ui.signin.sign_on_dialog import SignOnDialog

        me = self.me()
        dialog = SignOnDialog(self._window(), self.runner, me.name if me is not None and me.leader else "")
        dialog.done_well.connect(self._arrived)
        dialog.show_over()
        return dialog

    def _window(self) -> QWidget:
        return self.place.window()

    def _arrived(self, actor: Actor) -> None:
        """Who comes to the locked desk works at once; whoever was picked stays picked."""
        if self.runner.locked:
            self.runner.actor = actor
        self.look()

    def log_in(self) -> LogInDialog:
        """站长、审计登录."""
        from stationdesk.ui.signin.log_in_dialog import LogInDialog

        dialog = LogInDialog(self._window(), self.runner)
        dialog.done_well.connect(self._logged_in)
        dialog.show_over()
        return dialog

    def _logged_in(self, actor: Actor) -> None:
        self.runner.actor = actor

    def sign_off(self) -> None:
        """下岗签退 of the person picked."""
        from stationdesk.ui.signin.reason_dialog import SignOffDialog

        me = self.me()
        if me is None or self.view is None:
            self._say(_("Pick who signs off first."))
            return
        handed_over = not me.incoming and (self.view.shift is None or self.view.shift.shift_id != me.shift_id)
        others = [each for each in self.view.people if each.shift_id == me.shift_id and each.person_id != me.person_id]
        SignOffDialog(self._window(), self.runner, me, others, handed_over).show_over()

    def relieved(self) -> list[OnDuty]:
        """Who handed over and is still signed on."""
        view = self.view
        if view is None or view.shift is None:
            return []
        return [each for each in view.people if not each.incoming and each.shift_id != view.shift.shift_id]

    def sign_off_crew(self) -> None:
        """下岗签退 of the whole crew that handed over, whoever is picked."""
        from stationdesk.ui.signin.reason_dialog import SignOffCrewDialog

        leaving = self.relieved()
        if self.runner.locked:
            self._say(_("Locked: pick a person first."))
        elif leaving:
            SignOffCrewDialog(self._window(), self.runner, leaving).show_over()
        else:
            self._say(_("Nobody who handed over is still signed on."))

    def say_reason(self) -> None:
        """What the person picked put off at the sign-on."""
        from stationdesk.ui.signin.reason_dialog import SayReasonDialog

        me = self.me()
        if me is not None and me.owes_reason:
            SayReasonDialog(self._window(), self.runner, me).show_over()

    def owes_reason(self) -> bool:
        """The person picked put the reason of the sign-on off."""
        me = self.me()
        return me is not None and me.owes_reason

    def change_password(self) -> None:
        """Of the person picked."""
        from stationdesk.ui.signin.password_dialog import PasswordDialog

        PasswordDialog(self._window(), self.runner).show_over()

    def lead(self) -> None:
        """代班长."""
        from stationdesk.ui.signin.reason_dialog import LeadDialog

        if self.view is not None:
            LeadDialog(self._window(), self.runner, [person for person in self.view.people if not person.incoming]).show_over()

    def extend(self) -> None:
        """延时值守."""
        from stationdesk.ui.signin.reason_dialog import ExtendDialog

        if self.me() is None:
            self._say(_("Pick somebody on duty first."))
            return
        ExtendDialog(self._window(), self.runner).show_over()

    def end_emergency(self) -> None:
        """应急状态 ends."""
        from stationdesk.ui.signin.reason_dialog import EndEmergencyDialog

        EndEmergencyDialog(self._window(), self.runner).show_over()

    def declare_emergency(self, words: str = "") -> None:
        """应急状态 begins, with or without anybody picked."""
        if self.view is not None and self.view.emergency is not None:
            since = format_time(self.view.emergency.declared_at, self.runner.zone)
            self._say(_("Emergency state holds since {time}.").format(time=since))
            return
        self.runner.command(self, asks.declare_emergency, words)

    def confirm_on_post(self) -> None:
        """在岗确认."""
        self.runner.command(self, asks.confirm_on_post)

    def on_post_due(self) -> bool:
        """The confirmation is asked for now."""
        from stationdesk.domain.shifts import PostState

        post = self.view.on_post if self.view else None
        return post is not None and (post.state == PostState.DUE or (post.state == PostState.FINE and self.runner.now() >= post.due))

    def lock(self) -> None:
        """Nobody is picked; who is signed on stays so."""
        self.runner.actor = None

    def actions(self) -> tuple[Action, ...]:
        """All of it for the palette, each with when it can be done."""
        return (
            Action(lambda: _("Sign on"), self.sign_on, "log-in"),
            Action(lambda: _("Sign off"), self.sign_off, "log-out", lambda: self.me() is not None, KEYS["sign_off"]),
            Action(lambda: _("Sign off the crew that handed over"), self.sign_off_crew, "users", self._may_leave, KEYS["sign_off_crew"]),
            Action(lambda: _("Say why one signed on: it was put off"), self.say_reason, "pencil", self.owes_reason),
            Action(lambda: _("Log in without going on duty"), self.log_in, "key"),
            Action(lambda: _("Change the password"), self.change_password, "key", lambda: not self.runner.locked),
            Action(lambda: _("Change the leader of this shift"), self.lead, "user-check", lambda: self.me() is not None),
            Action(lambda: _("Extended duty"), self.extend, "hourglass", self.over_time, KEYS["extend"]),
            Action(lambda: _("Confirm: on post"), self.confirm_on_post, "circle-check", lambda: self.me() is not None),
            Action(lambda: _("Emergency state"), self.declare_emergency, "siren", lambda: not self.in_emergency(), KEYS["emergency_state"]),
            Action(lambda: _("End the emergency state"), self.end_emergency, "siren", self.may_end_emergency),
        )

    def _may_leave(self) -> bool:
        return bool(self.relieved()) and not self.runner.locked

    def over_time(self) -> bool:
        """The open shift is past its planned end."""
        shift = self.view.shift if self.view else None
        return self.me() is not None and shift is not None and self.runner.now() >= shift.ends_at

    def in_emergency(self) -> bool:
        """应急状态 holds."""
        return self.view is not None and self.view.emergency is not None

    def may_end_emergency(self) -> bool:
        """Somebody is picked while it holds."""
        return self.in_emergency() and not self.runner.locked

    def _say(self, words: str) -> None:
        self.tell.emit(Notice(words))
