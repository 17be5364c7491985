"""How an entry lies in the stream: its text broken into lines and folded, words found marked, the remarks below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextOption

from stationdesk.domain.moments import day_of, format_moment, format_time
from stationdesk.domain.words import _
from stationdesk.services.log import EntryView
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import base_of

FOLDED, LINE, PAD, REMARK, HEAD = 3, 20, 6, 18, 28
LOOKED_AT = 600
"""Letters of a folded entry that are broken into lines at all: three lines hold fewer on the widest screen."""
LEAD = 24  # letters kept before a word found far inside


@dataclass(frozen=True)
class Remark:
    """A small sign and words below the text. tone: token of the words."""

    words: str
    icon: str = ""
    tone: str = "text-2"


@dataclass(frozen=True)
class Shape:
    """The lines of an entry, ready to be drawn."""

    layout: QTextLayout
    lines: int
    remarks: tuple[Remark, ...]
    foldable: bool

    @property
    def high(self) -> int:
        """Pixels without the heading of a day."""
        return 2 * PAD + self.lines * LINE + (REMARK if self.remarks else 0)


def shape(entry: EntryView, wide: float, expanded: bool, words: str, zone: ZoneInfo) -> Shape:
    """Break the text at the width; three lines where it is folded, from the first word found on."""
    shown, cut = (entry.text, 0) if expanded else excerpt(entry.text, words)
    layout = _layout(shown.replace("\n", "\u2028"), entry.corrected_by is not None)
    _mark(layout, shown, words)
    lines, end = _break(layout, wide, 10_000 if expanded else FOLDED)
    hidden = cut + len(shown) - end
    return Shape(layout, lines, remarks(entry, 0 if expanded else hidden, zone), expanded or hidden > 0)


def excerpt(text: str, words: str) -> tuple[str, int]:
    """What is looked at of a folded text, and how many letters are left out: from a little before the first word found."""
    found = pattern(words).search(text) if words.strip() else None
    start = max(0, found.start() - LEAD) if found and found.start() > LOOKED_AT // 4 else 0
    shown = ("…" if start else "") + text[start : start + LOOKED_AT]
    return shown, max(0, len(text) - min(len(text), LOOKED_AT))


def pattern(words: str) -> re.Pattern[str]:
    """What is marked of the words typed: each run by itself, in any case."""
    return re.compile("|".join(re.escape(word) for word in words.split()) or r"(?!)", re.IGNORECASE)


def _layout(text: str, struck: bool) -> QTextLayout:
    font = QFont(theme.struck("body")) if struck else theme.font("body")
    made = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    made.setCacheEnabled(True)
    return made


def _mark(layout: QTextLayout, text: str, words: str) -> None:
    if not words.strip():
        return
    marks = []
    for found in pattern(words).finditer(text):
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = found.start(), found.end() - found.start()
        style = QTextCharFormat()
        style.setFontWeight(QFont.Weight.Medium)
        style.setFontUnderline(True)
        mark.format = style
        marks.append(mark)
    layout.setFormats(marks)


def _break(layout: QTextLayout, wide: float, most: int) -> tuple[int, int]:
    """How many lines, and the letter after the last one shown."""
    up = base_of("body", LINE / 2)
    end = count = 0
    layout.beginLayout()
    while count < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(wide, 40))
        line.setPosition(QPointF(0, count * LINE + up - line.ascent()))
        end = line.textStart() + line.textLength()
        count += 1
    layout.endLayout()
    return max(count, 1), end


def remarks(entry: EntryView, hidden: int, zone: ZoneInfo) -> tuple[Remark, ...]:
    """What must be known of an entry besides its text."""
    return tuple(_remarks(entry, hidden, zone))


def _remarks(entry: EntryView, hidden: int, zone: ZoneInfo) -> list[Remark]:
    found: list[Remark] = []
    if entry.unclaimed:
        found.append(Remark(_("no name yet"), "triangle-alert", "amber-fg"))
    if entry.claimed_at is not None:
        found.append(Remark(_("name given {time}").format(time=format_moment(entry.claimed_at, zone)), "user-check"))
    if entry.corrects_id is not None:
        found.append(Remark(_("corrects {number}").format(number=entry.corrects_id), "pencil"))
    if entry.corrected_by is not None:
        found.append(Remark(_("corrected by {number}").format(number=entry.corrected_by), "pencil"))
    if entry.late and entry.corrects_id is None:
        found.append(Remark(_("late entry, written {time}").format(time=_written(entry, zone)), "history"))
    if entry.after_close:
        found.append(Remark(_("added after the handover"), "file-clock"))
    found += [Remark(_("hazard {number}").format(number=number), "link") for _id, number in entry.hazards]
    if hidden > 0:
        found.append(Remark(_("{n} more characters").format(n=f"{hidden:,}"), "chevron-down"))
    return found


def _written(entry: EntryView, zone: ZoneInfo) -> str:
    same_day = day_of(entry.time, zone) == day_of(entry.at, zone)
    return format_time(entry.at, zone) if same_day else format_moment(entry.at, zone)
