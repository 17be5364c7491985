"""The pages there are: one line each. A page's module is imported when it is first shown, so that the window opens without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.page import Page
from stationdesk.ui.widgets.spoken import Words
from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.ui.runner import Runner

#: group -> its title in the rail; entries without a group stand at the bottom
GROUPS: dict[str, Words] = {
    "duty": lambda: C_("rail", "On duty"),
    "station": lambda: C_("rail", "Station"),
    "planning": lambda: C_("rail", "Planning"),
    "records": lambda: C_("rail", "Records"),
}


@dataclass(frozen=True)
class Entry:
    """A page in the rail and the palette. open_when_locked: in reach while nobody is picked; locked: another page in its place then.

    also: other words it is found by.
    """

    name: str
    group: str
    icon: str
    title: Words
    build: Callable[[Runner], Page]
    open_when_locked: bool = False
    also: str = ""
    locked: Callable[[Runner], Page] | None = None


def registry() -> tuple[Entry, ...]:
    """All pages, in the order of the rail."""
    return (
        Entry("now", "duty", "layout-dashboard", lambda: _("Now"), _now, open_when_locked=True, locked=_locked_desk),
        Entry("readings", "duty", "table", lambda: _("Readings"), _readings, open_when_locked=True),
        Entry("rounds", "duty", "footprints", lambda: _("Rounds"), _rounds),
        Entry("checklists", "duty", "list-checks", lambda: C_("rail", "Checks"), _checklists, also="checklists"),
        Entry("log", "duty", "notebook-pen", lambda: _("Log"), _log),
        Entry("handover", "duty", "handshake", lambda: _("Handover"), _handover),
        Entry("hazards", "station", "triangle-alert", lambda: _("Hazards"), _hazards),
        Entry("metering", "station", "gauge", lambda: _("Metering"), _metering, also="计量 gas 输差 unaccounted"),
        Entry("roster", "planning", "calendar-days", lambda: _("Roster"), _roster),
        Entry("reports", "records", "printer", lambda: _("Reports"), _reports, also="verify 核验 print"),
        Entry("settings", "", "settings", lambda: _("Settings"), _settings),
    )


def _now(runner: Runner) -> Page:
    from stationdesk.ui.now.page import NowPage

    return NowPage(runner)


def _locked_desk(runner: Runner) -> Page:
    from stationdesk.ui.signin.page import SigninPage

    return SigninPage(runner)


def _readings(runner: Runner) -> Page:
    from stationdesk.ui.readings.page import ReadingsPage

    return ReadingsPage(runner)


def _rounds(runner: Runner) -> Page:
    from stationdesk.ui.rounds.page import RoundsPage

    return RoundsPage(runner)


def _checklists(runner: Runner) -> Page:
    from stationdesk.ui.checklists.page import ChecklistsPage

    return ChecklistsPage(runner)


def _log(runner: Runner) -> Page:
    from stationdesk.ui.log.page import LogPage

    return LogPage(runner)


def _handover(runner: Runner) -> Page:
    from stationdesk.ui.handover.page import HandoverPage

    return HandoverPage(runner)


def _hazards(runner: Runner) -> Page:
    from stationdesk.ui.hazards.page import HazardsPage

    return HazardsPage(runner)


def _metering(runner: Runner) -> Page:
    from stationdesk.ui.metering.page import MeteringPage

    return MeteringPage(runner)


def _roster(runner: Runner) -> Page:
    from stationdesk.ui.roster.page import RosterPage

    return RosterPage(runner)


def _reports(runner: Runner) -> Page:
    from stationdesk.ui.reports.page import ReportsPage

    return ReportsPage(runner)


def _settings(runner: Runner) -> Page:
    from stationdesk.ui.settings.page import SettingsPage

    return SettingsPage(runner)
