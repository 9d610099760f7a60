"""By when: every form of a deadline, which of several binds, and what is odd about them."""

from typing import Any

import pytest

from domain.reading.values import Code
from tests.domain.reading.papers import codes, only, paper

FORMS: dict[str, dict[str, Any]] = {
    "gửi báo cáo trước ngày 25/3/2026.": {"kind": "date", "date": "2026-03-25"},
    "gửi báo cáo chậm nhất là ngày 25 tháng 3 năm 2026.": {"kind": "date", "date": "2026-03-25"},
    "hoàn thành đến hết ngày 25/3/2026.": {"kind": "date", "date": "2026-03-25"},
    "trực từ ngày 20/3/2026 đến ngày 25/3/2026.": {"kind": "date", "date": "2026-03-25"},
    "gửi báo cáo chậm nhất 17 giờ 00 ngày 25/3/2026.": {"kind": "datetime", "date": "2026-03-25T17:00"},
    "gửi báo cáo trước 16h30 ngày 25/3/2026.": {"kind": "datetime", "date": "2026-03-25T16:30"},
    "hoàn thành trong tháng 4/2026.": {"kind": "period_end", "date": "2026-04-30"},
    "hoàn thành trong Quý II/2026.": {"kind": "period_end", "date": "2026-06-30"},
    "hoàn thành trong 6 tháng đầu năm 2026.": {"kind": "period_end", "date": "2026-06-30"},
    "hoàn thành trong năm 2026.": {"kind": "period_end", "date": "2026-12-31"},
    "hoàn thành trong tháng 7 và tháng 8/2026.": {"kind": "period_end", "date": "2026-08-31"},
    "báo cáo trong 05 ngày làm việc kể từ ngày ký Công văn này.": {
        "kind": "working_days_after_event",
        "days": 5,
        "event": "ngày ký Công văn này",
        "event_date": "2026-03-10",
        "due_date": "2026-03-18",  # the 16th is a holiday
    },
    "báo cáo trong vòng 10 ngày kể từ ngày 20/3/2026.": {
        "kind": "calendar_days_after_event",
        "days": 10,
        "event": "ngày 20/3/2026",
        "event_date": "2026-03-20",
        "due_date": "2026-03-30",
    },
    "báo cáo trong 05 ngày làm việc kể từ ngày nhận được Công văn này.": {
        "kind": "working_days_after_event",
        "days": 5,
        "event": "ngày nhận được Công văn này",
    },
    "báo cáo trước 16g30 thứ Tư (25/3/2026).": {"kind": "datetime", "date": "2026-03-25T16:30"},
    "tổ chức vào ngày 18 và 25 tháng 3 năm 2026.": {"kind": "date", "date": "2026-03-25"},
    "báo cáo chậm nhất 10 ngày làm việc kể từ ngày nhận được đề xuất của Văn phòng Sở.": {
        "kind": "working_days_after_event",
        "days": 10,
        "event": "ngày nhận được đề xuất của Văn phòng Sở",
    },
    "báo cáo trước 06 giờ và 17 giờ hằng ngày.": {
        "kind": "recurring",
        "recurrence": "daily time=06:00;daily time=17:00",
    },
    "báo cáo trước 16 giờ hằng ngày.": {"kind": "recurring", "recurrence": "daily time=16:00"},
    "báo cáo trước 15h00 thứ Năm hằng tuần.": {"kind": "recurring", "recurrence": "weekly weekday=thu time=15:00"},
    "báo cáo 02 tuần một lần.": {"kind": "recurring", "recurrence": "biweekly"},
    "báo cáo trước ngày 20 hằng tháng.": {"kind": "recurring", "recurrence": "monthly day=20"},
    "báo cáo vào ngày làm việc thứ 5 hằng tháng.": {"kind": "recurring", "recurrence": "monthly workday=5"},
    "báo cáo trước ngày 20 của tháng cuối quý.": {"kind": "recurring", "recurrence": "quarterly day=20 month=last"},
    "báo cáo 6 tháng và hằng năm.": {"kind": "recurring", "recurrence": "semiannual;annual"},
    "báo cáo trước ngày 15/6 và 15/12 hằng năm.": {"kind": "recurring", "recurrence": "annual 06-15;annual 12-15"},
    "đối thoại ít nhất mỗi quý 01 lần.": {"kind": "recurring", "recurrence": "quarterly"},
    "báo cáo kịp thời theo quy định.": {"kind": "none"},
    "triển khai từ ngày 01/4/2026.": {"kind": "none"},
}


@pytest.mark.parametrize("words", FORMS)
def test_a_deadline_has_many_forms(words: str) -> None:
    facts = only(f"1. Phòng Một cửa {words}").deadline.facts()
    quote = facts.pop("quote")
    assert facts == FORMS[words]
    assert quote is None or str(quote) in words


@pytest.mark.parametrize(
    ("words", "day"),
    {
        "Rà soát hồ sơ xong trước ngày 20/3/2026, gửi Văn phòng Sở trước ngày 25/3/2026.": "2026-03-25",
        "Gửi Văn phòng Sở trước ngày 25/3/2026 để tổng hợp, báo cáo UBND tỉnh trước ngày 30/3/2026.": "2026-03-25",
        "Xây dựng quy chế, ban hành trước ngày 25/3/2026; định kỳ hằng quý báo cáo kết quả.": "2026-03-25",
        "Thực hiện Kế hoạch số 7/KH-UBND ngày 02/02/2026, hoàn thành trước ngày 25/3/2026.": "2026-03-25",
        "Rà soát hồ sơ tiếp nhận trước ngày 01/01/2026, hoàn thành trước ngày 25/3/2026.": "2026-03-25",
    }.items(),
)
def test_the_deadline_that_binds_is_that_of_what_is_delivered(words: str, day: str) -> None:
    assert only(f"1. {words}").deadline.facts()["date"] == day


@pytest.mark.parametrize(
    ("words", "code"),
    {
        "Báo cáo trước ngày 25/3.": Code.DEADLINE_WITHOUT_YEAR,
        "Báo cáo trước ngày l5/4/2026.": Code.OCR_SLIP,
        "Báo cáo trước ngày 31/4/2026.": Code.IMPOSSIBLE_DATE,
        "Báo cáo trước thứ Hai, ngày 25/3/2026.": Code.WEEKDAY_MISMATCH,
        "Báo cáo trước ngày 25/2/2026.": Code.DEADLINE_BEFORE_DOCUMENT,
        "Báo cáo trước kỳ thi thử.": Code.DEADLINE_BEFORE_EVENT,
        "Báo cáo trước khi khai mạc kỳ họp.": Code.DEADLINE_BEFORE_EVENT,
        "Báo cáo chậm nhất 05 ngày trước ngày khai mạc kỳ họp.": Code.DEADLINE_BEFORE_EVENT,
    }.items(),
)
def test_what_is_odd_about_a_deadline_is_named(words: str, code: Code) -> None:
    assert codes(paper(f"1. {words}")) == {code}


def test_nothing_is_repaired_silently() -> None:
    assert only("1. Báo cáo trước ngày 31/4/2026.").deadline.facts()["date"] is None
    assert only("1. Báo cáo trước ngày 25/2/2026.").deadline.facts()["date"] == "2026-02-25"
    assert only("1. Báo cáo trước ngày l5/4/2026.").deadline.facts()["date"] == "2026-04-15"


def test_a_deadline_of_the_sentence_that_leads_in_is_that_of_all_points() -> None:
    lead_in = "Đề nghị các phòng hoàn thành các việc sau trước ngày 25/3/2026:"
    first, second = paper(lead_in, "a) Rà soát hồ sơ.", "b) Báo cáo kết quả.").tasks
    assert first.deadline.facts()["date"] == second.deadline.facts()["date"] == "2026-03-25"


def test_how_often_within_a_period_belongs_to_the_words_of_the_deadline() -> None:
    assert only("1. Văn phòng Sở lấy phiếu mỗi quý 02 đợt.").deadline.facts()["quote"] == "mỗi quý 02 đợt"
