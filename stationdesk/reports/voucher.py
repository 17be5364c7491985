"""计量交接凭证: the gas of a shift or a gas day by run, hour by hour, and what it is held against; any frozen version of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain import words
from stationdesk.domain.metering.shapes import INLET, Contract
from stationdesk.domain.metering.streams import METHODS
from stationdesk.domain.moments import format_span
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.reports.handover import numbered
from stationdesk.reports.metered import base_words, day_words, drafted, moment, span_words
from stationdesk.reports.sheet import Facts, Paragraph, Section, Sheet, Signature, Signatures, Text
from stationdesk.reports.voucher_hours import hours
from stationdesk.reports.voucher_record import adjustments, compositions, versions
from stationdesk.reports.voucher_tables import bases, quantities, vouchers
from stationdesk.services.handover import Signer
from stationdesk.services.metering.custody import custody
from stationdesk.services.metering.custody_views import Custody
from stationdesk.services.metering.results import SHIFT
from stationdesk.services.sheets import letterhead
from stationdesk.services.subjects import latest

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (19, 0, 19, 0, 22, 0, 22, 0)


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "12" a shift, "2026-11-20" a gas day, "result:7" as when that version was frozen; "" the last shift. NoCustodyError."""
    at = store.clock()
    found = custody(store, subject or latest(store, "voucher", "shift", at), at)
    head = letterhead(store, found.span.start)
    with words.speaking(language):
        return Sheet(
            title=_("Custody transfer voucher"),
            company=str(head.company),
            station=str(head.station),
            number=_number(found),
            language=language,
            landscape=True,
            sections=sections(found, head.station, head.company),
            signed_by=_fingerprint(found),
            watermark=drafted(head.trial, _open(found), _superseded(found)),
        )


def _open(found: Custody) -> bool:
    """Not handed over yet, or a gas day that runs."""
    return found.handover is None if found.kind == SHIFT else found.at < found.span.end


def _superseded(found: Custody) -> bool:
    return any(each.versions and not each.versions[-1].shown for each in found.streams)


def _number(found: Custody) -> str:
    """JLJJ-20261121-1: the handover's own number in another series; a later version says so."""
    if found.kind != SHIFT:
        plain = f"JLJJ-{found.day:%Y%m%d}"
    elif found.handover is None:
        return _("draft")
    else:
        plain = found.handover.number.replace("JJB", "JLJJ", 1)
    n = max((line.n for each in found.streams for line in each.versions if line.shown), default=1)
    return plain if n == 1 else f"{plain}-V{n}"


def _fingerprint(found: Custody) -> str:
    signed = found.handover if found.kind == SHIFT else None
    return "" if signed is None else signed.incoming.fingerprint or signed.outgoing.fingerprint


def sections(found: Custody, station: Name, company: Name) -> list[Section]:
    """The parts of a voucher: what is signed, the signatures, and what it was computed from."""
    facts = Facts("facts", bands=_bands(found, station, company), widths=WIDTHS)
    if not found.streams:
        return [facts, Paragraph("nothing", "", text=_nothing()), _signatures(found)]
    signed = [quantities(found), bases(found), vouchers(found)]
    annex = [compositions(found), adjustments(found), *hours(found), versions(found)]
    before = _numbered(1, signed)
    return [facts, *before, _signatures(found), *_numbered(len(before) + 1, annex)]


def _numbered(first: int, parts: Sequence[Section | None]) -> list[Section]:
    """What is signed comes first, what it was computed from after the signatures."""
    return [replace(each, title=numbered(n, each.title)) for n, each in enumerate((each for each in parts if each), first)]


def _nothing() -> str:
    return _("Nothing was metered: the station had no metering runs in this period, or no metering contract was in force.")


def _bands(found: Custody, station: Name, company: Name) -> list[list[tuple[str, Text]]]:
    contract = found.streams[0].gas.contract if found.streams else None
    if contract is None:
        return [[(_("Station"), str(station)), (_("Period"), _period(found)), (_("Gas day"), day_words(found.day))]]
    giving, taking = _parties(found, contract, company)
    return [
        [
            (_("Station"), str(station)),
            (_("Period"), _period(found)),
            (_("Gas day"), day_words(found.day)),
            (_("Contract no."), contract.number or "—"),
        ],
        [
            (_("Delivering party"), giving),
            (_("Receiving party"), taking),
            (_("Base conditions"), base_words(contract)),
            (_("Computed by"), _method(found, contract)),
        ],
    ]


def _period(found: Custody) -> str:
    if found.shift is None:
        return span_words(found.span, found.zone)
    shift = found.shift
    span = format_span(found.span, found.zone)
    return f"{day_words(shift.day)} {shift.name} {span} {shift.crew_name}".strip()


def _parties(found: Custody, contract: Contract, company: Name) -> tuple[str, str]:
    """Gas is received from the other side of the contract; a station that only delivers gives it there."""
    other, own = contract.counterpart or "—", str(company)
    serves = {each.gas.stream.serves for each in found.streams}
    return (other, own) if INLET in serves or not serves else (own, other)


def _method(found: Custody, contract: Contract) -> str:
    library = next((each.gas.library for each in found.streams if each.gas.library), "")
    air = _("air pressure {p} kPa").format(p=shown(found.p_atm))
    return "\n".join(part for part in (_(METHODS[contract.method]), " ".join(filter(None, (library,))), air) if part)


def _signatures(found: Custody) -> Signatures:
    """Both crews where it is of a shift; the parties and who is responsible for metering sign in ink."""
    signed = found.handover if found.kind == SHIFT else None
    cells = [Signature("delivering", _("For the delivering party")), Signature("receiving", _("For the receiving party"))]
    if found.kind == SHIFT:
        cells = [
            _cell("outgoing", _("Outgoing leader"), signed.outgoing if signed else None, found.zone),
            _cell("incoming", _("Incoming leader"), signed.incoming if signed else None, found.zone),
            *cells,
        ]
    return Signatures("signatures", cells=[*cells, Signature("metering", _("Metering specialist"))])


def _cell(key: str, role: str, signer: Signer | None, zone: ZoneInfo) -> Signature:
    """As it was signed with the handover; in ink and unsigned cells stay blank for a hand."""
    if signer is None or signer.signed_at is None:
        return Signature(key, role)
    if signer.mode == "ink":
        return Signature(key, C_("sheet", "{role} {name}, in ink").format(role=role, name=signer.leader))
    return Signature(key, role, signer.leader, f"{moment(signer.signed_at, zone)} {signer.mark}")
