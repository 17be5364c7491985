"""Routes and checklist templates alike: a code until it is retired, versions changed as a whole from a time on, the lines of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from stationdesk.domain.answers import choices_data
from stationdesk.domain.names import Name
from stationdesk.domain.walks import (
    LineText,
    ListCodeTakenError,
    ListNameError,
    ListNotYetError,
    ListRetiredError,
    ListVersionPastError,
    check_lines,
)
from stationdesk.services.lines import item_of
from stationdesk.services.once import once
from stationdesk.storage.recall import recall
from stationdesk.storage.walks import Asked, Listed, Versioned
from stationdesk.values import dataclass


class ListView(Protocol):
    """What every list in force has."""

    @property
    def version_id(self) -> int: ...
    @property
    def name(self) -> Name: ...
    @property
    def position(self) -> int: ...
    @property
    def valid_from(self) -> datetime: ...
    @property
    def retired_at(self) -> datetime | None: ...


V = TypeVar("V", bound=ListView)
L = TypeVar("L", bound=Asked)


@dataclass(frozen=True, eq=False)
class Lists(Generic[V, L]):
    """Where the lists of one kind are kept, and how one is seen: `view` takes the list, its version and how many lines that has.

    began: when a run was begun by a list, of_run: the run's list; no version may begin before what was walked.
    """

    listed: type[Listed]
    version: type[Versioned]
    line: type[L]
    of_version: InstrumentedAttribute[int]
    of_line: InstrumentedAttribute[int]
    began: SQLColumnExpression[datetime]
    of_run: InstrumentedAttribute[int]
    view: Callable[[Any, Any, int], V]

    def in_force(self, session: Session, at: datetime) -> dict[int, V]:
        """The lists that have a version by then, by id; retired ones too."""
        return {key: view for key, view in self._versions(session).values() if view.valid_from <= at}

    def _versions(self, session: Session) -> dict[int, tuple[int, V]]:
        """Every version there is by its id, with its list's, the oldest first: they are few, and every view of a run asks for one."""
        tables = tuple(each.__tablename__ for each in (self.listed, self.version, self.line))
        return recall(session, ("versions", self.version), tables, lambda: self._read(session))

    def _read(self, session: Session) -> dict[int, tuple[int, V]]:
        rows = session.execute(select(self.of_version, self.version).order_by(self.version.valid_from, self.version.id)).all()
        listed = {each.id: each for each in session.scalars(select(self.listed))}
        counts = {row[0]: row[1] for row in session.execute(select(self.of_line, func.count()).group_by(self.of_line))}
        return {each.id: (key, self.view(listed[key], each, counts.get(each.id, 0))) for key, each in rows}

    def in_use(self, session: Session, at: datetime) -> tuple[V, ...]:
        """Those not retired, in the station's order."""
        return _in_use(session, self, at)

    def one(self, session: Session, list_id: int, at: datetime) -> V:
        """A list in force at a time. ListRetiredError, ListNotYetError."""
        view = self.in_force(session, at).get(list_id)
        if view is None:
            raise ListNotYetError(name=session.get_one(self.listed, list_id).code)
        if view.retired_at is not None and view.retired_at <= at:
            raise ListRetiredError(name=view.name)
        return view

    def by_version(self, session: Session, version_id: int) -> V:
        """A version whatever the time: the one a run was walked by."""
        return self._versions(session)[version_id][1]

    def lines(self, session: Session, version_id: int) -> tuple[L, ...]:
        """The lines of a version in their order; records, for use inside the transaction."""
        order = self.line.position, self.line.id
        return tuple(session.scalars(select(self.line).where(self.of_line == version_id).order_by(*order)))

    def texts(self, session: Session, version_id: int) -> tuple[LineText, ...]:
        """The lines as a station sets them, to be changed into the next version."""
        return tuple(line_text(each) for each in self.lines(session, version_id))

    def add(self, session: Session, code: str) -> int:
        """A new list, yet without a version; its id. ListNameError without a code, ListCodeTakenError."""
        code = code.strip()
        if not code:
            raise ListNameError()
        if session.scalars(select(self.listed.id).where(self.listed.code == code)).first() is not None:
            raise ListCodeTakenError(code=code)
        made = self.listed(code=code)
        session.add(made)
        session.flush()
        return made.id

    def put(self, session: Session, version: Versioned, lines: Sequence[LineText]) -> int:
        """A version with its lines; its id. ListNameError and the errors of check_lines."""
        if not version.name_zh.strip():
            raise ListNameError()
        check_lines(lines)
        session.add(version)
        session.flush()
        for n, line in enumerate(lines, 1):
            session.add(self.line(**{self.of_line.key: version.id, **line_values(n, line)}))
        return version.id

    def check_change(self, session: Session, list_id: int, name: Name, begins: datetime) -> None:
        """A retired list is not changed, nor the past. ListRetiredError, ListVersionPastError."""
        if session.get_one(self.listed, list_id).retired_at is not None:
            raise ListRetiredError(name=name)
        self.refuse_past(session, list_id, name, begins)

    def refuse_past(self, session: Session, list_id: int, name: Name, begins: datetime) -> None:
        """A version dated before what was walked, or before a version that is there already, is refused."""
        last: datetime | None = session.scalars(select(func.max(self.began)).where(self.of_run == list_id)).one()
        newest: datetime | None = session.scalars(select(func.max(self.version.valid_from)).where(self.of_version == list_id)).one()
        if last is not None and begins <= last:
            raise ListVersionPastError(name=name, time=last)
        if newest is not None and begins < newest:
            raise ListVersionPastError(name=name, time=newest)

    def retire(self, session: Session, list_id: int, at: datetime) -> None:
        """It is walked no more; what was walked stays. ListRetiredError."""
        listed = session.get_one(self.listed, list_id)
        if listed.retired_at is not None:
            raise ListRetiredError(name=listed.code)
        listed.retired_at = at


@once
def _in_use(session: Session, lists: Lists[V, L], at: datetime) -> tuple[V, ...]:
    found = [(key, view) for key, view in lists.in_force(session, at).items() if view.retired_at is None or view.retired_at > at]
    return tuple(view for _key, view in sorted(found, key=lambda each: (each[1].position, each[0])))


def line_values(n: int, line: LineText) -> dict[str, Any]:
    """The columns that a checkpoint and an item of a checklist share."""
    return {
        "code": line.code,
        "position": n,
        "area_zh": line.area.zh,
        "area_en": line.area.en,
        "name_zh": line.name.zh,
        "name_en": line.name.en,
        "kind": str(line.ask),
        "unit": line.unit,
        "decimals": line.decimals,
        "ll": line.limits.ll,
        "l": line.limits.l,
        "h": line.limits.h,
        "hh": line.limits.hh,
        "choices": json.dumps(choices_data(line.choices), ensure_ascii=False),
    }


def line_text(asked: Asked) -> LineText:
    """A line as a station sets it, for the next version."""
    item = item_of(asked)
    name, area = Name(asked.name_zh, asked.name_en), Name(asked.area_zh, asked.area_en)
    return LineText(asked.code, name, area, item.ask, item.unit, item.decimals, item.limits, item.choices)
