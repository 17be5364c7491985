"""A station's own lists, in one workbook: handed out filled, tried, brought in whole or not at all."""

from stationdesk.services.setup.apply import Count, FirstPassword
from stationdesk.services.setup.bring import Brought, bring_in, found_station, try_here, try_new
from stationdesk.services.setup.known import known_in, rows_here
from stationdesk.services.setup.read import read_setup

__all__ = ["Brought", "Count", "FirstPassword", "bring_in", "found_station", "known_in", "read_setup", "rows_here", "try_here", "try_new"]
