"""Charts: pictures of the right size that show what they were given, in a process of their own."""

import pytest

from documents.writing import charts
from documents.writing.charts import Bar, Chart, NotDrawn, draw
from tests.documents.png import size

MEANINGS = ("Quá hạn", "Đến hạn trong 03 ngày làm việc", "Còn lại")
CHART = Chart("Nhiệm vụ: Sở Khoa học và Công nghệ", MEANINGS, (Bar("Phòng A", (5, 3, 12)), Bar("Phòng B", (0, 0, 1))))


def test_a_chart_is_a_picture_that_a_phone_shows() -> None:
    (picture,) = draw([CHART], 60)
    assert size(picture) == (800, 450)
    assert len(picture) < 200_000


def test_every_number_and_every_word_is_shown() -> None:
    changed = [
        CHART,
        Chart(CHART.title, MEANINGS, (Bar("Phòng A", (5, 3, 11)), CHART.bars[1])),
        Chart(CHART.title, MEANINGS, (Bar("Phòng Á", (5, 3, 12)), CHART.bars[1])),
        Chart("Khác", MEANINGS, CHART.bars),
        Chart(CHART.title, ("Đỏ", *MEANINGS[1:]), CHART.bars),
        CHART,
    ]
    pictures = draw(changed, 60)
    assert len(set(pictures)) == 5
    assert pictures[0] == pictures[-1]


def test_long_names_many_rows_and_nothing_at_all_are_drawn_too() -> None:
    long = Chart("Tình hình " * 12, MEANINGS, tuple(Bar("Trung tâm " * 9, (n, 1000, 0)) for n in range(30)))
    empty = Chart("", ("", "", ""), ())
    zero = Chart("Không có", MEANINGS, (Bar("Phòng A", (0, 0, 0)),))
    assert [size(picture) for picture in draw([long, empty, zero], 60)] == [(800, 450)] * 3


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(NotDrawn):
        draw([CHART], 0.01)


def test_what_cannot_be_drawn_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    # the folder of the code is not there: as if the process could not start
    monkeypatch.setattr(charts, "ROOT", f"{tmp_path}/gone")
    with pytest.raises(NotDrawn):
        draw([CHART], 60)
