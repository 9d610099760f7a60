"""What remains of a text after its command: without politeness, in the spelling in which it was typed."""

import re
from collections.abc import Sequence

from locales.vocabulary import Phrases, Vocabulary, Word

_LEADING_SIGNS = re.compile(r"(?:[\s:;,.!=\u2013\u2014]|-(?!\d))+")


def rest_of(text: str, typed: Sequence[Word], after: int, begin: int, vocabulary: Vocabulary) -> str:
    """The text from an offset on, where `after` is the index of the first word there."""
    if _skip((vocabulary.opening, vocabulary.closing, vocabulary.aspect), typed, after) == len(typed):
        return ""
    first = _skip((vocabulary.aspect, vocabulary.closing), typed, after)
    if first > after:
        begin = typed[first - 1].end
    if signs := _LEADING_SIGNS.match(text, begin):
        begin = signs.end()
    return text[begin : _end(text, typed, first, vocabulary)].rstrip()


def is_taken_back(text: str, typed: Sequence[Word], after: int, vocabulary: Vocabulary) -> bool:
    """Whether the words from an index on turn a claim into its opposite, a question or a promise."""
    first = _skip((vocabulary.aspect, vocabulary.closing), typed, after)
    if first >= len(typed):
        return text.rstrip().endswith("?")
    return not text[typed[first - 1].end : typed[first].start].strip() and bool(vocabulary.negation.at(typed, first))


def _skip(kinds: Sequence[Phrases], typed: Sequence[Word], start: int) -> int:
    while found := next(filter(None, (phrases.at(typed, start) for phrases in kinds)), None):
        start += found.length
    return start


def _end(text: str, typed: Sequence[Word], first: int, vocabulary: Vocabulary) -> int:
    """Where the text ends without the politeness behind it; a single capital, as in "Appendix A", is none."""
    last = len(typed)
    while last - 1 > first and vocabulary.closing.whole(typed[last - 1 : last]):
        word = typed[last - 1]
        if not text[word.start - 1].isspace() or (word.text.isupper() and not word.marks):
            break
        last -= 1
    return len(text) if last == len(typed) else typed[last - 1].end


def page_offset(word: str, total: int, page: int) -> int:
    """Where a page of a list begins: with what "t16" says, the first where nothing does, never past the end."""
    asked = int(word[1:]) if word[:1] == "t" and word[1:].isdecimal() and len(word) < 9 else 0
    return min(asked, max(0, total - 1) // page * page)
