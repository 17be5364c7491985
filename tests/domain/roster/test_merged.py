"""Kinds of shift over a change of the rotation: each is wanted on its own days only, and two under one code stay two."""

from __future__ import annotations

import json
from datetime import date

from stationdesk.domain.names import Name
from stationdesk.domain.roster import days_of
from stationdesk.domain.roster.merged import Merged
from stationdesk.domain.roster.patterns import usual
from stationdesk.domain.rotation import ShiftKind, kind_texts, kinds_of

DAYS = days_of(date(2026, 12, 1), date(2026, 12, 10))
EIGHT, TWELVE = usual("8h-4x3").pattern.kinds, usual("12h-4x2").pattern.kinds


def merged(*turns: tuple[int, tuple[ShiftKind, ...]]) -> tuple[ShiftKind, ...]:
    """So many days of each."""
    made, days = Merged(), iter(DAYS)
    for count, kinds in turns:
        for _n in range(count):
            made.take(next(days), kinds)
    return made.kinds(DAYS, ())


def test_one_rotation_wants_its_kinds_every_day() -> None:
    assert merged((10, EIGHT)) == EIGHT
    assert not any(kind.days for kind in merged((10, EIGHT)))


def test_after_a_change_each_kind_is_wanted_on_its_own_days() -> None:
    found = {kind.code: kind for kind in merged((4, EIGHT), (6, TWELVE))}
    assert [found[code].minutes // 60 for code in ("N", "D", "E", "D2", "N2")] == [8, 8, 8, 12, 12]
    assert [day.day for day in DAYS if found["E"].mans(day)] == [1, 2, 3, 4]
    assert [day.day for day in DAYS if found["N2"].mans(day)] == [5, 6, 7, 8, 9, 10]


def test_a_kind_that_comes_back_is_the_same_with_both_spans() -> None:
    found = {kind.code: kind for kind in merged((3, EIGHT), (4, TWELVE), (3, EIGHT))}
    assert found["E"].days == ((DAYS[0], DAYS[2]), (DAYS[7], DAYS[9]))
    assert set(found) == {"N", "D", "E", "D2", "N2"}


def test_a_kind_both_have_is_wanted_throughout() -> None:
    night = next(kind for kind in EIGHT if kind.code == "N")
    day = ShiftKind("L", Name("长白班", "Long day"), 8 * 60, 24 * 60)
    found = {kind.code: kind for kind in merged((5, EIGHT), (5, (night, day)))}
    assert found["N"].days == ()
    assert found["L"].days == ((DAYS[5], DAYS[9]),)


def test_what_is_stored_is_read_back_with_its_days() -> None:
    kinds = merged((4, EIGHT), (6, TWELVE))
    read = kinds_of(json.loads(json.dumps(kind_texts(kinds))))
    assert [(kind, kind.days) for kind in read] == [(kind, kind.days) for kind in kinds]
