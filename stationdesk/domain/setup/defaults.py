"""A profile as rows of the workbook: what it hands out, filled and fit to be taken as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from stationdesk.domain.limits import Limits
from stationdesk.domain.moments import clock_text, months_on
from stationdesk.domain.names import Name
from stationdesk.domain.permissions import Role
from stationdesk.domain.profile import ContactDefault, EquipmentDefault, PointDefault, Profile, RouteDefault, WalkLine
from stationdesk.domain.setup.walks import choices_text

Filled = str | int | Decimal | date | bool | None
Rows = Mapping[str, tuple[Mapping[str, Filled], ...]]

LEADER, OPERATOR = Name("班长", "leader"), Name("运行员", "operator")


def rows_of(profile: Profile, today: date) -> Rows:
    """The sheets' rows by column key; choices as their codes. Due dates count from today, people have the names of their posts."""
    return {
        "station": (_station(profile),),
        "crews": tuple({"code": each.code, **_name(each.name)} for each in profile.crews),
        "people": tuple(_people(profile)),
        "points": tuple(point_row(each) for each in profile.points),
        "routes": tuple(route_row(each) for each in profile.routes),
        "checkpoints": tuple(line_row(route.code, line) for route in profile.routes for line in route.checkpoints),
        "equipment": tuple(row for each in profile.equipment for row in _equipment(each, today)),
        "hazards": (),
        "contacts": tuple(contact_row(each) for each in profile.contacts),
    }


def _name(name: Name, key: str = "name") -> dict[str, Filled]:
    return {f"{key}_zh": name.zh, f"{key}_en": name.en}


def _station(profile: Profile) -> dict[str, Filled]:
    chief = _post(profile, Role.CHIEF)
    return {
        **_name(profile.station),
        **_name(profile.company, "company"),
        "zone": profile.zone,
        "pattern": profile.patterns[0].code,
        "chief": str(chief[1]),
    }


def _post(profile: Profile, role: Role) -> tuple[str, Name]:
    return next((post.code, post.name) for post in profile.posts if post.role == role)


def _people(profile: Profile) -> Iterable[Mapping[str, Filled]]:
    """Places to be overwritten: the chief, and a leader and an operator for each crew."""
    code, name = _post(profile, Role.CHIEF)
    yield {"name": str(name), "post": code, "login": "chief"}
    leader, operator = _post(profile, Role.LEADER)[0], _post(profile, Role.OPERATOR)[0]
    for crew in profile.crews:
        login = crew.code.casefold()
        yield {"name": _called(crew.name, LEADER), "post": leader, "crew": crew.code, "leader": True, "login": f"lead-{login}"}
        yield {"name": _called(crew.name, OPERATOR), "post": operator, "crew": crew.code, "login": f"op-{login}1"}


def _called(crew: Name, post: Name) -> str:
    """甲班班长, Crew A leader."""
    both = Name(f"{crew.zh}{post.zh}", f"{crew.en or crew.zh} {post.en}")
    return str(both)


def limits_row(limits: Limits) -> dict[str, Filled]:
    """The four columns of limits."""
    return {"ll": limits.ll, "l": limits.l, "h": limits.h, "hh": limits.hh}


def point_row(point: PointDefault) -> dict[str, Filled]:
    """A reading point."""
    return {
        "code": point.code,
        **_name(point.group, "group"),
        **_name(point.name),
        "unit": point.unit,
        "kind": point.kind,
        "quantity": point.quantity,
        "decimals": point.decimals,
        **limits_row(point.limits),
        "design": point.design,
        "rollover": point.rollover,
        "on_now": point.on_now,
    }


def route_row(route: RouteDefault) -> dict[str, Filled]:
    """A route without its checkpoints."""
    schedule = route.schedule
    return {
        "code": route.code,
        **_name(route.name),
        "every": clock_text(schedule.every) if schedule.every else None,
        "first": clock_text(schedule.first) if schedule.every else None,
        "times": " ".join(clock_text(each) for each in schedule.times),
        "days": " ".join(str(each) for each in schedule.days),
        "weekdays": " ".join(str(each) for each in schedule.weekdays),
        "window_minutes": route.window_minutes,
        "people": route.people,
    }


def line_row(route: str, line: WalkLine) -> dict[str, Filled]:
    """A checkpoint."""
    item = line.item
    return {
        "route": route,
        "code": item.code,
        **_name(line.area, "area"),
        **_name(line.name),
        "ask": str(item.ask),
        "unit": item.unit,
        "decimals": item.decimals,
        **limits_row(item.limits),
        "choices": choices_text(item.choices),
    }


def contact_row(contact: ContactDefault) -> dict[str, Filled]:
    """A line of the contact card."""
    return {
        **_name(contact.role, "role"),
        "phone": contact.phone,
        "who": contact.who,
        **_name(contact.note, "note"),
        "public": contact.public,
    }


def _equipment(each: EquipmentDefault, today: date) -> Iterable[Mapping[str, Filled]]:
    head: dict[str, Filled] = {"code": each.code, **_name(each.name), "kind": each.kind, "place": each.place, "status": each.status}
    if not each.dues:
        yield head
    for due in each.dues:
        yield {**head, "what": due.what, "due": months_on(today, due.months), "months": due.months}
