"""What a store that is there offers to a workbook: its posts, patterns, grades, crews, routes and people; and its lists as rows."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import Item
from stationdesk.domain.hazards import HazardState, grade_of
from stationdesk.domain.moments import day_of
from stationdesk.domain.names import Name
from stationdesk.domain.profile import ContactDefault, CrewDefault, PointDefault, Post, RouteDefault, WalkLine
from stationdesk.domain.rotation import pattern_of
from stationdesk.domain.setup import Filled, Known, Rows, contact_row, line_row, point_row, route_row
from stationdesk.domain.walks import LineText
from stationdesk.services.lists import line_text
from stationdesk.services.people.view import crews, names, people_view
from stationdesk.services.readings.versions import in_force
from stationdesk.services.rounds.routes import ROUTES, RouteView
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.station import items, the_station
from stationdesk.storage.equipment import Equipment, EquipmentDue
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.people import Person
from stationdesk.storage.station import Contact
from stationdesk.storage.store import Store


def known_here(session: Session, at: datetime) -> Known:
    """What a workbook for this station may refer to."""
    posts = (Post(each["code"], Name.of(each), each["role"], each.get("leads", False)) for each in items(session, "posts", at))
    people = session.scalars(select(Person.name).where(Person.retired_at.is_(None)))
    return Known(
        tuple(posts),
        tuple(pattern_of(each) for each in items(session, "patterns", at)),
        tuple(grade_of(each) for each in items(session, "hazard_grades", at)),
        tuple(CrewDefault(each.code, each.name) for each in crews(session, at)),
        {each.code: each.name for each in ROUTES.in_use(session, at)},
        frozenset(people),
    )


def known_in(store: Store, at: datetime) -> Known:
    """The same for whoever has no session."""
    with store.read() as session:
        return known_here(session, at)


def rows_here(store: Store, at: datetime) -> Rows:
    """The station's own lists as the workbook's rows; brought in again, they change nothing."""
    with store.read() as session:
        return {
            "station": (_station(session, at),),
            "crews": tuple({"code": each.code, **_name(each.name)} for each in crews(session, at)),
            "people": tuple(_people(store, at)),
            **_walks(session, at),
            "points": tuple(point_row(PointDefault(
                each.code, each.group, each.name, each.unit, each.kind, each.quantity, each.decimals, each.limits, each.design,
                each.rollover, each.on_now)) for each in in_force(session, at).points),
            "equipment": tuple(_equipment(session)),
            "hazards": tuple(_hazards(session, at)),
            "contacts": tuple(contact_row(each) for each in _contacts(session)),
        }  # fmt: skip


def _name(name: Name) -> dict[str, Filled]:
    return {"name_zh": name.zh, "name_en": name.en}


def _station(session: Session, at: datetime) -> dict[str, Filled]:
    own, plan = the_station(session), plan_in_force(session, at)
    return {
        "name_zh": own.name_zh,
        "name_en": own.name_en,
        "company_zh": own.company_zh,
        "company_en": own.company_en,
        "zone": own.zone,
        "pattern": plan.pattern.code if plan else "",
        "start": plan.start if plan else None,
        "official": day_of(own.official_from, ZoneInfo(own.zone)) if own.official_from else None,
        "chief": _chief(session),
    }


def _chief(session: Session) -> str:
    found = session.scalars(select(Person.name).where(Person.retired_at.is_(None), Person.post == "chief")).first()
    return found or "—"


def _people(store: Store, at: datetime) -> list[dict[str, Filled]]:
    return [
        {
            "name": each.name,
            "number": each.number,
            "phone": each.phone,
            "post": each.post,
            "crew": each.crew.code if each.crew else "",
            "leader": each.leader,
            "login": each.login,
        }
        for each in people_view(store, at)
        if each.retired_at is None
    ]


def route_default(session: Session, version: RouteView) -> RouteDefault:
    """A route in force with its checkpoints, as a profile has it."""
    lines = tuple(walk_line(line_text(each)) for each in ROUTES.lines(session, version.version_id))
    return RouteDefault(version.code, version.name, version.schedule, version.window_minutes, version.people, lines)


def walk_line(line: LineText) -> WalkLine:
    """A line of a version as a profile has it."""
    return WalkLine(line.area, line.name, Item(line.code, line.ask, line.limits, line.decimals, line.unit, line.choices))


def _walks(session: Session, at: datetime) -> dict[str, tuple[dict[str, Filled], ...]]:
    found = [route_default(session, each) for each in ROUTES.in_use(session, at)]
    return {
        "routes": tuple(route_row(each) for each in found),
        "checkpoints": tuple(line_row(each.code, line) for each in found for line in each.checkpoints),
    }


def _equipment(session: Session) -> list[dict[str, Filled]]:
    dues: dict[int, list[EquipmentDue]] = {}
    for due in session.scalars(select(EquipmentDue).order_by(EquipmentDue.id)):
        dues.setdefault(due.equipment_id, []).append(due)
    rows: list[dict[str, Filled]] = []
    for each in session.scalars(select(Equipment).where(Equipment.retired_at.is_(None)).order_by(Equipment.id)):
        keys = ("code", "name_zh", "name_en", "kind", "place", "status", "status_words")
        head: dict[str, Filled] = {key: getattr(each, key) for key in keys}
        own = dues.get(each.id, [])
        rows += [{**head, "what": due.what, "due": due.due, "last": due.last, "months": due.months} for due in own] or [head]
    return rows


def _hazards(session: Session, at: datetime) -> list[dict[str, Filled]]:
    zone, people = ZoneInfo(the_station(session).zone), names(session)
    still = session.scalars(select(Hazard).where(Hazard.state != HazardState.CLOSED).order_by(Hazard.id))
    return [
        {
            "grade": each.grade,
            "place": each.place,
            "text": each.text,
            "deadline": day_of(each.deadline, zone),
            "owner": people.get(each.owner_id or 0, ""),
        }
        for each in still
    ]


def _contacts(session: Session) -> list[ContactDefault]:
    found = session.scalars(select(Contact).where(Contact.retired_at.is_(None)).order_by(Contact.position, Contact.id))
    return [
        ContactDefault(Name(each.role_zh, each.role_en), each.phone, each.who, Name(each.note_zh, each.note_en), each.public)
        for each in found
    ]
