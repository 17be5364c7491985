"""检查表: one checklist, or all of a shift or day; and the blank form of a template."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.answers import State
from stationdesk.domain.moments import format_date, weekday
from stationdesk.domain.words import _
from stationdesk.reports import walked
from stationdesk.reports.sheet import Facts, Run, Section, Sheet, Signature, Signatures, Text
from stationdesk.services.checklists import ChecklistView, blank_checklist, checklist_view, checklists_of_shift
from stationdesk.services.rounds import last_shift, shifts_of_day
from stationdesk.services.sheets import letterhead

if TYPE_CHECKING:
    from stationdesk.services import Store

ONE = "checklist:"
WIDTHS = (17, 0, 17, 0, 17, 0)


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "checklist:7" one of them, "2026-11-20" a day, "12" a shift, "" the last shift."""
    if subject.startswith(ONE):
        found = [checklist_view(store, int(subject.removeprefix(ONE)))]
    else:
        found = [
            each for shift in _shifts(store, subject) for each in checklists_of_shift(store, shift) if each.brief.state != State.ABORTED
        ]
    head = letterhead(store, found[0].brief.started_at if found else store.clock())
    with words.speaking(language):
        return Sheet(
            title=str(found[0].brief.name) if subject.startswith(ONE) else _("Checklist record"),
            company=str(head.company),
            station=str(head.station),
            number=f"JC-{found[0].brief.day:%Y%m%d}-{found[0].brief.id}" if subject.startswith(ONE) else "",
            language=language,
            sections=_sections(found, str(head.station), subject),
            watermark=_("Trial operation") if head.trial else "",
        )


def _shifts(store: Store, subject: str) -> tuple[int, ...]:
    if not subject:
        last = last_shift(store)
        return (last,) if last is not None else ()
    return (int(subject),) if subject.isdecimal() else shifts_of_day(store, date.fromisoformat(subject))


def _sections(found: list[ChecklistView], station: str, subject: str) -> list[Section]:
    if not found:
        none = Facts("facts", bands=[[(_("Station"), station), (_("Period"), subject), (_("Checklists"), _("None"))]], widths=WIDTHS)
        return [none, _signed([])]
    made: list[Section] = []
    for each in found:
        made.append(Facts("facts", str(each.brief.name) if len(found) > 1 else "", _bands(each, station), WIDTHS))
        made.append(walked.answered("lines", "", each.lines, each.zone, times=False))
    return [*made, _signed(found)]


def _bands(view: ChecklistView, station: str) -> list[list[tuple[str, Text]]]:
    brief, zone = view.brief, view.zone
    signed = f"{walked.moment(brief.closed_at, zone)} {brief.closed_by}" if brief.closed_at else _("not signed off")
    found: list[list[tuple[str, Text]]] = [
        [(_("Station"), station), (_("Date"), f"{format_date(brief.day)} {weekday(brief.day)}"), (_("Shift"), str(brief.shift))],
        [
            (_("Begun"), f"{walked.moment(brief.started_at, zone)} {brief.started_by}"),
            (_("Signed off"), signed),
            (_("Result"), _counts(view)),
        ],
    ]
    remarks = _remarks(view)
    return [*found, [(_("Remarks"), Run(remarks, bold=True))]] if remarks else found


def _counts(view: ChecklistView) -> str:
    count = view.brief.progress
    return _("; ").join((_("{n} points").format(n=count.total), _("{n} abnormal").format(n=count.abnormal)))


def _remarks(view: ChecklistView) -> str:
    found = []
    if view.brief.state == State.ABORTED:
        found.append(_("given up: {why}").format(why=view.brief.words))
    if view.brief.mode == "paper":
        found.append(_("On paper, typed after"))
    if view.brief.afterwards:
        found.append(_("entered after the handover"))
    return _("; ").join(found)


def _signed(found: list[ChecklistView]) -> Signatures:
    people = dict.fromkeys(each.brief.closed_by for each in found if each.brief.state == State.CLOSED)
    evidence = _("signed off at the desk") if people else ""
    cells = [Signature("checker", _("Checked by"), _(", ").join(people), evidence), Signature("leader", _("Shift leader"))]
    return Signatures("signatures", cells=[*cells, Signature("chief", _("Station chief"))])


def blank(store: Store, subject: str, language: str) -> Sheet:
    """The form of a checklist (id of its template) for a hand: boxes to tick, room to write."""
    at = store.clock()
    found, head = blank_checklist(store, int(subject), at), letterhead(store, at)
    with words.speaking(language):
        bands: list[list[tuple[str, Text]]] = [[(_("Station"), str(head.station)), (_("Date"), ""), (_("Shift"), "")]]
        return Sheet(
            title=str(found.template.name),
            company=str(head.company),
            station=str(head.station),
            language=language,
            sections=[
                Facts("facts", bands=bands, widths=WIDTHS, tall=20),
                walked.by_hand("lines", found.lines, times=False),
                Signatures("signatures", cells=[Signature("checker", _("Checked by")), Signature("leader", _("Shift leader"))]),
            ],
            note=_("Valid from {day}. What was filled in on paper is entered afterwards.").format(
                day=walked.moment(found.template.valid_from, found.zone)
            ),
        )
