"""One process, two languages at once: the window's and a sheet's."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from stationdesk.domain import words


class Upside(gettext.NullTranslations):
    """A catalogue one can tell from English."""

    def gettext(self, message: str) -> str:
        return message[::-1]

    def pgettext(self, context: str, message: str) -> str:
        return f"{context}:{message[::-1]}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2)[::-1]


@pytest.fixture(autouse=True)
def upside() -> Iterator[None]:
    words.install("upside", Upside())
    yield
    words.use("en")
    del words._catalogues["upside"]


def test_english_is_what_the_ids_say():
    assert words._("Take over") == "Take over"
    assert words.C_("shift", "Night") == "Night"
    assert [words.n_("{n} hour", "{n} hours", n).format(n=n) for n in (1, 2)] == ["1 hour", "2 hours"]


def test_the_language_changes_while_running():
    words.use("upside")
    assert words.language() == "upside"
    assert words._("abc") == "cba"
    assert words.C_("shift", "Night") == "shift:thgiN"
    assert words.n_("hour", "hours", 2) == "sruoh"


def test_a_sheet_speaks_its_own_language_and_the_window_keeps_its():
    with words.speaking("upside"):
        assert words._("abc") == "cba"
        with words.speaking("en"):
            assert words._("abc") == "abc"
        assert words._("abc") == "cba"
    assert words._("abc") == "abc"


def test_a_sheet_made_in_another_thread_does_not_change_the_window():
    with words.speaking("upside"), ThreadPoolExecutor(1) as pool:
        assert pool.submit(words._, "abc").result() == "abc"


def test_the_language_comes_back_when_a_sheet_fails():
    with pytest.raises(ZeroDivisionError), words.speaking("upside"):
        raise ZeroDivisionError
    assert words.language() == "en"


@pytest.mark.parametrize("language", ["fr", ""])
def test_a_language_nobody_installed_is_refused(language):
    with pytest.raises(LookupError):
        words.use(language)
    with pytest.raises(LookupError), words.speaking(language):
        pass


def test_an_empty_text_is_not_the_catalogues_header():
    words.use("zh_CN")
    assert words._("") == ""


def test_a_profiles_name_falls_back_to_chinese():
    assert words.named("门站", "Gate station") == "Gate station"
    assert words.named("门站", "") == "门站"
    words.use("zh_CN")
    assert words.named("门站", "Gate station") == "门站"


def test_marking_changes_nothing():
    words.use("upside")
    assert words.N_("abc") == "abc"
