"""Which of the station's streams a name in a file means: 1#, 1# 管路, Run 1, a serial number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_WORDS = re.compile(r"[\s#_.\-:()()]+|号|计量|管路|支路|回路|路|流量计|修正仪|表|run|stream|line|meter|no", re.IGNORECASE)


@dataclass(frozen=True)
class KnownStream:
    """A stream of the station. called: its names in both languages, its tags and the serial numbers of meter and corrector."""

    stream_id: int
    code: str
    called: tuple[str, ...] = ()


def whose(run: str, streams: Sequence[KnownStream]) -> KnownStream | None:
    """The one stream a name can mean; None where none or several could be meant."""
    for bare in (_same, _bare):
        wanted = bare(run)
        found = [each for each in streams if wanted and wanted in {bare(each.code), *(bare(name) for name in each.called)} - {""}]
        if len(found) == 1:
            return found[0]
    return None


def named_in(text: str, streams: Sequence[KnownStream]) -> KnownStream | None:
    """The one stream that is named in a file's or sheet's title: 1#修正仪2026-10.csv; a bare digit of a date is no name."""
    plain = _same(text)
    found = []
    for each in streams:
        names = {_same(each.code), *(_same(name) for name in each.called)} - {""}
        tagged = {f"{_bare(each.code)}#", f"#{_bare(each.code)}", f"{_bare(each.code)}号", f"run{_bare(each.code)}"}
        if any(_stands_in(name, plain) for name in {name for name in names if len(name) > 2} | tagged):
            found.append(each)
    return found[0] if len(found) == 1 else None


def _stands_in(name: str, text: str) -> bool:
    """As a word of its own: 1# is not in 11#, and 10月1号 is a date."""
    before = "(?<![0-9a-z月])" if name[0].isalnum() else ""
    return re.search(before + re.escape(name) + ("(?![0-9a-z])" if name[-1].isalnum() else ""), text) is not None


def _same(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _bare(text: str) -> str:
    made = _WORDS.sub("", _same(text)).lstrip("0")
    return made.translate(str.maketrans("一二三四五六七八九", "123456789"))
