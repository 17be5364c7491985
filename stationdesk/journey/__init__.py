"""A shift played through the real window without a screen: for `--demo` where there is none, and for the journeys of the tests."""

from stationdesk.journey.day import play

__all__ = ["play"]
