"""Where the name of a body ends by its shape, whatever verb follows: capitals, fields of work, levels, and no more."""

import re

from domain.reading.body_words import BODY_VERBS, HEAD, LETTERED
from domain.reading.name_words import FIELD, LIGHT, RELATIVE, STRONG, goes_on
from domain.reading.verb_words import BOUNDARY

_WORD = re.compile(r"[^\W_]+")
_ALONE = ("so", "cuc", "vu", "ubnd", "hdnd")
_TITLES = ("pho", "truong", "chanh", "quyen", "ong", "ba", "thay", "co", "dong")
"""Heads that are no first half of another word."""
_GENERIC = re.compile(
    r"(?:cac|nhung|moi|tung|toan the|mot so|doanh nghiep|ho|co so|to chuc|ca nhan|nguoi|ubnd cac|chu|"
    r"thu truong|can bo|cong chuc|nhan vien)\b"
)
_POST = re.compile(
    r"(?:(?:cac )?dong chi )?(?:pho|uy vien|thanh vien|lanh dao|truong|chu tich|giam doc|can bo|cong chuc)\b"
)
_PEOPLE = re.compile(
    r"(?:(?:cac|nhung|moi) )?(?:cong chuc|can bo|vien chuc|nhan vien|bac si|benh vien|giao vien|nguoi)\b"
)
_PERSON = re.compile(r"(?:(?:cac )?dong chi|ong|ba|thay|co|bac si|(?:gs|pgs|ts|ths|bs|ks)\.) ")
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:va )?|\s+va\s+")
_STOP = re.compile(r"[,;.:(!?\n]")
_PLACE = ("tren", "tai", "trong", "o", "ngoai", "ven")
MOST_OF_NOUN = 2


def shape_end(text: str, low: str, start: int, limit: int) -> int:
    """The end of the names between two places; `limit` where every word of them can belong to a name."""
    at = _after_head(low, start, limit)
    takes_second = was_capital = is_compound = False
    is_person = _PERSON.match(low, start) is not None
    while word := _WORD.search(text, at, limit):
        between = low[at : word.start()]
        if between.strip(" ,;&-\u2013") or "\n" in between:
            break
        bare_word = low[word.start() : word.end()]
        if text[word.start()].isupper() and (known := _known(text, low, word.start(), limit)):
            at = known
            takes_second = was_capital = is_compound = False
            continue
        if text[word.start()].isupper() or bare_word[0].isdigit():
            is_acronym = word[0].isupper() and len(word[0]) > 1
            takes_second = not is_acronym and not (was_capital and not between.strip()) and bare_word not in _ALONE
            was_capital = not is_acronym and bare_word[0].isalpha() and bare_word not in _TITLES
            is_compound = False
            at = word.end()
            continue
        if is_person and was_capital and not between.strip():
            return word.start()
        written = word[0].lower()
        is_field = takes_second and not between.strip()
        if is_field:
            at = word.end()
        elif field := FIELD.match(low, word.start(), limit):
            at, is_field = field.end(), True
        elif goes_on(written, bare_word) or between.strip(" "):
            at = word.end()
        elif (head := _known(text, low, word.start(), limit)) and not low.startswith("lanh dao", word.start()):
            at = head
        elif following := _next_body(text, low, word.start(), limit) or _next_function(text, low, word.start(), limit):
            at = following
        elif is_compound:
            return _unless_noun(low, word.start(), limit)
        else:
            return word.start()
        is_compound = is_field
        takes_second = was_capital = False
    return limit


def _known(text: str, low: str, at: int, limit: int) -> int:
    """Where a field of work or the head of a body that stands here ends; else 0."""
    if field := FIELD.match(low, at, limit):
        return field.end()
    part = BODY_VERBS.match(low, at, limit)
    if part and not part[0].startswith("duoc"):
        return part.end()
    head = HEAD.match(low, at, limit)
    if head is None:
        return 0
    first = head[0].split()[0]
    is_written = first not in LETTERED or text[at : at + len(first)].lower() in LETTERED[first].split()
    return head.end() if is_written and head[0] not in ("ba", "ong", "co", "thay") else 0


def _after_head(low: str, start: int, limit: int) -> int:
    ends = [found.end() for form in (HEAD, BODY_VERBS) if (found := form.match(low, start, limit))]
    return max(ends, default=start)


def _next_body(text: str, low: str, at: int, limit: int) -> int:
    """Where the next name of the list begins, if an unknown word is followed by one; else 0."""
    found = _SEPARATOR.search(low, at, limit)
    if found is None or not text[found.end() : found.end() + 1].isupper() or not HEAD.match(low, found.end()):
        return 0
    return found.start()


_FUNCTION = re.compile(r"((?: ?[a-z]+){1,3}) va ")


def _next_function(text: str, low: str, at: int, limit: int) -> int:
    """Where a name goes on with what else a body is for: a capital behind "and", no more than three words away."""
    found = _FUNCTION.match(low, at, limit)
    if found is None or not text[found.end() : found.end() + 1].isupper() or HEAD.match(low, found.end()):
        return 0
    return found.end(1)


def _unless_noun(low: str, at: int, limit: int) -> int:
    """Two unknown words right before a verb that nobody doubts are rather a field of work."""
    between = low[at:limit].strip()
    if len(between.split()) <= MOST_OF_NOUN and "," not in between and STRONG.match(low, limit):
        return limit
    return at


def after_relative(text: str, low: str, start: int, end: int) -> int | None:
    """Where names end if the verb at `end` only says which of them is meant, and another follows."""
    found = RELATIVE.match(low, end)
    if found is None or LIGHT.match(low, end):
        return None
    if found["people"]:
        if not _PEOPLE.match(low, start):
            return None
    elif not (_GENERIC.match(low, start) or (found[0] == "phu trach" and _POST.match(low, start))):
        return None
    stop = _STOP.search(low, end)
    limit = stop.start() if stop else len(low)
    at = _after_object(text, low, found.end(), limit)
    while word := _WORD.search(low, at, limit):
        if (verb := BOUNDARY.match(low, word.start())) and verb.end() <= limit and low[at : word.start()] == " ":
            return word.start()
        if field := FIELD.match(low, word.start(), limit):
            at = field.end()
        elif word[0] in _PLACE:
            at = _after_object(text, low, word.end(), limit)
        elif goes_on(text[word.start() : word.end()].lower(), word[0]) or text[word.start()].isupper():
            at = word.end()
        else:
            return word.start()
    return limit if low[limit : limit + 1] == ":" or found[0].startswith("noi") else None


def _after_object(text: str, low: str, at: int, limit: int) -> int:
    """Behind what is had, used or looked after: a field of work, one known word, or two words."""
    word = _WORD.search(low, at, limit)
    if word is None:
        return limit
    if field := FIELD.match(low, word.start(), limit):
        return field.end()
    if goes_on(text[word.start() : word.end()].lower(), word[0]):
        return word.end()
    second = _WORD.search(low, word.end(), limit)
    return second.end() if second else limit
