"""Reading points and their limits; each change is a version from a time on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.limits import Limits, LimitsOrderError, limit_words
from stationdesk.domain.moments import format_moment
from stationdesk.domain.names import Name
from stationdesk.domain.setup import PLANS
from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.services.readings import versions
from stationdesk.services.readings.versions import PointText
from stationdesk.services.readings.views import PointView
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.rows import Column

LIMITS = ("ll", "l", "h", "hh")
COLUMNS = {each.key: each for each in PLANS["points"].columns}


class PointsSection(ListSection):
    """The grid's columns: what they are called, in which unit, between which limits."""

    kind = "point"
    key, icon, case, retire_case = "points", "gauge", "set_point_version", "retire_point"
    cases = ("set_point_version", "retire_point", "add_point")
    kinds = frozenset({"point", "point_version", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Points and limits")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Code"), lambda each: each.code, width=58),
            Column(lambda: C_("settings", "Point"), lambda each: each.title, grows=True),
            Column(lambda: _("Unit"), lambda each: each.unit, width=62),
            *(Column(COLUMNS[key].name.en if key else "", partial(_limit, key), "right") for key in LIMITS),
            Column(lambda: _("In force since"), self._since, "right", width=108),
        )

    def _since(self, row: PointView) -> str:
        return format_moment(row.valid_from, self.runner.zone) if row.valid_from else ""

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (
                Ask("code", lambda: _("Code"), fixed=True),
                Ask("kind", lambda: C_("settings", "Kind"), "choice", partial(_choices, "kind"), fixed=True),
            ),
            (Ask("group_zh", lambda: _("Group (Chinese)")), Ask("group_en", lambda: _("Group (English)"))),
            (Ask("name_zh", lambda: _("Name (Chinese)"), errors=("name",)), Ask("name_en", lambda: _("Name (English)"))),
            (Ask("unit", lambda: _("Unit")), Ask("quantity", lambda: _("Quantity"), "choice", partial(_choices, "quantity"))),
            tuple(Ask(key, key.upper(), "number", errors=("limits",) if key == "ll" else ()) for key in LIMITS),
            (Ask("design", lambda: _("Design value"), "number"), Ask("rollover", lambda: _("Rolls over at"), "number")),
            (Ask("decimals", lambda: _("Decimals"), "whole"), Ask("position", lambda: _("Place in the grid"), "whole")),
            (Ask("on_now", lambda: _("A trend on the Now page"), "yes"),),
            (Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment"),),
        )

    def key_of(self, row: PointView) -> int:
        return row.point_id

    def name_of(self, row: PointView) -> str:
        return row.title

    def values_of(self, row: PointView | None) -> dict[str, Any]:
        if row is None:
            return {"kind": "gauge", "decimals": 2, "position": len(self.rows)}
        names = {"group_zh": row.group.zh, "group_en": row.group.en, "name_zh": row.name.zh, "name_en": row.name.en}
        plain = ("code", "kind", "unit", "quantity", "design", "rollover", "decimals", "position", "on_now")
        return {**names, **{key: getattr(row, key) for key in plain}, **{key: getattr(row.limits, key) for key in LIMITS}}

    def keep(self) -> None:
        """Limits that do not rise are said at once."""
        try:
            super().keep()
        except LimitsOrderError as error:
            self.refuse_at(self.form, error)

    def keeping(self, row: PointView | None, values: dict[str, Any]) -> Call:
        text = PointText(
            values["position"] or 0,
            Name(values["group_zh"], values["group_en"]),
            Name(values["name_zh"], values["name_en"]),
            values["unit"],
            values["quantity"] or "",
            2 if values["decimals"] is None else values["decimals"],
            Limits(*(values[key] for key in LIMITS)),
            values["design"],
            values["rollover"],
            values["on_now"],
        )
        since = values["valid_from"]
        if row is None:
            return partial(versions.add_point, valid_from=since), (values["code"], values["kind"], text)
        return partial(versions.set_point_version, valid_from=since, base=row.version_id), (row.point_id, text)

    def retiring(self, row: PointView) -> Call:
        return versions.retire_point, (row.point_id,)


def _load(store: Store, at: datetime) -> tuple[PointView, ...]:
    return versions.points_view(store, at)


def _limit(key: str, row: PointView) -> str:
    return limit_words(getattr(row.limits, key))


def _choices(key: str) -> Any:
    """The workbook's own choices, worded."""
    return [(code, lambda name=name: str(name)) for code, name in COLUMNS[key].choices.items()]
