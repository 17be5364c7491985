"""The preview: a page is shown dot on dot."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.ui.widgets.preview import Preview
from tests.ui.conftest import show


def test_no_column_of_dots_is_lost_to_the_odd_pixel(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(640, 480)
    asked: list[tuple[int, float]] = []
    preview.wanted.connect(lambda page, scale: asked.append((page, scale)))
    preview.show_pages([(841.89, 595.28)])
    show(preview)
    leaf, (page, scale) = preview.leaves[0], asked[-1]
    made = QImage(leaf.width() + 1, leaf.height() + 1, QImage.Format.Format_RGB32)  # the pages' own rounding is upwards
    made.fill(QColor("white"))
    for x in range(0, made.width(), 2):
        for y in range(made.height()):
            made.setPixelColor(x, y, QColor("black"))
    preview.take_image(page, scale, made)
    QApplication.processEvents()
    seen = leaf.grab().toImage()
    middle = [seen.pixelColor(x, seen.height() // 2).lightness() > 127 for x in range(1, seen.width() - 2)]
    assert all(one != other for one, other in pairwise(middle))
