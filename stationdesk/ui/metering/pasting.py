"""A column pasted from a laboratory's report: names and values, or values alone in the order of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stationdesk.domain.gas import COMPONENTS
from stationdesk.domain.numbers import NumberError, half_width, parse, parse_block

NAMES: Mapping[str, str] = {
    "methane": "甲烷 ch4 c1",
    "nitrogen": "氮 氮气 n2",
    "carbon_dioxide": "二氧化碳 co2",
    "ethane": "乙烷 c2h6 c2",
    "propane": "丙烷 c3h8 c3",
    "isobutane": "异丁烷 2-甲基丙烷 i-c4h10 i-c4 ic4",
    "n_butane": "正丁烷 n-c4h10 n-c4 nc4",
    "isopentane": "异戊烷 2-甲基丁烷 i-c5h12 i-c5 ic5",
    "n_pentane": "正戊烷 n-c5h12 n-c5 nc5",
    "hexane": "己烷 正己烷 n-c6h14 c6h14 n-c6 nc6 c6",
    "heptane": "庚烷 正庚烷 c7h16 nc7 c7",
    "octane": "辛烷 正辛烷 c8h18 nc8 c8",
    "nonane": "壬烷 正壬烷 c9h20 nc9 c9",
    "decane": "癸烷 正癸烷 c10h22 nc10 c10",
    "hydrogen": "氢 氢气 h2",
    "oxygen": "氧 氧气 o2",
    "carbon_monoxide": "一氧化碳 co",
    "water": "水 水蒸气 水汽 h2o",
    "hydrogen_sulfide": "硫化氢 h2s",
    "helium": "氦 氦气 he",
    "argon": "氩 氩气 ar",
}
"""How laboratories call the components, besides their own names."""


def _known() -> dict[str, str]:
    found = {name.replace("_", ""): name for name in COMPONENTS}
    for name, others in NAMES.items():
        found |= {each.replace("-", ""): name for each in others.split()}
    return found


_KNOWN = _known()
_LINKS, _SIGNS = re.compile(r"[\s\-_－]"), re.compile(r"[\s()（）/]+")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def component_of(text: str) -> str:
    """The component a laboratory calls so; "" where it is none."""
    plain = half_width(text).translate(_SUBSCRIPTS).lower()
    whole = plain.partition("(")[0].partition("（")[0]
    return next((known for each in (whole, *_SIGNS.split(plain)) if (known := _KNOWN.get(_LINKS.sub("", each)))), "")


def read_column(text: str, first: str, order: Sequence[str] = COMPONENTS) -> tuple[dict[str, str], tuple[str, ...]]:
    """Component → what stands in its cell; and the names of values that are none of the 21.

    Named rows go to their names, others down the form from `first` on.
    """
    rows = [[cell for cell in row if cell] for row in parse_block(text)]
    named = {name: _bare(row[-1]) for row in rows if len(row) > 1 and (name := component_of(row[0]))}
    if named:
        return named, tuple(row[0] for row in rows if len(row) > 1 and not component_of(row[0]) and _counts(row))
    values = [_bare(row[0]) for row in rows if row]
    if len(rows) == 1 and len(rows[0]) > 1:
        values = [_bare(cell) for cell in rows[0]]
    while values and not _number(values[0]):
        values = values[1:]  # a heading
    return dict(zip(order[order.index(first) :], values, strict=False)), ()


_SUMS = re.compile(r"合计|总和|总计|sum|total", re.IGNORECASE)


def _counts(row: Sequence[str]) -> bool:
    """A share of something: neither a heading nor the sum, nor nothing of it."""
    value = _bare(row[-1])
    return not _SUMS.search(row[0]) and _number(value) and parse(value) != 0


def _bare(cell: str) -> str:
    return half_width(cell).rstrip("%％").strip()


def _number(cell: str) -> bool:
    try:
        parse(cell)
    except NumberError:
        return False
    return True
