"""Sheets on their way out, and held against the store again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from stationdesk.domain.codes import from_bytes, grouped
from stationdesk.domain.paper import NotASheetError
from stationdesk.reports.checking import MarksLostError, NoCodeOnSheetError, check_code, check_file, differing
from stationdesk.reports.issue import Prepared, blank_form, issue, prepare
from stationdesk.reports.paint import make
from stationdesk.reports.qr import Code
from stationdesk.reports.sheet import Facts
from stationdesk.services import PROGRAM, Store
from stationdesk.services import handover as use
from stationdesk.services.sheets import UnknownCodeError, by_code, printed_sheets, set_template
from stationdesk.services.station import the_station
from stationdesk.storage import keys
from stationdesk.storage.verify import verify
from tests.conftest_station import actor
from tests.handing import EIGHT, hand_over, walked_night

LATER = EIGHT + timedelta(minutes=10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    keys.use(keys.LIGHT)
    made = walked_night(tmp_path / "a.db")
    hand_over(made)
    yield made
    made.close()
    keys.use(keys.STRONG)


@pytest.fixture
def sheet(store: Store) -> Prepared:
    return issue(store, actor(store, "lead-d"), "handover", "1", "zh_CN", at=LATER)


def test_a_preview_leaves_no_record_and_what_is_released_is_what_was_seen(store: Store) -> None:
    lead = actor(store, "lead-d")
    before = store.head()
    prepare(store, lead, "handover", "1", "zh_CN", LATER)
    assert store.head() == before
    done = issue(store, lead, "handover", "1", "zh_CN", "save", at=LATER)
    kept = printed_sheets(store)[0]
    assert (kept.code, kept.lines, kept.file_hash) == (done.to_print.code, done.to_print.lines, done.to_print.file_hash)
    assert (kept.by, kept.how, kept.copy, kept.head_seq) == ("黄勇", "save", 1, before.seq)
    assert verify(store.path).clean


def test_each_copy_is_counted_and_has_its_own_code(store: Store) -> None:
    first, second = (issue(store, actor(store, "lead-d"), "handover", "1", "zh_CN", at=LATER) for _each in range(2))
    assert first.to_print.code != second.to_print.code
    assert (first.to_print.copy, second.to_print.copy) == (1, 2)
    assert "（第 2 次）" in "\n".join(second.to_print.lines)
    assert len(printed_sheets(store, "handover", "1")) == 2
    assert printed_sheets(store, "rounds") == ()


def test_the_program_prints_too(store: Store) -> None:
    issue(store, PROGRAM, "handover", "1", "en", "command", at=LATER)
    kept = printed_sheets(store)[0]
    assert (kept.how, kept.by) == ("command", "")


def test_the_very_file_is_known_again(store: Store, sheet: Prepared) -> None:
    found = check_file(store, sheet.pdf)
    assert (found.fits, found.same_file, found.differences, found.changed_since) == (True, True, (), ())
    assert found.anchor.signatures == 2
    said = "\n".join(found.sentences())
    assert "byte for byte" in said
    assert "Shift handover record" in said
    assert check_code(store, sheet.to_print.code).fits


def test_an_altered_line_is_named(store: Store, sheet: Prepared) -> None:
    facts = sheet.sheet.sections[0]
    assert isinstance(facts, Facts)
    bands = [[(label, "孙莉" if value == "张伟" else value) for label, value in band] for band in facts.bands]
    forged = make(replace(sheet.sheet, sections=[replace(facts, bands=bands), *sheet.sheet.sections[1:]]))
    found = check_file(store, forged.pdf)
    assert (found.fits, found.same_file) == (False, False)
    assert [(each.found, each.recorded) for each in found.differences] == [("孙莉", "张伟")]
    assert any("孙莉" in each for each in found.sentences())


def test_two_values_that_changed_places_are_both_named(store: Store, sheet: Prepared) -> None:
    facts = sheet.sheet.sections[0]
    assert isinstance(facts, Facts)
    places = {"张伟": "黄勇", "黄勇": "张伟"}
    bands = [[(label, places.get(str(value), value)) for label, value in band] for band in facts.bands]
    forged = make(replace(sheet.sheet, sections=[replace(facts, bands=bands), *sheet.sheet.sections[1:]]))
    found = check_file(store, forged.pdf)
    assert not found.fits
    assert {(each.found, each.recorded) for each in found.differences} == {("黄勇", "张伟"), ("张伟", "黄勇")}


def test_what_another_program_wrote_over_a_sheet_is_named(store: Store, sheet: Prepared) -> None:
    found = check_file(store, with_page(sheet.pdf, text_page("2.99 MPa")))
    assert [(each.found, each.recorded) for each in found.differences] == [("2.99 MPa", "")]
    assert any("added: “2.99 MPa”" in each for each in found.sentences())
    noted = check_file(store, with_note(sheet.pdf, "2.99"))
    assert not noted.fits
    assert any("pictures or notes: 1" in each for each in noted.sentences())


def test_a_sheet_saved_anew_with_its_watermark_is_as_it_was_printed(store: Store) -> None:
    draft = issue(store, actor(store, "lead-d"), "handover", "2", "zh_CN", at=LATER)
    assert draft.sheet.watermark
    anew = check_file(store, with_page(draft.pdf, None))
    assert (anew.fits, anew.same_file) == (True, False)
    assert any("saved anew" in each for each in anew.sentences())


def test_the_watermark_of_trial_operation_is_missed(store: Store) -> None:
    with store.write(PROGRAM, "init", LATER) as session:
        the_station(session).official_from = None
    trial = issue(store, actor(store, "lead-d"), "handover", "1", "zh_CN", at=LATER)
    assert trial.sheet.watermark == "试运行"
    assert check_file(store, with_page(trial.pdf, None)).fits
    code = Code(trial.to_print.code, trial.to_print.head_seq, trial.to_print.fingerprint)
    bare = make(replace(trial.sheet, watermark="", code=code, printed=trial.to_print.printed))
    assert [str(each) for each in check_file(store, bare.pdf).differences] == ["missing: “试运行”"]


def test_a_sheet_drawn_anew_without_its_marks_still_says_its_code(store: Store, sheet: Prepared) -> None:
    code = grouped(sheet.to_print.code)
    with pytest.raises(MarksLostError) as refused:
        check_file(store, text_page(f"Verification code {code}"))
    assert refused.value.values["code"] == code


def text_page(text: str) -> bytes:
    """A page of another program with one text on it."""
    from reportlab.pdfgen.canvas import Canvas

    held = BytesIO()
    canvas = Canvas(held)
    canvas.drawString(100, 400, text)
    canvas.save()
    return held.getvalue()


def with_page(pdf: bytes, over: bytes | None) -> bytes:
    """The file saved anew by another program, with another page laid over its first one."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    if over is not None:
        writer.pages[0].merge_page(PdfReader(BytesIO(over)).pages[0])
    return saved(writer)


def with_note(pdf: bytes, text: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.add_annotation(0, FreeText(text=text, rect=(50, 500, 200, 560)))
    return saved(writer)


def saved(writer: PdfWriter) -> bytes:
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def test_what_changed_in_the_records_since_is_told_apart_from_forgery(store: Store) -> None:
    with_ink = issue(store, actor(store, "lead-d"), "readings-day", "2026-11-20", "zh_CN", at=LATER)
    from stationdesk.services import readings
    from tests.night import hour_of

    point = readings.points_view(store, LATER)[0].point_id
    readings.correct_reading(store, actor(store, "lead-d"), point, hour_of("07"), "2.44", words="misread", at=LATER + timedelta(minutes=1))
    found = check_file(store, with_ink.pdf)
    assert found.fits
    assert found.changed_since
    assert any("records have changed" in each for each in found.sentences())


def test_a_rebuilt_journal_no_longer_fits_a_code(store: Store, sheet: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    from stationdesk.reports import checking

    monkeypatch.setattr(checking, "by_code", lambda store, code: replace(by_code(store, code), head_hash="00" * 32))
    found = check_code(store, sheet.to_print.code)
    assert not found.fits
    assert any("rebuilt or cut off" in each for each in found.sentences())


def test_what_is_no_sheet_of_this_store_is_said_plainly(store: Store, sheet: Prepared) -> None:
    with pytest.raises(NotASheetError):
        check_file(store, b"Dear station")
    with pytest.raises(NoCodeOnSheetError):
        check_file(store, blank_form(store, "handover", "", "en", LATER).pdf)
    with pytest.raises(UnknownCodeError):
        check_code(store, from_bytes(b"\1" * 13))
    stranger = make(replace(sheet.sheet, code=Code(from_bytes(b"\2" * 13), 5, "")))
    with pytest.raises(UnknownCodeError):
        check_file(store, stranger.pdf)


def test_the_stations_own_form_takes_effect(store: Store) -> None:
    set_template(
        store, actor(store, "chief"), "handover", '{"title": {"zh": "交接班日志", "en": "Handover log"}, "form_no": "X-1"}', at=LATER
    )
    done = prepare(store, actor(store, "lead-d"), "handover", "1", "zh_CN", LATER)
    assert (done.sheet.title, done.sheet.form_no) == ("交接班日志", "X-1")


def test_lines_are_compared_as_often_as_they_stand() -> None:
    assert differing(["a", "b", "b"], ["a", "b"])[0].found == "b"
    assert [(each.found, each.recorded) for each in differing(["a", "c"], ["a", "b", "c"])] == [("", "b")]
    assert differing(["a  b"], ["a b"]) == ()


def test_a_signed_handover_prints_the_same_after_later_corrections(store: Store, sheet: Prepared) -> None:
    use.past_handovers(store)
    from stationdesk.services import readings
    from tests.night import hour_of

    point = readings.points_view(store, LATER)[0].point_id
    readings.correct_reading(store, actor(store, "lead-d"), point, hour_of("07"), "2.44", words="misread", at=LATER)
    assert check_file(store, sheet.pdf).changed_since == ()
