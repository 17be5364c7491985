"""The kinds of certificate as the station calls them: a list of codes with names; what is not in it goes by what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.services.station import items

LIST = "certificates"


def certificate_names(session: Session, at: datetime) -> Mapping[str, Name]:
    """Code → name of the kinds there are at a time."""
    return {str(each["code"]): Name.of(each) for each in items(session, LIST, at)}


def certificate_code(typed: str, known: Mapping[str, Name]) -> str:
    """The code of a kind that was typed by its code or a name of either language; what is none of them is a kind of its own."""
    plain = typed.strip()
    ways = {way.casefold(): code for code, name in known.items() for way in (name.zh, name.en, code) if way}
    return ways.get(plain.casefold(), plain)
