"""The card: a surface with a hairline, and a head of 36 where it has a title."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from stationdesk.ui.widgets.layout import Item, column, refill, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words

SIDE, HEAD = 16, 35


class Card(QFrame):
    """Items go below each other, 16 from the sides (sides=0 for a table that fills it). look: "" amber red ask strong.
    fact: one quiet line or link at the right of the head."""

    def __init__(
        self,
        *items: Item,
        title: Words = "",
        fact: QWidget | None = None,
        look: str = "",
        high: int = 0,
        right: int = SIDE,
        sides: int = SIDE,
    ) -> None:
        super().__init__()
        self.setProperty("look", look)
        if high:
            self.setFixedHeight(high)
        self.body = column(*items)
        self.body.setContentsMargins(sides, 0, right if sides else 0, 0)
        whole = column(owner=self)
        self.title_line: Line | None = None
        if title:
            self.title_line = Line(title, "strong")
            head = QWidget()
            head.setFixedHeight(HEAD)
            row(self.title_line, None, fact, owner=head).setContentsMargins(SIDE, 1, SIDE, 0)
            whole.addWidget(head)
            whole.addWidget(rule())
        whole.addLayout(self.body, 1)
        whole.addStretch(0)  # takes the room that a body of limited height leaves, so that the head keeps its place

    def show_items(self, *items: Item) -> None:
        """Other items in place of those there; the old widgets are deleted."""
        refill(self.body, *items)

    def set_look(self, look: str) -> None:
        """Another look: the sheet must be asked again."""
        if self.property("look") != look:
            self.setProperty("look", look)
            restyled(self)


def restyled(widget: QWidget) -> None:
    """Make the sheet look again at a property its selectors use."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
