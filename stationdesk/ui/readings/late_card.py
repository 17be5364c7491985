"""Late entry (补录): the hours that were not read, to be read from paper now, or to be explained as a range."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from stationdesk.domain.moments import format_moment, format_time
from stationdesk.domain.words import _, n_
from stationdesk.services.readings import GapView, GridView
from stationdesk.ui.readings.asking import DOT
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import Item, column, refill, row, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

MOST = 4


class LateCard(Card):
    """asked(GapView): lead to its first cell. said(GapView, words): why it was not read."""

    asked = Signal(object)
    said = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        self.title = Line(lambda: _("Late entry"), "strong")
        self.count = Line("", "label text-2")
        self.list = stack(spacing=4)
        self.paper = Check(lambda: _("Copied from the paper sheet"))
        self.field = Field("", hint=lambda: _("Or why these hours were not read"), below=False)
        self.chosen: GapView | None = None
        self.gaps: tuple[GapView, ...] = ()
        self.view: GridView | None = None
        super().__init__(12, row(self.title, None, self.count), 8, self.list, 8, self.paper, 8, self.field, 12)
        self.field.entered.connect(self._submit)
        self.field.edit.installEventFilter(self)
        self.hide()

    @property
    def how(self) -> str:
        """How values typed now are marked: typed, or copied from paper."""
        return "paper" if not self.isHidden() and self.paper.isChecked() else "typed"

    def show_view(self, view: GridView) -> None:
        """The ranges of a view, those without words first."""
        before, self.view = self.view, view
        owing = tuple(gap for gap in view.gaps if not gap.words)
        self.gaps = owing
        starts, chosen = {gap.start for gap in owing}, self.chosen
        if self.chosen is None or self.chosen.start not in starts:
            self.chosen = owing[0] if owing else None
        count = len(owing)
        self.count.say(lambda: n_("{count} range", "{count} ranges", count).format(count=count) if count else "")
        if before is None or before.gaps != view.gaps or chosen is not self.chosen:
            layout = self.list.layout()
            assert layout is not None
            refill(layout, *self._lines(view, owing))
            stops = [*(each for each in self.list.findChildren(Button) if each.isEnabled()), self.paper, self.field.edit]
            for one, other in pairwise(stops):
                self.setTabOrder(one, other)  # ranges made anew would come last of all
        self.field.setVisible(self.chosen is not None)

    def _lines(self, view: GridView, owing: tuple[GapView, ...]) -> list[Item]:
        items: list[Item] = [self._button(gap, view) for gap in owing[:MOST]]
        if not owing:
            items.append(Line(lambda: _("Every hour of this day is read or explained."), "label text-2", elide=True))
        said = [gap for gap in view.gaps if gap.words][: MOST - 1]
        items += [column(Line(_range(gap, view), "label"), Line(plain(_said(gap)), "label text-2", elide=True)) for gap in said]
        return items

    def _button(self, gap: GapView, view: GridView) -> Button:
        words = lambda: DOT.join((_range(gap, view), _("{points} of {of} missing").format(points=gap.points, of=gap.of)))  # noqa: E731
        chosen = self.chosen is not None and self.chosen.start == gap.start
        return Button(words, look="chip", role="label-strong" if chosen and len(self.gaps) > 1 else "", on_click=lambda: self._choose(gap))

    def _choose(self, gap: GapView) -> None:
        self.chosen = gap
        if self.view is not None:
            self.show_view(self.view)
        self.asked.emit(gap)

    def take_focus(self) -> None:
        """To the words why; where there are several ranges, to the first of them."""
        first = self.list.findChild(Button) if len(self.gaps) > 1 else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.take_focus()

    def refuse(self, words: str) -> None:
        """The words could not be saved; they stay."""
        self.field.error(words)

    def clear(self) -> None:
        """The words were saved."""
        self.field.set_text("")
        self.field.error()

    def _submit(self) -> None:
        if self.chosen is not None:
            self.said.emit(self.chosen, self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False


def _range(gap: GapView, view: GridView) -> str:
    start = format_moment(gap.start, view.zone)
    return start if gap.start == gap.end else f"{start}–{format_time(gap.end, view.zone)}"


def _said(gap: GapView) -> str:
    return _("{words} ({name})").format(words=gap.words, name=gap.by)
