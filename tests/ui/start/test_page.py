"""The first start and the stores that cannot be opened, as the person before the window meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from stationdesk.domain import store as stores
from stationdesk.domain.duty import NoStationError
from stationdesk.domain.errors import DomainError
from stationdesk.services import Store
from stationdesk.services.care import Founded, open_station
from stationdesk.services.people import verify_password
from stationdesk.storage import keys
from stationdesk.ui.start import asks, envelope
from stationdesk.ui.start.page import StartPage
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.text import Text
from tests import stage

Made = Callable[..., StartPage]
LONG_MS = 30_000


@pytest.fixture(autouse=True)
def light_keys() -> Iterator[None]:
    keys.use(keys.LIGHT)
    yield
    keys.use(keys.STRONG)


@pytest.fixture
def start(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Made:
    """start(problem): the page over a store in a folder of the test, at the size it has in the window."""

    def make(problem: DomainError | None = None, backups: Path | None = None) -> StartPage:
        where = tmp_path / "station.db"
        page = StartPage(where, problem or stores.StoreMissingError(place=str(where)), backups, lambda: stage.NIGHT)
        qtbot.addWidget(page)
        page.resize(1234, 692)
        page.show()
        page.activateWindow()
        page.take_focus()
        QApplication.processEvents()
        return page

    return make


def fill(page: StartPage, name: str = "确山门站", chief: str = "沈浩", login: str = "chief", password: str = "246810") -> None:
    assert page.station is not None
    for field, text in zip(page.station.fields, (name, chief, login, password, password), strict=True):
        field.set_text(text)


def said(page: StartPage) -> str:
    """Everything one can read on it."""
    QApplication.processEvents()
    return " | ".join(each.text() for kind in (Line, Text, Button) for each in page.findChildren(kind) if each.isVisible())


# a new station


def test_a_station_stands_after_five_fields_typed_with_enter(start: Made, qtbot: QtBot, tmp_path: Path) -> None:
    page = start()
    for text in ("确山门站", "沈浩", "chief", "246810", "246810"):
        focus = QApplication.focusWidget()
        focus.setText(text)  # type: ignore[union-attr]
        if text != "246810" or focus is not page.station.again.edit:  # type: ignore[union-attr]
            qtbot.keyClick(focus, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.work.done, timeout=LONG_MS):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert "Setting up the station" in said(page)
        assert not page.station.make.isEnabled()  # type: ignore[union-attr]
    assert page.code is not None
    assert page.founded is not None
    assert page.code.code.text() == page.founded.recovery_code
    assert not page.code.open.isEnabled()
    page.code.sure.setChecked(True)
    with qtbot.waitSignal(page.done) as done:
        page.code.open.click()
    store = open_station(done.args[0])
    assert verify_password(store, "chief", "246810", stage.NIGHT).name == "沈浩"
    store.close()


@pytest.mark.parametrize(
    ("wrong", "at", "why"),
    [
        ({"name": ""}, 0, "A name has 1 to 30 characters"),
        ({"chief": " "}, 1, "A name has 1 to 30 characters"),
        ({"login": "two words"}, 2, "no blanks"),
        ({"password": "123"}, 3, "at least 6 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(
    start: Made, tmp_path: Path, wrong: dict[str, str], at: int, why: str
) -> None:
    page = start()
    fill(page, **wrong)
    assert page.station is not None
    page.station.make.click()
    assert page.station.fields[at].wrong
    assert why in said(page)
    assert QApplication.focusWidget() is page.station.fields[at].edit
    assert not page.work.running
    assert list(tmp_path.iterdir()) == []


def test_two_passwords_that_differ_are_told(start: Made) -> None:
    page = start()
    fill(page)
    assert page.station is not None
    page.station.again.set_text("246811")
    page.station.make.click()
    assert "The two passwords differ." in said(page)


def test_what_the_store_refuses_is_said_and_what_was_typed_stays(start: Made, qtbot: QtBot, tmp_path: Path) -> None:
    page = start(NoStationError())
    (tmp_path / "station.db").write_bytes(b"no store")
    fill(page)
    assert page.station is not None
    with qtbot.waitSignal(page.work.refused, timeout=LONG_MS):
        page.station.make.click()
    assert "is not a StationDesk store" in said(page)
    assert page.station.name.text() == "确山门站"
    assert page.station.make.isEnabled()


def test_an_empty_store_gets_its_station(start: Made, qtbot: QtBot, tmp_path: Path) -> None:
    Store.create(tmp_path / "station.db").close()
    page = start(NoStationError())
    fill(page)
    with qtbot.waitSignal(page.work.done, timeout=LONG_MS):
        page.station.make.click()  # type: ignore[union-attr]
    open_station(tmp_path / "station.db").close()


def test_a_defect_is_told_and_the_form_is_free_again(start: Made, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("stationdesk.services.profile.create_station", fail)
    page = start()
    fill(page)
    with qtbot.waitSignal(page.work.broken, timeout=LONG_MS):
        page.station.make.click()  # type: ignore[union-attr]
    assert "The program could not finish this" in said(page)
    assert page.station.make.isEnabled()  # type: ignore[union-attr]


# the envelope


def drawn(folder: Path, code: str) -> tuple[list[str], bytes]:
    """The words of each page and the picture of the first one; Qt's PDFs show digits but do not always say which."""
    import pypdfium2

    first = tuple((f"人{n}", f"op-{n}", "135790") for n in range(30))
    writer = QPdfWriter(str(folder / "sheet.pdf"))
    writer.setResolution(300)
    envelope.draw(writer, Founded(folder, "确山门站", "沈浩", "chief", code, first))
    pdf = pypdfium2.PdfDocument(folder / "sheet.pdf")
    pages = [pdf[n].get_textpage().get_text_range() for n in range(len(pdf))]
    picture = pdf[0].render(scale=1).to_pil().tobytes()
    pdf.close()
    return pages, picture


def test_the_sheet_for_the_envelope_has_code_login_and_first_passwords(dressed: QApplication, tmp_path: Path) -> None:
    pages, picture = drawn(tmp_path, "7F3A-Q2WD-9KTM-5HXR-C8VN")
    assert len(pages) == 3
    assert "KTM-" in pages[0]
    assert "Login: chief" in pages[0]
    assert "Password forgotten" in pages[0]
    assert pages[1].count("login op-") == 22
    assert pages[2].count("login op-") == 8
    assert picture == drawn(tmp_path, "7F3A-Q2WD-9KTM-5HXR-C8VN")[1]
    assert picture != drawn(tmp_path, "7F3A-Q2WD-9KTM-5HXR-C9VN")[1]


def test_without_a_printer_one_is_told_to_write_the_code_down(
    start: Made, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinters", staticmethod(list))
    page = start()
    page._finish(Founded(tmp_path, "确山门站", "沈浩", "chief", "7F3A-Q2WD-9KTM-5HXR-C8VN"))
    assert page.code is not None
    page.code.print.click()
    assert "write the code down" in page.code.state.text()


# the demo, another file, the workbook


def test_the_demo_is_made_with_progress_and_can_be_broken_off(
    start: Made, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = start()
    with qtbot.waitSignal(page.work.progressed, timeout=LONG_MS):
        page.ways[0].button.click()
    assert page.stop.isVisible()
    assert not page.station.make.isEnabled()  # type: ignore[union-attr]
    with qtbot.waitSignal(page.work.broken_off, timeout=LONG_MS):
        page.stop.click()
    page.work.thread_.join()  # type: ignore[union-attr]
    assert list(tmp_path.iterdir()) == []
    assert page.station.make.isEnabled()  # type: ignore[union-attr]
    assert not page.stop.isVisible()


def test_a_demo_that_is_there_is_opened_at_once(start: Made, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / asks.DEMO).write_bytes(b"there")
    page = start()
    with qtbot.waitSignal(page.done, timeout=LONG_MS) as done:
        qtbot.keyClick(page, Qt.Key.Key_F2)
    assert done.args == [tmp_path / asks.DEMO]


def test_another_file_is_handed_on(start: Made, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_args: (str(tmp_path / "other.db"), "")))
    page = start()
    with qtbot.waitSignal(page.done) as done:
        qtbot.keyClick(page, Qt.Key.Key_F3)
    assert done.args == [tmp_path / "other.db"]


def test_the_workbook_is_handed_out_brought_in_and_makes_the_station(
    start: Made, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "setup.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_args: (str(file), "")))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_args: (str(file), "")))
    page = start()
    qtbot.keyClick(page, Qt.Key.Key_F4)
    assert page.workbook.isVisible()
    with qtbot.waitSignal(page.work.done, timeout=LONG_MS):
        page.workbook.hand_out.click()
    assert file.stat().st_size > 5000
    with qtbot.waitSignal(page.work.done, timeout=LONG_MS):
        page.workbook.choose.click()
    assert "Every cell was understood" in said(page)
    assert page.workbook.tried is not None
    page.workbook.password.set_text("246810")
    page.workbook.again.set_text("246810")
    with qtbot.waitSignal(page.work.done, timeout=LONG_MS):
        page.workbook.make.click()
    assert page.founded is not None
    store = open_station(page.founded.path)
    assert verify_password(store, page.founded.login, "246810", stage.NIGHT).name == page.founded.chief
    store.close()


def test_every_refused_cell_of_a_workbook_is_named(start: Made, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    file = tmp_path / "setup.xlsx"
    asks.hand_out(file, "en", stage.NIGHT, lambda _share: None)
    book = load_workbook(file)
    sheet = next(each for each in book.worksheets if "eople" in each.title)
    row = next(n for n in range(1, 20) if sheet.cell(n, 1).value) + 1
    sheet.cell(row + 1, 1).value = "x" * 200
    book.save(file)
    book.close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_args: (str(file), "")))
    page = start()
    qtbot.keyClick(page, Qt.Key.Key_F4)
    with qtbot.waitSignal(page.work.refused, timeout=LONG_MS):
        page.workbook.choose.click()
    assert "nothing was written" in said(page)
    assert f"!A{row + 1}" in said(page)
    assert not page.workbook.make.isVisible()
    page.workbook.back.click()
    assert page.station.isVisible()  # type: ignore[union-attr]


# stores that cannot be opened


@pytest.mark.parametrize(
    ("problem", "head", "ways"),
    [
        (stores.StoreNewerError(found="0009", wanted="0001"), "This store comes from a newer program", ["Open another file"]),
        (stores.StoreOnNetworkError(place="/net/x", kind="nfs"), "The store lies on a network share", ["Open another file"]),
        (stores.StoreBusyError(), "Another program holds the store", ["Try again", "Open another file"]),
        (stores.StoreDamagedError(detail="malformed"), "The store is damaged", ["Choose a backup file", "Open another file"]),
        (stores.NotAStoreError(place="/x"), "This file is no store", ["Choose a backup file", "Open another file"]),
    ],
)
def test_each_trouble_has_a_sentence_and_the_ways_that_are_open(start: Made, problem: DomainError, head: str, ways: list[str]) -> None:
    page = start(problem)
    assert head in said(page)
    buttons = [each.text() for each in page.findChildren(Button) if each.isVisible()]
    assert [each for each in buttons if each in ways] == ways
    assert "Back up and upgrade" not in buttons
    assert isinstance(QApplication.focusWidget(), Button)


def test_an_older_store_is_upgraded_by_one_key(start: Made, qtbot: QtBot, tmp_path: Path) -> None:
    asks.found(tmp_path / "station.db", asks.Wish("站", "沈浩", "chief", "246810"), stage.NIGHT, lambda _share: None)
    page = start(stores.StoreOlderError(found="0000", wanted="0001"))
    with qtbot.waitSignal(page.done, timeout=LONG_MS) as done:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert done.args == [tmp_path / "station.db"]


def test_a_refused_upgrade_is_told(start: Made, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "station.db").write_bytes(b"no store at all")
    page = start(stores.StoreOlderError(found="0000", wanted="0001"))
    with qtbot.waitSignal(page.work.refused, timeout=LONG_MS):
        page.trouble.upgrade.click()  # type: ignore[union-attr]
    assert page.trouble.upgrade.isEnabled()  # type: ignore[union-attr]


def test_the_newest_backup_is_first_and_takes_the_place_of_a_damaged_store(start: Made, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = asks.found(folder / "station-20261121-0640.db", asks.Wish("站", "沈浩", "chief", "246810"), stage.NIGHT, lambda _share: None)
    (folder / "station-20261120-0640.db").write_bytes(b"older")
    (tmp_path / "station.db").write_bytes(b"damaged")
    page = start(stores.StoreDamagedError(detail="malformed"), folder)
    names = [each.text() for each in page.findChildren(Line) if each.text().startswith("station-")]
    assert names == [made.path.name, "station-20261120-0640.db"]
    with qtbot.waitSignal(page.done, timeout=LONG_MS):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    open_station(tmp_path / "station.db").close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_cut_off(start: Made, speak: Callable[[str], None], language: str) -> None:
    page = start()
    speak(language)
    for line in page.findChildren(Line):
        if line.isVisible() and not line.elide:
            assert line.width() >= line.wide, line.text()
