"""The hazards page: what is open by deadline, and beside it the life of the current one or the form being filled in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from stationdesk.domain.words import C_, _, n_
from stationdesk.services import NOBODY, hazards, items
from stationdesk.services.hazards import HazardLife, HazardView
from stationdesk.services.items import ItemLife
from stationdesk.ui.hazards.board import HAZARDS, TABS, Board, board, matches
from stationdesk.ui.hazards.forms import take_words
from stationdesk.ui.hazards.lists import Row, empty_words, hazard_table, item_table, row_id, tab_words
from stationdesk.ui.hazards.side import Origin, Side
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Page, page_head
from stationdesk.ui.widgets.spoken import said
from stationdesk.ui.widgets.table import Table

SIDE, MINUTE_MS = 332, 60_000


class HazardsPage(Page):
    """Alt 1–4 choose the list, N begins a new one, the letters on the buttons at the right take a step."""

    name = "hazards"
    kinds = frozenset({"hazard", "hazard_step", "open_item", "carried", "duty_spell", "shift", "station_list", "role_grant", "person"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.board: Board | None = None
        self.tab = HAZARDS
        self.done = False
        self._wanted: tuple[str, int] | None = None
        self._pending: Origin | None = None
        self._make_parts()
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Hazards")

    # Parts
    def _make_parts(self) -> None:
        self.fact = Line("", "body text-2", elide=True)
        self.new = Button(self._new_words, icon="plus", key="N", on_click=self.begin)
        self.print_button = Button(lambda: _("Print"), icon="printer", on_click=self._print)
        self.tabs = Choice([Option(tab, self._tab_words(tab)) for tab in TABS], lambda: _("Lists"))
        self.tabs.choose(HAZARDS)
        self.closed = Choice(
            [Option(False, lambda: C_("list", "open")), Option(True, lambda: C_("list", "closed"))], lambda: _("Open or closed")
        )
        self.closed.choose(False)
        self.search = Field("", hint=lambda: _("Filter by number, place, words, person"), below=False)
        self.empty = EmptyState(lambda: empty_words(self.tab, self.done))
        self.empty_items = EmptyState(lambda: empty_words(self.tab, self.done))
        self.hazards = hazard_table(self.runner.zone, self.empty)
        self.items = item_table(self.runner.zone, self.empty_items)
        self.tables = QStackedWidget()
        self.side = Side(self.runner)
        self.side.setFixedWidth(SIDE)

    def _lay_out(self) -> None:
        self.tables.addWidget(self.hazards)
        self.tables.addWidget(self.items)
        bar = row(self.tabs, self.closed, self.search, sides=16, spacing=12)
        bar.addStrut(48)
        bar.setStretchFactor(self.search, 1)
        left = Card(bar, rule(), self.tables, sides=0)
        left.body.setStretch(2, 1)
        middle = row(left, self.side, spacing=16)
        middle.setStretchFactor(left, 1)
        self.lay_out(page_head(lambda: _("Hazards"), self.fact, self.print_button, self.new), middle)
        self.show_keys(
            [
                ("Alt 1–4", lambda: C_("key", "list")),
                ("N", lambda: C_("key", "new")),
                ("Ctrl F", lambda: C_("key", "filter")),
                ("Ctrl Enter", lambda: C_("key", "send")),
                ("Esc", lambda: C_("key", "back")),
            ]
        )

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.show_tab)
        self.closed.chosen.connect(self._show_done)
        self.search.edited.connect(self._filter)
        for table in (self.hazards, self.items):
            table.current.connect(self._current)
        self.side.done.connect(self._made)
        self.side.left.connect(self._to_list)
        self.side.go.connect(self.go)
        self.side.tell.connect(self.tell)
        self.runner.actor_changed.connect(self._person_changed)
        self._clock = QTimer(self, interval=MINUTE_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        shortcut(self, "Ctrl F", self.search.take_focus)
        for n, tab in enumerate(TABS, 1):
            shortcut(self, f"Alt {n}", partial(self._choose_tab, tab))

    def _tab_words(self, tab: str) -> Callable[[], str]:
        def words() -> str:
            count = len(self.board.of(tab)) if self.board and not self.done else 0
            return f"{said(tab_words(tab))} {count}" if count else said(tab_words(tab))

        return words

    def _new_words(self) -> str:
        return C_("hazard", "Raise a hazard") if self.tab == HAZARDS else said(take_words(self.tab))

    # Loading
    def reload(self) -> None:
        person = (self.runner.actor or NOBODY).person_id
        self.runner.query(self, board, self.done, person, self.runner.now(), on_done=self._show)

    def tick(self) -> None:
        """A deadline passes by itself."""
        if self.isVisible():
            self.reload()

    def _show(self, found: Board) -> None:
        if found.done != self.done:
            return
        first = self.board is None
        self.board = self.side.board = found
        for each in self.tabs.segments:
            each.reword()
        self.new.keep_for(found.refusals.get("raise_hazard" if self.tab == HAZARDS else "open_item"))
        self._fill()
        self._say_fact()
        if first and self.isVisible() and isinstance(self.window().focusWidget(), Button):
            self.table().setFocus()  # before the answer the table could not take the keyboard
        if self._pending is not None:
            origin, self._pending = self._pending, None
            self.side.raise_hazard(origin)

    def _fill(self) -> None:
        """The rows of the tab that match; the wanted or else the first one is current."""
        if self.board is None:
            return
        words = self.search.text()
        rows = [each for each in self.board.of(self.tab) if matches(each, words, self.runner.zone)]
        table = self.table()
        table.show_rows(rows)
        wanted, self._wanted = self._wanted, None
        led = wanted is not None and table.select_key(wanted)
        if not led and table.current_row() is None and rows:
            table.select_key(row_id(rows[0]))
        self._current(table.current_row())

    def _say_fact(self) -> None:
        assert self.board is not None
        count, late = self.board.count, self.board.overdue()
        if self.done:
            self.fact.say("")
        elif late:
            self.fact.say(lambda: _("{open}, {late} past the deadline").format(open=_open_words(count), late=late))
        else:
            self.fact.say(lambda: _open_words(count))

    def table(self) -> Table:
        """The table on screen."""
        return cast("Table", self.tables.currentWidget())

    # Where one is
    def show_target(self, target: object) -> None:
        """A hazard's id, ("item", id), or ("raise", text, source kind, source id, time) for the form."""
        if isinstance(target, int):
            self._lead(("hazard", target))
        elif isinstance(target, tuple) and target[0] == "item":
            self._lead(("item", target[1]))
        elif isinstance(target, tuple) and target[0] == "raise":
            self._choose_tab(HAZARDS)
            self._pending = Origin(*target[1:])
            self.reload()

    def _lead(self, key: tuple[str, int]) -> None:
        """To a row, in whichever list it is: open or closed, hazards or one of the items."""
        query = hazards.hazard_life if key[0] == "hazard" else items.item_life
        person = (self.runner.actor or NOBODY).person_id
        self._wanted = key
        self.runner.query(self, query, key[1], self.runner.now(), person, on_done=self._led)

    def _led(self, life: HazardLife | ItemLife) -> None:
        tab = HAZARDS if isinstance(life, HazardLife) else str(life.item.kind)
        ended = life.hazard.closed_at if isinstance(life, HazardLife) else life.item.done_at
        wanted = self._wanted
        self.search.set_text("")
        self.closed.choose(ended is not None)
        self.done = ended is not None
        self._choose_tab(tab)
        self._wanted = wanted
        self.reload()

    def _choose_tab(self, tab: str) -> None:
        self.tabs.choose(tab)
        self.show_tab(tab)

    def show_tab(self, tab: str) -> None:
        """Another list."""
        self.tab = tab
        self.tables.setCurrentWidget(self.hazards if tab == HAZARDS else self.items)
        for each in (self.empty, self.empty_items):
            each.text.reword()
        self.new.reword()
        self._fill()
        self.table().setFocus()

    def _show_done(self, done: bool) -> None:
        self.done = done
        for each in (self.empty, self.empty_items):
            each.text.reword()
        self.reload()

    def _filter(self, _words: str) -> None:
        self._fill()

    def _current(self, found: Row | None) -> None:
        if found is None:
            self.side.show_life(None)
            return
        person, now = (self.runner.actor or NOBODY).person_id, self.runner.now()
        if isinstance(found, HazardView):
            self.runner.query(self, hazards.hazard_life, found.hazard_id, now, person, on_done=self._show_life)
        else:
            self.runner.query(self, items.item_life, found.item_id, now, person, on_done=self._show_life)

    def _show_life(self, life: HazardLife | ItemLife) -> None:
        """The answer for a row that is still the current one."""
        current = self.table().current_row()
        shown = life.hazard if isinstance(life, HazardLife) else life.item
        if current is not None and row_id(current) == row_id(shown):
            self.side.show_life(life)

    def _to_list(self) -> None:
        self.table().setFocus()

    def _person_changed(self, _actor: object) -> None:
        self.side.put_away()
        self.stale = True
        self._load_if_seen()

    # What is begun
    def begin(self) -> None:
        """A new one of the list on screen."""
        if self.tab == HAZARDS:
            self.side.raise_hazard()
        else:
            self.side.open_item(self.tab)

    def _made(self, kind: str, subject_id: int) -> None:
        self._lead((kind, subject_id))
        self.table().setFocus()

    def _print(self) -> None:
        self.go.emit("reports", ("hazards", ""))


def _open_words(count: int) -> str:
    return n_("{n} open", "{n} open", count).format(n=count)
