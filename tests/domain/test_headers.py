"""The header of a document: its own number, date, subject and issuer, never those of what it cites."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.headers import Header, header_of

LETTER = """ỦY BAN NHÂN DÂN
TỈNH HƯNG YÊN

Số: 1238/UBND-NC
V/v rà soát hồ sơ

quá hạn tại bộ phận một cửa

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hưng Yên, ngày 10 tháng 5 năm 2024

Kính gửi: Các sở, ban, ngành

Thực hiện Công văn số 99/BNV-CCHC ngày 01/02/2024 về việc báo cáo, đề nghị các sở gửi số liệu.
"""
LETTERS_HEADER = Header(
    "1238/UBND-NC", date(2024, 5, 10), "rà soát hồ sơ quá hạn tại bộ phận một cửa", "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN"
)


def test_a_letter_is_read_from_its_wrapped_lines() -> None:
    assert header_of(LETTER) == LETTERS_HEADER


def test_decomposed_letters_and_the_line_ends_of_a_pdf_make_no_difference() -> None:
    assert header_of(unicodedata.normalize("NFD", LETTER).replace("\n", "\r\n")) == LETTERS_HEADER


def test_a_plan_is_called_by_the_title_under_its_kind_and_a_blank_number_and_day_are_missing() -> None:
    plan = """UBND TỈNH HƯNG YÊN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ KHOA HỌC VÀ CÔNG NGHỆ          Độc lập - Tự do - Hạnh phúc
Số:      /KH-SKHCN          Hưng Yên, ngày     tháng 3 năm 2025
KẾ HOẠCH
Tập huấn kỹ năng số cho
cán bộ năm 2025
_____
Thực hiện Kế hoạch số 11/KH-UBND ngày 02/01/2025 của UBND tỉnh
"""
    found = header_of(plan)
    assert found == Header("", None, "Tập huấn kỹ năng số cho cán bộ năm 2025", "SỞ KHOA HỌC VÀ CÔNG NGHỆ")


def test_a_decision_ends_its_title_where_the_body_that_decides_is_named() -> None:
    decision = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HƯNG YÊN Độc lập - Tự do - Hạnh phúc
Số: 26/2015/QĐ-UBND Hưng Yên, ngày 05 tháng 11 năm 2015
QUYẾT ĐỊNH
Về việc ban hành Quy chế quản lý
tài sản công
ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
Căn cứ Luật số 15/2017/QH14;
"""
    subject = "ban hành Quy chế quản lý tài sản công"
    issuer = "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN"
    assert header_of(decision) == Header("26/2015/QĐ-UBND", date(2015, 11, 5), subject, issuer)


def test_a_resolution_of_the_party_has_its_dash_first_and_no_colon() -> None:
    resolution = """ĐẢNG CỘNG SẢN VIỆT NAM
TỈNH ỦY HƯNG YÊN
*
Số 80-NQ/TU
Hưng Yên, ngày 7 tháng 1 năm
2026
NGHỊ QUYẾT
về phát triển thư viện cơ sở
"""
    found = header_of(resolution)
    assert found == Header("80-NQ/TU", date(2026, 1, 7), "về phát triển thư viện cơ sở", "TỈNH ỦY HƯNG YÊN")


@pytest.mark.parametrize(
    "number", ["2531A/UBND-VP", "1298/QĐ-UBND-HC", "42/2014/QĐ-TTg", "6150/TB-BLĐTBXH", "06/CT-CTUBND"]
)
def test_numbers_have_many_forms(number: str) -> None:
    assert header_of(LETTER.replace("1238/UBND-NC", number)).number == number
    assert header_of(f"văn bản số {number} ngày 3/3/2026 về việc trực lễ").number == number


@pytest.mark.parametrize(
    "broken", ["Số: 1238\n/UBND-NC", "Số:\n1238/UBND-NC", "Số: 1238/UBND-\nNC", "Số : 1238 / UBND - NC"]
)
def test_a_number_may_be_broken_by_the_end_of_a_line(broken: str) -> None:
    assert header_of(LETTER.replace("Số: 1238/UBND-NC", broken)).number in ("1238/UBND-NC", "1238/UBND")


def test_a_letter_with_no_number_does_not_take_that_of_what_it_cites() -> None:
    assert header_of(LETTER.replace("Số: 1238/UBND-NC\n", "")).number == ""


def test_a_header_that_is_cut_off_gives_what_is_left_of_it() -> None:
    cut = " một cửa năm 2024 \n\n \n\nKính gửi: Các phòng. \n\nThực hiện Công văn số 7/UBND-NC ngày 10/5/2024"
    assert header_of(cut) == Header("", None, "một cửa năm 2024", "")


@pytest.mark.parametrize("day", ["31 tháng 02", "... tháng 02", "   tháng 02", "10 tháng   "])
def test_a_day_that_is_blank_or_impossible_is_none(day: str) -> None:
    assert header_of(LETTER.replace("10 tháng 5", day)).issued_on is None


def test_a_letter_taken_for_a_digit_is_read_as_one() -> None:
    assert header_of(LETTER.replace("10 tháng 5", "1O tháng 5")).issued_on == date(2024, 5, 10)


PLACE = "Số: 32/KH-UBND\nĐông Giang, ngày 09 tháng 10 năm 2025\n"


def test_a_subject_goes_on_with_the_day_of_what_it_cites() -> None:
    text = f"{PLACE}KẾ HOẠCH\ntriển khai Nghị quyết số 12-NQ/TW\nngày 22/8/2025 về giáo dục\n\nCăn cứ"
    assert header_of(text).subject == "triển khai Nghị quyết số 12-NQ/TW ngày 22/8/2025 về giáo dục"


def test_that_several_bodies_issue_it_is_no_part_of_the_subject() -> None:
    assert header_of(f"{PLACE}KẾ HOẠCH LIÊN NGÀNH\nBảo đảm an toàn trường học\n\nCăn cứ").subject == (
        "Bảo đảm an toàn trường học"
    )


def test_stamps_are_no_part_of_the_subject() -> None:
    stamped = LETTER.replace("quá hạn tại", "HỎA TỐC\nquá hạn tại")
    assert header_of("Người ký: Văn phòng\nThời gian ký: 10.05.2024\n" + stamped) == LETTERS_HEADER


TYPED = {
    "công văn số 1487/UBND-NC ngày 21/5/2025 về việc chấn chỉnh giờ làm việc": Header(
        "1487/UBND-NC", date(2025, 5, 21), "chấn chỉnh giờ làm việc", ""
    ),
    "CV 2531A/UBND-VP ngày 21 tháng 5 năm 2025 của UBND tỉnh v/v họp giao ban.": Header(
        "2531A/UBND-VP", date(2025, 5, 21), "họp giao ban", "UBND tỉnh"
    ),
    "12/kh-skhcn ngày 3/3/2026: triển khai thư viện số": Header(
        "12/KH-SKHCN", date(2026, 3, 3), "triển khai thư viện số", ""
    ),
    "Quyết định 26/2015/QĐ-UBND": Header("26/2015/QĐ-UBND"),
    "Công văn 12/SKHCN-VP ngày 23/11/2026 về việc rà soát TTHC. Các đơn vị gửi báo cáo trước thứ Sáu.": Header(
        "12/SKHCN-VP", date(2026, 11, 23), "rà soát TTHC"
    ),
    "12/KH-SKHCN: khảo sát tại TP. Hưng Yên và P. An Tảo năm 2026. Đề nghị cử người.": Header(
        "12/KH-SKHCN", None, "khảo sát tại TP. Hưng Yên và P. An Tảo năm 2026"
    ),
    "Số: 5/TB-SKHCN\nNgày 3/3/2026\nV/v trực lễ": Header("5/TB-SKHCN", date(2026, 3, 3), "trực lễ"),
    "Thực hiện công văn số 12/UBND-NC ngày 3/3/2026, đề nghị báo cáo": Header(),
    "Đề nghị các đơn vị báo cáo trước 20/12/2026": Header(),
    "31/12 hết hạn nộp": Header(),
    "": Header(),
}


@pytest.mark.parametrize("line", TYPED)
def test_one_typed_line_says_which_document_it_is(line: str) -> None:
    assert header_of(line) == TYPED[line]


@given(st.lists(st.sampled_from([*LETTER.split(" "), "\n", "V/v", "Số:", ",", "ngày", "\x00", "i\u0307"])))
def test_no_text_is_too_strange(words: list[str]) -> None:
    found = header_of(" ".join(words))
    assert len(found.subject) <= 400
