"""The equipment ledger with its due dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.equipment import DUES, OUT_OF_SERVICE, STATUSES, due_words, status_words
from stationdesk.domain.moments import format_date
from stationdesk.domain.names import Name
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, equipment
from stationdesk.services.equipment import DueText, EquipmentText, EquipmentView
from stationdesk.services.station import setting
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.rows import Column


@dataclass(frozen=True)
class Ledger:
    """The pieces, and how many days ahead a due date is marked."""

    rows: tuple[EquipmentView, ...]
    soon: int


class EquipmentSection(ListSection):
    """A piece, its state, and when each thing is due on it."""

    key, icon, case, retire_case = "equipment", "wrench", "set_equipment", "retire_equipment"
    cases = ("set_equipment", "retire_equipment")
    side = 384
    kinds = frozenset({"equipment", "equipment_due", "role_grant", "setting_value"})

    def __init__(self, runner: Runner) -> None:
        self.soon = 0
        super().__init__(runner)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Equipment")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Tag"), lambda each: each.code, width=92),
            Column(lambda: C_("settings", "Name"), lambda each: str(each.name), grows=True),
            Column(lambda: _("Place"), lambda each: each.place, width=80),
            Column(lambda: C_("equipment", "State"), lambda each: status_words(each.status), width=84, token=_tone),
            Column(lambda: _("Next due"), self._next, width=188, token=self._due_tone, icon=self._due_sign),
        )

    def _next(self, row: EquipmentView) -> str:
        return f"{format_date(row.dues[0].due)} {due_words(row.dues[0].what)}" if row.dues else ""

    def _days_left(self, row: EquipmentView) -> int | None:
        return (row.next_due - self.runner.local().date()).days if row.next_due else None

    def _due_tone(self, row: EquipmentView) -> str:
        left = self._days_left(row)
        return "text" if left is None or left > self.soon else "red-fg" if left < 0 else "amber-fg"

    def _due_sign(self, row: EquipmentView) -> str:
        left = self._days_left(row)
        return "" if left is None or left > self.soon else "circle-alert" if left < 0 else "triangle-alert"

    def rows_of(self, found: Ledger) -> Sequence[EquipmentView]:
        self.soon = found.soon
        return found.rows

    def asks(self) -> Sequence[Sequence[Ask]]:
        states: Any = [(each, partial(status_words, each)) for each in STATUSES]
        dues = [
            (
                Ask(f"due_{what}", partial(_due_label, what), "date", share=4),
                Ask(f"last_{what}", lambda: _("Last done"), "date", share=4),
                Ask(f"months_{what}", lambda: _("Every (months)"), "whole", share=3),
            )
            for what in DUES
        ]
        return (
            (Ask("code", lambda: _("Tag"), fixed=True), Ask("kind", lambda: C_("equipment", "Class"))),
            (Ask("name_zh", lambda: _("Name (Chinese)")), Ask("name_en", lambda: _("Name (English)"))),
            (Ask("place", lambda: _("Place")), Ask("status", lambda: C_("equipment", "State"), "choice", lambda: states)),
            (Ask("status_words", lambda: _("Why")),),
            *dues,
        )

    def key_of(self, row: EquipmentView) -> int:
        return row.equipment_id

    def name_of(self, row: EquipmentView) -> str:
        return f"{row.code} {row.name}"

    def values_of(self, row: EquipmentView | None) -> dict[str, Any]:
        if row is None:
            return {"status": STATUSES[0]}
        texts = {"code": row.code, "name_zh": row.name.zh, "name_en": row.name.en, "kind": row.kind, "place": row.place}
        dues = {f"{key}_{due.what}": getattr(due, key) for due in row.dues for key in ("due", "last", "months")}
        return {**texts, "status": row.status, "status_words": row.status_words, **dues}

    def keeping(self, row: EquipmentView | None, values: dict[str, Any]) -> Call:
        dues = tuple(DueText(what, values[f"due_{what}"], values[f"last_{what}"], values[f"months_{what}"]) for what in DUES)
        name = Name(values["name_zh"], values["name_en"])
        texts = (values["kind"], values["place"], values["status"], values["status_words"])
        call = partial(equipment.set_equipment, seen=row.dues if row else None)
        return call, (EquipmentText(values["code"], name, *texts, dues), row.version if row else None)

    def retiring(self, row: EquipmentView) -> Call:
        return equipment.retire_equipment, (row.equipment_id,)


def _due_label(what: str) -> str:
    return _("{what}, due").format(what=due_words(what))


def _tone(row: EquipmentView) -> str:
    return "amber-fg" if row.status == OUT_OF_SERVICE else "text"


def _load(store: Store, at: datetime) -> Ledger:
    with store.read() as session:
        soon = int(setting(session, "due_warning_days", at))
    return Ledger(equipment.equipment_view(store), soon)
