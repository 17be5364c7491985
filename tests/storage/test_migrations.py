"""The migrations make what the records declare, and an older store is brought up whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, select

from stationdesk import paths
from stationdesk.domain.store import StoreOlderError, UpgradeRefusedError
from stationdesk.services import PROGRAM, Store
from stationdesk.storage import migrations, search, upgrade
from stationdesk.storage.journal import entries, entry_hash
from stationdesk.storage.metering import Stream
from stationdesk.storage.record import Record
from stationdesk.storage.roster import Roster
from stationdesk.storage.station import Contact
from stationdesk.storage.verify import verify
from tests.storage.conftest import AT, behind_the_back

OLDER = """
import sqlalchemy as sa
from alembic import op

revision = "{now}"
down_revision = "0000"


def upgrade():
    with op.batch_alter_table("contact") as batch:
        batch.alter_column("telephone", new_column_name="phone", existing_type=sa.String(), existing_nullable=False)
    op.execute("UPDATE point SET kind = upper(kind)")
    {more}


def carry(table, state):
    if table == "contact":
        state["phone"] = state.pop("telephone")
    if table == "point":
        state["kind"] = state["kind"].upper()
    return table, state
"""
FIRST = 'revision = "0000"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n'


NEW_IN_0002 = (
    "swap",
    "leave",
    "wish",
    "fixed_duty",
    "qualification",
    "roster_rules",
    "calendar_day",
    "calendar_year",
    "roster_edit",
    "roster_reason",
    "roster_line",
    "roster",
)

NEW_IN_0003 = (
    "voucher",
    "takeover_reason",
    "substitution",
    "run_switch_withdrawal",
    "run_switch",
    "metering_result",
    "meter_change",
    "discrepancy",
    "base_reading",
    "stream_version",
    "gas_composition",
    "corrector_hour",
    "stream",
    "metering_contract",
    "metering_certificate",
    "gas_day_figure",
    "corrector_mapping",
    "corrector_import",
)


def older_text(more: str) -> str:
    return OLDER.replace("{now}", migrations.REVISION).replace("{more}", more)


def structure(connection: sqlite3.Connection) -> dict[str, Any]:
    """Tables, columns, keys and indexes, without the wording of their SQL."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
    return {
        name: {
            "columns": sorted(row[1:] for row in connection.execute(f'PRAGMA table_info("{name}")')),
            "foreign": sorted(row[2:] for row in connection.execute(f'PRAGMA foreign_key_list("{name}")')),
            "indexes": sorted(
                (row[2], row[3], [part[2] for part in connection.execute(f'PRAGMA index_info("{row[1]}")')])
                for row in connection.execute(f'PRAGMA index_list("{name}")')
            ),
            "without_rowid": connection.execute("SELECT wr FROM pragma_table_list WHERE name = ?", (name,)).fetchone()[0],
        }
        for name in names
        if not name.startswith("log_entry_search")
    }


@pytest.fixture(scope="module")
def migrated() -> Iterator[sqlite3.Connection]:
    """An empty database that all migrations went through."""
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, record: setattr(connection, "isolation_level", None))
    with engine.connect() as connection:
        upgrade.migrate(connection)
        found = compare_metadata(MigrationContext.configure(connection), Record.metadata)
        assert found == []
        yield connection.connection.driver_connection  # type: ignore[misc]


def test_the_migrations_make_what_the_records_declare(migrated: sqlite3.Connection, store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as made:
        expected, found = structure(made), structure(migrated)
    assert found.keys() == expected.keys()
    for name, table in expected.items():
        assert found[name] == table, name


def test_the_programs_schema_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(upgrade.config()).get_current_head() == migrations.REVISION


def test_revisions_sort_by_age() -> None:
    revisions = [script.revision for script in ScriptDirectory.from_config(upgrade.config()).walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)


@pytest.fixture
def older(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store as an older program left it: another column name, other codes, another revision, one journal all along."""
    with store.write(PROGRAM, "init", AT) as session:
        session.add(Contact(role_zh="火警", role_en="fire", phone="119"))
        session.add_all([point(code) for code in ("PT-101", "PT-102")])
    store.close()
    folder = tmp_path / "db"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((paths.migrations() / "env.py").read_text())
    (folder / "versions" / "0000_before.py").write_text(FIRST)
    (folder / "versions" / "after.py").write_text(older_text("pass"))
    monkeypatch.setattr(paths, "migrations", lambda: folder)
    behind_the_back_as_older(store.path)
    return store.path


def point(code: str) -> Any:
    from stationdesk.storage.readings import Point

    return Point(code=code, kind="gauge")


def behind_the_back_as_older(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("ALTER TABLE contact RENAME COLUMN phone TO telephone")
        relabel(connection, "0000")


def relabel(connection: sqlite3.Connection, revision: str) -> None:
    """The store and its whole journal as a program of that schema would have written them."""
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    prev = b"\0" * 32
    for *header, body, _prev, _hash in connection.execute("SELECT * FROM journal ORDER BY seq").fetchall():
        header[5] = revision
        lines = json.loads(body)
        for line in lines:
            if line[0] == "contact" and revision == "0000":
                line[3]["telephone"] = line[3].pop("phone")
        body = json.dumps(lines, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        hashed = entry_hash(prev, header, body)
        values = (revision, body, prev, hashed, header[0])
        connection.execute("UPDATE journal SET revision = ?, body = ?, prev = ?, hash = ? WHERE seq = ?", values)
        prev = hashed


@pytest.mark.parametrize(("revision", "missing"), [("0001", NEW_IN_0003 + NEW_IN_0002), ("0002", NEW_IN_0003)])
def test_a_store_of_an_earlier_release_gets_what_came_since(store: Store, revision: str, missing: tuple[str, ...]) -> None:
    with store.write(PROGRAM, "init", AT) as session:
        session.add(Contact(role_zh="火警", role_en="fire", phone="119"))
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table in missing:
            connection.execute(f'DROP TABLE "{table}"')
        relabel(connection, revision)
    assert verify(store.path).clean, "whole by its own schema"
    with pytest.raises(StoreOlderError):
        Store.open(store.path)
    assert upgrade.upgrade(store.path, at=AT).found == revision
    assert verify(store.path).clean
    with Store.open(store.path).read() as session:
        assert session.get_one(Contact, 1).phone == "119"
        assert session.scalars(select(Roster)).all() == []
        assert session.scalars(select(Stream)).all() == []


def test_an_older_store_is_upgraded_with_a_backup_first(older: Path) -> None:
    assert verify(older).clean, "the older store is whole by its own schema"
    head = verify(older).head
    with pytest.raises(StoreOlderError):
        Store.open(older)
    done = upgrade.upgrade(older, at=AT)
    assert (done.found, done.reached) == ("0000", migrations.REVISION)
    store = Store.open(older)
    with store.read() as session:
        assert session.get_one(Contact, 1).phone == "119"
        note = entries(session, head.seq)[0]
        assert search.find(session, "无") == []
    assert (note.use_case, note.actor, note.notes()) == ("upgrade", -1, [{"upgrade": {"from": "0000", "to": migrations.REVISION}}])
    assert verify(older).clean
    store.close()
    assert done.kept is not None
    kept = verify(done.kept)
    assert (kept.clean, kept.head, kept.revision) == (True, head, "0000")


def test_after_the_upgrade_old_and_new_records_are_both_checked(older: Path) -> None:
    upgrade.upgrade(older, at=AT)
    store = Store.open(older)
    with store.write(PROGRAM, "init", AT) as session:
        session.get_one(Contact, 1).phone = "120"
    store.close()
    assert verify(older).clean
    behind_the_back(older, "UPDATE contact SET phone = '121'", "UPDATE point SET kind = 'gauge' WHERE id = 2")
    assert {(one.table, one.key) for one in verify(older).findings} == {("contact", "1"), ("point", "2")}


def test_a_store_that_does_not_verify_is_not_upgraded(older: Path) -> None:
    behind_the_back(older, "UPDATE contact SET telephone = '121'")
    with pytest.raises(UpgradeRefusedError) as refused:
        upgrade.upgrade(older, at=AT)
    assert "contact 1" in str(refused.value)
    assert verify(older).revision == "0000"


@pytest.mark.parametrize("more", ["raise RuntimeError('power')", "op.execute('DELETE FROM person')"])
def test_an_upgrade_that_fails_leaves_the_store_as_it_was(older: Path, more: str) -> None:
    (paths.migrations() / "versions" / "after.py").write_text(older_text(more))
    head = verify(older).head
    with pytest.raises(Exception, match=r"power|foreign key"):
        upgrade.upgrade(older, at=AT)
    found = verify(older)
    assert (found.clean, found.head, found.revision) == (True, head, "0000")


def test_a_store_of_this_schema_has_nothing_to_upgrade(store: Store) -> None:
    assert upgrade.upgrade(store.path, at=AT) == upgrade.Upgraded(migrations.REVISION, migrations.REVISION, None)
