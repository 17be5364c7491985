"""A kind of station as a profile says it (resources/profiles/*.toml): typed, checked, every mistake named by its place."""

from stationdesk.domain.profile.kinds import (
    ChecklistDefault,
    Coded,
    ContactDefault,
    ContractDefault,
    CrewDefault,
    DueDefault,
    Duty,
    EquipmentDefault,
    PointDefault,
    Post,
    Profile,
    RouteDefault,
    StreamDefault,
    WalkLine,
)
from stationdesk.domain.profile.parse import lists, parse
from stationdesk.domain.profile.table import (
    ProfileError,
    ProfileHoleError,
    ProfileKeyError,
    ProfileStrayError,
    ProfileTwiceError,
    ProfileTypeError,
)

__all__ = [
    "ChecklistDefault",
    "Coded",
    "ContactDefault",
    "ContractDefault",
    "CrewDefault",
    "DueDefault",
    "Duty",
    "EquipmentDefault",
    "PointDefault",
    "Post",
    "Profile",
    "ProfileError",
    "ProfileHoleError",
    "ProfileKeyError",
    "ProfileStrayError",
    "ProfileTwiceError",
    "ProfileTypeError",
    "RouteDefault",
    "StreamDefault",
    "WalkLine",
    "lists",
    "parse",
]
