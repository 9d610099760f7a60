"""The shape of the code: sizes, docstrings, one reader of the clock, and no secret in any file."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("bot", "handlers", "scheduler", "storage", "locales", "documents", "domain")
MOST_LINES, MOST_OF_A_FUNCTION = 300, 60

CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}
TOKEN = re.compile(r"\b(?!123456789:|700000001:)\d{8,12}:[A-Za-z0-9_-]{35}\b")
"""A bot's token; the two numbers are those of the bots that the tests have made up."""
SECRETS = (TOKEN, re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"))
KEPT_TEXT = {".py", ".md", ".toml", ".po", ".csv", ".txt", ".js", ".css", ".svg", ".mako", ".html", ".json", ".yml"}
NAMED = ("Makefile", "Dockerfile", ".dockerignore", "compose.yaml", ".env.example", ".gitignore", "LICENSE", ".ci/run")


def modules() -> Iterator[Path]:
    """Our own code, without the tests."""
    yield ROOT / "main.py"
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


NAMES = [path.relative_to(ROOT).as_posix() for path in modules()]
NOT_MIGRATIONS = [name for name in NAMES if not name.startswith("storage/migrations/versions/")]


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize("name", NOT_MIGRATIONS)
def test_a_file_and_its_functions_are_short(name: str) -> None:
    assert len((ROOT / name).read_text("utf-8").splitlines()) <= MOST_LINES
    functions = [node for node in ast.walk(tree(name)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    sizes = {one.name: (one.end_lineno or one.lineno) - one.lineno + 1 for one in functions}
    assert {function: size for function, size in sizes.items() if size > MOST_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("name", [name for name in NAMES if (ROOT / name).read_text("utf-8").strip()])
def test_a_file_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(tree(name))


def readings_of_the_clock(name: str) -> list[str]:
    """Calls that ask the machine for the time, however the module was imported."""
    found = []
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if node.attr in CLOCKS.get(owner, ()):
                found.append(f"{owner}.{node.attr}")
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [f"time.{alias.name}" for alias in node.names if alias.name in CLOCKS["time"]]
    return found


def test_only_the_clock_reads_the_clock() -> None:
    readers = {name: found for name in NAMES if (found := readings_of_the_clock(name))}
    assert readers.keys() == {"domain/clock.py"}


def kept_files() -> Iterator[Path]:
    """Every file of text that is ours."""
    yield from (ROOT / name for name in NAMED)
    yield from ROOT.glob("*.md")
    yield from ROOT.glob("*.toml")
    for folder in (*FOLDERS, "tests", "docs", "requirements"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in KEPT_TEXT)


def test_no_file_holds_a_secret() -> None:
    """A sample directive may be in an old encoding; what a secret is made of is read in any."""
    found = {
        path.relative_to(ROOT).as_posix(): secrets
        for path in kept_files()
        if (secrets := [one for pattern in SECRETS for one in pattern.findall(path.read_text("utf-8", "replace"))])
    }
    assert found == {}
