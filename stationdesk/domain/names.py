"""A station's own names come in two languages: {zh = "夜班", en = "Night"}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from stationdesk.domain.words import named
from stationdesk.values import dataclass


@dataclass(frozen=True, order=True)
class Name:
    """What the station calls a thing; worded in the language spoken where it is shown."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return named(self.zh, self.en)

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Self:
        """From {"zh": …, "en": …}, as profiles and the station's lists have it."""
        return cls(texts["zh"], texts.get("en", ""))

    def texts(self) -> dict[str, str]:
        """As it is stored."""
        return {"zh": self.zh, "en": self.en}
