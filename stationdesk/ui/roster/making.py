"""The engine at work for the page: what it found so far, and the ways to stop it."""

from __future__ import annotations

import threading
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal

from stationdesk.domain.words import _, n_
from stationdesk.services import Actor, Store
from stationdesk.services.roster.solve import Dispute, Mended, Solved, find_conflict, repair_roster, solve_roster, warm_engine
from stationdesk.ui.widgets.bar import Bar
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.text import Text

SECONDS = 30.0


class Told(Protocol):
    """Called with the share that is done and what was found; raises once nobody wants the answer any more."""

    def __call__(self, done: float, words: str) -> None: ...


class Found(Protocol):
    """What the engine has so far: the best roster's points, what none can be below; None before there is one."""

    @property
    def seconds(self) -> float: ...
    @property
    def cost(self) -> int | None: ...
    @property
    def bound(self) -> int | None: ...


class Stop(threading.Event):
    """Set by the page: enough, the best so far will do."""


def generate(
    store: Store, actor: Actor, first: date, last: date, stop: Stop, cache: Path | None, *, at: datetime, progress: Told
) -> Solved:
    """A draft by the engine; stopped it keeps the best so far."""
    seen = Seen(progress)
    enough = lambda: seen.wanted() and stop.is_set()  # noqa: E731
    return solve_roster(store, actor, first, last, at=at, seconds=SECONDS, cache=cache, on_progress=seen.take, cancelled=enough)


def mend(store: Store, actor: Actor, day: date, from_day: date, stop: Stop, *, at: datetime, progress: Told) -> Mended:
    """A draft with the fewest changes."""
    seen = Seen(progress)
    return repair_roster(store, actor, day, at=at, from_day=from_day, cancelled=lambda: seen.wanted() and stop.is_set())


def warm(_store: Store, cache: Path, *, progress: Told) -> None:
    """The engine compiled before it is asked for; raises once nobody wants it any more."""
    seen = Seen(progress)
    warm_engine(cache, cancelled=lambda: not seen.wanted())


class Seen:
    """What was told last, told again while nothing new comes: so the work is seen to go on, and to be taken back."""

    def __init__(self, progress: Told) -> None:
        self._progress, self._share, self._words = progress, 0.0, _("Looking for a first roster …")

    def take(self, found: Found) -> None:
        """The engine told something."""
        self._share = min(found.seconds / SECONDS, 1.0)
        if found.cost is not None:
            self._words = found_words(found)
        self._progress(self._share, self._words)

    def wanted(self) -> bool:
        """Always, or it raises."""
        self._progress(self._share, self._words)
        return True


def found_words(found: Found) -> str:
    """Best so far, and what no roster can be below."""
    if found.bound is None:
        return _("Best so far: {cost} points").format(cost=found.cost)
    return _("Best so far: {cost} points; none below {bound}").format(cost=found.cost, bound=max(found.bound, 0))


class MakingCard(Card):
    """stopped: enough. Seen while the engine works."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(look="strong")
        self.title = Line("", "strong")
        self.words, self.bar = Text("", "label"), Bar()
        self.enough = Button(lambda: _("Take the best so far"), look="small", on_click=self.stopped.emit)
        self.show_items(12, self.title, 8, self.bar, 4, self.words, 8, row(self.enough, None), 12)
        self.hide()

    def begin(self, title: str, *, enough: bool) -> None:
        """The engine begins; enough: whether there is a best so far to take."""
        self.title.say(title)
        self.words.say("")
        self.bar.show_share(0)
        self.enough.setVisible(enough)
        self.show()

    def progress(self, done: float, words: str) -> None:
        """What it found."""
        self.bar.show_share(done)
        self.words.say(words)


def solved_words(solved: Solved) -> str:
    """What a generated draft is worth."""
    if solved.status == "optimal":
        worth = _("{points} points, proved to be the best").format(points=solved.objective)
    else:
        worth = _("{points} points, none can be below {bound}").format(points=solved.objective, bound=solved.lower_bound)
    if not solved.short:
        return _("Draft generated: {worth}.").format(worth=worth)
    return _("Draft generated: {worth}. Shifts that miss somebody: {n}.").format(worth=worth, n=len(solved.short))


def mended_words(mended: Mended) -> str:
    """What a repair changes, and who is to be told."""
    told = _(", ").join(mended.told)
    count = len(mended.changes)
    said = n_("Repaired with {n} change, to tell: {people}.", "Repaired with {n} changes, to tell: {people}.", count)
    words = said.format(n=count, people=told)
    return _("{words} Fewer will not do.").format(words=words) if mended.proved else words


def why(store: Store, first: date, last: date, at: datetime) -> Dispute | None:
    """The rules that stand against each other."""
    return find_conflict(store, first, last, at=at)
