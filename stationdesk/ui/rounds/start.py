"""Where no round is running: the due windows of the shift, and the form that begins one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from PySide6.QtCore import Signal

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import latest_since
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.rounds import WindowState
from stationdesk.domain.words import _
from stationdesk.services.rounds import RoundStart, RoundsView, RouteView, WindowView
from stationdesk.ui.rounds.wording import state_words, times
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.date_field import TimeField
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import row, scrolled, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column, Group
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.text_field import TextField
from stationdesk.ui.widgets.walk_page import Chooser
from stationdesk.ui.widgets.walk_side import WIDE

PAPER, LIVE = "paper", "live"
EARLY = timedelta(hours=1)
ABNORMAL = (WindowState.OVERDUE, WindowState.MISSED)
STARTABLE = (WindowState.DUE, WindowState.OVERDUE, WindowState.MISSED, WindowState.TO_COME)


@dataclass(frozen=True)
class StartRow:
    """A window that can be walked or was, or an extra round of a route (window None)."""

    route: RouteView
    window: WindowView | None
    opens: str
    state: str
    walked: str

    @property
    def id(self) -> tuple[int, datetime | None]:
        """What makes it the same row."""
        return self.route.route_id, self.window.opens if self.window else None


def _ink(row: StartRow) -> str:
    if row.window is None or row.window.state in (WindowState.DONE, WindowState.TO_COME):
        return "text-2"
    if row.window.state is WindowState.OVERDUE:
        return "red-fg"
    return "amber-fg" if row.window.state in ABNORMAL or row.window.owes_words else "text"


def _note(row: StartRow) -> str:
    if row.window is None:
        return ""
    return _("Words owed") if row.window.owes_words else plain(row.window.words)


def _sign(row: StartRow) -> str:
    if row.window is None or not (row.window.state in ABNORMAL or row.window.owes_words):
        return ""
    return "circle-alert" if row.window.state is WindowState.OVERDUE else "triangle-alert"


COLUMNS = (
    Column(lambda: _("Due"), lambda row: row.opens, width=120),
    Column(lambda: _("Route"), lambda row: str(row.route.name), grows=True),
    Column(lambda: _("Points"), lambda row: str(row.route.points), align="right", width=72, token=lambda row: "text-2"),
    Column(lambda: _("State"), lambda row: row.state, width=188, icon=_sign, token=_ink),
    Column(lambda: _("Walked"), lambda row: row.walked, width=116, token=lambda row: "text-2"),
    Column(lambda: _("Note"), _note, grows=True, token=_ink, tip=_note),
)


class StartPanel(Chooser):
    """asked(route_id, RoundStart): begin. opened(round_id): look at a round. explained(route_id, due_from, words)."""

    asked = Signal(int, object)
    opened = Signal(int)
    explained = Signal(int, object, str)

    def __init__(self) -> None:
        super().__init__()
        self.view: RoundsView | None = None
        self.me: int | None = None
        self.refused: Mapping[str, NotAllowedError] = {}
        self.table = Table(
            COLUMNS, name=lambda: _("Rounds of the shift"), empty=EmptyState(lambda: _("The due rounds of a shift appear here."))
        )
        self._make_fields()
        self.form = Card()
        self.card = Card(self.table, sides=0)
        self._lay_out()
        self.table.current.connect(self._show_form)
        self.table.picked.connect(self._pick)

    def _make_fields(self) -> None:
        self.head = Line("", "strong", elide=True)
        self.state = Line("", "label text-2", elide=True)
        self.mode = Choice(
            [Option(PAPER, lambda: _("On paper, typed now"), key="1"), Option(LIVE, lambda: _("Live"), key="2")],
            lambda: _("How it is walked"),
        )
        self.walked_from, self.walked_to = TimeField(lambda: _("Set out, as on paper")), TimeField(lambda: _("Back, as on paper"))
        self.second = Select(lambda: _("Second person"))
        self.reason = TextField(lambda: _("Why fewer people than required"), lines=2, limit=500)
        self.begin = Button(lambda: _("Begin round"), icon="play", key="F9", look="primary", on_click=self._begin)
        self.look = Button(lambda: _("Show round"), icon="list-checks", on_click=self._open)
        self.why = TextField(lambda: _("Why late or missed"), lines=2, enter="submit", limit=500)
        self.keep = Button(lambda: _("Keep words"), look="small", on_click=self._explain)
        self.mode.choose(PAPER)
        self.mode.chosen.connect(self._go_on)
        self.second.chosen.connect(self._fit)
        self.walked_from.entered.connect(self.walked_to.take_focus)
        self.walked_to.entered.connect(self._last_step)
        self.why.submitted.connect(self._explain)

    def _lay_out(self) -> None:
        self.paper = stack(row(self.walked_from, self.walked_to, spacing=8), spacing=0)
        self.fields = stack(
            Line(lambda: _("How it is walked"), "label"), 4, row(self.mode, None), 12, self.paper, 4, self.second, 8, self.reason, spacing=0
        )
        self.owed = stack(self.why, 8, row(self.keep, None), spacing=0)
        inside = stack(12, self.head, 2, self.state, 12, self.fields, self.owed, 12, row(self.begin, self.look, None), 12, None, spacing=0)
        self.form.show_items(scrolled(inside))
        self.form.setFixedWidth(WIDE)
        row(self.card, self.form, owner=self, spacing=16).setStretch(0, 1)

    # --- what is shown

    def allow(self, refused: Mapping[str, NotAllowedError]) -> None:
        """What the person at the desk may not do, by the act."""
        self.refused = refused
        self.begin.keep_for(refused.get("start"))
        self.keep.keep_for(refused.get("explain"))
        self._show_form(self.table.current_row())

    def may_begin(self) -> bool:
        """Whether the person at the desk may begin a round."""
        return "start" not in self.refused

    def show_view(self, view: RoundsView, me: int | None) -> None:
        """The windows of a shift; the one due now is the first choice."""
        first = self.view is None or (
            self.view.shift is not None and view.shift is not None and self.view.shift.shift_id != view.shift.shift_id
        )
        self.view, self.me = view, me
        rows = _rows(view)
        self.table.show_rows(rows)
        if first or self.table.current_row() is None:
            self._choose_first([each for each in rows if isinstance(each, StartRow)])
        self._show_people(view)
        self._show_form(self.table.current_row())

    def _choose_first(self, rows: Sequence[StartRow]) -> None:
        order = (WindowState.DUE, WindowState.OVERDUE, WindowState.TO_COME)
        ranked = [each for state in order for each in rows if each.window is not None and each.window.state is state]
        for each in (ranked or list(rows))[:1]:
            self.table.select_key(each.id)

    def _show_people(self, view: RoundsView) -> None:
        others = [(each, name) for each, name in view.choices.people if each != self.me]
        chosen = self.second.value()
        self.second.show_choices([(None, lambda: _("Nobody")), *others])
        self.second.choose(chosen if chosen in dict(others) else None)

    def select(self, route_id: int, opens: datetime) -> None:
        """Point at a window."""
        self.table.select_key((route_id, opens))
        self.table.setFocus()

    def _show_form(self, each: StartRow | None) -> None:
        self.form.setVisible(each is not None)
        if each is None:
            return
        window = each.window
        self.head.say(
            plain(f"{each.opens.split('–')[0]} {each.route.name}" if window else _("{route}, extra round").format(route=each.route.name))
        )
        self.state.say(plain(each.state))
        able = window is None or window.state in STARTABLE
        self.fields.setVisible(able and self.may_begin())
        self.begin.setVisible(able)
        self.look.setVisible(window is not None and window.round_id is not None)
        self.owed.setVisible(window is not None and window.owes_words)
        self.why.setVisible("explain" not in self.refused)
        self._fit()

    def _go_on(self, _mode: str) -> None:
        """How it is walked is said: next the times on the paper, or the start."""
        self._fit()
        if self.mode.value() == PAPER:
            self.walked_from.take_focus()
        else:
            self._last_step()

    def _last_step(self) -> None:
        """To the button, or to what it would ask for."""
        if self.reason.isVisible() and self.second.value() is None:
            self.second.take_focus()
        else:
            self.begin.setFocus()

    def _fit(self, _value: object = None) -> None:
        """Only the fields that this round asks for."""
        each = self.table.current_row()
        closed = self.view is not None and self.view.shift is not None and self.view.shift.closed_at is not None
        self.mode.lock(LIVE, (lambda: _("the shift is handed over")) if closed else "")
        if closed:
            self.mode.choose(PAPER)
        self.paper.setVisible(self.mode.value() == PAPER)
        short = isinstance(each, StartRow) and each.route.people > (1 if self.second.value() is None else 2)
        self.reason.setVisible(short)

    # --- what a person does

    def _pick(self, each: StartRow) -> None:
        if each.window is not None and each.window.round_id is not None:
            self.opened.emit(each.window.round_id)
        elif each.window is not None and each.window.owes_words:
            self.why.take_focus()
        elif self.may_begin():
            self.mode.take_focus()

    def _open(self) -> None:
        self._pick(self.table.current_row())

    def _begin(self) -> None:
        each, view = self.table.current_row(), self.view
        if not isinstance(each, StartRow) or view is None or not self.begin.isVisible() or not self.may_begin():
            return
        paper = self.mode.value() == PAPER
        if paper and not self._timed():
            return
        ended = _moment(self.walked_to.value(), _over(view), view) if paper else None
        began = _moment(self.walked_from.value(), ended or view.at, view) if paper else None
        shift = view.shift.shift_id if view.shift is not None and view.shift.closed_at is not None else None
        due = each.window.opens if each.window else None
        self.asked.emit(
            each.route.route_id, RoundStart(self.mode.value(), due, began, ended, self.second.value(), self.reason.text(), shift)
        )

    def _timed(self) -> bool:
        """Both times are there; the first that is not asks for it."""
        for each in (self.walked_from, self.walked_to):
            if each.value() is None:
                each.error(lambda: _("As written on the paper, HH:MM"))
                each.take_focus()
                return False
        return True

    def _explain(self) -> None:
        each = self.table.current_row()
        if not isinstance(each, StartRow) or each.window is None:
            return
        if not self.why.text():
            self.why.error(lambda: _("Say why."))
            self.why.take_focus()
        else:
            self.explained.emit(each.route.route_id, each.window.opens, self.why.text())

    def refuse(self, error: DomainError) -> bool:
        """A refusal, at the field it belongs to; False where it belongs to none."""
        places = {
            "walked_from": self.walked_from,
            "walked_to": self.walked_to,
            "second": self.second,
            "few_reason": self.reason,
            "words": self.why,
        }
        place = places.get(error.field or "")
        if place is None:
            return False
        place.show()
        place.error(lambda: say(error))
        place.take_focus()
        return True

    def clear(self) -> None:
        """A round has begun or words were kept: the fields are empty for the next."""
        for each in (self.walked_from, self.walked_to):
            each.choose(None)
            each.error()
        for field in (self.reason, self.why):
            field.set_text("")
            field.error()
        self.second.choose(None)

    def take_focus(self) -> None:
        """The keyboard to the list."""
        self.table.setFocus()


def _rows(view: RoundsView) -> list[StartRow | Group]:
    windows = sorted((each for lane in view.lanes for each in lane.windows), key=lambda each: (each.opens, each.route_id))
    routes = {lane.route.route_id: lane.route for lane in view.lanes}
    own = [_row(routes[each.route_id], each, view) for each in windows if view.next_from is None or each.opens < view.next_from]
    extra = [StartRow(route, None, "", _("any time"), "") for route in view.routes]
    return [*own, *([Group(_("Extra rounds"))] if extra else []), *extra]


def _row(route: RouteView, window: WindowView, view: RoundsView) -> StartRow:
    due = times(window.opens, window.closes, view.zone)
    return StartRow(route, window, due, state_words(window, view.at, view.zone), times(window.began, window.ended, view.zone))


def _over(view: RoundsView) -> datetime:
    """Until when the rounds of the shift shown can have been walked."""
    closed = view.shift.closed_at if view.shift is not None else None
    return min(closed, view.at) if closed is not None else view.at


def _moment(typed: time | None, before: datetime, view: RoundsView) -> datetime | None:
    """What a time on the paper of this shift means; the relief may have walked shortly before it began."""
    return latest_since(typed.hour * 60 + typed.minute, view.start - EARLY, before, view.zone) if typed is not None else None
