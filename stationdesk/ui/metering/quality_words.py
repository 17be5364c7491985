"""How the figures of a gas read: heating value, density, and whether GB 17820 is met."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from stationdesk.domain.metering.quality import Finding
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words

WORDS: dict[str, Words] = {
    "heating_value": lambda: _("Heating value"),
    "sulfur": lambda: C_("gas quality", "Total sulfur"),
    "hydrogen_sulfide": lambda: C_("gas quality", "Hydrogen sulfide"),
}
SHORT = {"heating_value": "Hs", "sulfur": "S", "hydrogen_sulfide": "H₂S"}
PLACES = {"heating_value": 3, "sulfur": 1, "hydrogen_sulfide": 1}
LIMIT = 44


def fact(label: Words, value: Words, token: str = "text") -> Item:
    """A quiet label, its value at the right."""
    return row(Line(label, "body text-2", elide=True), None, Line(value, f"body {token}"))


def limit_words(finding: Finding) -> str:
    """≥ 34.0."""
    return f"{'≥' if finding.least else '≤'} {shown(finding.limit)}"


def found_words(finding: Finding) -> str:
    """The figure, a dash where the report does not say it."""
    return "—" if finding.found is None else shown(finding.found, PLACES[finding.code])


def short_words(finding: Finding) -> str:
    """H 37.618 MJ/m³; S and H₂S in mg/m³."""
    return f"{SHORT[finding.code]} {found_words(finding)}"


def finding_line(finding: Finding) -> Item:
    """Name, figure and limit; a grey tick, or amber with its sign."""
    bad = finding.holds is False
    sign = "triangle-alert" if bad else "check" if finding.holds else "minus"
    limit = Line(limit_words(finding), "label text-2")
    limit.setFixedWidth(LIMIT)
    return row(
        icon(sign, "amber-fg" if bad else "text-2", 14),
        Line(WORDS[finding.code], "body amber-fg" if bad else "body text-2", elide=True),
        None,
        Line(found_words(finding), "strong amber-fg" if bad else "body"),
        limit,
    )


def standard(findings: Sequence[Finding]) -> QWidget:
    """The three figures of GB 17820-2018 below each other."""
    made = QWidget()
    bad = any(each.holds is False for each in findings)
    verdict = Line(lambda: verdict_words(findings), "label amber-fg" if bad else "label text-2")
    head = row(Line("GB 17820-2018, MJ/m³, mg/m³", "label text-2"), None, verdict)
    column(head, 4, *(finding_line(each) for each in findings), owner=made, spacing=2)
    return made


def verdict_words(findings: Sequence[Finding]) -> str:
    """Met, not met; nothing where the report does not say all."""
    if any(each.holds is False for each in findings):
        return C_("gas quality", "not met")
    return C_("gas quality", "met") if all(each.holds for each in findings) else ""


def rounded(value: float | Decimal, places: int) -> str:
    """A computed figure as it is read."""
    return shown(Decimal(str(value)), places)
