"""The roster: who works when, what it covers, which rules it breaks, and how tired it makes."""

from stationdesk.domain.roster.breach import Breach, days_said, rule_said, said
from stationdesk.domain.roster.calendar import DAY_NAMES, PAY, Calendar, DayKind, SetDay, days_of
from stationdesk.domain.roster.check import check
from stationdesk.domain.roster.duties import LEAVE_NAMES, Duty, Fixed, Held, Leave, Member, Night, Roster, Wish
from stationdesk.domain.roster.hours import periods, quarter_of, standard_minutes, year_of
from stationdesk.domain.roster.pattern import Gap, Proof, parse_pattern, prove
from stationdesk.domain.roster.patterns import DAY_KINDS, LEADS, OFFICE, STANDBY, USUAL, Usual, usual
from stationdesk.domain.roster.rules import TESTS, UNITS, Rule, RuleSet, Unit, Weight, rules_data, rules_of
from stationdesk.domain.roster.rulesets import COMPARISONS, SETS, USUALLY_ON

__all__ = [
    "COMPARISONS",
    "DAY_KINDS",
    "DAY_NAMES",
    "LEADS",
    "LEAVE_NAMES",
    "OFFICE",
    "PAY",
    "SETS",
    "STANDBY",
    "TESTS",
    "UNITS",
    "USUAL",
    "USUALLY_ON",
    "Breach",
    "Calendar",
    "DayKind",
    "Duty",
    "Fixed",
    "Gap",
    "Held",
    "Leave",
    "Member",
    "Night",
    "Proof",
    "Roster",
    "Rule",
    "RuleSet",
    "SetDay",
    "Unit",
    "Usual",
    "Weight",
    "Wish",
    "check",
    "days_of",
    "days_said",
    "parse_pattern",
    "periods",
    "prove",
    "quarter_of",
    "rule_said",
    "rules_data",
    "rules_of",
    "said",
    "standard_minutes",
    "usual",
    "year_of",
]
