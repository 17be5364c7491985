"""Small problems in the Curtois-Qu format, and a scorer that shares no code with the engine."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

SMALL = """\
# a comment
SECTION_HORIZON
14

SECTION_SHIFTS
# ShiftID, Length, may not be followed by
D,480,
N,480,D

SECTION_STAFF
A,D=14|N=14,4320,3360,5,2,2,1
B,D=14|N=3,4320,3360,5,2,2,1
C,D=14|N=0,4320,3360,5,2,2,1
D,D=14|N=14,4320,3360,5,2,2,2

SECTION_DAYS_OFF
A,0
B,5
C,8
D,2

SECTION_SHIFT_ON_REQUESTS
A,2,D,2
B,9,N,3

SECTION_SHIFT_OFF_REQUESTS
C,3,D,1
D,11,N,2

SECTION_COVER
"""
SMALL += "".join(f"{day},{shift},1,100,1\n" for day in range(14) for shift in "DN")


def sections(text: str) -> dict[str, list[list[str]]]:
    """The file's rows by section."""
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("SECTION_"):
            rows = found.setdefault(line[8:], [])
        elif line and not line.startswith("#"):
            rows.append(line.split(","))
    return found


def score(text: str, answer: str) -> tuple[int, list[str]]:
    """(objective, broken hard rules) of an answer as it is written to a file: a line a person, shifts or - by day."""
    parts = sections(text)
    rosters = [line.split(",") for line in answer.splitlines()]
    broken = [line for row, roster in zip(parts["STAFF"], rosters, strict=True) for line in broken_by(parts, row, roster)]
    of = {row[0]: roster for row, roster in zip(parts["STAFF"], rosters, strict=True)}
    points = 0
    for who, day, shift, weight in parts.get("SHIFT_ON_REQUESTS", []):
        points += int(weight) * (of[who][int(day)] != shift)
    for who, day, shift, weight in parts.get("SHIFT_OFF_REQUESTS", []):
        points += int(weight) * (of[who][int(day)] == shift)
    for day, shift, need, under, over in parts["COVER"]:
        there = sum(roster[int(day)] == shift for roster in rosters)
        points += max(0, int(need) - there) * int(under) + max(0, there - int(need)) * int(over)
    return points, broken


def broken_by(parts: dict[str, list[list[str]]], row: list[str], roster: Sequence[str]) -> list[str]:
    """Hard rules one person's roster breaks."""
    who, most, most_minutes, least_minutes, most_run, least_run, least_off, weekends = row
    length = {shift[0]: int(shift[1]) for shift in parts["SHIFTS"]}
    after = {shift[0]: set(shift[2].split("|")) if len(shift) > 2 else set() for shift in parts["SHIFTS"]}
    says = []
    if len(roster) != int(parts["HORIZON"][0][0]):
        says.append("days")
    for each in most.split("|"):
        shift, limit = each.split("=")
        if roster.count(shift) > int(limit):
            says.append(f"{shift} too often")
    minutes = sum(length[shift] for shift in roster if shift != "-")
    if not int(least_minutes) <= minutes <= int(most_minutes):
        says.append(f"{minutes} minutes")
    says += [f"{one} then {two}" for one, two in itertools.pairwise(roster) if two != "-" and one != "-" and two in after[one]]
    for value, start, end in runs([shift != "-" for shift in roster]):
        days, edge = end - start, start == 0 or end == len(roster)
        if value and days > int(most_run):
            says.append(f"{days} days from {start}")
        if not edge and days < int(least_run if value else least_off):
            says.append(f"only {days} from {start}")
    worked = sum(any(shift != "-" for shift in roster[day : day + 2]) for day in range(5, len(roster), 7))
    if worked > int(weekends):
        says.append(f"{worked} weekends")
    off = {int(day) for each in parts.get("DAYS_OFF", []) if each[0] == who for day in each[1:] if day}
    says += [f"works on {day}" for day in off if roster[day] != "-"]
    return [f"{who}: {each}" for each in says]


def runs(flags: Sequence[bool]) -> list[tuple[bool, int, int]]:
    """(value, first, one past the last) of each run of equal values."""
    edges = [0, *(place for place in range(1, len(flags)) if flags[place] != flags[place - 1]), len(flags)]
    return [(flags[start], start, end) for start, end in itertools.pairwise(edges)]


def instance(seed: int, *, people: int, days: int, shifts: int, minutes: Sequence[int] = (480,), limits: int = 0) -> str:
    """A random problem in the usual shape. `limits`: so many kinds of shift each person may work only three or four times."""
    rng = random.Random(seed)
    codes = [f"s{number}" for number in range(shifts)]
    weeks = days // 7
    lines = ["SECTION_HORIZON", str(days), "SECTION_SHIFTS"]
    for number, code in enumerate(codes):
        lines.append(f"{code},{minutes[number % len(minutes)]},{'|'.join(codes[: number // 2])}")
    lines.append("SECTION_STAFF")
    for person in range(people):
        scarce = set(rng.sample(codes, min(limits, shifts)))
        most = "|".join(f"{code}={rng.randint(3, 4) if code in scarce else days}" for code in codes)
        target = round(days * 5 / 7 * sum(minutes) / len(minutes))
        lines.append(f"p{person},{most},{target + 480},{target - 1440 - 480 * weeks // 4},5,2,2,{max(1, weeks // 2)}")
    lines.append("SECTION_DAYS_OFF")
    lines += [f"p{person},{rng.randrange(days)}" for person in range(people)]
    lines.append("SECTION_SHIFT_ON_REQUESTS")
    lines += [f"p{rng.randrange(people)},{rng.randrange(days)},{rng.choice(codes)},{rng.randint(1, 3)}" for _ in range(people * weeks)]
    lines.append("SECTION_COVER")
    need = max(1, round(people * 4.5 / 7 / shifts))
    lines += [f"{day},{code},{need},100,1" for day in range(days) for code in codes]
    return "\n".join(lines) + "\n"
