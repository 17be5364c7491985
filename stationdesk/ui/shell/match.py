"""How the palette finds: by Chinese, by pinyin initials, by English."""

from __future__ import annotations

from functools import cache


def matches(text: str, *haystack: str) -> bool:
    """Whether every word typed is in one of the texts, or in the pinyin initials of one (交接班 is jjb)."""
    words = text.casefold().split()
    folded = [straw.casefold() for straw in haystack if straw]
    return all(any(word in straw for straw in folded) or _by_initials(word, haystack) for word in words)


def _by_initials(word: str, haystack: tuple[str, ...]) -> bool:
    return word.isascii() and word.isalnum() and any(word in initials(straw) for straw in haystack if not straw.isascii())


@cache
def initials(text: str) -> str:
    """First letters of the pinyin; pypinyin is imported only when somebody types letters."""
    from pypinyin import Style, lazy_pinyin

    return "".join(part[:1] for part in lazy_pinyin(text, style=Style.NORMAL)).casefold()
