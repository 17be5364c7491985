"""A station's lists put into a store inside one transaction: what is not there is added, what differs is changed as a dated version.

Nothing is retired by a row that is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.hazards import HazardState
from stationdesk.domain.moments import DAY, at_wall, hour_of
from stationdesk.domain.profile import PointDefault
from stationdesk.domain.setup import ContactRow, CrewRow, EquipmentRow, HazardRow, PersonRow, PointRow, Refusals, RouteRow, Row, text_of
from stationdesk.domain.setup.refusals import BaseThereError, KindStaysError, LoginStaysError, SamePersonError
from stationdesk.services.equipment import put_due, put_equipment
from stationdesk.services.hazards.life import add_hazard
from stationdesk.services.people.accounts import add_account
from stationdesk.services.people.staff import put_in_crew, put_person, put_role
from stationdesk.services.people.view import names, roles_of
from stationdesk.services.readings.versions import PointText, in_force, put_point, put_point_version
from stationdesk.services.readings.views import PointView
from stationdesk.services.rounds.routes import ROUTES, RouteText, put_route, put_version
from stationdesk.services.settings import put_contact, put_crew
from stationdesk.services.setup.known import known_here, route_default
from stationdesk.storage.accounts import Account
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.keys import Sealed
from stationdesk.storage.people import Crew, CrewMember, Person
from stationdesk.storage.readings import READING
from stationdesk.storage.station import Contact
from stationdesk.storage.store import Actor

HOW = "setup"


@dataclass(frozen=True)
class FirstPassword:
    """A login's first password, shown this once and stored nowhere."""

    name: str
    login: str
    password: str


@dataclass
class Count:
    """What became of a sheet's rows."""

    added: int = 0
    changed: int = 0


@dataclass
class Bringing:
    """One workbook going into one store. sealed: first password and sealed key by login, made before the transaction."""

    session: Session
    actor: Actor
    at: datetime
    zone: ZoneInfo
    sealed: Mapping[str, tuple[str, Sealed]]
    refusals: Refusals = field(default_factory=Refusals)
    counts: dict[str, Count] = field(default_factory=dict)
    passwords: list[FirstPassword] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.roles = {post.code: post.role for post in known_here(self.session, self.at).posts}

    def count(self, sheet: str) -> Count:
        """The count of a sheet."""
        return self.counts.setdefault(sheet, Count())

    @contextmanager
    def of(self, row: Row, key: str) -> Iterator[None]:
        """What a rule refuses inside belongs to the column its error names, or to this one."""
        try:
            yield
        except DomainError as error:
            named = error.field
            self.refusals.add(row, named if named is not None and named in row.cells else key, error)

    def crews(self, rows: Sequence[CrewRow]) -> None:
        """Crews by their code."""
        there = {crew.code: crew for crew in self.session.scalars(select(Crew))}
        for n, each in enumerate(rows):
            with self.of(each.row, "code"):
                found = there.get(each.crew.code)
                names = (found.name_zh, found.name_en) if found else ()
                if names == (each.crew.name.zh, each.crew.name.en):
                    continue
                put_crew(self.session, each.crew.code, each.crew.name, found.position if found else max(n, len(there)))
                self._counted("crews", found)

    def _counted(self, sheet: str, there: object) -> None:
        count = self.count(sheet)
        if there is None:
            count.added += 1
        else:
            count.changed += 1

    def people(self, rows: Sequence[PersonRow]) -> None:
        """People by staff number, else by name."""
        there = list(self.session.scalars(select(Person).where(Person.retired_at.is_(None))))
        for each in rows:
            with self.of(each.row, "name"):
                self._person(each, _find(each, there))

    def _person(self, each: PersonRow, found: Person | None) -> None:
        person, changed = found, False
        if person is None:
            person = put_person(self.session, each.name, number=each.number, phone=each.phone, post=each.post)
        else:
            changed = _differs(person, each)
            person.name, person.phone, person.post = each.name, each.phone or person.phone, each.post
            person.number = each.number or person.number
        changed = self._role(person, each) or changed
        changed = self._crew(person, each) or changed
        changed = self._account(person, each) or changed
        if found is None or changed:
            self._counted("people", found)

    def _role(self, person: Person, each: PersonRow) -> bool:
        role = self.roles.get(each.post, "operator")
        if role in roles_of(self.session, person.id, self.at):
            return False
        put_role(self.session, person.id, role, self.actor.person_id, self.at)
        return True

    def _crew(self, person: Person, each: PersonRow) -> bool:
        if not each.crew or (each.crew, each.leader) == self._place(person.id):
            return False
        put_in_crew(self.session, person.id, each.crew, self.at, leader=each.leader)
        return True

    def _place(self, person_id: int) -> tuple[str, bool] | None:
        held = select(Crew.code, CrewMember.leader).join(Crew, Crew.id == CrewMember.crew_id)
        row = self.session.execute(held.where(CrewMember.person_id == person_id, CrewMember.valid_to.is_(None))).first()
        return (row[0], row[1]) if row else None

    def _account(self, person: Person, each: PersonRow) -> bool:
        if not each.login:
            return False
        own = self.session.scalars(select(Account).where(Account.person_id == person.id, Account.retired_at.is_(None))).first()
        if own is not None and own.login != each.login:
            raise LoginStaysError(name=person.name, login=own.login)
        if own is not None:
            return False
        password, sealed = self.sealed[each.login]
        add_account(self.session, person.id, each.login, sealed, password, self.actor.person_id, self.at)
        self.passwords.append(FirstPassword(person.name, each.login, password))
        return True

    def points(self, rows: Sequence[PointRow]) -> None:
        """Reading points by their code; a changed one is a version from now on."""
        there = {each.code: each for each in in_force(self.session, self.at).points}
        keep = _in_order([there.get(each.point.code) for each in rows])
        for n, each in enumerate(rows):
            found = there.get(each.point.code)
            position = _position(n, found, len(there)) if keep else n
            with self.of(each.row, "code"):
                self._point(each, found, point_text(each.point, position))

    def _point(self, each: PointRow, found: PointView | None, text: PointText) -> None:
        if found is None:
            put_point(self.session, self.actor.person_id, each.point.code, each.point.kind, text, self.at, self.at)
        elif found.kind != each.point.kind:
            raise KindStaysError(point=found.code)
        elif text == text_here(found):
            return
        else:
            put_point_version(self.session, self.actor.person_id, found.point_id, text, self.at, self.at)
        self._counted("points", found)

    def bases(self, rows: Sequence[PointRow]) -> None:
        """What counters show at the last full hour, as readings without a shift."""
        given = [each for each in rows if each.base is not None]
        if not given:
            return
        there = {each.code: each for each in in_force(self.session, self.at).points}
        taken: list[dict[str, object]] = []
        for each in given:
            point = there.get(each.point.code)
            with self.of(each.row, "base"):
                if point is None or each.base is None:
                    continue
                if self._read(point.point_id):
                    raise BaseThereError(point=each.point.code)
                taken.append(self._base(point, each.base))
        if taken:
            insert_rows(self.session, READING, taken)
            self.count("bases").added += len(taken)

    def _read(self, point_id: int) -> bool:
        return bool(self.session.scalars(select(func.count()).where(READING.c.point_id == point_id)).one())

    def _base(self, point: PointView, value: Decimal) -> dict[str, object]:
        hour = hour_of(self.at, self.zone)
        stamp = self.at.replace(microsecond=0)
        who = {"by_id": self.actor.person_id, "at": stamp, "how": HOW, "shift_id": None}
        return {"point_id": point.point_id, "time": hour, "value": value, "version_id": point.version_id, **who}

    def routes(self, rows: Sequence[RouteRow]) -> None:
        """Routes by their code, with all their checkpoints; a changed one is a version from now on."""
        there = {each.code: each for each in ROUTES.in_use(self.session, self.at)}
        for n, each in enumerate(rows):
            found = there.get(each.route.code)
            lines = tuple(text_of(line) for line in each.route.checkpoints)
            position = found.position if found else max(n, len(there))
            text = RouteText(each.route.name, each.route.schedule, lines, each.route.window_minutes, each.route.people, position)
            with self.of(each.row, "code"):
                if found is not None and route_default(self.session, found) == each.route:
                    continue
                if found is None:
                    put_route(self.session, self.actor.person_id, each.route.code, text, self.at, self.at)
                else:
                    ROUTES.refuse_past(self.session, found.route_id, found.name, self.at)
                    put_version(self.session, self.actor.person_id, found.route_id, text, self.at, self.at)
                self._counted("routes", found)

    def equipment(self, rows: Sequence[EquipmentRow]) -> None:
        """Equipment by its tag, due dates by what is due."""
        for each in rows:
            with self.of(each.row, "code"):
                texts = (each.name, each.kind, each.place, each.status, each.status_words)
                piece, outcome = put_equipment(self.session, each.code, *texts)
                dues = [put_due(self.session, piece.id, due.what, due.due, due.last, due.months) for due in each.dues]
                if outcome == "added":
                    self.count("equipment").added += 1
                elif outcome or any(dues):
                    self.count("equipment").changed += 1

    def hazards(self, rows: Sequence[HazardRow]) -> None:
        """Hazards that are not in the ledger yet."""
        still = self.session.scalars(select(Hazard).where(Hazard.state != HazardState.CLOSED))
        there = {(each.place, each.text) for each in still}
        owners = {name: key for key, name in sorted(names(self.session).items(), reverse=True)}
        for each in rows:
            if (" ".join(each.place.split()), each.text.strip()) in there:
                continue
            with self.of(each.row, "place"):
                owner = owners.get(each.owner)
                made = add_hazard(self.session, self.actor, grade=each.grade, place=each.place, text=each.text, at=self.at, owner_id=owner)
                if each.deadline is not None:
                    made.deadline = at_wall(each.deadline, DAY, self.zone)
                self.count("hazards").added += 1

    def contacts(self, rows: Sequence[ContactRow]) -> None:
        """Lines of the contact card by whom they call."""
        there = {each.role_zh: each for each in self.session.scalars(select(Contact).where(Contact.retired_at.is_(None)))}
        for n, each in enumerate(rows):
            found = there.get(each.contact.role.zh)
            with self.of(each.row, "phone"):
                position = found.position if found else max(n, len(there))
                if put_contact(self.session, each.contact, position, found):
                    self._counted("contacts", found)


def _position(n: int, found: PointView | None, there: int) -> int:
    """Those that are there keep their place, new ones follow."""
    return found.position if found is not None else max(n, there)


def _find(each: PersonRow, there: Sequence[Person]) -> Person | None:
    """Who a row means. SamePersonError where a name alone is not enough."""
    numbered = next((person for person in there if each.number and person.number == each.number), None)
    if numbered is not None:
        return numbered
    named = [person for person in there if person.name == each.name and not (each.number and person.number)]
    if len(named) > 1:
        raise SamePersonError(name=each.name)
    return named[0] if named else None


def _differs(person: Person, each: PersonRow) -> bool:
    now = (person.name, person.number, person.phone, person.post)
    return now != (each.name, each.number or person.number, each.phone or person.phone, each.post)


def _in_order(found: Sequence[PointView | None]) -> bool:
    """Whether the points that are there stand in their order, new ones after them."""
    positions = [each.position for each in found if each is not None]
    return None not in found[: len(positions)] and positions == sorted(positions)


def point_text(point: PointDefault, position: int) -> PointText:
    """A point of the workbook as a version takes it."""
    return PointText(
        position, point.group, point.name, point.unit, point.quantity, point.decimals, point.limits, point.design, point.rollover,
        point.on_now,
    )  # fmt: skip


def text_here(point: PointView) -> PointText:
    """A version in force as it was set."""
    return PointText(
        point.position, point.group, point.name, point.unit, point.quantity, point.decimals, point.limits, point.design, point.rollover,
        point.on_now,
    )  # fmt: skip
