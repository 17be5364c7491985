"""A printed sheet held against the store: its own lines, the journal it was printed from, and what the records say today."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stationdesk.domain.codes import grouped
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import N_, _
from stationdesk.reports.issue import compose
from stationdesk.reports.qr import Code
from stationdesk.reports.registry import find
from stationdesk.services.handover import handover_of_shift
from stationdesk.services.sheets import Anchor, PrintedView, anchor, by_code

if TYPE_CHECKING:
    from stationdesk.services import Store


SIGNED_WITH_THE_SHIFT = ("handover", "voucher")
"""Reports that carry the signatures of the handover."""


class NoCodeOnSheetError(DomainError):
    """A file without a code of this program."""

    words = N_("This file carries no verification code: it is not a sheet of this program, or a blank form.")


@dataclass(frozen=True)
class Difference:
    """A line that differs: as it stands in the file, as it was printed ("" where there is none)."""

    found: str
    recorded: str


@dataclass(frozen=True)
class Check:
    """What became of a printed sheet."""

    printed: PrintedView
    same_file: bool | None  # None: only a code was given
    differences: tuple[Difference, ...]
    anchor: Anchor
    changed_since: tuple[Difference, ...]  # lines the records would print otherwise today: later entries, or something altered
    today_error: str = ""

    @property
    def fits(self) -> bool:
        """Nothing in the file was altered, and journal and signatures are those it was printed from."""
        return not self.differences and self.anchor.head_fits and not self.anchor.wrong

    def sentences(self) -> tuple[str, ...]:
        """The result in the language spoken now."""
        return (*self._file(), *self._journal(), *self._today())

    def _file(self) -> tuple[str, ...]:
        named = _("Code {code}: {report}. {printed}").format(
            code=grouped(self.printed.code), report=find(self.printed.report).words, printed=self.printed.printed
        )
        if self.same_file is None:
            return (named,)
        if self.same_file:
            return (named, _("The file is the very one that was printed, byte for byte."))
        if not self.differences:
            return (named, _("Every line of the file is as it was printed; the file itself was saved anew."))
        lines = tuple(
            _("altered: “{found}” was printed as “{recorded}”").format(found=d.found, recorded=d.recorded) for d in self.differences
        )
        return (named, _("{count} lines of the file are not as they were printed:").format(count=len(self.differences)), *lines)

    def _journal(self) -> tuple[str, ...]:
        head = self.printed.head_seq
        said = [
            _("Journal entry {seq} is the one it was printed from.").format(seq=head)
            if self.anchor.head_fits
            else _("Journal entry {seq} is not the one it was printed from: the journal was rebuilt or cut off.").format(seq=head)
        ]
        if self.anchor.wrong:
            said.append(_("{count} signatures do not fit what they signed.").format(count=self.anchor.wrong))
        elif self.anchor.signatures:
            said.append(_("{count} signatures fit what they signed.").format(count=self.anchor.signatures))
        return tuple(said)

    def _today(self) -> tuple[str, ...]:
        if self.today_error:
            return (self.today_error,)
        if not self.changed_since:
            return (_("The records say today what the sheet says."),)
        lines = tuple(
            _("today: “{found}”, on the sheet: “{recorded}”").format(found=d.found, recorded=d.recorded) for d in self.changed_since
        )
        return (_("Since then the records have changed in {count} lines:").format(count=len(self.changed_since)), *lines)


def check_file(store: Store, pdf: bytes) -> Check:
    """Check a PDF: its lines against those recorded, byte for byte too. NotASheetError, NoCodeOnSheetError, UnknownCodeError."""
    from stationdesk.reports.lines import read_code, read_lines

    found = read_lines(pdf)
    code = read_code(pdf)
    if code is None:
        raise NoCodeOnSheetError
    printed = by_code(store, code.letters)
    same = hashlib.sha256(pdf).hexdigest() == printed.file_hash
    return _check(store, printed, same, differing(found, printed.lines))


def check_code(store: Store, code: str) -> Check:
    """Check a code read off paper (20 letters). UnknownCodeError."""
    return _check(store, by_code(store, code), None, ())


def differing(found: Sequence[str], recorded: Sequence[str]) -> tuple[Difference, ...]:
    """The lines of one side that the other lacks, paired in their order."""
    own, other = [" ".join(line.split()) for line in found], [" ".join(line.split()) for line in recorded]
    extra, lacking = _without(own, Counter(other)), _without(other, Counter(own))
    most = max(len(extra), len(lacking))
    return tuple(Difference(a, b) for a, b in zip(extra + [""] * (most - len(extra)), lacking + [""] * (most - len(lacking)), strict=True))


def _without(lines: list[str], taken: Counter[str]) -> list[str]:
    """The lines that are left when those of the other side are taken away, as often as they stand there."""
    left = []
    for line in lines:
        if taken[line]:
            taken[line] -= 1
        else:
            left.append(line)
    return left


def _check(store: Store, printed: PrintedView, same: bool | None, differences: tuple[Difference, ...]) -> Check:
    holds = anchor(store, printed, *_signed(store, printed))
    try:
        today, error = _as_of_today(store, printed), ""
    except DomainError as refused:
        today, error = printed.lines, say(refused)
    return Check(printed, same, differences, holds, differing(today, printed.lines), error)


def _signed(store: Store, printed: PrintedView) -> tuple[str, int]:
    """The record whose signatures a sheet shows: its kind and id, "" and 0 where it shows none."""
    number = int(printed.subject) if printed.subject.isdecimal() else 0
    if printed.report == "discrepancy" and number:
        return "discrepancy", number
    handover = handover_of_shift(store, number) if printed.report in SIGNED_WITH_THE_SHIFT and number else None
    return ("handover", handover) if handover else ("", 0)


def _as_of_today(store: Store, printed: PrintedView) -> tuple[str, ...]:
    """The same sheet made from the records of today, with the code and foot it had."""
    from stationdesk.reports.paint import make

    sheet = compose(store, printed.report, printed.subject, printed.language, printed.at)
    code = Code(printed.code, printed.head_seq, printed.fingerprint)
    return make(replace(sheet, code=code, printed=printed.printed)).lines
