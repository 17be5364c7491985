"""Chinese found by the letters of its pinyin: initials, or syllables as far as typed. pypinyin is imported when somebody types letters."""

from __future__ import annotations

from functools import cache


def spelled(word: str, text: str) -> bool:
    """Whether letters spell a piece of a text: 交接班 is jjb, jb, jiaojieban, jiaoj, ban."""
    if text.isascii() or not (word.isascii() and word.isalnum()):
        return False
    of = _syllables(text)
    return word in _initials(of) or any("".join(of[n:]).startswith(word) for n in range(len(of)))


def begins(word: str, text: str) -> bool:
    """Whether letters spell the beginning of a text: 交接班 is jj, jiao, jiaojie."""
    if text.isascii() or not (word.isascii() and word.isalnum()):
        return False
    of = _syllables(text)
    return _initials(of).startswith(word) or "".join(of).startswith(word)


def _initials(of: tuple[str, ...]) -> str:
    return "".join(each[:1] for each in of)


@cache
def _syllables(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(part.casefold() for part in lazy_pinyin(text, style=Style.NORMAL))
