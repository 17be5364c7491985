"""Discrepancy sheets: opened at a red takeover, signed by both leaders, closed by whoever is responsible for metering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk import __version__
from stationdesk.domain.metering import discrepancy as rules
from stationdesk.domain.metering.compare import Comparison, compare
from stationdesk.domain.metering.shapes import Light, StreamGas
from stationdesk.domain.metering.takeover import NoTakeoverError
from stationdesk.domain.names import Name
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.metering.base_readings import compared
from stationdesk.services.metering.blind import INCOMING, OUTGOING
from stationdesk.services.metering.hours import gas_between
from stationdesk.services.metering.streams import streams_at
from stationdesk.services.notices import notify
from stationdesk.services.people import names, signer_of
from stationdesk.services.shifts import awaited, spells
from stationdesk.storage import signatures
from stationdesk.storage.handover import Handover
from stationdesk.storage.metered import Discrepancy, Voucher
from stationdesk.storage.shifts import Shift
from stationdesk.storage.signatures import Act, Signature, Signer
from stationdesk.storage.store import Actor, Store

PURPOSE = {OUTGOING: "discrepancy_outgoing", INCOMING: "discrepancy_incoming"}
CLOSING = "discrepancy_closing"
VALUES = ("book", "recomputed", "corrector", "difference", "percent", "cause", "evidence", "provisional", "provisional_method", "found")


@dataclass(frozen=True)
class SheetText:
    """What people say on a sheet: the cause's code and what bears it out, the m³ that count until it is closed, and how they were found."""

    cause: str
    evidence: str
    provisional: Decimal | None
    method: str


@dataclass(frozen=True)
class SheetSigner:
    """Who signed for a side, when, and the first letters of the signature."""

    person: str
    at: datetime
    mark: str


@dataclass(frozen=True)
class DiscrepancyView:
    """A sheet. state: open, signed (by both), closed. Volumes in m³ at base conditions."""

    discrepancy_id: int
    number: str
    stream: Name
    stream_id: int | None
    shift_id: int | None
    start: datetime
    end: datetime
    book: Decimal | None
    recomputed: Decimal | None
    corrector: Decimal | None
    difference: Decimal | None
    percent: Decimal | None
    cause: str
    evidence: str
    provisional: Decimal | None
    method: str
    opened_by: str
    opened_at: datetime
    outgoing: SheetSigner | None
    incoming: SheetSigner | None
    final: Decimal | None
    closing_words: str
    closed_by: str
    closed_at: datetime | None

    @property
    def id(self) -> int:
        """The row's key in a table."""
        return self.discrepancy_id

    @property
    def text(self) -> SheetText:
        """What people say on it."""
        return SheetText(self.cause, self.evidence, self.provisional, self.method)

    @property
    def state(self) -> str:
        """open, signed, closed"""
        if self.closed_at is not None:
            return "closed"
        return "signed" if self.outgoing and self.incoming else "open"


def open_discrepancy(store: Store, actor: Actor, shift_id: int, stream_id: int, text: SheetText, *, at: datetime) -> int:
    """Open the sheet of a stream's shift; its id. Tells whoever is responsible for metering, and the chief.

    NoSheetWantedError, SheetThereError, UnknownStreamError, and what `check_sheet` refuses.
    """
    rules.check_sheet(text.cause, text.evidence, text.provisional, text.method)
    with store.write(actor, "open_discrepancy", at) as session:
        shift = session.get_one(Shift, shift_id)
        _refuse_second(session, shift_id, stream_id)
        row = put_sheet(session, actor.person_id, shift, stream_id, text, at)
        for role in ("metering", "chief"):
            notify(session, "discrepancy", "discrepancy", row.id, at, role=role, number=row.number, words=row.evidence)
        return row.id


def put_sheet(session: Session, by_id: int, shift: Shift, stream_id: int, text: SheetText, at: datetime) -> Discrepancy:
    """The same inside a transaction (the demo). NoSheetWantedError, UnknownStreamError."""
    found, gas, book = _found(session, shift, stream_id, at)
    if found.light not in (Light.AMBER, Light.RED):
        raise rules.NoSheetWantedError
    difference, percent = rules.largest(found)
    row = Discrepancy(
        number=_number(session, shift),
        stream_id=stream_id,
        shift_id=shift.id,
        start=shift.starts_at,
        end=shift.ends_at,
        found=rules.found_text(found),
        book=book,
        recomputed=gas.base_volume if gas else None,
        corrector=gas.corrector_volume if gas else None,
        difference=difference,
        percent=percent,
        cause=text.cause,
        evidence=text.evidence.strip(),
        provisional=text.provisional,
        provisional_method=text.method,
        opened_by=by_id,
        opened_at=at,
    )
    session.add(row)
    session.flush()
    return row


def amend_discrepancy(
    store: Store, actor: Actor, discrepancy_id: int, text: SheetText, *, at: datetime, seen: SheetText | None = None
) -> None:
    """Say otherwise what the sheet says, until both have signed; one signature given before no longer holds and is given anew.

    seen: what it said when the change was made. ChangedMeanwhileError, SheetSignedError, SheetClosedError, what `check_sheet` refuses.
    """
    rules.check_sheet(text.cause, text.evidence, text.provisional, text.method)
    with store.write(actor, "amend_discrepancy", at) as session:
        row = _open_row(session, discrepancy_id)
        if row.outgoing_at and row.incoming_at:
            raise rules.SheetSignedError(number=row.number)
        as_seen(seen, _said(row), "discrepancy")
        row.cause, row.evidence, row.provisional, row.provisional_method = text.cause, text.evidence.strip(), text.provisional, text.method
        row.outgoing_id = row.outgoing_at = row.incoming_id = row.incoming_at = None


def sign_discrepancy(
    store: Store, actor: Actor, discrepancy_id: int, side: str, password: str, *, at: datetime, seen: SheetText | None = None
) -> None:
    """The leader of one side signs the sheet as it stands. side: outgoing, incoming; seen: what it said to whoever signs.

    WrongPasswordError, SheetSignerError, ChangedMeanwhileError: nobody signs what they have not seen.
    """
    signer = signer_of(store, actor, password, at)
    with store.write(actor, "sign_discrepancy", at) as session:
        row = _open_row(session, discrepancy_id)
        if actor.person_id not in _leaders(session, row, side):
            raise rules.SheetSignerError
        as_seen(seen, _said(row), "discrepancy")
        put_side(session, row, side, signer, at)


def put_side(session: Session, row: Discrepancy, side: str, signer: Signer, at: datetime) -> None:
    """The same inside a transaction (the demo)."""
    signatures.sign(session, signer, Act(PURPOSE[side], "discrepancy", row.id, _text(session, row), {"program": __version__}), at)
    if side == OUTGOING:
        row.outgoing_id, row.outgoing_at = signer.person_id, at
    else:
        row.incoming_id, row.incoming_at = signer.person_id, at


def close_discrepancy(
    store: Store, actor: Actor, discrepancy_id: int, final: Decimal | None, words: str, password: str, *, at: datetime
) -> None:
    """Close a sheet with the volume settled on (m³ at base conditions) and a signature.

    SheetUnsignedError, FinalError, ClosingWordsError, WrongPasswordError.
    """
    rules.check_closure(final, words)
    signer = signer_of(store, actor, password, at)
    with store.write(actor, "close_discrepancy", at) as session:
        row = _open_row(session, discrepancy_id)
        if row.outgoing_at is None or row.incoming_at is None:
            raise rules.SheetUnsignedError(number=row.number)
        put_closure(session, row, final, words, signer, at)


def put_closure(session: Session, row: Discrepancy, final: Decimal | None, words: str, signer: Signer, at: datetime) -> None:
    """The same inside a transaction (the demo)."""
    row.final, row.closing_words = final, words.strip()
    row.closed_by, row.closed_at = signer.person_id, at
    session.flush()
    signatures.sign(session, signer, Act(CLOSING, "discrepancy", row.id, _text(session, row), {"program": __version__}), at)


def discrepancies_view(store: Store, most: int = 200) -> tuple[DiscrepancyView, ...]:
    """The newest sheets first."""
    with store.read() as session:
        rows = session.scalars(select(Discrepancy).order_by(Discrepancy.id.desc()).limit(most)).all()
        return tuple(_view(session, row) for row in rows)


def discrepancy_view(store: Store, discrepancy_id: int) -> DiscrepancyView:
    """One sheet."""
    with store.read() as session:
        return _view(session, session.get_one(Discrepancy, discrepancy_id))


def _found(session: Session, shift: Shift, stream_id: int, at: datetime) -> tuple[Comparison, StreamGas | None, Decimal | None]:
    """What was found of a stream: at its takeover with the base readings, later without them. And what the other side booked."""
    if shift.closed_at is None:
        seen = compared(session, shift, stream_id, at)
        if seen.comparison is None:
            raise NoTakeoverError
        return seen.comparison, seen.gas, seen.voucher.volume if seen.voucher else None
    gas = gas_between(session, shift.starts_at, shift.ends_at, at, [stream_id])[0]
    wanted = select(Voucher.volume).where(Voucher.stream_id == stream_id, Voucher.start == gas.start, Voucher.end == gas.end)
    book = session.scalars(wanted.order_by(Voucher.id.desc()).limit(1)).first()
    return compare(gas, None, None, voucher=book), gas, book


def _refuse_second(session: Session, shift_id: int, stream_id: int) -> None:
    wanted = select(Discrepancy.number).where(Discrepancy.shift_id == shift_id, Discrepancy.stream_id == stream_id)
    number = session.scalars(wanted).first()
    if number is not None:
        raise rules.SheetThereError(number=number)


def _number(session: Session, shift: Shift) -> str:
    of_day = rules.sheet_number(shift.day, 0).removesuffix("0")
    same = session.scalars(select(Discrepancy.number).where(Discrepancy.number.between(of_day, f"{of_day}~"))).all()
    return rules.sheet_number(shift.day, len(same) + 1)


def _open_row(session: Session, discrepancy_id: int) -> Discrepancy:
    row = session.get_one(Discrepancy, discrepancy_id)
    if row.closed_at is not None:
        raise rules.SheetClosedError(number=row.number)
    return row


def _said(row: Discrepancy) -> SheetText:
    return SheetText(row.cause, row.evidence, row.provisional, row.provisional_method)


def _leaders(session: Session, row: Discrepancy, side: str) -> set[int]:
    """Who leads a side: of a shift that is handed over already, who signed its handover."""
    shift = session.get_one(Shift, row.shift_id) if row.shift_id else None
    if shift is None:
        return set()
    if shift.closed_at is not None:
        signed = select(Handover.outgoing_id, Handover.incoming_id).where(Handover.shift_id == shift.id, Handover.closed_at.is_not(None))
        return {person for pair in session.execute(signed) if (person := pair[side == INCOMING]) is not None}
    of = shift if side == OUTGOING else awaited(session)
    leads = {spell.person_id for spell in spells(session, of.id) if spell.leader and spell.signed_off_at is None} if of else set()
    return leads or ({shift.leader_id} if side == OUTGOING and shift.leader_id else set())


def _text(session: Session, row: Discrepancy) -> str:
    values = {key: getattr(row, key) for key in VALUES}
    if row.closed_at is not None:
        values |= {"final": row.final, "closing_words": row.closing_words}
    return rules.signed_text(row.number, _stream_name(session, row), row.start, row.end, values)


def _stream_name(session: Session, row: Discrepancy) -> Name:
    found = [each.name for each in streams_at(session, row.end, retired_since=row.start) if each.stream_id == row.stream_id]
    return found[0] if found else Name("", "")


def _view(session: Session, row: Discrepancy) -> DiscrepancyView:
    people = names(session)
    same = ("number", "stream_id", "shift_id", "start", "end", "book", "recomputed", "corrector", "difference", "percent", "cause",
            "evidence", "provisional", "opened_at", "final", "closing_words", "closed_at")  # fmt: skip
    return DiscrepancyView(
        discrepancy_id=row.id,
        stream=_stream_name(session, row),
        method=row.provisional_method,
        opened_by=people.get(row.opened_by, ""),
        outgoing=_signer(session, row, OUTGOING, people),
        incoming=_signer(session, row, INCOMING, people),
        closed_by=people.get(row.closed_by or 0, ""),
        **{key: getattr(row, key) for key in same},
    )


def _signer(session: Session, row: Discrepancy, side: str, people: dict[int, str]) -> SheetSigner | None:
    person, at = (row.outgoing_id, row.outgoing_at) if side == OUTGOING else (row.incoming_id, row.incoming_at)
    if person is None or at is None:
        return None
    wanted = select(Signature).where(
        Signature.subject_kind == "discrepancy", Signature.subject_id == row.id, Signature.purpose == PURPOSE[side]
    )
    signed = session.scalars(wanted.order_by(Signature.id.desc()).limit(1)).first()
    letters = (signed.signature or signed.digest)[:8].upper() if signed else ""
    return SheetSigner(people.get(person, ""), at, f"{letters[:4]}-{letters[4:]}" if letters else "")
