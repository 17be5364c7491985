"""Signatures: rows of their own, written once, that say who stands for which content, under which versions, after which entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from stationdesk.storage import journal, keys
from stationdesk.storage.canonical import Plain, canonical, digest
from stationdesk.storage.record import DIGESTED, Guard, Record, utc_text

PASSWORD, LATER, INK = "password", "later", "ink"
"""Signed at once; signed afterwards (补签); in ink on paper, of which the store only knows."""


class Signature(Record, kw_only=True):
    """One signature, or the note that one was made in ink."""

    __table_args__ = (
        Index("ix_signature_subject", "subject_kind", "subject_id"),
        {"info": {"kind": "journal", "guard": Guard(insert_only=True)}},
    )

    account_id: Mapped[int]
    person_id: Mapped[int]
    on_behalf_of: Mapped[int | None] = mapped_column(default=None)  # person signed for (代签)
    purpose: Mapped[str]  # handover_outgoing, handover_incoming, …
    subject_kind: Mapped[str]  # table of what is signed
    subject_id: Mapped[int]
    content: Mapped[str] = mapped_column(info=DIGESTED)  # verbatim
    digest: Mapped[str]  # SHA-256 of the content, hex
    versions: Mapped[str]  # JSON: template, limits, program
    mode: Mapped[str] = mapped_column(default=PASSWORD)
    public_key: Mapped[str] = mapped_column(default="")  # hex; empty for ink
    head_seq: Mapped[int]  # newest journal entry when it was signed
    head_hash: Mapped[str]
    at: Mapped[datetime]
    signature: Mapped[str] = mapped_column(default="")  # hex; empty for ink


@dataclass(frozen=True)
class Signer:
    """Who signs: the account with its opened key (None for ink), the person, and whom they sign for."""

    account_id: int
    person_id: int
    key: keys.PrivateKey | None
    on_behalf_of: int | None = None


@dataclass(frozen=True)
class Act:
    """What is signed: purpose, the record it is about, its content word for word, and the versions it was made under."""

    purpose: str
    subject_kind: str
    subject_id: int
    content: str
    versions: Mapping[str, Plain]


def sign(session: Session, signer: Signer, act: Act, at: datetime, mode: str = PASSWORD) -> Signature:
    """Add a signature to the transaction; ValueError for a signature without key that is not in ink, or the other way round."""
    if (mode == INK) != (signer.key is None):
        raise ValueError(f"a signature in mode {mode} with{'out' if signer.key is None else ''} a key")
    head = journal.head(session.connection())
    signature = Signature(
        account_id=signer.account_id,
        person_id=signer.person_id,
        on_behalf_of=signer.on_behalf_of,
        purpose=act.purpose,
        subject_kind=act.subject_kind,
        subject_id=act.subject_id,
        content=act.content,
        digest=digest(act.content),
        versions=canonical(dict(act.versions)),
        mode=mode,
        public_key=keys.public_of(signer.key) if signer.key else "",
        head_seq=head.seq,
        head_hash=head.hash,
        at=at,
    )
    if signer.key:
        signature.signature = signer.key.sign(signed_bytes(_values(signature))).hex()
    session.add(signature)
    session.flush()
    return signature


def fits(signature: Signature) -> bool:
    """Whether a signature fits its content and its own public key; one in ink cannot be checked and does not count as fitting."""
    values = _values(signature)
    return digest(signature.content) == signature.digest and keys.fits(signature.public_key, signature.signature, signed_bytes(values))


SIGNED = (
    "account_id",
    "person_id",
    "on_behalf_of",
    "purpose",
    "subject_kind",
    "subject_id",
    "digest",
    "versions",
    "mode",
    "public_key",
    "head_seq",
    "head_hash",
    "at",
)
"""The columns a signature is over; the content by its digest."""


def signed_bytes(values: Mapping[str, Plain]) -> bytes:
    """What is signed, from the columns as they are stored."""
    return ("stationdesk-signature-1\n" + canonical({name: values.get(name) for name in SIGNED})).encode("utf-8", "surrogateescape")


def _values(signature: Signature) -> dict[str, Plain]:
    return {name: getattr(signature, name) for name in SIGNED} | {"at": utc_text(signature.at)}
