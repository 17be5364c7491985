"""How the palette finds: by Chinese, by pinyin (initials or whole syllables), by English."""

from __future__ import annotations

from functools import cache


def matches(text: str, *haystack: str) -> bool:
    """Whether every word typed is in one of the texts, or in the pinyin of one: 交接班 is jjb, jiaojieban, jiaoj."""
    words = text.casefold().split()
    folded = [straw.casefold() for straw in haystack if straw]
    return all(any(word in straw for straw in folded) or _by_pinyin(word, haystack) for word in words)


def _by_pinyin(word: str, haystack: tuple[str, ...]) -> bool:
    return word.isascii() and word.isalnum() and any(_spells(word, syllables(straw)) for straw in haystack if not straw.isascii())


def _spells(word: str, of: tuple[str, ...]) -> bool:
    """Initials from any place on, or syllables from the beginning of one on, the last of them as far as typed."""
    return word in "".join(each[:1] for each in of) or any("".join(of[n:]).startswith(word) for n in range(len(of)))


@cache
def syllables(text: str) -> tuple[str, ...]:
    """The pinyin of a text; pypinyin is imported only when somebody types letters."""
    from pypinyin import Style, lazy_pinyin

    return tuple(part.casefold() for part in lazy_pinyin(text, style=Style.NORMAL))
