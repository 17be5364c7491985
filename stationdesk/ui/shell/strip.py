"""The strip at the top: station, clock, shift, crew, what is next, abnormal, database, person, emergency card."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame

from stationdesk.domain.moments import weekday
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.shell.status import Status, countdown_words, due_tone
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.paint import advance
from stationdesk.ui.widgets.spoken import Words, plain, restored, said

HIGH, STATION, SIDES, NAME = 48, 132, 16, 132


def cell(*items: Item) -> QFrame:
    """A part of the strip, parted from the next by a hairline."""
    made = QFrame()
    made.setObjectName("cell")
    row(*items, owner=made, sides=SIDES)
    return made


def pair(above: Line, below: Line) -> QBoxLayout:
    """Two lines on top of each other."""
    return column(None, above, below, None)


class Strip(QFrame):
    """show_status(status), tick(now in the station's zone). status and clock come from outside."""

    #: the emergency contact card is asked for
    card_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HIGH)
        self.status = Status()
        self._make_lines()
        self.cells = self._make_cells()
        self.cells[-1].setProperty("last", True)
        row(*self.cells, owner=self, spacing=0).setStretchFactor(self.cells[4], 1)

    def _make_lines(self) -> None:
        self.station = Line("", "name", elide=True)
        self.station_rest = Line("", "strong", elide=True)
        self.time = Line("", "clock", "second text-2")
        self.date = Line("", "label text-2")
        self.day = Line("", "label text-2")
        self.shift = Line("", "fact-strong")
        self.crew = Line("", "fact-strong")
        self.next = Line("", "fact", "fact-strong", elide=True)
        self.abnormal = Line("", "fact-strong")
        self.sign = icon("triangle-alert", "amber-fg")
        self.database = Line("", "fact")
        self.who = icon("user", size=20)
        self.person = Line("", "fact-strong", most=NAME)
        self.role = Line("", "label text-2")
        self.emergency = Button(lambda: C_("card", "Emergency"), "phone", "F12", on_click=self.card_asked.emit)

    def _make_cells(self) -> list[QFrame]:
        def label(words: Words) -> Line:
            return Line(words, "label text-2")

        station = cell(pair(self.station, self.station_rest))
        station.setFixedWidth(STATION)
        return [
            station,
            cell(self.time, 3, pair(self.date, self.day)),
            cell(pair(label(lambda: C_("strip", "Shift")), self.shift)),
            cell(pair(label(lambda: _("Crew")), self.crew)),
            cell(pair(label(lambda: C_("strip", "Next")), self.next)),
            cell(column(None, label(lambda: _("Abnormal")), row(self.sign, self.abnormal, spacing=4), None)),
            cell(pair(label(lambda: _("Database")), self.database)),
            cell(self.who, pair(self.person, self.role)),
            cell(column(1, self.emergency)),
        ]

    def show_status(self, status: Status, now: datetime, locked_since: str = "") -> None:
        """Say a status at a time; locked_since: HH:MM while nobody is picked."""
        self.status = status
        self._say_station(said(status.station))
        self.shift.say(status.shift)
        self.crew.say(status.crew)
        self.abnormal.restyle(f"fact-strong {'amber-fg' if status.abnormal else 'text'}")
        self.abnormal.say(
            lambda: n_("{n} item", "{n} items", status.abnormal).format(n=status.abnormal) if status.abnormal else C_("abnormal", "none")
        )
        self.sign.setVisible(bool(status.abnormal))
        self.database.restyle("fact" if status.database_well else "fact-strong amber-fg")
        self.database.say(status.database)
        self.who.show_sign("lock" if locked_since else "user", "text-2")
        self.person.say(lambda: _("nobody picked") if locked_since else said(status.person))
        self.role.say(lambda: _("locked {at}").format(at=locked_since) if locked_since else said(status.role))
        self.tick(now)
        self.fit()

    def show_alone(self, alone: bool) -> None:
        """Only the clock and the emergency card, while there is no station to speak of."""
        widest = self.cells[4]
        for each in self.cells[2:-1]:
            each.setVisible(not alone or each is widest)
        for line in widest.findChildren(Line):
            line.setVisible(not alone)

    def _say_station(self, name: str) -> None:
        """On two smaller lines where it is too long for one; a name without blanks is cut."""
        room = STATION - 2 * SIDES
        self.station.restyle("name")
        self.station.say(name)
        parts = name.split()
        large = self.station.wide <= room or len(parts) < 2
        self.station_rest.setVisible(not large)
        if not large:
            self.station.restyle("strong")
            count = len(parts) - 1
            while count > 1 and advance("strong", restored(" ".join(parts[:count]))) > room:
                count -= 1
            self.station.say(" ".join(parts[:count]))
            self.station_rest.say(" ".join(parts[count:]))

    def tick(self, now: datetime) -> None:
        """The clock went on."""
        self.time.say(f"{now:%H:%M}*:{now:%S}")
        self.date.say(f"{now:%m-%d}")
        self.day.say(lambda: weekday(now.date()))
        due, paused = self.status.due, self.status.paused
        if paused:
            self.next.restyle("fact-strong amber-fg")
            self.next.say(lambda: plain(said(paused)))
            return
        ink = due_tone(due, now)
        self.next.restyle(f"fact {ink}", "fact-strong")
        self.next.say(lambda: countdown_words(due, now))
        if self.next.wide > self.next.width() and not self.next.short:
            self.fit()

    def fit(self) -> None:
        """Shorter wordings, one after the other, until all cells have what they need; only then is anything cut."""
        lines = [line for line in (self.shift, self.crew, self.database, self.next) if "|" in said(line.words)]
        for line in lines:
            line.reword()
        for line in lines:
            line.reword(short=self.needed() > self.width())
        self.needed()
        for each in self.cells:
            each.updateGeometry()  # asking for sizes took the news from the cells: the strip must hear them
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def needed(self) -> int:
        """Width in pixels that all words want."""
        for each in self.cells:
            layout = each.layout()
            if layout is not None:
                layout.activate()  # else layouts inside layouts answer with old sizes
        return STATION + sum(each.sizeHint().width() for each in self.cells[1:])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self.fit)  # children are told after their parent
