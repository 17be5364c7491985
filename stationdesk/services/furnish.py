"""The parts of a profile as rows of a new store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain import rotation
from stationdesk.domain.answers import choices_data
from stationdesk.domain.checklists import period_data
from stationdesk.domain.limits import Limits
from stationdesk.domain.moments import months_on
from stationdesk.domain.names import Name
from stationdesk.domain.profile import Profile, StreamDefault, WalkLine
from stationdesk.domain.rotation import Pattern
from stationdesk.domain.rounds import schedule_data
from stationdesk.domain.station import setting_json
from stationdesk.storage.actors import PROGRAM
from stationdesk.storage.checklists import ChecklistItem, ChecklistTemplate, ChecklistVersion
from stationdesk.storage.equipment import Equipment, EquipmentDue
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.people import Crew
from stationdesk.storage.readings import Point, PointVersion
from stationdesk.storage.record import Record
from stationdesk.storage.rounds import Checkpoint, Route, RouteVersion
from stationdesk.storage.shifts import RotationPlan
from stationdesk.storage.station import Contact, SettingValue, SheetTemplate, Station, StationList


@dataclass(frozen=True)
class Plant:
    """What a station says of itself when it begins. None and empty texts take the profile's.

    pattern: code of one of the profile's shift patterns. crews: as many as its phases. start: first day of the cycle for the
    first crew. official_from: None for trial operation until a date is set.
    """

    name: Name | None = None
    company: Name | None = None
    zone: str = ""
    pattern: str = ""
    crews: tuple[tuple[str, Name], ...] = ()
    start: date | None = None
    official_from: datetime | None = None


class Furnishing:
    """Puts the parts of a profile into a session; `start` is from when they are in force."""

    def __init__(self, session: Session, start: datetime, at: datetime) -> None:
        self.session = session
        self.dated: dict[str, Any] = {"valid_from": start, "by_id": PROGRAM.person_id, "at": at}

    def station(self, profile: Profile, plant: Plant) -> None:
        name, company = plant.name or profile.station, plant.company or profile.company
        self.session.add(
            Station(
                name_zh=name.zh,
                name_en=name.en,
                company_zh=company.zh,
                company_en=company.en,
                zone=plant.zone or profile.zone,
                profile=profile.code,
                official_from=plant.official_from,
            )
        )

    def settings(self, profile: Profile) -> None:
        self.rows(SettingValue, [{"name": name, "value": setting_json(name, value)} for name, value in profile.settings.items()])

    def lists(self, lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.rows(StationList, [{"code": code, "items": json.dumps(items, ensure_ascii=False)} for code, items in lists.items()])

    def crews(self, plant: Plant, profile: Profile) -> None:
        crews = [(code, name.zh, name.en, n) for n, (code, name) in enumerate(_crews(plant, profile))]
        insert_rows(self.session, Crew, [dict(zip(("code", "name_zh", "name_en", "position"), crew, strict=True)) for crew in crews])

    def rotation(self, pattern: Pattern, plant: Plant, profile: Profile, today: date) -> None:
        codes = tuple(code for code, _name in _crews(plant, profile))
        plan = rotation.Plan(pattern, codes, rotation.cycle_start(plant.start or today, len(pattern.cycle), today))
        definition = json.dumps(rotation.definition(pattern), ensure_ascii=False)
        self.session.add(RotationPlan(pattern=pattern.code, definition=definition, crews=json.dumps(codes), start=plan.start, **self.dated))

    def contacts(self, profile: Profile) -> None:
        rows = [
            {
                "role_zh": each.role.zh,
                "role_en": each.role.en,
                "phone": each.phone,
                "who": each.who,
                "note_zh": each.note.zh,
                "note_en": each.note.en,
                "public": each.public,
                "position": n,
            }
            for n, each in enumerate(profile.contacts)
        ]
        insert_rows(self.session, Contact, rows)

    def sheets(self, profile: Profile) -> None:
        rows = [{"report": report, "definition": json.dumps(data, ensure_ascii=False)} for report, data in profile.sheets.items()]
        self.rows(SheetTemplate, rows)

    def points(self, profile: Profile) -> None:
        ids = self.made(Point, [{"code": point.code, "kind": point.kind} for point in profile.points])
        rows = [
            {
                "point_id": point_id,
                "position": n,
                "group_zh": point.group.zh,
                "group_en": point.group.en,
                "name_zh": point.name.zh,
                "name_en": point.name.en,
                "unit": point.unit,
                "quantity": point.quantity,
                "decimals": point.decimals,
                **_limits(point.limits),
                "design": point.design,
                "rollover": point.rollover,
                "on_now": point.on_now,
            }
            for n, (point_id, point) in enumerate(zip(ids, profile.points, strict=True))
        ]
        self.rows(PointVersion, rows)

    def metering(self, profile: Profile) -> None:
        """The usual contract, and those streams whose counters the station reads."""
        from stationdesk.storage.metering import MeteringContract, Stream, StreamVersion  # no station without metering maps them

        if profile.contract is not None:
            self.rows(MeteringContract, [asdict(profile.contract)])
        points = {code: point_id for point_id, code in self.session.execute(select(Point.id, Point.code))}
        read = [each for each in profile.streams if each.counter in points]
        ids = self.made(Stream, [{"code": each.code} for each in read]) if read else ()
        rows = [_stream(each, n, points) | {"stream_id": ids[n]} for n, each in enumerate(read)]
        self.rows(StreamVersion, rows)

    def routes(self, profile: Profile) -> None:
        ids = self.made(Route, [{"code": route.code} for route in profile.routes])
        for n, (route_id, route) in enumerate(zip(ids, profile.routes, strict=True)):
            version = RouteVersion(
                route_id=route_id,
                position=n,
                name_zh=route.name.zh,
                name_en=route.name.en,
                schedule=json.dumps(schedule_data(route.schedule)),
                window_minutes=route.window_minutes,
                people=route.people,
                **self.dated,
            )
            self.session.add(version)
            self.session.flush()
            insert_rows(self.session, Checkpoint, [{"route_version_id": version.id, **line} for line in _lines(route.checkpoints)])

    def checklists(self, profile: Profile) -> None:
        ids = self.made(ChecklistTemplate, [{"code": each.code} for each in profile.checklists])
        for n, (template_id, each) in enumerate(zip(ids, profile.checklists, strict=True)):
            version = ChecklistVersion(
                template_id=template_id,
                position=n,
                name_zh=each.name.zh,
                name_en=each.name.en,
                schedule=json.dumps(period_data(each.period)),
                subject=each.subject,
                **self.dated,
            )
            self.session.add(version)
            self.session.flush()
            insert_rows(self.session, ChecklistItem, [{"checklist_version_id": version.id, **line} for line in _lines(each.items)])

    def equipment(self, profile: Profile, today: date) -> None:
        """What is due is counted from the day of set-up until the station enters its own dates."""
        names = ("code", "name_zh", "name_en", "kind", "place", "status")
        rows = [(each.code, each.name.zh, each.name.en, each.kind, each.place, each.status) for each in profile.equipment]
        ids = self.made(Equipment, [dict(zip(names, row, strict=True)) for row in rows])
        dues = [
            {"equipment_id": equipment_id, "what": due.what, "due": months_on(today, due.months), "months": due.months}
            for equipment_id, each in zip(ids, profile.equipment, strict=True)
            for due in each.dues
        ]
        insert_rows(self.session, EquipmentDue, dues)

    def rows(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
        """Dated rows of one table."""
        insert_rows(self.session, record, [{**row, **self.dated} for row in rows])

    def made(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """The ids of rows of one table, in their order."""
        insert_rows(self.session, record, rows)
        return self.session.scalars(select(record.id).order_by(record.id)).all()


def _stream(each: StreamDefault, position: int, points: Mapping[str, int]) -> dict[str, Any]:
    kept = ("meter", "group", "shut", "freezes", "q_min", "q_max", "best_low", "best_high")
    read = {f"{key}_point_id": points.get(getattr(each, key)) for key in ("counter", "corrected", "pressure", "temperature", "flow")}
    named = {"name_zh": each.name.zh, "name_en": each.name.en, "position": position}
    return named | read | {key: getattr(each, key) for key in kept}


def _crews(plant: Plant, profile: Profile) -> tuple[tuple[str, Name], ...]:
    return plant.crews or tuple((crew.code, crew.name) for crew in profile.crews)


def _limits(limits: Limits) -> dict[str, Any]:
    return {"ll": limits.ll, "l": limits.l, "h": limits.h, "hh": limits.hh}


def _lines(lines: Sequence[WalkLine]) -> Iterator[dict[str, Any]]:
    for n, line in enumerate(lines, 1):
        yield {
            "code": line.item.code,
            "position": n,
            "area_zh": line.area.zh,
            "area_en": line.area.en,
            "name_zh": line.name.zh,
            "name_en": line.name.en,
            "kind": str(line.item.ask),
            "unit": line.item.unit,
            "decimals": line.item.decimals,
            **_limits(line.item.limits),
            "choices": json.dumps(choices_data(line.choices), ensure_ascii=False),
        }
