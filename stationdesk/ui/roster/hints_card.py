"""What is not a breach and yet wants an eye: shifts short of people, an unofficial calendar, nights apart, hours of the quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stationdesk.domain.moments import format_day
from stationdesk.domain.roster import SETS, quarter_of
from stationdesk.domain.words import C_, _, n_
from stationdesk.services.roster import RosterView
from stationdesk.services.shifts import SHIFTS
from stationdesk.ui.roster.board import Board
from stationdesk.ui.roster.model import RosterModel, apart_words
from stationdesk.ui.roster.shown import is_answerable
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import Item, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.text import Text

MOST, FAR = 3, 3


class HintsCard(Card):
    """Says everything anew after each change."""

    def show_board(self, board: Board, model: RosterModel) -> None:
        """The hints of a roster, then the hours of its quarter; the holidays' sheet says nothing of hours."""
        hints = (*_short(model), *_apart(board), *_soft(board), *_calendar(board))
        items: list[Item] = [12, Line(lambda: _("Hints"), "strong"), 4] if hints else [4]
        for words in hints:
            items += [Text(words, "label"), 4]
        if board.sheet == SHIFTS:
            items += [4, rule()] if hints else []
            items += [8, *_hours(board.view)]
            items += [Line(lambda: C_("roster", "Fatigue"), "strong"), 4, Text(_sleepy, "label"), 4, Text(board.view.sleep, "label text-2")]
        self.show_items(*items, 12)
        self.setVisible(bool(hints) or board.sheet == SHIFTS)


def _hours(view: RosterView) -> list[Item]:
    """What is planned of the quarter against what is owed."""
    items: list[Item] = [Line(lambda: _("Hours of the quarter"), "strong"), 4]
    over = max(view.quarter_hours - view.quarter_standard, 0)
    figures = ((_("Planned, mean of a person"), view.quarter_hours), (_("Standard"), view.quarter_standard), (_("Beyond it"), over))
    for label, hours in figures:
        items += [row(Line(label, "label text-2"), None, Line(f"{hours:g} h", "label")), 2]
    first, last = quarter_of(view.first)
    return [*items, Line(f"{format_day(first)}–{format_day(last)}", "label text-2"), 8, rule(), 8]


def _short(model: RosterModel) -> Iterator[str]:
    """Shifts with fewer people than on most days."""
    found = [(kind, n) for kind in model.kinds for n in range(len(model.days)) if model.short(kind.code, n)]
    for kind, n in found[:MOST]:
        day = format_day(model.days[n])
        count, usual = model.counts[kind.code, model.days[n]], model.usual[kind.code]
        words = n_("{day} {shift}: {count} of {usual} person", "{day} {shift}: {count} of {usual} people", usual)
        yield words.format(day=day, shift=kind.name, count=count, usual=usual)
    if len(found) > MOST:
        more = len(found) - MOST
        yield n_("… and {n} more shift short", "… and {n} more shifts short", more).format(n=more)


def _apart(board: Board) -> Iterator[str]:
    """Who has far more or fewer nights than the others."""
    for row_ in board.view.rows:
        if row_.crew.zh and abs(row_.nights_apart) >= FAR:
            yield _("{name}: {nights} nights against the mean of the year").format(name=row_.name, nights=apart_words(row_.nights_apart))


def _soft(board: Board) -> Iterator[str]:
    """What the sets one only compares with would say; wishes have a card of their own."""
    found = [each for each in board.view.breaches if not is_answerable(each)]
    for code, count in sorted(Counter(each.breach.rules for each in found if each.breach.test != "wish").items()):
        yield n_("{rules}: {n} place", "{rules}: {n} places", count).format(rules=SETS[code].name, n=count)


def _calendar(board: Board) -> Iterator[str]:
    if board.view.provisional:
        years = ", ".join(map(str, board.view.provisional))
        yield _("No official calendar for {years} yet: holidays and make-up days may move.").format(years=years)


def _sleepy() -> str:
    return _("Hours on duty for which sleepiness of KSS 7 and more is predicted; a reference, no verdict.")
