"""What a write touched, for the pages that show it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changes:
    """The tables one or several entries touched, and number and hash of the newest entry."""

    kinds: frozenset[str]
    seq: int
    hash: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        return bool(self.kinds)

    def touch(self, *kinds: str) -> bool:
        """Whether any of these tables is among them."""
        return not self.kinds.isdisjoint(kinds)
