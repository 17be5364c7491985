"""How the palette finds: by Chinese, by pinyin, by English."""

from __future__ import annotations

from stationdesk.ui.widgets.pinyin import spelled


def matches(text: str, *haystack: str) -> bool:
    """Whether every word typed is in one of the texts, or spells a piece of one."""
    words = text.casefold().split()
    folded = [straw.casefold() for straw in haystack if straw]
    return all(any(word in straw or spelled(word, straw) for straw in folded) for word in words)
