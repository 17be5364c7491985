"""The discrepancy sheet (计量差异处理单): what does not agree, why, what counts meanwhile; both leaders sign it, metering closes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.compare import About, Check, Comparison
from stationdesk.domain.metering.guessing import Cause
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.names import Name
from stationdesk.domain.said import canonical, unpack
from stationdesk.domain.words import N_, _

FORM = 1  # of the signed text
METHODS = {
    "recomputed": N_("recomputed from the hourly readings"),
    "corrector": N_("by the corrector"),
    "voucher": N_("by the other side's voucher"),
    "estimate": N_("estimated from days alike"),
    "agreed": N_("agreed with the other side"),
}
"""How the quantity that counts until the sheet is closed was found."""


class NoSheetWantedError(DomainError):
    """A sheet where nothing differs."""

    words = N_("Nothing differs beyond its tolerance: no discrepancy sheet is needed.")


class SheetThereError(DomainError):
    """A second sheet for the same stream and shift."""

    words = N_("There is a sheet already: {number}.")


class SheetCauseError(DomainError):
    """A sheet without a cause."""

    words = N_("Choose a cause.")
    field = "cause"


class SheetEvidenceError(DomainError):
    """A cause without evidence."""

    words = N_("Say what bears the cause out.")
    field = "evidence"


class ProvisionalError(DomainError):
    """A provisional quantity that cannot be."""

    words = N_("Say which volume counts until the sheet is closed, and how it was found.")
    field = "provisional"


class SheetSignedError(DomainError):
    """Amending what both signed."""

    words = N_("Both sides have signed {number}; what is found later stands in its closure.")


class SheetUnsignedError(DomainError):
    """Closing what is not signed by both."""

    words = N_("{number} is closed after both sides have signed it.")


class SheetClosedError(DomainError):
    """Anything at a closed sheet."""

    words = N_("{number} is closed.")


class SheetSignerError(DomainError):
    """A signature of somebody else."""

    words = N_("The sheet is signed by the leaders of both crews, each for their own side.")
    field = "person"


class ClosingWordsError(DomainError):
    """Closing without words."""

    words = N_("Say how it was settled.")
    field = "words"


class FinalError(DomainError):
    """A final quantity that cannot be."""

    words = N_("Say the volume settled on; it is not below 0.")
    field = "final"


def sheet_number(day: date, n: int) -> str:
    """JLC-20261121-1: the nth of the day the shift belongs to."""
    return f"JLC-{day:%Y%m%d}-{n}"


def check_sheet(cause: str, evidence: str, provisional: Decimal | None, method: str) -> None:
    """Whether a sheet says what it must. SheetCauseError, SheetEvidenceError, ProvisionalError."""
    if cause not in {str(each) for each in Cause}:
        raise SheetCauseError
    if not evidence.strip():
        raise SheetEvidenceError
    if provisional is None or provisional < 0 or method not in METHODS:
        raise ProvisionalError


def check_closure(final: Decimal | None, words: str) -> None:
    """FinalError, ClosingWordsError."""
    if final is None or final < 0:
        raise FinalError
    if not words.strip():
        raise ClosingWordsError


def method_words(method: str) -> str:
    """How a quantity was found, in the language spoken now; "" for none."""
    return _(METHODS[method]) if method in METHODS else method


def largest(found: Comparison) -> tuple[Decimal | None, Decimal | None]:
    """The difference and the % the sheet is about: of the volumes where those differ, else of the counters."""
    order = (About.VOUCHER, About.CORRECTOR, About.CORRECTED, About.COUNTER, About.FACTOR)
    odd = [each for each in found.checks if each.light is found.light and each.about in order]
    if not odd:
        return None, None
    first = min(odd, key=lambda each: order.index(each.about))
    return first.difference, first.percent


def found_text(found: Comparison) -> str:
    """All comparisons as they stood when the sheet was opened."""
    return canonical(
        [
            [str(each.about), each.value, each.against, each.difference, each.percent, each.tolerance, str(each.light)]
            for each in found.checks
        ]
    )


def found_in(text: str) -> tuple[Check, ...]:
    """The comparisons out of what `found_text` made."""
    return tuple(_check(*row) for row in unpack(json.loads(text))) if text else ()


def _check(
    about: str, value: Decimal, against: Decimal, difference: Decimal, percent: Decimal | None, tolerance: Decimal, light: str
) -> Check:
    return Check(About(about), value, against, difference, percent, tolerance, Light(light))


def signed_text(number: str, stream: Name, start: datetime, end: datetime, values: Mapping[str, Any]) -> str:
    """What both leaders sign, word for word."""
    return canonical({"form": FORM, "number": number, "stream": stream, "start": start, "end": end, **values})
