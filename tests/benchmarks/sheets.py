"""Sheets against a bare reportlab canvas drawing the same text: `python -m tests.benchmarks.sheets`.

The canvas draws each run of words at its place and size in the same embedded fonts, and nothing else: no line breaking, no page
layout, no frames, no QR code, no structure, no record of lines. The ratio says what all of that costs.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from stationdesk.domain import words
from stationdesk.paths import catalogue
from stationdesk.reports import pen
from stationdesk.reports.breaking import Run
from stationdesk.reports.fonts import FAMILY, printable
from stationdesk.reports.paint import make
from stationdesk.reports.sheet import Column, Sheet, Table
from tests.reports import samples

LONG = (
    "在用 86 台，停用 1 台。F-101 压差 06:00 起高于 30 kPa，现 37 kPa；早班 09:00 切 B 路后换滤芯，已报站长（口头），记录见 YH-2026-0119。"
)


@dataclass(frozen=True)
class Figure:
    """One sheet: milliseconds whole and on the bare canvas, medians of several runs."""

    name: str
    pages: int
    whole: float
    canvas: float

    @property
    def ratio(self) -> float:
        return self.whole / self.canvas


@dataclass(frozen=True)
class Word:
    """A run of words as the pen drew it."""

    page: int
    x: float
    y: float
    text: str
    face: str
    size: float


def measure(runs: int = 15) -> list[Figure]:
    """Handover, a day of readings and a duty log of 400 entries."""
    words.install("zh_CN", catalogue("zh_CN"))
    sheets = {"handover": samples.handover(), "readings-day": samples.readings(), "duty-log, 400 entries": duty_log(400)}
    return [_figure(name, sheet, runs) for name, sheet in sheets.items()]


def duty_log(entries: int) -> Sheet:
    rows = [
        {"n": n, "time": f"{n % 24:02d}:{n % 60:02d}", "text": [Run(LONG[: 20 + n % 60]), Run(LONG[: n % 40], bold=True)], "who": "张伟"}
        for n in range(entries)
    ]
    columns = [Column("n", "序", 10, "center"), Column("time", "时间", 16), Column("text", "内容"), Column("who", "记录人", 18)]
    return Sheet(
        "值班记录", [Table("log", columns=columns, rows=rows)], company="示例天然气有限公司", station="确山门站", code=samples.CODE
    )


def _figure(name: str, sheet: Sheet, runs: int) -> Figure:
    drawn, pages = _drawn(sheet)
    size = (841.89, 595.28) if sheet.landscape else (595.28, 841.89)
    whole, canvas = _medians(lambda: make(sheet), lambda: _bare(drawn, size), runs)
    return Figure(name, pages, whole, canvas)


def _drawn(sheet: Sheet) -> tuple[list[Word], int]:
    """What the pen draws, taken down while it draws it."""
    drawn: list[Word] = []
    draw = pen.Pen._run

    def noted(self: pen.Pen, x: float, base: float, run: Run, size: float, face: str, spread: float) -> float:
        drawn.append(Word(len(self.lines), x, self.height - base, printable(run.text), "Bold" if run.bold else face, size * run.size))
        return draw(self, x, base, run, size, face, spread)

    pen.Pen._run = noted  # type: ignore[method-assign]
    try:
        return drawn, make(sheet).pages
    finally:
        pen.Pen._run = draw  # type: ignore[method-assign]


def _bare(drawn: list[Word], size: tuple[float, float]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    held, page = io.BytesIO(), 1
    canvas = Canvas(held, pagesize=size, invariant=1, pageCompression=1, initialFontName=f"{FAMILY}-Regular")  # type: ignore[arg-type]
    for word in drawn:
        if word.page != page:
            canvas.showPage()
            page = word.page
        canvas.setFont(f"{FAMILY}-{word.face}", word.size)
        canvas.drawString(word.x, word.y, word.text)
    canvas.showPage()
    canvas.save()
    return held.getvalue()


def _medians(one: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float]:
    """Milliseconds of both, run in turns: what else the computer does then slows both."""
    taken: list[list[float]] = [[], []]
    for _run in range(runs + 1):
        for work, times in zip((one, other), taken, strict=True):
            began = time.perf_counter()
            work()
            times.append((time.perf_counter() - began) * 1000)
    first, second = (statistics.median(times[1:]) for times in taken)
    return first, second


def report() -> None:
    """Print a line for each sheet."""
    for figure in measure():
        print(
            f"{figure.name}: {figure.pages} pages, whole {figure.whole:.1f} ms, bare canvas {figure.canvas:.1f} ms, "
            f"ratio {figure.ratio:.2f}, {figure.pages / figure.whole * 1000:.0f} pages/s"
        )


if __name__ == "__main__":
    report()
