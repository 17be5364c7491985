"""A roster judged: breaches with their words, hours, nights, holidays, fatigue and coverage, as its page and `roster check` show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.domain.roster import (
    Breach,
    Calendar,
    DayKind,
    Member,
    RuleSet,
    Weight,
    check,
    days_said,
    quarter_of,
    rule_said,
    said,
    standard_minutes,
    year_of,
)
from stationdesk.domain.roster import Roster as Sheet
from stationdesk.domain.roster.duties import NIGHT, PRESENCE, WORK, Night, at_work
from stationdesk.domain.roster.errors import RosterMissingError
from stationdesk.domain.rotation import ShiftKind
from stationdesk.services.people.view import names
from stationdesk.services.roster.calendar import calendar
from stationdesk.services.roster.certificates import certificate_names
from stationdesk.services.roster.draft import as_planned
from stationdesk.services.roster.plan import judged
from stationdesk.services.roster.rules import rules_in_force
from stationdesk.services.roster.staff import staff
from stationdesk.services.shifts.publications import SHIFTS, published, rostered
from stationdesk.services.station import setting
from stationdesk.storage.roster import Roster, RosterReason
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class BreachView:
    """A breach in words: the rule, the person ("" for a shift), the days, by how much; the reason where one was given."""

    breach: Breach
    rule: str
    person: str
    days: str
    words: str
    reason: str


@dataclass(frozen=True)
class Tally:
    """What a person does in a span of days."""

    duties: int
    presence: int  # minutes
    work: int  # minutes without standby and rest
    standard: int  # minutes owed
    nights: int
    weekend_days: int
    holidays: int  # statutory days with a shift

    @property
    def over(self) -> int:
        """Minutes beyond the standard, all hours at the station."""
        return max(0, self.presence - self.standard)


@dataclass(frozen=True)
class Judged:
    """A roster with what it is judged by and what was found."""

    sheet: Sheet
    calendar: Calendar
    people: tuple[Member, ...]
    rules: tuple[RuleSet, ...]
    breaches: tuple[Breach, ...]
    night: Night = NIGHT
    certificates: Mapping[str, Name] = field(default_factory=dict)  # what the station calls them

    @property
    def answerable(self) -> tuple[Breach, ...]:
        """Those that are published with a reason only: of the law and of the station, wishes apart."""
        compared = {each.code for each in self.rules if each.weight == Weight.COMPARISON}
        return tuple(each for each in self.breaches if each.rules not in compared and each.test != "wish")


def judge(session: Session, row: Roster, at: datetime) -> Judged:
    """Judge a roster of the store by the rules in force."""
    own = rostered(session, row)
    return judge_cells(session, own.first, own.last, own.kinds, own.cells, at, sheet=row.sheet)


def judge_cells(
    session: Session,
    first: date,
    last: date,
    kinds: tuple[ShiftKind, ...],
    cells: Mapping[tuple[int, date], str],
    at: datetime,
    *,
    sheet: str = SHIFTS,
) -> Judged:
    """Judge cells that need not be stored."""
    found = laid_out(session, first, last, kinds, cells, at, sheet=sheet)
    return replace(found, breaches=check(found.sheet, found.rules, found.calendar, found.people, found.night)) if sheet == SHIFTS else found


def laid_out(
    session: Session,
    first: date,
    last: date,
    kinds: tuple[ShiftKind, ...],
    cells: Mapping[tuple[int, date], str],
    at: datetime,
    *,
    sheet: str = SHIFTS,
) -> Judged:
    """The same without looking for breaches: for who only counts."""
    rules = rules_in_force(session, at)
    since = _since(rules, first)
    days = calendar(session, since, year_of(last)[1])
    people = tuple(each.member for each in staff(session, since, last, at))
    whole = judged(session, first, last, kinds, cells, since, sheet)
    return Judged(whole, days, people, rules, (), night_of(session, at), certificate_names(session, at))


def night_of(session: Session, at: datetime) -> Night:
    """What counts as night work at this station."""
    begins, ends, least = (int(setting(session, name, at)) for name in ("night_begins", "night_ends", "night_minutes"))
    return Night(begins, ends, least)


def _since(rules: tuple[RuleSet, ...], first: date) -> date:
    """How far back the rules look: the beginning of the longest period they count hours over."""
    periods = {rule.option("period", "month") for each in rules for rule in each.rules if rule.test == "hours"}
    if "year" in periods:
        return year_of(first)[0]
    return quarter_of(first)[0] if "quarter" in periods else first.replace(day=1)


def tally(found: Judged, person: int, first: date, last: date) -> Tally:
    """What somebody does from the first to the last day."""
    duties = [each for each in at_work(found.sheet.duties.get(person, ())) if first <= each.day <= last]
    member = next((each for each in found.people if each.person == person), None)
    return Tally(
        duties=len(duties),
        presence=sum(each.minutes(PRESENCE) for each in duties),
        work=sum(each.minutes(WORK) for each in duties),
        standard=standard_minutes(found.calendar, member, first, last),
        nights=sum(found.night.holds(each.kind) for each in duties),
        weekend_days=sum(each.day.weekday() > 4 for each in duties),
        holidays=sum(found.calendar.kind(each.day) == DayKind.STATUTORY for each in duties),
    )


def worded(session: Session, found: Judged, *roster_ids: int) -> tuple[BreachView, ...]:
    """The breaches in the language spoken now, with the reasons given in these rosters."""
    kinds: Mapping[str, Name] = {kind.code: kind.name for kind in found.sheet.kinds}
    people = names(session)
    sets = {each.code: each for each in found.rules}
    reasons = {key: words for each in roster_ids for key, words in reasons_of(session, each).items()}
    return tuple(
        BreachView(
            breach=each,
            rule=rule_said(each, sets),
            person=people.get(each.person, ""),
            days=days_said(each),
            words=said(each, kinds, found.certificates),
            reason=reasons.get(each.key, ""),
        )
        for each in found.breaches
    )


def reasons_of(session: Session, roster_id: int) -> dict[str, str]:
    """What was said for each breach, the last word counting."""
    rows = session.scalars(select(RosterReason).where(RosterReason.roster_id == roster_id).order_by(RosterReason.id))
    return {row.breach: row.words for row in rows}


@dataclass(frozen=True)
class Checked:
    """What `roster check` says of a span of days: by the published roster, the draft, or the rotation until there is one."""

    source: str  # published, draft, rotation
    number: int
    first: date
    last: date
    breaches: tuple[BreachView, ...]
    provisional: tuple[int, ...]  # years without an official calendar


def check_days(store: Store, first: date, last: date, at: datetime) -> Checked:
    """Every breach of these days: as published, else as drafted last, else as the rotation would plan. RosterMissingError."""
    with store.read() as session:
        row = _row(session, first, last)
        if row is not None:
            found = judge(session, row, at)
            source, number, roster_ids = ("published" if row.closed_at else "draft"), row.number, [row.id]
        else:
            found = judge_planned(session, first, last, at)
            if not any(found.sheet.kind[code].desk for code in found.sheet.cells.values() if code in found.sheet.kind):
                raise RosterMissingError(day=f"{first.isoformat()} – {last.isoformat()}")
            source, number, roster_ids = "rotation", 0, []
        provisional = found.calendar.provisional(first, last)
        return Checked(source, number, first, last, worded(session, found, *roster_ids), provisional)


def judge_planned(session: Session, first: date, last: date, at: datetime) -> Judged:
    """Judge what holds for some days, published or by the rotation; days before the desk had any plan are left out."""
    kinds, cells = as_planned(session, staff(session, first, last, at), first, last, at)
    desk = {kind.code for kind in kinds if kind.desk}
    begins = min((day for (_person, day), code in cells.items() if code in desk), default=None)
    found = judge_cells(session, begins or first, last, kinds, cells, at)
    return found if begins else replace(found, breaches=())


def _row(session: Session, first: date, last: date) -> Roster | None:
    """The roster that holds exactly or at least these days, the published before a draft."""
    found = published(session, first)
    if found is not None and found.last >= last:
        return session.get_one(Roster, found.roster_id)
    drafts = select(Roster).where(
        Roster.sheet == SHIFTS, Roster.closed_at.is_(None), Roster.dropped_at.is_(None), Roster.first <= first, Roster.last >= last
    )
    return session.scalars(drafts.order_by(Roster.id.desc()).limit(1)).first()
