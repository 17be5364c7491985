"""Lay parts out: rows, columns, hairlines. An item is a widget, a layout, a number of pixels, or None for the place that grows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QWidget

from stationdesk.ui.widgets.line import Line

Item = QWidget | QLayout | int | None
_RIGHT, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


def row(*items: Item, owner: QWidget | None = None, spacing: int = 8, sides: int = 0) -> QBoxLayout:
    """Items beside each other; sides: pixels left and right."""
    return _fill(QBoxLayout(_RIGHT, owner), items, spacing, sides)


def column(*items: Item, owner: QWidget | None = None, spacing: int = 0, sides: int = 0) -> QBoxLayout:
    """Items below each other."""
    return _fill(QBoxLayout(_DOWN, owner), items, spacing, sides)


def _fill(made: QBoxLayout, items: Iterable[Item], spacing: int, sides: int) -> QBoxLayout:
    made.setContentsMargins(sides, 0, sides, 0)
    made.setSpacing(spacing)
    for item in items:
        add(made, item)
    return made


def add(layout: QBoxLayout, item: Item) -> None:
    """One more item at the end."""
    if item is None:
        layout.addStretch(1)
    elif isinstance(item, int):
        layout.addSpacing(item)
    elif isinstance(item, QLayout):
        layout.addLayout(item)
    else:
        layout.addWidget(item)


def stack(*items: Item, wide: int = 0, spacing: int = 16) -> QWidget:
    """A widget with items below each other; wide: a fixed width in pixels."""
    made = QWidget()
    if wide:
        made.setFixedWidth(wide)
    column(*items, owner=made, spacing=spacing)
    return made


def refill(layout: QLayout, *items: Item) -> None:
    """Take everything out of a row or column, delete its widgets, and put other items in."""
    empty(layout)
    assert isinstance(layout, QBoxLayout)
    for item in items:
        add(layout, item)


def empty(layout: QLayout) -> None:
    """Take everything out and delete its widgets, layouts inside included."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
            inner.deleteLater()


def rule(strong: bool = False) -> QFrame:
    """A horizontal line of one pixel."""
    made = QFrame()
    made.setObjectName("strong-rule" if strong else "rule")
    made.setFixedHeight(1)
    return made


def upright(high: int = 0) -> QFrame:
    """A vertical line of one pixel; high: a fixed height."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedWidth(1)
    if high:
        made.setFixedHeight(high)
    return made


def on_base_line(*items: Line | None) -> QBoxLayout:
    """Layouts know no base line: each line of words goes down by what it lacks to the lowest."""
    lowest = max(item.base() for item in items if item)
    return row(*(column(lowest - item.base(), item, None) if item else None for item in items))


def scrolled(inner: QWidget) -> QScrollArea:
    """What may be taller than its place, in a quiet scroll area that follows the focus."""
    made = QScrollArea()
    made.setWidget(inner)
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
