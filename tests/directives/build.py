"""Builds the documents out of their sources: python -m tests.directives.build [NAME...]"""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.directives.as_docx import as_docx
from tests.directives.as_pdf import as_pdf
from tests.directives.as_text import as_text
from tests.directives.source import Source, sources

DOCUMENTS = Path(__file__).parent / "documents"
FORMATS: dict[str, Callable[[Source], bytes]] = {"txt": as_text, "docx": as_docx, "pdf": as_pdf}


def built(source: Source) -> bytes:
    return FORMATS[source.options["format"]](source)


def main(names: list[str]) -> None:
    for source in sources():
        if not names or source.name in names:
            content = built(source)
            (DOCUMENTS / source.file).write_bytes(content)
            print(f"{source.file}: {len(content):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
