"""A document as a whole: what it cites, its header, and whether it is a directive at all."""

import json
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.reading.directive import read_text
from domain.reading.lines import lines_of
from domain.reading.quotes import printed
from domain.reading.references import references_in
from domain.reading.values import Code, Reading
from tests.domain.reading.papers import HEAD, TAIL, calendar, codes, paper

_PLACES = [folder / "shared" / "seed" for folder in Path(__file__).parents]
SEED = next((place for place in _PLACES if place.exists()), _PLACES[0])
DOCUMENTS = Path(__file__).parents[2] / "directives" / "documents"
SAMPLES = [path.read_text("utf-8", errors="ignore") for path in sorted(DOCUMENTS.glob("*.txt"))]
BODY = "1. Văn phòng Sở rà soát quy chế, hoàn thành trước ngày 25/3/2026.\n"


@pytest.mark.parametrize(
    ("words", "number"),
    {
        "Công văn số 1238/UBND-NC ngày 10/5/2024": "1238/UBND-NC",
        "Quyết định số 26/2015/\nQĐ-UBND ngày 10/5/2024": "26/2015/QĐ-UBND",
        "Nghị quyết số 80-NQ/TW, ngày 10 tháng 5 năm 2024": "80-NQ/TW",
        "Chương trình số 113-CTr/TU ngày 10/5/\n2024": "113-CTr/TU",
        "Văn bản số 2531A/UBND-VP (10/5/2024)": "2531A/UBND-VP",
        "Luật số 91/2025/QH15 ngày 10/5/2024": "91/2025/QH15",
        "Thông báo số 6150/TB-BLĐTBXH ngày 10.5.2024": "6150/TB-BLĐTBXH",
    }.items(),
)
def test_references_have_many_forms_and_are_cut_by_lines(words: str, number: str) -> None:
    (found,), _ = references_in(words, None)
    assert (found.number, found.issued_on) == (number, date(2024, 5, 10))


def test_the_own_number_a_day_and_a_fraction_are_no_references() -> None:
    assert references_in("Công văn số 12/SNV-VP, trước 25/3/2026, 1/2 số hồ sơ, 02 lần/quý", "12/SNV-VP")[0] == []


def test_the_day_of_what_is_cited_may_stand_before_its_number() -> None:
    (found,), _ = references_in("Ngày 02/3/2026, Sở Nội vụ đã có Công văn số 88/SNV-VP hướng dẫn.", None)
    assert found.issued_on == date(2026, 3, 2)


def test_an_hour_may_stand_before_the_day_of_the_document() -> None:
    found = paper(BODY, head=HEAD.replace("Lam Sơn, ngày", "Lam Sơn, hồi 20 giờ 30 ngày"))
    assert found.issued_on == date(2026, 3, 10)


def test_a_subject_has_no_sentences() -> None:
    title = (
        "KẾ HOẠCH\nChỉnh trang trụ sở\nmùa khô năm 2026\nMùa khô năm 2025, cơ quan đã thiếu nước. Năm nay còn thiếu.\n"
    )
    found = paper(
        BODY, head=HEAD.replace("V/v chấn chỉnh lề lối làm việc\nKính gửi: Các phòng, đơn vị thuộc Sở.\n", title)
    )
    assert found.subject == "Chỉnh trang trụ sở mùa khô năm 2026"


def test_what_is_no_directive_leaves_nothing_of_its_text() -> None:
    head = HEAD.replace("V/v chấn chỉnh", "TỜ TRÌNH\nVề việc chấn chỉnh")
    found = paper("Căn cứ Quyết định số 8/QĐ-UBND ngày 02/3/2026, kính đề nghị Sở xem xét.", head=head)
    assert (found.directive, found.references) == (False, ())


def test_what_is_cited_and_later_than_the_document_is_named() -> None:
    found = paper("1. Thực hiện Kế hoạch số 9/KH-UBND ngày 26/12/2026.")
    assert Code.REFERENCE_AFTER_DOCUMENT in codes(found)


def test_a_blank_number_and_day_are_not_there() -> None:
    found = paper(BODY, head=HEAD.replace("120/", "     /").replace("ngày 10", "ngày    "))
    assert (found.number, found.issued_on) == (None, None)
    assert {Code.MISSING_NUMBER, Code.MISSING_DAY} <= codes(found)


def test_a_marked_document_gives_nothing() -> None:
    found = read_text("MẬT\n" + HEAD + BODY + TAIL, calendar())
    assert found == Reading(secret=True, directive=True, anomalies=found.anomalies)
    assert codes(found) == {Code.SECRET_MARKING}


def test_a_sentence_about_secrecy_is_read() -> None:
    assert len(paper("1. Văn phòng Sở rà soát việc bảo vệ bí mật nhà nước, mật khẩu.").tasks) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Lan thân mến,\nTuần sau mình về quê, nhờ Lan gửi giúp tập ảnh trước ngày 25/3/2026 nhé.\nBình",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐƠN XIN NGHỈ PHÉP\nKính gửi: Văn phòng Sở\nTôi xin nghỉ ngày 25/3/2026.",
    ],
)
def test_a_private_letter_is_no_directive(text: str) -> None:
    found = read_text(text, calendar())
    assert (found.directive, found.tasks) == (False, ())
    assert codes(found) == {Code.NOT_A_DIRECTIVE}


def test_decomposed_letters_are_composed_and_named() -> None:
    found = read_text(unicodedata.normalize("NFD", HEAD + BODY + TAIL), calendar())
    assert found.tasks[0].text.startswith("Văn phòng Sở rà soát quy chế")
    assert Code.NFD_UNICODE in codes(found)


def test_a_reading_survives_being_written_out() -> None:
    found = paper(BODY, "2. Phòng Một cửa báo cáo trong 05 ngày kể từ ngày ký Công văn này.")
    again = Reading.from_facts(json.loads(json.dumps(found.facts())))
    assert again.facts() == found.facts()


# -- whatever comes ----------------------------------------------------------------------------------------------------

WORDS = [*(HEAD + BODY + TAIL).split(" "), "\n", "Điều 1.", "I.", "1.1.", "a)", "(1)", "STT", "Chủ trì", "l5/9", "quý"]


def holds(text: str) -> None:
    """Nothing is made up: each quote is in the text, in two pieces where a page ended within it."""
    found = read_text(text, calendar())
    squeezed = printed(lines_of(text))
    for task in found.tasks:
        quote = task.deadline.quote
        words = (quote or "").split()
        pieces = (("".join(words[:at]), "".join(words[at:])) for at in range(len(words) + 1))
        assert quote is None or any(before in squeezed and after in squeezed for before, after in pieces)
        assert task.deadline.on is None or quote
    json.dumps(found.facts())


@given(st.lists(st.sampled_from(WORDS), max_size=120))
@settings(max_examples=150, deadline=2000)
def test_no_text_is_too_strange(words: list[str]) -> None:
    holds(" ".join(words))


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=2000)
def test_no_letters_are_too_strange(text: str) -> None:
    read_text(HEAD + text + TAIL, calendar())


@given(st.sampled_from(SAMPLES or [HEAD + BODY]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=4000)
def test_no_mutation_of_a_sample_makes_something_up(sample: str, random) -> None:  # type: ignore[no-untyped-def]
    lines = unicodedata.normalize("NFC", sample).split("\n")
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(lines))
        match random.randrange(4):
            case 0:
                lines[at] = lines[at][: random.randint(0, len(lines[at]))]
            case 1:
                lines.insert(at, random.choice(lines))
            case 2:
                lines[at] = lines[at].replace(" ", random.choice(["", "  ", "\t"]))
            case _:
                lines[at] = lines[at].swapcase()
    holds("\n".join(lines))


@pytest.mark.skipif(not SEED.exists(), reason="the sample that the reader is measured on is not here")
def test_the_sample_directive_is_read_as_it_should_be() -> None:
    wanted = json.loads((SEED / "expected.json").read_text("utf-8"))
    found = read_text((SEED / wanted["file"]).read_text("utf-8"), calendar()).facts()
    assert [found[name] for name in ("number", "date", "secret", "readable", "directive")] == [
        wanted[name] for name in ("number", "date", "secret", "readable", "directive")
    ]
    assert found["issuer"] in (wanted["issuer"], *wanted["issuer_alt"])
    assert found["subject"] in (wanted["subject"], *wanted["subject_alt"])
    expected = [task for task in wanted["tasks"] if not task.get("optional")]
    read = {task["point"]: task for task in found["tasks"]}  # type: ignore[attr-defined]
    assert list(read) == [task["point"] for task in expected]
    for task in expected:
        one = read[task["point"]]
        assert one["text"].startswith((task["starts_with"], *task.get("starts_alt", ())))
        assert one["lead"] in (task["lead"], *task.get("lead_alt", ()))
        assert one["coordinate"] == task["coordinate"]
        assert one["index"] == task["index"]
        assert {name: one["deadline"].get(name) for name in task["deadline"]} == task["deadline"]
    assert found["references"] == [{"number": one["number"], "date": one["date"]} for one in wanted["references"]]
    told = {one["code"] for one in found["anomalies"]}  # type: ignore[attr-defined]
    assert told == {one["code"] for one in wanted["anomalies"]}


ENDLESS = ["trước ", "hằng tháng, ", "quý I, ", "giao Sở ", "Sở A, ", "phối hợp với ", "(", "1. ", "- ", "Điều 1. "]


@pytest.mark.parametrize("word", ENDLESS)
def test_what_is_made_to_be_slow_is_read_soon(word: str) -> None:
    begun = time.process_time()
    read_text(HEAD + "1. " + word * 10_000 + TAIL, calendar())
    assert time.process_time() - begun < 8  # a regular expression that goes astray would take hours
