"""Column types and the one writing of every value."""

from __future__ import annotations

import enum
import json
import math
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import JSON, Boolean, Column, Date, Enum, Float, Integer, MetaData, String, Table, create_engine, insert, select

from stationdesk.domain.store import UnreadableValueError, UnstorableNumberError, UnstorableTextError
from stationdesk.storage import canonical, drafts, migrations
from stationdesk.storage.journal import compact, expand
from stationdesk.storage.record import EpochUtc, Exact, Record, Utc, exact_text, table_kind, utc_text, utc_time


class Grade(enum.Enum):
    SMALL = "small"
    LARGE = "large"


EVERY = Table(
    "every",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("utc", Utc),
    Column("epoch", EpochUtc),
    Column("exact", Exact),
    Column("day", Date),
    Column("flag", Boolean),
    Column("real", Float),
    Column("whole", Integer),
    Column("text", String),
    Column("grade", Enum(Grade, native_enum=False, values_callable=lambda kind: [one.value for one in kind])),
)
ENGINE = create_engine("sqlite://")

zones = some.builds(timezone, some.timedeltas(timedelta(hours=-23), timedelta(hours=23)))
times = some.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=zones)  # noqa: DTZ001 - bounds are naive by hypothesis' rule
decimals = some.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4)
texts = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]))
rows = some.fixed_dictionaries(
    {"id": some.integers(1, 2**62)},
    optional={
        "utc": times,
        "epoch": times.map(lambda time: time.replace(microsecond=0)),
        "exact": decimals,
        "day": some.dates(),
        "flag": some.booleans(),
        "real": some.floats(allow_nan=False, allow_infinity=False) | some.integers(-(2**53), 2**53),
        "whole": some.integers(-(2**63) + 1, 2**63 - 1),
        "text": texts,
        "grade": some.sampled_from(Grade),
    },
)


@given(rows)
def test_what_the_journal_holds_is_what_the_table_holds(row: dict[str, object]) -> None:
    with ENGINE.connect() as connection:
        EVERY.create(connection, checkfirst=True)
        connection.execute(insert(EVERY), [row])
        stored = connection.exec_driver_sql("SELECT * FROM every").one()
        connection.rollback()
    lying = {name: value for name, value in zip(EVERY.columns.keys(), stored, strict=True) if value is not None}
    written = json.loads(canonical.canonical(canonical.state(EVERY, row)))
    assert written == lying
    assert {name: type(value) for name, value in written.items()} == {name: type(value) for name, value in lying.items()}


@given(some.lists(rows, min_size=1, max_size=6).map(lambda found: [{**dict.fromkeys(EVERY.columns.keys()), **row} for row in found]))
def test_a_compact_line_holds_every_row(full: list[dict[str, object]]) -> None:
    line = json.loads(canonical.canonical(compact(EVERY, full)))
    assert [one.after for one in expand(line)] == [canonical.state(EVERY, row) for row in full]


@given(some.recursive(some.none() | some.integers() | texts, lambda inner: some.lists(inner) | some.dictionaries(texts, inner)))
def test_canonical_text_says_the_same_and_only_one_way(value: object) -> None:
    written = canonical.canonical(value)
    assert json.loads(written) == value
    assert canonical.canonical(json.loads(written)) == written


@given(times, times)
def test_times_sort_as_their_texts(one: datetime, other: datetime) -> None:
    assert (utc_text(one) < utc_text(other)) == (one < other)
    assert utc_time(utc_text(one)) == one
    assert utc_time(utc_text(one)).tzinfo is UTC


@given(decimals)
def test_decimals_keep_their_digits(value: Decimal) -> None:
    assert exact_text(value) == format(value, "f")
    assert str(Decimal(exact_text(value))) == exact_text(value) or value == 0


@pytest.mark.parametrize("text", ["2.50", "0.0", "-3", "13110", "0.000001"])
def test_decimals_as_typed(text: str) -> None:
    assert exact_text(Decimal(text)) == text


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+60")])
def test_absurd_decimals_are_refused(value: Decimal) -> None:
    with pytest.raises(UnstorableNumberError):
        exact_text(value)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-11-21", "2026-11-21T06:42:00", "2026-11-21T06:42:00.000000+08:00", "2026-11-21T06:42:00Z", 5]
)
def test_unreadable_times_are_named(text: str) -> None:
    with pytest.raises(UnreadableValueError):
        utc_time(text)


def test_unreadable_values_raise_when_they_are_read() -> None:
    with ENGINE.connect() as connection:
        EVERY.create(connection, checkfirst=True)
        for column, value in (("utc", "soon"), ("epoch", 10**18), ("exact", "many")):
            connection.exec_driver_sql(f"INSERT INTO every (id, {column}) VALUES (1, ?)", (value,))
            with pytest.raises(UnreadableValueError):
                connection.execute(select(EVERY.c[column])).all()
            connection.rollback()


@pytest.mark.parametrize(
    ("column", "value", "error"),
    [
        ("utc", datetime(2026, 1, 1), ValueError),  # noqa: DTZ001 - that is the point
        ("epoch", datetime(2026, 1, 1, microsecond=1, tzinfo=UTC), ValueError),
        ("exact", 2.5, TypeError),
        ("exact", 2, TypeError),
        ("day", datetime(2026, 1, 1, tzinfo=UTC), TypeError),
        ("flag", "yes", TypeError),
        ("real", math.nan, UnstorableNumberError),
        ("real", math.inf, UnstorableNumberError),
        ("real", True, TypeError),
        ("whole", 2.0, TypeError),
        ("whole", True, TypeError),
        ("whole", 2**63, UnstorableNumberError),
        ("text", 5, TypeError),
        ("text", "a\0", UnstorableTextError),
        ("text", "\ud800", UnstorableTextError),
    ],
)
def test_values_that_do_not_fit_their_column_are_refused(column: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical.state(EVERY, {"id": 1, column: value})


def test_a_type_the_journal_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical.forms(Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("loose", JSON)))


def test_every_table_says_what_it_is() -> None:
    assert migrations.SCHEMA.name in Record.metadata.tables
    assert drafts.DRAFT.name in Record.metadata.tables
    kinds = {table.name: table_kind(table) for table in Record.metadata.sorted_tables}
    assert set(kinds.values()) == {"record", "journal", "derived", "draft"}
    assert kinds["round"] == "record"
    assert kinds["signature"] == kinds["journal"] == "journal"
    for table in Record.metadata.sorted_tables:
        if kinds[table.name] in ("record", "journal") and table.name != "journal":
            assert canonical.forms(table)


def test_no_foreign_key_cascades_and_no_default_is_the_servers() -> None:
    for table in Record.metadata.sorted_tables:
        assert not [key for key in table.foreign_keys if key.ondelete or key.onupdate], table.name
        assert not [column for column in table.columns if column.server_default is not None], table.name


def test_editable_records_have_a_version() -> None:
    """A mapped record that may change without limit is edited by forms: two of them may meet."""
    for mapper in Record.registry.mappers:
        table = mapper.local_table
        guard = table.info.get("guard")
        if guard is None or not (guard.insert_only or guard.parent):
            assert mapper.version_id_col is not None, table.name
