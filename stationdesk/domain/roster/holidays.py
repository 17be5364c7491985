"""The statutory holidays of China, which pay three times: 13 days since 2025, 11 from 2008, 10 before (国务院《全国年节及纪念日放假办法》).

The published holiday plans name spans of days off that hold transferred rest days too; which of them are the statutory ones is said by
the regulation, so it is kept here. Festivals of the moon are a table: their dates are observed, not decreed.
"""

from __future__ import annotations

from datetime import date, timedelta

from stationdesk.domain.names import Name

NEW_YEAR = Name("元旦", "New Year's Day")
SPRING = Name("春节", "Spring Festival")
TOMB = Name("清明节", "Tomb-Sweeping Day")
LABOUR = Name("劳动节", "Labour Day")
DRAGON = Name("端午节", "Dragon Boat Festival")
MOON = Name("中秋节", "Mid-Autumn Festival")
NATIONAL = Name("国庆节", "National Day")

FIRST_YEAR, LAST_YEAR = 2004, 2030
_FIRST_MOON = (
    "0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203"
)
_DRAGON = (
    "0622 0611 0531 0619 0608 0528 0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605"
)
_MOON = (
    "0928 0918 1006 0925 0914 1003 0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912"
)
"""Day of the spring, dragon boat and mid-autumn festivals, month and day, from FIRST_YEAR to LAST_YEAR."""


def statutory(year: int) -> dict[date, Name]:
    """The statutory days of a year with their names; festivals of the moon only for the years of the table.

    Two that fall on one day count as two: the later one moves to the next free day, as the notices of 2020 did.
    """
    found: dict[date, Name] = {}
    for day, name in _in_order(year):
        while day in found:
            day += timedelta(days=1)
        found[day] = name
    return found


def _in_order(year: int) -> list[tuple[date, Name]]:
    days = [(date(year, 1, 1), NEW_YEAR)]
    days += [(date(year, 10, n), NATIONAL) for n in (1, 2, 3)]
    days += [(date(year, 5, n), LABOUR) for n in _labour(year)]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return days
    spring = _of(_FIRST_MOON, year)
    days += [(spring + timedelta(days=n), SPRING) for n in _spring(year)]
    if year >= 2008:
        days += [(tomb_sweeping(year), TOMB), (_of(_DRAGON, year), DRAGON), (_of(_MOON, year), MOON)]
    return days


def _labour(year: int) -> tuple[int, ...]:
    if year >= 2025:
        return 1, 2
    return (1,) if year >= 2008 else (1, 2, 3)


def _spring(year: int) -> tuple[int, ...]:
    """Days from the first of the first month: New Year's Eve is statutory from 2008 to 2013 and again since 2025."""
    if year >= 2025:
        return -1, 0, 1, 2
    return (-1, 0, 1) if 2008 <= year <= 2013 else (0, 1, 2)


def tomb_sweeping(year: int) -> date:
    """清明 by the sun, right for the years 2000 to 2099: April 4, 5 or 6."""
    n = year % 100
    return date(year, 4, int(n * 0.2422 + 4.81) - n // 4)


def _of(table: str, year: int) -> date:
    text = table.split()[year - FIRST_YEAR]
    return date(year, int(text[:2]), int(text[2:]))
