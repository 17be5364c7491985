"""Every page in both languages and both themes, as a person sees it: nothing cut, nothing untranslated, no character without a shape."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication

from stationdesk.domain import words
from stationdesk.reports.registry import REPORTS
from stationdesk.ui.pages import registry
from stationdesk.ui.shell.commands import in_both
from stationdesk.ui.shell.language import NAMES
from stationdesk.ui.widgets import theme, window_keys
from tests import gallery, i18n

LATIN, CHINESE = re.compile(r"[A-Za-z]{3,}"), re.compile(r"[\u4e00-\u9fff]")
MOST_BYTES, MOST_TOGETHER = 110_000, 8_000_000
MANUAL = gallery.ROOT / "docs" / "manual"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gallery")


@cache
def translations() -> tuple[frozenset[str], frozenset[str]]:
    """English words that no Chinese sentence uses, and Chinese texts that have an English one."""
    chinese, _conflicts = i18n.worded()
    used = set(LATIN.findall(" ".join(each.text for each in chinese.values())))
    english = {word for _context, message in chinese for word in LATIN.findall(re.sub(r"\{[^}]*\}", "", message))}
    texts = {each.text for (_context, message), each in chinese.items() if each.text != message and CHINESE.search(each.text)}
    return frozenset(english - used), frozenset(texts)


def untranslated(shot: gallery.Shot, language: str) -> list[str]:
    """What is said in the other language; a station's own names and words may be."""
    english, chinese = translations()
    words_ = [text for text in shot.words if text not in NAMES.values()]  # a language is called by its own name
    if language == "en":
        return [text for text in words_ if text in chinese]
    return [text for text in words_ if english & set(LATIN.findall(text))]


def shapeless(shot: gallery.Shot) -> set[str]:
    """Characters for which the shipped font has no shape."""
    metrics = QFontMetricsF(theme.font("body"))
    return {char for text in shot.words for char in text if char.isprintable() and not metrics.inFontUcs4(ord(char))}


@pytest.mark.parametrize(("language", "look"), gallery.LOOKS)
def test_every_page_is_whole_and_in_its_language(qapp: QApplication, folder: Path, language: str, look: str) -> None:
    found: dict[str, list[str]] = {}
    taken = []
    for shot in gallery.walk(language, look):
        taken.append(shot.name)
        found[shot.name] = [
            *shot.cut,
            *(f"not in {language}: {text!r}" for text in untranslated(shot, language)),
            *(f"half-width: {text!r}" for text in shot.words if language == "zh_CN" and i18n.HALF_WIDTH.search(text)),
            *(f"no shape: {char!r}" for char in sorted(shapeless(shot))),
            *([] if shot.title and shot.title in shot.words else [f"no title {shot.title!r} on it"] if shot.name != "start" else []),
            *([] if (shot.image.width(), shot.image.height()) == (gallery.WIDE, gallery.HIGH) else ["another size"]),
        ]
        file = gallery.keep(shot, folder, language, look)
        assert file.stat().st_size < MOST_BYTES, file.name
    theme.apply(qapp, "light")
    words.use("en")
    assert tuple(taken) == tuple(name for name, _zh, _en in gallery.shown())
    assert {name: problems for name, problems in found.items() if problems} == {}
    files = list(folder.glob(f"*-{language}-{look}.png"))
    assert len({file.read_bytes() for file in files}) == len(files) == len(taken), "no two pictures are the same"


def test_the_gallery_of_the_repository_is_complete(qapp: QApplication) -> None:
    wanted = {gallery.file_name(name, *look) for name, _zh, _en in gallery.shown() for look in gallery.LOOKS}
    there = {file.name: file for file in gallery.FOLDER.glob("*.png")}
    assert set(there) == wanted
    assert sum(file.stat().st_size for file in there.values()) < MOST_TOGETHER
    odd = [name for name, file in there.items() if QImage(str(file)).size().toTuple() != (gallery.WIDE, gallery.HIGH)]
    assert odd == []


def test_its_page_shows_every_picture() -> None:
    assert (gallery.FOLDER / "README.md").read_text(encoding="utf-8") == gallery.contents()


def test_pictures_of_few_colours_are_the_same_picture(qapp: QApplication) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    for x in range(40):
        for y in range(30):
            image.setPixel(x, y, 0xFF000000 | (x // 20 * 0x404040) | (1 if (x, y) == (3, 3) else 0))
    small = gallery.small(image)
    assert small.format() == QImage.Format.Format_Indexed8
    assert all(small.pixel(x, y) & 0xFFFFFE == image.pixel(x, y) & 0xFFFFFE for x in range(40) for y in range(30))


# --- the manual names what there is


def manual(language: str) -> str:
    return (MANUAL / f"{language}.md").read_text(encoding="utf-8")


def titles(title: Callable[[], str] | str, language: str) -> str:
    with words.speaking(language):
        return title() if callable(title) else words._(title)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_manual_names_every_page(language: str) -> None:
    text = manual(language)
    assert [entry.name for entry in registry() if titles(entry.title, language) not in text] == []
    assert [entry.name for entry in registry() if not re.search(rf"gallery/{entry.name}-{language}-\w+\.png", text)] == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_manual_names_every_report(language: str) -> None:
    text = manual(language)
    assert [each.name for each in REPORTS if f"`{each.name}`" not in text or titles(each.title, language) not in text] == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_manual_names_every_command_and_option(language: str) -> None:
    text = manual(language)
    assert [name for name, options in commands().items() if f"### `{name}`" not in text or options - named(text, name)] == []


def commands() -> dict[str, set[str]]:
    """Each command, and each word that follows one, with its own long options, from the parser itself."""
    from stationdesk.cli import COMMANDS, Parser, module_of

    found = {}
    for command in COMMANDS:
        parser = Parser(prog=command.name)
        module_of(command).add(parser)
        found |= {f"{command.name} {word}".strip(): _options(each) for word, each in _parsers(parser)}
    return found


def _parsers(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    """The parser itself, or those of the words it takes."""
    words_of = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return [each for choices in words_of for each in choices.items()] or [("", parser)]


def _options(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings if option.startswith("--")} - {"--help"}


def named(text: str, command: str) -> set[str]:
    """Options named in a command's part of the manual."""
    part = text.partition(f"### `{command}`")[2].partition("\n##")[0]
    return set(re.findall(r"--[a-z][a-z0-9-]*", part))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_manual_names_every_key_of_the_window(language: str) -> None:
    text = manual(language)
    keys = set(re.findall(r'shortcut\(\s*self, "([^"]+)"|key="([^"]+)"|\(\s*"((?:Ctrl|Alt|F\d)[^"]*)", lambda', source()))
    wanted = {key for found in keys for key in found if key} | set(window_keys.KEYS.values())
    assert len(wanted) > 12
    assert sorted(key for key in wanted if f"`{key}`" not in text) == []


def source() -> str:
    """The window's code."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted((gallery.ROOT / "stationdesk" / "ui").rglob("*.py")))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_manual_says_first_what_the_program_is_not(language: str) -> None:
    from stationdesk.ui.shell.foot import no_alarm_system

    with words.speaking(language):
        assert no_alarm_system() in manual(language)[:900]


@pytest.mark.parametrize("file", ["README.md", "docs/manual/zh_CN.md", "docs/manual/en.md", "docs/gallery/README.md"])
def test_what_a_document_links_to_is_there(file: str) -> None:
    path = gallery.ROOT / file
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_titles_are_found_in_both_languages() -> None:
    assert all(len(set(in_both(entry.title))) == len(gallery.LOOKS) // 2 for entry in registry())


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_chapters_that_are_linked_to_exist(language: str) -> None:
    text = manual(language)
    heads = {slug(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
    assert [link for link in re.findall(r"\]\(#([^)]+)\)", text) if link not in heads] == []


def slug(head: str) -> str:
    """As a forge makes an anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-")
