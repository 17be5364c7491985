"""Journeys are played once for several tests: the languages are at hand before the first of them, in whatever order tests run."""

from __future__ import annotations

import pytest

from stationdesk.domain import words
from stationdesk.paths import LANGUAGES, catalogue


@pytest.fixture(scope="session", autouse=True)
def languages() -> None:
    for language in LANGUAGES:
        words.install(language, catalogue(language))
