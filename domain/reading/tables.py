"""Tables of tasks: which column says what, group rows, cells merged downwards."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.reading.binding import deadline_of
from domain.reading.blocks import Cell, Table
from domain.reading.bodies import split
from domain.reading.clauses import said_in
from domain.reading.deadlines import Setting
from domain.reading.letters import bare, tidy
from domain.reading.values import Anomaly, Code, Task

_COLUMNS = (
    ("number", re.compile(r"(?:s?tt|so tt|so thu tu|stt\.?|tt\.?|no)$")),
    ("coordinate", re.compile(r".*phoi hop")),
    (
        "deadline",
        re.compile(
            r".*(?:thoi gian|thoi han|tien do|^han$|han (?:hoan|xong|bao|cuoi)|^han$|hoan thanh|thoi diem|"
            r"ngay hoan|lo trinh|moc)"
        ),
    ),
    ("other", re.compile(r".*(?:san pham|ket qua|ghi chu|kinh phi|so luong|dia diem|can cu|nguon)")),
    (
        "lead",
        re.compile(r".*(?:chu tri|don vi|co quan|trach nhiem|phu trach|dau moi|nguoi thuc hien|phan cong|thuc hien$)"),
    ),
    ("task", re.compile(r".*(?:nhiem vu|noi dung|cong viec|hoat dong|viec|chi dao|giai phap|ten)")),
)
MOST_HEAD_ROWS = 4
LONGEST_HEAD = 80
_ROMAN = re.compile(r"(?:[ivx]+|[a-h])[.)]?$")
_BLANK = re.compile(r"[\s.\-\u2013\u2026/_]*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands."""

    task: int
    number: int | None = None
    lead: int | None = None
    coordinate: int | None = None
    deadline: int | None = None
    first_row: int = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """What a table stands in."""

    path: tuple[str, ...]
    annex: bool
    lead: tuple[str, ...]
    index: str | None


def column_kind(head: str) -> str | None:
    """What a column has in it, by its head."""
    low = bare(tidy(head)).strip(" .:")
    return (
        next((name for name, form in _COLUMNS if form.match(low)), None) if low and len(low) <= LONGEST_HEAD else None
    )


def columns_of(table: Table) -> Columns | None:
    """The columns of a table of tasks; None for another table."""
    known: dict[str, int] = {}
    for at, row in enumerate(table.rows[:MOST_HEAD_ROWS]):
        if at and "task" in known and _is_task_row(row, known):
            break
        for column, cell in enumerate(row):
            kind = column_kind(cell.text)
            if kind and kind not in known and column not in known.values():
                known[kind] = column
        if "task" not in known and "number" in known and "lead" in known and "deadline" in known:
            free = [column for column, cell in enumerate(row) if cell.text.strip() and column not in known.values()]
            if free:
                known["task"] = free[0]
        if "task" in known and ("lead" in known or "deadline" in known):
            return Columns(
                known["task"], known.get("number"), known.get("lead"), known.get("coordinate"), known.get("deadline"),
                at + 1 + _second_heads(table.rows[at + 1 : at + 3]),
            )  # fmt: skip
    return None


def _is_task_row(row: Sequence[Cell], known: dict[str, int]) -> bool:
    number = known.get("number")
    return number is not None and number < len(row) and bool(re.fullmatch(r"\d+|[IVX]+", row[number].text.strip(" .")))


def _second_heads(rows: Sequence[Sequence[Cell]]) -> int:
    """Rows that only number the columns, or go on with the heads."""
    count = 0
    for row in rows:
        texts = [cell.text.strip(" ()") for cell in row]
        numbers = [text for text in texts if text]
        is_count = len(numbers) > 2 and all(re.fullmatch(r"\d{1,2}|[A-E]", text) for text in numbers)
        is_head = (
            bool(row)
            and all(cell.continued or not cell.text.strip() or _is_head(cell.text) for cell in row)
            and any(cell.continued for cell in row)
        )
        if not (is_count or is_head):
            break
        count += 1
    return count


def _is_head(text: str) -> bool:
    low = bare(tidy(text))
    return len(low) < 40 and any(form.match(low) for _, form in _COLUMNS)


def rows_of(table: Table, frame: Frame, setting: Setting) -> Iterator[tuple[Task, tuple[Anomaly, ...]]]:
    """The tasks of a table, each with what is odd about it."""
    columns = columns_of(table)
    if columns is None:
        return
    group, count = "", 0
    rows = table.rows[columns.first_row :]
    for at, row in enumerate(rows):
        texts = [tidy(cell.text) for cell in row]
        number = _at(texts, columns.number).rstrip(".) ")
        if _is_same_head(texts, table):
            continue
        if _is_group(texts, row, columns, number):
            group = number if _ROMAN.match(bare(number)) or number.isdigit() else _leading(texts)
            count = 0
            continue
        text = _at(texts, columns.task)
        if _BLANK.fullmatch(text):
            continue
        count += 1
        following = rows[at + 1] if at + 1 < len(rows) else ()
        yield _task(text, number or str(count), group, row, following, columns, frame, setting)


def _at(texts: Sequence[str], column: int | None) -> str:
    return texts[column] if column is not None and column < len(texts) else ""


def _leading(texts: Sequence[str]) -> str:
    """The number of a group that stands before its title in one cell."""
    found = re.match(r"([IVX]+|[A-H])\s*[.)-]\s+\S", next((text for text in texts if text), ""))
    return found[1] if found else ""


def _is_same_head(texts: Sequence[str], table: Table) -> bool:
    """The heads again, on the next page."""
    first = [tidy(cell.text) for cell in table.rows[0]]
    return texts == first


def _is_group(texts: Sequence[str], row: Sequence[Cell], columns: Columns, number: str) -> bool:
    said = [text for text in texts if text and not _BLANK.fullmatch(text)]
    if len(set(said)) <= 1:
        return bool(said) and not (columns.number is None and len(row) == 1)
    is_empty = not any(
        _at(texts, column) and not row[column].continued
        for column in (columns.lead, columns.coordinate, columns.deadline)
        if column is not None and column < len(row)
    )
    if _ROMAN.match(bare(number)) and not number.isdigit() and (is_empty or len(set(said)) <= 2):
        return True
    rest = set(said) - {number, _at(texts, columns.task)}
    return is_empty and len(set(said)) == 2 and not rest and bool(number) and _at(texts, columns.task).isupper()


def _task(
    text: str, number: str, group: str, row: Sequence[Cell], following: Sequence[Cell],
    columns: Columns, frame: Frame, setting: Setting,
) -> tuple[Task, tuple[Anomaly, ...]]:  # fmt: skip
    texts = [tidy(cell.text) for cell in row]
    said = said_in(text)
    lead = tuple(split(_lines(row, columns.lead))) or said.lead or frame.lead
    coordinate = tuple(split(_lines(row, columns.coordinate))) or said.coordinate
    when = _at(texts, columns.deadline)
    if when and not _BLANK.fullmatch(when):
        deadline, odd = deadline_of(when, setting, cell=True)
        if _is_merged(row, following, columns.deadline) and deadline.quote:
            odd = (*odd, Anomaly(Code.MERGED_CELL_DEADLINE, deadline.quote, number))
    else:
        deadline, odd = deadline_of(text, setting)
    return Task(_point(frame, group, number), text, lead, coordinate, deadline, frame.index), odd


def _lines(row: Sequence[Cell], column: int | None) -> str:
    """The text of a cell; each of its lines is a name where they are not joined by commas."""
    if column is None or column >= len(row):
        return ""
    lines = [tidy(line).lstrip("-+\u2022 ") for line in row[column].text.split("\n") if line.strip()]
    text = lines[0] if lines else ""
    for line in lines[1:]:
        is_new = line[:1].isupper() and not text.endswith((",", "-", "v\u00e0"))
        text += (
            "; "
            if is_new
            and bare(line).startswith(
                ("so ", "ubnd", "cac ", "phong ", "van phong", "ban ", "trung tam", "chi cuc", "cong an")
            )
            else " "
        ) + line
    return "" if _BLANK.fullmatch(text) else text


def _is_merged(row: Sequence[Cell], following: Sequence[Cell], column: int | None) -> bool:
    if column is None:
        return False
    here = column < len(row) and row[column].continued
    return here or (column < len(following) and following[column].continued)


def _point(frame: Frame, group: str, number: str) -> str:
    if frame.annex:
        is_whole = bool(group) and number.startswith(f"{group}.")
        return ".".join([*frame.path, *([group] if group and not is_whole else []), number])
    return ".".join([*frame.path, f"B{number}"])
