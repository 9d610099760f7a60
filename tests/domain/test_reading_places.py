"""Where a sentence stands in its text: over broken lines, page feet and cells, the right one of several, or nowhere."""

import time

from hypothesis import given
from hypothesis import strategies as st

from domain.reading.places import Searched, Span, places
from domain.reading.values import Deadline, DeadlineKind, Task

TEXT = """1. Phòng Quản lý Công nghệ rà soát danh mục,
   báo cáo Văn phòng Sở trước ngày
15/12/2026.
2. Các phòng:
a) Báo cáo kết quả trước ngày 20/12/2026;
                    - 2 -
b) Báo cáo kết quả của
quý trong 5 ngày.
"""


def found(quote: str, text: str = TEXT) -> list[str]:
    return [text[span.start : span.end] for span in Searched(text).find(quote)]


def due(quote: str) -> Deadline:
    return Deadline(DeadlineKind.DATE, quote)


def test_a_sentence_is_found_over_broken_lines() -> None:
    quote = "Phòng Quản lý Công nghệ rà soát danh mục, báo cáo Văn phòng Sở trước ngày 15/12/2026."
    [part] = found(quote)
    assert " ".join(part.split()) == quote


def test_what_stands_between_two_parts_is_left_out() -> None:
    quote = "Báo cáo kết quả trước ngày 20/12/2026; Báo cáo kết quả của quý trong 5 ngày."
    first, second = found(quote)
    assert first == "Báo cáo kết quả trước ngày 20/12/2026"
    assert " ".join(second.split()) == "Báo cáo kết quả của quý trong 5 ngày."


def test_letters_without_marks_other_dashes_and_cells_are_the_same_to_it() -> None:
    assert found("Phong Quan ly Cong nghe RA SOAT") == ["Phòng Quản lý Công nghệ rà soát"]
    cells = "Rà soát – lần 1 | Phòng A | 20/12/2026"
    assert found("Rà soát - lần 1 Phòng A 20/12/2026", cells) == [cells]


def test_half_a_word_and_a_part_of_a_number_are_not_found() -> None:
    assert found("5 ngày", "trong 15 ngày") == []
    assert found("kết quả quá", "kết quả quán triệt") == []


def test_a_text_that_is_not_there_is_nowhere() -> None:
    assert found("Sở Tài chính bố trí kinh phí cho đề án này") == []
    assert found("") == []
    assert found("Phòng", "") == []


def test_of_equal_sentences_each_task_gets_its_own() -> None:
    text = "1. Phòng A:\nBáo cáo kết quả thực hiện.\n2. Phòng B:\nBáo cáo kết quả thực hiện."
    one, two = places([Task("1", "Báo cáo kết quả thực hiện."), Task("2", "Báo cáo kết quả thực hiện.")], text)
    assert one.spans[0].start < text.index("Phòng B") < two.spans[0].start


def test_the_deadline_is_looked_for_in_the_task_then_close_by() -> None:
    text = (
        "I. Trước ngày 20/12/2026:\n- Phòng A rà soát danh mục.\n- Phòng B lập danh sách trước ngày 10/12/2026.\n"
        "Kế hoạch | Phòng C | 15/12/2026\nKết thúc."
    )
    tasks = [
        Task("I.-1", "Phòng A rà soát danh mục.", deadline=due("Trước ngày 20/12/2026")),
        Task("I.-2", "Phòng B lập danh sách trước ngày 10/12/2026.", deadline=due("trước ngày 10/12/2026")),
        Task("II", "Kế hoạch", deadline=due("15/12/2026")),
        Task("III", "Kết thúc.", deadline=due("trong tuần sau nữa")),
    ]
    assert [[text[span.start : span.end] for span in one.deadline] for one in places(tasks, text)] == [
        ["Trước ngày 20/12/2026"],
        ["trước ngày 10/12/2026"],
        ["15/12/2026"],
        [],
    ]


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_is_found_lies_in_the_text_in_its_order(text: str, quote: str) -> None:
    spans = Searched(text).find(quote)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.lists(st.sampled_from(["rà", "soát", "báo", "cáo", "quý", "20/12/2026", "phòng"]), min_size=4, max_size=30))
def test_a_text_is_found_in_itself_however_it_is_broken(words: list[str]) -> None:
    text = "\n  ".join(words)
    assert Searched(text).find(" ".join(words)) == (Span(0, len(text)),)


def test_a_plan_of_five_hundred_pages_is_searched_quickly() -> None:
    lines = [f"{n}. Đơn vị số {n} rà soát,\nbáo cáo trước ngày {n % 28 + 1}/12/2026." for n in range(15_000)]
    some = range(0, 15_000, 30)
    tasks = [Task(str(n), " ".join(lines[n].split()), deadline=due(f"{n % 28 + 1}/12/2026")) for n in some]
    begun = time.process_time()
    found = places(tasks, "\n".join(lines))
    assert time.process_time() - begun < 10
    assert all(one.spans and one.deadline for one in found)
