"""The documents against the code: the tables of the README, the glossary, the guide's dialogs, every link."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer
from typer.main import get_command

from bot.settings import DESCRIBED
from handlers.commands import NEEDS
from main import app
from tests.catalogues import read

ROOT = Path(__file__).parent.parent.parent
README, GUIDE, GLOSSARY = ROOT / "README.md", ROOT / "docs" / "huong-dan.md", ROOT / "docs" / "glossary.md"
GUIDE_PAGES = (GUIDE, *sorted((ROOT / "docs" / "huong-dan").glob("*.md")))
DOCUMENTS = (README, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
NAMES = [document.relative_to(ROOT).as_posix() for document in DOCUMENTS]

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
CELL = re.compile(r"(?<!\\)\|")
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ELSEWHERE = re.compile(
    r"pypi\.|pythonhosted|npmjs|docker\.io|ghcr\.io|quay\.io|proxy\.golang|(?<![\w.])/(?:work|root|home|tmp|Users)/|[A-Z]:\\"
)
PATH = re.compile(r"`((?:[A-Za-z.][\w.-]*/)+[\w.-]*|[\w-]+\.(?:py|toml|md))`")
PLACE = re.compile(r"%\(\w+\)s")
SPEAKER = re.compile(r"(\S[^›]*?) *› (.*)")
BUTTON = re.compile(r"\[([^\]]+)\]")
FROM_TASKS = re.compile(r"Hạn: |\d+\. ")
"""What a dialog's line begins with that is a task, and not a sentence of its own."""

LONG = 20
"""A sentence of so many letters may be followed by more on its line; a shorter one stands alone."""


def table(document: Path, heading: str) -> list[list[str]]:
    """The rows of the table that has this first heading, as cells without the bars."""
    lines = document.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("\\|", "|") for cell in CELL.split(line)[1:-1]])
    return rows


def code(cell: str) -> str:
    """What is marked as code in a cell; nothing where nothing is."""
    found = CODE.search(cell)
    return found[1] if found else ""


def text(document: Path) -> str:
    """A document without its fenced blocks."""
    return FENCE.sub("", document.read_text("utf-8"))


def anchor(heading: str) -> str:
    """A heading as links name it."""
    bare = re.sub(r"[^\w\- ]", "", heading.lower())
    return bare.replace(" ", "-")


# -- tables ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("document", "heading"), [(README, "Command"), (GUIDE, "Câu lệnh")])
def test_the_table_of_what_can_be_said_has_every_command(document: Path, heading: str) -> None:
    said = [code(row[0]).split()[0].removeprefix("/") for row in table(document, heading)]
    assert said == list(NEEDS)


def test_the_table_of_settings_is_that_of_the_code() -> None:
    shown = [(code(row[0]), code(row[1])) for row in table(README, "Setting")]
    assert shown == [(setting.name, setting.default) for setting in DESCRIBED]


def test_the_secret_settings_are_called_so() -> None:
    shown = {code(row[0]) for row in table(README, "Setting") if row[2].startswith("secret")}
    assert shown == {setting.name for setting in DESCRIBED if setting.secret}


def test_the_settings_of_the_example_file_are_those_of_the_code() -> None:
    shown = re.findall(r"^# (NHACVIEC_[A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert shown == [setting.name for setting in DESCRIBED]


def commands_of(group: object, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every command of the command line, with its options."""
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands_of(command, f"{before}{name} ")
        else:
            options = [one for parameter in command.params for one in parameter.opts if one.startswith("--")]
            yield before + name, [one for one in options if one != "--help"]


def test_the_table_of_the_command_line_is_that_of_main() -> None:
    lines = README.read_text("utf-8").partition("## Command line")[2].partition("\n## ")[0].splitlines()
    rows = [CELL.split(line)[1:-1] for line in lines if line.startswith("| `")]
    shown = {" ".join(word for word in code(row[0]).split() if word.islower()): row[1] for row in rows}
    assert isinstance(app, typer.Typer)
    real = dict(commands_of(get_command(app)))
    assert shown.keys() == real.keys()
    for name, options in real.items():
        assert [option for option in options if option not in shown[name]] == []


# -- the Vietnamese guide ----------------------------------------------------------------------------------------------


def test_the_first_line_of_the_readme_leads_to_the_vietnamese_guide() -> None:
    assert "(docs/huong-dan.md)" in README.read_text("utf-8").splitlines()[0]


def test_the_guide_speaks_as_an_office_does() -> None:
    spoken = [re.findall(r"\bbạn\b", page.read_text("utf-8"), re.IGNORECASE) for page in GUIDE_PAGES]
    assert not any(spoken)


@cache
def sentences() -> list[re.Pattern[str]]:
    """Every Vietnamese sentence, as it may begin a line (a long one) or be one (a short one)."""
    made = []
    for message in read("vi"):
        for line in str(message.string).splitlines() if message.id else ():
            bare = re.sub(r"<[^>]*>", "", line).replace("%%", "%")
            literal = PLACE.sub("", bare)
            pattern = ".+?".join(re.escape(part) for part in PLACE.split(bare))
            made.append(re.compile(pattern + ("" if len(literal) >= LONG else "$")))
    return made


def dialog_lines() -> Iterator[str]:
    """What the assistant says in the dialogs of the guide, its buttons one by one."""
    pages = "\n".join(page.read_text("utf-8") for page in GUIDE_PAGES)
    for block in FENCE.finditer(pages):
        speaker = ""
        for line in block[3].splitlines() if block[2] == "text" else ():
            begun = SPEAKER.match(line)
            speaker, said = begun.groups() if begun else (speaker, line.strip())
            if speaker == "Trợ lý":
                yield from BUTTON.findall(said) if said.startswith("[") else [said]


def is_said(line: str) -> bool:
    """Whether a sentence begins so; the number of a task may stand behind the label of a button."""
    ways = (line, re.sub(r" \d+$", "", line))
    return any(pattern.match(way) for pattern in sentences() for way in ways)


def test_the_dialogs_of_the_guide_are_what_the_assistant_says() -> None:
    lines = [line for line in dialog_lines() if not FROM_TASKS.match(line)]
    assert len(lines) > 40
    assert [line for line in lines if not is_said(line)] == []


# -- links, paths, versions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    document = ROOT / name
    for target in LINK.findall(text(document)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = unquote(target).partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), target
        if fragment:
            assert fragment in {anchor(heading) for heading in HEADING.findall(text(there))}, target


@pytest.mark.parametrize("name", NAMES)
def test_no_document_names_a_registry_or_a_place_on_a_machine(name: str) -> None:
    assert ELSEWHERE.findall((ROOT / name).read_text("utf-8")) == []


def paths_in(name: str) -> list[str]:
    return PATH.findall(text(ROOT / name))


def test_every_row_of_the_glossary_says_where() -> None:
    rows = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| ")]
    entries = [row for row in rows if not row.startswith("| Term")]
    assert len(entries) > 50
    assert [row for row in entries if not PATH.search(CELL.split(row)[-2])] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("docs/") or name == "CONTRIBUTING.md"])
def test_every_path_that_is_named_is_there(name: str) -> None:
    assert [path for path in paths_in(name) if not (ROOT / path).exists()] == []


def test_the_newest_version_of_the_changelog_is_that_of_the_project() -> None:
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert newest is not None
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert newest[1] == project["version"]


def test_the_decisions_are_numbered_and_have_their_parts() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        headings = HEADING.findall(page.read_text("utf-8"))
        assert headings[0].startswith(page.name[:4] + ". ")
        assert headings[1:] == ["Context", "Decision", "Consequences"]
