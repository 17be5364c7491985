"""People: who is there, in which crew, with which roles and login."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from stationdesk.domain.names import Name
from stationdesk.domain.permissions import ROLE_NAMES, Role
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, people
from stationdesk.services.people import CrewView, PersonView
from stationdesk.services.people.keep import PersonText, keep_person
from stationdesk.services.station import items
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.login import LoginBlock
from stationdesk.ui.settings.roles import RolesBlock
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item, column, rule
from stationdesk.ui.widgets.rows import Column


@dataclass(frozen=True)
class Staff:
    """Everybody, and what they can be."""

    people: tuple[PersonView, ...]
    crews: tuple[CrewView, ...]
    posts: tuple[tuple[str, Name], ...]


class PeopleSection(ListSection):
    """Below a person's form stand the roles and the login."""

    pinned = False
    key, icon, case, retire_case = "people", "users", "change_person", "retire_person"
    cases = (
        "change_person", "retire_person", "add_person", "grant_role", "revoke_role", "make_account", "reset_password", "retire_account",
        "make_recovery_code",
    )  # fmt: skip
    kinds = frozenset({"person", "account", "account_key", "role_grant", "crew", "crew_member"})

    def __init__(self, runner: Runner) -> None:
        self.staff = Staff((), (), ())
        super().__init__(runner)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "People and accounts")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Name"), lambda each: each.name, width=84, token=_tone),
            Column(lambda: _("Staff number"), lambda each: each.number, width=98, token=_tone),
            Column(lambda: _("Post"), self._post, width=130, token=_tone),
            Column(lambda: _("Crew"), _crew, width=86, token=_tone),
            Column(lambda: _("Roles"), _roles, grows=True, token=_tone),
            Column(lambda: _("Login"), lambda each: each.login, width=84, token=_tone),
        )

    def _post(self, row: PersonView) -> str:
        return next((str(name) for code, name in self.staff.posts if code == row.post), row.post)

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("name", lambda: _("Name")), Ask("number", lambda: _("Staff number"))),
            (Ask("phone", lambda: _("Phone")), Ask("post", lambda: _("Post"), "choice", self._posts)),
            (Ask("crew", lambda: _("Crew"), "choice", self._crews),),
            (Ask("leader", lambda: _("Leads the crew"), "yes"),),
        )

    def _posts(self) -> Any:
        return [(code, partial(str, name)) for code, name in self.staff.posts]

    def _crews(self) -> Any:
        none: Any = ("", lambda: C_("crew", "none"))
        return [none, *((each.code, partial(str, each.name)) for each in self.staff.crews)]

    def beside(self) -> Sequence[Item]:
        self.roles, self.login = RolesBlock(self), LoginBlock(self)
        self.more = QWidget()
        column(16, rule(), 12, self.roles, 12, rule(), 12, self.login, owner=self.more)
        return (self.more,)

    def rows_of(self, found: Staff) -> Sequence[PersonView]:
        self.staff = found
        return found.people

    def key_of(self, row: PersonView) -> int:
        return row.person_id

    def name_of(self, row: PersonView) -> str:
        return row.name

    def show_row(self, found: PersonView | None) -> None:
        super().show_row(found)
        self.more.setVisible(found is not None and found.retired_at is None)
        if found is not None:
            self.roles.show_person(found)
            self.login.show_person(found)
            self.retire.setEnabled(found.retired_at is None and self.retire_case not in self.refused)

    def show_found(self, found: Any) -> None:
        super().show_found(found)
        again = next((each for each in self.rows if self.row is not None and each.person_id == self.row.person_id), None)
        if again is not None:  # roles and login are shown as they are, even while the form is being typed in
            self.roles.show_person(again)
            self.login.show_person(again)

    def values_of(self, row: PersonView | None) -> dict[str, Any]:
        if row is None:
            return {"post": "operator", "crew": ""}
        known = {"name": row.name, "number": row.number, "phone": row.phone, "post": row.post}
        return {**known, "crew": row.crew.code if row.crew else "", "leader": row.leader}

    def keeping(self, row: PersonView | None, values: dict[str, Any]) -> Call:
        text = PersonText(**{**values, "post": values["post"] or "operator", "crew": values["crew"] or ""})
        if row is None:
            return keep_person, (text,)
        place = (row.crew.code, row.leader) if row.crew else ("", False)
        return partial(keep_person, seen=place), (text, row.person_id, row.version)

    def retiring(self, row: PersonView) -> Call:
        return people.retire_person, (row.person_id,)


def _tone(row: PersonView) -> str:
    return "text" if row.retired_at is None else "text-off"


def _crew(row: PersonView) -> str:
    if row.crew is None:
        return _("retired") if row.retired_at else ""
    return f"{row.crew.name}{' ★' if row.leader else ''}"


def _roles(row: PersonView) -> str:
    return _(", ").join(_(ROLE_NAMES[Role(each)]) for each in row.roles)


def _load(store: Store, at: datetime) -> Staff:
    with store.read() as session:
        crews = people.crews(session, at)
        posts = tuple((each["code"], Name.of(each)) for each in items(session, "posts", at))
    return Staff(people.people_view(store, at), crews, posts)
