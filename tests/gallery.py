"""Pictures of every page of the window, Chinese and English, light and dark: `python -m tests.gallery` writes docs/gallery anew.

Whatever is painted while a picture is taken is written down with it, so that a test can read what a person would read there.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests import stage

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt  # isort: skip
from PySide6.QtGui import QImage, QPainter, qRgb
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from stationdesk.app import Program
from stationdesk.ui.pages import registry
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from stationdesk.services import Actor

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "gallery"
WIDE, HIGH = 1366, 768
LOOKS = tuple((language, theme) for language in ("zh_CN", "en") for theme in ("light", "dark"))
DAYS, FEW_DAYS = 30, 8
LEADER = "lead-b"
TYPING, WALKING, SIGNING = timedelta(minutes=11), timedelta(minutes=20), timedelta(minutes=82)
"""After 06:42: the hour of 07:00 can be read; the round of 07:00 is due; the shift is over and both crews are there."""
COLOURS = 48


@dataclass
class Shot:
    """A picture, and what could be read on it: painted is what the program's own painting said, said what Qt's labels and fields hold."""

    name: str
    title: str
    image: QImage
    painted: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """Everything read on it, each once."""
        return sorted({text for text in (*self.painted, *self.said) if text.strip()})


Act = Callable[[Program, stage.Clock], object]


@dataclass(frozen=True)
class Scene:
    """One picture: what is done before it is taken, and what it shows in both languages."""

    name: str
    act: Act
    zh: str
    en: str


def scenes() -> tuple[Scene, ...]:
    """What is shown, in this order in one window: the desk while locked, every registered page, and what opens over them."""
    return (
        Scene("locked", _lock, "锁屏后的值班台", "The desk while locked"),
        Scene("card", _card, "应急联系卡", "The emergency contact card"),
        *(Scene(entry.name, _page(entry.name), *_titles(entry.title)) for entry in registry()),
        Scene("palette", _palette, "命令面板（Ctrl K）", "The command palette (Ctrl K)"),
        Scene("round-running", _round, "正在走的巡检", "A round being walked"),
        Scene("readings-question", _question, "抄录时的疑问", "A question at a reading"),
        Scene("metering-report", _report, "录入气质化验报告", "A laboratory report being typed in"),
    )


ALONE = (("handover-sign", "交接班签字", "Signing the handover"), ("start", "首次启动", "The first start"))
"""Pictures that need a window of their own."""


def shown() -> tuple[tuple[str, str, str], ...]:
    """Every picture: name, Chinese and English title."""
    return (*((scene.name, scene.zh, scene.en) for scene in scenes()), *ALONE)


def _titles(title: Any) -> tuple[str, str]:
    from stationdesk.ui.shell.commands import in_both

    found = in_both(title)
    return found[0], found[-1]


# --- what is done before a picture


def _lock(program: Program, _clock: stage.Clock) -> None:
    program.shell.go("now")


def _card(program: Program, _clock: stage.Clock) -> None:
    program.shell.show_card()


def _page(name: str) -> Act:
    def show(program: Program, _clock: stage.Clock) -> None:
        program.shell.go(name)

    return show


def _palette(program: Program, _clock: stage.Clock) -> None:
    program.shell.go("now")
    stage.settle(program)
    program.shell.over.palette.open()
    QTest.keyClicks(program.shell.over.palette.edit, "jj")
    stage.settle(program)


def _report(program: Program, _clock: stage.Clock) -> None:
    """The metering specialist pastes a report's column; what follows from it stands beside."""
    stage.pick(program, "metering")
    program.shell.go("metering", "composition")
    stage.settle(program)
    page: Any = program.shell.current
    page.over.components.paste("methane", "94.36\n0.99\n1.14\n2.57\n0.58\n0.12\n0.12\n0.06\n0.03\n0.03")
    page.over.head.parts["report"].set_text("HY-20261121")


def _question(program: Program, clock: stage.Clock) -> None:
    """Pressure typed in another unit."""
    clock.at = stage.NIGHT + TYPING
    program.shell.go("readings")
    page: Any = program.shell.current
    page.reload()
    stage.settle(program)
    page.grid.go_to(page.model.row_of(page.view.hour), 0)
    page.grid.setFocus()
    for key in "2460":
        QTest.keyClick(QApplication.focusWidget(), key)
        stage.settle(program)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def _round(program: Program, clock: stage.Clock) -> None:
    """A round begun on the spot, its first lines answered, one of them abnormal."""
    clock.at = stage.NIGHT + WALKING
    program.shell.go("rounds")
    stage.settle(program)
    page: Any = program.shell.current
    page.start.mode.choose("live")
    page.start.second.choose(page.view.choices.people[-1][0])
    page.start.begin.click()
    stage.settle(program)
    for key in ("2", ".", "4", "6", Qt.Key.Key_Return, "1", "1", "2", "1", Qt.Key.Key_Return, "1", "2"):
        QTest.keyClick(QApplication.focusWidget(), key)
        stage.settle(program)


# --- taking it


@contextmanager
def _reading(shot_words: list[str]) -> Iterator[None]:
    """Write down every text the program paints itself."""
    draw = QPainter.drawText

    def drawn(painter: QPainter, *what: Any) -> Any:
        shot_words.extend(each for each in what if isinstance(each, str))
        return draw(painter, *what)

    QPainter.drawText = drawn  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        QPainter.drawText = draw  # type: ignore[method-assign]


def take(program: Program, name: str) -> Shot:
    """The window as it stands, with a dialog over it if one is open."""
    shell = program.shell
    stage.settle(program)
    page = shell.current
    painted: list[str] = []
    with _reading(painted):
        image = shell.grab().toImage()
        over = _dialog()
        if over is not None:
            _lay_over(image, over)
    tops = [shell, *([over] if over is not None else [])]
    shot = Shot(name, page.title() if page is not None else "", image, painted)
    for top in tops:
        seen = [each for each in top.findChildren(QWidget) if each.isVisible() and _clear(each)]
        shot.said += [text for each in seen for text in said_by(each)]
        shot.cut += [problem for each in seen if (problem := too_narrow(each))]
    return shot


def _clear(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def _dialog() -> QDialog | None:
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()), None)


def _lay_over(image: QImage, dialog: QDialog) -> None:
    painter = QPainter(image)
    at = QPoint((image.width() - dialog.width()) // 2, (image.height() - dialog.height()) // 2)
    painter.drawPixmap(at, dialog.grab())
    painter.drawRect(at.x() - 1, at.y() - 1, dialog.width() + 1, dialog.height() + 1)
    painter.end()


def said_by(widget: QWidget) -> list[str]:
    """The words of a label, a button or a field; what stands in a field is a person's own."""
    if isinstance(widget, QLabel | Button):
        return [widget.text()]
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return [widget.placeholderText()]
    return []


def too_narrow(widget: QWidget) -> str:
    """What is wrong if a text does not have the room it needs; lines that may be cut say so themselves."""
    if isinstance(widget, Line) and not widget.elide and widget.width() < widget.wanted:
        return f"line {widget.text()!r} has {widget.width()} of {widget.wanted}"
    if isinstance(widget, Button) and widget.look != "rail" and widget.width() < widget.sizeHint().width():
        return f"button {widget.text()!r} has {widget.width()} of {widget.sizeHint().width()}"
    if isinstance(widget, Text) and widget.height() < widget.heightForWidth(widget.width()):
        return f"text {widget.text()!r} has {widget.height()} of {widget.heightForWidth(widget.width())}"
    return ""


def walk(language: str, theme: str) -> Iterator[Shot]:
    """Every picture of one language and theme, from one window on one store."""
    clock = stage.Clock(stage.NIGHT)
    with stage.window(stage.copy_of(stage.demo_store(days=DAYS)), clock, language, theme, WIDE, HIGH) as program:
        program.shell.activateWindow()
        for scene in scenes():
            if scene.name == registry()[0].name:
                stage.pick(program, LEADER)
            scene.act(program, clock)
            shot = take(program, scene.name)
            _put_away(program)
            yield shot
    forget()
    yield signing(language, theme)
    yield first_start(language, theme)


def _put_away(program: Program) -> None:
    over = _dialog()
    if over is not None:
        over.reject()
    for each in (program.shell.over.palette, program.shell.over.card, program.shell.over.notice):
        if each.isVisible():
            each.put_away()
    stage.settle(program)


def signing(language: str, theme: str) -> Shot:
    """The dialog in which the outgoing leader signs, a few minutes after the end of the shift."""
    from stationdesk.services import Actor

    clock = stage.Clock(stage.NIGHT + SIGNING)
    with stage.window(stage.copy_of(stage.demo_store(clock.at, FEW_DAYS)), clock, language, theme, WIDE, HIGH) as program:
        stage.pick(program, LEADER)
        program.shell.go("handover")
        stage.settle(program)
        page: Any = program.shell.current
        outgoing, incoming = page.view.outgoing, page.view.incoming
        _read_bases(program, Actor(incoming.leader_id, incoming.leader))
        program.runner.actor = Actor(outgoing.leader_id, outgoing.leader)
        stage.settle(program)
        page.acts.sign()
        if _dialog() is None:
            raise AssertionError(f"nothing to sign: {[each.said.code for each in page.view.obstacles]}")
        shot = take(program, "handover-sign")
        _put_away(program)
    forget()
    return shot


def _read_bases(program: Program, relief: Actor) -> None:
    """The relief reads the counters of the run in use, and finds what the outgoing crew wrote down."""
    from sqlalchemy import select

    from stationdesk.services.metering.base_readings import enter_base_reading
    from stationdesk.services.metering.takeover import takeover_view
    from stationdesk.storage.readings import READING, Point

    store, at = program.store, program.runner.now()
    found = takeover_view(store, at) if store is not None else None
    if store is None or found is None:
        return
    with store.read() as session:
        last = select(Point.code, READING.c.value).join(Point, Point.id == READING.c.point_id).where(READING.c.time == found.end)
        shown = {row.code: row.value for row in session.execute(last.order_by(READING.c.nth))}
    for each in found.streams:
        code = each.stream.code
        enter_base_reading(store, relief, found.shift_id, each.stream_id, shown[f"m-{code}"], shown[f"n-{code}"], at=at)
    stage.settle(program)


def first_start(language: str, theme: str) -> Shot:
    """The window where there is no store yet."""
    from stationdesk.app import application
    from stationdesk.domain.errors import DomainError
    from stationdesk.services import Store
    from stationdesk.ui.shell import language as languages
    from stationdesk.ui.start.page import StartPage
    from stationdesk.ui.widgets import theme as themes

    missing = stage.demo_store(days=DAYS).parent / "missing.db"
    app, place = application(language, None)
    themes.apply(app, theme)
    languages.switch(app, language)
    program = Program(missing, place, clock=stage.Clock(stage.NIGHT), inline=True)
    program.shell.resize(WIDE, HIGH)
    program.shell.go("now")
    program.shell.show()
    try:
        Store.open(missing)
    except DomainError as problem:
        cover = StartPage(missing, problem)
        program.shell.cover(cover)
        cover.take_focus()
    shot = take(program, "start")
    program.shell.close()
    program.shell.deleteLater()
    program.stop()
    forget()
    return shot


def forget() -> None:
    """Windows that were told to go are gone: the look of a window that nobody sees need not follow the next one's."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


# --- keeping it


def small(image: QImage) -> QImage:
    """The same picture in few colours, the commonest as they are and the rest at the nearest of them: sharp, and a third of the size."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I")  # type: ignore[arg-type]
    counted = Counter(pixels.tolist())
    common = [colour for colour, _n in counted.most_common(COLOURS)]
    rank = {colour: n for n, colour in enumerate(common)}
    near = {colour: rank[colour] if colour in rank else _nearest(colour, common) for colour in counted}
    made = QImage(bytes(map(near.__getitem__, pixels)), image.width(), image.height(), image.width(), QImage.Format.Format_Indexed8)
    made.setColorTable([qRgb(colour >> 16 & 255, colour >> 8 & 255, colour & 255) for colour in common])
    return made.copy()


def _nearest(colour: int, common: list[int]) -> int:
    red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
    far = [abs((each >> 16 & 255) - red) + abs((each >> 8 & 255) - green) + abs((each & 255) - blue) for each in common]
    return far.index(min(far))


def file_name(name: str, language: str, theme: str) -> str:
    """Of one picture in the gallery."""
    return f"{name}-{language}-{theme}.png"


def keep(shot: Shot, folder: Path, language: str, theme: str) -> Path:
    """Write the picture; its file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / file_name(shot.name, language, theme)
    small(shot.image).save(str(file), "PNG", 0)
    return file


def contents() -> str:
    """docs/gallery/README.md: every picture with what it shows."""
    lines = [
        "# 图集 · Gallery",
        "",
        "演示站 2026-11-21 06:42（夜班），1366×768。每张图由 `python -m tests.gallery` 从真实窗口截取。",
        "",
        "The demo station at 06:42 of 2026-11-21, night shift, 1366×768. Each picture is taken of the real window by",
        "`python -m tests.gallery`.",
    ]
    for name, zh, en in shown():
        lines += ["", f"## {zh} · {en}", ""]
        lines += ["| 中文 | English |", "|---|---|"]
        for theme in ("light", "dark"):
            cells = (f"![{alt}]({file_name(name, language, theme)})" for language, alt in (("zh_CN", zh), ("en", en)))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the gallery, or one part of it, and say what is cut."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="one picture by its name")
    parser.add_argument("-o", type=Path, default=FOLDER)
    args = parser.parse_args()
    problems = 0
    for language, theme in LOOKS:
        for shot in walk(language, theme):
            if args.only in ("", shot.name):
                print(keep(shot, args.o, language, theme), *shot.cut, sep="\n  ")
                problems += len(shot.cut)
    if args.o == FOLDER:
        (FOLDER / "README.md").write_text(contents(), encoding="utf-8")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
