"""Deadlines as people write them. It is Monday, 23/11/2026, 9 o'clock in Vietnam, and 24/11 is a holiday."""

import unicodedata
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import Deadline
from domain.names import fold
from domain.refusals import Because, Refusal
from domain.rules import Rules
from domain.workdays import MOST_WORKDAYS, CalendarDay
from handlers.understanding.dates import Weekend, read_deadline, rest_day
from locales.vocabulary import load
from storage.calendar import calendar_with
from storage.holidays_vn import SHIPPED

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE).astimezone(UTC)
CALENDAR = calendar_with(SHIPPED)
RULES = Rules()
WORDS = load()


def read(text: str, now: datetime = MONDAY) -> Deadline | None:
    return read_deadline(text, now, RULES, CALENDAR, WORDS)


def refusal(text: str, now: datetime = MONDAY) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(text, now)
    return caught.value


DAYS = {
    "27/11": (27, 11, 2026),
    "27-11": (27, 11, 2026),
    "27.11": (27, 11, 2026),
    "27 / 11": (27, 11, 2026),
    "27.11.2026": (27, 11, 2026),
    "27/11/26": (27, 11, 2026),
    "2026-11-27": (27, 11, 2026),
    "ngày 27/11": (27, 11, 2026),
    "27 tháng 11": (27, 11, 2026),
    "ngày 27 tháng 11 năm 2026": (27, 11, 2026),
    "27 tháng 11/2026": (27, 11, 2026),
    "27/11 năm sau": (27, 11, 2027),
    "mùng 5/12": (5, 12, 2026),
    "trước 27/11": (27, 11, 2026),
    "trước ngày 27/11/2026": (27, 11, 2026),
    "chậm nhất 27/11": (27, 11, 2026),
    "đến hết ngày 27/11": (27, 11, 2026),
    "từ 20/11 đến 27/11": (27, 11, 2026),
    "từ nay đến 27/11": (27, 11, 2026),
    "hạn 27/11 ạ.": (27, 11, 2026),
    "thứ sáu 27/11": (27, 11, 2026),
    "27/11 (thứ sáu)": (27, 11, 2026),
    "1/1": (1, 1, 2027),
    "23/9": (23, 9, 2027),
    "ngày 27": (27, 11, 2026),
    "ngày 20": (20, 12, 2026),
    "ngày 5 tháng sau": (5, 12, 2026),
    "thứ sáu": (27, 11, 2026),
    "thứ sáu này": (27, 11, 2026),
    "thứ 6 tới": (27, 11, 2026),
    "t6": (27, 11, 2026),
    "thứ hai": (30, 11, 2026),
    "thứ hai này": (23, 11, 2026),
    "thứ 6 tuần sau": (4, 12, 2026),
    "tuần sau thứ hai": (30, 11, 2026),
    "thứ năm tuần sau": (3, 12, 2026),
    "chủ nhật": (29, 11, 2026),
    "CN": (29, 11, 2026),
    "hôm nay": (23, 11, 2026),
    "trong ngày": (23, 11, 2026),
    "cuối ngày": (23, 11, 2026),
    "mai": (24, 11, 2026),
    "ngày mai": (24, 11, 2026),
    "cuối ngày mai": (24, 11, 2026),
    "mốt": (25, 11, 2026),
    "ngày kia": (25, 11, 2026),
    "tuần này": (27, 11, 2026),
    "cuối tuần": (27, 11, 2026),
    "cuối tuần sau": (4, 12, 2026),
    "đầu tuần sau": (30, 11, 2026),
    "cuối tháng": (30, 11, 2026),
    "trong tháng này": (30, 11, 2026),
    "cuối tháng sau": (31, 12, 2026),
    "cuối tháng 12": (31, 12, 2026),
    "hết tháng 12/2026": (31, 12, 2026),
    "cuối tháng 1": (31, 1, 2027),
    "cuối tháng 2 năm 2027": (28, 2, 2027),
    "cuối quý": (31, 12, 2026),
    "cuối quý 4": (31, 12, 2026),
    "quý IV/2026": (31, 12, 2026),
    "quý 4/2026": (31, 12, 2026),
    "cuối quý sau": (31, 3, 2027),
    "cuối quý I": (31, 3, 2027),
    "cuối quý 1 năm sau": (31, 3, 2027),
    "6 tháng đầu năm 2027": (30, 6, 2027),
    "cuối năm": (31, 12, 2026),
    "cuối năm sau": (31, 12, 2027),
    "cuối năm 2027": (31, 12, 2027),
    "5 ngày": (28, 11, 2026),
    "trong 5 ngày": (28, 11, 2026),
    "sau 5 ngày nữa": (28, 11, 2026),
    "năm ngày": (28, 11, 2026),
    "sáu ngày": (29, 11, 2026),
    "5 ngày kể từ 20/12": (25, 12, 2026),
    "2 tuần": (7, 12, 2026),
    "một tuần": (30, 11, 2026),
    "1 tháng": (23, 12, 2026),
    "3 tháng kể từ 30/11": (28, 2, 2027),
    "24h mai": (24, 11, 2026),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day(text: str, day: tuple[int, int, int]) -> None:
    assert read(text) == Deadline(date(day[2], day[1], day[0]))


@pytest.mark.parametrize("text", [text for text in DAYS if text != "sáu ngày"])
def test_a_day_without_marks_in_capitals_and_decomposed(text: str) -> None:
    assert read(fold(text)) == read(text)
    assert read(text.upper()) == read(text)
    assert read(unicodedata.normalize("NFD", text)) == read(text)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("17h 27/11", date(2026, 11, 27), time(17)),
        ("17h30 mai", date(2026, 11, 24), time(17, 30)),
        ("27/11 lúc 17:00", date(2026, 11, 27), time(17)),
        ("17:30 27/11", date(2026, 11, 27), time(17, 30)),
        ("17 giờ 30 phút ngày 27/11", date(2026, 11, 27), time(17, 30)),
        ("17 giờ 30 ngày mai", date(2026, 11, 24), time(17, 30)),
        ("trước 17h ngày 27/11/2026", date(2026, 11, 27), time(17)),
        ("17g thứ 6", date(2026, 11, 27), time(17)),
        ("5h chiều mai", date(2026, 11, 24), time(17)),
        ("9h sáng thứ 6", date(2026, 11, 27), time(9)),
        ("chiều mai", date(2026, 11, 24), time(17)),
        ("sáng thứ 6", date(2026, 11, 27), time(11, 30)),
        ("trưa mai", date(2026, 11, 24), time(12)),
        ("17h", date(2026, 11, 23), time(17)),
        ("hết giờ hôm nay", date(2026, 11, 23), time(17)),
        ("17h cuối tháng", date(2026, 11, 30), time(17)),
    ],
)
def test_an_hour(text: str, day: date, at: time) -> None:
    assert read(text) == Deadline(day, at)
    assert read(fold(text)) == Deadline(day, at)


@pytest.mark.parametrize(
    ("text", "count", "start", "end"),
    [
        ("5 ngày làm việc", 5, date(2026, 11, 23), date(2026, 12, 1)),
        ("05 ngay lam viec", 5, date(2026, 11, 23), date(2026, 12, 1)),
        ("năm ngày làm việc", 5, date(2026, 11, 23), date(2026, 12, 1)),
        ("trong vòng 5 ngày làm việc kể từ hôm nay", 5, date(2026, 11, 23), date(2026, 12, 1)),
        ("05 ngày làm việc kể từ 20/11", 5, date(2026, 11, 20), date(2026, 11, 30)),
        ("không quá 05 ngày làm việc kể từ ngày 20/11/2026", 5, date(2026, 11, 20), date(2026, 11, 30)),
        ("kể từ ngày 20/11, 5 ngày làm việc", 5, date(2026, 11, 20), date(2026, 11, 30)),
        ("10 ngày làm việc từ 20/12", 10, date(2026, 12, 20), date(2027, 1, 4)),
    ],
)
def test_working_days_keep_what_they_are_counted_from(text: str, count: int, start: date, end: date) -> None:
    assert read(text) == Deadline(end, workdays=count, counted_from=start)


@given(st.integers(1, MOST_WORKDAYS))
def test_working_days_end_where_the_calendar_says(count: int) -> None:
    deadline = read(f"{count} ngày làm việc")
    assert deadline is not None
    assert CALENDAR.between(date(2026, 11, 23), deadline.on) == count


@pytest.mark.parametrize("text", ["không hạn", "Không thời hạn ạ", "khong co han", "không", "chưa có hạn"])
def test_no_deadline(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "...",
        "gì đó",
        "27",
        "27112026",
        "20-27/11",
        "khi nào xong",
        "sau Tết",
        "8 giờ nữa",
        "trong 2 giờ",
        "-5 ngày",
        "5 ngày làm việc kể từ ngày ký",
        "27/11 28/11",
        "5",
        "xong 12",
        "👍",
        "27/11 " * 1000,
        "mùng 10 tháng 3 âm lịch",
    ],
)
def test_what_is_no_deadline_is_said_to_be_unreadable(text: str) -> None:
    found = refusal(text)
    assert found.because is Because.DATE_UNREADABLE
    assert found.facts == {"text": text.strip()[:100]}


@pytest.mark.parametrize(
    "text",
    [
        "31/02",
        "29/2",
        "29/02/2027",
        "32/1",
        "27/13",
        "0/12",
        "00/00",
        "2026-02-30",
        "25h mai",
        "17h75 mai",
        "cuối tháng 13",
        "ngày 31",
        "thứ năm 27/11",
        "27/11/9999",
        "cuối năm 9999",
    ],
)
def test_a_day_that_does_not_exist_is_not_repaired(text: str) -> None:
    found = refusal(text)
    assert found.because is Because.DATE_IMPOSSIBLE
    assert found.facts["text"] == text


def test_the_29th_of_february_is_a_day_of_leap_years() -> None:
    assert read("29/2", datetime(2027, 11, 23, tzinfo=UTC)) == Deadline(date(2028, 2, 29))
    assert read("29/2/2028") == Deadline(date(2028, 2, 29))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20/11", date(2026, 11, 20)),
        ("24/9", date(2026, 9, 24)),
        ("hôm qua", date(2026, 11, 22)),
        ("27/11/2025", date(2025, 11, 27)),
        ("8h", date(2026, 11, 23)),
        ("9h hôm nay", date(2026, 11, 23)),
        ("cuối tháng 10", date(2026, 10, 31)),
        ("5 ngày làm việc kể từ 2/11", date(2026, 11, 9)),
    ],
)
def test_a_day_that_has_passed_is_named(text: str, day: date) -> None:
    found = refusal(text)
    assert found.because is Because.DATE_PAST
    assert found.facts == {"text": text, "date": day}


@pytest.mark.parametrize(
    "text", ["0 ngày làm việc", "1001 ngày làm việc", "999999999999 ngày làm việc", "0 ngày", "5000 ngày"]
)
def test_too_many_and_too_few_days_are_refused(text: str) -> None:
    found = refusal(text)
    assert found.because is Because.WORKDAYS_RANGE
    assert found.facts["most"] == MOST_WORKDAYS
    assert found.facts["text"] == text


def test_today_is_the_day_in_vietnam() -> None:
    one_in_the_morning = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    assert read("hôm nay", one_in_the_morning) == Deadline(date(2026, 11, 24))


def test_on_a_friday_its_name_means_the_next_one() -> None:
    friday = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
    assert read("thứ 6", friday) == Deadline(date(2026, 12, 4))
    assert read("thứ 6 này", friday) == Deadline(date(2026, 11, 27))
    assert read("cuối tuần", friday) == Deadline(date(2026, 11, 27))


def test_at_the_weekend_the_end_of_the_week_is_the_next_friday() -> None:
    saturday = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    assert read("cuối tuần", saturday) == Deadline(date(2026, 12, 4))
    assert refusal("thứ 2 này", saturday).because is Because.DATE_PAST


def test_the_last_day_of_a_month_is_its_own_end() -> None:
    assert read("cuối tháng", datetime(2026, 11, 30, 2, 0, tzinfo=UTC)) == Deadline(date(2026, 11, 30))


def test_a_deadline_on_a_holiday_or_at_a_weekend_is_taken_and_can_be_told() -> None:
    holiday = rest_day(Deadline(date(2026, 4, 30)), CALENDAR)
    assert isinstance(holiday, CalendarDay)
    assert holiday.name == "Ngày Chiến thắng"
    assert rest_day(Deadline(date(2026, 11, 28)), CALENDAR) == Weekend(date(2026, 11, 28))
    assert rest_day(Deadline(date(2026, 11, 27)), CALENDAR) is None
    assert rest_day(Deadline(date(2026, 8, 22)), CALENDAR) is None


@given(st.text(max_size=60) | st.text(alphabet="0123456789/-.: hngàytuầsauthứlvcố", max_size=30))
def test_whatever_is_typed_is_a_deadline_to_come_or_refused(text: str) -> None:
    try:
        deadline = read(text)
    except Refusal:
        return
    if deadline is not None:
        assert deadline.instant(ZONE) > MONDAY


@given(st.dates(date(2026, 11, 23), date(2040, 12, 31)))
def test_every_date_written_out_is_read_as_it_is(day: date) -> None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "ngày %d tháng %m năm %Y"):
        assert read(day.strftime(form)) == Deadline(day)
