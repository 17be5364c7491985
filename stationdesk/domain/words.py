"""Every text a person reads, by its English id. Pure: whoever starts the program hands over the catalogues.

The window's language is one for the process (`use`); a sheet is made in its own (`with speaking("en"):`), in its own thread
or task, whatever the window shows meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

ENGLISH = "en"
CHINESE = "zh_CN"

_catalogues: dict[str, NullTranslations] = {ENGLISH: NullTranslations()}
_windows = [ENGLISH]
_own: ContextVar[str | None] = ContextVar("language", default=None)


def _(message: str) -> str:
    """The message in the language spoken now."""
    return _catalogues[language()].gettext(message) if message else ""


def C_(context: str, message: str) -> str:
    """The message where one English word needs two Chinese ones: C_("shift", "Night")."""
    return _catalogues[language()].pgettext(context, message)


def n_(one: str, many: str, n: int) -> str:
    """The message that fits a number; the caller still fills it in: n_("{n} hour", "{n} hours", n).format(n=n)."""
    return _catalogues[language()].ngettext(one, many, n)


def N_(message: str) -> str:
    """Marks a message for the catalogue where it is declared; `_` words it where it is shown."""
    return message


def language() -> str:
    """The language spoken now: "zh_CN" or "en"."""
    return _own.get() or _windows[0]


def install(language: str, translations: NullTranslations) -> None:
    """Hand over the catalogue of a language. It is not spoken before `use` or `speaking`."""
    _catalogues[language] = translations


def use(language: str) -> None:
    """Speak this language from now on. LookupError if its catalogue was not handed over."""
    _windows[0] = _known(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language inside the block only. LookupError if its catalogue was not handed over."""
    token = _own.set(_known(language))
    try:
        yield
    finally:
        _own.reset(token)


def named(zh: str, en: str) -> str:
    """Which of a profile's two texts to show; the Chinese one where there is no English."""
    return en if language() == ENGLISH and en else zh


def _known(language: str) -> str:
    if language not in _catalogues:
        raise LookupError(f"no catalogue was installed for {language!r}")
    return language
