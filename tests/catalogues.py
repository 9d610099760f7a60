"""The catalogues: `check` that every sentence has its Vietnamese and its English, `update` them from the code.

Run as `python -m tests.catalogues check|update`; `make locales` and `make locales-update` do.
"""

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "locales" / "texts"
LOCALES = ("vi", "en")
FIRST_DAY = datetime(2026, 11, 23, tzinfo=UTC)
_TAG = re.compile(r"<[^>]*>")
_ALLOWED = re.compile(r'</?(b|i|code)>|<a href="%\(link\)s">|</a>')


def catalogue_path(locale: str) -> Path:
    return ROOT / "locales" / locale / "LC_MESSAGES" / "messages.po"


def in_code() -> Catalog:
    """Every sentence that the code can say."""
    found = Catalog(project="nhac-viec", charset="utf-8", header_comment="", creation_date=FIRST_DAY)
    for filename, _line, message, comments, context in extract_from_dir(
        TEXTS, method_map=[("**.py", "python")], keywords={"_": None}, comment_tags=()
    ):
        found.add(message, None, [(f"locales/texts/{filename}", 0)], auto_comments=comments, context=context)
    return found


def read(locale: str) -> Catalog:
    with catalogue_path(locale).open("rb") as file:
        return read_po(file, locale=locale)


def _problems(locale: str, code: Catalog) -> list[str]:
    kept = read(locale)
    problems = []
    for message in code:
        if not message.id:
            continue
        found = kept.get(message.id)
        if found is None or not found.string:
            problems.append(f"{locale}: no translation of {message.id!r}")
        elif found.fuzzy:
            problems.append(f"{locale}: to be looked at: {message.id!r}")
        elif any(not _ALLOWED.fullmatch(tag) for tag in _TAG.findall(str(found.string))):
            problems.append(f"{locale}: only b, i, code and a are known: {message.id!r}")
        else:
            problems.extend(_wrong_places(locale, kept, message.id))
    problems.extend(f"{locale}: no longer said: {one.id!r}" for one in kept if one.id and code.get(one.id) is None)
    return problems


def _wrong_places(locale: str, kept: Catalog, message_id: object) -> list[str]:
    message = kept.get(message_id)  # type: ignore[arg-type]
    if message is None:
        return []
    found = []
    for checker in checkers:
        try:
            checker(kept, message)
        except Exception as error:
            found.append(f"{locale}: {error}: {message_id!r}")
    return found


def is_compiled(locale: str) -> bool:
    """Whether the compiled form is there, and is that of the catalogue."""
    compiled = catalogue_path(locale).with_suffix(".mo")
    fresh = io.BytesIO()
    write_mo(fresh, read(locale))
    return compiled.exists() and compiled.read_bytes() == fresh.getvalue()


def check() -> list[str]:
    """All that is wrong with the catalogues."""
    code = in_code()
    problems = [problem for locale in LOCALES for problem in _problems(locale, code)]
    return problems + [f"{locale}: not compiled, run `make locales`" for locale in LOCALES if not is_compiled(locale)]


def _give_head(kept: Catalog, locale: str) -> None:
    """A head that says only what is true, and does not change with the day."""
    kept.locale = locale
    kept.project, kept.version, kept.fuzzy = "nhac-viec", "1", False
    kept.header_comment = f"# Every sentence of the assistant, in {locale}."
    kept.creation_date = kept.revision_date = FIRST_DAY
    kept.last_translator = kept.language_team = kept.msgid_bugs_address = ""


def update() -> None:
    """Put new sentences in, take old ones out, compile; the English one translates itself."""
    code = in_code()
    for locale in LOCALES:
        path = catalogue_path(locale)
        kept = read(locale) if path.exists() else Catalog(locale=locale)
        _give_head(kept, locale)
        kept.update(code, no_fuzzy_matching=True)
        kept.obsolete.clear()
        for message in kept:
            if locale == "en" and isinstance(message.id, str) and message.id:
                message.string = message.id
        with path.open("wb") as file:
            write_po(file, kept, width=120, include_lineno=False, sort_by_file=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(locale))


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    wrong = check()
    print(*wrong, sep="\n", end="\n" if wrong else "")
    sys.exit(1 if wrong else 0)
