"""Alembic's entrance: the program hands over an open connection, and its transaction."""

from alembic import context

from stationdesk.storage import all_tables, migrations  # noqa: F401 - declare every table
from stationdesk.storage.record import Record

context.configure(connection=context.config.attributes["connection"], target_metadata=Record.metadata, render_as_batch=True)
context.run_migrations()
