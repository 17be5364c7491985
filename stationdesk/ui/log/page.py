"""The log page: write at the top, read below, the current entry at the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.words import C_, _, n_
from stationdesk.services import NOBODY, Actor, Store, log
from stationdesk.services.drafts import load_draft, save_draft
from stationdesk.services.log import Category, EntryView, LogFilter
from stationdesk.services.permissions import refusals
from stationdesk.services.shifts import ShiftView
from stationdesk.ui.log.entry_card import EntryCard
from stationdesk.ui.log.filters import Filters
from stationdesk.ui.log.model import StreamModel
from stationdesk.ui.log.stream import Stream
from stationdesk.ui.log.writer import Writer, Written
from stationdesk.ui.runner import Runner
from stationdesk.ui.runner.task import Task
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import row, rule, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Notice, Page, page_head

SIDE = 260
DRAFT = "log.entry"
ASKS = ("write_log", "claim_entry", "raise_hazard")


@dataclass(frozen=True)
class Choices:
    """What the page's lists offer, and what the person at the desk may not do."""

    categories: tuple[Category, ...]
    shifts: tuple[ShiftView, ...]
    refusals: dict[str, NotAllowedError]


def choices(store: Store, person_id: int, at: datetime) -> Choices:
    """All that is asked at once when the page is shown."""
    return Choices(log.categories(store, at), log.recent_shifts(store), refusals(store, person_id, ASKS, at))


class LogPage(Page):
    """F6 writes, Ctrl F searches, C corrects, H raises a hazard, N gives a name, Enter unfolds."""

    name = "log"
    kinds = frozenset({"log_entry", "log_claim", "shift", "station_list", "hazard", "duty_spell", "role_grant"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.refusals: dict[str, NotAllowedError] = {}
        self.wanted = LogFilter()
        self._shown: LogFilter | None = None
        self._older = False  # the stream begins at an entry somebody asked for
        self._asked: Task | None = None
        self._target: int | None = None
        self._writer: Actor | None = None
        self._make_parts()
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Log")

    # Parts
    def _make_parts(self) -> None:
        self.fact = Line("", "body text-2", elide=True)
        self.print_button = Button(lambda: _("Print"), icon="printer", on_click=self._print)
        self.writer = Writer(self.runner.now, self.runner.zone)
        self.filters = Filters(lambda: self.runner.local().date(), self.runner.zone)
        self.model = StreamModel(self.runner.zone, self)
        self.stream = Stream(self.model, EmptyState(self._empty_words))
        self.stream.setAccessibleName(_("Log"))
        self.card = EntryCard(self.runner.zone)
        self.card.hide()

    def _lay_out(self) -> None:
        reading = Card(self.filters, rule(), self.stream, sides=0)
        reading.body.setStretch(2, 1)
        middle = row(reading, stack(self.card, None, wide=SIDE), spacing=16)
        middle.setStretchFactor(reading, 1)
        self.lay_out(page_head(lambda: _("Log"), self.fact, self.print_button), self.writer, middle)
        self.show_keys(
            [
                ("F6", lambda: C_("key", "write")),
                ("Ctrl F", lambda: C_("key", "search")),
                ("C", lambda: C_("key", "correct")),
                ("H", lambda: C_("key", "hazard")),
                ("Enter", lambda: C_("key", "unfold")),
            ]
        )

    def _connect(self) -> None:
        self.model.more.connect(self._ask_more)
        self.filters.changed.connect(self._filter)
        self.filters.left.connect(self._to_stream)
        self.stream.current.connect(self._show_current)
        self.writer.written.connect(self._write)
        self.writer.left.connect(self._to_stream)
        self.writer.on_draft(self._keep)
        self.card.correct_asked.connect(self.correct)
        self.card.hazard_asked.connect(self.raise_hazard)
        self.card.claim_asked.connect(self.claim)
        self.card.picked.connect(self._go_to)
        self.card.hazard_picked.connect(partial(self.go.emit, "hazards"))
        self.runner.actor_changed.connect(self._person_changed)
        shortcut(self, "F6", self.writer.take_focus)
        shortcut(self, "Ctrl F", self.filters.take_focus)
        for n in range(1, 10):
            shortcut(self, f"Alt {n}", partial(self.writer.choose, n))

    # Loading
    def reload(self) -> None:
        actor = self.runner.actor or NOBODY
        self.runner.query(self, choices, actor.person_id, self.runner.now(), on_done=self._show_choices)
        self._ask()
        if actor != self._writer:
            self._writer = actor
            self.runner.query(self, load_draft, actor.person_id, DRAFT, on_done=self._restore)

    def _show_choices(self, found: Choices) -> None:
        self.refusals = found.refusals
        self.writer.show_categories(found.categories)
        self.filters.show_choices(found.categories, found.shifts)
        refusal = found.refusals.get("write_log")
        self.writer.send.keep_for(refusal)
        self.writer.field.setEnabled(refusal is None)
        self._show_current(self.stream.current_entry())

    def _ask(self) -> None:
        """The first page; what was asked before is no longer wanted."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self.runner.query(self, log.entries, self.wanted, on_done=self._show_page)

    def _show_page(self, page: tuple[EntryView, ...]) -> None:
        """Another filter begins anew; of the same one what came meanwhile is added, unless one reads an older part."""
        self._asked = None
        if self._shown != self.wanted:
            self._begin(page)
        elif not self._older:
            self.stream.freshen(page)
        self._say_fact()
        self._lead()

    def _begin(self, page: tuple[EntryView, ...]) -> None:
        self._shown, self._older = self.wanted, False
        self.stream.begin(page, self.wanted.text)
        if page:
            self.stream.setCurrentIndex(self.model.index(0))
        self._show_current(self.stream.current_entry())

    def _ask_more(self, before: int) -> None:
        self.runner.query(self, log.entries, self.wanted, before, on_done=self._add)

    def _add(self, page: tuple[EntryView, ...]) -> None:
        self.model.add(page)
        self._say_fact()

    def _filter(self, wanted: LogFilter) -> None:
        self.wanted = wanted
        self._ask()

    def _say_fact(self) -> None:
        count, whole = len(self.model.entries), self.model.whole
        if self._older:
            self.fact.say(lambda: _("An older part of the log; Esc shows the newest"))
        elif self.wanted == LogFilter():
            self.fact.say("")
        elif whole:
            self.fact.say(lambda: n_("{n} entry found", "{n} entries found", count).format(n=count))
        else:
            self.fact.say(lambda: _("more than {n} found").format(n=count))

    def _empty_words(self) -> str:
        if self.wanted == LogFilter():
            return _("What happens in the shift will stand here, newest first. Write the first line above.")
        return _("Nothing in the log fits. Show all with Esc.")

    # Where one is
    def show_target(self, target: object) -> None:
        """An entry number, or "write" for the quick entry."""
        if isinstance(target, int):
            self._go_to(target)
        elif target == "write":
            self.writer.take_focus()

    def take_focus(self) -> None:
        """Writing is what one mostly comes for."""
        self.writer.take_focus()

    def _go_to(self, entry_id: int) -> None:
        if not self.stream.go_to(entry_id):
            self._target = entry_id
            self.filters.show_all()
            self._ask()

    def _lead(self) -> None:
        """To the entry somebody asked for: the pages down to it are fetched in one."""
        if self._target is None:
            return
        target, self._target = self._target, None
        if not self.stream.go_to(target):
            self.runner.query(self, log.entries, self.wanted, target + 1, on_done=self._show_from)

    def _show_from(self, page: tuple[EntryView, ...]) -> None:
        self._older = True
        self.stream.begin(page, "")
        self._say_fact()
        if page:
            self.stream.go_to(page[0].entry_id)

    def _to_stream(self) -> None:
        self.stream.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.stream.currentIndex().isValid() and self.model.entries:
            self.stream.setCurrentIndex(self.model.index(0))

    def _show_current(self, entry: EntryView | None) -> None:
        self.card.show_entry(entry, self.refusals)

    def _print(self) -> None:
        entry = self.stream.current_entry() or (self.model.entries[0] if self.model.entries else None)
        subject = self.wanted.shift_id or (entry.shift_id if entry else None)
        self.go.emit("reports", ("duty-log", "" if subject is None else str(subject)))

    # Writing
    def _write(self, written: Written) -> None:
        send = partial(log.write_entry, time=written.when, corrects_id=written.corrects_id)
        self.runner.command(self, send, written.category, written.text, on_done=self._written, on_error=self.writer.fail)

    def _written(self, entry_id: int) -> None:
        self.writer.done()
        if self.wanted != LogFilter():
            self.tell.emit(Notice(lambda: _("Entry {number} is written.").format(number=entry_id)))

    def _keep(self, draft: str) -> None:
        self.runner.command(self, save_draft, DRAFT, draft)

    def _restore(self, draft: str) -> None:
        if self.writer.empty():
            corrects = self.writer.restore(draft)
            if corrects is not None:
                self.runner.query(self, log.entry, corrects, on_done=self.writer.correct_draft)

    def _person_changed(self, _actor: object) -> None:
        """Everybody has words of their own: those of the one before are kept as their draft."""
        if self._writer is not None and self._writer != (self.runner.actor or NOBODY):
            self.runner.command(self, save_draft, DRAFT, self.writer.draft(), actor=self._writer)
            self.writer.put_away()
        self.stale = True
        self._load_if_seen()

    # What is done with an entry
    def correct(self) -> None:
        """Write a new entry in the place of the current one."""
        entry = self.stream.current_entry()
        if entry is None or "write_log" in self.refusals:
            return
        if entry.corrected_by is not None:
            self.tell.emit(Notice(lambda: _("This entry has its correction: entry {number}.").format(number=entry.corrected_by), "amber"))
            return
        if not self.writer.empty() and self.writer.corrects is None:
            self.tell.emit(Notice(lambda: _("Finish or empty what is being written first."), "amber"))
            return
        self.writer.correct(entry)

    def claim(self) -> None:
        """Put one's name to an emergency record."""
        entry = self.stream.current_entry()
        if entry is not None and entry.unclaimed and "claim_entry" not in self.refusals:
            self.runner.command(self, log.claim_entry, entry.entry_id, on_done=self._claimed)

    def _claimed(self, _nothing: object) -> None:
        entry = self.stream.current_entry()
        if entry is not None:
            self.runner.query(self, log.entry, entry.entry_id, on_done=self._changed_entry)

    def _changed_entry(self, entry: EntryView) -> None:
        self.model.change(entry)
        self._show_current(self.stream.current_entry())

    def raise_hazard(self) -> None:
        """To the form of the hazards page, with the words and the place this came from."""
        entry = self.stream.current_entry()
        if entry is not None and "raise_hazard" not in self.refusals:
            self.go.emit("hazards", ("raise", entry.text, "log_entry", entry.entry_id, entry.time))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._back():
            return
        super().keyPressEvent(event)

    def _back(self) -> bool:
        """One step back: the correction, the filter, an older part of the log; then from writing to reading."""
        if self.writer.corrects is not None:
            self.writer.give_up()
        elif self.wanted != LogFilter():
            self.filters.show_all()
        elif self._older:
            self._shown = None
            self._ask()
        elif self.writer.field.edit.hasFocus():
            self._to_stream()
        else:
            return False
        return True
