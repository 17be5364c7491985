"""The pages of a sheet as they print, below each other; each is drawn when it comes into sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.layout import column
from stationdesk.ui.widgets.paint import SMOOTH
from stationdesk.ui.widgets.pdf_pages import Paper

AROUND, BETWEEN = 16, 16
POINT = 96 / 72
"""Logical pixels to the point at 100 %."""
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
KEPT = 4
"""Pages this far from sight give up their picture: a month's sheets would not fit into memory."""


class _Leaf(QWidget):
    """One page: white, with the picture when it is there, the old one stretched until then."""

    def __init__(self, paper: Paper, name: str) -> None:
        super().__init__()
        self.paper = paper
        self.image: QImage | None = None
        self.scale = 0.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def stretch(self, zoom: float) -> None:
        """So many logical pixels to the point."""
        self.setFixedSize(QSize(round(self.paper[0] * zoom), round(self.paper[1] * zoom)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), Qt.GlobalColor.white)
        if self.image is not None:
            p.setRenderHints(SMOOTH)
            p.drawImage(self._place(self.image), self.image)
        p.setPen(theme.color("hairline"))
        p.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _place(self, image: QImage) -> QRectF:
        """Dot on dot where the picture is of this zoom: squeezed by the odd pixel of rounding it would lose a column of dots."""
        ratio = self.devicePixelRatioF()
        own = QRectF(0, 0, image.width() / ratio, image.height() / ratio)
        return own if abs(own.width() - self.width()) <= 1 and abs(own.height() - self.height()) <= 1 else QRectF(self.rect())


class Preview(QScrollArea):
    """wanted(page, pixels to the point): draw it, then take_image. moved(): another page or zoom is on screen."""

    wanted = Signal(int, float)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.leaves: list[_Leaf] = []
        self.fixed: float | None = None  # None: fits the width
        self._asked: set[tuple[int, float]] = set()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(48)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.reword()

    def reword(self) -> None:
        """The name a screen reader says."""
        self.setAccessibleName(_("Preview"))

    # What is shown
    def show_pages(self, papers: Sequence[Paper]) -> None:
        """Other pages; of the same sizes, the place on the page stays."""
        self._asked.clear()
        if [leaf.paper for leaf in self.leaves] == list(papers):
            for leaf in self.leaves:
                leaf.scale = 0.0
        else:
            self._lay(papers)
        self._stretch()
        self._look()

    def _lay(self, papers: Sequence[Paper]) -> None:
        inner = QWidget()
        self.leaves = [_Leaf(paper, _("Page {n} of {all}").format(n=n, all=len(papers))) for n, paper in enumerate(papers, 1)]
        whole = column(owner=inner, spacing=BETWEEN)
        whole.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
        for leaf in self.leaves:
            whole.addWidget(leaf, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inner)
        self.verticalScrollBar().setValue(0)

    def take_image(self, page: int, scale: float, image: QImage) -> None:
        """The picture of a page that was wanted; one of another zoom is dropped."""
        if page < len(self.leaves) and scale == self._scale():
            leaf = self.leaves[page]
            leaf.image, leaf.scale = image, scale
            leaf.update()

    # Zoom
    def zoom(self) -> float:
        """1 is the size of the paper."""
        if self.fixed is not None:
            return self.fixed
        widest = max((leaf.paper[0] for leaf in self.leaves), default=595.0)
        return max((self.viewport().width() - 2 * AROUND) / widest / POINT, 0.1)

    def fit(self) -> None:
        """As wide as there is room."""
        self._zoom_to(None)

    def whole(self) -> None:
        """The size of the paper."""
        self._zoom_to(1.0)

    def larger(self) -> None:
        self._zoom_to(next((step for step in STEPS if step > self.zoom() + 0.01), STEPS[-1]))

    def smaller(self) -> None:
        self._zoom_to(next((step for step in reversed(STEPS) if step < self.zoom() - 0.01), STEPS[0]))

    def _zoom_to(self, zoom: float | None) -> None:
        bar = self.verticalScrollBar()
        place = bar.value() / max(bar.maximum() + bar.pageStep(), 1)
        self.fixed = zoom
        self._stretch()
        bar.setValue(round(place * (bar.maximum() + bar.pageStep())))
        self._look()

    def _stretch(self) -> None:
        for leaf in self.leaves:
            leaf.stretch(self.zoom() * POINT)
        inner = self.widget()
        if inner is not None:
            inner.adjustSize()

    def _scale(self) -> float:
        return round(self.zoom() * POINT * self.devicePixelRatioF(), 4)

    # Place
    def page(self) -> int:
        """The page in the middle of the view, from 1; 0 without pages."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        above = [n for n, leaf in enumerate(self.leaves, 1) if leaf.y() - BETWEEN / 2 <= middle]
        return above[-1] if above else min(len(self.leaves), 1)

    def go_to(self, page: int) -> None:
        """Bring the top of a page into sight."""
        if 1 <= page <= len(self.leaves):
            self.verticalScrollBar().setValue(self.leaves[page - 1].y() - AROUND)

    def _look(self) -> None:
        """Ask for the pages in sight; far ones give up their picture."""
        if self.leaves and self.isVisible():
            top, scale = self.verticalScrollBar().value(), self._scale()
            bottom = top + self.viewport().height()
            seen = [n for n, leaf in enumerate(self.leaves) if leaf.y() < bottom and leaf.y() + leaf.height() > top] or [0]
            self._forget(seen[0] - KEPT, seen[-1] + KEPT)
            for n in seen:
                if self.leaves[n].scale != scale and (n, scale) not in self._asked:
                    self._asked.add((n, scale))
                    self.wanted.emit(n, scale)
        self.moved.emit()

    def _forget(self, first: int, last: int) -> None:
        for n, leaf in enumerate(self.leaves):
            if not first <= n <= last and leaf.image is not None:
                leaf.image, leaf.scale = None, 0.0
                self._asked = {each for each in self._asked if each[0] != n}

    # Qt
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fixed is None:
            self._stretch()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stretch()
        self._look()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.larger if event.angleDelta().y() > 0 else self.smaller)()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End to the ends; arrows and the page keys scroll by themselves."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_PageDown):
            bar.setValue(bar.value() + bar.pageStep())
        elif event.key() == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - bar.pageStep())
        else:
            super().keyPressEvent(event)
