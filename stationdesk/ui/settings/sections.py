"""The sections there are, in their order: one line each."""

from __future__ import annotations

from stationdesk.ui.settings.care import CareSection
from stationdesk.ui.settings.contacts import ContactsSection
from stationdesk.ui.settings.contract import ContractSection
from stationdesk.ui.settings.equipment import EquipmentSection
from stationdesk.ui.settings.lists import ListsSection
from stationdesk.ui.settings.look import LookSection
from stationdesk.ui.settings.patterns import PatternsSection
from stationdesk.ui.settings.people import PeopleSection
from stationdesk.ui.settings.points import PointsSection
from stationdesk.ui.settings.program import ProgramSection
from stationdesk.ui.settings.roster_days import RosterDaysSection
from stationdesk.ui.settings.roster_kinds import RosterKindsSection
from stationdesk.ui.settings.roster_people import CertificatesSection, FixedDutiesSection
from stationdesk.ui.settings.roster_rules import RosterRulesSection
from stationdesk.ui.settings.rotation import RotationSection
from stationdesk.ui.settings.section import Section
from stationdesk.ui.settings.sheets import SheetsSection
from stationdesk.ui.settings.station import StationSection
from stationdesk.ui.settings.streams import StreamsSection
from stationdesk.ui.settings.walks import ChecklistsSection, RoutesSection
from stationdesk.ui.settings.workbook import WorkbookSection

SECTIONS: tuple[type[Section], ...] = (
    StationSection,
    PeopleSection,
    RotationSection,
    PatternsSection,
    RosterKindsSection,
    RosterRulesSection,
    RosterDaysSection,
    CertificatesSection,
    FixedDutiesSection,
    PointsSection,
    StreamsSection,
    ContractSection,
    RoutesSection,
    ChecklistsSection,
    ListsSection,
    SheetsSection,
    ContactsSection,
    EquipmentSection,
    ProgramSection,
    WorkbookSection,
    LookSection,
    CareSection,
)
