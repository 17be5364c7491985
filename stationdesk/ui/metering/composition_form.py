"""A laboratory's report typed in: number, times, components or bulk values, contents; what follows from it is seen while one types."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.gas import Composition, properties
from stationdesk.domain.metering.quality import findings
from stationdesk.domain.metering.shapes import ANALYSIS, BULK, Contract
from stationdesk.domain.words import C_, _
from stationdesk.services.drafts import load_draft, save_draft
from stationdesk.ui.metering.components import ComponentGrid
from stationdesk.ui.metering.quality_words import fact, rounded, standard
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.draft import Draft
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import column, refill, row, rule, scrolled, upright
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Choices
from stationdesk.ui.widgets.text import Text

RESULTS, PLACE, ALL = 208, "metering.composition", 0
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Report:
    """What stands in the form. parts: mole fractions by component, or hs (MJ/m³), d, co2, h2."""

    kind: str
    parts: dict[str, Decimal]
    report: str
    laboratory: str
    stream_id: int | None
    sampled_at: datetime | None
    valid_from: datetime | None
    sulfur: Decimal | None
    hydrogen_sulfide: Decimal | None
    dew_point: Decimal | None
    words: str


class CompositionForm(QWidget):
    """kept(): it was kept; left(): Esc. send(report) is the command's call."""

    kept = Signal(object)
    left = Signal()

    def __init__(self, runner: Runner, contract: Contract, streams: Choices, call: Callable[[Report], Any]) -> None:
        super().__init__()
        self.runner, self.contract, self.call, self.busy = runner, contract, call, False
        self.writer = runner.actor
        self.components = ComponentGrid()
        self.kind = Choice(
            [Option(ANALYSIS, lambda: C_("gas quality", "Full analysis")), Option(BULK, lambda: C_("gas quality", "Bulk values"))],
            lambda: C_("gas quality", "Kind of report"),
        )
        self.kind.choose(ANALYSIS)
        self.head = Form(_head(lambda: streams), runner.zone, runner.now)
        self.head.fill({"stream": ALL})
        self.bulk = Form(_BULK, runner.zone, runner.now)
        self.contents = Form(_CONTENTS, runner.zone, runner.now)
        self.problem = Text("", "label red-fg")
        self.problem.hide()
        self._draft = Draft(self, self._typed)
        self._draft.to(self._keep)
        self.results = column(spacing=4)
        self.parts = QStackedWidget()
        self.send_button = Button(lambda: C_("gas quality", "Keep the report"), look="primary", key="Ctrl Enter", on_click=self.send)
        self.stop_button = Button(lambda: C_("form", "Back"), key="Esc", on_click=self.left.emit)
        self._lay_out()
        self._connect()
        self._show_results()

    def _lay_out(self) -> None:
        bulk = QWidget()
        column(
            self.bulk,
            Text(lambda: C_("gas quality", "At 20 ℃ combustion and 20 ℃ metering; Z by SGERG-88."), "label text-2"),
            None,
            owner=bulk,
        )
        self.parts.addWidget(self.components)
        self.parts.addWidget(bulk)
        inside, beside = QWidget(), QWidget()
        column(6, self.head, self.parts, 2, self.contents, None, owner=inside)
        column(8, Line(lambda: C_("gas quality", "What follows from it"), "strong"), 8, self.results, None, owner=beside)
        beside.setFixedWidth(RESULTS)
        middle = row(16, scrolled(inside), 16, upright(), 16, beside, 16, spacing=0)
        title = row(Line(lambda: C_("gas quality", "New laboratory report"), "strong"), None, self.kind, sides=16)
        title.addStrut(44)
        foot = row(self.send_button, self.stop_button, None, sides=16)
        column(title, rule(), middle, row(self.problem, sides=16), rule(), 12, foot, 12, owner=self).setStretch(2, 1)

    def _connect(self) -> None:
        self.kind.chosen.connect(self._turn)
        self.components.changed.connect(self._touched)
        for form in (self.head, self.bulk, self.contents):
            for part in form.parts.values():
                if isinstance(part, Field):
                    part.edited.connect(self._touched)
                    part.committed.connect(self._touched)
        if self.writer is not None:
            self.runner.query(self, load_draft, self.writer.person_id, PLACE, on_done=self._restore)

    def take_focus(self) -> None:
        """To the number of the report."""
        self.head.take_focus()

    def _turn(self, kind: str) -> None:
        self.parts.setCurrentIndex(1 if kind == BULK else 0)
        self._touched()

    # What follows
    def _touched(self, *_what: object) -> None:
        self._show_results()
        self._draft.touch()

    def _show_results(self) -> None:
        value = self._heating_value()
        sulfur, sulfide = (_quietly(self.contents, key) for key in ("sulfur", "hydrogen_sulfide"))
        rows = self._facts() if self.kind.value() == ANALYSIS else []
        refill(self.results, *rows, 8, rule(), 8, standard(findings(value, sulfur, sulfide)))

    def _facts(self) -> list[Any]:
        parts = self.components.fractions()
        names = (
            lambda: C_("gas quality", "Heating value, MJ/m³"),
            lambda: C_("gas quality", "Relative density"),
            lambda: C_("gas quality", "Wobbe index, MJ/m³"),
            lambda: C_("gas quality", "Z at base"),
            lambda: C_("gas quality", "Molar mass, g/mol"),
        )
        figures = ["—"] * len(names)
        if parts:
            found = properties(Composition.of(parts), *self._conditions())
            figures = [
                rounded(found.heating_value_mj_m3, 3),
                rounded(found.relative_density, 4),
                rounded(found.wobbe_mj_m3, 3),
                rounded(found.z_base, 5),
                rounded(found.molar_mass_g_mol, 3),
            ]
        return [fact(name, figure) for name, figure in zip(names, figures, strict=True)]

    def _conditions(self) -> tuple[float, float, float]:
        each = self.contract
        return float(each.combustion_c), float(each.base_temperature_c), float(each.base_pressure_kpa)

    def _heating_value(self) -> Decimal | None:
        """At 20/20, as the standard wants it."""
        if self.kind.value() == BULK:
            return _quietly(self.bulk, "hs")
        parts = self.components.fractions()
        return Decimal(f"{properties(Composition.of(parts)).heating_value_mj_m3:.4f}") if parts else None

    # Sending
    def report(self) -> Report | None:
        """What stands in it; None where something cannot be read, which is said at its field."""
        head = self.head.read()
        parts = self._parts() if head is not None else None
        contents = self.contents.read() if parts else None
        if head is None or not parts or contents is None:
            return None
        stream = head["stream"] or None
        return Report(
            self.kind.value(), parts, head["report"], head["laboratory"], stream, head["sampled_at"], head["valid_from"],
            contents["sulfur"], contents["hydrogen_sulfide"], contents["dew_point"], contents["words"],
        )  # fmt: skip

    def _parts(self) -> dict[str, Decimal] | None:
        if self.kind.value() == ANALYSIS:
            return None if self.components.complain() else self.components.fractions()
        given = self.bulk.read()
        if given is None:
            return None
        missing = next((key for key in ("hs", "d", "co2", "h2") if given[key] is None), None)
        if missing is not None:
            part = self.bulk.parts[missing]
            assert isinstance(part, Field)
            part.error(lambda: _("No number was typed."))
            part.take_focus()
            return None
        return {"hs": given["hs"], "d": given["d"], "co2": given["co2"] / HUNDRED, "h2": given["h2"] / HUNDRED}

    def send(self) -> None:
        """Keep the report."""
        self.problem.hide()
        report = None if self.busy else self.report()
        if report is not None:
            self.busy = True
            fn, args = self.call(report)
            self.runner.command(self, fn, *args, on_done=self._sent, on_error=self.fail)

    def _sent(self, answer: object) -> None:
        self.busy = False
        self._draft.stop()
        self._keep("")
        self.kept.emit(answer)

    def fail(self, error: DomainError) -> None:
        """At its field, else below."""
        self.busy = False
        if not any(form.fail(error) for form in (self.head, self.contents, self.bulk)):
            self.problem.say(lambda: say(error))
            self.problem.show()

    # Drafts
    def _typed(self) -> str:
        kept: dict[str, Any] = {"components": self.components.texts(), "scale": self.components.scale.value(), "kind": self.kind.value()}
        texts: dict[str, str] = {}
        for form in (self.head, self.bulk, self.contents):
            texts |= {key: part.text() for key, part in form.parts.items() if isinstance(part, Field) and part.text()}
        return json.dumps({**kept, "texts": texts}, ensure_ascii=False) if texts or kept["components"] else ""

    def _restore(self, text: str) -> None:
        if not text or self._typed():
            return
        kept = json.loads(text)
        self.kind.choose(kept["kind"])
        self.parts.setCurrentIndex(1 if kept["kind"] == BULK else 0)
        for form in (self.head, self.bulk, self.contents):
            for key, part in form.parts.items():
                if isinstance(part, Field) and key in kept["texts"]:
                    part.set_text(kept["texts"][key])
        self.components.restore(kept["components"], kept["scale"])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._draft.flush()

    def _keep(self, text: str) -> None:
        if self.writer is not None:
            self.runner.command(self, save_draft, PLACE, text, actor=self.writer)


def _quietly(form: Form, key: str) -> Decimal | None:
    """A number as far as it is typed."""
    part = form.parts[key]
    assert isinstance(part, Field)
    try:
        return part.number()
    except DomainError:
        return None


def _head(streams: Callable[[], Choices]) -> tuple[tuple[Ask, ...], ...]:
    return (
        (
            Ask("report", lambda: C_("gas quality", "Report number"), share=3),
            Ask("laboratory", lambda: C_("gas quality", "Laboratory"), share=3),
            Ask("stream", lambda: C_("gas quality", "For"), "choice", streams, share=2),
        ),
        (
            Ask("sampled_at", lambda: C_("gas quality", "Sampled"), "moment"),
            Ask("valid_from", lambda: C_("gas quality", "Valid from (empty: now)"), "moment"),
        ),
    )


_BULK = (
    (
        Ask("hs", lambda: C_("gas quality", "Superior heating value"), "number", unit="MJ/m³"),
        Ask("d", lambda: C_("gas quality", "Relative density"), "number"),
    ),
    (Ask("co2", "CO₂", "number", unit="%"), Ask("h2", "H₂", "number", unit="%")),
)
_CONTENTS = (
    (
        Ask("sulfur", lambda: C_("gas quality", "Total sulfur"), "number", unit="mg/m³", errors=("sulfur_mg_m3",)),
        Ask("hydrogen_sulfide", lambda: C_("gas quality", "Hydrogen sulfide"), "number", unit="mg/m³", errors=("hydrogen_sulfide_mg_m3",)),
        Ask("dew_point", lambda: C_("gas quality", "Water dew point"), "number", unit="℃", errors=("dew_point_c",)),
        Ask("words", lambda: C_("gas quality", "Remark"), most=200),
    ),
)
