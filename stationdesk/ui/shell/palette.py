"""The command palette: any page, action, person, record, by a few letters. It lies over the page and closes with Esc."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget

from stationdesk.domain.words import _
from stationdesk.ui.shell.hit import Hit
from stationdesk.ui.shell.hits import HIGH, HitLine, Hits
from stationdesk.ui.shell.over import Source
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.field import Edit
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.keycap import key_cap
from stationdesk.ui.widgets.layout import column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Spoken

WIDE, SHOWN = 560, 10


class Palette(Spoken, QFrame):
    """sources: source(text) gives its hits at once, for an empty text what one most often wants or nothing; what a store must be asked
    for comes later by offer(text, hits)."""

    def __init__(self, parent: QWidget, sources: Sequence[Source]) -> None:
        super().__init__(parent)
        self._sources = sources
        self._before: QWidget | None = None
        self.edit = Edit()
        self.edit.setProperty("look", "bare")
        self.model = Hits()
        self.view = self._make_view()
        self.nothing = Line(lambda: _("Nothing found"), "body text-2")
        head = row(icon("search"), self.edit, key_cap("Esc"), sides=16)
        head.addStrut(44)
        column(head, rule(), 4, self.view, row(self.nothing, None, sides=16), 4, owner=self)
        self.setFixedWidth(WIDE)
        self.edit.textChanged.connect(self._search)
        self.edit.installEventFilter(self)
        self.edit.left.connect(self._left)
        self.reword()
        self.hide()

    def _make_view(self) -> QListView:
        view = QListView()
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setModel(self.model)
        view.setItemDelegate(HitLine(view))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setMouseTracking(True)
        view.setFont(theme.font("body"))
        view.clicked.connect(self._take)
        return view

    def offer(self, text: str, hits: Sequence[Hit]) -> None:
        """Hits that came later; dropped if another text was typed meanwhile."""
        if self.isVisible() and text == self.text():
            self._show([*self.model.hits, *hits])

    def text(self) -> str:
        """What was typed."""
        return self.edit.text().strip()

    def open(self) -> None:
        """Show it empty, with the keyboard; opened again, it closes."""
        if self.isVisible():
            self.put_away()
            return
        self._before = QApplication.focusWidget()
        self.edit.clear()
        self._search("")
        self.raise_()
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Close; the keyboard goes back to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def reword(self) -> None:
        self.setAccessibleName(_("Find"))
        self.edit.setPlaceholderText(_("Page, action, person, record: Chinese, pinyin or English"))
        self.edit.setAccessibleName(_("Find"))

    def _search(self, _text: str) -> None:
        text = self.text()
        self._show([hit for source in self._sources for hit in source(text)])

    def _show(self, hits: Sequence[Hit]) -> None:
        self.model.show(hits)
        self.view.setFixedHeight(HIGH * min(len(hits), SHOWN))
        self.view.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        self._go(0)
        QTimer.singleShot(0, self, self.adjustSize)

    def _go(self, row_: int) -> None:
        if self.model.hits:
            self.view.setCurrentIndex(self.model.index(row_ % len(self.model.hits)))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            hit = self.model.hits[index.row()]
            self.put_away()
            hit.run()

    def _left(self) -> None:
        """Somebody clicked elsewhere, unless it is another window or the list that took the keyboard."""
        to = QApplication.focusWidget()
        if to is not None and to is not self.edit and not self.isAncestorOf(to) and self.isVisible():
            self._before = None
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.edit:
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        if key in steps:
            self._go(self.view.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.view.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            return False
        return True
