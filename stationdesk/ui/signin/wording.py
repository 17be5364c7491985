"""What people on duty and shifts are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import Span, format_span
from stationdesk.domain.names import Name
from stationdesk.domain.permissions import ROLE_NAMES, Role
from stationdesk.domain.words import _

if TYPE_CHECKING:
    from stationdesk.services.shifts import DeskView, OnDuty


def duty_words(person: OnDuty) -> str:
    """What somebody is in the shift: shift leader, acting shift leader, operator; for whom; of which crew."""
    role = _("acting shift leader") if person.acting else _(ROLE_NAMES[Role.LEADER if person.leader else _role(person.post)])
    parts = [role]
    if person.incoming:
        parts.append(_("relief"))
    if person.stands_in_for:
        parts.append(_("for {name}").format(name=person.stands_in_for))
    if person.owes_reason:
        parts.append(_("reason put off"))
    if person.extended:
        parts.append(_("extended {hours} h").format(hours=person.extended.hours))
    return _(" · ").join(parts)


def _role(post: str) -> Role:
    """A post that is named like a role is called so; else its holder works as an operator."""
    return Role(post) if post in set(Role) - {Role.LEADER} else Role.OPERATOR


def shift_words(name: Name, span: Span, zone: ZoneInfo) -> str:
    """Night 00:00–08:00."""
    return f"{name} {format_span(span, zone)}"


def roles_words(roles: tuple[str, ...]) -> str:
    """Roles in a row, the first two."""
    return _(", ").join(_(ROLE_NAMES[Role(role)]) for role in roles[:2])


def crews_words(desk: DeskView) -> str:
    """The crew on duty, and the relief beside it while both are there."""
    names = [str(shift.crew_name) or str(shift.name) for shift in (desk.shift, desk.awaited) if shift is not None]
    return _(" and ").join(names) if desk.people else ""


def key_span(keys: Sequence[str]) -> str:
    """F1–F4 F7: keys that follow each other as one span."""
    spans: list[list[str]] = []
    for key in keys:
        if spans and int(key[1:]) == int(spans[-1][-1][1:]) + 1:
            spans[-1].append(key)
        else:
            spans.append([key])
    return " ".join(f"{span[0]}–{span[-1]}" if len(span) > 1 else span[0] for span in spans)
