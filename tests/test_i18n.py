"""The check of the catalogue finds what it is there to find."""

from __future__ import annotations

import gettext
import io
import textwrap

import pytest

from tests import i18n
from tests.i18n import Used, Worded


def part(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")


@pytest.fixture
def code(tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "page.py").write_text(
        'a = _("Take over")\nb = C_("shift", "Night")\nc = n_("{n} hour", "{n} hours", 3)\nd = N_("Round {round}")\ne = _("Take over")\n',
        encoding="utf-8",
    )
    return folder


def test_every_way_of_saying_is_extracted(code):
    found = i18n.used(code)
    assert set(found) == {("", "Take over"), ("shift", "Night"), ("", "{n} hour"), ("", "Round {round}")}
    assert found["", "{n} hour"].plural == "{n} hours"
    assert found["", "Take over"].places == ["package/page.py:1", "package/page.py:5"]


def test_parts_make_a_catalogue_that_python_reads(tmp_path, code):
    part(tmp_path / "parts", "a.po", 'msgid "Take over"\nmsgstr "接班"\n\nmsgctxt "shift"\nmsgid "Night"\nmsgstr "夜班"\n')
    part(tmp_path / "parts", "b.po", 'msgid "{n} hour"\nmsgstr "{n} 小时"\n\nmsgid "Round {round}"\nmsgstr "“第 {round} 次”\\n巡检"\n')
    words, wrong = i18n.worded(tmp_path / "parts")
    assert wrong == i18n.findings(i18n.used(code), words) == []
    po = i18n.po_text(i18n.used(code), words)
    said = gettext.GNUTranslations(io.BytesIO(i18n.mo_bytes(po)))
    assert said.gettext("Take over") == "接班"
    assert said.pgettext("shift", "Night") == "夜班"
    assert said.ngettext("{n} hour", "{n} hours", 1) == said.ngettext("{n} hour", "{n} hours", 2) == "{n} 小时"
    assert said.gettext("Round {round}") == "“第 {round} 次”\n巡检"


def test_made_files_that_are_older_than_their_parts_are_found(tmp_path):
    po = i18n.po_text({("", "a"): Used("")}, {("", "a"): Worded("甲", "a.po")})
    assert len(i18n.stale(po, tmp_path)) == 2
    i18n.write(po, tmp_path)
    assert i18n.stale(po, tmp_path) == []
    (tmp_path / "stationdesk.mo").write_bytes(b"other")
    assert i18n.stale(po, tmp_path) == ["stationdesk.mo is not what parts/ gives: run python -m tests.i18n"]


def test_missing_and_unused_are_named(code):
    found = i18n.findings(i18n.used(code), {("", "Gone"): Worded("没了", "a.po")})
    assert found[0] == "missing: 'Night' as 'shift' at package/page.py:2"
    assert found[-1] == "unused: 'Gone' in a.po"
    assert len(found) == 5


def test_two_parts_that_word_one_message_differently_conflict(tmp_path):
    part(tmp_path / "parts", "a.po", 'msgid "Hand over"\nmsgstr "交班"\n')
    part(tmp_path / "parts", "b.po", 'msgid "Hand over"\nmsgstr "移交"\n')
    assert i18n.worded(tmp_path / "parts")[1] == ["two wordings of 'Hand over': '交班' in a.po, '移交' in b.po"]


def test_a_part_that_says_a_message_twice_is_found(tmp_path):
    part(tmp_path / "parts", "a.po", 'msgid "Hand over"\nmsgstr "交班"\n\nmsgid "Hand over"\nmsgstr "移交"\n')
    assert i18n.worded(tmp_path / "parts")[1] == ['a.po gives "Hand over" twice']


def test_a_part_that_cannot_be_read_is_named(tmp_path):
    part(tmp_path / "parts", "a.po", 'msgid "Hand over\nmsgstr 交班\n')
    assert i18n.worded(tmp_path / "parts") == (
        {},
        ['a.po cannot be read at line 1: msgid "Hand over', "a.po cannot be read at line 2: msgstr 交班"],
    )


@pytest.mark.parametrize(
    ("one", "chinese", "finding"),
    [
        ("Hand over", "", "untranslated"),
        ("{n} left", "还剩 {m} 项", "placeholders differ"),
        ("{n} left", "还剩 {n 项", "braces"),
        ("Yes, now", "是,现在", "half-width"),
        ("Done", "完成(全部)", "half-width"),
        ("A · B", "甲 · 乙", "half-width"),
        ("Done", "完成 ", "blanks at the edge"),
    ],
)
def test_faulty_chinese_is_found(one, chinese, finding):
    found = list(i18n.problems_of(("", one), Used(""), Worded(chinese, "a.po")))
    assert len(found) == 1
    assert found[0].startswith(finding)


@pytest.mark.parametrize(
    ("one", "chinese"),
    [
        ("{a} of {b}", "第 {a} 项，共 {b} 项"),
        ("Password: ", "口令："),
        ("v1.2, ok", "v1.2，好"),
        ("A · B", "甲·乙"),
        ("Save (Ctrl+S)", "保存（Ctrl+S）"),
    ],
)
def test_sound_chinese_is_left_alone(one, chinese):
    assert list(i18n.problems_of(("", one), Used(""), Worded(chinese, "a.po"))) == []
