"""The base of every record, the column types, and what each table declares about itself."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, ClassVar, Literal

from sqlalchemy import BigInteger, Dialect, Enum, MetaData, String, Table, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column

from stationdesk.domain.store import ChangedMeanwhileError, UnreadableValueError, UnstorableNumberError

Kind = Literal["record", "journal", "derived", "draft"]
Condition = tuple[str, Literal["=", ">"], int]

UTC_LENGTH = len("2026-11-21T06:42:00.000000Z")
_UTC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


@dataclass(frozen=True)
class Parent:
    """The record whose closing freezes a line: its table, the line's column that names it, and the parent's closing time."""

    table: str
    column: str
    closed: str = "closed_at"


@dataclass(frozen=True)
class Guard:
    """What triggers refuse of a table, whoever asks.

    insert_only: no UPDATE, no DELETE. closes: neither, once this column of the row is set. parent: no UPDATE or DELETE of a
    line once its parent is closed, and no INSERT unless the new row meets `unless` (column, operator, number).
    """

    insert_only: bool = False
    closes: str | None = None
    parent: Parent | None = None
    unless: Condition | None = None


INSERT_ONLY: dict[str, Any] = {"kind": "record", "guard": Guard(insert_only=True)}
FROZEN_WHEN_CLOSED: dict[str, Any] = {"kind": "record", "guard": Guard(closes="closed_at")}
DERIVED: dict[str, Any] = {"kind": "derived"}
DRAFT: dict[str, Any] = {"kind": "draft"}
DIGESTED: dict[str, Any] = {"digest": True}
"""Column info: long, and written once; the journal holds its SHA-256 instead of a second copy."""
SECRET: dict[str, Any] = {"digest": True, "secret": True}
"""Column info: a sealed key. The journal holds its digest (an old password must not open an old copy) and exports leave it out."""


def frozen_under(table: str, column: str, closed: str = "closed_at") -> dict[str, Any]:
    """Table info of lines that no longer change once the parent named by their `column` is closed."""
    return {"kind": "record", "guard": Guard(parent=Parent(table, column, closed))}


def insert_only_under(table: str, column: str, unless: Condition, closed: str = "closed_at") -> dict[str, Any]:
    """Table info of insert-only rows which a closed parent still accepts if they meet `unless`, as in ("nth", ">", 0)."""
    return {"kind": "record", "guard": Guard(insert_only=True, parent=Parent(table, column, closed), unless=unless)}


def searched(column: str, info: dict[str, Any]) -> dict[str, Any]:
    """Table info whose text `column` is found by search."""
    return {**info, "search": column}


class Utc(TypeDecorator[datetime]):
    """An aware time, kept as TEXT in UTC with microseconds: it sorts, and the same moment is always the same text."""

    impl = String(UTC_LENGTH)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else utc_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else utc_time(value)


class EpochUtc(TypeDecorator[datetime]):
    """An aware time of whole seconds, kept as seconds since 1970: for keys of tables with millions of rows."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else epoch(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return moment  # straight, not through process_result_value: it is called for every value of every hour read


class Exact(TypeDecorator[Decimal]):
    """A decimal number kept as TEXT with the digits as typed: 2.50 stays 2.50."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else exact_text(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Decimal | None]:
        return exact  # straight, as above


@lru_cache(maxsize=10_000)
def moment(seconds: int | None) -> datetime | None:
    """The time that seconds since 1970 stand for; None for nothing. UnreadableValueError for what is no such number."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise UnreadableValueError(value=seconds) from error


@lru_cache(maxsize=10_000, typed=True)
def exact(text: str | None) -> Decimal | None:
    """The number a text holds, with its digits; None for nothing. UnreadableValueError for what is none."""
    if text is None:
        return None
    try:
        return Decimal(text)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise UnreadableValueError(value=text) from error


def utc_text(value: datetime) -> str:
    """As in 2026-11-21T06:42:00.000000Z. ValueError for a naive time."""
    if value.tzinfo is None:
        raise ValueError(f"naive time {value}")
    return value.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def utc_time(value: str) -> datetime:
    """The time a store holds. UnreadableValueError unless it is exactly of the form `utc_text` writes."""
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UnreadableValueError(value=value) from error
    if not _UTC.fullmatch(value):
        raise UnreadableValueError(value=value)
    return time


def epoch(value: datetime) -> int:
    """Seconds since 1970. ValueError for a naive time or a fraction of a second."""
    if value.tzinfo is None or value.microsecond:
        raise ValueError(f"naive time or fraction of a second {value}")
    return int(value.timestamp())


def exact_text(value: Decimal) -> str:
    """The digits as typed, without an exponent. UnstorableNumberError for what is no number or is absurdly long."""
    if not isinstance(value, Decimal):
        raise TypeError(f"decimal expected, not {value!r}")
    if not value.is_finite() or abs(value.adjusted()) > 40:
        raise UnstorableNumberError(value=str(value))
    return format(value, "f")


def _values(choices: type[enum.Enum]) -> list[str]:
    return [str(choice.value) for choice in choices]


def _table_name(class_name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


class Record(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """What the station keeps. A subclass repeats kw_only=True, and says in its table's info how it is guarded.

    No server_default, no callable default (default_factory or insert_default), no mutable column: what is changed in place is not
    written. Relationships are init=False, repr=False.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Utc(),
        Decimal: Exact(),
        enum.Enum: Enum(enum.Enum, native_enum=False, create_constraint=True, length=40, values_callable=_values),
    }

    id: Mapped[int] = mapped_column(primary_key=True, init=False, sort_order=-1)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy hands over the class
        return _table_name(cls.__name__)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table):
            table.info.setdefault("kind", "record")

    def expect(self, version: int) -> None:
        """ChangedMeanwhileError unless the record still has the version that the form showed."""
        if self.version != version:  # type: ignore[attr-defined]
            raise ChangedMeanwhileError(table=self.__tablename__)


def table_kind(table: Table) -> Kind:
    """Which of the four kinds a table was declared as. KeyError where it was not."""
    kind: Kind = table.info["kind"]
    return kind


def table_guard(table: Table) -> Guard | None:
    """What triggers refuse of the table, None where it changes freely (and is journaled all the same)."""
    guard: Guard | None = table.info.get("guard")
    return guard
