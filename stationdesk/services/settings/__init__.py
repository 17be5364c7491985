"""What a station sets: its names, settings, lists, contacts, crews, shift patterns and rotation. Each change is dated; the past keeps what
was in force, and `versions` tells what changed, when and by whom.
"""

from stationdesk.services.settings.contacts import put_contact, retire_contact, set_contact
from stationdesk.services.settings.lists import check_entries, list_items, set_list
from stationdesk.services.settings.patterns import PatternView, patterns_view, retire_pattern, set_pattern
from stationdesk.services.settings.rotation import RotationView, put_crew, put_rotation, rotation_view, set_crew, set_rotation
from stationdesk.services.settings.station import StationForm, StationText, change_station, put_station, station_form
from stationdesk.services.settings.values import SettingView, set_setting, settings_view
from stationdesk.services.settings.versions import VersionView, versions

__all__ = [
    "PatternView",
    "RotationView",
    "SettingView",
    "StationForm",
    "StationText",
    "VersionView",
    "change_station",
    "check_entries",
    "list_items",
    "patterns_view",
    "put_contact",
    "put_crew",
    "put_rotation",
    "put_station",
    "retire_contact",
    "retire_pattern",
    "rotation_view",
    "set_contact",
    "set_crew",
    "set_list",
    "set_pattern",
    "set_rotation",
    "set_setting",
    "settings_view",
    "station_form",
    "versions",
]
