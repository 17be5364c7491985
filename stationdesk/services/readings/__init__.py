"""Hourly readings: taken, corrected, explained, and shown as a grid, a form, a trend."""

from stationdesk.services.readings.day import DayFigures, PointFigures, day_figures
from stationdesk.services.readings.detail import entry_form, last_values, point_detail, values_at
from stationdesk.services.readings.doubts import first_question, flow_beside, flows_of
from stationdesk.services.readings.drafts import Unsaved, keep_unsaved, unsaved
from stationdesk.services.readings.explain import explain, explain_gap
from stationdesk.services.readings.facts import facts
from stationdesk.services.readings.grid import day_view, gas_day, grid, grid_view
from stationdesk.services.readings.take import correct_reading, paste_block, take_hour, take_reading
from stationdesk.services.readings.versions import (
    PointText,
    add_point,
    points_at,
    points_view,
    retire_point,
    set_point_version,
)
from stationdesk.services.readings.views import (
    CellView,
    CorrectionView,
    FormField,
    FormView,
    GapView,
    GridLine,
    GridView,
    HourLine,
    HourTaken,
    LastValue,
    NotTaken,
    OwedView,
    Phrase,
    PointDetail,
    PointView,
    SaidView,
    ShiftLine,
    Taken,
)

__all__ = [
    "CellView",
    "CorrectionView",
    "DayFigures",
    "FormField",
    "FormView",
    "GapView",
    "GridLine",
    "GridView",
    "HourLine",
    "HourTaken",
    "LastValue",
    "NotTaken",
    "OwedView",
    "Phrase",
    "PointDetail",
    "PointFigures",
    "PointText",
    "PointView",
    "SaidView",
    "ShiftLine",
    "Taken",
    "Unsaved",
    "add_point",
    "correct_reading",
    "day_figures",
    "day_view",
    "entry_form",
    "explain",
    "explain_gap",
    "facts",
    "first_question",
    "flow_beside",
    "flows_of",
    "gas_day",
    "grid",
    "grid_view",
    "keep_unsaved",
    "last_values",
    "paste_block",
    "point_detail",
    "points_at",
    "points_view",
    "retire_point",
    "set_point_version",
    "take_hour",
    "take_reading",
    "unsaved",
    "values_at",
]
