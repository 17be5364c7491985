"""The grid of hours: groups of figures by stream, the hour at the left, sums that stay at the foot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from stationdesk.domain.words import C_, _
from stationdesk.ui.metering.hours_model import HoursModel, Index
from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, fill, text_at
from stationdesk.ui.widgets.spoken import said

ROW, GROUP, NAMES, FOOT, TIME = 28, 28, 40, 36, 66
HEAD = GROUP + NAMES + 1
PAD, EDGE, NARROWEST, REMARKS, SHARE = 8, 16, 48, 84, 32
FRAME = (3, 2, -4, -3)


class _Heads(QHeaderView):
    """Stream over its columns; below it name and unit."""

    def __init__(self, grid: HoursGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self.grid = grid
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(24)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        column = self.grid.hours.columns[section]
        p.setRenderHints(SMOOTH)
        p.fillRect(rect, theme.color("header"))
        if section == self.grid.currentIndex().column() and column.figure is not None:
            p.fillRect(rect.adjusted(0, GROUP, 0, -1), theme.color("selection"))
        if column.figure is None:
            text_at(p, rect.left() + PAD, GROUP + NAMES / 2, _("Remarks"), "label", "text-2")
        else:
            right, room = rect.right() + 1 - PAD, rect.width() - PAD - 2
            text_at(p, right, GROUP + 12, elided("label", said(column.figure.name), room), "label", "text", 1)
            text_at(p, right, GROUP + 28, column.figure.unit, "label", "text-2", 1)
        if self.grid.ends_group(section):
            fill(p, rect.right(), 0, 1, HEAD, "hairline")
        fill(p, rect.left(), HEAD - 1, rect.width(), 1, "line-strong")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p = QPainter(self.viewport())
        p.setRenderHints(SMOOTH)
        beyond = self.length() - self.offset()
        fill(p, beyond, 0, max(self.width() - beyond, 0), HEAD, "header")
        fill(p, beyond, HEAD - 1, max(self.width() - beyond, 0), 1, "line-strong")
        for start, end, title in self.grid.groups():
            left = self.sectionViewportPosition(start)
            wide = self.sectionViewportPosition(end) + self.sectionSize(end) - left
            text_at(p, left + wide / 2, GROUP / 2, elided("label-strong", title, wide - 8), "label-strong", "text", 0.5)


class _Times(QHeaderView):
    """The hours, as the vertical head: they stay when one scrolls, and are read aloud with every cell."""

    def __init__(self, grid: HoursGrid) -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self.grid = grid
        self.setFixedWidth(TIME)
        self.setMinimumSectionSize(ROW)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        row = self.grid.hours.rows[section]
        p.setRenderHints(SMOOTH)
        p.fillRect(rect, theme.color("selection" if section == self.grid.currentIndex().row() else "surface"))
        fill(p, rect.right(), rect.top(), 1, rect.height(), "hairline")
        fill(p, rect.left(), rect.bottom(), rect.width(), 1, "hairline")
        middle = rect.top() + (rect.height() - 1) / 2
        text_at(p, rect.left() + EDGE, middle, self.grid.hours.label(section), "body", "text-2" if row.coming else "text")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        below = self.length() - self.offset()
        fill(QPainter(self.viewport()), 0, below, self.width(), max(self.height() - below, 0), "surface")


class _Cells(QStyledItemDelegate):
    def __init__(self, grid: HoursGrid) -> None:
        super().__init__(grid)
        self.grid = grid

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, model = QRectF(option.rect), self.grid.hours
        row, section = index.row(), index.column()
        current = row == self.grid.currentIndex().row()
        if current:
            p.fillRect(rect, theme.color("selection"))
        fill(p, rect.left(), rect.bottom() - 1, rect.width(), 1, "hairline")
        if self.grid.ends_group(section):
            fill(p, rect.right() - 1, rect.top(), 1, rect.height(), "hairline")
        p.setRenderHints(SMOOTH)
        if model.columns[section].figure is None:
            self._remark(p, rect, row)
        else:
            self._value(p, rect, row, section)
        if current and section == self.grid.currentIndex().column() and self.grid.hasFocus():
            box(p, rect.adjusted(*FRAME), 4, "focus", width=2)

    def _value(self, p: QPainter, rect: QRectF, row: int, section: int) -> None:
        model = self.grid.hours
        words, figure, level = model.words(row, section), model.columns[section].figure, model.level(row, section)
        middle, right = rect.top() + (rect.height() - 1) / 2, rect.right() - PAD
        if level:
            frame = rect.adjusted(*FRAME)
            box(p, frame, 4, f"{level}-mark", f"{level}-bg")
            sign = "circle-alert" if level == "red" else "triangle-alert"
            if right - advance("strong", words) - frame.left() > 18:
                icons.draw(p, sign, frame.left() + 3, middle - 6, 12, f"{level}-fg")
            text_at(p, right, middle, words, "strong", f"{level}-fg", 1)
            return
        ink = "amber-fg" if words == "—" else "text-2" if figure is not None and figure.quiet else "text"
        text_at(p, right, middle, words, "body", ink, 1)

    def _remark(self, p: QPainter, rect: QRectF, row: int) -> None:
        words, x, middle = self.grid.hours.remark(row), rect.left() + PAD, rect.top() + (rect.height() - 1) / 2
        amber = self.grid.hours.wanting(row)
        if words and amber:
            icons.draw(p, "triangle-alert", x, middle - 7, 14, "amber-fg")
            x += 18
        text_at(p, x, middle, elided("label", words, rect.right() - x - 4), "label", "amber-fg" if amber else "text-2")


class Corner(QWidget):
    """Over Qt's own corner."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        p.fillRect(self.rect(), theme.color("header"))
        text_at(p, EDGE, GROUP + NAMES / 2, _("Hour"), "label", "text-2")
        fill(p, self.width() - 1, 0, 1, self.height(), "hairline")
        fill(p, 0, self.height() - 1, self.width(), 1, "line-strong")


class Foot(QWidget):
    """The sums below the hours; they go sideways with them."""

    def __init__(self, grid: HoursGrid) -> None:
        super().__init__()
        self.grid = grid
        self.setFixedHeight(FOOT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        p.fillRect(self.rect(), theme.color("header"))
        fill(p, 0, 0, self.width(), 1, "line-strong")
        model, middle = self.grid.hours, FOOT / 2
        for n in range(len(model.columns)):
            left = TIME + self.grid.columnViewportPosition(n)
            right = left + self.grid.columnWidth(n) - PAD
            if right > TIME:
                text_at(p, right, middle, model.sum_words(n), "strong", "text", 1)
        p.fillRect(0, 1, TIME, FOOT - 1, theme.color("header"))
        text_at(p, EDGE, middle, C_("metering", "Sum"), "label-strong", "text")

    def words(self) -> str:
        """Read aloud."""
        model = self.grid.hours
        return ", ".join(f"{model.title(n)} {words}" for n in range(len(model.columns)) if (words := model.sum_words(n)))


class HoursGrid(QTableView):
    """moved(): another cell. picked(): Enter or a double click on an hour."""

    moved = Signal()
    picked = Signal()

    def __init__(self, model: HoursModel) -> None:
        super().__init__()
        self.hours = model
        self._kept: tuple[object, str | None] = (None, None)
        self.setHorizontalHeader(_Heads(self))
        self.setVerticalHeader(_Times(self))
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self._dress()
        self.corner, self.foot = Corner(self), Foot(self)
        self.horizontalScrollBar().valueChanged.connect(self.foot.update)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._fit)
        self.doubleClicked.connect(lambda _index: self.picked.emit())

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font("body"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Gas by hour and run"))

    # Columns
    def ends_group(self, section: int) -> bool:
        """The last of a stream's columns."""
        columns = self.hours.columns
        return section + 1 < len(columns) and columns[section].group != columns[section + 1].group

    def groups(self) -> list[tuple[int, int, str]]:
        """First and last column of each stream, and its name."""
        found: list[tuple[int, int, str]] = []
        start = 0
        for n, column in enumerate(self.hours.columns):
            if self.ends_group(n) or n == len(self.hours.columns) - 1:
                found.append((start, n, column.group))
                start = n + 1
        return [each for each in found if each[2]]

    def _wide(self, section: int) -> int:
        model, column = self.hours, self.hours.columns[section]
        if column.figure is None:
            return REMARKS
        texts = [
            advance("label", said(column.figure.name)),
            advance("label", column.figure.unit),
            advance("strong", model.sum_words(section)),
        ]
        texts += [advance("strong", model.words(n, section)) for n in range(len(model.rows))]
        return max(round(max(texts)) + 2 * PAD + (10 if column.figure.signed else 0), NARROWEST)

    def _fit(self) -> None:
        wides = [self._wide(n) for n in range(len(self.hours.columns))]
        for start, end, title in self.groups():
            wides[end] += max(round(advance("label-strong", title)) + 2 * PAD - sum(wides[start : end + 1]), 0)
        if wides:
            spare = max(self.viewport().width() - sum(wides), 0)
            share = min(spare // 2 // max(len(wides) - 1, 1), SHARE)
            wides = [*(wide + share for wide in wides[:-1]), wides[-1]]
            wides[-1] += max(self.viewport().width() - sum(wides), 0)
        for n, wide in enumerate(wides):
            self.setColumnWidth(n, wide)
        self._return()
        self.foot.setAccessibleName(self.foot.words())
        self.foot.update()

    # Where one is
    def _keep_place(self) -> None:
        index = self.currentIndex()
        column = self.hours.columns[index.column()] if 0 <= index.column() < len(self.hours.columns) else None
        key = (column.figure.key if column.figure else "") if column is not None else None
        self._kept = (self.hours.rows[index.row()].start if 0 <= index.row() < len(self.hours.rows) else None, key)

    def _return(self) -> None:
        """To the hour one was at, else to the newest that has anything."""
        moment, key = self._kept
        row = self.hours.row_of(moment) if moment is not None else -1
        row = row if row >= 0 else max(self.hours.last_known(), 0)
        keys = [each.figure.key if each.figure else "" for each in self.hours.columns]
        self.go_to(row, keys.index(key) if key in keys else 0)

    def go_to(self, row: int, column: int = 0) -> None:
        """Make a cell current and bring it into sight."""
        if 0 <= row < len(self.hours.rows) and self.hours.columns:
            index = self.hours.index(row, min(column, len(self.hours.columns) - 1))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for part in (self.viewport(), self.horizontalHeader().viewport(), self.verticalHeader().viewport()):
            part.update()
        self.moved.emit()

    def stream_id(self) -> int | None:
        """Of the column one is at."""
        at = self.currentIndex().column()
        return self.hours.columns[at].stream_id if 0 <= at < len(self.hours.columns) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit()
        elif event.text().isprintable() and event.text() and event.key() != Qt.Key.Key_Space:
            event.ignore()  # letters are keys of the page
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.corner.setGeometry(0, 0, TIME, HEAD)
        self._fit_last()

    def _fit_last(self) -> None:
        count = len(self.hours.columns)
        if count:
            others = sum(self.columnWidth(n) for n in range(count - 1))
            self.setColumnWidth(count - 1, max(self.viewport().width() - others, REMARKS))
            self.foot.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Gas by hour and run"))
            self.hours.choose(self.hours.stream, self.hours.factors)
