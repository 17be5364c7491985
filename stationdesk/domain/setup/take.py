"""From rows of cells to a station's lists: every rule of the station is asked here, everything refused is gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from stationdesk.domain.hazards import check_place
from stationdesk.domain.log import check_text
from stationdesk.domain.names import Name
from stationdesk.domain.people import check_login, check_name
from stationdesk.domain.permissions import Role
from stationdesk.domain.profile import ContactDefault, CrewDefault
from stationdesk.domain.rotation import CrewCountError
from stationdesk.domain.setup.cells import Book, Reader, Refusals, Row
from stationdesk.domain.setup.columns import PLANS, Choices
from stationdesk.domain.setup.lists import (
    ContactRow,
    CrewRow,
    DueRow,
    EquipmentRow,
    HazardRow,
    Known,
    PersonRow,
    Setup,
    StationRow,
)
from stationdesk.domain.setup.refusals import (
    CellChoiceError,
    CellEmptyError,
    CellTwiceError,
    ChiefMissingError,
    ManyLoginsError,
    SamePersonError,
    ZoneError,
)
from stationdesk.domain.setup.walks import points, routes
from stationdesk.domain.words import _

T = TypeVar("T")
MOST_NAMES = 12
"""So many are named where one is not among them."""
CHIEF_ROLES = {Role.CHIEF, Role.DEPUTY, Role.ACTING_CHIEF}


def take(book: Book, known: Known, *, new: bool) -> tuple[Setup, Refusals]:
    """A workbook's lists, and all that is refused in them. new: the station begins with them, so that its chief must be there."""
    refusals = Refusals()
    given = frozenset(book.rows)
    crews = _crews(book, refusals)
    listed = known.choices()
    if "crews" in given:
        listed["crews"] = {**listed["crews"], **{each.crew.code: each.crew.name for each in crews}}
    made = Setup(
        given,
        station=_station(book, refusals, listed),
        crews=crews,
        people=_people(book, refusals, listed),
        points=points(book, refusals),
        routes=routes(book, refusals, listed),
        equipment=_equipment(book, refusals),
        contacts=_contacts(book, refusals),
    )
    names = known.names | {each.name for each in made.people if each.name}
    made = replace(made, hazards=_hazards(book, refusals, listed, names))
    _check_crews(made, known, refusals)
    if new:
        _check_chief(made, known, refusals)
    return made, refusals


def _read(key: str, book: Book, refusals: Refusals, listed: Mapping[str, Choices], make: Callable[[Reader], T | None]) -> tuple[T, ...]:
    made = (make(Reader(PLANS[key], row, refusals, listed)) for row in book.rows.get(key, ()))
    return tuple(each for each in made if each is not None)


def name_of(read: Reader, key: str = "name", *, checked: bool = False) -> Name:
    """A name's two cells; the Chinese one keeps the rules of names where it must."""
    made = Name(read.text(f"{key}_zh"), read.text(f"{key}_en"))
    if checked and made.zh:
        with read.at(f"{key}_zh"):
            check_name(made.zh)
    return made


def once(rows: Iterable[T], key: str, of: Callable[[T], tuple[str, Row]], refusals: Refusals) -> None:
    """Refuse a code that stands in a sheet twice."""
    seen: dict[str, int] = {}
    for each in rows:
        code, row = of(each)
        if code and code.casefold() in seen:
            refusals.add(row, key, CellTwiceError(typed=code, row=seen[code.casefold()]))
        seen.setdefault(code.casefold(), row.number)


def _station(book: Book, refusals: Refusals, listed: Mapping[str, Choices]) -> StationRow | None:
    def make(read: Reader) -> StationRow:
        zone = read.text("zone")
        if zone:
            with read.at("zone"):
                check_zone(zone)
        texts = (read.text("pattern"), read.day("start"), read.day("official"), read.text("chief"))
        return StationRow(name_of(read, checked=True), name_of(read, "company"), zone, *texts, read.row)

    found = _read("station", book, refusals, listed, make)
    return found[0] if found else None


def check_zone(text: str) -> None:
    """ZoneError for what is no time zone."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ZoneError(typed=text) from None


def _crews(book: Book, refusals: Refusals) -> tuple[CrewRow, ...]:
    made = _read("crews", book, refusals, {}, lambda read: CrewRow(CrewDefault(read.text("code"), name_of(read, checked=True)), read.row))
    once(made, "code", lambda each: (each.crew.code, each.row), refusals)
    return made


def _check_crews(made: Setup, known: Known, refusals: Refusals) -> None:
    """As many crews as the pattern needs."""
    if made.station is None or not made.crews:
        return
    pattern = next((each for each in known.patterns if each.code == made.station.pattern), None)
    if pattern is not None and len(pattern.phases) != len(made.crews):
        error = CrewCountError(pattern=pattern.name, needed=len(pattern.phases), given=len(made.crews))
        refusals.add(made.station.row, "pattern", error)


def _people(book: Book, refusals: Refusals, listed: Mapping[str, Choices]) -> tuple[PersonRow, ...]:
    made = _read("people", book, refusals, listed, _person)
    once(made, "number", lambda each: (each.number, each.row), refusals)
    _check_logins(made, refusals)
    _check_names(made, refusals)
    return made


def _person(read: Reader) -> PersonRow:
    typed, name, login = read.text("name"), "", read.text("login")
    if typed:
        with read.at("name"):
            name = check_name(typed)  # a name that is refused is nobody's: no other sheet may offer it
    if login:
        with read.at("login"):
            login = check_login(login)
    crew, leader = read.text("crew"), read.yes("leader")
    if leader and not crew and not read.given("crew"):
        read.refusals.add(read.row, "crew", CellEmptyError())
    return PersonRow(name, read.text("number"), read.text("phone"), read.text("post"), crew, leader, login, read.row)


def _check_logins(people: Sequence[PersonRow], refusals: Refusals) -> None:
    seen: set[str] = set()
    for each in people:
        if each.login and each.login in seen:
            refusals.add(each.row, "login", ManyLoginsError(login=each.login))
        seen.add(each.login)


def _check_names(people: Sequence[PersonRow], refusals: Refusals) -> None:
    """Two of one name are told apart by their numbers."""
    seen: dict[str, str] = {}
    for each in people:
        if each.name and each.name in seen and not (each.number and seen[each.name]):
            refusals.add(each.row, "name", SamePersonError(name=each.name))
        seen.setdefault(each.name, each.number)


def _check_chief(made: Setup, known: Known, refusals: Refusals) -> None:
    if made.station is None or not made.station.chief:
        return
    chiefs = {post.code for post in known.posts if post.role in CHIEF_ROLES}
    if not any(each.name == made.station.chief and each.post in chiefs and each.login for each in made.people):
        refusals.add(made.station.row, "chief", ChiefMissingError(name=made.station.chief))


def _equipment(book: Book, refusals: Refusals) -> tuple[EquipmentRow, ...]:
    """Rows of one tag are one piece; its name, class, place and state stand in the first of them."""
    made: dict[str, EquipmentRow] = {}
    for each in _read("equipment", book, refusals, {}, _piece):
        found = made.get(each.code)
        made[each.code] = each if found is None else replace(found, dues=found.dues + each.dues)
        if found is not None and (key := _contradicted(found, each)):
            refusals.add(each.row, key, CellTwiceError(typed=each.code, row=found.row.number))
    return tuple(made.values())


def _contradicted(first: EquipmentRow, other: EquipmentRow) -> str:
    """The column in which a second row of a tag cannot be of the same piece; "" where it may. Another name: the tag was not changed."""
    if first.name.zh and other.name.zh and first.name.zh != other.name.zh:
        return "code"
    return "what" if {due.what for due in first.dues} & {due.what for due in other.dues} else ""


def _piece(read: Reader) -> EquipmentRow:
    code, status = read.text("code"), read.text("status") or "in_use"
    texts = (read.text("kind"), read.text("place"), status, read.text("status_words"))
    return EquipmentRow(code, name_of(read), *texts, _due(read), read.row)


def _due(read: Reader) -> tuple[DueRow, ...]:
    what, due, last, months = read.text("what"), read.day("due"), read.day("last"), read.whole("months", 0, 0, 600)
    if what and due:
        return (DueRow(what, due, last, months or None),)
    for key, there in (("what", what), ("due", due)):
        if (what or due or last or months) and not there and not read.given(key):
            read.refusals.add(read.row, key, CellEmptyError())
    return ()


def _hazards(book: Book, refusals: Refusals, listed: Mapping[str, Choices], names: frozenset[str]) -> tuple[HazardRow, ...]:
    def make(read: Reader) -> HazardRow:
        place, text, owner = read.text("place"), read.text("text"), read.text("owner")
        if place:
            with read.at("place"):
                check_place(place)
        if text:
            with read.at("text"):
                check_text(text)
        if owner and owner not in names:
            choices = _(", ").join(sorted(names)[:MOST_NAMES]) or "—"
            read.refusals.add(read.row, "owner", CellChoiceError(typed=owner, choices=choices))
        return HazardRow(read.text("grade"), place, text, read.day("deadline"), owner, read.row)

    return _read("hazards", book, refusals, listed, make)


def _contacts(book: Book, refusals: Refusals) -> tuple[ContactRow, ...]:
    def make(read: Reader) -> ContactRow:
        texts = (name_of(read, "role"), read.text("phone"), read.text("who"), name_of(read, "note"))
        return ContactRow(ContactDefault(*texts, read.yes("public")), read.row)

    return _read("contacts", book, refusals, {}, make)
