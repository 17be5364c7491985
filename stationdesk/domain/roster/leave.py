"""The kinds of leave in words."""

from __future__ import annotations

from collections.abc import Callable

from stationdesk.domain.words import C_

_SAID: dict[str, Callable[[], str]] = {
    "annual": lambda: C_("leave", "annual leave"),
    "sick": lambda: C_("leave", "sick leave"),
    "personal": lambda: C_("leave", "personal leave"),
    "injury": lambda: C_("leave", "work injury"),
    "marriage": lambda: C_("leave", "marriage leave"),
    "maternity": lambda: C_("leave", "maternity leave"),
    "bereavement": lambda: C_("leave", "bereavement leave"),
    "other": lambda: C_("leave", "other leave"),
}


def leave_said(kind: str) -> str:
    """A kind of leave in the language spoken now; a code nobody described stands as itself."""
    return _SAID[kind]() if kind in _SAID else kind
