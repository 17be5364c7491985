"""A whole shift through the real window by keyboard: takeover to the signed, printed handover, which is then read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from stationdesk.domain import words
from stationdesk.journey import day
from stationdesk.reports.checking import check_file
from stationdesk.services import Store
from stationdesk.services.log import LogFilter, entries
from stationdesk.services.rounds import history
from stationdesk.storage.verify import verify


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> day.Played:
    words.use("zh_CN")
    return day.play(tmp_path_factory.mktemp("journey"), language="zh_CN")


@pytest.mark.journey
def test_the_sheet_says_what_the_shift_did(played: day.Played, qapp: QApplication) -> None:
    text = "".join("".join(page.extract_text() for page in PdfReader(played.pdf).pages).split())
    for said in ("交接班记录", "早班08:00–16:00", "抄录9/9", "巡检8/8", "检查表2/2", "调压间东侧照明灯不亮", "口令签字"):
        assert said in text, said


@pytest.mark.journey
def test_the_sheet_fits_the_store_and_the_store_its_journal(played: day.Played) -> None:
    store = Store.open(played.store)
    check = check_file(store, played.pdf.read_bytes())
    assert check.fits
    assert check.same_file
    assert check.anchor.signatures == 2
    store.close()
    found = verify(played.store)
    assert found.clean, found.findings
    assert found.signatures >= 2


@pytest.mark.journey
def test_every_step_is_in_the_store(played: day.Played) -> None:
    store = Store.open(played.store)
    assert entries(store, LogFilter(text="同走一圈"))
    walked = [each for each in history(store) if each.state == "closed"]
    assert len(walked) >= 8
    store.close()


@pytest.mark.journey
def test_a_picture_of_every_page_is_left(played: day.Played) -> None:
    names = {file.stem for file in Path(played.pdf.parent).glob("*.png")}
    assert {"now", "readings", "rounds", "checklists", "log", "handover", "hazards", "reports", "settings"} <= names
