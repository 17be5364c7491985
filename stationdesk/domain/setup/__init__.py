"""The set-up workbook: what its sheets hold, the profile's defaults as its rows, and a station's own lists read from it."""

from stationdesk.domain.setup.cells import Book, Cell, Refusals, Row, blank, plain, spoken
from stationdesk.domain.setup.columns import BY_HAND, PLANS, SHEETS, Choices, Column, Kind, SheetPlan
from stationdesk.domain.setup.defaults import (
    Filled,
    Rows,
    contact_row,
    limits_row,
    line_row,
    point_row,
    route_row,
    rows_of,
)
from stationdesk.domain.setup.lists import (
    ContactRow,
    CrewRow,
    DueRow,
    EquipmentRow,
    HazardRow,
    Known,
    PersonRow,
    PointRow,
    RouteRow,
    Setup,
    StationRow,
    known_of,
)
from stationdesk.domain.setup.refusals import Refused, SetupRefusedError
from stationdesk.domain.setup.take import take
from stationdesk.domain.setup.walks import text_of

__all__ = [
    "BY_HAND",
    "PLANS",
    "SHEETS",
    "Book",
    "Cell",
    "Choices",
    "Column",
    "ContactRow",
    "CrewRow",
    "DueRow",
    "EquipmentRow",
    "Filled",
    "HazardRow",
    "Kind",
    "Known",
    "PersonRow",
    "PointRow",
    "Refusals",
    "Refused",
    "RouteRow",
    "Row",
    "Rows",
    "Setup",
    "SetupRefusedError",
    "SheetPlan",
    "StationRow",
    "blank",
    "contact_row",
    "known_of",
    "limits_row",
    "line_row",
    "plain",
    "point_row",
    "route_row",
    "rows_of",
    "spoken",
    "take",
    "text_of",
]
