"""Tables of which only text was left, their cells run into each other: cut by what they look like."""

import re
from collections.abc import Sequence

from domain.reading.blocks import Cell, Line, Table
from domain.reading.bodies import begins_body
from domain.reading.body_words import HEAD
from domain.reading.dates import PLAIN_DAY
from domain.reading.letters import bare, tidy
from domain.reading.markers import roman

ROW = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]?(?:\s+|$)")
GROUP = re.compile(r"([IVX]{1,5})(?:[.)]?\s+|[.)]?$)")
STOP = re.compile(r"noi nhan|tren day|phu luc|ghi chu\s*:|luu y\s*:|(?:tm|kt|tl|tuq)\.|dieu \d+\.|tong (?:cong|so)")
SECTION = re.compile(
    r"(?:[A-H]|[IVX]+)\.\s+[^\W\d_]|\d{1,2}\.\s+(?:Giao|Y\u00eau|\u0110\u1ec1|S\u1edf|C\u00e1c|V\u0103n|"
    r"Kinh|T\u1ed5)\b"
)
WHEN = re.compile(
    rf"(?:(?:truoc|den|trong|cham nhat|hang|moi|tu|het|xong)\s+(?:ngay\s+|het\s+)?)*(?:{PLAIN_DAY}|"
    rf"thang \d{{1,2}}|\d{{1,2}}/20\d\d|quy (?:i|1|2|3|4)|thuong xuyen|"
    r"(?:hang|moi) (?:ngay|tuan|thang|quy|nam)|dinh ky|ca nam|nam 20\d\d|(?:6|06) thang)"
)


def words_of_heads(lines: Sequence[Line], at: int) -> tuple[list[str], int]:
    """The heads of a table in one or a few lines with single spaces."""
    text, end = "", at
    for line in lines[at : at + 4]:
        if end > at and (ROW.match(line.text) or GROUP.match(line.text)):
            break
        text += " " + line.text
        end += 1
    low = bare(tidy(text))
    has_task = re.search(r"nhiem vu|noi dung|cong viec|hoat dong", low)
    has_lead = re.search(r"chu tri|don vi|co quan|phu trach", low)
    has_when = re.search(r"thoi gian|thoi han|hoan thanh|tien do", low)
    if len(low) > 160 or not (has_task and has_lead and has_when) or end >= len(lines) or ":" in low:
        return [], at
    heads = [
        "TT",
        has_task[0],
        "chu tri",
        *(["phoi hop"] if "phoi hop" in low else []),
        "thoi gian",
        *(["san pham"] if re.search("san pham|ket qua", low) else []),
    ]
    return heads, end


def by_words(lines: Sequence[Line], start: int, heads: list[str]) -> tuple[Table, int] | None:
    rows: list[tuple[str, str]] = []
    end, number, group = start, 0, 0
    while end < len(lines):
        text = lines[end].text.strip()
        low = bare(text)
        row, grouped = ROW.match(text), GROUP.match(text)
        if STOP.match(low):
            break
        if row and row[1].isdigit() and int(row[1]) in (number + 1, 1):
            number = int(row[1])
            rows.append((row[1], text[row.end() :]))
        elif grouped and roman(grouped[1].lower()) == group + 1 and text[grouped.end() :][:1].isupper():
            group += 1
            rows.append((grouped[1], text[grouped.end() :]))
        elif rows and not SECTION.match(text):
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {text}")
        else:
            break
        end += 1
    if not rows:
        return None
    filled = [[number, *_cut(heads[1:], tidy(text), is_group=number.isalpha())] for number, text in rows]
    return made(heads, filled), end


def _cut(heads: Sequence[str], text: str, *, is_group: bool) -> list[str]:
    if is_group:
        return [text, *[""] * (len(heads) - 1)]
    low = bare(text)
    when = next(iter(reversed(list(WHEN.finditer(low)))), None)
    stop = when.start() if when else len(text)
    places = [at for at in (one.start() for one in HEAD.finditer(low, 1, stop)) if _is_cell(text, low, at)]
    first = places[0] if places else stop
    second = next(
        (place for place in places[1:] if "phoi hop" in heads and not text[first:place].rstrip().endswith((",", ";"))),
        stop,
    )
    cells = {heads[0]: text[:first], "chu tri": text[first:second], "phoi hop": text[second:stop]}
    cells["thoi gian"] = text[stop : when.end() + _rest(low, when.end())] if when else ""
    return [cells.get(head, "").strip() for head in heads]


def _is_cell(text: str, low: str, at: int) -> bool:
    """Whether a name begins the next cell, and does not go on with what is before it."""
    goes_on = re.search(r"(?:cua|voi|tai|ve|cho|trong|den|do|cac|va|gui|[,;])\s*$", low[:at])
    return text[at].isupper() and begins_body(text, low, at) and not goes_on


def _rest(low: str, at: int) -> int:
    """How far what belongs to a time still goes."""
    found = re.match(r"(?:\s*(?:[/-]\s*\d+|nam \d{4}|iv|i{1,3}|hang \w+|moi \w+))*", low[at:])
    return found.end() if found else 0


def made(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    wide = len(heads)
    cells = [tuple(Cell(text) for text in [*row, *[""] * wide][:wide]) for row in [heads, *rows]]
    return Table(tuple(cells), flattened=True)
