"""Two windows on one store, with their threads: what one writes shows in the other, a clash is told, and what was typed outlives a kill."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from stationdesk.domain import words
from stationdesk.journey import day
from stationdesk.journey import shift as steps
from stationdesk.journey.hand import Clock, Hand
from stationdesk.journey.trouble import on_screen
from stationdesk.services import Store
from stationdesk.services.demo import make_demo
from stationdesk.services.drafts import load_draft
from stationdesk.services.hazards import hazards_view
from stationdesk.services.log import LogFilter, entries
from stationdesk.services.shifts import desk_view
from stationdesk.storage.verify import verify
from stationdesk.ui.hazards.forms import StepForm
from stationdesk.ui.hazards.page import HazardsPage
from stationdesk.ui.log.page import DRAFT, LogPage
from stationdesk.ui.runner import Runner

ROOT = Path(__file__).resolve().parents[2]
LOOKS_EVERY_MS = 1000


@dataclass
class Window:
    """A window somebody works in."""

    hand: Hand
    person_id: int

    def take(self) -> Hand:
        """The keyboard is this window's."""
        self.hand.shell.activateWindow()
        assert QTest.qWaitForWindowActive(self.hand.shell)
        self.hand.settle()
        return self.hand


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("two") / "station.db"
    words.use("zh_CN")
    make_demo(path, at=day.at(7, 43), days=1, seed=day.SEED)
    return path


@pytest.fixture
def path(station: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(station, tmp_path / "station.db"))


@pytest.fixture
def two(path: Path, qtbot: QtBot) -> Iterator[tuple[Window, Window]]:
    """Two desks of the same station, another of the crew at each."""
    words.use("zh_CN")
    clock = Clock(day.at(7, 43))
    with (
        day.opened(path, clock, "zh_CN", desk="desk-1", inline=False) as one,
        day.opened(path, clock, "zh_CN", desk="desk-2", inline=False) as other,
    ):
        yield window(qtbot, one, 0), window(qtbot, other, 1)


def window(qtbot: QtBot, hand: Hand, nth: int) -> Window:
    """Somebody of the crew picks themselves once the window knows who is there."""
    qtbot.waitUntil(lambda: bool(hand.shell.strip.crew.text()))
    made = Window(hand, desk_view(hand.store, hand.clock()).people[nth].person_id)
    steps.pick(made.take(), made.person_id)
    return made


@pytest.mark.journey
def test_each_window_shows_what_the_other_wrote(two: tuple[Window, Window], qtbot: QtBot) -> None:
    for writes, looks, text in ((two[0], two[1], "巡线员到站"), (two[1], two[0], "巡线员离站")):
        page = looks.take().go("log")
        assert isinstance(page, LogPage)
        shown = page.model
        qtbot.waitUntil(lambda shown=shown: bool(shown.entries))  # type: ignore[misc]
        writes.take().go("log")
        writes.hand.press("F6")
        writes.hand.write(text)
        heard = Heard(looks.hand.program.runner)
        writes.hand.press("Enter")
        qtbot.waitUntil(lambda shown=shown, text=text: shown.entries[0].text == text, timeout=10_000)  # type: ignore[misc]
        assert heard.after <= 2  # looks: within two seconds, however slow the computer that runs this
        assert heard.every_ms == LOOKS_EVERY_MS


class Heard:
    """Counts how often a window looks into the store until it hears of a change."""

    def __init__(self, runner: Runner) -> None:
        self.looks, self.after, self.every_ms = 0, 0, runner._timer.interval()
        runner._timer.timeout.connect(self._look)
        runner.changed.connect(self._hear)

    def _look(self) -> None:
        self.looks += 1

    def _hear(self, _changes: object) -> None:
        self.after = self.after or self.looks


@pytest.mark.journey
def test_a_clash_of_two_edits_of_a_hazard_is_told_in_words(two: tuple[Window, Window], qtbot: QtBot) -> None:
    one, other = two
    hand = one.take()
    page = hand.go("hazards")
    assert isinstance(page, HazardsPage)
    qtbot.waitUntil(lambda: page.board is not None)
    hand.press("N", "1")
    hand.write("调压间")
    hand.press("Enter")
    hand.write("东侧照明灯不亮")
    hand.press("Ctrl+Enter")
    first = _rectifying(one, qtbot, "换了灯管")
    second = _rectifying(other, qtbot, "已断电挂牌")
    one.take().press("Ctrl+Enter")
    qtbot.waitUntil(lambda: first.side.form is None)
    other.take().press("Ctrl+Enter")
    form = second.side.form
    assert isinstance(form, StepForm)
    qtbot.waitUntil(lambda: bool(form.text.wrong))
    assert "此内容刚被他人修改，请重新查看后再改。" in on_screen(form.text)
    assert form.text.text() == "已断电挂牌"  # nothing typed is lost
    store = one.hand.store
    assert [each.state for each in hazards_view(store, one.hand.clock())] == ["rectified"]


def _rectifying(window: Window, qtbot: QtBot, text: str) -> HazardsPage:
    """R on the hazard, and words not yet sent."""
    hand = window.take()
    page = hand.go("hazards")
    assert isinstance(page, HazardsPage)
    qtbot.waitUntil(lambda: page.table().current_row() is not None and page.side.life is not None)
    page.table().setFocus()

    def opened() -> bool:
        """The key finds its button: not while the life is being shown anew after what another window wrote."""
        if page.side.form is None:
            hand.press("R")
        return page.side.form is not None

    qtbot.waitUntil(opened)
    hand.write(text)
    return page


@pytest.mark.journey
def test_what_was_typed_comes_back_after_a_kill(path: Path, qtbot: QtBot) -> None:
    text = "10:20 上游通知进站压力将升至 2.60 MPa"
    store = Store.open(path)
    person = desk_view(store, day.at(7, 43)).people[0].person_id
    command = [sys.executable, "-m", "tests.journeys.typist", str(path), text]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as typist:
        try:
            assert typist.stdout
            assert typist.stdout.readline() == "typed\n"
            qtbot.waitUntil(lambda: text in load_draft(store, person, DRAFT), timeout=10_000)
        finally:
            typist.kill()
    assert not entries(store, LogFilter(text="上游通知进站压力"))
    store.close()
    words.use("zh_CN")
    with day.opened(path, Clock(day.at(7, 43)), "zh_CN", inline=False) as hand:
        back = window(qtbot, hand, 0)
        page = back.hand.go("log")
        assert isinstance(page, LogPage)
        qtbot.waitUntil(lambda: page.writer.field.text() == text)
    found = verify(path)
    assert found.clean, found.sentences()
