"""The kinds of shift beside the crews': office day, duty leader, standby, with what of them is work, standby and rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from stationdesk.domain.moments import clock_text, format_minutes
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, roster
from stationdesk.ui.settings.entries import EntriesSection, Kept
from stationdesk.ui.settings.patterns import kind_columns, kind_of
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item, column, rule
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text

LIST = "day_kinds"


class RosterKindsSection(EntriesSection):
    """One list; rosters made from then on have its kinds."""

    kind = "list"
    key, icon, case = "day-kinds", "timer", "set_day_kinds"
    cases = ("set_day_kinds",)
    kinds = frozenset({"station_list", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Other shifts")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            *kind_columns(),
            Column(lambda: C_("rules", "Work"), _work, "right", width=120),
        )

    def line_asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("kind_code", lambda: _("Shift, code"), most=3, errors=("code",)), Ask("begins", lambda: _("Begins"), errors=("time",))),
            (Ask("kind_zh", lambda: _("Shift (Chinese)"), errors=("kind_name",)), Ask("kind_en", lambda: _("Shift (English)"))),
            (
                Ask("hours", lambda: C_("length", "Hours"), "number"),
                Ask("standby", lambda: _("of it standby"), "whole", unit=lambda: C_("unit", "min"), span=(0, 1440), errors=("kinds",)),
                Ask("rest", lambda: _("of it rest"), "whole", unit=lambda: C_("unit", "min"), span=(0, 1440)),
            ),
        )

    def below_table(self) -> Sequence[Item]:
        words = Text(
            lambda: _(
                "These keep no desk manned: the office week, the leader of a holiday, standby by the phone. A duty that is standby alone "
                "ends no rest. The law is read in two ways: all hours at the station count, or those of work only; rosters show both."
            ),
            "label text-2",
        )
        inside = column(12, words, 12)
        inside.setContentsMargins(16, 0, 16, 0)
        return (rule(), inside)

    def blank(self, n: int) -> dict[str, Any]:
        return {"begins": "08:00", "hours": Decimal(8)}

    def show_found(self, found: Any) -> None:
        super().show_found((Kept(LIST, lambda: C_("settings", "Other shifts"), {}, tuple(map(_line, found)), found),))

    def keeping(self, kept: Kept | None, head: dict[str, Any], lines: list[dict[str, Any]], valid_from: Any) -> Call:
        return partial(roster.set_day_kinds, valid_from=valid_from, seen=kept.seen if kept else None), (tuple(map(kind_of, lines)),)


def _line(kind: ShiftKind) -> dict[str, Any]:
    return {
        "kind_code": kind.code,
        "kind_zh": kind.name.zh,
        "kind_en": kind.name.en,
        "begins": clock_text(kind.start),
        "hours": (Decimal(kind.minutes) / 60).quantize(Decimal("0.01")).normalize(),
        "standby": kind.standby or None,
        "rest": kind.rest or None,
    }


def _work(each: Any) -> str:
    split = sum(int(each.values.get(key) or 0) for key in ("standby", "rest"))
    return format_minutes(max(0, round((each.values.get("hours") or Decimal(0)) * 60) - split))


def _load(store: Store, at: datetime) -> tuple[ShiftKind, ...]:
    return roster.day_kinds_view(store, at)
