"""遗留事项与隐患: what is open, by deadline, with the number it was born with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import C_, _
from stationdesk.ui.now.fitting import Fitting
from stationdesk.ui.now.press import Entry
from stationdesk.ui.now.wording import deadline_words, until_words
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import Item, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services.hazards import HazardView
    from stationdesk.services.items import ItemView
    from stationdesk.services.now import NowView


@dataclass(frozen=True)
class Open:
    """A hazard or an item alike."""

    kind: str  # hazard, item, order, instruction
    number: str
    text: str
    owner: str
    deadline: datetime | None
    overdue: bool
    target: object


def opens(view: NowView) -> list[Open]:
    """All that is open, what is due first at the top, what has no deadline at the end."""
    found = [*map(_hazard, view.hazards), *map(_item, view.items)]
    return sorted(found, key=lambda each: (each.deadline is None, each.deadline or view.at))


def _hazard(each: HazardView) -> Open:
    text = _("{place}: {text}").format(place=each.place, text=each.text) if each.place else each.text
    return Open("hazard", each.number, text, each.owner, each.deadline, each.overdue, each.hazard_id)


def _item(each: ItemView) -> Open:
    return Open(str(each.kind), each.number, each.text, each.owner or each.from_whom, each.deadline, each.overdue, ("item", each.item_id))


def _kind_words(kind: str) -> str:
    return {"hazard": C_("open item", "Hazard"), "order": C_("open item", "Order"), "instruction": C_("open item", "Instruction")}.get(
        kind, C_("open item", "Carried")
    )


class CarriedCard(Card):
    """asked(page, target): a line, or all of them."""

    asked = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        self.all = Button(lambda: _("All"), look="link", role="label", on_click=lambda: self.asked.emit("hazards", None))
        super().__init__(title=lambda: _("Open items and hazards"), fact=self.all)
        self.runner = runner
        self._shown: object = None
        self.rows = Fitting(least=1, grows=2)
        self.nothing = Line(lambda: _("Nothing is carried over."), "body text-2", elide=True)
        self.show_items(2, row(self.nothing), self.rows, 4)

    def show_view(self, view: NowView) -> None:
        """What is open now."""
        shown = view.hazards, view.items
        if shown == self._shown:
            return
        self._shown = shown
        found = opens(view)
        self.all.say(lambda: _("all {n}").format(n=len(found)) if found else _("All"))
        self.nothing.setVisible(not found)
        self.nothing.setMinimumHeight(0 if found else 36)
        self.rows.least = min(len(found), 2)
        self.rows.fill([self._row(each, n == 0) for n, each in enumerate(found)])

    def _row(self, each: Open, first: bool) -> QWidget:
        now, zone = self.runner.now, self.runner.zone
        ink = "red-fg" if each.overdue else "text-2"
        facts = Line(lambda: _facts(each), "label text-2", elide=True)
        due, left = _deadline(each, lambda: deadline_words(each.deadline or now(), now(), zone), lambda: _left(each, now()), ink)
        above = row(Line(plain(each.text), elide=True), None, due)
        items: list[Item] = [5, above, row(facts, None, left), 4]
        made = Entry(*items) if first else Entry(rule(), *items)
        made.lead_to(lambda: self.asked.emit("hazards", each.target), lambda: f"{each.number} {each.text}")
        return made


def _deadline(each: Open, due: Callable[[], str], left: Callable[[], str], ink: str) -> tuple[Line | None, Line | None]:
    if each.deadline is None:
        return None, None
    return Line(due), Line(left, f"label {ink}")


def _left(each: Open, now: datetime) -> str:
    return until_words(each.deadline, now) if each.deadline else ""


def _facts(each: Open) -> str:
    head = f"{_kind_words(each.kind)} {plain(each.number)}"
    return C_("facts", "·").join([head, plain(each.owner)]) if each.owner else head
