"""What was changed in the metering of the last weeks, as lines of one list: switches, replacements, substituted values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.mending import CHANGED, SUBSTITUTED
from stationdesk.domain.moments import format_moment, format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.services.metering.archive_hours import ArchiveFile, archive_files
from stationdesk.services.metering.substitute import MeterChangeView, SubstitutionView, meter_changes, substitutions
from stationdesk.services.metering.switching import SwitchView, switches_view
from stationdesk.services.people import names

WEEKS = timedelta(days=31)
ARROW = "\u2192"
SUBSTITUTED_KIND, CHANGE_KIND, SWITCH_KIND, ARCHIVE_KIND = "substitution", "change", "switch", "archive"


@dataclass(frozen=True)
class Event:
    """One line. id: its kind and the record's; off: it counts no more."""

    id: tuple[str, int]
    time: datetime
    run: str
    what: str
    words: str
    by: str
    off: bool = False
    about: object = None


def events(store: Store, end: datetime, zone: ZoneInfo) -> tuple[Event, ...]:
    """Query: the changes of the weeks up to a time, the newest first."""
    start = end - WEEKS
    found = [_substituted(each, zone) for each in substitutions(store, start, end) if each.value is not None]
    found += [_changed(each) for each in meter_changes(store, start, end)]
    with store.read() as session:
        people = names(session)
    found += [_taken_in(each, zone, people) for each in archive_files(store) if start <= each.at <= end]
    found += [_switched(each) for each in switches_view(store, start, end)]
    return tuple(sorted(found, key=lambda each: (each.time, each.id), reverse=True))


def _substituted(each: SubstitutionView, zone: ZoneInfo) -> Event:
    span = format_time(each.first, zone) if each.first == each.last else f"{format_time(each.first, zone)}–{format_moment(each.last, zone)}"
    what = _("substituted {quantity}").format(quantity=_(SUBSTITUTED[each.quantity]))
    words = f"{span} {shown(each.value or Decimal(0))}, {each.basis}"
    return Event((SUBSTITUTED_KIND, each.substitution_id), each.first, str(each.stream), what, words, each.by, not each.in_force, each)


def _taken_in(each: ArchiveFile, zone: ZoneInfo, people: Mapping[int, str]) -> Event:
    hours = f"{format_moment(each.first, zone)}–{format_moment(each.last, zone)}" if each.first and each.last else ""
    words = _(", ").join(part for part in (each.name, hours) if part)
    return Event(
        (ARCHIVE_KIND, each.import_id), each.at, "", C_("metering", "archive taken in"), words, people.get(each.by_id, ""), about=each
    )


def _switched(each: SwitchView) -> Event:
    sides = (
        (_("{run} taken out at {counters}"), each.out, each.out_counter, each.out_corrected),
        (_("{run} put in at {counters}"), each.into, each.into_counter, each.into_corrected),
    )
    told = [said.format(run=name, counters=_counters(*counts)) for said, name, *counts in sides if name is not None]
    words = _(", ").join([*told, each.reason, _("told: {who}").format(who=each.told)])
    run = str(each.into or each.out or "")
    return Event((SWITCH_KIND, each.switch_id), each.time, run, C_("metering", "runs switched"), words, each.by, each.withdrawn, each)


def _counters(*values: Decimal | None) -> str:
    return " / ".join(shown(each) for each in values if each is not None) or "—"


def _changed(each: MeterChangeView) -> Event:
    text = each.text
    counters = [
        f"{shown(before)} {ARROW} {shown(after)}"
        for before, after in ((text.closing_counter, text.opening_counter), (text.closing_corrected, text.opening_corrected))
        if before is not None and after is not None
    ]
    serials = [f"{text.serial_before} {ARROW} {text.serial_after}".strip()] if text.serial_before or text.serial_after else []
    words = _(", ").join(part for part in (*counters, *serials, text.certificate, text.words) if part)
    return Event((CHANGE_KIND, each.change_id), text.time, str(each.stream), _(CHANGED[text.what]), words, each.by, about=each)


def state_words(each: Event) -> str:
    """Taken back, or nothing."""
    return C_("metering", "taken back") if each.off else ""
