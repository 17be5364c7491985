"""交接班记录: the signed record of a handover, or its draft while the shift is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain import words
from stationdesk.domain.errors import DomainError
from stationdesk.domain.handover import Evidence, LineState, VerdictKind, duty_words, line_words, say_fact
from stationdesk.domain.moments import format_date, format_time, weekday
from stationdesk.domain.words import C_, N_, _
from stationdesk.reports.handover_gas import gas, gas_words, other_counters
from stationdesk.reports.handover_tables import counters, item_columns, items, summary
from stationdesk.reports.sheet import Facts, Paragraph, Run, Section, Sheet, Signature, Signatures, Table, Tick, Ticks
from stationdesk.services.handover import (
    HandoverView,
    InkView,
    LineView,
    Signer,
    closed_view,
    handover_of_shift,
    handover_view,
    open_shift_id,
    past_handovers,
)
from stationdesk.services.sheets import letterhead
from stationdesk.services.station import station_view

if TYPE_CHECKING:
    from stationdesk.services import Store

FACT_WIDTHS = (14.7, 0, 14.7, 35.4, 14.7, 50)
EVIDENCE = 3  # links named in a line of the sheet
NUMERALS = "一二三四五六七八九"


class NoHandoverError(DomainError):
    """A shift without a handover, or a text that names none."""

    words = N_("Shift {shift} has no handover to print.")
    field = "subject"


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "12" a shift: its signed handover, of the open one the draft as it stands; "" the last signed one. NoHandoverError."""
    view = _view(store, subject)
    head, zone = letterhead(store, view.shift.starts_at), station_view(store).zone
    with words.speaking(language):
        return Sheet(
            title=_("Shift handover record"),
            company=str(head.company),
            station=str(head.station),
            number=view.number or _("draft"),
            language=language,
            sections=_sections(view, str(head.station), zone),
            signed_by=view.incoming.fingerprint or view.outgoing.fingerprint,
            watermark=_("Trial operation") if head.trial else "" if view.closed_at else _("Draft"),
        )


def _view(store: Store, subject: str) -> HandoverView:
    moment = store.clock()
    if not subject:
        last = past_handovers(store, limit=1)
        return closed_view(store, last[0].handover_id, moment) if last else handover_view(store, moment)
    if not subject.isdecimal():
        raise NoHandoverError(shift=subject)
    handover_id = handover_of_shift(store, int(subject))
    if handover_id is not None:
        return closed_view(store, handover_id, moment)
    if open_shift_id(store) != int(subject):
        raise NoHandoverError(shift=subject)
    return handover_view(store, moment)


def form(store: Store, _subject: str, language: str) -> Sheet:
    """The blank form, for the day the computer is down."""
    from stationdesk.services.handover.blank import blank_lines

    moment = store.clock()
    head = letterhead(store, moment)
    with words.speaking(language):
        ticks = [Tick(str(name), words="□ " + _("agrees") + "\n□ " + C_("sheet", "issue")) for name in blank_lines(store, moment)]
        bands = [[(_("Station"), str(head.station)), (_("Date"), ""), (_("Time"), "")]] + [
            [(role, ""), (C_("sheet", "Leader"), ""), (_("Members"), "")] for role in (_("Outgoing"), _("Incoming"))
        ]
        return Sheet(
            title=_("Shift handover record"),
            company=str(head.company),
            station=str(head.station),
            language=language,
            sections=[
                Facts("facts", bands=bands, widths=FACT_WIDTHS, tall=22),
                Ticks("seven", numbered(1, _("What is handed over")), items=ticks, tall=44),
                Table("items", numbered(2, _("Open items")), item_columns(), [], blank=4, tall=24, fill=True),
                Signatures("signatures", cells=_ink_cells()),
            ],
            note=_("Filled in by hand while the program cannot run; entered afterwards as written later."),
        )


def _ink_cells() -> list[Signature]:
    roles = (("outgoing", _("Outgoing leader")), ("incoming", _("Incoming leader")), ("chief", _("Reviewed by the chief")))
    return [Signature(key, role) for key, role in roles]


def numbered(n: int, title: str) -> str:
    """The title of a section: 一、七交, or 1  Seven items."""
    return f"{_numeral(n)}、{title}" if words.language() == "zh_CN" else f"{n}  {title}"


def _numeral(n: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(n, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return (NUMERALS[tens - 1] if tens > 1 else "") + "十" + (NUMERALS[ones - 1] if ones else "")


def _sections(view: HandoverView, station: str, zone: ZoneInfo) -> list[Section]:
    ticks = Ticks(
        "seven", _("What is handed over"), items=[_tick(each, view, zone) for each in view.lines], remark=_("computed from the records")
    )
    parts: list[Section] = [ticks]
    if view.figures:
        parts.append(summary(view, zone))
    if others := other_counters(view):
        parts.append(counters(replace(view, counters=others), zone))
    if view.metering:
        parts += [gas(view), Paragraph("gas-words", "", text=gas_words(view, zone))]
    parts.append(items(view.carried, zone))
    if said := _record(view, zone):
        parts.append(Paragraph("record", _("On record"), text=said))
    numbers = count(1)
    titled = [replace(each, title=numbered(next(numbers), each.title)) if each.title else each for each in parts]
    facts = Facts("facts", bands=_bands(view, station, zone), widths=FACT_WIDTHS)
    return [facts, *titled, Signatures("signatures", cells=_cells(view, zone))]


def _bands(view: HandoverView, station: str, zone: ZoneInfo) -> list[list[tuple[str, str]]]:
    shift, following = view.shift, view.following
    day = f"{format_date(shift.day)} {weekday(shift.day)}"
    when = format_time(shift.ends_at, zone, shift.day)
    if view.kind == "unscheduled":
        when = format_time(view.closed_at, zone, shift.day) if view.closed_at else ""
    elif view.closed_at:
        when = _("{planned} (signed {at})").format(planned=when, at=format_time(view.closed_at, zone))
    span = _span(shift.starts_at, shift.ends_at, zone)
    next_span = _span(following.starts_at, following.ends_at, zone) if following else ""
    incoming = f"{following.name} {next_span} {following.crew}".strip() if following else ""
    people = _(", ").join
    return [
        [(_("Station"), station), (_("Date"), day), (_("Time"), when)],
        [
            (_("Outgoing"), f"{shift.name} {span} {shift.crew_name}"),
            (C_("sheet", "Leader"), view.outgoing.leader),
            (_("Members"), people(view.outgoing.others) or _("none, crew of one")),
        ],
        [
            (_("Incoming"), incoming),
            (C_("sheet", "Leader"), view.incoming.leader),
            (_("Members"), people(view.incoming.others) or (_("none, crew of one") if view.incoming.leader else "")),
        ],
    ]


def _span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    return f"{format_time(start, zone)}–{format_time(end, zone, start.astimezone(zone).date())}"


def _tick(each: LineView, view: HandoverView, zone: ZoneInfo) -> Tick:
    line, said, day = each.line, each.said, view.shift.day
    evidence = _evidence(line.evidence[:EVIDENCE], zone, day)
    fact: list[Run] = [Run(line_words(line.facts, zone, day))]
    fact += [Run(f"\n{say_fact(lack.said, zone, day)}", bold=True) for lack in line.lacks if lack.said not in line.facts]
    issue = said.words if said is not None and said.verdict is VerdictKind.WITH_RESERVATION else ""
    if issue and said is not None and said.accepted_by and said.accepted_at:
        accepted = _("accepted {at} {who}").format(at=format_time(said.accepted_at, zone), who=said.accepted_by)
        evidence = "\n".join(part for part in (evidence, accepted) if part)
    if line.state is LineState.NEEDS_PERSON and said is not None and said.at is not None:
        evidence = _("seen {at} {who}").format(at=format_time(said.at, zone), who=said.by)
    words = C_("sheet", "open") if each.standing is None else ""
    return Tick(str(line.name), fact, issue=issue, evidence=evidence, verdict=_verdict(each), words=words)


def _evidence(found: Sequence[Evidence], zone: ZoneInfo, day: date) -> str:
    """Records as a whole beside each other, those with a time or number on a line of their own."""
    whole = _(", ").join(say_fact(each.words, zone, day) for each in found if not each.words.values)
    single = [say_fact(each.words, zone, day) for each in found if each.words.values]
    return "\n".join(each for each in [*single, whole] if each)


def _verdict(each: LineView) -> str:
    return {VerdictKind.AS_FOUND: "agrees", VerdictKind.WITH_RESERVATION: "issue", None: "open"}[each.standing]


def _record(view: HandoverView, zone: ZoneInfo) -> str:
    """What was out of turn, extended duty, emergency states, refusals, dissent, ink and later signatures."""
    lines = [_("Unscheduled handover: {reason}").format(reason=view.reason)] if view.kind == "unscheduled" else []
    lines += duty_words(view.duty, view.telling(zone))
    kinds = {"refuse": _("refuses to take over"), "dissent": _("dissents"), "withdraw": _("withdraws the refusal")}
    for each in view.objections:
        said = C_("sheet", "{ground}: {words}").format(ground=each.ground, words=each.words) if str(each.ground) else each.words
        lines.append(
            C_("sheet", "{time} {person} {did}: {words}").format(
                time=format_time(each.at, zone, view.shift.day), person=each.person, did=kinds[each.kind], words=said
            )
        )
    return "\n".join([*lines, *(_ink(each, zone) for each in view.inks)])


def _ink(each: InkView, zone: ZoneInfo) -> str:
    if each.settled_at:
        settled = _("signed later {at} {mark}").format(at=_moment(each.settled_at, zone), mark=each.mark)
    else:
        settled = _("to be signed by {at}").format(at=_moment(each.due, zone))
    witness = _("witness {name}").format(name=each.witness) if each.witness else ""
    side = _("Outgoing") if each.side == "outgoing" else _("Incoming")
    said = _("{side} {who} signed in ink {at}: {reason}").format(side=side, who=each.person, at=_moment(each.at, zone), reason=each.reason)
    return _("; ").join(part for part in (said, witness, settled) if part)


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{format_date(at.astimezone(zone).date())} {format_time(at, zone)}"


def _cells(view: HandoverView, zone: ZoneInfo) -> list[Signature]:
    crew = view.following.crew if view.following else ""
    return [
        _prepared(view, zone),
        _cell("outgoing", _("Outgoing leader"), view.shift.crew_name, view.outgoing, view, zone),
        _cell("incoming", _("Incoming leader"), crew, view.incoming, view, zone),
        Signature("chief", _("Reviewed by the chief")),
    ]


def _prepared(view: HandoverView, zone: ZoneInfo) -> Signature:
    begun = _("begun {time}").format(time=format_time(view.prepared_at, zone)) if view.prepared_at else ""
    return Signature("prepared", _("Prepared by"), view.prepared_by, begun, dated=False)


def _cell(side: str, role: str, crew: object, signer: Signer, view: HandoverView, zone: ZoneInfo) -> Signature:
    """In ink: the name stands beside the role, the cell keeps its room for the hand, until it is signed later with the key."""
    named = C_("sheet", "{role} ({crew})").format(role=role, crew=crew) if str(crew) else role
    if signer.signed_at is None:
        return Signature(side, named)
    if signer.mode == "ink":
        ink = next((each for each in view.inks if each.side == side), None)
        if ink is None or ink.settled_at is None:
            return Signature(side, C_("sheet", "{role} {name}, in ink").format(role=role, name=signer.leader))
        return Signature(side, named, signer.leader, _("signed later {at} {mark}").format(at=_moment(ink.settled_at, zone), mark=ink.mark))
    how = C_("sheet", "by password")
    return Signature(side, named, signer.leader, f"{signer.signed_at.astimezone(zone):%H:%M:%S} {how} {signer.mark}")
