"""Every record module, imported by whoever looks at a whole store (to make, upgrade, verify, export it), so that the metadata is whole.

The others cost the window's start 2 ms for each record.
"""

from stationdesk.storage import drafts, metered, metering, migrations, roster, sheets, signatures, tables  # noqa: F401
