"""The roles of a person, from–to: given and ended."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_moment
from stationdesk.domain.permissions import ROLE_NAMES, Role
from stationdesk.domain.words import C_, _
from stationdesk.services import people
from stationdesk.services.people import GrantView, PersonView
from stationdesk.ui.settings.section import Section
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item, column, refill, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.text import Text


class RolesBlock(QWidget):
    """A line for each role in force or to come, with a button to end it; below, a role to give."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section, self.person_id = section, 0
        self.lines = column()
        roles: Any = [(str(role), partial(_, name)) for role, name in ROLE_NAMES.items()]
        self.form = Form(
            (
                (Ask("role", lambda: _("Role"), "choice", lambda: roles),),
                (Ask("valid_from", lambda: _("From (empty: now)"), "moment"),),
                (Ask("valid_to", lambda: _("To (empty: for good)"), "moment"),),
            ),
            section.runner.zone,
            section.runner.now,
        )
        for each in ("valid_from", "valid_to"):
            self.form.parts[each].day.hint = ""  # type: ignore[attr-defined]
        self.give = Button(lambda: C_("settings", "Give role"), look="small", on_click=self._give)
        column(Line(lambda: _("Roles"), "strong"), 8, self.lines, 8, self.form, row(self.give, None), owner=self)

    def show_person(self, person: PersonView) -> None:
        """The roles as they stand."""
        if person.person_id != self.person_id:
            self.form.fill({})
        self.person_id = person.person_id
        now = self.section.runner.now()
        held = [each for each in person.grants if each.valid_to is None or each.valid_to > now]
        items: list[Item] = [self._line(each) for each in held] or [Text(lambda: _("No role."), "label text-2")]
        refill(self.lines, *items)
        for part in (self.form, self.give):
            part.setVisible("grant_role" not in self.section.refused)

    def _line(self, grant: GrantView) -> Item:
        end = Button(lambda: C_("settings", "End"), look="chip", on_click=partial(self._end, grant.grant_id))
        if "revoke_role" in self.section.refused:
            end.hide()
        return row(Line(partial(self._words, grant), "body", elide=True), None, end)

    def _words(self, grant: GrantView) -> str:
        zone = self.section.runner.zone
        name = _(ROLE_NAMES[Role(grant.role)])
        start = format_moment(grant.valid_from, zone)
        if grant.valid_to is None:
            return _("{role}, since {start}").format(role=name, start=start)
        return _("{role}, {start} to {end}").format(role=name, start=start, end=format_moment(grant.valid_to, zone))

    def _give(self) -> None:
        values = self.form.read()
        if values is None:
            return
        call = partial(people.grant_role, valid_from=values["valid_from"], valid_to=values["valid_to"])
        self.section.send((call, (self.person_id, values["role"] or "")), self.form, self._given)

    def _given(self, result: object) -> None:
        self.form.fill({})
        self.section.kept(result)

    def _end(self, grant_id: int) -> None:
        self.section.send((people.revoke_role, (grant_id,)), self.form, self.section.kept)
