"""Units as makers write them behind a heading, in a row of their own or in the cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

VOLUME_UNITS = {"m3": Decimal(1), "10m3": Decimal(10), "100m3": Decimal(100), "1000m3": Decimal(1000), "10000m3": Decimal(10000)}
"""m³ of one unit."""

PRESSURE_UNITS = {
    "Pa": Decimal("0.001"),
    "hPa": Decimal("0.1"),
    "kPa": Decimal(1),
    "MPa": Decimal(1000),
    "mbar": Decimal("0.1"),
    "bar": Decimal(100),
    "kgf/cm2": Decimal("98.0665"),
    "atm": Decimal("101.325"),
    "psi": Decimal("6.894757"),
}
"""kPa of one unit."""

FREEZING_K = Decimal("273.15")

_VOLUME = (
    r"(?P<times>[x×*]?1?0*\*?[x×*]?|10\^[1-4][x×*]?|千|万|百|k)"
    r"(?P<norm>[nsb](?:o?\.)?)?(?:m3|m\^3|cbm|立方米|标方|立方|方)(?P<norm2>\(?[nsb]\)?)?"
)
_RATE = r"(?:/(?:h|hr|hour|d|day|min|小时|时|天|日|分)|h-1|h\^-1)"
_PRESSURE = (
    r"(?P<unit>kpa|mpa|hpa|pa|mbar|bar|kgf?/cm2|kgf?/cm\^2|公斤|atm|psi|千帕|兆帕)"
    r"(?P<kind>[.,_\-\s(\[]*(?:abs(?:olute)?|gau?ge|[ag]|绝压?|绝对|表压?)[)\].]*)?"
)
_TEMPERATURE = r"(?P<unit>°?c|℃|癈|deg\.?c|度|摄氏度|k|°?f|℉|deg\.?f|degc|degf)"
_NAMES = {
    "kpa": "kPa", "mpa": "MPa", "hpa": "hPa", "pa": "Pa", "mbar": "mbar", "bar": "bar", "atm": "atm", "psi": "psi", "公斤": "kgf/cm2",
    "千帕": "kPa", "兆帕": "MPa",
}  # fmt: skip
_MULTIPLES = {"千": "1000m3", "k": "1000m3", "万": "10000m3", "百": "100m3", "": "m3"}


@dataclass(frozen=True)
class Unit:
    """A unit that was recognised. kind: volume, rate, pressure or temperature; base: whether it says base conditions (Nm³);
    gauge: what it says of gauge and absolute, None for nothing."""

    kind: str
    code: str
    base: bool = False
    gauge: bool | None = None


def plain(text: str) -> str:
    """Half width, small letters, superscripts as digits, one kind of bracket."""
    made = text.replace("10³", "1000").replace("10⁴", "10000").replace("m³", "m3").replace("℃", "°C").replace("℉", "°F")
    made = re.sub(r"(?<=[A-Za-z])m\?", "m3", re.sub(r"\bm\?", "m3", made.replace("cm?", "cm2")))  # what GBK has no character for became a ?
    made = unicodedata.normalize("NFKC", made).casefold().replace("【", "(").replace("】", ")").replace("[", "(").replace("]", ")")
    made = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", made)  # 时 间, spread to fill its cell
    return re.sub(r"\s+", " ", made.replace("{", "(").replace("}", ")")).strip()


def unit_of(text: str) -> Unit | None:
    """The unit a text is, and nothing but a unit."""
    tight = plain(text).replace(" ", "").strip("()")
    tight = tight + ")" * (tight.count("(") - tight.count(")"))
    return _volume(tight) or _pressure(tight) or _temperature(tight)


def _volume(tight: str) -> Unit | None:
    found = re.fullmatch(_VOLUME + f"(?P<rate>{_RATE})?", tight)
    if found is None:
        return None
    base = bool(found["norm"] or found["norm2"]) or "标方" in tight
    if found["rate"]:
        return Unit("rate", "", base)
    return Unit("volume", _multiple(found["times"]), base)


def _multiple(times: str) -> str:
    bare = times.strip("x×*")
    if bare.startswith("10^"):
        bare = str(10 ** int(bare[3]))
    return _MULTIPLES.get(bare, f"{bare}m3" if f"{bare}m3" in VOLUME_UNITS else "m3")


def _pressure(tight: str) -> Unit | None:
    found = re.fullmatch(_PRESSURE, tight)
    if found is None:
        return None
    return Unit("pressure", _NAMES.get(found["unit"], "kgf/cm2"), gauge=gauge_of(found["kind"] or ""))


def gauge_of(mark: str) -> bool | None:
    """What a, g, abs, gauge, 绝, 表 behind a unit say."""
    bare = mark.strip(" .,_-()[]")
    if not bare:
        return None
    return bare.startswith(("g", "表"))


def _temperature(tight: str) -> Unit | None:
    found = re.fullmatch(_TEMPERATURE, tight)
    if found is None:
        return None
    unit = found["unit"]
    return Unit("temperature", "K" if unit == "k" else "F" if unit in ("f", "°f", "degf", "deg.f") else "C")


def split_unit(heading: str) -> tuple[str, Unit | None]:
    """A heading without its unit, and the unit: 平均压力(kPa.a), "Pressure [bar]", "T / K", 压力MPa, "P_bara"."""
    text = plain(heading)
    for found in reversed(list(re.finditer(r"\(((?:[^()]|\([^()]*\))*)\)", text))):
        if (unit := unit_of(found[1])) is not None:
            return (text[: found.start()] + " " + text[found.end() :]).strip(), unit
    for start in _beginnings(text):
        if (unit := unit_of(text[start:])) is not None:
            return text[:start].rstrip(" _/,;:-"), unit
    return text, None


def _beginnings(text: str) -> list[int]:
    """Where a unit may begin behind the words: after a blank or mark, or right behind a Chinese character."""
    places = [m.end() for m in re.finditer(r"[\s_/,;:\-]", text)]
    places += [m.end() for m in re.finditer(r"[\u4e00-\u9fff](?=[a-z0-9°×*千万])", text)]
    return sorted(place for place in set(places) if 0 < place < len(text))


def m3(value: Decimal, unit: str) -> Decimal:
    """A volume in m³."""
    return value * VOLUME_UNITS.get(unit or "m3", Decimal(1))


def absolute_kpa(value: Decimal, unit: str, *, gauge: bool, atmospheric_kpa: Decimal) -> Decimal:
    """A pressure, absolute, in kPa."""
    return value * PRESSURE_UNITS[unit or "kPa"] + (atmospheric_kpa if gauge else Decimal(0))


def celsius(value: Decimal, unit: str) -> Decimal:
    """A temperature in ℃."""
    if unit == "K":
        return value - FREEZING_K
    return (value - 32) / Decimal("1.8") if unit == "F" else value


KINDS: Mapping[str, Mapping[str, Decimal]] = {"volume": VOLUME_UNITS, "pressure": PRESSURE_UNITS}
