"""What each rule says of the facts: sentences as codes and values, where to look, and what contradicts 相符."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from stationdesk.domain.handover.facts import (
    AbnormalPoint,
    ChecklistDue,
    ChecklistResult,
    DueRound,
    Facts,
    FoundLine,
    ReadingsFacts,
    RoundsFacts,
)
from stationdesk.domain.items import ItemKind
from stationdesk.domain.said import Said, Value

Target = str | int | datetime | tuple[str | int | datetime, ...] | None
"""Where on the page: an id, a code, or the page's own tuple, as ("point", code, time)."""


@dataclass(frozen=True)
class Evidence:
    """Where the facts can be seen: page, target on it, and its words."""

    page: str
    target: Target
    words: Said


@dataclass(frozen=True)
class Lack:
    """Something that contradicts a line, or is not due yet: what, where it is cured, the word of the link, and from when it can be."""

    said: Said
    page: str
    target: Target
    cure: str
    at: datetime | None = None


@dataclass(frozen=True)
class Composed:
    """What a rule found; decided is False where a person must look."""

    facts: tuple[Said, ...]
    evidence: tuple[Evidence, ...] = ()
    lacks: tuple[Lack, ...] = ()
    waits: tuple[Lack, ...] = ()
    decided: bool = True


def running_mode(facts: Facts) -> Composed:
    """运行方式: the mode as last written, the main values at the last hour, switchings of this shift."""
    station, log, values = facts.station, facts.log, facts.readings.values
    said = [Said("mode.words", {"words": station.mode}) if station.mode else Said("mode.none")]
    said += [Said("mode.value", {"point": each.name, "value": each.value, "unit": each.unit}) for each in values]
    evidence = [Evidence("readings", (each.time,), Said("see.readings", {"time": each.time})) for each in values[:1]]
    if log.switchings:
        said.append(Said("mode.switched", {"count": len(log.switchings)}))
    evidence += [Evidence("log", each.id, Said("see.log", {"time": each.time})) for each in log.switchings]
    return Composed(tuple(said), tuple(evidence), decided=bool(station.mode))


def equipment(facts: Facts) -> Composed:
    """设备状况: the ledger's count; a point still beyond its limit or an abnormal line of a round contradicts it."""
    ledger, standing = facts.equipment, [each for each in facts.readings.abnormal if each.ongoing]
    found = [each for each in facts.rounds.abnormal if not each.settled]
    said = [Said("equipment.count", {"in_use": ledger.in_use, "standby": ledger.standby, "out": len(ledger.out)})]
    said += [Said("equipment.out", {"code": each.code, "name": each.name}) for each in ledger.out]
    if ledger.overdue:
        said.append(Said("equipment.overdue", {"count": len(ledger.overdue)}))
    lacks = [Lack(_point(each), "readings", ("point", each.code, each.since), "see") for each in standing]
    lacks += [Lack(Said("round.abnormal", {"point": each.name, "time": each.time}), "rounds", each.subject_id, "see") for each in found]
    said += [lack.said for lack in lacks]
    evidence = [Evidence("readings", ("point", each.code, each.since), Said("see.readings", {"time": each.since})) for each in standing]
    evidence += _found_evidence("rounds", "see.round", found)
    return Composed(tuple(said), (*_unique(evidence), Evidence("equipment", None, Said("see.equipment"))), tuple(lacks))


def _point(each: AbnormalPoint) -> Said:
    values: dict[str, Value] = {"point": each.name, "value": each.value, "unit": each.unit, "limit": each.limit}
    return Said("point.above" if each.above else "point.below", values)


def _found_evidence(page: str, code: str, found: Iterable[FoundLine]) -> list[Evidence]:
    evidence = []
    for each in found:
        evidence.append(Evidence(page, each.subject_id, Said(code, {"time": each.time})))
        if each.hazard:
            evidence.append(Evidence("hazards", each.hazard, Said("see.hazard", {"number": each.hazard})))
    return evidence


def _unique(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))


def records(facts: Facts, elsewhere: frozenset[str] = frozenset()) -> Composed:
    """报表资料: hours read, rounds walked, checklists done. elsewhere: subjects of checklists that have a line of their own."""
    readings, rounds = _readings(facts.readings), _rounds(facts.rounds)
    lists = facts.checklists
    lacks = [_wanting(each) for each in lists.wanting if each.subject not in elsewhere]
    said = [*readings.facts, *rounds.facts]
    evidence = [*readings.evidence, *rounds.evidence]
    if lists.due:
        said.append(Said("checklists.count", {"done": lists.done, "due": lists.due}))
        evidence.append(Evidence("checklists", None, Said("see.checklists")))
    return Composed(tuple(said), tuple(evidence), (*readings.lacks, *rounds.lacks, *lacks), (*readings.waits, *rounds.waits))


def _readings(facts: ReadingsFacts) -> Composed:
    said = [Said("readings.count", {"read": facts.read, "hours": facts.hours})]
    counts = (("readings.late", facts.late), ("readings.corrected", facts.corrected), ("readings.explained", facts.explained))
    said += [Said(code, {"count": count}) for code, count in counts if count]
    lacks = [Lack(Said("readings.open", {"time": each}), "readings", each, "read") for each in facts.open]
    lacks += [Lack(Said("readings.missing", {"time": each}), "readings", each, "explain") for each in facts.missing]
    lacks += [
        Lack(Said("readings.owed", {"point": each.name, "time": each.since}), "readings", ("point", each.code, each.since), "explain")
        for each in facts.abnormal
        if not each.explained
    ]
    lacks += [
        Lack(Said("readings.doubt", {"point": each.name, "time": each.time}), "readings", ("point", each.code, each.time), "explain")
        for each in facts.doubts
    ]
    waits = [Lack(Said("readings.to_come", {"time": each}), "readings", each, "wait", each - facts.early) for each in facts.to_come]
    return Composed(tuple(said), (Evidence("readings", None, Said("see.readings_shift")),), tuple(lacks), tuple(waits))


def _rounds(facts: RoundsFacts) -> Composed:
    if not facts.windows and not facts.running:
        return Composed(())
    said = [Said("rounds.count", {"done": facts.done, "windows": facts.windows})]
    said += [Said(code, {"count": len(each)}) for code, each in (("rounds.late", facts.late), ("rounds.missed", facts.missed)) if each]
    kinds = (("rounds.open", facts.open, "start"), ("rounds.running", facts.running, "finish"), ("rounds.owing", facts.owing, "explain"))
    lacks = [
        Lack(_window(code, each), "rounds", each.round_id or ("window", each.route_id or each.route, each.start), cure)
        for code, group, cure in kinds
        for each in group
    ]
    waits = [
        Lack(_window("rounds.to_come", each), "rounds", ("window", each.route_id or each.route, each.start), "wait", each.start)
        for each in facts.to_come
    ]
    evidence = [Evidence("rounds", None, Said("see.rounds"))]
    evidence += [Evidence("rounds", each.round_id, Said("see.round", {"time": each.start})) for each in facts.late]
    return Composed(tuple(said), tuple(evidence), tuple(lacks), tuple(waits))


def _window(code: str, each: DueRound) -> Said:
    return Said(code, {"route": each.name, "time": each.start})


def contact(facts: Facts) -> Composed:
    """工作联系: orders read back and reported, instructions passed on, emergency records with a name."""
    items, log = facts.items, facts.log
    said = [Said("orders.count", {"done": items.orders_done, "all": items.orders})]
    said.append(Said("instructions.count", {"done": items.instructions_done, "all": items.instructions}))
    if log.emergencies:
        said.append(Said("emergencies.count", {"count": len(log.emergencies)}))
    unread = [each for each in items.open if each.kind == ItemKind.ORDER and not each.read_back]
    lacks = [Lack(Said("orders.unread", {"number": each.number}), "hazards", ("item", each.id), "read_back") for each in unread]
    lacks += [Lack(Said("log.unclaimed", {"time": each.time}), "log", each.id, "claim") for each in log.unclaimed]
    orders = [each for each in items.open if each.kind != ItemKind.ITEM]
    evidence = [Evidence("hazards", ("item", each.id), Said("see.item", {"number": each.number})) for each in orders]
    evidence += [Evidence("log", each.id, Said("see.log", {"time": each.time})) for each in log.emergencies]
    return Composed(tuple(said), tuple(evidence), tuple(lacks))


def checklist(facts: Facts, subject: str) -> Composed:
    """消防器材 and the like: the latest checklist of the subject; what it found abnormal contradicts until its hazard is closed."""
    latest = next((each for each in facts.checklists.latest if each.subject == subject), None)
    wanting = [each for each in facts.checklists.wanting if each.subject == subject]
    lacks = [_wanting(each) for each in wanting]
    if latest is None:
        said = [Said("checklist.never", {"name": each.name}) for each in wanting] or [Said("checklist.none")]
        return Composed(tuple(said), (Evidence("checklists", None, Said("see.checklists")),), tuple(lacks), decided=False)
    return _latest(latest, lacks)


def _wanting(each: ChecklistDue) -> Lack:
    said = Said("checklists.wanting", {"name": each.name})
    return Lack(said, "checklists", each.running_id or each.code, "finish" if each.running_id else "start")


def _latest(latest: ChecklistResult, lacks: list[Lack]) -> Composed:
    fine = latest.lines - len(latest.abnormal)
    said = [Said("checklist.result", {"name": latest.name, "fine": fine, "lines": latest.lines})]
    standing = [each for each in latest.abnormal if not each.settled]
    found = [Lack(_abnormal(each), "checklists", latest.id, "see") for each in standing]
    said += [lack.said for lack in found]
    evidence = [Evidence("checklists", latest.id, Said("see.checklist", {"time": latest.closed_at}))]
    evidence += [Evidence("hazards", each.hazard, Said("see.hazard", {"number": each.hazard})) for each in standing if each.hazard]
    return Composed(tuple(said), _unique(evidence), (*lacks, *found))


def _abnormal(each: FoundLine) -> Said:
    if each.words:
        return Said("checklist.abnormal_words", {"point": each.name, "words": each.words})
    return Said("checklist.abnormal", {"point": each.name})


def problems(facts: Facts) -> Composed:
    """存在问题及上级指示: what is carried over; a hazard past its deadline or not reported contradicts."""
    hazards, items = facts.hazards.open, facts.items.open
    count, fresh = len(hazards) + len(items), sum(not n for n in [*(each.carried for each in hazards), *(each.carried for each in items)])
    said = [Said("problems.count", {"count": count, "fresh": fresh}) if count else Said("problems.none")]
    late = [each for each in hazards if each.overdue]
    lacks = [
        Lack(Said("problems.overdue", {"number": each.number, "deadline": each.deadline}), "hazards", each.id, "settle") for each in late
    ]
    lacks += [
        Lack(Said("problems.unreported", {"number": each.number, "grade": each.grade}), "hazards", each.id, "report")
        for each in hazards
        if each.report_owed
    ]
    evidence = [Evidence("hazards", None, Said("see.items"))] if count else []
    instructions = [each for each in items if each.kind == ItemKind.INSTRUCTION]
    evidence += [Evidence("hazards", ("item", each.id), Said("see.item", {"number": each.number})) for each in instructions]
    return Composed(tuple(said), tuple(evidence), tuple(lacks))
