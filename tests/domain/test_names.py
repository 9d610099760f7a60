"""Names as they are compared and as they are kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import fold, tidy


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Đặng Phúc Hải", "dang phuc hai"),
        ("  ĐỖ   thị\tKhánh\n", "do thi khanh"),
        ("Phòng Kế hoạch - Tài chính", "phong ke hoach - tai chinh"),
        ("Nguyễn Thị ƯỠN", "nguyen thi uon"),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_marks_case_and_spare_spaces(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(unicodedata.normalize("NFD", name)) == folded


def test_where_the_tone_is_put_does_not_matter() -> None:
    assert fold("Thúy Hòa") == fold("Thuý Hoà")


def test_a_name_is_kept_composed_with_single_spaces() -> None:
    assert tidy(unicodedata.normalize("NFD", " Phạm  Thị\u00a0Dung ")) == "Phạm Thị Dung"


@given(st.text())
def test_folding_and_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold(fold(text)) == fold(text)
