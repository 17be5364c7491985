"""What a report is made of: the shift, day or record, the language, and whether a blank form is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.words import C_, _
from stationdesk.reports.registry import Period, Report
from stationdesk.services.subjects import Subject
from stationdesk.ui.reports.asks import Offer, Wish
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.date_field import DateField
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words

DAY_WIDE, MONTH_WIDE, SELECT_LEAST, LIST_LEAST = 108, 96, 160, 280
LANGUAGES = ("zh_CN", "en")
MONTH = re.compile(r"(\d{4})[-./年]?(0?[1-9]|1[0-2])月?")


class Chooser(QWidget):
    """changed(): another sheet is wanted. until_changed(date | None): other shifts are to be chosen from."""

    changed = Signal()
    until_changed = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.period = Period.NOW
        self.items: tuple[Subject, ...] = ()
        self.shift = Select(lambda: _("Shift"), below=False)
        self.item = Select(lambda: C_("sheet", "Form of"), below=False)
        self.until = DateField(lambda: _("Shifts up to"), today, below=False)
        self.day = DateField(lambda: _("Day"), today, below=False)
        self.last = DateField(lambda: _("Last day"), today, below=False)
        self.month = Field(lambda: _("Month"), hint=lambda: _("YYYY-MM"), below=False)
        self.stands = Line(lambda: _("As things stand now"), "body text-2")
        self.language = Choice([Option("zh_CN", "中文"), Option("en", "English")], lambda: _("Language"))
        self.version = Choice(
            [Option(False, lambda: C_("sheet", "record")), Option(True, lambda: C_("sheet", "blank form"))], lambda: _("Version")
        )
        self.version.choose(False)
        self._lay_out()
        self._connect()

    @property
    def select(self) -> Select:
        """The list that is chosen from, of shifts or of records."""
        return self.item if self.period is Period.ITEM else self.shift

    def _lay_out(self) -> None:
        for each in (self.until, self.day, self.last):
            each.setFixedWidth(DAY_WIDE)
        for select in (self.shift, self.item):
            select.combo.setMinimumWidth(SELECT_LEAST)
            select.combo.view().setMinimumWidth(LIST_LEAST)
            select.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.month.setFixedWidth(MONTH_WIDE)
        self.versions = QWidget()
        column(Line(lambda: _("Version"), "label"), 6, self.version, 2, owner=self.versions)
        languages = column(Line(lambda: _("Language"), "label"), 6, self.language, 2)
        stands = column(None, self.stands, 6)
        subject = (self.shift, self.item, self.until, self.day, self.last, self.month)
        inside = row(*subject, stands, self.versions, languages, owner=self, spacing=12)
        inside.insertStretch(len(subject) + 1, 0)  # takes the room where no list does
        inside.setStretchFactor(self.shift, 1)
        inside.setStretchFactor(self.item, 1)
        self._show_parts(False)

    def _connect(self) -> None:
        for each in (self.shift, self.item, self.day, self.last, self.language, self.version):
            each.chosen.connect(self._changed)
        self.month.committed.connect(self._changed)
        self.until.chosen.connect(self.until_changed)

    # What is offered
    def show_offer(self, report: Report, offer: Offer, subject: str, blank: bool) -> None:
        """The choices of a report, and the subject that is to be seen; one that is not among them stands as itself."""
        self.period, self.items = report.period, offer.subjects
        has_form = bool(report.form) and not report.only_form
        self._show_parts(has_form)
        self.select.choices = ()  # another report: what was chosen means nothing here
        self.select.show_choices(self._choices(subject))
        self.version.choose(blank and has_form)
        if self.language.value() is None:
            self.language.choose(offer.language)
        self._show_subject(subject)

    def _show_parts(self, has_form: bool) -> None:
        period = self.period
        self.shift.setVisible(period is Period.SHIFT)
        self.item.setVisible(period is Period.ITEM)
        self.until.setVisible(period is Period.SHIFT)
        self.day.setVisible(period in (Period.DAY, Period.SPAN))
        self.last.setVisible(period is Period.SPAN)
        self.month.setVisible(period is Period.MONTH)
        self.stands.setVisible(period is Period.NOW)
        self.versions.setVisible(has_form)

    def _choices(self, subject: str) -> list[tuple[str, Words]]:
        named = _words if self.period is Period.SHIFT else _name
        found: list[tuple[str, Words]] = [(each.code, named(each)) for each in self.items]
        if subject and subject not in [each.code for each in self.items]:
            found.insert(0, (subject, _alone(subject)))
        return found

    def _show_subject(self, subject: str) -> None:
        first, _dots, last = subject.partition("..")
        self.select.choose(subject)
        if self.period in (Period.DAY, Period.SPAN):
            self.day.choose(_date(first))
            self.last.choose(_date(last))
        self.month.set_text(subject if self.period is Period.MONTH else "")

    # What is chosen
    def wish(self, report: str) -> Wish | None:
        """What is to be made; None while something is missing or cannot be read."""
        subject = self.subject()
        if subject is None:
            return None
        return Wish(report, subject, self.language.value() or LANGUAGES[0], bool(self.version.value()))

    def subject(self) -> str | None:
        """The text a report takes."""
        match self.period:
            case Period.SHIFT | Period.ITEM:
                chosen: str | None = self.select.value()
                return chosen
            case Period.DAY:
                return _text(self.day.value())
            case Period.MONTH:
                return self._month()
            case Period.SPAN:
                first, last = self.day.value(), self.last.value()
                return f"{first}..{last}" if first and last and first <= last else None
        return ""

    def _month(self) -> str | None:
        found = MONTH.fullmatch(self.month.text())
        self.month.error(
            "" if found or not self.month.text() else lambda: _("No month. Write it like {example}.").format(example="2026-11")
        )
        return f"{found[1]}-{int(found[2]):02d}" if found else None

    def step(self, by: int) -> None:
        """To the older (−1) or newer (1) one."""
        if self.period is Period.DAY:
            day = self.day.value()
            self.day.choose(day + timedelta(days=by) if day else None)
            self.changed.emit()
            return
        codes = [code for code, _words in self.select.choices]
        at = codes.index(self.select.value()) if self.select.value() in codes else 0
        if self.period in (Period.SHIFT, Period.ITEM) and 0 <= at - by < len(codes):
            self.select.choose(codes[at - by])
            self.changed.emit()

    def turn_language(self) -> None:
        """The other language."""
        self.language.choose(next(each for each in LANGUAGES if each != self.language.value()))
        self.changed.emit()

    def turn_version(self) -> None:
        """The record, or the blank form, where there is one."""
        if self.versions.isVisible():
            self.version.choose(not self.version.value())
            self.changed.emit()

    def take_focus(self) -> None:
        """To the first thing to choose."""
        for each in (self.shift, self.item, self.day, self.month):
            if each.isVisible():
                each.take_focus()
                return

    def _changed(self, _value: object) -> None:
        self.changed.emit()


def _words(each: Subject) -> Words:
    if each.done:
        return lambda: f"{each.label} {each.name}"
    return lambda: _("{shift} (running)").format(shift=f"{each.label} {each.name}")


def _name(each: Subject) -> Words:
    return lambda: str(each.name)


def _alone(subject: str) -> Words:
    """A record or day that another page asked for."""
    kind, _colon, number = subject.partition(":")
    if _date(subject) is not None:
        return subject
    return lambda: _("Record {number}").format(number=number or kind)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
