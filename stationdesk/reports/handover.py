"""交接班记录: the signed record of a handover, or its draft while the shift is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain import words
from stationdesk.domain.handover import Carried, LineState, VerdictKind, line_words, say_fact
from stationdesk.domain.moments import format_date, format_deadline, format_time, weekday
from stationdesk.domain.words import C_, _
from stationdesk.reports.sheet import Column, Facts, Paragraph, Run, Section, Sheet, Signature, Signatures, Table, Tick, Ticks
from stationdesk.services.handover import HandoverView, LineView, closed_view, handover_of_shift, handover_view
from stationdesk.services.sheets import letterhead
from stationdesk.services.station import station_view

if TYPE_CHECKING:
    from stationdesk.services import Store

FACT_WIDTHS = (14.7, 0, 14.7, 35.4, 14.7, 50)
SIGNED = {"password": "password", "later": "later", "ink": "ink"}


def sheet(store: Store, subject: str, language: str, at: datetime | None = None) -> Sheet:
    """The record of a shift (its id); of the open shift the draft as it stands at `at` (the store's clock)."""
    moment = at or store.clock()
    handover_id = handover_of_shift(store, int(subject)) if subject else None
    view = closed_view(store, handover_id, moment) if handover_id is not None else handover_view(store, moment)
    head, zone = letterhead(store, view.shift.starts_at), station_view(store).zone
    with words.speaking(language):
        return Sheet(
            title=_("Shift handover record"),
            company=str(head.company),
            station=str(head.station),
            number=view.number or _("draft"),
            language=language,
            sections=_sections(view, str(head.station), zone),
            watermark=_("Trial operation") if head.trial else "" if view.closed_at else _("Draft"),
        )


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
                Ticks("seven", _("1  What is handed over"), items=ticks, tall=44),
                Table("items", _("2  Open items"), _item_columns(), [], blank=4, tall=24, fill=True),
                Signatures("signatures", cells=_ink_cells()),
            ],
            note=_("Filled in by hand while the program cannot run; entered afterwards as written later."),
        )


def _ink_cells() -> list[Signature]:
    roles = (("outgoing", _("Outgoing leader")), ("incoming", _("Incoming leader")), ("chief", _("Station chief")))
    return [Signature(key, role) for key, role in roles]


def _sections(view: HandoverView, station: str, zone: ZoneInfo) -> list[Section]:
    made: list[Section] = [
        Facts("facts", bands=_bands(view, station, zone), widths=FACT_WIDTHS),
        Ticks(
            "seven",
            _("1  What is handed over"),
            items=[_tick(each, view, zone) for each in view.lines],
            remark=_("computed from the records"),
        ),
    ]
    if view.summaries:
        made.append(_summary(view, zone))
    made.append(_items(view.carried, zone))
    if said := _record(view, zone):
        made.append(Paragraph("record", _("4  On record"), text=said))
    made.append(Signatures("signatures", cells=_cells(view, zone)))
    return made


def _bands(view: HandoverView, station: str, zone: ZoneInfo) -> list[list[tuple[str, str]]]:
    shift, following = view.shift, view.following
    day = f"{format_date(shift.day)} {weekday(shift.day)}"
    when = format_time(shift.ends_at, zone, shift.day)
    if view.closed_at:
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
    evidence = "\n".join(say_fact(one.words, zone, day) for one in line.evidence[:3])
    fact: list[Run] = [Run(line_words(line.facts, zone, day))]
    for lack in line.lacks:
        fact.append(Run(f"\n{say_fact(lack.said, zone, day)}", bold=True))
    issue = said.words if said is not None and said.verdict is VerdictKind.WITH_RESERVATION else ""
    if issue and said is not None and said.accepted_by and said.accepted_at:
        accepted = _("accepted {at} {who}").format(at=format_time(said.accepted_at, zone), who=said.accepted_by)
        evidence = "\n".join(part for part in (evidence, accepted) if part)
    if line.state is LineState.NEEDS_PERSON and said is not None and said.at is not None:
        evidence = _("seen {at} {who}").format(at=format_time(said.at, zone), who=said.by)
    return Tick(str(line.name), fact, issue=issue, evidence=evidence, verdict=_verdict(each))


def _verdict(each: LineView) -> str:
    return {VerdictKind.AS_FOUND: "agrees", VerdictKind.WITH_RESERVATION: "issue", None: "open"}[each.standing]


def _summary(view: HandoverView, zone: ZoneInfo) -> Table:
    first, last = format_time(view.shift.starts_at, zone), format_time(view.shift.ends_at, zone, view.shift.day)
    columns = [
        Column("point", _("Parameter")),
        Column("unit", C_("sheet", "Unit"), 16, "center"),
        Column("limits", _("Limits"), 24, "center"),
        Column("first", first, 18, "right", None),
        Column("low", _("Lowest"), 27, "right"),
        Column("high", _("Highest"), 27, "right"),
        Column("mean", _("Mean"), 18, "right", None),
        Column("last", last, 18, "right", None),
        Column("over", _("Hours over limit"), 18, "center"),
    ]
    rows = []
    for each in view.summaries:
        made, point = each.summary, each.point
        rows.append(
            {
                "point": str(point.full_name),
                "unit": point.unit,
                "limits": point.limits.text(point.decimals),
                "first": made.first,
                "low": [Run(point.words(made.low)), Run(f" {_hour(made.low_at, zone)}", grey=True, size=0.913)],
                "high": [Run(point.words(made.high)), Run(f" {_hour(made.high_at, zone)}", grey=True, size=0.913)],
                "mean": made.mean,
                "last": made.last,
                "over": Run(str(made.over), bold=made.over > 0),
            }
        )
    return Table("summary", _("2  Operating figures"), columns, rows, remark=_("hourly readings in the daily sheet"))


def _hour(at: datetime, zone: ZoneInfo) -> str:
    return C_("sheet", "{hour}:00").format(hour=f"{at.astimezone(zone):%H}")


def _item_columns() -> list[Column]:
    return [
        Column("number", _("Number"), 32),
        Column("text", _("Subject")),
        Column("deadline", _("Deadline"), 28, "center"),
        Column("owner", _("Owner"), 22, "center"),
        Column("carried", _("Carried"), 22, "center"),
    ]


def _items(carried: Sequence[Carried], zone: ZoneInfo) -> Table:
    rows = [
        {
            "number": each.number,
            "text": each.text,
            "deadline": format_deadline(each.deadline, zone) if each.deadline else "—",
            "owner": each.owner or "—",
            "carried": _("no. {n}").format(n=each.count) if each.count else C_("carried", "new"),
        }
        for each in carried
    ]
    return Table("items", _("3  Open items"), _item_columns(), rows, remark=_("carried over under their own number"), empty=_("None"))


def _record(view: HandoverView, zone: ZoneInfo) -> str:
    """Refusals, dissent, what was out of turn, ink and later signatures."""
    lines = []
    if view.kind == "unscheduled":
        lines.append(_("Unscheduled handover: {reason}").format(reason=view.reason))
    kinds = {"refuse": _("refused"), "dissent": _("dissents"), "withdraw": _("withdrew the refusal")}
    for each in view.objections:
        ground = f"{each.ground}，" if str(each.ground) and words.language() == "zh_CN" else f"{each.ground}, " if str(each.ground) else ""
        lines.append(f"{format_time(each.at, zone)} {each.person} {kinds[each.kind]}: {ground}{each.words}")
    for ink in view.inks:
        side = _("Outgoing") if ink.side == "outgoing" else _("Incoming")
        settled = (
            _("signed later {at}").format(at=_moment(ink.settled_at, zone))
            if ink.settled_at
            else _("to be signed by {at}").format(at=_moment(ink.due, zone))
        )
        lines.append(
            _("{side} {who} signed in ink {at}: {reason}; {settled}").format(
                side=side, who=ink.person, at=_moment(ink.at, zone), reason=ink.reason, settled=settled
            )
        )
    return "\n".join(lines)


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{format_date(at.astimezone(zone).date())} {format_time(at, zone)}"


def _cells(view: HandoverView, zone: ZoneInfo) -> list[Signature]:
    cells = []
    sides = (
        ("outgoing", _("Outgoing leader"), view.outgoing, view.shift.crew_name),
        ("incoming", _("Incoming leader"), view.incoming, view.following.crew if view.following else ""),
    )
    how = {"password": _("signed with password"), "later": _("signed later"), "ink": _("signed in ink")}
    for key, role, signer, crew in sides:
        named = C_("sheet", "{role} ({crew})").format(role=role, crew=crew) if str(crew) else role
        if signer.signed_at is None or signer.mode == "ink":
            cells.append(
                Signature(key, named, "" if signer.signed_at is None else signer.leader, how["ink"] if signer.mode == "ink" else "")
            )
        else:
            cells.append(
                Signature(key, named, signer.leader, f"{signer.signed_at.astimezone(zone):%H:%M:%S} {how[signer.mode]} {signer.mark}")
            )
    return [*cells, Signature("chief", _("Station chief"))]
