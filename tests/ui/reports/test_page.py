"""The reports page as a person uses it, on a demo station of three days."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from stationdesk.domain.codes import grouped
from stationdesk.reports.lines import read_lines
from stationdesk.reports.registry import REPORTS, Period
from stationdesk.services import Actor, Store, log
from stationdesk.services.sheets import PrintedView, printed_sheets
from stationdesk.ui.reports import asks, files, printing
from stationdesk.ui.reports.page import ReportsPage
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.text import Text
from tests.stage import NIGHT, ZONE, copy_of, demo_store

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store.open(copy_of(demo_store(NIGHT, 3)), clock=lambda: NIGHT)
    yield made
    made.close()


@pytest.fixture
def person(store: Store) -> Actor:
    from tests.conftest_station import actor

    return actor(store, "lead-b")


@pytest.fixture
def runner(dressed: QApplication, store: Store, person: Actor) -> Iterator[Runner]:
    made = Runner(store, inline=True, clock=lambda: NIGHT, zone=ZONE)
    made.actor = person
    made.drain()
    yield made
    made.stop()


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> ReportsPage:
    made = ReportsPage(runner)
    qtbot.addWidget(made)
    made.resize(1234, 692)
    made.show()
    made.activateWindow()
    settle(made)
    made.take_focus()
    return made


def settle(page: ReportsPage) -> None:
    for _n in range(4):
        page.runner.drain()
        QApplication.processEvents()


def press(page: ReportsPage, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    settle(page)


def on_screen(page: ReportsPage) -> asks.Shown:
    assert page.shown is not None, page.view.empty.text.text()
    return page.shown


def said(page: ReportsPage) -> str:
    return " ".join(each.text() for each in page.check.findChildren(Text) + page.check.findChildren(Line))


@pytest.fixture
def to_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The printer's dialog is answered: print to this file."""
    paper = tmp_path / "paper.pdf"

    def ask(_owner: object, title: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        printer.setDocName(title)
        return printer

    monkeypatch.setattr(printing, "ask_printer", ask)
    return paper


@pytest.fixture
def to_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path], None]:
    """The file dialogs are answered with this place."""

    def choose(place: Path) -> None:
        monkeypatch.setattr(files, "ask_place", lambda *_asked: str(place))
        monkeypatch.setattr(files, "ask_file", lambda *_asked: str(place))

    return choose


def test_every_report_previews_the_very_bytes(page: ReportsPage, store: Store) -> None:
    for n, report in enumerate(REPORTS):
        if n:
            press(page, KEY.Key_Down)
        shown = on_screen(page)
        assert page.report is report
        assert shown.wish.report == report.name
        assert hashlib.sha256(shown.prepared.pdf).hexdigest() == shown.prepared.to_print.file_hash
        assert tuple(read_lines(shown.prepared.pdf)) == shown.prepared.to_print.lines
        leaf = page.view.preview.leaves[0]
        assert leaf.image is not None
        assert leaf.image.width() == pytest.approx(leaf.width() * page.devicePixelRatioF(), abs=2)
        assert len(page.view.preview.leaves) == shown.prepared.to_print.pages
        code = shown.prepared.to_print.code
        assert bool(code) is not report.only_form
        assert page.printed.isVisible() is bool(code)
        assert page.sheet.code.text() == (grouped(code) if code else "Blank form, without a code")
    assert printed_sheets(store) == ()


def test_pages_out_of_sight_are_drawn_when_they_come_into_it(page: ReportsPage) -> None:
    page.show_target(("readings-day", "2026-11-19"))
    settle(page)
    preview = page.view.preview
    preview.larger()
    preview.larger()
    settle(page)
    last = preview.leaves[-1]
    assert len(preview.leaves) > 1
    assert last.image is None or last.scale != preview._scale()
    press(page, KEY.Key_F6)
    press(page, KEY.Key_End)
    assert last.image is not None
    assert last.scale == preview._scale()
    assert page.view.place.text() == f"Page {len(preview.leaves)} of {len(preview.leaves)}"
    press(page, KEY.Key_1, CONTROL)
    assert preview.zoom() == 1.0
    press(page, KEY.Key_0, CONTROL)
    assert preview.leaves[0].width() + 32 == pytest.approx(preview.viewport().width(), abs=2)


def test_printing_is_recorded_once_it_really_prints(page: ReportsPage, store: Store, to_file: Path, person: Actor) -> None:
    shown = on_screen(page)
    press(page, KEY.Key_P, CONTROL)
    (found,) = printed_sheets(store)
    assert to_file.read_bytes().startswith(b"%PDF")
    assert (found.code, found.file_hash) == (shown.prepared.to_print.code, shown.prepared.to_print.file_hash)
    assert (found.how, found.by, found.copy) == ("print", person.name, 1)
    assert [row.sheet_id for row in page.printed.table.rows()] == [found.sheet_id]
    assert on_screen(page).prepared.to_print.copy == 2
    assert on_screen(page).prepared.to_print.code != found.code


def test_all_pages_are_on_the_paper(page: ReportsPage, to_file: Path) -> None:
    page.show_target(("readings-day", "2026-11-19"))
    settle(page)
    papers = on_screen(page).papers
    press(page, KEY.Key_P, CONTROL)
    printed = asks.papers(to_file.read_bytes())
    assert [wide > high for wide, high in printed] == [wide > high for wide, high in papers]


def test_who_thinks_better_of_it_prints_nothing(page: ReportsPage, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "ask_printer", lambda *_asked: None)
    press(page, KEY.Key_P, CONTROL)
    assert printed_sheets(store) == ()


@pytest.mark.qt_log_ignore("QPdf", "QPainter")
def test_a_printer_that_takes_nothing_leaves_no_record(
    page: ReportsPage, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nowhere(_owner: object, _title: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "missing" / "paper.pdf"))
        return printer

    monkeypatch.setattr(printing, "ask_printer", nowhere)
    press(page, KEY.Key_P, CONTROL)
    assert printed_sheets(store) == ()
    assert "printer did not take" in page.sheet.problem.text.text()
    assert page.sheet.print.isEnabled()


def test_saved_bytes_are_the_recorded_ones(page: ReportsPage, store: Store, to_place: Callable[[Path], None], tmp_path: Path) -> None:
    to_place(tmp_path / "out")
    press(page, KEY.Key_S, CONTROL)
    (found,) = printed_sheets(store)
    assert hashlib.sha256((tmp_path / "out.pdf").read_bytes()).hexdigest() == found.file_hash
    assert found.how == "save"


def test_a_file_that_is_there_is_left_alone(page: ReportsPage, store: Store, to_place: Callable[[Path], None], tmp_path: Path) -> None:
    there = tmp_path / "there.pdf"
    there.write_text("mine")
    to_place(there)
    press(page, KEY.Key_S, CONTROL)
    assert there.read_text() == "mine"
    assert "already there" in page.sheet.problem.text.text()
    assert printed_sheets(store) == ()
    to_place(tmp_path / "no folder" / "x.pdf")
    press(page, KEY.Key_S, CONTROL)
    assert "There is no folder" in page.sheet.problem.text.text()


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "cannot be written to"), (errno.EIO, "could not")]
)
def test_a_disk_that_refuses_is_said_at_the_buttons(
    page: ReportsPage,
    store: Store,
    to_place: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    words: str,
) -> None:
    def refuse(_file: int) -> None:
        raise OSError(number, "refused")

    to_place(tmp_path / "full.pdf")
    monkeypatch.setattr("stationdesk.ui.reports.files.os.fsync", refuse)
    page._save()
    page.runner.drain()
    monkeypatch.undo()
    settle(page)
    assert words in page.sheet.problem.text.text()
    assert not (tmp_path / "full.pdf").exists()
    assert printed_sheets(store) == ()


def test_a_workbook_is_saved(page: ReportsPage, store: Store, to_place: Callable[[Path], None], tmp_path: Path) -> None:
    to_place(tmp_path / "book.xlsx")
    press(page, KEY.Key_E, CONTROL)
    assert (tmp_path / "book.xlsx").read_bytes().startswith(b"PK")
    assert printed_sheets(store) == ()


def test_a_calendar_is_saved_where_the_report_has_one(page: ReportsPage, to_place: Callable[[Path], None], tmp_path: Path) -> None:
    assert not page.sheet.calendar.isVisible()
    page.open("roster-person")
    settle(page)
    assert page.sheet.calendar.isVisible()
    to_place(tmp_path / "mine")
    press(page, KEY.Key_I, CONTROL)
    assert (tmp_path / "mine.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_blank_form_has_no_code_and_no_record(page: ReportsPage, store: Store, to_file: Path) -> None:
    press(page, KEY.Key_B)
    assert on_screen(page).wish.blank
    assert page.sheet.code.text() == "Blank form, without a code"
    press(page, KEY.Key_P, CONTROL)
    assert to_file.exists()
    assert printed_sheets(store) == ()
    press(page, KEY.Key_B)
    assert not on_screen(page).wish.blank


def test_language_and_neighbours_by_key(page: ReportsPage) -> None:
    assert on_screen(page).wish.language == "zh_CN"
    press(page, KEY.Key_L)
    assert "Shift handover record" in on_screen(page).prepared.to_print.lines
    first = on_screen(page).wish.subject
    press(page, KEY.Key_Left, ALT)
    assert on_screen(page).wish.subject != first
    press(page, KEY.Key_Right, ALT)
    assert on_screen(page).wish.subject == first
    assert on_screen(page).wish.language == "en"


def test_shifts_up_to_a_day(page: ReportsPage) -> None:
    until = page.view.chooser.until
    until.take_focus()
    until.edit.insert("2026-11-19")
    press(page, KEY.Key_Return)
    labels = [each.label for each in page.view.chooser.items]
    assert labels
    assert max(labels) == "2026-11-19"
    assert on_screen(page).wish.subject == page.view.chooser.items[0].code


def test_no_shift_up_to_a_day_is_said(page: ReportsPage) -> None:
    until = page.view.chooser.until
    until.take_focus()
    until.edit.insert("2020-01-01")
    press(page, KEY.Key_Return)
    assert page.shown is None
    assert page.view.empty.text.text() == "There is no shift up to that day."


def test_another_page_leads_here(page: ReportsPage, store: Store) -> None:
    page.show_target(("readings-day", QDate(2026, 11, 19).toPython()))
    settle(page)
    assert on_screen(page).wish.subject == "2026-11-19"
    page.show_target(("round-blank", asks.offer(store, "round-blank", None, 1, NIGHT).subjects[-1].code))
    settle(page)
    assert page.report.period is Period.ITEM
    assert page.view.chooser.select.combo.currentText()
    page.show_target(("hazards", ""))
    settle(page)
    assert on_screen(page).wish.report == "hazards"


def test_changed_records_are_told_and_the_sheet_is_made_anew(page: ReportsPage, store: Store, person: Actor) -> None:
    page.show_target(("duty-log", ""))
    settle(page)
    before = on_screen(page)
    log.write_entry(store, person, log.categories(store, NIGHT)[0].code, "阀门已开", at=NIGHT)
    page.runner.poll()
    settle(page)
    assert on_screen(page) is before
    assert "changed" in page.sheet.changed.text.text()
    press(page, KEY.Key_F5)
    assert on_screen(page) is not before
    assert not page.sheet.changed.isVisible()


@pytest.fixture
def threads(dressed: QApplication, store: Store, person: Actor) -> Iterator[Runner]:
    """As in the program: made and drawn in the bench thread, written in the desk thread."""
    made = Runner(store, clock=lambda: NIGHT, zone=ZONE)
    made.actor = person
    yield made
    made.stop()


def test_in_threads_as_in_the_program(qtbot: QtBot, threads: Runner, store: Store, to_file: Path) -> None:
    page = ReportsPage(threads)
    qtbot.addWidget(page)
    page.resize(1234, 692)
    page.show()
    qtbot.waitUntil(lambda: bool(page.view.preview.leaves) and page.view.preview.leaves[0].image is not None, timeout=60_000)
    page.show_target(("readings-day", "2026-11-19"))
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.wish.report == "readings-day", timeout=60_000)
    count = on_screen(page).prepared.to_print.pages
    assert count > 1
    page.sheet.print.click()
    qtbot.waitUntil(lambda: not page.leaving.running, timeout=60_000)
    assert len(asks.papers(to_file.read_bytes())) == count
    assert len(printed_sheets(store)) == 1
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.prepared.to_print.copy == 2, timeout=60_000)

    page.sheet.print.click()
    page.leaving.stop()
    qtbot.waitUntil(lambda: not page.leaving.running, timeout=60_000)
    assert len(printed_sheets(store)) == 2
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.prepared.to_print.copy == 3, timeout=60_000)


def saved(page: ReportsPage, store: Store, place: Path, to_place: Callable[[Path], None]) -> PrintedView:
    to_place(place)
    press(page, KEY.Key_S, CONTROL)
    return printed_sheets(store)[0]


def test_one_printed_before_is_shown_again(page: ReportsPage, store: Store, to_place: Callable[[Path], None], tmp_path: Path) -> None:
    found = saved(page, store, tmp_path / "a.pdf", to_place)
    page.printed.table.setFocus()
    press(page, KEY.Key_Down)
    assert page.view.pdf == (tmp_path / "a.pdf").read_bytes()
    assert page.sheet.code.text() == grouped(found.code)
    assert not page.sheet.print.isVisible()
    press(page, KEY.Key_Escape)
    assert on_screen(page).prepared.to_print.copy == 2
    assert page.sheet.print.isVisible()


def test_one_that_cannot_be_made_again_shows_its_lines(
    page: ReportsPage, store: Store, to_place: Callable[[Path], None], tmp_path: Path, person: Actor
) -> None:
    running = next(each.code for each in asks.offer(store, "duty-log", None, 1, NIGHT).subjects if not each.done)
    page.show_target(("duty-log", running))
    settle(page)
    found = saved(page, store, tmp_path / "a.pdf", to_place)
    log.write_entry(store, person, log.categories(store, NIGHT)[0].code, "后来的事", at=NIGHT)
    page.printed.table.setFocus()
    press(page, KEY.Key_Down)
    assert page.view.lines.text.text() == "\n".join(found.lines)
    assert "something else today" in page.sheet.remark.text.text()


def test_verify_by_code_typed_as_one_likes(page: ReportsPage, store: Store, to_place: Callable[[Path], None], tmp_path: Path) -> None:
    found = saved(page, store, tmp_path / "a.pdf", to_place)
    press(page, KEY.Key_V)
    assert page.check.code.edit.hasFocus()
    page.check.code.edit.insert(grouped(found.code).lower())
    press(page, KEY.Key_Return)
    assert "Printed from this store" in said(page)
    assert page.check.verdict is not None
    assert page.check.verdict.styles[0][1] == "good"
    next(each for each in page.check.findChildren(Button) if each.text() == "Show this sheet").click()
    settle(page)
    assert page.sheet.code.text() == grouped(found.code)
    assert page.view.isVisible()


def test_a_changed_byte_is_found(page: ReportsPage, store: Store, to_place: Callable[[Path], None], tmp_path: Path) -> None:

    from stationdesk.reports import issue
    from stationdesk.reports.paint import make

    found = saved(page, store, tmp_path / "a.pdf", to_place)
    press(page, KEY.Key_V)
    press(page, KEY.Key_O, CONTROL)
    assert "Genuine" in said(page)
    assert "byte for byte" in said(page)
    assert page.check.check is not None
    assert page.check.check.fits

    altered = bytearray((tmp_path / "a.pdf").read_bytes())
    altered += b"\n"
    (tmp_path / "b.pdf").write_bytes(bytes(altered))
    to_place(tmp_path / "b.pdf")
    press(page, KEY.Key_O, CONTROL)
    assert "saved anew" in said(page)

    sheet = issue.compose(store, found.report, found.subject, found.language, NIGHT)
    forged = make(replace(sheet, title="交接班假录", code=issue.Code(found.code, found.head_seq, found.fingerprint), printed=found.printed))
    (tmp_path / "c.pdf").write_bytes(forged.pdf)
    to_place(tmp_path / "c.pdf")
    press(page, KEY.Key_O, CONTROL)
    assert "Not as it was printed" in said(page)
    assert "交接班假录" in said(page)
    assert page.check.verdict is not None
    assert page.check.verdict.styles[0][1] == "red-fg"


def test_what_is_no_sheet_is_told_in_words(page: ReportsPage, to_place: Callable[[Path], None], tmp_path: Path) -> None:
    press(page, KEY.Key_V)
    press(page, KEY.Key_Return)
    assert page.check.code.wrong
    page.check.code.edit.insert("7F3A")
    press(page, KEY.Key_Return)
    assert page.check.code.wrong
    page.check.code.edit.clear()
    page.check.code.edit.insert("7F3A-Q2WD-9KTM-5HXR-C8VN")
    press(page, KEY.Key_Return)
    assert "Not a sheet of this store" in said(page)
    assert "No sheet with the code" in said(page)
    (tmp_path / "x.pdf").write_text("no pdf")
    to_place(tmp_path / "x.pdf")
    press(page, KEY.Key_O, CONTROL)
    assert "not a PDF" in said(page)
    to_place(tmp_path / "gone.pdf")
    press(page, KEY.Key_O, CONTROL)
    assert "cannot be read" in said(page)
    press(page, KEY.Key_Escape)
    assert page.view.isVisible()
    assert page.list.hasFocus()


def test_waiting_shows_itself_and_can_be_stopped(page: ReportsPage) -> None:
    page.view.waiting.begin()
    page.view.waiting.due.emit()
    assert page.view.middle.currentWidget() is page.view.waiting
    page.view.waiting.stop.click()
    assert page.view.middle.currentWidget() is page.view.empty
    assert page.shown is None
    press(page, KEY.Key_F5)
    assert page.view.middle.currentWidget() is page.view.preview


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_off(
    page: ReportsPage, speak: Callable[[str], None], store: Store, to_place: Callable[[Path], None], tmp_path: Path, language: str
) -> None:
    speak(language)
    assert page.minimumSizeHint().width() <= 1234
    assert page.minimumSizeHint().height() <= 692
    for report in REPORTS:
        page.open(report.name)
        settle(page)
        to_place(tmp_path / f"{report.name}.pdf")
        press(page, KEY.Key_S, CONTROL)
        assert (tmp_path / f"{report.name}.pdf").exists()
        whole(page)
    for column in range(4):
        assert page.printed.table.columnWidth(column) + 1 >= page.printed.table._wide(column)
    press(page, KEY.Key_V)
    whole(page)


def whole(page: ReportsPage) -> None:
    for each in page.findChildren(Line) + page.findChildren(Button) + page.findChildren(Chip):
        if each.isVisible() and each.text():
            assert each.width() >= each.sizeHint().width(), each.text()
            right = each.mapTo(page, each.rect().bottomRight())
            assert page.rect().contains(right), each.text()
    for row in page.list.rows():
        column = page.list.columnWidth(0)
        from stationdesk.ui.widgets.paint import advance

        assert advance("body", row.words) + 32 <= column, row.words


@pytest.mark.parametrize(
    ("typed", "saved"), [("/home/交接班", "/home/交接班.pdf"), ("/home/a.pdf", "/home/a.pdf"), ("/home/a.PDF", "/home/a.PDF"), ("", "")]
)
def test_a_name_typed_without_its_ending_gets_it(page: ReportsPage, monkeypatch: pytest.MonkeyPatch, typed: str, saved: str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (typed, ""))
    assert files.ask_place(page, "Save", "交接班记录-2026-11-20.pdf", "PDF (*.pdf)") == saved
