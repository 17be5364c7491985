"""The daily metering certificate: every check of every run answered by a key, what is not in order in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.certificate import CHECKS, Checked
from stationdesk.domain.moments import format_moment
from stationdesk.domain.names import Name
from stationdesk.domain.words import C_, _, n_
from stationdesk.services.metering import certificates
from stationdesk.services.metering.certificates import CertificateForm
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.late_view import LateView, keep
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column, Group
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.text import Text


@dataclass(frozen=True)
class Check:
    """One line to be answered. in_order None: not looked at yet."""

    stream: str
    name: Name = field(compare=False)
    check: str
    in_order: bool | None = None
    value: str = ""
    words: str = ""

    @property
    def id(self) -> tuple[str, str]:
        """The row's key in a table."""
        return self.stream, self.check


class CertificatePane(LateView):
    """1 in order, 2 not; A all in order; what is not in order wants words. C certifies the day."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.form: CertificateForm | None = None
        self.checks: dict[tuple[str, str], Check] = {}
        self.touched = self.busy = False
        self.fact = Line("", "body text-2", elide=True)
        self.all = Button(lambda: C_("metering", "All in order"), "check", "A", on_click=self.all_in_order)
        self.send_button = Button(lambda: C_("metering", "Certify the day"), look="primary", key="C", on_click=self.send)
        columns = (
            Column(lambda: C_("metering", "Check"), lambda each: _(CHECKS[each.check]), grows=True),
            Column(lambda: C_("metering", "Found"), _found, width=108, token=_ink, icon=_sign),
            Column(lambda: C_("metering", "Shown"), lambda each: each.value, width=84),
            Column(lambda: C_("metering", "Words"), lambda each: each.words, grows=True),
        )
        self.table = _Checks(
            columns, lambda: C_("metering", "Certificate"), compact=True, empty=EmptyState(lambda: _("There is no run to check."))
        )
        self.value = Field(lambda: C_("metering", "Value shown"), below=False)
        self.words = Field(lambda: C_("metering", "What is not in order"), below=False)
        self.remark = Field(lambda: C_("metering", "Remark of the day"), below=False)
        self.problem = Text("", "label red-fg")
        self.problem.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        bar = row(self.fact, None, self.all, self.send_button, sides=16)
        bar.addStrut(48)
        fields = row(self.value, self.words, self.remark, sides=16, spacing=12)
        for n, share in enumerate((2, 4, 4)):
            fields.setStretch(n, share)
        column(bar, rule(), self.table, rule(), 8, fields, row(self.problem, sides=16), 12, owner=self).setStretch(2, 1)

    def _connect(self) -> None:
        self.table.current.connect(self._current)
        self.table.answered.connect(self._answered)
        self.value.edited.connect(self._said)
        self.words.edited.connect(self._said)
        self.value.entered.connect(self._next)
        self.words.entered.connect(self._next)
        shortcut(self, "Esc", self.take_focus, inside=True)

    def keep_buttons(self, board: Board) -> None:
        keep(self.send_button, board.refusals.get("certify_day"))
        self.all.setVisible("certify_day" not in board.refusals)

    def ask_rows(self, board: Board) -> None:
        self.runner.query(self, certificates.certificate_form, board.day, board.at, on_done=self._show)

    def _show(self, form: CertificateForm) -> None:
        other = self.form is None or self.form.day != form.day
        self.form = form
        if other or not self.touched:
            self.touched = False
            standing = {(each.stream, each.check): each for each in form.standing.checked} if form.standing else {}
            self.checks = {(code, check): _check(code, name, check, standing) for code, name in form.runs for check in CHECKS}
            self.remark.set_text(form.standing.words if form.standing else "")
        self._fill()
        self.fact.say(self._fact_words)

    def _fill(self) -> None:
        rows: list[object] = []
        for code, name in self.form.runs if self.form else ():
            rows += [Group(str(name)), *(self.checks[code, check] for check in CHECKS)]
        self.table.show_rows(rows)
        if self.table.current_row() is None and self.checks:
            self.table.select_key(next(iter(self.checks)))

    def _fact_words(self) -> str:
        standing = self.form.standing if self.form else None
        if standing is not None and not self.touched:
            when = format_moment(standing.at, self.runner.zone)
            said = _("Certified by {name}, {time}") if standing.in_order else _("Certified with findings by {name}, {time}")
            return said.format(name=standing.by, time=when)
        open_ = sum(each.in_order is None for each in self.checks.values())
        return n_("{n} check open", "{n} checks open", open_).format(n=open_) if open_ else _("All checks are answered.")

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Answering
    def _current(self, each: Check | None) -> None:
        self.value.set_text(each.value if each is not None else "")
        self.words.set_text(each.words if each is not None else "")
        self.words.error()

    def _answered(self, in_order: bool) -> None:
        each: Check | None = self.table.current_row()
        if each is None or self.form is None or not self.send_button.isEnabled():
            return
        self._put(replace(each, in_order=in_order))
        if in_order:
            self._next()
        else:
            self.words.take_focus()

    def _said(self, _text: str) -> None:
        each: Check | None = self.table.current_row()
        if each is not None and self.send_button.isEnabled():
            self._put(replace(each, value=self.value.text(), words=self.words.text()))

    def _put(self, each: Check) -> None:
        self.checks[each.id], self.touched = each, True
        self._fill()
        self.fact.say(self._fact_words)

    def _next(self) -> None:
        """To the line below."""
        keys = list(self.checks)
        each: Check | None = self.table.current_row()
        at = keys.index(each.id) + 1 if each is not None else 0
        if at < len(keys):
            self.table.select_key(keys[at])
        self.take_focus()

    def all_in_order(self) -> None:
        """What was not answered yet was looked at and is in order."""
        for key, each in self.checks.items():
            if each.in_order is None:
                self.checks[key] = replace(each, in_order=True)
        self.touched = True
        self._fill()
        self.fact.say(self._fact_words)

    def send(self) -> None:
        """Put the certificate on record."""
        if self.form is None or self.busy:
            return
        self.problem.hide()
        given = [each for each in self.checks.values() if each.in_order is not None]
        checked = tuple(Checked(each.stream, each.check, bool(each.in_order), each.value, each.words) for each in given)
        self.busy = True
        args = (self.form.day, checked, self.remark.text())
        self.runner.command(self, certificates.certify_day, *args, on_done=self._sent, on_error=self._failed)

    def _sent(self, _answer: object) -> None:
        self.busy = self.touched = False
        self.asked.emit("certified", None)

    def _failed(self, error: DomainError) -> None:
        self.busy = False
        self.problem.say(partial(say, error))
        self.problem.show()
        wanting = next((each for each in self.checks.values() if each.in_order is None or (not each.in_order and not each.words)), None)
        if wanting is not None:
            self.table.select_key(wanting.id)
            if wanting.in_order is False:
                self.words.take_focus()


class _Checks(Table):
    """The keys 1 and 2 answer the current line."""

    answered = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("1", "2"):
            self.answered.emit(event.text() == "1")
        else:
            super().keyPressEvent(event)


def _check(code: str, name: Name, check: str, standing: dict[tuple[str, str], Checked]) -> Check:
    each = standing.get((code, check))
    return Check(code, name, check, each.in_order, each.value, each.words) if each else Check(code, name, check)


def _found(each: Check) -> str:
    if each.in_order is None:
        return ""
    return C_("metering", "in order") if each.in_order else C_("metering", "not in order")


def _ink(each: Check) -> str:
    return "amber-fg" if each.in_order is False else "text-2"


def _sign(each: Check) -> str:
    return {None: "circle", True: "check", False: "triangle-alert"}[each.in_order]
