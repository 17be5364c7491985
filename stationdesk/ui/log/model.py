"""The stream as a model: entries newest first, one page after the other as one scrolls. It shows the first of a million at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from stationdesk.domain.moments import day_of, format_moment
from stationdesk.domain.words import _
from stationdesk.services.log import PAGE, EntryView

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class StreamModel(QAbstractListModel):
    """show_first() begins anew, add() goes on below, freshen() brings what came meanwhile and keeps the rest."""

    #: the entries below this number are wanted
    more = Signal(int)

    def __init__(self, zone: ZoneInfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zone = zone
        self.entries: list[EntryView] = []
        self.whole = True  # nothing older is left to ask for
        self.asking = False

    def show_first(self, page: Sequence[EntryView]) -> None:
        """The first page of another filter."""
        self.beginResetModel()
        self.entries = list(page)
        self.whole, self.asking = len(page) < PAGE, False
        self.endResetModel()

    def add(self, page: Sequence[EntryView]) -> None:
        """The next page; one that does not go on where the stream ends is no longer wanted."""
        if not page or not self.entries or page[0].entry_id < self.entries[-1].entry_id:
            self.whole = len(page) < PAGE
            if page:
                first = len(self.entries)
                self.beginInsertRows(NO_INDEX, first, first + len(page) - 1)
                self.entries += page
                self.endInsertRows()
        self.asking = False  # only now: who hears of the rows may ask for more at once

    def freshen(self, page: Sequence[EntryView]) -> int:
        """The first page once more: newer entries go on top, changed ones change; how many are new. A gap begins the stream anew, and
        so do entries that are gone since a backup was put back."""
        top = self.entries[0].entry_id if self.entries else 0
        new = [each for each in page if each.entry_id > top]
        if not self.entries or (len(new) == len(page) == PAGE) or self._gone(page[len(new) :], last=len(page) < PAGE):
            self.show_first(page)
            return len(page)
        if new:
            self.beginInsertRows(NO_INDEX, 0, len(new) - 1)
            self.entries[:0] = new
            self.endInsertRows()
        for each in page[len(new) :]:
            self.change(each)
        self._strike({each.corrects_id: each.entry_id for each in new if each.corrects_id is not None})
        return len(new)

    def _gone(self, known: Sequence[EntryView], *, last: bool) -> bool:
        """Whether other entries stand at the top than these, which are shown already; last: there are no more below them."""
        shown = self.entries if last else self.entries[: len(known)]
        return [each.entry_id for each in shown] != [each.entry_id for each in known]

    def _strike(self, corrected: dict[int, int]) -> None:
        """Entries deep in the stream that a new one corrects."""
        from dataclasses import replace

        for old, new in corrected.items():
            at = self.row_of(old)
            if at >= 0 and self.entries[at].corrected_by is None:
                self.change(replace(self.entries[at], corrected_by=new))

    def change(self, entry: EntryView) -> None:
        """An entry that is shown, as it is now."""
        at = self.row_of(entry.entry_id)
        if at >= 0 and self.entries[at] != entry:
            self.entries[at] = entry
            self.dataChanged.emit(self.index(at), self.index(at))

    def row_of(self, entry_id: int) -> int:
        """Where an entry stands, −1 if it is not there: numbers fall from top to bottom."""
        low, high = 0, len(self.entries)
        while low < high:
            middle = (low + high) // 2
            if self.entries[middle].entry_id > entry_id:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.entries) and self.entries[low].entry_id == entry_id else -1

    def at(self, index: Index) -> EntryView | None:
        """The entry of an index."""
        return self.entries[index.row()] if index.isValid() and index.row() < len(self.entries) else None

    def day(self, row: int) -> date:
        """The day an entry was written on: the stream's heading."""
        return day_of(self.entries[row].at, self.zone)

    def heads_day(self, row: int) -> bool:
        """Whether the heading of its day stands above the row."""
        return row == 0 or self.day(row) != self.day(row - 1)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self.whole and not self.asking and bool(self.entries)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self.asking = True
            self.more.emit(self.entries[-1].entry_id)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.at(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = _("{time} {category}: {text}, {person}, entry {number}")
            time, person = format_moment(entry.time, self.zone), entry.person or _("no name yet")
            return words.format(time=time, category=entry.category_name, text=entry.text, person=person, number=entry.entry_id)
        if role == Qt.ItemDataRole.UserRole:
            return entry
        return None
