"""A printed sheet held against the store: its own lines, the journal it was printed from, and what the records say today."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.codes import grouped
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import C_, N_, _
from stationdesk.reports.issue import compose
from stationdesk.reports.qr import Code
from stationdesk.reports.registry import find
from stationdesk.services.handover import handover_of_shift
from stationdesk.services.sheets import Anchor, PrintedView, anchor, by_code

if TYPE_CHECKING:
    from stationdesk.services import Store


CODE = re.compile(r"(?<![0-9A-Z-])[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}(?![0-9A-Z-])")
"""A code as it is printed, in text that is no longer marked."""

SIGNED_WITH_THE_SHIFT = ("handover", "voucher")
"""Reports that carry the signatures of the handover."""


class NoCodeOnSheetError(DomainError):
    """A file without a code of this program."""

    words = N_("This file carries no verification code: it is not a sheet of this program, or a blank form.")


class MarksLostError(DomainError):
    """A file that another program drew anew: its lines cannot be told apart any more."""

    words = N_("Another program drew this file anew and its lines cannot be read any more. Check its code {code}, and the lines by eye.")


@dataclass(frozen=True)
class Difference:
    """A line that differs: as it stands in the file, as it was printed ("" where there is none)."""

    found: str
    recorded: str

    def __str__(self) -> str:
        if not self.recorded:
            return _("added: “{found}”").format(found=self.found)
        if not self.found:
            return _("missing: “{recorded}”").format(recorded=self.recorded)
        return _("altered: “{found}” was printed as “{recorded}”").format(found=self.found, recorded=self.recorded)


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
            anew = _("Every line of the file is as it was printed; the file itself was saved anew.")
            return (named, anew, _("A stroke or a white patch drawn over them is not seen here: look at the page too."))
        head = _("{count} lines of the file are not as they were printed:").format(count=len(self.differences))
        return (named, head, *map(str, self.differences))

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
        head = _("Printed today it would differ in {count} lines: the records have changed since, or the program words them otherwise.")
        return (head.format(count=len(self.changed_since)), *lines)


def check_file(store: Store, pdf: bytes) -> Check:
    """Check a PDF: its lines against those recorded, byte for byte too.

    NotASheetError, NoCodeOnSheetError, MarksLostError, UnknownCodeError.
    """
    from stationdesk.reports.lines import read_code, read_lines, read_strays

    found, strays = read_lines(pdf), read_strays(pdf)
    code = read_code(pdf)
    if code is None:
        raise _no_code(strays)
    printed = by_code(store, code.letters)
    same = hashlib.sha256(pdf).hexdigest() == printed.file_hash
    over = () if same else (*_drawn_over(pdf, strays, printed.language), *_taken_off(store, strays, printed))
    return _check(store, printed, same, () if same else (*differing(found, printed.lines), *over))


def _no_code(strays: Sequence[str]) -> DomainError:
    """What is said of a file without a marked code: its letters may still stand in the text."""
    code = CODE.search("".join("".join(strays).split()))
    return MarksLostError(code=code[0]) if code else NoCodeOnSheetError()


def _drawn_over(pdf: bytes, strays: Sequence[str], language: str) -> Iterator[Difference]:
    """What another program put on the pages beside the sheet's own lines and its watermark."""
    from stationdesk.reports.lines import added

    with words.speaking(language):
        watermarks = (_("Trial operation"), _("Draft"), C_("sheet", "Superseded"))
    yield from (Difference(text, "") for text in strays if text not in watermarks)
    if count := added(pdf):
        yield Difference(_("pictures or notes: {count}").format(count=count), "")


def _taken_off(store: Store, strays: Sequence[str], printed: PrintedView) -> Iterator[Difference]:
    """The watermark of trial operation, which stays on a sheet for good; that of a draft goes as the record goes on."""
    with words.speaking(printed.language):
        trial = _("Trial operation")
    with suppress(DomainError):
        sheet = compose(store, printed.report, printed.subject, printed.language, printed.at)
        if sheet.watermark == trial and trial not in strays:
            yield Difference("", trial)


def check_code(store: Store, code: str) -> Check:
    """Check a code read off paper (20 letters). UnknownCodeError."""
    return _check(store, by_code(store, code), None, ())


def differing(found: Sequence[str], recorded: Sequence[str]) -> tuple[Difference, ...]:
    """The lines that differ, in their order: each has its place on the sheet, so two that changed places are two."""
    own, other = [" ".join(line.split()) for line in found], [" ".join(line.split()) for line in recorded]
    if own == other:
        return ()
    steps = SequenceMatcher(None, own, other, autojunk=False).get_opcodes()
    apart = ((own[a:b], other[c:d]) for tag, a, b, c, d in steps if tag != "equal")
    return tuple(Difference(x, y) for mine, theirs in apart for x, y in zip_longest(mine, theirs, fillvalue=""))


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
