"""What a reading proposes: deadlines as they are printed, clocks that wait, what comes again; silence is left open."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import Deadline
from domain.decisions import Wait
from domain.proposals import NOBODY, Doers
from domain.proposing import SAID_LENGTH, every, proposals, when
from domain.reading.values import Deadline as Written
from domain.reading.values import DeadlineKind, Reading, Task
from domain.tasks import CONTENT_LENGTH
from domain.workdays import DAY, MOST_WORKDAYS, WorkCalendar
from scheduler.recurrence import next_day
from storage.holidays_vn import package_days

CALENDAR = WorkCalendar(package_days)
TODAY = date(2026, 11, 25)
WORKING, ALL_DAYS = DeadlineKind.WORKING_DAYS_AFTER_EVENT, DeadlineKind.CALENDAR_DAYS_AFTER_EVENT


def read(written: Written) -> object:
    return when(written, CALENDAR, TODAY)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (Written(DeadlineKind.DATE, "trước ngày 20/12/2026", date(2026, 12, 20)), Deadline(date(2026, 12, 20))),
        (Written(DeadlineKind.PERIOD_END, "trong quý IV", date(2026, 12, 31)), Deadline(date(2026, 12, 31))),
        (
            Written(DeadlineKind.DATETIME, "trước 17 giờ ngày 05/3/2026", date(2026, 3, 5), "17:00"),
            Deadline(date(2026, 3, 5), time(17)),
        ),
        (Written(DeadlineKind.DATE, "trước ngày 31/02/2026"), None),
        (Written(DeadlineKind.NONE, "thường xuyên"), None),
        (Written(), None),
    ],
)
def test_a_day_is_taken_as_it_is_printed_and_silence_is_left_open(written: Written, expected: object) -> None:
    assert read(written) == expected


def test_days_after_a_known_day_keep_how_they_were_counted() -> None:
    signed, due = date(2026, 11, 20), date(2026, 11, 30)
    written = Written(WORKING, "05 ngày làm việc", days=5, event="ngày ký", event_date=signed, due_date=due)
    assert read(written) == Deadline(due, workdays=5, counted_from=signed)
    assert read(Written(ALL_DAYS, "10 ngày", days=10, event="ngày ký", event_date=signed, due_date=due)) == Deadline(
        due
    )


@pytest.mark.parametrize("event", [None, "ngày nhận được Công văn này", "khi nhận văn bản này"])
def test_days_after_the_receipt_of_the_document_are_counted_from_today(event: str | None) -> None:
    expected = Deadline(CALENDAR.add(TODAY, 5), workdays=5, counted_from=TODAY)
    assert read(Written(WORKING, "trong 05 ngày làm việc", days=5, event=event)) == expected


def test_days_after_a_decision_wait_for_it() -> None:
    quote = "chậm nhất trong 05 ngày làm việc kể từ ngày có quyết định của bộ"
    assert read(Written(WORKING, quote, days=5, event="ngày có Quyết định của Bộ")) == Wait(quote, 5, working=True)
    assert read(Written(ALL_DAYS, quote, days=7, event="khi Kế hoạch được ban hành")) == Wait(quote, 7, working=False)


@pytest.mark.parametrize("event", ["khi nhận đủ hồ sơ hợp lệ", "khi phát hiện", "khi thiên tai kết thúc"])
def test_a_clock_of_each_file_waits_for_no_decision(event: str) -> None:
    assert read(Written(WORKING, "03 ngày làm việc", days=3, event=event)) is None


@pytest.mark.parametrize("days", [0, -1, None, 100_000])
def test_a_number_of_days_that_is_none_is_asked_for(days: int | None) -> None:
    assert read(Written(WORKING, "ngày làm việc", days=days, event="ngày có quyết định")) is None


@pytest.mark.parametrize(
    ("recurrence", "rules"),
    [
        ("daily", ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]),
        ("daily time=06:00;daily time=17:00", ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]),
        ("weekly", ["FREQ=WEEKLY;BYDAY=FR"]),
        ("weekly weekday=thu time=15:00", ["FREQ=WEEKLY;BYDAY=TH"]),
        ("biweekly", ["FREQ=MONTHLY;BYDAY=2FR,4FR"]),
        ("biweekly weekday=mon", ["FREQ=MONTHLY;BYDAY=2MO,4MO"]),
        ("monthly", ["FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"]),
        ("monthly day=last", ["FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"]),
        ("monthly day=20", ["FREQ=MONTHLY;BYMONTHDAY=20"]),
        ("monthly workday=3", ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3"]),
        ("quarterly", ["FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"]),
        ("quarterly day=15 month=last", ["FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"]),
        ("semiannual", ["FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"]),
        ("annual", ["FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"]),
        ("annual 02-15", ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=15"]),
        ("monthly day=20; annual 12-15", ["FREQ=MONTHLY;BYMONTHDAY=20", "FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=15"]),
        ("monthly day=32;weekly weekday=xyz;annual 13-40;sometimes;;monthly day=-1", []),
        ("", []),
    ],
)
def test_what_comes_again_is_a_rule_for_each_part(recurrence: str, rules: list[str]) -> None:
    assert [one.rule for one in every(recurrence, "như trên")] == rules


def test_the_days_of_a_rule_are_those_that_the_text_means() -> None:
    workday, fortnight, month_end = (
        every(text, "")[0].rule for text in ("monthly workday=3", "biweekly weekday=fri", "monthly")
    )
    assert [next_day(workday, date(2026, 11, 30)), next_day(workday, date(2026, 12, 3))] == [
        date(2026, 12, 3),
        date(2027, 1, 5),
    ]
    assert next_day(fortnight, date(2026, 12, 11)) == date(2026, 12, 25)
    assert next_day(month_end, date(2027, 2, 1)) == date(2027, 2, 28)


def test_what_comes_again_without_a_rule_is_asked_for() -> None:
    assert read(Written(DeadlineKind.RECURRING, "định kỳ", recurrence="sometimes")) is None


_PARTS = st.sampled_from(
    [
        "daily",
        "weekly",
        "weekday=",
        "monthly",
        "day=",
        "workday=",
        "quarterly",
        "month=last",
        "annual",
        "-",
        ";",
        " ",
        "0",
    ]
)


@given(st.lists(_PARTS | st.integers(-3, 99).map(str)).map("".join) | st.text(max_size=40), st.text())
def test_any_recurrence_gives_rules_that_have_days(recurrence: str, said: str) -> None:
    for one in every(recurrence, said):
        assert next_day(one.rule, TODAY) > TODAY
        assert len(one.said) <= SAID_LENGTH


@given(
    st.builds(
        Written,
        kind=st.sampled_from(DeadlineKind),
        quote=st.none() | st.text(max_size=300),
        on=st.none() | st.dates(),
        clock=st.sampled_from(["", "17:00", "25:99", "x"]),
        days=st.none() | st.integers(-5, 2000),
        event=st.none() | st.sampled_from(["", "ngày ký quyết định", "ngày nhận được văn bản này", "khi xong"]),
        event_date=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        due_date=st.none() | st.dates(),
        recurrence=st.sampled_from(["", "weekly", "monthly day=31"]),
    )
)
def test_any_deadline_is_read_without_a_day_that_is_not_in_it(written: Written) -> None:
    found = read(written)
    days = written.days or 0
    if isinstance(found, Deadline):
        is_counted = 0 < days <= MOST_WORKDAYS and found.on in (TODAY + DAY * days, CALENDAR.add(TODAY, days))
        assert is_counted or found.on in (written.on, written.due_date)


def test_each_instruction_is_proposed_with_those_whom_its_names_mean() -> None:
    reading = Reading(
        tasks=(
            Task("1", "Rà soát, báo cáo", ("A",), ("B", "C")),
            Task("2", "x" * 5000, (), (), Written(DeadlineKind.DATE, "trước 01/12", date(2026, 12, 1))),
        )
    )
    known = {"A": 1, "B": 2}

    def whose(names: object) -> Doers:
        return Doers(tuple(known[name] for name in names if name in known))  # type: ignore[attr-defined]

    first, second = proposals(reading, whose, whose, CALENDAR, TODAY)
    assert (first.number, first.read, first.content) == (1, reading.tasks[0], "Rà soát, báo cáo")
    assert (first.lead, first.coordinate, first.asks_who, first.asks_when) == (Doers((1,)), Doers((2,)), False, True)
    assert (second.lead, second.asks_who, second.asks_when) == (NOBODY, True, False)
    assert len(second.content) == CONTENT_LENGTH
