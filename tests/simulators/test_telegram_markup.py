"""Telegram's HTML is read as the real server reads it."""

import pytest

from tests.simulators.telegram_markup import MarkupError, parse_html


@pytest.mark.parametrize(
    ("html", "text", "kinds"),
    [
        ("Hạn <b>20/3</b> &amp; <i>chiều</i>", "Hạn 20/3 & chiều", [("bold", 4, 4), ("italic", 11, 5)]),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("<B>x<u>y</u></B>", "xy", [("bold", 0, 2), ("underline", 1, 1)]),
        ("<pre>a</pre><code>b</code>", "ab", [("pre", 0, 1), ("code", 1, 1)]),
        ("<s>a</s><tg-spoiler>b</tg-spoiler>", "ab", [("strikethrough", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<b></b>&nbsp; a & b &#272;", "&nbsp; a & b Đ", []),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(html: str, text: str, kinds: list[tuple[str, int, int]]) -> None:
    plain, entities = parse_html(html)
    assert plain == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in entities] == kinds


def test_links_and_times_keep_their_arguments() -> None:
    _, entities = parse_html('<a href="https://a.vn/?x=1&amp;y=2">a</a><tg-time unix="5" format="wdt">b</tg-time>')
    assert entities[0]["url"] == "https://a.vn/?x=1&y=2"
    assert (entities[1]["unix_time"], entities[1]["date_time_format"]) == (5, "wdt")


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ạ<div>x</div>", 'Unsupported start tag "div" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-time>x</tg-time>", "Invalid date-time specified"),
    ],
)
def test_broken_html_is_refused_in_the_words_of_the_server(html: str, problem: str) -> None:
    with pytest.raises(MarkupError) as raised:
        parse_html(html)
    assert str(raised.value) == problem
