"""Kinds of shift of several rotations or rosters in one: which of them keep the desk manned on which day.

Within a month a station may change from three shifts to two. From then on nobody misses the evening shift, before that nobody the
twelve hours of the night; and the night of eight hours and that of twelve, N both, stay two kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from stationdesk.domain.roster.duties import runs
from stationdesk.domain.rotation import ShiftKind


class Merged:
    """Takes the kinds day by day and has them once, under codes of their own."""

    def __init__(self) -> None:
        self._kinds: dict[str, ShiftKind] = {}
        self._manned: dict[str, list[date]] = {}

    def take(self, day: date, kinds: Sequence[ShiftKind]) -> Mapping[str, str]:
        """The kinds of a day; their codes there → their codes here."""
        codes = self.know(kinds)
        for kind in kinds:
            if kind.mans(day):
                self._manned[codes[kind.code]].append(day)
        return codes

    def know(self, kinds: Sequence[ShiftKind]) -> Mapping[str, str]:
        """Kinds that are wanted on no day so far; their codes there → their codes here."""
        return {kind.code: self._known(kind) for kind in kinds}

    def _known(self, kind: ShiftKind) -> str:
        """The code under which it is here: its own, or that with a number where another kind has it."""
        n, code = 1, kind.code
        while self._kinds.setdefault(code, replace(kind, code=code)) != replace(kind, code=code):
            n += 1
            code = f"{kind.code}{n}"
        self._manned.setdefault(code, [])
        return code

    def kinds(self, days: Sequence[date], used: Iterable[str]) -> tuple[ShiftKind, ...]:
        """All of them with the days of `days` on which they are wanted; those wanted on none only where used, or where none is wanted."""
        there = frozenset(used) if any(self._manned.values()) else self._kinds.keys()
        found = (self._dated(kind, days) for kind in self._kinds.values())
        return tuple(kind for kind in found if not kind.desk or kind.code in there or self._manned[kind.code])

    def _dated(self, kind: ShiftKind, days: Sequence[date]) -> ShiftKind:
        manned = set(self._manned[kind.code])
        if not kind.desk or manned >= set(days):
            return replace(kind, days=())
        return replace(kind, days=tuple((run[0], run[-1]) for run in runs(sorted(manned)))) if manned else kind
