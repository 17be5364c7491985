"""The card of the gas in force; and what the cards of the day have in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from stationdesk.domain.metering.quality import Finding
from stationdesk.domain.moments import format_moment
from stationdesk.domain.words import C_, _
from stationdesk.services.metering.compositions import CompositionView
from stationdesk.ui.metering.quality_words import short_words, standard, verdict_words
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text


class DayCard(Card):
    """A card of the day with a link at its head. asked(): the link was pressed."""

    asked = Signal()

    def __init__(self, title: Words, link: Words) -> None:
        self.link = Button(link, look="link", role="label", on_click=lambda: self.asked.emit())
        super().__init__(title=title, fact=self.link)


class QualityCard(DayCard):
    """The report in force, its heating value, and whether the standard is met."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(lambda: C_("metering", "Gas quality"), lambda: C_("metering", "Reports"))
        self.runner = runner
        self._shown: object = ()

    def show_quality(self, found: CompositionView | None) -> None:
        """The report in force; None before the first."""
        if found == self._shown:
            return
        self._shown = found
        if found is None:
            self.show_items(8, Text(lambda: _("No laboratory report is in force: nothing can be computed."), "body amber-fg"), 8)
            return
        since = format_moment(found.valid_from, self.runner.zone)
        report = Line(plain(found.quality.report), "strong", elide=True)
        words = Line(lambda: _("since {time}").format(time=since), "label text-2")
        self.show_items(8, row(report, None, words), 2, *_findings(found.findings), 8)


def _findings(findings: Sequence[Finding]) -> tuple[Item, ...]:
    """One line while the standard is met, else each of its figures."""
    if any(each.holds is False for each in findings):
        return (2, standard(findings))
    said = lambda: C_("facts", "·").join(short_words(each) for each in findings)  # noqa: E731
    met = Line(lambda: f"GB 17820 {verdict_words(findings)}".strip(), "label text-2")
    return (
        row(Line(said, "label text-2", elide=True)),
        row(icon("check", size=14), met, None) if verdict_words(findings) else row(met, None),
    )
