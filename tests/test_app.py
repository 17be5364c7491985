"""The window put together: started as people start it, on a store, without one, and closed again; what it must not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from stationdesk.app import Idle, Program
from stationdesk.services import Changes, Store, log
from stationdesk.services.care import backups_in
from stationdesk.storage import keys
from stationdesk.ui.now.page import NowPage
from stationdesk.ui.shell.place import Place
from stationdesk.ui.signin.log_in_dialog import LogInDialog
from stationdesk.ui.signin.page import SigninPage
from stationdesk.ui.signin.sign_on_dialog import SignOnDialog
from stationdesk.ui.start.page import StartPage
from stationdesk.ui.start.trouble_card import TroubleCard
from stationdesk.ui.widgets import fonts, theme
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.spoken import said
from tests import stage
from tests.conftest_station import actor
from tests.storage.conftest import behind_the_back
from tests.ui.now import scene

LONG_MS = 30_000
ROOT = Path(__file__).resolve().parent.parent
Opened = Callable[..., Program]


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    qapp.setStyle("Fusion")
    fonts.load(qapp)
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Path]:
    keys.use(keys.LIGHT)
    scene.night(tmp_path / "night.db").close()
    yield tmp_path / "night.db"
    keys.use(keys.STRONG)


@pytest.fixture
def opened(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Opened]:
    """opened(path): the program as the command starts it, with its threads; closed after the test."""
    programs: list[Program] = []

    def make(path: Path, **more: Any) -> Program:
        program = Program(path, Place(tmp_path / "home"), home=tmp_path / "home", **more)
        programs.append(program)
        qtbot.addWidget(program.shell)
        program.start()
        program.shell.activateWindow()
        return program

    yield make
    for program in programs:
        program.stop()


def until(qtbot: QtBot, true: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(true()), timeout=LONG_MS)


# with threads, as it is started


def test_it_opens_locked_picks_a_person_by_a_key_and_writes_what_another_window_sees(night: Path, opened: Opened, qtbot: QtBot) -> None:
    clock = stage.Clock(stage.NIGHT)
    program = opened(night, clock=clock)
    until(qtbot, lambda: program.shell._picks)
    assert isinstance(program.shell.current, SigninPage)
    assert program.shell.strip.station.text().startswith("Queshan Gate")
    qtbot.keyClick(program.shell, Qt.Key.Key_F2)
    page = program.shell.current
    assert isinstance(page, NowPage)
    until(qtbot, lambda: page.view is not None)
    assert program.shell.windowTitle() == "Now – StationDesk"
    other = opened(night, clock=clock)
    until(qtbot, lambda: other.shell._picks)
    log.write_entry(other.store, actor(other.store, "op-b2"), "other", "另一台写的", at=stage.NIGHT)  # type: ignore[arg-type]
    until(qtbot, lambda: page.beside._shown is not None and page.beside._shown.entries[0].text == "另一台写的")


def test_copies_are_kept_in_its_own_folder_and_the_strip_says_when(night: Path, opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    program = opened(night, clock=stage.Clock(stage.NIGHT))
    until(qtbot, lambda: program.store is not None)
    program._back_up()
    until(qtbot, lambda: "backup 06:42" in program.shell.strip.database.text())
    assert [each.name for each in backups_in(tmp_path / "home" / "backups")] == ["station-20261121-0642.db"]


def test_without_a_store_the_first_start_covers_the_window_until_there_is_one(tmp_path: Path, opened: Opened, qtbot: QtBot) -> None:
    keys.use(keys.LIGHT)
    program = opened(tmp_path / "station.db")
    until(qtbot, lambda: program.cover is not None)
    assert isinstance(program.shell.stack.currentWidget(), StartPage)
    program.shell.go("readings")
    assert isinstance(program.shell.stack.currentWidget(), StartPage)
    assert program.shell.foot.keys == ()
    station = program.cover.station  # type: ignore[union-attr]
    for field, text in zip(station.fields, ("确山门站", "沈浩", "chief", "246810", "246810"), strict=True):  # type: ignore[union-attr]
        field.set_text(text)
    station.send()  # type: ignore[union-attr]
    until(qtbot, lambda: program.cover.code is not None)  # type: ignore[union-attr]
    program.cover.code.sure.setChecked(True)  # type: ignore[union-attr]
    program.cover.code.open.click()  # type: ignore[union-attr]
    until(qtbot, lambda: program.store is not None)
    keys.use(keys.STRONG)
    assert program.cover is None
    assert isinstance(program.shell.current, SigninPage)
    until(qtbot, lambda: program.shell.strip.station.text() == "确山门站")


def test_a_store_opened_from_another_place_is_one_press_away_at_the_next_first_start(
    tmp_path: Path, opened: Opened, qtbot: QtBot, night: Path
) -> None:
    other = stage.copy_of(night)
    before = opened(other)
    until(qtbot, lambda: before.store is not None)
    program = opened(tmp_path / "station.db")
    until(qtbot, lambda: program.cover is not None)
    first = QApplication.focusWidget()
    assert isinstance(first, Button)
    assert first.text() == other.name
    qtbot.keyClick(first, Qt.Key.Key_Return)
    until(qtbot, lambda: program.store is not None)
    assert program.where == other


def test_a_store_that_is_gone_is_not_offered(tmp_path: Path) -> None:
    place = Place(tmp_path)
    for name in ("one.db", "two.db", "three.db", "two.db"):
        (tmp_path / name).touch()
        place.remember(tmp_path / name)
    (tmp_path / "one.db").unlink()
    assert [each.name for each in Place(tmp_path).stores()] == ["two.db", "three.db"]


def test_a_file_that_is_no_store_is_told_with_the_ways_that_are_open(tmp_path: Path, opened: Opened, qtbot: QtBot, night: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"nothing of ours" * 100)
    program = opened(tmp_path / "bad.db")
    until(qtbot, lambda: program.cover is not None)
    assert program.cover.trouble is not None  # type: ignore[union-attr]
    program.cover.done.emit(tmp_path / "none.db")  # type: ignore[union-attr]
    until(qtbot, lambda: program.cover is not None and program.cover.first)
    program.cover.done.emit(night)  # type: ignore[union-attr]
    until(qtbot, lambda: program.store is not None)
    assert program.cover is None


def test_a_defect_while_opening_is_shown_and_can_be_copied(
    tmp_path: Path, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr("stationdesk.services.care.open_station", fail)
    program = opened(tmp_path / "x.db")
    until(qtbot, lambda: program.shell._defect is not None)
    program.shell._defect.reject()  # type: ignore[union-attr]


def test_the_demo_is_made_while_the_window_waits(tmp_path: Path, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def quick(path: Path, *, at: object, progress: Callable[[float], None]) -> None:
        progress(0.5)
        keys.use(keys.LIGHT)
        scene.night(path).close()

    monkeypatch.setattr("stationdesk.services.demo.make_demo", quick)
    program = opened(tmp_path / "demo.db", demo=True, clock=stage.Clock(stage.NIGHT))
    until(qtbot, lambda: program.store is not None)
    keys.use(keys.STRONG)
    assert program.where == tmp_path / "demo.db"
    assert program.cover is None


# at once, for what needs no threads


@pytest.fixture
def program(night: Path, dressed: QApplication) -> Iterator[Program]:
    with stage.window(night, stage.Clock(stage.NIGHT), "en") as made:
        stage.pick(made, "op-b1")
        yield made


@pytest.mark.parametrize("page", ["now", "readings", "rounds", "log", "handover", "hazards", "locked"])
def test_people_with_long_names_do_not_widen_the_window(night: Path, dressed: QApplication, page: str) -> None:
    from stationdesk.services.people import change_person, people_view

    with stage.window(night, stage.Clock(stage.NIGHT), "en") as program:
        store = program.store
        assert store is not None
        for each in people_view(store, stage.NIGHT):
            long = f"{each.name}·买买提艾力·吐尔逊江·玉素甫江·艾尔肯江䶮㛃𬱖"[:30]
            change_person(
                store, actor(store, "chief"), each.person_id, each.version, name=long, number="", phone="", post=each.post, at=stage.NIGHT
            )  # fmt: skip
        log.write_entry(store, actor(store, "op-b1"), "other", "交班前", at=stage.NIGHT)
        program.feed.ask()
        if page != "locked":
            stage.pick(program, "op-b1")
            program.shell.go(page)
        stage.settle(program)
        assert program.shell.minimumSizeHint().width() <= 1366


def hits(program: Program, text: str) -> list[str]:
    palette = program.shell.over.palette
    palette.open()
    palette.edit.setText(text)
    stage.settle(program)
    found = [hit.title for hit in palette.model.hits]
    palette.put_away()
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("王强", "王强"),
        ("wq", "王强"),
        ("YH-2026-0001", "YH-2026-0001 东侧照明灯不亮"),
        ("膜片", "YL-2026-0001 加臭泵 2# 膜片待到货"),
        ("上级调度", "上级调度来电，核对昨日供气量"),
        ("emergency state", "Emergency state"),
        ("sign off", "Sign off"),
        ("hazards", "Hazards"),
    ],
)
def test_the_palette_finds_people_records_pages_and_actions(program: Program, text: str, wanted: str) -> None:
    assert wanted in hits(program, text)


def test_what_the_page_on_screen_does_is_found_by_name_in_both_languages(program: Program) -> None:
    stage.pick(program, "lead-b")
    program.shell.go("rounds")
    stage.settle(program)
    assert hits(program, "print blank form") == hits(program, "空白") == ["Print blank form"]
    program.shell.go("handover")
    stage.settle(program)
    refuse = hits(program, "refuse to take over")
    assert len(refuse) == len(set(refuse))  # what is a command of its own is named once
    program.shell.go("log")
    stage.settle(program)
    assert "Print blank form" not in hits(program, "print blank form")


def test_a_button_chosen_in_the_palette_is_pressed(program: Program) -> None:
    stage.pick(program, "lead-b")
    program.shell.go("rounds")
    stage.settle(program)
    program.shell.over.palette.open()
    program.shell.over.palette.edit.setText("空白")
    next(hit for hit in program.shell.over.palette.model.hits).run()
    stage.settle(program)
    assert program.shell.current is program.shell.page("reports")


def test_a_record_found_is_shown_on_its_page(program: Program) -> None:
    palette = program.shell.over.palette
    palette.open()
    palette.edit.setText("YH-2026-0001")
    stage.settle(program)
    next(hit for hit in palette.model.hits if hit.title.startswith("YH-2026-0001")).run()
    stage.settle(program)
    assert program.shell.current is program.shell.page("hazards")


def test_records_are_out_of_reach_on_the_locked_desk(program: Program) -> None:
    program.shell.lock()
    assert "YH-2026-0001 东侧照明灯不亮" not in hits(program, "YH-2026-0001")
    assert "王强" in hits(program, "王强")


def test_a_person_found_is_picked(program: Program) -> None:
    palette = program.shell.over.palette
    palette.open()
    palette.edit.setText("王强")
    stage.settle(program)
    palette.model.hits[0].run()
    assert program.runner.actor is not None
    assert program.runner.actor.name == "王强"


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no file that is open")
def test_the_strip_does_not_call_a_store_well_that_is_out_of_reach(program: Program) -> None:
    assert program.store is not None
    path, strip = program.store.path, program.shell.strip
    well = strip.database.text()
    for away, told in ((True, "out of reach"), (False, well)):
        here, there = path, path.with_name("away.db")
        here.rename(there) if away else there.rename(here)
        program.runner.poll()
        stage.settle(program)
        assert strip.database.text() == told
        notice = program.shell.over.notice.notice
        assert notice is not None
        assert ("again." if not away else "any more") in said(notice.words)


def test_the_strip_asks_once_for_values_typed_in_one_go_and_at_once_for_all_else(program: Program, qtbot: QtBot) -> None:
    fed: list[object] = []
    program.feed.fed.connect(fed.append)
    for _value in range(3):
        program.runner.changed.emit(Changes(frozenset({"reading"}), 1))
    program.runner.drain()
    assert fed == []

    def asked() -> bool:
        program.runner.drain()
        return len(fed) == 1

    qtbot.waitUntil(asked, timeout=2000)
    program.runner.changed.emit(Changes(frozenset({"duty_spell"}), 1))
    program.runner.drain()
    assert len(fed) == 2


def test_the_desk_locks_itself_when_nobody_touches_it(program: Program) -> None:
    clock = program.runner.clock
    assert isinstance(clock, stage.Clock)
    idle: Idle = program.idle
    assert idle.minutes > 0
    idle.watch()
    clock.at += timedelta(minutes=idle.minutes - 1)
    idle.check()
    assert not program.runner.locked
    clock.at += timedelta(minutes=2)
    idle.check()
    assert program.runner.locked


def test_a_clock_before_what_is_written_is_told_once_until_it_is_right(program: Program) -> None:
    clock, bar = program.runner.clock, program.shell.over.notice
    assert isinstance(clock, stage.Clock)

    def said_at(at: datetime) -> bool:
        bar.hide()
        clock.at = at
        program.clock.look()
        program.runner.drain()
        return bar.isVisibleTo(program.shell) and "2001-01-01 08:03" in bar.line.text()

    flat = datetime(2001, 1, 1, 0, 3, tzinfo=UTC)
    told = [said_at(at) for at in (stage.NIGHT, flat, flat, stage.NIGHT, flat)]
    assert told == [False, True, False, False, True]


def test_a_key_keeps_the_desk_open(program: Program, qtbot: QtBot) -> None:
    clock = program.runner.clock
    assert isinstance(clock, stage.Clock)
    program.idle.watch()
    clock.at += timedelta(minutes=program.idle.minutes + 1)
    qtbot.keyClick(program.shell, Qt.Key.Key_Shift)
    program.idle.check()
    assert not program.runner.locked


def test_the_window_has_an_icon_of_its_own(program: Program) -> None:
    icon = QApplication.windowIcon()
    assert not icon.isNull()
    assert icon.pixmap(32, 32).toImage().pixelColor(16, 4).name() == "#265c8c"


# a store in which something was altered behind the program's back

ALTERED = [
    "UPDATE rotation_plan SET definition = '{half'",
    "UPDATE rotation_plan SET crews = 'null'",
    "UPDATE station_list SET items = '[1, '",
    "UPDATE point_version SET h = 'high'",
    "UPDATE shift SET starts_at = 'yesterday'",
    "UPDATE setting_value SET value = 'often'",
    'UPDATE checklist_version SET schedule = \'{"every": "moon"}\'',
    "UPDATE station SET zone = 'Moon/Sea'",
]


@pytest.mark.parametrize("change", ALTERED)
def test_an_altered_store_is_covered_with_what_verify_finds_and_no_defect_is_shown(
    change: str, night: Path, opened: Opened, qtbot: QtBot
) -> None:
    store = stage.copy_of(night)
    behind_the_back(store, change)
    program = opened(store, clock=stage.Clock(stage.NIGHT))
    until(qtbot, lambda: program.cover is not None)
    assert program.shell._defect is None
    assert isinstance(program.cover, StartPage)
    trouble = program.cover.trouble
    assert isinstance(trouble, TroubleCard)
    assert trouble.head.text() == "The store is damaged"
    assert change.split()[1] in trouble.found.text()
    assert [way.way.code for way in program.cover.ways] == ["verify", "another"]
    assert program.cover.copies is not None
    program.cover.done.emit(night)
    until(qtbot, lambda: program.cover is None and program.store is not None and program.shell._picks)


def test_a_backup_put_in_the_place_of_an_altered_store_is_opened_there(night: Path, opened: Opened, qtbot: QtBot) -> None:
    store = stage.copy_of(night)
    behind_the_back(store, ALTERED[0])
    program = opened(store, clock=stage.Clock(stage.NIGHT))
    until(qtbot, lambda: program.cover is not None)
    program.cover._restore(str(night))  # type: ignore[union-attr]
    until(qtbot, lambda: program.cover is None and program.store is not None and program.shell._picks)
    assert program.where == store
    assert isinstance(program.shell.current, SigninPage)


def test_a_page_that_cannot_be_read_leaves_the_desk_at_work_and_says_what_can_be_looked_at(
    night: Path, opened: Opened, qtbot: QtBot
) -> None:
    store = stage.copy_of(night)
    program = opened(store, clock=stage.Clock(stage.NIGHT))
    until(qtbot, lambda: program.shell._picks)
    behind_the_back(store, "UPDATE log_entry SET text = 'another'")
    program.runner.query(program, _cannot_be_read, on_done=program.shell.tell)
    bar = program.shell.over.notice
    until(qtbot, lambda: bar.notice is not None and bar.notice.take is not None)
    assert program.shell._defect is None
    assert program.cover is None
    bar.notice.take()  # type: ignore[union-attr, misc]
    assert "log_entry" in program.cover.trouble.found.text()  # type: ignore[union-attr]
    assert program.store is None


def test_a_defect_on_a_whole_store_is_shown_as_one(night: Path, opened: Opened, qtbot: QtBot) -> None:
    program = opened(night, clock=stage.Clock(stage.NIGHT))
    until(qtbot, lambda: program.shell._picks)
    program.runner.query(program, _cannot_be_read, on_done=program.shell.tell)
    until(qtbot, lambda: program.shell._defect is not None)
    assert program.cover is None
    program.shell._defect.reject()  # type: ignore[union-attr]


def _cannot_be_read(_store: Store) -> None:
    raise KeyError("a code nobody knows")


# a fresh process

HEAVY = ("numpy", "pandas", "reportlab", "alembic", "openpyxl", "pyqtgraph", "ortools", "numba", "highspy", "xlsxwriter", "pyaga8")
LATER = ("domain.handover", "services.readings.whole", "services.log.read", "storage.handover", "storage.log", "storage.tables")
CHILD = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from stationdesk import app as desk
from stationdesk.domain import words
from stationdesk.paths import LANGUAGES, catalogue
for each in LANGUAGES:
    words.install(each, catalogue(each))
words.use("zh_CN")
seen = {}
heavy = sys.argv[3].split(",")
class Watched(desk.Program):
    def start(self):
        super().start()
        self.shell.grab()
        seen["painted"] = [name for name in ("sqlalchemy", "argon2", "cryptography", *heavy) if name in sys.modules]
        self.runner.defect.connect(lambda details: print(details, file=sys.stderr))
        self.opened.connect(lambda found: print(found, file=sys.stderr) if isinstance(found, str) else None)
        self.ready.connect(lambda: self.feed.fed.connect(lambda: QTimer.singleShot(200, self._end)))
        QTimer.singleShot(90_000, self.shell.close)
    def _end(self):
        seen["filled"] = self.shell.strip.station.text()
        seen["used"] = [name for name in heavy if name in sys.modules]
        self.shell.close()
desk.Program = Watched
seen["code"] = desk.run(Path(sys.argv[1]), language="zh_CN", home=Path(sys.argv[2]))
print(json.dumps(seen))
"""


def test_a_fresh_process_paints_without_the_store_and_runs_without_what_is_heavy(night: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHILD, str(night), str(home), ",".join((*HEAVY, *(f"stationdesk.{name}" for name in LATER)))],
        capture_output=True, text=True, encoding="utf-8", timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert seen == {"painted": [], "filled": "确山门站", "used": [], "code": 0}
    left = [line for line in ran.stderr.splitlines() if "propagateSizeHints" not in line]
    assert left == []


@pytest.mark.parametrize(("key", "dialog"), [(Qt.Key.Key_F9, SignOnDialog), (Qt.Key.Key_F10, LogInDialog)])
def test_one_comes_on_duty_from_the_locked_readings_too(
    night: Path, dressed: QApplication, qtbot: QtBot, key: Qt.Key, dialog: type[QWidget]
) -> None:
    with stage.window(night, stage.Clock(stage.NIGHT), "en") as program:
        stage.pick(program, "lead-b")
        program.shell.go("readings")
        stage.settle(program)

        def asked() -> list[QWidget]:
            return [each for each in QApplication.topLevelWidgets() if isinstance(each, dialog) and each.isVisible()]

        def press() -> None:
            program.shell.activateWindow()
            qtbot.keyClick(QApplication.focusWidget() or program.shell, key)
            stage.settle(program)

        press()
        assert asked() == []
        program.shell.lock()
        stage.settle(program)
        press()
        assert len(asked()) == 1
        asked()[0].close()
        stage.settle(program)
