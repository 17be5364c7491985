"""The calendar of a year: holidays, days off, make-up workdays; one day is changed, or a year's file brought in after a trial."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import format_date, weekday
from stationdesk.domain.names import Name
from stationdesk.domain.roster import DAY_NAMES, PAY, DayKind, SetDay
from stationdesk.domain.words import C_, N_, _, n_
from stationdesk.services import Store, roster
from stationdesk.services.roster import CalendarDayView, CalendarView
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item, column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text

FILTER = "CSV, Excel (*.csv *.xlsx)"
FIRST, LAST = 2004, 2099
SHOWN = 12


class RosterDaysSection(ListSection):
    """The days of one year that are not what their weekday says."""

    key, icon, case = "calendar", "calendar-days", "set_calendar_day"
    cases = ("set_calendar_day", "import_calendar")
    kinds = frozenset({"calendar_day", "calendar_year", "role_grant"})

    def __init__(self, runner: Runner) -> None:
        self.year = runner.local().year
        self.view: CalendarView | None = None
        self.file: Path | None = None
        super().__init__(runner)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Calendar")

    def load(self) -> Any:
        return partial(_load, self.year)

    # Parts
    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Day"), lambda each: format_date(each.day), width=96),
            Column(lambda: _("Weekday"), lambda each: weekday(each.day), width=76),
            Column(lambda: _("What it is"), lambda each: _(DAY_NAMES[each.kind]), width=138, strong=_worked),
            Column(lambda: C_("settings", "Name"), lambda each: str(each.name), grows=True),
            Column(lambda: C_("calendar", "Overtime"), lambda each: f"{PAY[each.kind]} %", "right", width=82),
            Column(lambda: C_("calendar", "Set by"), self._by, width=72),
        )

    def _by(self, each: CalendarDayView) -> str:
        if each.own:
            return _("station")
        return _("notice") if self.view is not None and self.view.official else _("law")

    def above_table(self) -> Sequence[Item]:
        self.said, self.warning = Line("", "strong"), Text("", "body")
        self.source = Line("", "label text-2", elide=True)
        self.open = Chip(lambda: _("no official calendar"), look="amber")
        back = Button("", icon="chevron-left", look="small", on_click=lambda: self.show_year(self.year - 1))
        on = Button("", icon="chevron-right", look="small", on_click=lambda: self.show_year(self.year + 1))
        back.setAccessibleName(_("The year before"))
        on.setAccessibleName(_("The year after"))
        bar = row(back, self.said, on, 12, self.open, self.source, sides=16)
        bar.setStretchFactor(self.source, 1)
        bar.addStrut(48)
        self.warning.setContentsMargins(16, 0, 16, 12)
        return (bar, self.warning, rule())

    def below_table(self) -> Sequence[Item]:
        self.pick = Button(lambda: C_("settings", "Try a file"), icon="folder-open", look="small", on_click=self.choose_file)
        self.bring = Button(lambda: C_("settings", "Bring in"), icon="upload", look="small", on_click=self.bring_it)
        self.bring.setEnabled(False)
        self.read = Text(_format, "label text-2")
        inside = column(12, row(self.pick, self.bring, None), 8, self.read, 12)
        inside.setContentsMargins(16, 0, 16, 0)
        return (rule(), inside)

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("day", lambda: _("Day"), "date"),),
            (Ask("kind", lambda: _("What it is"), "choice", _kinds),),
            (Ask("name_zh", lambda: _("Name (Chinese)")), Ask("name_en", lambda: _("Name (English)"))),
        )

    def beside(self) -> Sequence[Item]:
        about = N_(
            "A day is set for everybody: workdays make the hours that are owed, statutory holidays are shared fairly and paid three times. "
            "What it was before stays in the journal."
        )
        return (12, Text(lambda: _(about), "label text-2"))

    # What is there
    def rows_of(self, found: CalendarView) -> Sequence[CalendarDayView]:
        self.view = found
        return found.days

    def show_found(self, found: CalendarView) -> None:
        super().show_found(found)
        self.block_beside(self.pick, "import_calendar", self.case)
        self.bring.setVisible("import_calendar" not in self.refused)
        self.said.say(lambda: _("Year {year}").format(year=self.year))
        self.source.say(partial(_source, found))
        self.warning.say(partial(_warning, found))
        for part in (self.warning, self.open):
            part.setVisible(not found.official)

    def show_year(self, year: int) -> None:
        """Another year; a file that was tried belonged to the one before."""
        if FIRST <= year <= LAST:
            self.year, self.row, self.file = year, None, None
            self.form.fill({})
            self.bring.setEnabled(False)
            self.read.say(_format)
            self.reload()

    def key_of(self, row: CalendarDayView) -> Any:
        return row.day

    def name_of(self, row: CalendarDayView) -> str:
        return f"{format_date(row.day)} {row.name}".strip()

    def values_of(self, row: CalendarDayView | None) -> dict[str, Any]:
        if row is None:
            return {"kind": DayKind.HOLIDAY.value}
        return {"day": row.day, "kind": row.kind.value, "name_zh": row.name.zh, "name_en": row.name.en}

    def keeping(self, row: CalendarDayView | None, values: dict[str, Any]) -> Call:
        kind, name = DayKind(values["kind"] or DayKind.WORKDAY), Name(values["name_zh"], values["name_en"])
        seen = SetDay(row.kind, row.name) if row is not None and row.day == values["day"] else None
        return partial(roster.set_calendar_day, seen=seen), (values["day"], kind, name)

    def keep(self) -> None:
        """A day is needed."""
        part = self.form.parts["day"]
        values = self.form.read()
        if values is not None and values["day"] is None:
            part.error(lambda: _("Say which day."))  # type: ignore[attr-defined]
            part.take_focus()  # type: ignore[attr-defined]
            return
        super().keep()

    # A year's file
    def choose_file(self) -> None:
        """Ask which; it is tried at once."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a calendar"), "", FILTER)
        if name:
            self.try_file(Path(name))

    def try_file(self, file: Path) -> None:
        """A dry run: nothing is written."""
        self.file = file
        self.bring.setEnabled(False)
        self.send((partial(roster.import_calendar, dry_run=True), (file, self.year)), None, self._tried)

    def _tried(self, refused: tuple[DomainError, ...]) -> None:
        name, year = self.file.name if self.file else "", self.year
        if refused:
            self.read.say(lambda: _refused(name, refused))
            return
        self.bring.setEnabled(True)
        self.read.say(
            lambda: _("{file}: every line was understood. “Bring in” makes it the calendar of {year}.").format(file=name, year=year)
        )

    def bring_it(self) -> None:
        """All of it, or nothing."""
        if self.file is not None:
            self.bring.setEnabled(False)
            self.send((roster.import_calendar, (self.file, self.year)), None, self._brought)

    def _brought(self, refused: tuple[DomainError, ...]) -> None:
        self._tried(refused)
        if not refused:
            name, year = self.file.name if self.file else "", self.year
            self.bring.setEnabled(False)
            self.row = None
            self.read.say(lambda: _("{file} is the calendar of {year} now.").format(file=name, year=year))


def _kinds() -> Any:
    return [(kind.value, lambda words=words: _(words)) for kind, words in DAY_NAMES.items()]


def _worked(each: CalendarDayView) -> bool:
    return each.kind in (DayKind.MAKE_UP, DayKind.STATUTORY)


def _format() -> str:
    return _("A file has a line for each day out of the ordinary: date; statutory, holiday, make_up or workday; name. It is tried first.")


def _refused(name: str, refused: tuple[DomainError, ...]) -> str:
    head = n_(
        "{file}: {count} line is refused, nothing was written.", "{file}: {count} lines are refused, nothing was written.", len(refused)
    )
    more = len(refused) - SHOWN
    rest = [_("and {count} more").format(count=more)] if more > 0 else []
    return "\n".join([head.format(file=name, count=len(refused)), *(say(each) for each in refused[:SHOWN]), *rest])


def _source(view: CalendarView) -> str:
    return _("Source: {source}").format(source=view.source) if view.official else ""


def _warning(view: CalendarView) -> str:
    return _(
        "{year} has no official calendar yet: only the statutory days are known, days off and make-up workdays may still move. "
        "Bring the State Council's notice in when it is out, or set its days here; rosters of {year} say so until then."
    ).format(year=view.year)


def _load(year: int, store: Store, _at: datetime) -> CalendarView:
    return roster.calendar_view(store, year)
