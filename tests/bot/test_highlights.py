"""The text with its marks: every letter once, overlapping parts named for each whose they are, nothing that runs."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.web.highlights import marked
from domain.reading.places import Place, Span

TEXT = "a) Rà soát trước ngày 20/12; b) Báo cáo"


def test_a_sentence_is_marked_with_its_deadline_in_it() -> None:
    place = Place((Span(3, 27),), (Span(11, 27),))
    assert marked(TEXT, [Place(), place]) == (
        'a) <mark data-place="1">Rà soát </mark><mark data-place="1" data-due="1">trước ngày 20/12</mark>; b) Báo cáo'
    )


def test_a_part_of_two_is_both_theirs() -> None:
    html = marked("Trước ngày 20/12: A", [Place((Span(18, 19),), (Span(0, 16),)), Place((Span(0, 16),))])
    assert html == '<mark data-place="0 1" data-due="0">Trước ngày 20/12</mark>: <mark data-place="0">A</mark>'


def test_what_looks_like_markup_is_text() -> None:
    assert marked("<script>", [Place((Span(0, 8),))]) == '<mark data-place="0">&lt;script&gt;</mark>'


@given(st.text("ab<&", max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6))
def test_no_letter_is_lost_or_said_twice(text: str, edges: list[tuple[int, int]]) -> None:
    places = [Place((Span(min(edge), max(edge)),)) for edge in edges if min(edge) < max(edge) <= len(text)]
    plain = re.sub(r"</?mark[^>]*>", "", marked(text, places))
    assert plain.replace("&lt;", "<").replace("&amp;", "&") == text
