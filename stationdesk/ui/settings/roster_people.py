"""What is kept of people for planning: certificates with their last day, and duties somebody has on fixed days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from stationdesk.domain.moments import day_of, format_date, weekday_words
from stationdesk.domain.numbers import half_width
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, _, n_
from stationdesk.services import Store, roster, settings
from stationdesk.services.people import PersonView, people_view
from stationdesk.services.roster import FixedView, QualificationView
from stationdesk.services.station import setting, zone
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item, rule
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text

AHEAD = timedelta(days=3660)
"""Fixed duties that begin later are not listed yet."""


@dataclass(frozen=True)
class Certificates:
    """The certificates, who can hold one, who may lead, and how many days ahead one is told of."""

    rows: tuple[QualificationView, ...]
    people: tuple[PersonView, ...]
    leaders: tuple[str, ...]
    soon: int


@dataclass(frozen=True)
class FixedDuties:
    """The fixed duties, who can have one, and the kinds of shift there are."""

    rows: tuple[FixedView, ...]
    people: tuple[PersonView, ...]
    kinds: tuple[ShiftKind, ...]


def _choices(people: Sequence[PersonView]) -> Any:
    return [(str(each.person_id), each.name) for each in people if each.retired_at is None]


def _beside_table(text: Text) -> Sequence[Item]:
    text.setContentsMargins(16, 12, 16, 12)
    return (rule(), text)


class CertificatesSection(ListSection):
    """Those that run out first come first; a change takes the place of the line, which stays in the journal."""

    key, icon, case, retire_case = "certificates", "id-card", "set_qualification", "retire_qualification"
    cases = ("set_qualification", "retire_qualification")
    kinds = frozenset({"qualification", "person", "role_grant", "crew_member", "station_list"})

    def __init__(self, runner: Runner) -> None:
        self.found = Certificates((), (), (), 0)
        super().__init__(runner)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Certificates")

    def load(self) -> Any:
        return _certificates

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Name"), lambda each: each.person, width=96),
            Column(lambda: _("Certificate"), lambda each: str(each.name), grows=True),
            Column(lambda: C_("certificate", "Number"), lambda each: each.number, width=112),
            Column(lambda: _("Valid until"), lambda each: format_date(each.last) if each.last else _("for good"), "right", width=100),
            Column(lambda: C_("certificate", "Left"), _left, "right", width=104, token=self._tone, icon=self._sign),
        )

    def _soon(self, row: QualificationView) -> bool:
        return row.days_left is not None and row.days_left <= self.found.soon

    def _tone(self, row: QualificationView) -> str:
        over = row.days_left is not None and row.days_left < 0
        return "red-fg" if over else "amber-fg" if self._soon(row) else "text-2"

    def _sign(self, row: QualificationView) -> str:
        over = row.days_left is not None and row.days_left < 0
        return "circle-alert" if over else "triangle-alert" if self._soon(row) else ""

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("person", lambda: _("Name"), "choice", lambda: _choices(self.found.people), fixed=True),),
            (Ask("code", lambda: _("Certificate"), most=60),),
            (Ask("number", lambda: C_("certificate", "Number"), most=40),),
            (Ask("first", lambda: _("Valid from (empty: today)"), "date"),),
            (Ask("last", lambda: _("Valid until (empty: for good)"), "date"),),
        )

    def below_table(self) -> Sequence[Item]:
        self.leaders = Text("", "label text-2")
        return _beside_table(self.leaders)

    def _leaders(self) -> str:
        names = _(", ").join(self.found.leaders) or "—"
        return _("May lead a shift: {names}. It comes from the crew and the roles, set under People and accounts.").format(names=names)

    def beside(self) -> Sequence[Item]:
        words = Text(
            lambda: _(
                "Which shift asks for which certificate is said under Roster rules, by the same name; the names are kept under Lists."
            ),
            "label text-2",
        )
        return (12, words)

    def rows_of(self, found: Certificates) -> Sequence[QualificationView]:
        self.found = found
        return found.rows

    def show_found(self, found: Certificates) -> None:
        super().show_found(found)
        self.leaders.say(self._leaders)
        if self._beginning or not self.rows:
            self.form.parts["person"].show_choices(_choices(found.people))  # type: ignore[attr-defined]

    def key_of(self, row: QualificationView) -> int:
        return row.qualification_id

    def name_of(self, row: QualificationView) -> str:
        return f"{row.person} {row.name}"

    def values_of(self, row: QualificationView | None) -> dict[str, Any]:
        if row is None:
            return {"person": _first(self.found.people)}
        return {"person": str(row.person_id), "code": str(row.name), "number": row.number, "first": row.first, "last": row.last}

    def keeping(self, row: QualificationView | None, values: dict[str, Any]) -> Call:
        call = partial(roster.set_qualification, instead_of=row.qualification_id if row else None)
        first = values["first"] or self.runner.local().date()
        return call, (int(values["person"] or 0), values["code"], first, values["last"], values["number"])

    def retiring(self, row: QualificationView) -> Call:
        return roster.retire_qualification, (row.qualification_id,)

    def done(self, result: Any) -> None:
        """The line that took its place is the one on screen."""
        super().done(result)
        self.row = None


def _first(people: Sequence[PersonView]) -> str | None:
    return next((str(each.person_id) for each in people if each.retired_at is None), None)


def _left(row: QualificationView) -> str:
    if row.days_left is None:
        return ""
    if row.days_left < 0:
        return _("run out")
    return n_("{count} day", "{count} days", row.days_left).format(count=row.days_left)


class FixedDutiesSection(ListSection):
    """A duty somebody has on weekdays whatever else is planned; the engine and the rules keep to it."""

    key, icon, case, retire_case = "fixed-duties", "user-check", "set_fixed_duty", "end_fixed_duty"
    cases = ("set_fixed_duty", "end_fixed_duty")
    kinds = frozenset({"fixed_duty", "person", "rotation_plan", "role_grant"})

    def __init__(self, runner: Runner) -> None:
        self.found = FixedDuties((), (), ())
        super().__init__(runner)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Fixed duties")

    def load(self) -> Any:
        return _fixed

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Name"), lambda each: each.person, width=96),
            Column(lambda: _("Duty"), lambda each: self._kind(each.kind), width=110),
            Column(lambda: _("On"), lambda each: weekday_words(each.weekdays), grows=True),
            Column(lambda: C_("span", "From"), lambda each: format_date(each.first), "right", width=104),
            Column(lambda: C_("span", "To"), lambda each: format_date(each.last), "right", width=104),
        )

    def _kind(self, code: str) -> str:
        return next((str(kind.name) for kind in self.found.kinds if kind.code == code), code)

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("person", lambda: _("Name"), "choice", lambda: _choices(self.found.people), fixed=True),),
            (Ask("kind", lambda: _("Duty"), "choice", self._kinds),),
            (Ask("weekdays", lambda: _("On weekdays (1 Monday; empty: every day)"), hint="1 3 5", errors=("weekdays",)),),
            (Ask("first", lambda: _("From (empty: today)"), "date"),),
            (Ask("last", lambda: _("To (empty: a year)"), "date"),),
            (Ask("words", lambda: _("Remark")),),
        )

    def _kinds(self) -> Any:
        return [(kind.code, partial(str, kind.name)) for kind in self.found.kinds]

    def below_table(self) -> Sequence[Item]:
        words = Text(
            lambda: _(
                "A fixed duty is planned on its days whatever else is, leave excepted; one of the desk's own shifts counts there too."
            ),
            "label text-2",
        )
        return _beside_table(words)

    def rows_of(self, found: FixedDuties) -> Sequence[FixedView]:
        self.found = found
        return found.rows

    def show_found(self, found: FixedDuties) -> None:
        super().show_found(found)
        if not self.rows and not self.form.changed():
            self.show_row(None)

    def key_of(self, row: FixedView) -> int:
        return row.fixed_id

    def name_of(self, row: FixedView) -> str:
        return f"{row.person} {self._kind(row.kind)}"

    def values_of(self, row: FixedView | None) -> dict[str, Any]:
        if row is None:
            return {"person": _first(self.found.people), "kind": next((kind.code for kind in self.found.kinds), None)}
        weekdays = " ".join(str(each + 1) for each in row.weekdays)
        return {
            "person": str(row.person_id), "kind": row.kind, "weekdays": weekdays, "first": row.first, "last": row.last, "words": row.words,
        }  # fmt: skip

    def keeping(self, row: FixedView | None, values: dict[str, Any]) -> Call:
        call = partial(roster.set_fixed_duty, instead_of=row.fixed_id if row else None)
        first = values["first"] or self.runner.local().date()
        last = values["last"] or first + timedelta(days=365)
        weekdays = tuple(int(each) - 1 for each in half_width(values["weekdays"]) if each.isdecimal())
        return call, (int(values["person"] or 0), values["kind"] or "", first, last, weekdays, values["words"])

    def retiring(self, row: FixedView) -> Call:
        return roster.end_fixed_duty, (row.fixed_id,)

    def done(self, result: Any) -> None:
        """The line that took its place is the one on screen."""
        super().done(result)
        self.row = None


def _certificates(store: Store, at: datetime) -> Certificates:
    with store.read() as session:
        today, soon = day_of(at, zone(session)), int(setting(session, "due_warning_days", at))
        leaders = tuple(each.member.name for each in roster.staff(session, today, today, at) if each.member.leads)
    return Certificates(roster.qualifications(store, today, at), people_view(store, at), leaders, soon)


def _fixed(store: Store, at: datetime) -> FixedDuties:
    with store.read() as session:
        today, others = day_of(at, zone(session)), roster.day_kinds(session, at)
    plan = settings.rotation_view(store, at).plan
    kinds = (*(plan.pattern.kinds if plan else ()), *others)
    return FixedDuties(roster.fixed_duties(store, today, today + AHEAD), people_view(store, at), kinds)
