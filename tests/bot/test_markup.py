"""Neutral markup becomes Telegram's HTML, plain text, and parts that are whole again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.markup import html_parts, numbered, plain_parts, to_html, to_plain, units
from domain.messages import Button
from tests.simulators.telegram_markup import parse_html, utf16_length

SCRAPS = [
    "<b>", "</b>", "<i>", "</i>", "<code>", "</code>", '<a href="https://x.vn/?a=1&amp;b=2">', "</a>", "<u>", "<", ">",
    "&", "&lt;", "&amp;", "&#39;", "\n", "\n\n", " ", "Báo cáo", "quý III", "📌", "a\u0309", "x" * 30,
]  # fmt: skip
texts = st.lists(st.sampled_from(SCRAPS), max_size=60).map("".join)


def test_well_formed_markup_stays_as_it_is() -> None:
    text = '<i>Việc</i> <b>12</b>: <a href="https://x.vn/?a=1&amp;b=2">văn bản</a> &lt;quý III&gt; <code>/xong</code>'
    assert to_html(text) == text


@pytest.mark.parametrize(
    ("neutral", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("<u>gạch</u>", "&lt;u&gt;gạch&lt;/u&gt;"),
        ("<b>đậm", "<b>đậm</b>"),
        ("đậm</b>", "đậm"),
        ("<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>"),
        ("<B>x</B>", "<b>x</b>"),
        ("<a>x</a>", "x"),
        ("<b></b>", ""),
        ("it&#39;s &#34;x&#34;", 'it\'s "x"'),
        ('<a href="https://x.vn/&quot;">x</a>', '<a href="https://x.vn/&quot;">x</a>'),
        ('<script src="x">', '&lt;script src="x"&gt;'),
    ],
)
def test_what_is_not_neutral_markup_is_repaired_or_shown_as_typed(neutral: str, html: str) -> None:
    assert to_html(neutral) == html


@given(texts)
def test_telegram_accepts_whatever_comes_out(text: str) -> None:
    plain, _ = parse_html(to_html(text))
    assert plain == to_plain(text, targets=False)


def test_plain_text_names_where_a_link_leads() -> None:
    text = 'Xem <a href="https://x.vn/1">văn bản <b>số 5</b></a> và <a href="https://x.vn">https://x.vn</a> &amp; ký'
    assert to_plain(text) == "Xem văn bản số 5 (https://x.vn/1) và https://x.vn & ký"
    assert to_plain(text, targets=False) == "Xem văn bản số 5 và https://x.vn & ký"


def test_text_that_fits_is_one_part() -> None:
    assert html_parts("Kính gửi <b>đồng chí</b>", 21) == ["Kính gửi <b>đồng chí</b>"]
    assert plain_parts("Kính gửi <b>đồng chí</b>", 18) == ["Kính gửi đồng chí"]


@pytest.mark.parametrize("blank", ["", "  \n ", "<b> </b>"])
def test_blank_text_has_no_parts(blank: str) -> None:
    assert html_parts(blank, 10) == []
    assert plain_parts(blank, 10) == []


def test_text_is_cut_between_paragraphs_then_lines_then_words() -> None:
    assert plain_parts("một hai\nba\n\nbốn năm", 14) == ["một hai\nba", "bốn năm"]
    assert plain_parts("một hai\nba bốn năm", 14) == ["một hai", "ba bốn năm"]
    assert plain_parts("một hai ba bốn năm", 14) == ["một hai ba bốn", "năm"]
    assert plain_parts("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_tag_that_is_cut_is_closed_and_opened_again() -> None:
    text = '<b>một hai <a href="https://x.vn">ba bốn</a></b>'
    assert html_parts(text, 10) == [
        '<b>một hai <a href="https://x.vn">ba</a></b>',
        '<b><a href="https://x.vn">bốn</a></b>',
    ]


def test_a_letter_is_not_cut_from_its_accents() -> None:
    assert plain_parts("xxxxa\u0309b", 5) == ["xxxx", "a\u0309b"]
    assert plain_parts("📌📌📌", 4) == ["📌📌", "📌"]
    assert plain_parts("📌📌", 1) == ["📌", "📌"]


@given(texts, st.integers(min_value=2, max_value=50))
def test_parts_fit_and_lose_only_the_white_space_between_them(text: str, most: int) -> None:
    parts = [parse_html(part)[0] for part in html_parts(text, most)]
    assert all(0 < utf16_length(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(to_plain(text, targets=False).split())
    assert all(0 < units(part) <= most for part in plain_parts(text, most))


def test_units_are_utf_16() -> None:
    assert units("việc📌") == 6


def test_buttons_become_numbered_lines() -> None:
    rows = ((Button("Xong", "/xong 12"), Button("Hoãn <1 ngày>", "/hoan 12")), (Button("Xem", "/xem 12"),))
    assert numbered("<b>Việc 12</b>", rows) == "<b>Việc 12</b>\n\n1. Xong\n2. Hoãn &lt;1 ngày&gt;\n3. Xem"
    assert numbered("Việc 12", ()) == "Việc 12"
