"""The emergency contact card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.names import Name
from stationdesk.domain.profile import ContactDefault
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, settings, station
from stationdesk.services.station import ContactView
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.rows import Column


class ContactsSection(ListSection):
    """Public numbers first, then the station's own."""

    key, icon, case, retire_case = "contacts", "phone", "set_contact", "retire_contact"
    cases = ("set_contact", "retire_contact")
    kinds = frozenset({"contact", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Contacts")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Whom"), lambda each: str(each.role), width=130),
            Column(lambda: _("Phone"), lambda each: each.phone, width=120, strong=lambda _each: True),
            Column(lambda: _("Name"), lambda each: each.who, width=110),
            Column(lambda: C_("contact", "Note"), lambda each: str(each.note), grows=True),
            Column(lambda: _("Public"), lambda each: "✓" if each.public else "", width=80),
        )

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("role_zh", lambda: _("Whom (Chinese)")), Ask("role_en", lambda: _("Whom (English)"))),
            (Ask("phone", lambda: _("Phone")), Ask("who", lambda: _("Name"))),
            (Ask("note_zh", lambda: _("Note (Chinese)")), Ask("note_en", lambda: _("Note (English)"))),
            (Ask("public", lambda: _("A public number, like 119"), "yes"),),
        )

    def key_of(self, row: ContactView) -> int:
        return row.contact_id

    def name_of(self, row: ContactView) -> str:
        return str(row.role)

    def values_of(self, row: ContactView | None) -> dict[str, Any]:
        if row is None:
            return {}
        return {
            "role_zh": row.role.zh,
            "role_en": row.role.en,
            "phone": row.phone,
            "who": row.who,
            "note_zh": row.note.zh,
            "note_en": row.note.en,
            "public": row.public,
        }

    def keeping(self, row: ContactView | None, values: dict[str, Any]) -> Call:
        role, note = Name(values["role_zh"], values["role_en"]), Name(values["note_zh"], values["note_en"])
        made = ContactDefault(role, values["phone"], values["who"], note, values["public"])
        return partial(settings.set_contact, seen=row), (made, row.contact_id if row else None)

    def retiring(self, row: ContactView) -> Call:
        return settings.retire_contact, (row.contact_id,)


def _load(store: Store, _at: datetime) -> tuple[ContactView, ...]:
    return station.contacts(store)
