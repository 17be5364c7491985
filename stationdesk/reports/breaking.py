"""Text into lines: Chinese line breaking (禁则), numbers kept with their units, bold runs, squeezed punctuation.

Pure: widths come from the caller. A line breaks only between two units; a unit wider than the line is cut by characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

CLOSING = "，。、；：）〕］｝》〉」』】〗"  # ink in the left half of the square
OPENING = "（〔［｛《〈「『【〖"  # ink in the right half
NOT_FIRST = CLOSING + "！？％‰℃…—～·”’,.;:!?)]}%°"
NOT_LAST = OPENING + "“‘([{￥$№□"

_UNIT = r"(?:[A-Za-zμΩ°%‰℃#台具条项次个页时分秒日月年号人处点班路组件块只支瓶])"
_WORD = (
    rf"(?:[＜＞≤≥<>±+−-] ?)?\d[\d,.:–−/-]*(?: ?{_UNIT}[A-Za-z0-9³²/%·#]*)?"  # 2.20–2.70 MPa, ≤ 30 kPa, 24 具, 08:00
    r"|第 ?\d+(?:[.–-]\d+)* ?[一-龥]?"  # 第 12 次, 第 3.2.1 条
    r"|[^\s\u2e80-\u9fff\uac00-\uffef\U00020000-\U0003ffff，。、“”‘’…—（）()\[\]]+"  # Latin words, codes
    r"|……|——|."
)
_UNITS = re.compile(f"(?:[{re.escape(NOT_LAST)}] *)*(?:{_WORD})?(?: *[{re.escape(NOT_FIRST)}])* *", re.DOTALL)
_SHARDS = re.compile(f"[{re.escape(NOT_LAST)}]{{0,5}}.[{re.escape(NOT_FIRST)} ]{{0,5}}", re.DOTALL)
_MEETING = re.compile(f"(?<=[{CLOSING}])[{CLOSING}{OPENING}]|(?<=[{OPENING}])[{OPENING}]")
# What has no ink and no width of its own: controls, joiners, marks of writing direction, variation selectors.
_INKLESS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_SLACK = 0.01  # points: rounding of widths must not break a line that fits


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one dress. `size` is a factor of the cell's size; `grey` is for what is not the record itself."""

    text: str
    bold: bool = False
    grey: bool = False
    size: float = 1.0
    struck: bool = False  # corrected: the old value stays readable


Text = str | Run | Sequence[Run]
Line = Sequence[Run]
Measure = Callable[[str, Run], float]  # points of words in the dress of a run


def runs(text: Text) -> Sequence[Run]:
    """The text as runs, freed of everything that is not ink, blank or end of line."""
    given = (Run(text),) if isinstance(text, str) else (text,) if isinstance(text, Run) else text
    return [run if run.text.isprintable() else replace(run, text=_clean(run.text)) for run in given]


def plain(text: Text) -> str:
    """The words without their dress."""
    return "".join(run.text for run in runs(text))


def _clean(text: str) -> str:
    return _INKLESS.sub("", text.replace("\r\n", "\n").replace("\t", " ").replace("\u2028", "\n"))


def meetings(text: str) -> list[int]:
    """Where a full-width mark moves half an em towards the mark before it: ）， 。（ 《（."""
    return [found.start() for found in _MEETING.finditer(text)]


def squeeze(left: str, right: str) -> float:
    """By how many em two neighbouring marks of different runs move together."""
    return 0.5 if left and right and _MEETING.search(left + right) else 0.0


def units(text: str) -> list[str]:
    """The unbreakable pieces of a paragraph; joined they are the paragraph."""
    return [piece for piece in _UNITS.findall(text) if piece]


def wrap(text: Text, room: float, measure: Measure) -> list[Line]:
    """The lines of a text in so many points. An empty paragraph is an empty line."""
    dressed = runs(text)
    if not any("\n" in run.text for run in dressed) and sum(measure(run.text, run) for run in dressed) <= room + _SLACK:
        return [dressed]
    return [line for paragraph in _paragraphs(dressed) for line in _Paragraph(paragraph, measure).lines(room)]


def _paragraphs(dressed: Sequence[Run]) -> Iterator[list[Run]]:
    held: list[Run] = []
    for run in dressed:
        first, *others = run.text.split("\n")
        held.append(replace(run, text=first))
        for part in others:
            yield held
            held = [replace(run, text=part)]
    yield held


class _Paragraph:
    """Runs without an end of line between them: units are found in the joined text, so that 禁则 holds across their seams."""

    def __init__(self, dressed: Sequence[Run], measure: Measure) -> None:
        self._runs = dressed
        self._text = "".join([run.text for run in dressed])
        self._run_of = [n for n, run in enumerate(dressed) for _ in run.text]
        self._measure = measure

    def lines(self, room: float) -> Iterator[Line]:
        start = end = 0
        used = 0.0
        for after, long in self._pieces(room):
            if end > start and used + long - self._overhang(after - 1) > room + _SLACK:
                yield self._cut(start, end)
                start, used = end, 0.0
            end, used = after, used + long
        yield self._cut(start, end)

    def _pieces(self, room: float) -> Iterator[tuple[int, float]]:
        """Where each piece ends, and how long it is."""
        at = 0
        for unit in units(self._text):
            whole = self._long(at, at + len(unit))
            if whole <= room + _SLACK:
                at += len(unit)
                yield at, whole
                continue
            for part in self._shards(at, unit, room):
                yield at + part, self._long(at, at + part)
                at += part

    def _shards(self, at: int, unit: str, room: float) -> Iterator[int]:
        """Lengths of what a unit is cut into: characters with their marks; a row of marks longer than the line mark by mark."""
        for shard in _SHARDS.findall(unit):
            fits = self._long(at, at + len(shard)) <= room + _SLACK
            yield from [len(shard)] if fits else [1] * len(shard)
            at += len(shard)

    def _overhang(self, at: int) -> float:
        """What of the last character needs no room at the end of a line: a blank, the empty half of a closing mark."""
        char = self._text[at]
        if char != " " and char not in CLOSING:
            return 0.0
        return self._measure(char, self._runs[self._run_of[at]]) * (1.0 if char == " " else 0.5)

    def _long(self, start: int, end: int) -> float:
        if self._run_of[start] == self._run_of[end - 1]:
            return self._measure(self._text[start:end], self._runs[self._run_of[start]])
        return sum(self._measure(run.text, run) for run in self._cut(start, end))

    def _cut(self, start: int, end: int) -> Line:
        if start == end:
            return []
        if self._run_of[start] == self._run_of[end - 1]:
            return [replace(self._runs[self._run_of[start]], text=self._text[start:end])]
        groups = [list(group) for _, group in groupby(range(start, end), key=self._run_of.__getitem__)]
        return [replace(self._runs[self._run_of[g[0]]], text=self._text[g[0] : g[-1] + 1]) for g in groups]


def seams(line: Line) -> Iterator[tuple[Run, float]]:
    """Each run of a line with the points (as a factor of the cell's size) it moves towards the run before it."""
    held = [run for run in line if run.text]
    yield from zip(held[:1], [0.0], strict=False)
    for before, run in pairwise(held):
        yield run, squeeze(before.text[-1], run.text[0]) * run.size
