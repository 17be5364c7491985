"""What is on a sheet, as data: sections with typed values. Knows neither PDF nor workbook; paint.py and workbook.py read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from stationdesk.domain.numbers import MINUS
from stationdesk.domain.words import C_, _
from stationdesk.reports.breaking import Run, Text
from stationdesk.reports.qr import Code

__all__ = [
    "Chart",
    "Code",
    "Column",
    "Facts",
    "Grid",
    "Paragraph",
    "Row",
    "Run",
    "Section",
    "Sheet",
    "Signature",
    "Signatures",
    "Table",
    "Text",
    "Tick",
    "Ticks",
    "Value",
    "number",
]

Value = Text | int | float | Decimal | None
Row = Mapping[str, Value]
SMALL = 0.913  # of the body: evidence, hours beside a value


def number(value: float | Decimal, digits: int | None = 0) -> str:
    """A number as it is read on paper: 48,332,467 or −1.20. digits None: its decimals as they are."""
    places = "" if digits is None else f".{digits}"
    kind = "f" if isinstance(value, Decimal) or digits is not None else ""
    written = f"{value:,}" if isinstance(value, int) and not digits else f"{value:,{places}{kind}}"
    negative_zero = written.startswith("-") and not written.strip("-0.,")
    return written.lstrip("-") if negative_zero else written.replace("-", MINUS)


@dataclass(frozen=True)
class Column:
    """A column of a table. A station's template names it by its key."""

    key: str
    name: str
    width: float = 0.0  # mm; 0 = a share of what is left
    align: str = "left"  # center, right
    digits: int | None = 0  # decimals of a number; None: as they are
    grey: bool = False
    unit: str = ""  # second
    limit: str = ""  # and third line of the head
    book: str = ""  # its heading in a workbook where that is another

    def show(self, value: Value) -> Text:
        """The value as text on paper."""
        if isinstance(value, int | float | Decimal):
            value = number(value, self.digits)
        if self.grey and isinstance(value, str):
            return Run(value, grey=True, size=SMALL)
        return value or ""


@dataclass(frozen=True)
class Section:
    """A part of a sheet. A station's template names it by its key."""

    key: str
    title: str = ""
    remark: str = field(default="", kw_only=True)  # grey, at the right of the title


@dataclass(frozen=True)
class Facts(Section):
    """Bands of label and value; widths in mm of label, value, label, value …, 0 = share."""

    bands: Sequence[Sequence[tuple[str, Text]]] = ()
    widths: Sequence[float] = ()
    tall: float = field(default=0.0, kw_only=True)  # least height of a band in points: room for a hand


@dataclass(frozen=True)
class Table(Section):
    """Columns and rows. `blank` adds empty rows for a hand; `fill` lets them, or the height of rows, grow to the end of the page."""

    columns: Sequence[Column] = ()
    rows: Sequence[Row] = ()
    groups: Sequence[tuple[str, int]] = field(default=(), kw_only=True)  # names over so many columns
    closing: Text = field(default="", kw_only=True)  # a last line over the whole width
    empty: str = field(default="—", kw_only=True)  # said where there are no rows; "": then it is not printed
    pad: float = field(default=4.1, kw_only=True)  # points added to the text of a row
    tall: float = field(default=0.0, kw_only=True)  # least height of a row in points
    blank: int = field(default=0, kw_only=True)
    fill: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Grid(Table):
    """People by days: narrow columns, one letter a cell. `foot`: rows of sums under them; `boxed`: cells that break a rule, by row."""

    narrow: frozenset[str] = field(default=frozenset(), kw_only=True)  # columns without a margin beside their letter
    shaded: frozenset[str] = field(default=frozenset(), kw_only=True)  # columns on a ground
    foot: Sequence[Row] = field(default=(), kw_only=True)
    foot_title: str = field(default="", kw_only=True)  # of the rows of sums, in a workbook
    boxed: frozenset[tuple[int, str]] = field(default=frozenset(), kw_only=True)  # rows of the foot count on
    parted: frozenset[int] = field(default=frozenset(), kw_only=True)  # rows with a heavier line above them
    alone: bool = field(default=False, kw_only=True)  # more follows it than fits on its page: its rows take all of it
    book: str = field(default="", kw_only=True)  # title of its worksheet


@dataclass(frozen=True)
class Tick:
    """A line with its evidence and what was found about it."""

    name: str
    fact: Text = ""
    issue: str = ""  # in bold under the fact
    evidence: str = ""
    verdict: str = ""  # agrees, issue, refused, open; "" leaves the cell empty for a hand
    words: str = ""  # instead of the verdict's own


@dataclass(frozen=True)
class Ticks(Section):
    """Numbered lines, each with evidence and verdict: 七交. The names of its columns are the template's to change."""

    items: Sequence[Tick] = ()
    tall: float = field(default=0.0, kw_only=True)
    fill: bool = field(default=False, kw_only=True)

    def table(self) -> Table:
        """The same as a table."""
        columns = [
            Column("n", C_("sheet", "#"), 7, "center"),
            Column("item", C_("sheet", "Item"), 21.2),
            Column("fact", _("Facts and words")),
            Column("evidence", _("Evidence"), 35.4, grey=True),
            Column("verdict", C_("sheet", "Result"), 17.4, "center"),
        ]
        rows = [_tick_row(n, tick) for n, tick in enumerate(self.items, 1)]
        return Table(self.key, self.title, columns, rows, remark=self.remark, pad=4.9, tall=self.tall, fill=self.fill)


def _tick_row(n: int, tick: Tick) -> Row:
    fact = [Run(tick.fact)] if isinstance(tick.fact, str) else [tick.fact] if isinstance(tick.fact, Run) else list(tick.fact)
    if tick.issue:
        fact += [Run("\n" if any(run.text for run in fact) else ""), Run(tick.issue, bold=True)]
    return {"n": n, "item": tick.name, "fact": fact, "evidence": tick.evidence, "verdict": _verdict(tick)}


def _verdict(tick: Tick) -> Text:
    own = {
        "agrees": ("✓", _("agrees")),
        "issue": ("△", C_("sheet", "issue")),
        "refused": ("×", _("refused")),
        "open": ("□", _("unconfirmed")),
    }
    if not tick.verdict:
        return tick.words
    mark, words = own[tick.verdict]
    return [Run(f"{mark} "), Run(tick.words or words, bold=tick.verdict in ("issue", "refused"))]


@dataclass(frozen=True)
class Paragraph(Section):
    """Words of any length over the whole width."""

    text: Text = ""
    tall: float = field(default=0.0, kw_only=True)
    fill: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Chart(Section):
    """A trend: a dot where there is a reading, none where there is none, the reason named under the axis."""

    points: Sequence[tuple[float, float | None]] = ()  # hour, value (or day, value; then with ticks)
    limits: Sequence[tuple[str, float]] = ()  # name, value; the band lies between the first two
    hours: tuple[float, float] = (0.0, 24.0)
    digits: int = 2
    reasons: Sequence[tuple[float, float, str]] = ()  # from hour, to hour, why there is no reading
    ticks: Sequence[tuple[float, str]] = ()  # what is named at the axis in place of the clock
    tall: float = field(default=112.0, kw_only=True)  # without the lines of reasons


@dataclass(frozen=True)
class Signature:
    """A cell at the end of a sheet. Without a name it stays blank for ink."""

    key: str
    role: str
    name: str = ""
    evidence: str = ""  # when and how: 08:03:22 口令签字
    dated: bool = True  # a blank cell asks for the date


@dataclass(frozen=True)
class Signatures(Section):
    """Cells of equal size, at most four (landscape: six) in a row; they never stand alone on a page."""

    cells: Sequence[Signature] = ()


@dataclass(frozen=True)
class Sheet:
    """One printed record or blank form."""

    title: str
    sections: Sequence[Section]
    company: str = ""
    station: str = ""
    form_no: str = ""  # 表号, with its issue
    number: str = ""  # 编号 of this record
    language: str = "zh_CN"  # en
    landscape: bool = False
    watermark: str = ""
    code: Code | None = None
    signed_by: str = ""  # fingerprint of the key that signed what the sheet shows
    printed: str = ""  # when, by whom, which copy
    note: str = ""  # in the foot where there is no code: how a blank form is to be used
    remark: str = ""  # the station's own words under everything, from its template
