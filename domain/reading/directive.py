"""Reading a directive: header, tasks, references and what looks wrong, out of its lines and tables."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from domain.headers import Header, header_of
from domain.reading.anomalies import header_oddities, late_references, slips
from domain.reading.blocks import Block, Line, Paragraph, Source, Table
from domain.reading.bodies import split
from domain.reading.deadlines import Setting
from domain.reading.flattened import with_tables
from domain.reading.headings import index_of
from domain.reading.issuers import issuer_in_head, issuer_in_text
from domain.reading.judging import Context
from domain.reading.kinds import is_directive
from domain.reading.letters import bare, tidy
from domain.reading.lines import lines_of, paragraphs, split_head, without_furniture
from domain.reading.outline import Node, outline
from domain.reading.quotes import printed, quoted
from domain.reading.references import references_in
from domain.reading.tasks import TaskFinder
from domain.reading.values import Anomaly, Code, Reading
from domain.secrecy import is_marked_secret
from domain.workdays import WorkCalendar

_ADDRESSED = re.compile(r"kinh gui\s*:?\s*")
_ENDS = re.compile(r"noi nhan\s*[:.]?|noi gui\s*:")
_SIGNED = re.compile(
    r"(?:(?:tm|kt|tl|tuq|q)\s*\.|t/m|k/t|t/l)\s?[a-z ,-]{3,60}$|(?:pho )?(?:chu tich|giam doc|"
    r"chanh van phong|bi thu|truong ban|cuc truong|chi cuc truong|bo truong|thu truong|truong phong)$"
)
_ANNEX = re.compile(r"(?:phu luc|danh muc|bang (?:phan cong|tong hop)|bieu (?:mau|phan cong|so)?|phan cong nhiem vu)\b")
_ATTACHED = re.compile(r"(?:ke hoach|chuong trinh|phuong an|de an|quy che|quy dinh|huong dan)$")
_FORM = re.compile(r"de cuong|bieu mau|\bmau\b|danh sach|so lieu|thong ke|bieu so")
_ANNEX_OF_TASKS = re.compile(r"nhiem vu|phan cong|cong viec|ke hoach|tien do|lo trinh|noi dung")
_OWN_IN_ANNEX = re.compile(
    r"kem theo\s+(?:cong van|ke hoach|quyet dinh|chi thi|thong bao|van ban|chuong trinh|cong dien)\s+so\s*:?\s*"
)


def read_text(text: str, calendar: WorkCalendar) -> Reading:
    """A directive that is plain text."""
    return read(source_of_text(text), calendar)


def source_of_text(text: str) -> Source:
    """The lines and tables of a plain text."""
    composed = unicodedata.normalize("NFC", text)
    return source_of_lines(lines_of(composed), decomposed=is_decomposed(text))


def is_decomposed(text: str) -> bool:
    """Whether letters and their marks are kept apart."""
    return any("\u0300" <= char <= "\u0323" for char in text)


def source_of_lines(lines: Sequence[Line | Table], *, decomposed: bool = False) -> Source:
    """Lines, with the ruled tables between them, as a document."""
    first = next((at for at, one in enumerate(lines) if isinstance(one, Table)), len(lines))
    top = [one for one in lines[:first] if isinstance(one, Line)]
    head, rest = split_head(top)
    blocks: list[Block] = []
    pending: list[Line] = list(rest)
    for one in [*lines[first:], None]:
        if isinstance(one, Line):
            pending.append(one)
            continue
        for part in with_tables(pending):
            blocks += [part] if isinstance(part, Table) else paragraphs(without_furniture(part))
        pending = []
        if one is not None:
            blocks.append(one)
    return Source(tuple(head), tuple(blocks), decomposed, "" if first < len(lines) else printed(lines))


def read(source: Source, calendar: WorkCalendar) -> Reading:
    """What a document says. A document that bears a mark of secrecy says nothing."""
    plain = text_of(source)
    odd: list[Anomaly] = []
    if not plain.strip():
        return unread(Code.EMPTY_FILE)
    if is_marked_secret(plain):
        return secret(plain)
    addressed, main, annexes = _parts(source.blocks)
    header = header_of("\n".join([*source.head, *(["Kinh gui:"] if addressed is not None else [])]))
    body = "\n".join(_texts(source.blocks))
    number, issued_on = _own(header, body)
    year = issued_on.year if issued_on else _likely_year(header.subject, body)
    setting = Setting(calendar, issued_on, year, _effect(body, issued_on))
    finder = TaskFinder(setting)
    context = Context(lead=tuple(split(addressed or "")), index=index_of(header.subject))
    finder.walk(outline(main), context)
    for annex in annexes:
        _read_annex(finder, annex, context)
    found = finder.found
    tasks = quoted(found.tasks, source.printed)
    references, slipped = references_in(body, number)
    odd += found.odd
    odd += late_references(references, issued_on, _basis(main))
    odd += slips(body, slipped)
    odd += [Anomaly(Code.NFD_UNICODE)] if source.decomposed else []
    odd += [
        Anomaly(Code.FLATTENED_TABLE, _first_cell(one))
        for one in source.blocks
        if isinstance(one, Table) and one.flattened
    ][:1]
    is_one = is_directive(source.head, body, header, len(tasks))
    about_header = header_oddities(source, header, number, issued_on)
    odd = [*about_header, *odd] if is_one else [Anomaly(Code.NOT_A_DIRECTIVE)]
    issuer = header.issuer or issuer_in_head(source.head) or issuer_in_text(body)
    return Reading(
        number or None, issued_on, issuer or None, header.subject or None,
        directive=is_one, tasks=tuple(tasks) if is_one else (), references=tuple(references) if is_one else (),
        anomalies=tuple(dict.fromkeys(odd)),
    )  # fmt: skip


def text_of(source: Source) -> str:
    """The text of a document, a line for each paragraph and each row."""
    return "\n".join([*source.head, *_texts(source.blocks)])


def unread(code: Code) -> Reading:
    """What is said of a file that has no text for us."""
    return Reading(readable=False, anomalies=(Anomaly(code),))


def secret(text: str = "") -> Reading:
    """What is said of a document that bears a mark of secrecy: that, and nothing of what it says."""
    return Reading(secret=True, directive=True, anomalies=(Anomaly(Code.SECRET_MARKING),))


def _texts(blocks: Sequence[Block]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        else:
            texts += [" | ".join(tidy(cell.text) for cell in row if not cell.continued) for row in block.rows]
    return texts


# -- parts -------------------------------------------------------------------------------------------------------------


def _parts(blocks: Sequence[Block]) -> tuple[str | None, list[Block], list[list[Block]]]:
    """To whom it is addressed, the text, and what is annexed."""
    addressed: str | None = None
    main: list[Block] = []
    annexes: list[list[Block]] = []
    into: list[Block] | None = main
    collecting = False
    for block in blocks:
        if isinstance(block, Table):
            collecting = False
            if into is None:
                annexes.append([block])
            else:
                into.append(block)
            continue
        low = bare(block.text).strip()
        if addressed is None and _ADDRESSED.match(low) and not annexes:
            addressed = block.text[len(block.text) - len(block.text.lstrip()) + (_ADDRESSED.match(low) or [""]).end() :]  # type: ignore[union-attr]
            collecting = True
            continue
        if collecting and _is_addressee(block.text, low):
            addressed = f"{addressed}; {block.text.lstrip('-+ ')}"
            continue
        collecting = False
        if _begins_annex(block.text, low, ended=into is None):
            annexes.append([block])
            into = annexes[-1]
        elif _ENDS.match(low) or (_SIGNED.fullmatch(low) and block.text.isupper()):
            into = None
        elif into is not None:
            into.append(block)
    return addressed, main, annexes


def _is_addressee(text: str, low: str) -> bool:
    is_item = text.lstrip().startswith(("-", "\u2013", "+", "\u2022")) and len(text) < 160
    return is_item and not low.rstrip().endswith(":")


def _begins_annex(text: str, low: str, *, ended: bool) -> bool:
    if _ANNEX.match(low) and (
        text.isupper()
        or re.match(r"phu luc(?:\s+(?:so\s+)?[\divx]+)?\s*[.:]?$", low)
        or (ended and low.startswith("phu luc"))
    ):
        return True
    return ended and text.isupper() and bool(_ATTACHED.match(low) or _ANNEX.match(low))


def _read_annex(finder: TaskFinder, annex: list[Block], context: Context) -> None:
    first = annex[0]
    titles = [one for one in annex[:4] if isinstance(one, Paragraph)]
    title = " ".join(bare(one.text) for one in titles)
    is_attached = isinstance(first, Paragraph) and bool(_ATTACHED.match(bare(first.text).strip()))
    if is_attached:
        finder.walk(outline(annex[1:]), Context(index=context.index))
        return
    if _FORM.search(title) and not _ANNEX_OF_TASKS.search(title):
        return
    inner = Context(lead=context.lead, index=context.index, wanted=True)
    if any(isinstance(one, Table) for one in annex):
        tables = [one for one in annex if isinstance(one, Table)]
        finder.walk(outline(tables, Node(("PL",), annex=True)), inner)
    elif _ANNEX_OF_TASKS.search(title):
        points = [one for one in annex[1:] if not (isinstance(one, Paragraph) and one.text.isupper())]
        finder.walk(outline(points, Node(("PL",), annex=True)), inner)


# -- what the text says of the document itself -------------------------------------------------------------------------


def _own(header: Header, body: str) -> tuple[str, date | None]:
    """The document's number and day; an annex says them again, where the header is cut off."""
    if header.number:
        return header.number, header.issued_on
    found = _OWN_IN_ANNEX.search(bare(body))
    if found:
        cited, _ = references_in(body[found.end() : found.end() + 80], None)
        if cited and body[found.end() :].lstrip().startswith(cited[0].number[:2]):
            return cited[0].number, header.issued_on or cited[0].issued_on
    return "", header.issued_on


def _likely_year(subject: str, body: str) -> int | None:
    found = re.findall(r"nam\s+(20\d\d)", bare(subject)) or re.findall(r"\d{1,2}/\d{1,2}/(20\d\d)", body)
    return max(int(year) for year in found) if found else None


def _effect(body: str, issued_on: date | None) -> date | None:
    low = bare(body)
    if re.search(r"co hieu luc(?: thi hanh)?(?: ke)? tu ngay ky", low):
        return issued_on
    found = re.search(
        r"co hieu luc(?: thi hanh)?(?: ke)? tu ngay\s+(\d{1,2})(?:/|\s+thang\s+)(\d{1,2})(?:/|\s+nam\s+)(\d{4})", low
    )
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _basis(main: Sequence[Block]) -> str:
    """The paragraph that says on what the document rests."""
    first = next((one for one in main if isinstance(one, Paragraph)), None)
    return first.text if first else ""


def _first_cell(table: Table) -> str:
    return tidy(" ".join(cell.text for cell in table.rows[0]))[:80] if table.rows else ""
