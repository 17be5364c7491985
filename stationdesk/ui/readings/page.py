"""The readings page: the grid of a gas day, and beside it the point one is at, what owes words, late entry and corrections."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout

from stationdesk.domain.moments import format_day, format_time, gas_day_of, nearest_hour
from stationdesk.domain.words import C_, _, n_
from stationdesk.services import readings
from stationdesk.services.readings import GapView, GridView, HourLine, HourTaken, PointDetail
from stationdesk.ui.readings.block import Laid, lay
from stationdesk.ui.readings.corrections_card import CorrectionsCard
from stationdesk.ui.readings.days import day_menu
from stationdesk.ui.readings.explaining import Explaining
from stationdesk.ui.readings.keeping import Keeper
from stationdesk.ui.readings.late_card import LateCard
from stationdesk.ui.readings.model import ReadingsModel
from stationdesk.ui.readings.owed_card import OwedCard
from stationdesk.ui.readings.saving import Saver
from stationdesk.ui.readings.trend_card import TrendCard
from stationdesk.ui.readings.view import ReadingsView
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row, scrolled, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Page, page_head
from stationdesk.ui.widgets.spoken import Words, plain

if TYPE_CHECKING:
    from stationdesk.services import Changes

SIDE, WIDE_SIDE, WIDE = 260, 332, 1500
BEAT_MS = 15_000
CALM_MS = 150  # who types on is not overtaken by a view after every value: one comes when the hands rest
STILL_MS = 60


class ReadingsPage(Page):
    """Follows the hour; another gas day is chosen in the head. Works while locked: values wait until somebody is picked."""

    name = "readings"
    kinds = frozenset({"reading", "explanation", "reading_gap", "point", "point_version", "shift", "station_list", "setting_value"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.view: GridView | None = None
        self.moment: datetime | None = None  # of the gas day shown; None follows the clock
        self._target: object = None
        self._laid: Laid | None = None
        self.model = ReadingsModel(self)
        self.model.now = runner.now
        self.grid = ReadingsView(self.model)
        self._make_parts()
        self._lay_out()
        self.saver = Saver(runner, self.model, lambda: self.late.how, self)
        self.keeper = Keeper(runner, self.grid)
        self.explaining = Explaining(runner, self.owed, self.late, self)
        self._connect()
        self.calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self.calm.timeout.connect(self._load_if_seen)
        self.still = QTimer(self, interval=STILL_MS, singleShot=True)
        self.still.timeout.connect(self._ask_detail)
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self.tick)

    def title(self) -> str:
        return _("Readings")

    # Parts
    def _make_parts(self) -> None:
        self.fact = Line("", "body text-2", elide=True)
        self.day = Button("", icon="chevron-down", on_click=self.choose_day)
        self.late_button = Button(lambda: _("Late entry"), icon="history", on_click=self.toggle_late)
        self.late_button.setCheckable(True)
        self.print_button = Button(lambda: _("Print"), icon="printer", on_click=self.print_day)
        self.note = Line("", "label text-2", elide=True)
        self.save_button = Button("", look="small", key="Ctrl S", on_click=self._save_held)
        self.save_button.hide()
        self.trend, self.owed, self.corrections, self.late = TrendCard(), OwedCard(), CorrectionsCard(), LateCard()

    def _lay_out(self) -> None:
        below = row(self.note, None, self.save_button, sides=16)
        below.addStrut(32)
        table = Card(column(self.grid, below), sides=0)
        cards = stack(self.trend, self.late, self.owed, self.corrections, None)
        layout = cards.layout()
        assert isinstance(layout, QBoxLayout)
        layout.setStretch(0, 1000)  # the trend grows to its measure first, what is left stays empty
        side = scrolled(cards)
        side.setFixedWidth(SIDE)
        self.side = side
        middle = row(table, side, spacing=16)
        middle.setStretchFactor(table, 1)
        self.lay_out(page_head(lambda: _("Readings"), self.fact, self.day, self.late_button, self.print_button), middle)
        self._tell_keys()

    def _tell_keys(self, _actor: object = None) -> None:
        """While locked one comes on duty from here too, as from the locked desk."""
        locked: list[tuple[str, Words]] = [("F9", lambda: _("sign on")), ("F10", lambda: _("log in"))]
        open_: list[tuple[str, Words]] = [("Ctrl V", lambda: C_("key", "paste a block")), ("E", lambda: C_("key", "explain"))]
        self.show_keys(
            [
                ("Enter", lambda: C_("key", "next point")),
                ("Tab", lambda: C_("key", "right")),
                *(locked if self.runner.locked else open_),
                ("Ctrl Z", lambda: C_("key", "take back")),
            ]
        )

    def _ask_desk(self, what: str) -> None:
        if self.runner.locked:
            self.desk_asked.emit(what)

    def _connect(self) -> None:
        self.grid.moved.connect(self._moved)
        self.grid.told.connect(self.say)
        self.grid.hour_done.connect(self._hour_done)
        self.grid.pasted.connect(self._paste)
        self.keeper.restored.connect(self._restored)
        self.explaining.done.connect(self._to_grid)
        self.saver.failed.connect(self._failed)
        self.saver.pasted.connect(self._pasted)
        self.saver.waiting.connect(self._waiting)
        self.owed.left.connect(self._to_grid)
        self.late.asked.connect(self._to_gap)
        self.late.left.connect(self._to_grid)
        self.runner.actor_changed.connect(self._tell_keys)
        shortcut(self, "F9", partial(self._ask_desk, "sign_on"), inside=True)
        shortcut(self, "F10", partial(self._ask_desk, "log_in"), inside=True)
        shortcut(self, "E", self.owed.take_focus, inside=True)
        shortcut(self, "F6", self._other_pane, inside=True)
        shortcut(self, "Ctrl PgUp", partial(self.turn_day, -1), inside=True)
        shortcut(self, "Ctrl PgDown", partial(self.turn_day, 1), inside=True)

    # Loading
    def on_changes(self, changes: Changes) -> None:
        """The values just typed are seen already; the rest follows when it is calm."""
        if self.kinds & changes.kinds:
            self.stale = True
            self.calm.start()

    def reload(self) -> None:
        now = self.runner.now()
        self.runner.query(self, readings.day_view, self.moment or self._newest(now), now, on_done=self._show)

    def _newest(self, now: datetime) -> datetime:
        """In the day that holds the hour one reads; the change of the gas day is still the old day's closing hour."""
        begins = timedelta(minutes=self.view.day_begins if self.view else 480)
        hour = nearest_hour(now, self.runner.zone)
        closing = hour.astimezone(self.runner.zone).hour * 60 == begins / timedelta(minutes=1)
        return hour - timedelta(hours=1) if closing else hour

    def _show(self, view: GridView) -> None:
        first = self.view is None or self.view.start != view.start
        self.view = view
        self.grid.enter_down = view.enter_down
        self.model.show(view)
        self.owed.show_view(view)
        self.corrections.show_view(view)
        self.late.show_view(view)
        self._say_head()
        if first:
            self.grid.fit()
            self._start(view)
            self.keeper.restore()
        else:
            self.grid.fit()  # what turned abnormal needs room for its sign
        self._ask_detail()
        if self._target is not None:
            self._lead(self._target)

    def _start(self, view: GridView) -> None:
        """At the first point not read of the hour now; of another day at its first hour."""
        row_ = self.model.row_of(view.hour)
        if row_ < 0 or not self.model.points:
            row_ = next((n for n, line in enumerate(self.model.lines) if isinstance(line, HourLine)), -1)
        if row_ < 0 or not self.model.points:
            return
        empty = (n for n in range(len(self.model.points)) if self.model.cell(row_, n) is None)
        self.grid.go_to(row_, next(empty, 0))
        self.grid.setFocus()

    def _say_head(self) -> None:
        view = self.view
        assert view is not None
        zone, begins = view.zone, view.start
        self.day.say(
            lambda: _("Gas day from {day} {time}").format(day=format_day(begins.astimezone(zone).date()), time=format_time(begins, zone))
        )
        self.fact.say(lambda: _head(view))

    def tick(self) -> None:
        """The hour moved on, or its window ran out: phases and the head change by themselves."""
        if self.view is None or not self.isVisible():
            return
        now = self.runner.now()
        hour = nearest_hour(now, self.view.zone, timedelta(minutes=self.view.early))
        over = self.view.on_time_until is not None and now > self.view.on_time_until
        if hour != self.view.hour or over:
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._beat.start()
        self.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(SIDE if self.width() < WIDE else WIDE_SIDE)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.grid.popup.put_away()  # it is the window's child and would hang over the next page; the value stands, marked
        self._beat.stop()
        self.keeper.flush()

    # Where one is
    def _moved(self, _column: int, _row: int) -> None:
        self.still.start()

    def _ask_detail(self) -> None:
        column_ = self.grid.currentIndex().column()
        if self.view is not None and 0 <= column_ < len(self.model.points):
            now = self.runner.now()
            until = min(self.view.hour, self.view.end)
            self.runner.query(self, readings.point_detail, self.model.points[column_].point_id, now, until, on_done=self._show_detail)

    def _show_detail(self, detail: PointDetail) -> None:
        if self.view is not None:
            self.trend.show_detail(detail, self.view.zone)

    def _hour_done(self, row_: int) -> None:
        line = self.model.hour(row_)
        if line is not None and self.view is not None:
            wanting = sum(self.model.cell(row_, n) is None for n in range(len(self.model.points)))
            time = format_time(line.time, self.view.zone)
            done = _("{time} is read.").format(time=time)
            open_ = n_("{time}: {count} point still empty.", "{time}: {count} points still empty.", wanting).format(
                time=time, count=wanting
            )
            self.say(open_ if wanting else done)

    def say(self, words: str) -> None:
        """A sentence in the line under the grid."""
        self.note.say(plain(words))

    def take_focus(self) -> None:
        self.grid.setFocus()

    def _to_grid(self) -> None:
        self.grid.setFocus()

    def _other_pane(self) -> None:
        """F6: from the grid to late entry where it is open, to what owes words, else to the head; and back."""
        holder = QApplication.focusWidget()
        if holder is None or (holder is not self.grid and not self.grid.isAncestorOf(holder)):
            self.grid.setFocus()
        elif not self.late.isHidden() and self.late.gaps:
            self.late.take_focus()
        elif not self.owed.isHidden():
            self.owed.take_focus()
        else:
            self.day.setFocus()

    def show_target(self, target: object) -> None:
        """("point", code, time) leads to a cell, a time to its hour; another day is fetched first."""
        moment = target[2] if isinstance(target, tuple) else target
        if not isinstance(moment, datetime):
            return
        self._target = target
        if self.view is None or not self.view.start <= moment <= self.view.end:
            self.moment = moment
            self.reload()
        else:
            self._lead(target)

    def _lead(self, target: object) -> None:
        moment = target[2] if isinstance(target, tuple) else target
        code = target[1] if isinstance(target, tuple) else None
        assert isinstance(moment, datetime)
        row_ = self.model.row_of(moment)
        if row_ < 0:
            return  # the day is on its way
        self._target = None
        column_ = next((n for n, point in enumerate(self.model.points) if point.code == code), self.grid.currentIndex().column())
        self.grid.go_to(row_, max(column_, 0))
        self.grid.setFocus()

    # Days
    def choose_day(self) -> None:
        """A menu of the last gas days."""
        begins = self.view.day_begins if self.view else 480
        menu = day_menu(self, self._newest(self.runner.now()), self.runner.zone, begins, self.show_day)
        menu.exec(self.day.mapToGlobal(QPoint(0, self.day.height() + 4)))
        menu.deleteLater()

    def show_day(self, moment: datetime | None) -> None:
        """The gas day of a moment; None follows the clock."""
        self.moment = moment
        self.reload()

    def turn_day(self, days: int) -> None:
        """A day back or on, not beyond the one that runs."""
        if self.view is not None:
            zone, begins = self.view.zone, self.view.day_begins
            moment = self.view.start + timedelta(days=days, hours=1)
            running = gas_day_of(self._newest(self.runner.now()), zone, begins)
            self.show_day(None if gas_day_of(moment, zone, begins) >= running else moment)

    def print_day(self) -> None:
        """To the sheet of the day shown."""
        if self.view is not None:
            self.go.emit("reports", ("readings-day", self.view.start.astimezone(self.view.zone).date().isoformat()))

    # Late entry and words
    def toggle_late(self) -> None:
        """Late entry in place of the trend, and back."""
        late = self.late_button.isChecked()
        self.late.setVisible(late)
        self.trend.setVisible(not late)
        if late and self.late.chosen is not None:
            self._to_gap(self.late.chosen)
        else:
            self.grid.setFocus()

    def _to_gap(self, gap: GapView) -> None:
        """To the first value that is missing in a range."""
        for row_, line in enumerate(self.model.lines):
            if isinstance(line, HourLine) and gap.start <= line.time <= gap.end:
                column_ = next((n for n in range(len(self.model.points)) if self.model.cell(row_, n) is None), None)
                if column_ is not None:
                    self.grid.go_to(row_, column_)
                    self.grid.setFocus()
                    return

    # Saving
    def _failed(self, words: str) -> None:
        self.say(_("{why} Not saved.").format(why=words))
        self.reload()

    def _paste(self, block: tuple[tuple[str, ...], ...]) -> None:
        index = self.grid.currentIndex()
        laid = lay(self.model, index.row(), index.column(), block, self.runner.locked)
        self._laid = laid
        if laid.steps:
            self.model.remember(tuple(laid.steps))
        if laid.entries:
            self.saver.paste(laid.entries)
        else:
            self.say(laid.words(self.model))

    def _pasted(self, result: HourTaken) -> None:
        laid, self._laid = self._laid, None
        if laid is None:
            return
        self.say(laid.answered(self.model, result))
        for each in result.refused:
            self.model.drop((each.point_id, each.hour))

    def _waiting(self, count: int) -> None:
        self.save_button.setVisible(count > 0 and not self.runner.locked)
        self.save_button.say(lambda: n_("Save {count} value", "Save {count} values", count).format(count=count))
        if count and self.runner.locked:
            words = n_(
                "{count} value waits: pick a person by key to save it.", "{count} values wait: pick a person by key to save them.", count
            )
            self.say(words.format(count=count))
        elif not count:
            self.say("")

    def _save_held(self) -> None:
        self.saver.send_held()

    def _restored(self, opened: bool) -> None:
        """What was typed before the power went is back."""
        self._waiting(len(self.model.held()))
        if opened:
            self.say(_("Back: what was typed here and not saved."))


def _head(view: GridView) -> str:
    if not view.start <= view.hour <= view.end:
        return ""
    time = format_time(view.hour, view.zone)
    if view.on_time_until is not None:
        return _("reading {time}, on time until {until}").format(time=time, until=format_time(view.on_time_until, view.zone))
    return _("{time} is a late entry now").format(time=time)
