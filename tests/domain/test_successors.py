"""A document that comes after another: which one it is, what goes on, what has changed, what is asked for no more."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.deadlines import Deadline
from domain.directives import Audience, Directive, Everybody
from domain.proposals import Decided, Doers, Proposal, merged, split
from domain.reading.values import Deadline as Written
from domain.reading.values import DeadlineKind, Reading, Task
from domain.successors import Part, compare, predecessor, replaced_in, taken_over

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
OWN = "45/CV-SKHCN"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Công văn này thay thế Công văn số 12/KH-UBND ngày 20/11/2026 của UBND tỉnh.", ["12/KH-UBND"]),
        ("Văn bản này có hiệu lực kể từ ngày ký và thay thế cho Kế hoạch số 12/KH-UBND.", ["12/KH-UBND"]),
        (
            "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND và Công văn số 30/UBND-KSTT ngày 02/03/2026.",
            ["12/KH-UBND", "30/UBND-KSTT"],
        ),
        ("Công văn số 45/CV-SKHCN này thay thế Công văn số 12/KH-UBND.", ["12/KH-UBND"]),
        ("(thay thế Công văn số\n12/KH-UBND)", ["12/KH-UBND"]),
        ("Công văn này thay\nthế nội dung giao tại Công văn số 12/KH-UBND.", ["12/KH-UBND"]),
        ("Công văn số 12/KH-UBND ngày 20/11/2026 hết hiệu lực kể từ ngày ký văn bản này.", ["12/KH-UBND"]),
        ("Bãi bỏ Công văn số 12/KH-UBND ngày 20/11/2026.", ["12/KH-UBND"]),
        ("Quyết định số 5/QĐ-TTg thay thế Quyết định số 12/QĐ-TTg, đề nghị các đơn vị rà soát.", []),
        ("Đề nghị thay thế biểu mẫu cũ. Thực hiện Công văn số 12/KH-UBND.", []),
        ("Thực hiện Công văn số 12/KH-UBND ngày 20/11/2026.", []),
        ("", []),
    ],
)
def test_what_a_text_says_it_takes_the_place_of(text: str, numbers: list[str]) -> None:
    assert [one.number for one in replaced_in(text, OWN)] == numbers


def directive(number: str, issued_on: date | None = date(2026, 11, 20), short: int = 1) -> Directive:
    return Directive(short, number, issued_on, "Rà soát", Audience(Everybody.ALL), 1, NOW, NOW)


def test_the_same_number_of_the_same_year_is_the_same_file() -> None:
    reading = Reading("12/KH-UBND", date(2026, 12, 1), directive=True)
    first, again = directive("12/kh-ubnd"), directive("12/KH-UBND", None, 3)
    last_year = directive("12/KH-UBND", date(2025, 11, 20), 2)
    assert predecessor(reading, "", [first, last_year]) == first
    assert predecessor(reading, "", [first, last_year, again]) == again
    assert predecessor(reading, "", [last_year]) is None
    assert predecessor(reading, "", [replace(first, cancelled_at=NOW)]) is None


def test_a_successor_that_names_it_is_recognised() -> None:
    text = "Công văn này thay thế Kế hoạch số 12/KH-UBND ngày 20/11/2026."
    assert predecessor(Reading(OWN), text, [directive("12/KH-UBND")]) == directive("12/KH-UBND")
    assert predecessor(Reading(OWN), text, [directive("12/KH-UBND", date(2025, 1, 1))]) is None


def read(point: str, text: str, lead: str = "Các phòng", on: date = date(2026, 12, 20)) -> Task:
    return Task(point, text, (lead,), (), Written(DeadlineKind.DATE, f"ngày {on}", on))


def old(number: int, task: Task, decided: Decided = Decided.ACCEPTED) -> Proposal:
    return Proposal(
        100 + number, number, task, task.text, Doers((1,)), Doers((2,)), Deadline(date(2026, 12, 20)), decided,
        given_at=NOW if decided is Decided.ACCEPTED else None,
    )  # fmt: skip


def new(number: int, task: Task) -> Proposal:
    return Proposal(200 + number, number, task, task.text)


FIRST = read("1.a", "Rà soát danh mục thủ tục hành chính thuộc phạm vi quản lý, gửi về Văn phòng")
SECOND = read("1.b", "Xây dựng kế hoạch tập huấn kỹ năng số cho công chức")
THIRD = read("2", "Báo cáo kết quả giải quyết hồ sơ trực tuyến hằng quý")


def test_what_is_the_same_goes_on_with_what_was_decided_about_it() -> None:
    (pair,) = compare([old(1, FIRST)], [new(1, replace(FIRST, point="2.c"))]).same
    goes_on = taken_over(pair)
    assert (goes_on.decided, goes_on.follows, goes_on.lead, goes_on.when) == (
        Decided.ALREADY_GIVEN, 101, Doers((1,)), Deadline(date(2026, 12, 20)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("task", "changed"),
    [
        (replace(FIRST, deadline=Written(DeadlineKind.DATE, "ngày 25/12", date(2026, 12, 25))), {Part.WHEN}),
        (replace(FIRST, lead=("Văn phòng",)), {Part.LEAD}),
        (replace(FIRST, text=FIRST.text.replace("danh mục", "toàn bộ danh mục")), {Part.TEXT}),
        (replace(FIRST, deadline=replace(FIRST.deadline, quote="trước 20/12")), set()),
        (replace(FIRST, text=FIRST.text.upper()), set()),
    ],
)
def test_what_has_changed_is_named_and_waits_for_a_word(task: Task, changed: set[Part]) -> None:
    (pair,) = compare([old(1, FIRST)], [new(1, task)]).pairs
    assert pair.changed == changed
    after = taken_over(pair)
    assert after.follows == 101
    assert after.decided is (Decided.OPEN if changed else Decided.ALREADY_GIVEN)
    assert (after.when is None) == (Part.WHEN in changed)
    assert bool(after.lead) == (Part.LEAD not in changed)


def test_a_text_that_names_the_old_day_does_not_stay() -> None:
    dated = replace(
        FIRST, text=FIRST.text + ", xong trước 20/12", deadline=replace(FIRST.deadline, quote="trước 20/12")
    )
    moved = replace(dated, text=FIRST.text + ", xong trước 25/12", deadline=Written(DeadlineKind.DATE, "trước 25/12"))
    for content, stays in ((dated.text, False), ("Rà soát, xong trước 20/12", False), ("Rà soát, gửi Văn phòng", True)):
        (pair,) = compare([replace(old(1, dated), content=content)], [new(1, moved)]).pairs
        assert pair.changed == {Part.WHEN}
        assert taken_over(pair).content == (content if stays else moved.text)


def test_what_is_new_and_what_is_asked_for_no_more() -> None:
    found = compare([old(1, FIRST), old(2, SECOND)], [new(1, FIRST), new(2, THIRD)])
    assert [one.new.read for one in found.new] == [THIRD]
    assert [one.read for one in found.dropped] == [SECOND]
    assert taken_over(found.new[0]) == new(2, THIRD)


def test_what_was_never_given_is_nothing_to_go_on_with() -> None:
    found = compare([old(1, FIRST, Decided.LEFT_OUT), old(2, SECOND, Decided.OPEN)], [new(1, FIRST)])
    assert len(found.new) == 1
    assert found.dropped == ()


def test_what_was_merged_or_split_is_found_again_as_it_was_read() -> None:
    one, gone = merged(old(1, FIRST), [old(2, SECOND)])
    kept = [replace(one, decided=Decided.ACCEPTED), gone]
    assert [pair.is_same for pair in compare(kept, [new(1, FIRST), new(2, SECOND)]).pairs] == [True, True]
    whole, *parts = split(old(1, FIRST), ["Rà soát danh mục", "Gửi về Văn phòng"], 1)
    parts = [replace(part, id=300 + part.number, decided=Decided.ACCEPTED, given_at=NOW) for part in parts]
    found = compare([replace(whole, given_at=None), *parts], [new(1, FIRST)])
    assert [pair.is_same for pair in found.pairs] == [True]
    assert found.dropped == ()


def test_tasks_that_are_nearly_alike_are_told_apart() -> None:
    tasks = [read(f"1.{n}", f"Phòng số {n} báo cáo kết quả thực hiện nhiệm vụ thứ {n} về Văn phòng") for n in range(9)]
    shifted = [replace(task, point=f"2.{at}") for at, task in enumerate(reversed(tasks))]
    found = compare([old(n, task) for n, task in enumerate(tasks)], [new(n, task) for n, task in enumerate(shifted)])
    assert all(pair.is_same for pair in found.pairs)


def test_two_long_documents_are_compared_at_once() -> None:
    tasks = [
        read(f"{n}", f"Nhiệm vụ {n}: rà soát, báo cáo, tổng hợp nội dung {n * 7} " + "theo quy định " * 20)
        for n in range(150)
    ]
    before = datetime.now(tz=UTC)
    found = compare([old(n, task) for n, task in enumerate(tasks)], [new(n, task) for n, task in enumerate(tasks)])
    assert len(found.same) == 150
    assert (datetime.now(tz=UTC) - before).total_seconds() < 5
