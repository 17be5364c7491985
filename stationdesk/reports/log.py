"""值班记录: what was written in a shift, or in all shifts of a day, in the order of its time."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain import words
from stationdesk.domain.errors import DomainError
from stationdesk.domain.items import ItemKind
from stationdesk.domain.moments import Span as Stretch
from stationdesk.domain.moments import day_of, format_date, format_moment, format_span, format_time, weekday
from stationdesk.domain.words import C_, N_, _
from stationdesk.reports.sheet import SMALL, Column, Facts, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.log import DutyBook, EntryView, NoSuchShiftError, ShiftPages, book_of_day, book_of_shift, last_shift
from stationdesk.services.sheets import letterhead

if TYPE_CHECKING:
    from stationdesk.services import Store
    from stationdesk.services.items import ItemView

WIDTHS = (18, 0, 18, 0, 18, 0)


class SubjectError(DomainError):
    """No shift and no day."""

    words = N_("“{subject}” is neither a shift's number nor a day like 2026-11-20.")


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "12" a shift, "2026-11-20" a day, "" the last shift. NoSuchShiftError, NoShiftOfDayError, SubjectError."""
    book = _book(store, subject, store.clock())
    first = book.shifts[0].shift
    head = letterhead(store, first.starts_at)
    with words.speaking(language):
        return Sheet(
            title=_("Duty log"),
            company=str(head.company),
            station=str(head.station),
            number=f"ZB-{first.day:%Y%m%d}" + ("" if book.day else f"-{first.shift_id}"),
            language=language,
            sections=_sections(book, str(head.station)),
            watermark=_("Trial operation") if head.trial else "",
        )


def _book(store: Store, subject: str, at: datetime) -> DutyBook:
    if not subject:
        last = last_shift(store)
        if last is None:
            raise NoSuchShiftError(shift="—")
        return book_of_shift(store, last, at)
    if subject.isdecimal():
        return book_of_shift(store, int(subject), at)
    try:
        day = date.fromisoformat(subject)
    except ValueError:
        raise SubjectError(subject=subject[:40]) from None
    return book_of_day(store, day, at)


def _sections(book: DutyBook, station: str) -> list[Section]:
    several = len(book.shifts) > 1
    made: list[Section] = [Facts("facts", bands=_bands(book, station), widths=WIDTHS), _entries(book, several)]
    if any(pages.items for pages in book.shifts):
        made.append(_orders(book))
    return [*made, Signatures("signatures", cells=_cells(book))]


def _bands(book: DutyBook, station: str) -> list[list[tuple[str, Text]]]:
    day = book.shifts[0].shift.day
    bands: list[list[tuple[str, Text]]] = [[(_("Station"), station), (_("Date"), f"{format_date(day)} {weekday(day)}")]]
    for pages in book.shifts:
        shift = pages.shift
        span = format_span(Stretch(shift.starts_at, shift.ends_at), book.zone)
        named = " ".join(part for part in (str(shift.name), span, str(shift.crew_name)) if part)
        bands.append([(_("Shift"), named), (C_("sheet", "Leader"), shift.leader), (_("On duty"), _(", ").join(pages.people))])
    return bands


def _entries(book: DutyBook, several: bool) -> Table:
    columns = [
        Column("no", C_("sheet", "No."), 14, "right"),
        Column("time", _("Time"), 22),
        *([Column("shift", _("Shift"), 16)] if several else []),
        Column("category", _("Category"), 24),
        Column("text", _("What happened")),
        Column("person", C_("log", "By"), 18),
    ]
    rows = [_row(each, pages, book) for pages in book.shifts for each in pages.entries]
    return Table("entries", "", columns, rows, empty=_("Nothing was written in this shift."))


def _row(entry: EntryView, pages: ShiftPages, book: DutyBook) -> Row:
    same_day = day_of(entry.time, book.zone) == pages.shift.day
    return {
        "no": Run(str(entry.entry_id)),
        "time": format_time(entry.time, book.zone) if same_day else format_moment(entry.time, book.zone),
        "shift": str(pages.shift.name),
        "category": str(entry.category_name),
        "text": _text(entry, book.zone),
        "person": entry.person or Run(_("no name yet"), bold=True),
    }


def _text(entry: EntryView, zone: ZoneInfo) -> Text:
    notes = _("; ").join(_notes(entry, zone))
    struck = entry.corrected_by is not None
    said = [Run(entry.text, grey=struck, struck=struck)]
    return [*said, Run(f"\n{notes}", grey=True, size=SMALL)] if notes else said


def _notes(entry: EntryView, zone: ZoneInfo) -> list[str]:
    found = []
    if entry.corrects_id is not None:
        found.append(_("corrects {number}").format(number=entry.corrects_id))
    if entry.corrected_by is not None:
        found.append(_("corrected by {number}").format(number=entry.corrected_by))
    if entry.late or entry.corrects_id is not None:
        found.append(_("late entry, written {time}").format(time=format_moment(entry.at, zone)))
    if entry.after_close:
        found.append(_("added after the handover"))
    if entry.claimed_at is not None:
        found.append(_("name given {time}").format(time=format_moment(entry.claimed_at, zone)))
    return found + [_("hazard {number}").format(number=number) for _id, number in entry.hazards]


def _orders(book: DutyBook) -> Table:
    columns = [
        Column("number", C_("hazard", "No."), 32),
        Column("text", C_("item", "Text")),
        Column("whom", _("From"), 26),
        Column("taken", C_("step", "order taken"), 22),
        Column("back", C_("step", "read back"), 22),
        Column("done", _("Report back"), 40),
    ]
    rows = [_order(each, book.zone) for pages in book.shifts for each in pages.items]
    return Table("orders", _("Dispatch orders and instructions"), columns, rows)


def _order(item: ItemView, zone: ZoneInfo) -> Row:
    def time(moment: datetime | None) -> str:
        return format_moment(moment, zone) if moment else "—"

    done: Text = f"{time(item.done_at)} {item.done_by}\n{item.done_words}" if item.done_at else Run(C_("item", "open"), bold=True)
    back = time(item.read_back_at) if item.kind is ItemKind.ORDER else ""
    return {"number": item.number, "text": item.text, "whom": item.from_whom, "taken": time(item.opened_at), "back": back, "done": done}


def _cells(book: DutyBook) -> list[Signature]:
    return [
        Signature("operator", _("Operator on duty")),
        Signature("leader", _("Shift leader")),
        Signature("chief", _("Station chief")),
    ]
