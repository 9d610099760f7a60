"""The text of a document (PDF, DOCX, plain text), read in a process of its own.

Files come from outside: one that is broken, locked, huge or malicious costs a short-lived process and nothing else.
That process knows no setting and no secret, and has limits on time, memory and what it gives back.
"""

import asyncio
import json
import os
import re
import sys
import unicodedata
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum, auto
from pathlib import Path

from domain.headers import Header, header_of
from domain.secrecy import is_marked_secret

SECONDS = 10.0
END_SECONDS = 1.0
MOST_MEMORY = 1 << 30
MOST_TEXT = 1_000_000
"""Characters; what follows is not read."""
MOST_ANSWER = 16 << 20
MOST_UNPACKED = 200 << 20
AT_ONCE = 2
"""How many documents are read side by side."""

_ROOT = Path(__file__).parent.parent.parent
BY_ENDING = {".pdf": "pdf", ".docx": "docx", ".txt": "txt"}
_BY_MIME = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain": "txt",
}


class ReadFault(StrEnum):
    """Why a document has no text for us."""

    UNREADABLE = auto()
    ENCRYPTED = auto()
    NO_TEXT_LAYER = auto()
    TOO_BIG = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """The text, composed (NFC), and its header; or why there is none.

    Where the text bears a mark of secrecy, it is left in the other process.
    """

    text: str = ""
    header: Header | None = None
    fault: ReadFault | None = None
    secret: bool = False


def kind_of(name: str, mime: str) -> str | None:
    """What a file is read as, by its name or else by what its sender calls it; None for what is not read."""
    return BY_ENDING.get(Path(name).suffix.lower()) or _BY_MIME.get(mime.partition(";")[0].strip().lower())


class Reader:
    """Reads documents, a few at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._free = asyncio.Semaphore(AT_ONCE)

    async def read(self, data: bytes, name: str, mime: str) -> Reading | None:
        """The text of a file, None where it is none that can be read. Raises nothing."""
        kind = kind_of(name, mime)
        if kind is None:
            return None
        async with self._free:
            try:
                return await self._ask(kind, data)
            except OSError:
                return Reading(fault=ReadFault.UNREADABLE)

    async def _ask(self, kind: str, data: bytes) -> Reading:
        child = await child_process("documents.reading.texts", kind)
        try:
            async with asyncio.timeout(self._seconds):
                return _understood(await talk(child, data))
        except TimeoutError:
            return Reading(fault=ReadFault.TOO_BIG)
        finally:
            await ended(child)


async def child_process(module: str, *what: str) -> asyncio.subprocess.Process:
    """A process that reads one document, and knows no setting and no secret."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *what),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
        env={
            "PYTHONDONTWRITEBYTECODE": "1",
            "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
            "PATH": os.environ.get("PATH", ""),
        },
        start_new_session=True,
    )


async def ended(child: asyncio.subprocess.Process) -> None:
    """Wait for the end of a process; one that has given its answer ends by itself, any other is made to."""
    try:
        async with asyncio.timeout(END_SECONDS):
            await child.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def talk(child: asyncio.subprocess.Process, data: bytes) -> bytes:
    """Give a process what it reads, and take what it says."""
    assert child.stdin is not None  # noqa: S101 - both are pipes
    assert child.stdout is not None  # noqa: S101
    with suppress(ConnectionError):
        child.stdin.write(data)
        await child.stdin.drain()
    child.stdin.close()
    answer = bytearray()
    while len(answer) <= MOST_ANSWER and (more := await child.stdout.read(1 << 16)):
        answer += more
    return bytes(answer)


def _understood(answer: bytes) -> Reading:
    """What the process said; one that died has said nothing."""
    try:
        said = json.loads(answer)
        fault, header = said["fault"], said["header"]
        issued_on = date.fromisoformat(header["issued_on"]) if header and header["issued_on"] else None
        return Reading(
            str(said["text"])[:MOST_TEXT],
            Header(**{**header, "issued_on": issued_on}) if header else None,
            ReadFault(fault) if fault else None,
            secret=bool(said["secret"]),
        )
    except (ValueError, TypeError, KeyError):
        return Reading(fault=ReadFault.UNREADABLE)


# -- in the other process ----------------------------------------------------------------------------------------------


def limit(seconds: float) -> None:
    """No more than this process may take, before anything of the file is looked at."""
    import resource

    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_here(kind: str, data: bytes) -> Reading:
    """The text of a file, in this process."""
    try:
        text = {"pdf": _pdf, "docx": _docx, "txt": _plain}[kind](data)
    except _Fault as fault:
        return Reading(fault=fault.fault)
    except MemoryError:
        return Reading(fault=ReadFault.TOO_BIG)
    except Exception:
        return Reading(fault=ReadFault.UNREADABLE)
    text = unicodedata.normalize("NFC", without_controls(text))[:MOST_TEXT]
    if not text.strip():
        return Reading(fault=ReadFault.NO_TEXT_LAYER)
    return Reading(secret=True) if is_marked_secret(text) else Reading(text, header_of(text))


def without_controls(text: str) -> str:
    """A text without what is none, its lines ending in one way."""
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no database, spreadsheet or messenger takes."""


class _Fault(Exception):
    def __init__(self, fault: ReadFault) -> None:
        super().__init__(fault)
        self.fault = fault


def _pdf(data: bytes) -> str:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _Fault(ReadFault.ENCRYPTED if "password" in str(error).lower() else ReadFault.UNREADABLE) from None
    pages: list[str] = []
    length = 0
    for page in document:
        # the library has these for a hyphen at the end of a line, and drops the end of the line
        pages.append(re.sub("[\x02\ufffe]", "-", page.get_textpage().get_text_bounded()))
        length += len(pages[-1])
        if length > MOST_TEXT:
            break
    return "\n".join(pages)


def _docx(data: bytes) -> str:
    """Every paragraph where it stands, also in tables and text boxes, after those of the page headers."""
    import io
    import zipfile

    import docx
    from docx.oxml.ns import qn

    if data.startswith(b"\xd0\xcf\x11\xe0"):  # a locked document is wrapped in the old format
        raise _Fault(ReadFault.ENCRYPTED)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise _Fault(ReadFault.TOO_BIG)
    document = docx.Document(io.BytesIO(data))
    roots = [part._element for one in document.sections for part in (one.first_page_header, one.header)]
    tags = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:p"): "\n", qn("w:noBreakHyphen"): "-"}
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    found = (one for root in [*roots, document.element.body] for one in root.iter(*tags))
    said = (tags[one.tag] or one.text or "" for one in found if next(one.iterancestors(fallback), None) is None)
    return "".join(said)


def _plain(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if data[1::2].count(0) > len(data) // 8:  # a text of one-byte letters has no zeros
        return data.decode("utf-16-le", "replace")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    return data.decode("cp1258", "replace")


def _main() -> None:
    limit(SECONDS)
    reading = read_here(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(asdict(reading), default=date.isoformat))


if __name__ == "__main__":
    _main()
