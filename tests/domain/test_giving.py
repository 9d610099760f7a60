"""Who gets a share of what is given, who is told that they coordinate, and which proposals stand for an earlier one."""

from dataclasses import replace
from datetime import date

from domain.deadlines import Deadline
from domain.giving import Share, beside, by_now, family, shares, unheard
from domain.people import Agency, Person, Role, Unit
from domain.proposals import NOBODY, Decided, Doers, Endless, Proposal, merged, split
from domain.reading.values import Task
from domain.workdays import CalendarDay, WorkCalendar

TOP, OFFICE, TECHNOLOGY, TEAM, CENTRE = range(1, 6)
LAN, BINH, DUNG = range(1, 4)
AGENCY = Agency(
    [
        Unit(TOP, "Sở"), Unit(OFFICE, "Văn phòng", TOP), Unit(TECHNOLOGY, "Phòng", TOP), Unit(TEAM, "Tổ", TECHNOLOGY),
        Unit(CENTRE, "Trung tâm", TOP),
    ],
    [
        Person(LAN, "Lan", OFFICE, Role.OFFICE), Person(BINH, "Bình", TECHNOLOGY, Role.UNIT_HEAD),
        Person(DUNG, "Dung", TECHNOLOGY, Role.OFFICER),
    ],
)  # fmt: skip


def asked(lead: Doers, coordinate: Doers = NOBODY, number: int = 1) -> Proposal:
    return Proposal(100 + number, number, Task(str(number), "Rà soát"), "Rà soát", lead, coordinate, Endless.ENDLESS)


def test_a_unit_s_share_is_its_head_s_and_a_person_has_no_second_one() -> None:
    assert shares(Doers((TECHNOLOGY,), (BINH, DUNG)), AGENCY, LAN) == [Share(BINH, TECHNOLOGY), Share(DUNG)]


def test_without_a_head_it_is_the_nearest_head_s_above_else_the_giver_s() -> None:
    assert shares(Doers((TEAM, CENTRE)), AGENCY, LAN) == [
        Share(BINH, TEAM, headless=True),
        Share(LAN, CENTRE, headless=True),
    ]


def test_where_everybody_named_has_left_it_is_the_giver_s() -> None:
    assert shares(Doers((99,), (98,)), AGENCY, LAN) == [Share(LAN, headless=True)]
    assert shares(NOBODY, AGENCY, LAN) == []


def test_who_leads_is_not_told_to_coordinate_and_nobody_is_forgotten() -> None:
    one = asked(Doers((TECHNOLOGY,)), Doers((TECHNOLOGY, TEAM, CENTRE), (DUNG,)))
    assert beside(one, AGENCY) == {DUNG}
    assert unheard(one, AGENCY) == [CENTRE]
    assert beside(asked(Doers((OFFICE,)), Doers((TEAM,))), AGENCY) == {BINH}


def test_working_days_are_counted_by_the_calendar_of_the_day() -> None:
    monday, friday = date(2026, 11, 23), date(2026, 11, 27)
    given = Deadline(friday, None, 4, monday)
    tuesday = CalendarDay(date(2026, 11, 24), working=False, name="Nghỉ")
    off = WorkCalendar(lambda _year: {tuesday.day: tuesday})
    assert by_now(given, off) == replace(given, on=date(2026, 11, 30))
    assert by_now(Deadline(friday), off) == Deadline(friday)
    assert by_now(Endless.ENDLESS, off) is None
    assert by_now(None, off) is None


def test_what_was_split_or_merged_stands_together() -> None:
    whole, *parts = split(asked(Doers((OFFICE,))), ["Một", "Hai"], 1)
    kept = [whole, *(replace(part, id=200 + part.number) for part in parts)]
    assert family(whole, kept) == [101, 202, 203]
    first, gone = merged(asked(Doers((OFFICE,))), [asked(Doers((OFFICE,)), number=2)])
    assert family(gone, [first, gone]) == [101, 102]
    assert gone.decided is Decided.MERGED
    assert family(first, [first, gone]) == [101]
