"""Write the migration that brings a store from the newest version here to what the records declare now.

    python db/revise.py "what changes and why"

Then read it, add `carry(table, state)` if it renames, drops or fills a column (docs: stationdesk/storage/migrations.py), and set
REVISION there.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alembic import autogenerate
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, TypeDecorator, create_engine

from stationdesk.storage import upgrade
from stationdesk.storage.record import Record

UNTRACKED = {"alembic_version"}


def render_item(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Our own column types as what they are to the database: history does not change with the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def include(name: str | None, kind: str, parents: Any) -> bool:
    return kind != "table" or name not in UNTRACKED


OPTIONS = {"render_item": render_item, "include_name": include, "render_as_batch": True, "target_metadata": Record.metadata}


def difference(connection: Connection) -> ops.MigrationScript:
    """What is to be done to this database to have the tables of the records."""
    context = MigrationContext.configure(connection, opts=OPTIONS)
    script = autogenerate.produce_migrations(context, Record.metadata)
    for step in script.upgrade_ops.ops if script.upgrade_ops else ():
        if isinstance(step, ops.CreateTableOp):
            step.info = {}  # kinds and guards are the program's, not the schema's
    return script


def code(connection: Connection) -> str:
    """The same as Python."""
    steps = difference(connection).upgrade_ops
    context = MigrationContext.configure(connection, opts=OPTIONS)
    if steps is None:
        return "pass"
    written = autogenerate.render_python_code(steps, render_item=render_item, render_as_batch=True, migration_context=context)
    return "\n".join(line for line in written.splitlines() if "###" not in line).strip()


def main(words: str) -> None:
    scripts = ScriptDirectory.from_config(upgrade.config())
    newest = scripts.get_current_head()
    number = f"{int(newest or 0) + 1:04d}"
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        if newest:
            upgrade.migrate(connection)
        body = code(connection)
    scripts.generate_revision(number, words, head="head", upgrades=body)


if __name__ == "__main__":
    main(sys.argv[1])
