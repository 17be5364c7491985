"""The rule sets the program comes with. Each is data with a version and a date; a station keeps its own beside them."""

from __future__ import annotations

from datetime import date

from stationdesk.domain.names import Name
from stationdesk.domain.roster.rules import Rule, RuleSet, Weight

HOUR = 60
EIGHT_HOURS = 8 * HOUR
_DAY_REST = 24 * HOUR
_LAW = "中华人民共和国劳动法 36/38/41/42"
_OVERTIME_MONTH = 36 * HOUR

STATION = RuleSet(
    "station",
    Name("本站规定", "The station's own"),
    "1",
    date(2026, 1, 1),
    Weight.STATION,
    "",
    (
        Rule("R-01", "cover", 2),
        Rule("R-02", "leader", 1),
        Rule("R-03", "rest", 12 * HOUR),
        Rule("R-04", "run", 6),
        Rule("R-05", "nights", 3),
        Rule("R-06", "leave", 0),
        Rule("R-07", "fixed", 0),
        Rule("R-08", "wish", 0),
    ),
)

PRC_STANDARD = RuleSet(
    "prc-standard",
    Name("标准工时制", "PRC standard hours"),
    "2025",
    date(2025, 1, 1),
    Weight.LAW,
    _LAW,
    (
        Rule("36-day", "hours", 3 * HOUR, {"period": "day", "standard": EIGHT_HOURS}),
        Rule("38", "weekrest", _DAY_REST),
        Rule("41", "hours", _OVERTIME_MONTH, {"period": "month"}),
    ),
)


def _comprehensive(period: str, zh: str, en: str, months: float) -> RuleSet:
    """综合计算工时: what is over the standard of the whole period is overtime, on the average no more than 36 h a month."""
    return RuleSet(
        f"prc-comprehensive-{period}",
        Name(f"综合计算工时（按{zh}）", f"PRC comprehensive hours, by the {en}"),
        "2025",
        date(2025, 1, 1),
        Weight.LAW,
        "劳部发〔1994〕503号; " + _LAW,
        (
            Rule("38", "weekrest", _DAY_REST),
            Rule("41", "hours", round(_OVERTIME_MONTH * months), {"period": period}),
        ),
    )


COMPREHENSIVE = (
    _comprehensive("week", "周", "week", 12 / 52),
    _comprehensive("month", "月", "month", 1),
    _comprehensive("quarter", "季", "quarter", 3),
    _comprehensive("year", "年", "year", 12),
)

HSG256 = RuleSet(
    "hsg256",
    Name("HSE HSG256（比较）", "HSE HSG256 (comparison)"),
    "2006",
    date(2006, 1, 1),
    Weight.COMPARISON,
    "HSE HSG256 Managing shift work",
    (
        Rule("length", "length", 12 * HOUR),
        Rule("night", "length", 8 * HOUR, {"nights": True}),
        Rule("nights", "nights", 3),
        Rule("run", "run", 7),
        Rule("switch", "switch", 2),
        Rule("forward", "forward", 0),
        Rule("speed", "same", 3, {"slow": 21}),
        Rule("weekends", "weekends", 3),
    ),
)

PHMSA = RuleSet(
    "phmsa",
    Name("PHMSA 控制室（比较）", "PHMSA control rooms (comparison)"),
    "2011",
    date(2011, 10, 1),
    Weight.COMPARISON,
    "49 CFR 192.631, PHMSA control room management",
    (
        Rule("day", "window", 14 * HOUR, {"hours": 24}),
        Rule("week", "window", 65 * HOUR, {"hours": 168}),
        Rule("sleep", "rest", 8 * HOUR),
        Rule("off", "after", 35 * HOUR, {"shifts": 7, "minutes": 65 * HOUR}),
    ),
)

SETS = {each.code: each for each in (STATION, PRC_STANDARD, *COMPREHENSIVE, HSG256, PHMSA)}
USUALLY_ON = ("station", "prc-comprehensive-quarter")
COMPARISONS = ("hsg256", "phmsa")
"""On beside the usual ones where the program speaks English, until the station says else."""
