"""计量差异处理单: what did not agree at a takeover, why, what counts meanwhile, both signatures, and how it was settled."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain import words
from stationdesk.domain.metering.compare import About, Check
from stationdesk.domain.metering.discrepancy import METHODS, method_words
from stationdesk.domain.metering.guessing import CAUSES, cause_words
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.moments import Span
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _
from stationdesk.reports.handover import numbered
from stationdesk.reports.metered import BASE, day_words, drafted, light_words, moment, span_words, value_or_dash
from stationdesk.reports.sheet import Column, Facts, Paragraph, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.metering.discrepancies import DiscrepancyView, SheetSigner
from stationdesk.services.metering.discrepancy_sheet import DiscrepancyPaper, discrepancy_paper
from stationdesk.services.sheets import letterhead
from stationdesk.services.subjects import NONE_YET

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (19, 0, 19, 0)
ROOM = 44.0  # points for a hand


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "3" a sheet by the number of its record; "" the newest. NoDiscrepancyError."""
    paper = discrepancy_paper(store, "" if subject == NONE_YET else subject)
    head = letterhead(store, paper.view.opened_at if paper else store.clock())
    with words.speaking(language):
        return Sheet(
            title=_("Metering discrepancy sheet"),
            company=str(head.company),
            station=str(head.station),
            number=paper.view.number if paper else "",
            language=language,
            sections=_sections(paper, head.station) if paper else _none(head.station),
            watermark=drafted(head.trial, paper is not None and paper.view.state == "open"),
        )


def form(store: Store, _subject: str, language: str) -> Sheet:
    """The blank form, for the day the computer is down."""
    head = letterhead(store, store.clock())
    with words.speaking(language):
        labels = (
            (_("Metering run"), _("Period")),
            (_("Book volume, Nm³"), _("Recomputed, Nm³")),
            (_("Corrector, Nm³"), _("Difference, Nm³ and %")),
        )
        bands: list[list[tuple[str, Text]]] = [[(_("Station"), str(head.station)), (_("Shift"), "")]]
        bands += [[(one, ""), (other, "")] for one, other in labels]
        return Sheet(
            title=_("Metering discrepancy sheet"),
            company=str(head.company),
            station=str(head.station),
            language=language,
            sections=[
                Facts("facts", bands=bands, widths=(30, 0, 30, 0), tall=24),
                Paragraph("causes", numbered(1, _("Cause and evidence")), text=_boxes(CAUSES.values())),
                Paragraph("evidence", tall=3 * ROOM, fill=True),
                Paragraph("methods", numbered(2, _("Provisional quantity and method")), text=_boxes(METHODS.values())),
                Paragraph("provisional", tall=ROOM),
                Paragraph("closure", numbered(3, _("Closure")), tall=2 * ROOM),
                Signatures("signatures", cells=[Signature(key, role) for key, role in _roles()]),
            ],
            note=_("Filled in by hand while the program cannot run; entered afterwards as written later."),
        )


def _boxes(choices: Iterable[str]) -> str:
    return "   ".join(f"□ {_(each)}" for each in choices)


def _roles() -> tuple[tuple[str, str], ...]:
    return (
        ("outgoing", _("Outgoing leader")),
        ("incoming", _("Incoming leader")),
        ("metering", _("Closed by, for metering")),
        ("chief", _("Station chief")),
    )


def _none(station: Name) -> list[Section]:
    facts: list[tuple[str, Text]] = [(_("Station"), str(station))]
    return [Facts("facts", bands=[facts], widths=WIDTHS), Paragraph("nothing", text=_("No discrepancy sheet was ever opened."))]


def _sections(paper: DiscrepancyPaper, station: Name) -> list[Section]:
    view = paper.view
    evidence = [Run(cause_words(view.cause) or "—", bold=True), Run(f"\n{view.evidence}")]
    return [
        Facts("facts", bands=_bands(paper, station), widths=WIDTHS),
        _quantities(view),
        _compared(paper),
        Paragraph("cause", numbered(3, _("Cause and evidence")), text=evidence),
        Paragraph("provisional", numbered(4, _("Provisional quantity and method")), text=_provisional(view)),
        Paragraph("closure", numbered(5, _("Closure")), text=_closure(view, paper.zone)),
        _signatures(paper),
    ]


def _bands(paper: DiscrepancyPaper, station: Name) -> list[list[tuple[str, Text]]]:
    view, shift = paper.view, paper.shift
    states = {"open": _("open, not signed by both"), "signed": _("signed by both, not closed"), "closed": C_("discrepancy", "closed")}
    opened = _("{at} {who}").format(at=moment(view.opened_at, paper.zone), who=view.opened_by)
    shifted = f"{day_words(shift.day)} {shift.name} {shift.crew_name}".strip() if shift else "—"
    return [
        [(_("Station"), str(station)), (_("Metering run"), str(view.stream) or "—")],
        [(_("Shift"), shifted), (_("Period"), span_words(Span(view.start, view.end), paper.zone))],
        [(_("Opened"), opened), (_("State"), Run(states[view.state], bold=view.state != "closed"))],
    ]


# --- figures


def _quantities(view: DiscrepancyView) -> Table:
    columns = [
        Column("book", _("Book volume, Nm³"), 0, "right", None),
        Column("recomputed", _("Recomputed, Nm³"), 0, "right", BASE),
        Column("corrector", _("Corrector, Nm³"), 0, "right", None),
        Column("difference", C_("metering", "Difference"), 0, "right", None),
        Column("percent", "%", 24, "right"),
    ]
    percent = "—" if view.percent is None else Run(shown_signed(view.percent, 3), bold=True)
    row: Row = {
        "book": view.book if view.book is not None else "—",
        "recomputed": view.recomputed if view.recomputed is not None else "—",
        "corrector": view.corrector if view.corrector is not None else "—",
        "difference": view.difference if view.difference is not None else "—",
        "percent": percent,
    }
    remark = _("the difference the sheet is about; of base readings in counts")
    return Table("quantities", numbered(1, _("Quantities")), columns, [row], remark=remark)


def _compared(paper: DiscrepancyPaper) -> Table:
    columns = [
        Column("about", _("What was compared"), 42),
        Column("value", _("Found"), 0, "right", None),
        Column("against", _("Against"), 0, "right", None),
        Column("difference", C_("metering", "Difference"), 26, "right", None),
        Column("percent", "%", 18, "right"),
        Column("tolerance", _("Tolerance"), 22, "right"),
        Column("light", C_("sheet", "Result"), 30),
    ]
    rows = [_check(each, paper.zone) for each in paper.checks]
    remark = _("as it stood when the sheet was opened")
    return Table("compared", numbered(2, _("Comparison")), columns, rows, remark=remark, empty=_("Nothing could be compared."))


def _check(check: Check, zone: ZoneInfo) -> Row:
    about = about_words(check.about)
    counted = check.about in (About.COUNTER, About.CORRECTED, About.HOURS)
    return {
        "about": f"{about} {moment(check.time, zone)}" if check.time else about,
        "value": _fine(check.value, check.about),
        "against": _fine(check.against, check.about),
        "difference": _fine(check.difference, check.about),
        "percent": "—" if check.percent is None else Run(shown_signed(check.percent, 3), bold=check.light in (Light.AMBER, Light.RED)),
        "tolerance": f"±{shown(check.tolerance)}" + ("" if counted else " %"),
        "light": light_words(check.light),
    }


def _fine(value: Decimal, about: About) -> Decimal:
    """A factor to four places, everything else as it is."""
    return round(value, 4) if about is About.FACTOR else value


def about_words(about: About) -> str:
    """What is compared, in the language spoken now."""
    return {
        About.COUNTER: _("metered base reading"),
        About.CORRECTED: _("corrected base reading"),
        About.HOURS: _("hours against the counter"),
        About.CORRECTOR: _("corrector"),
        About.FACTOR: _("factor of one hour"),
        About.VOUCHER: _("voucher"),
    }[about]


# --- what is settled


def _provisional(view: DiscrepancyView) -> Text:
    if view.provisional is None:
        return Run(_("not said"), bold=True)
    said = _("{volume} Nm³ count until the sheet is closed, {method}.")
    return said.format(volume=shown(view.provisional), method=method_words(view.method))


def _closure(view: DiscrepancyView, zone: ZoneInfo) -> Text:
    if view.closed_at is None:
        return Run(_("Not closed yet."), bold=True)
    said = _("Settled on {volume} Nm³, {at} {who}: {words}")
    return said.format(volume=value_or_dash(view.final), at=moment(view.closed_at, zone), who=view.closed_by, words=view.closing_words)


def _signatures(paper: DiscrepancyPaper) -> Signatures:
    view = paper.view
    roles = dict(_roles())
    closed = SheetSigner(view.closed_by, view.closed_at, paper.mark) if view.closed_at else None
    signers = (("outgoing", view.outgoing), ("incoming", view.incoming), ("metering", closed))
    cells = [_cell(key, roles[key], signer, paper.zone) for key, signer in signers]
    return Signatures("signatures", cells=[*cells, Signature("chief", roles["chief"])])


def _cell(key: str, role: str, signer: SheetSigner | None, zone: ZoneInfo) -> Signature:
    if signer is None:
        return Signature(key, role)
    return Signature(key, role, signer.person, f"{moment(signer.at, zone)} {signer.mark}".strip())
