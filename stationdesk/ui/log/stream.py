"""The stream on screen: days as bands, entries under them, folded; the current one and words found marked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from stationdesk.domain.moments import day_of, format_day, format_moment, format_time, weekday
from stationdesk.domain.words import language
from stationdesk.services.log import EntryView
from stationdesk.ui.log.model import StreamModel
from stationdesk.ui.log.shape import HEAD, PAD, REMARK, Shape, shape
from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, text_at

EDGE, TIME, CATEGORY, PERSON, NUMBER, GAP = 16, 84, 112, 68, 52, 12
KEPT = 1000  # shapes kept; a page on screen is some twenty

Index = QModelIndex | QPersistentModelIndex


class _Painter(QStyledItemDelegate):
    """Keeps the shapes of what was seen last."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream)
        self.stream = stream
        self.shapes: dict[tuple[object, ...], Shape] = {}

    def shape(self, entry: EntryView) -> Shape:
        """The lines of an entry at the width of now."""
        stream = self.stream
        expanded = entry.entry_id in stream.expanded
        key = (entry, expanded, stream.text_wide(), stream.words, language())
        if key not in self.shapes:
            if len(self.shapes) > KEPT:
                self.shapes.clear()
            self.shapes[key] = shape(entry, stream.text_wide(), expanded, stream.words, stream.stream.zone)
        return self.shapes[key]

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = self.stream.stream.at(index)
        if entry is None:
            return QSize(0, 0)
        head = HEAD if self.stream.stream.heads_day(index.row()) else 0
        return QSize(100, self.shape(entry).high + 1 + head)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, model = self.stream.stream.at(index), self.stream.stream
        if entry is None:
            return
        p.save()
        p.setRenderHints(SMOOTH)
        rect = QRectF(option.rect)
        if model.heads_day(index.row()):
            self._heading(p, rect, index.row())
            rect.setTop(rect.top() + HEAD)
        current = index.row() == self.stream.currentIndex().row()
        if current or index.row() == self.stream.hovered:
            p.fillRect(rect, theme.color("selection" if current else "hover"))
        p.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("hairline"))
        self._entry(p, rect, entry, model.day(index.row()))
        p.restore()

    def _heading(self, p: QPainter, rect: QRectF, row: int) -> None:
        day = self.stream.stream.day(row)
        band = QRectF(rect.left(), rect.top(), rect.width(), HEAD - 1)
        p.fillRect(band, theme.color("header"))
        p.fillRect(QRectF(rect.left(), band.bottom(), rect.width(), 1), theme.color("hairline"))
        text_at(p, rect.left() + EDGE, band.center().y(), f"{format_day(day)} {weekday(day)}", "label", "text")

    def _entry(self, p: QPainter, rect: QRectF, entry: EntryView, day: object) -> None:
        zone, lines = self.stream.stream.zone, self.shape(entry)
        quiet = entry.corrected_by is not None
        ink, middle = "text-2" if quiet else "text", rect.top() + PAD + 10
        same_day = day_of(entry.time, zone) == day
        time = format_time(entry.time, zone) if same_day else format_moment(entry.time, zone)
        text_at(p, rect.left() + EDGE, middle, time, "body", ink)
        x = rect.left() + EDGE + TIME
        category = elided("label", str(entry.category_name), CATEGORY - 8)
        text_at(p, x, middle, category, "label", "text-2")
        right = rect.right() - EDGE
        text_at(p, right, middle, str(entry.entry_id), "label", "text-2", 1)
        person = elided("body", entry.person or "—", PERSON - 4)
        text_at(p, right - NUMBER - PERSON, middle, person, "body", "text-2" if quiet or not entry.person else "text")
        p.setPen(theme.color(ink))
        lines.layout.draw(p, QPointF(x + CATEGORY, rect.top() + PAD))
        self._remarks(p, x + CATEGORY, rect.top() + PAD + lines.lines * 20 + REMARK / 2 - 1, lines)

    def _remarks(self, p: QPainter, x: float, middle: float, lines: Shape) -> None:
        for remark in lines.remarks:
            if remark.icon:
                icons.draw(p, remark.icon, x, middle - 7, 14, remark.tone)
                x += 18
            text_at(p, x, middle, remark.words, "label", remark.tone)
            x += advance("label", remark.words) + 16


class Stream(QListView):
    """current(entry): another one is current, None for none. opened(entry): Enter or double click, after folding it or not."""

    current = Signal(object)

    def __init__(self, model: StreamModel, empty: EmptyState) -> None:
        super().__init__()
        self.stream = model
        self.expanded: set[int] = set()
        self.words = ""
        self.hovered = -1
        self.empty = empty
        self.setModel(model)
        self._painter = _Painter(self)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(20)
        empty.setParent(self.viewport())
        self.doubleClicked.connect(self._toggle)
        self.selectionModel().currentChanged.connect(self._moved)
        model.modelReset.connect(self._show_empty)
        model.rowsInserted.connect(self._show_empty)
        model.dataChanged.connect(self.scheduleDelayedItemsLayout)
        self._show_empty()

    def text_wide(self) -> int:
        """Pixels for the text of an entry."""
        return self.viewport().width() - 2 * EDGE - TIME - CATEGORY - PERSON - NUMBER - GAP

    def current_entry(self) -> EntryView | None:
        """The entry that is current."""
        return self.stream.at(self.currentIndex())

    def go_to(self, entry_id: int) -> bool:
        """Make an entry current and bring it into sight; False if it is not among those loaded."""
        at = self.stream.row_of(entry_id)
        if at >= 0:
            self.setCurrentIndex(self.stream.index(at))
            self.scrollTo(self.stream.index(at))
        return at >= 0

    def begin(self, page: tuple[EntryView, ...], words: str) -> None:
        """The first page of another filter; words: what was searched, to be marked."""
        self.words = words
        self.expanded.clear()
        self.stream.show_first(page)
        self.scrollToTop()

    def freshen(self, page: tuple[EntryView, ...]) -> None:
        """The first page once more; who reads further down stays where he is, who is at the top sees the newest."""
        top = self.stream.at(self.indexAt(self.viewport().rect().topLeft()))
        scrolled, newest = self.verticalScrollBar().value() > 0, self.currentIndex().row() <= 0
        self.stream.freshen(page)
        if newest and not scrolled and self.stream.entries:
            self.setCurrentIndex(self.stream.index(0))
        elif scrolled and top is not None and (at := self.stream.row_of(top.entry_id)) >= 0:
            self.scrollTo(self.stream.index(at), QAbstractItemView.ScrollHint.PositionAtTop)
        self.current.emit(self.current_entry())

    def toggle(self) -> None:
        """Unfold the current entry, or fold it again."""
        self._toggle(self.currentIndex())

    def _toggle(self, index: QModelIndex) -> None:
        entry = self.stream.at(index)
        if entry is None or not self._painter.shape(entry).foldable:
            return
        self.expanded ^= {entry.entry_id}
        self._painter.sizeHintChanged.emit(index)
        self.scrollTo(index)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        self.current.emit(self.stream.at(now))

    def _show_empty(self) -> None:
        self.empty.setVisible(not self.stream.entries)
        self.empty.setGeometry(self.viewport().rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle()
        elif event.text().isprintable() and event.text() and event.key() != Qt.Key.Key_Space:
            event.ignore()  # letters are keys of the page, not a search
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._show_empty()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.scheduleDelayedItemsLayout()
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if not (self.hasFocus() and index.isValid()):
            return
        p = QPainter(self.viewport())
        p.setRenderHints(SMOOTH)
        rect = QRectF(self.visualRect(index))
        if self.stream.heads_day(index.row()):
            rect.setTop(rect.top() + HEAD)
        box(p, QRectF(1, rect.top(), self.viewport().width() - 2, rect.height() - 1), 4, "focus", width=2)
