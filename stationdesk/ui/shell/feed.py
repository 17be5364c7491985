"""What strip, rail, keys of people and emergency card say: asked of the store at start, after changes and each half minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from stationdesk.domain.permissions import ROLE_NAMES, Role
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.now import asks
from stationdesk.ui.now.wording import due_words, role_and_key
from stationdesk.ui.shell.status import Due, Status
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services import Actor
    from stationdesk.services.now import NowView
    from stationdesk.services.shifts import ShiftView
    from stationdesk.services.station import ContactView, StationView
    from stationdesk.ui.runner import Runner
    from stationdesk.ui.shell.shell import Shell

EVERY_MS, CALM_MS = 30_000, 300
FLOWING = frozenset({"reading", "round_line", "checklist_line"})
"""Rows that come one after the other while somebody types or walks: the frame asks once for those of a moment."""


class Feed(QObject):
    """Keeps the frame of the window true. fed: after each answer, with the whole view; failed: there was none."""

    fed = Signal(object)
    failed = Signal()

    def __init__(self, shell: Shell, runner: Runner) -> None:
        super().__init__(shell)
        self._shell, self._runner = shell, runner
        self._station: StationView | None = None
        self._view: NowView | None = None
        self._saved_at, self._reached = "", True
        self._roles: tuple[int, tuple[str, ...]] = (0, ())
        self._asked = self._again = False
        #: the station could not be looked at the last time
        self.failing = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.ask)
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self.ask)
        runner.changed.connect(self._changed)
        runner.actor_changed.connect(self._other_person)
        runner.attached.connect(self._begin)
        runner.reached.connect(self._know_reach)

    def ask(self) -> None:
        """Ask now; while an answer is on its way, once more after it."""
        if self._asked:
            self._again = True
            return
        self._asked = True
        self._runner.query(self, asks.now_view, self._runner.now(), on_done=self._show, on_error=self._failed)

    def show_backup(self, clock: str) -> None:
        """When the store was last saved (HH:MM)."""
        self._saved_at = clock
        self._tell()

    def _begin(self) -> None:
        from stationdesk.services.station import contacts, station_view

        self._timer.start()
        self._reached = True
        self._asked = False  # an answer of the store before does not come any more
        self._runner.query(self, station_view, on_done=self._show_station)
        self._runner.query(self, contacts, on_done=self._show_contacts)
        self.ask()

    def _changed(self, changes: object) -> None:
        kinds: frozenset[str] = getattr(changes, "kinds", frozenset())
        if kinds & {"station", "contact"}:
            self._begin()
        elif kinds and kinds <= FLOWING:
            if not self._calm.isActive():  # never put off again: who types without a pause sees the strip follow all the same
                self._calm.start()
        else:
            self.ask()

    def _show_station(self, station: StationView) -> None:
        self._station = station
        self._runner.zone = station.zone
        self._tell()

    def _show_contacts(self, found: tuple[ContactView, ...]) -> None:
        from stationdesk.ui.shell.contact_panel import Contact

        lines = [Contact(lambda each=each: str(each.role), each.phone, lambda each=each: _detail(each)) for each in found]  # type: ignore[misc]
        note = _("When calling, first say the station, the place, whether gas leaks, whether anybody is hurt.")
        self._shell.show_contacts(lines, note)

    def _show(self, view: NowView) -> None:
        self._asked, self._view, self.failing = False, view, False
        self._tell()
        self.fed.emit(view)
        if self._again:
            self._again = False
            self.ask()

    def _failed(self, error: object) -> None:
        self._asked, self.failing = False, True
        self._shell.tell(error)
        self.failed.emit()

    def _know_reach(self, well: bool) -> None:
        """The strip never calls a store well that cannot be looked at."""
        self._reached = well
        self._tell()
        if well:
            self._shell.tell(Notice(lambda: _("The database can be reached again.")))
            self.ask()

    def _other_person(self, actor: object) -> None:
        person_id = getattr(actor, "person_id", 0)
        if person_id > 0:
            self._runner.query(self, asks.roles, person_id, self._runner.now(), on_done=self._know_roles)
        self._tell()

    def _know_roles(self, found: tuple[int, tuple[str, ...]]) -> None:
        self._roles = found
        self._tell()

    def _tell(self) -> None:
        if self._view is None:
            return
        from stationdesk.services import Actor
        from stationdesk.ui.shell.shell import Pick

        view = self._view
        self._shell.show_people([Pick(each.key, Actor(each.person_id, each.name)) for each in view.desk.people if each.key])
        self._shell.show_status(self._status(view), view.counts)

    def _status(self, view: NowView) -> Status:
        shift, emergency = view.desk.shift, view.desk.emergency
        picked = self._runner.actor
        who = next((each for each in view.desk.people if picked is not None and each.person_id == picked.person_id), None)
        station = self._station
        return Status(
            station=(lambda: plain(str(station.name))) if station else "",
            shift=lambda: _shift_words(view, self._runner),
            crew=lambda: _crew_words(view),
            due=_due(view, self._runner) if shift and not emergency else None,
            paused=(lambda: _("emergency state, countdowns paused")) if emergency else "",
            abnormal=len(view.abnormal),
            database=lambda: _database_words(self._saved_at) if self._reached else _("out of reach"),
            database_well=self._reached,
            person=plain(picked.name) if picked is not None and picked.person_id > 0 else "",
            role=lambda: role_and_key(who) if who else self._role_of(picked),
        )

    def _role_of(self, picked: Actor | None) -> str:
        """Of somebody who logged in and is not on duty: what they are at the station."""
        person_id, roles = self._roles
        known = [role for role in Role if role in roles] if picked is not None and picked.person_id == person_id else []
        return _(ROLE_NAMES[known[0]]) if known else ""


def _detail(contact: ContactView) -> str:
    return (
        C_("comma", "{one}, {two}").format(one=contact.who, two=contact.note)
        if contact.who and str(contact.note)
        else contact.who or str(contact.note)
    )


def _span(shift: ShiftView, runner: Runner) -> str:
    start, end = runner.local(shift.starts_at), runner.local(shift.ends_at)
    closes = "24:00" if end.hour == end.minute == 0 else f"{end:%H:%M}"
    return f"{start:%H:%M}–{closes}"


def _shift_words(view: NowView, runner: Runner) -> str:
    shift, waiting = view.desk.shift, view.desk.awaited
    if shift is None:
        return _("no shift open")
    if waiting is not None:
        return _("{one} → {two} handing over|{one} → {two}").format(one=plain(str(shift.name)), two=plain(str(waiting.name)))
    name, span = plain(str(shift.name)), _span(shift, runner)
    return f"{name} {shift.day:%Y-%m-%d} {span}|{name} {span}"


def _crew_words(view: NowView) -> str:
    people = len(view.desk.people)
    shift, waiting = view.desk.shift, view.desk.awaited
    names = [str(each.crew_name) for each in (shift, waiting) if each is not None]
    crew = plain(" → ".join(name for name in names if name))
    if not crew:
        return n_("{n} on site", "{n} on site", people).format(n=people)
    return n_("{crew}, {n} on site", "{crew}, {n} on site", people).format(crew=crew, n=people)


def _due(view: NowView, runner: Runner) -> Due | None:
    found = view.next_due
    return Due(lambda: due_words(found, runner.zone), found.at, found.closes) if found else None


def _database_words(saved_at: str) -> str:
    return _("OK·backup {at}").format(at=saved_at) if saved_at else _("OK")
