"""A shift played through the real window without a screen: for `--demo` where there is none, and for the journeys of the tests."""
