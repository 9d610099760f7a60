"""How well directives are read: python -m tests.directives.scores [--reader COMMAND] [--only NAME] [--wrong] [FOLDER]

COMMAND is called with all the files and --json, and prints one reading a line, which names its "file"; it is
`python main.py read` unless told otherwise.
It finds no other program: the labels say what can be read where no OCR is installed, on every machine.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tests.directives.comparing import Label
from tests.directives.scoring import ROWS, Reading, Scores, score

ROOT = Path(__file__).parents[2]
DOCUMENTS = Path(__file__).parent / "documents"
READER = f"{shlex.quote(sys.executable)} main.py read"
SECONDS = 60
"""That one document may take."""


def labels(folder: Path = DOCUMENTS) -> dict[Path, Label]:
    """The documents of a folder, each with its label: NAME.expected.json or NAME.json, or one called expected.json."""
    found = [*sorted(folder.glob("*.expected.json")), *folder.glob("expected.json")] or sorted(folder.glob("*.json"))
    read = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in found]
    return {folder / (label.get("file") or beside(path)): label for path, label in read}


def beside(path: Path) -> str:
    """The document of a label that does not name it."""
    return next(one.name for one in sorted(path.parent.glob(f"{path.stem}.*")) if one != path)


def read_by(command: str) -> Callable[[Sequence[Path]], dict[Path, Reading]]:
    program, *arguments = shlex.split(command)

    def read(paths: Sequence[Path]) -> dict[Path, Reading]:
        # named twice if it is alone: a single file's reading is printed for people, over many lines
        named = [str(path) for path in (paths if len(paths) > 1 else [*paths, *paths])]
        try:
            ran = subprocess.run(
                [shutil.which(program) or program, *arguments, *named, "--json"],
                cwd=ROOT,
                env={**os.environ, "PATH": ""},
                capture_output=True,
                text=True,
                timeout=SECONDS * len(paths),
            )
            told = {Path(one["file"]): one for one in map(json.loads, ran.stdout.splitlines())}
        except (json.JSONDecodeError, KeyError, TypeError, subprocess.TimeoutExpired) as error:
            return {path: {"failed": str(error)} for path in paths}
        return {path: told.get(path, {"failed": "no reading"}) for path in paths}

    return read


def measured(read: Callable[[Sequence[Path]], dict[Path, Reading]], wanted: Mapping[Path, Label]) -> dict[str, Scores]:
    readings = read(list(wanted))
    return {path.name: score(label, readings[path]) for path, label in wanted.items()}


def total(scores: Iterable[Scores]) -> Scores:
    summed = Scores()
    for one in scores:
        summed.add(one)
    return summed


def table(summed: Scores) -> str:
    head = f"| {'Field':<24} | {'Right':>5} | {'Of':>5} | {'Share':>6} |\n|{'-' * 26}|{'-' * 6}:|{'-' * 6}:|{'-' * 7}:|"
    rows = [
        f"| {row:<24} | {summed.right[row]:>5} | {summed.total[row]:>5} | {summed.share(row):>6.3f} |" for row in ROWS
    ]
    return "\n".join([head, *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DOCUMENTS)
    parser.add_argument("--reader", default=READER)
    parser.add_argument("--only", default="", help="documents whose name has this in it")
    parser.add_argument("--wrong", action="store_true", help="say what was wrong, document by document")
    asked = parser.parse_args()
    wanted = {path: label for path, label in labels(asked.folder).items() if asked.only in path.name}
    by_file = measured(read_by(asked.reader), wanted)
    for name, scores in by_file.items() if asked.wrong else ():
        print("\n".join([name, *(f"  {line}" for line in scores.wrong)]))
    print(f"{len(by_file)} documents\n\n{table(total(by_file.values()))}")


if __name__ == "__main__":
    main()
