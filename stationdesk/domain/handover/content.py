"""What both leaders sign: codes and values in one canonical text, the same for the same facts, readable in either language later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from stationdesk.domain.handover.facts import DutyFacts, EmergencySpan, ExtendedDuty, Facts, UnsaidReason
from stationdesk.domain.handover.lines import Line, LineState
from stationdesk.domain.handover.readiness import Desk, Verdict
from stationdesk.domain.metering.taken import TakenStream, kept
from stationdesk.domain.names import Name
from stationdesk.domain.readings import Summary
from stationdesk.domain.said import pack

FORM = 1  # of the content; a later program reads every form that was signed


@dataclass(frozen=True)
class Carried:
    """What goes over under its own number; count: how often it did before, 0 is new."""

    subject_kind: str  # hazard, open_item
    subject_id: int
    number: str
    text: str
    deadline: datetime | None
    owner: str
    count: int


def handover_number(day: date, n: int) -> str:
    """JJB-20261121-1: the nth of the day the shift belongs to."""
    return f"JJB-{day:%Y%m%d}-{n}"


def carried(facts: Facts) -> tuple[Carried, ...]:
    """Open hazards and items that go over, new ones first, then by deadline."""
    hazards = [
        Carried("hazard", each.id, each.number, f"{each.place} {each.text}".strip(), each.deadline, each.owner, each.carried)
        for each in facts.hazards.open
    ]
    items = [Carried("open_item", each.id, each.number, each.text, each.deadline, each.owner, each.carried) for each in facts.items.open]
    return tuple(sorted([*hazards, *items], key=_rank))


def _rank(each: Carried) -> tuple[bool, bool, float, str]:
    return each.count > 0, each.deadline is None, each.deadline.timestamp() if each.deadline else 0.0, each.number


def content(
    number: str, facts: Facts, lines: Sequence[Line], verdicts: Iterable[Verdict], desk: Desk, *,
    names: Mapping[int, str], summaries: Sequence[tuple[Name, str, Summary]] = (), extra: Mapping[str, Any] | None = None,
    metering: Sequence[TakenStream] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the outgoing leader signs and the incoming one finds unchanged, as JSON values: `canonical` makes the text, `digest` its hash.

    Verdicts of the relief are not in it: they come after the first signature and are in `acceptance`. names: of people; summaries: name,
    unit and figures of the main points; extra: what other features add; metering: the streams taken over, nothing where there are none,
    so that such a content is the same text it always was.
    """
    own = [each for each in verdicts if not _of_relief(each, lines, desk)]
    packed: dict[str, Any] = pack(
        {
            "form": FORM,
            "number": number,
            "kind": str(desk.kind),
            "reason": desk.reason,
            "shift": {name: getattr(facts.shift, name) for name in ("id", "day", "kind", "name", "starts_at", "ends_at", "part")},
            "outgoing": _side(desk.outgoing.leader, desk.outgoing.people, names),
            "lines": [_line(line) for line in lines],
            "verdicts": [{"line": each.line, "verdict": str(each.verdict), "words": each.words, "by": each.by} for each in own],
            "carried": [_carried(each) for each in carried(facts)],
            "summary": [_summary(name, unit, each) for name, unit, each in summaries],
            "extra": dict(extra or {}),
            **_duty(facts.duty),
            **_metering(metering),
        }
    )
    return packed


def _metering(streams: Sequence[TakenStream]) -> dict[str, Any]:
    return {"metering": kept(streams)} if streams else {}


def _duty(facts: DutyFacts) -> dict[str, Any]:
    """Nothing where nothing was out of the ordinary, so that such a content is the same text it always was."""
    if facts == DutyFacts():
        return {}
    unsaid = {"unsaid": list(map(asdict, facts.unsaid))} if facts.unsaid else {}
    return {"duty": {"extended": list(map(asdict, facts.extended)), "emergencies": list(map(asdict, facts.emergencies)), **unsaid}}


def duty_in(content: Mapping[str, Any]) -> DutyFacts:
    """What was out of the ordinary, out of a content (unpacked)."""
    kept = content.get("duty", {})
    extended, emergencies, unsaid = (kept.get(key, ()) for key in ("extended", "emergencies", "unsaid"))
    return DutyFacts(
        tuple(ExtendedDuty(**each) for each in extended),
        tuple(EmergencySpan(**each) for each in emergencies),
        tuple(UnsaidReason(**each) for each in unsaid),
    )


def _side(leader: int | None, people: Sequence[int], names: Mapping[int, str]) -> dict[str, Any]:
    ordered = sorted(people, key=lambda person: (person != leader, person))
    return {"leader": leader, "people": [{"id": person, "name": names.get(person, "")} for person in ordered]}


def _line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "facts": list(line.facts),
        "evidence": [{"page": each.page, "target": each.target, "words": each.words} for each in line.evidence],
        "state": str(line.state),
        "lacks": [lack.said for lack in line.lacks],
    }


def _carried(each: Carried) -> dict[str, Any]:
    return {"number": each.number, "text": each.text, "deadline": each.deadline, "owner": each.owner, "count": each.count}


def _summary(name: Name, unit: str, each: Summary) -> dict[str, Any]:
    keys = ("point", "count", "first", "last", "low", "low_at", "high", "high_at", "mean", "over", "corrected")
    return {"name": name, "unit": unit, **{key: getattr(each, key) for key in keys}}


def _of_relief(verdict: Verdict, lines: Sequence[Line], desk: Desk) -> bool:
    """Whether a verdict is the relief's: what a person must see, and what only its people said."""
    seen = {line.code for line in lines if line.state is LineState.NEEDS_PERSON}
    return verdict.line in seen or (verdict.by in desk.incoming.people and verdict.by not in desk.outgoing.people)


def acceptance(
    content_digest: str, lines: Sequence[Line], verdicts: Iterable[Verdict], desk: Desk, objections: Iterable[tuple[str, str, str]] = (),
    metering: Sequence[TakenStream] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the incoming leader signs: the digest of the unchanged content, what the relief said, accepted and put on record.

    objections: kind, ground and words of each; metering: the streams it read only after the outgoing side had signed.
    """
    given = list(verdicts)
    own = [each for each in given if _of_relief(each, lines, desk)]
    packed: dict[str, Any] = pack(
        {
            "form": FORM,
            "handover": content_digest,
            "incoming": {"leader": desk.incoming.leader, "people": sorted(desk.incoming.people)},
            "verdicts": [{"line": each.line, "verdict": str(each.verdict), "words": each.words, "by": each.by} for each in own],
            "accepted": [{"line": each.line, "by": each.accepted_by} for each in given if each.accepted_by is not None],
            "objections": [{"kind": kind, "ground": ground, "words": words} for kind, ground, words in objections],
            **_metering(metering),
        }
    )
    return packed
