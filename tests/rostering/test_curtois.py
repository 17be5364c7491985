"""The public format: what is read, what is refused by its line, and what comes out again."""

from __future__ import annotations

import pytest

from stationdesk.domain.errors import DomainError
from stationdesk.rostering import curtois
from stationdesk.rostering.curtois_rules import problem_of
from tests.rostering.small_instances import SMALL, instance


def test_a_file_is_read_as_it_says():
    read = curtois.read(SMALL)
    assert (read.days, [shift.code for shift in read.shifts], read.shifts[1].not_before) == (14, ["D", "N"], ("D",))
    assert [(each.code, each.most["N"], each.most_weekends, each.off) for each in read.staff][1] == ("B", 3, 1, {5})
    assert [(each.employee, each.day, each.shift, each.weight, each.on) for each in read.requests][-1] == ("D", 11, "N", 2, False)
    assert len(read.cover) == 28


def test_a_byte_order_mark_and_windows_lines_change_nothing():
    assert curtois.read("\ufeff" + SMALL.replace("\n", "\r\n")) == curtois.read(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("SECTION_HORIZON", "SECTION_X", "SECTION_HORIZON"),
        ("\n14\n", "\nfourteen\n", "Line 3, section HORIZON: “fourteen”"),
        ("\n14\n", "\n0\n", "Line 3"),
        ("D,480,", "D,,", "Line 7, section SHIFTS"),
        ("B,D=14|N=3", "B,D=14|X=3", "section STAFF"),
        ("B,D=14|N=3,4320,3360,5,2,2,1", "B,D=14|N=3,4320", "section STAFF: “B,D=14|N=3,4320”"),
        ("B,D=14", "A,D=14", "section STAFF"),
        ("C,8", "C,14", "section DAYS_OFF"),
        ("B,9,N,3", "B,9,N,-3", "section SHIFT_ON_REQUESTS"),
        ("B,9,N,3", "Z,9,N,3", "section SHIFT_ON_REQUESTS"),
        ("\n13,N,1,100,1", "\n13,N,1,100", "section COVER"),
        ("\n14\n", "\n3000000\n", "too large: 4 people, 3000000 days, 2 shifts"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(old, new, says):
    with pytest.raises(DomainError) as error:
        curtois.read(SMALL.replace(old, new, 1))
    assert says in str(error.value)


def test_weights_beyond_whole_numbers_are_refused():
    heavy = "".join(f"{day},D,1,1000000,1\n" for day in range(14)) * 20
    with pytest.raises(curtois.TooLargeError):
        problem_of(curtois.read(SMALL + heavy))


def test_an_answer_has_a_line_a_person_and_a_shift_a_day():
    assert curtois.written(["", "D", "N"], [[1, 0, 2], [0, 0, 0]]) == "D,-,N\n-,-,-\n"


def test_a_large_file_compiles_into_shared_tables():
    problem = problem_of(curtois.read(instance(1, people=60, days=182, shifts=8, limits=5)))
    assert len({id(person.next_state) for person in problem.people}) == 1
    assert sum(table.nbytes for table in {id(each.count_next): each.count_next for each in problem.people}.values()) < 1 << 20
