"""What every measurement works with: a folder on a real disk, the sizes, and databases made once and copied."""

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.agency import Size, build


def progress(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@dataclass
class Bench:
    """One run of the benchmarks."""

    folder: Path
    quick: bool
    _built: dict[Size, Path] = field(default_factory=dict)
    _copies: int = 0

    def pick(self, full: int, quick: int) -> int:
        """The size of something, in full or only to try."""
        return quick if self.quick else full

    @property
    def runs(self) -> int:
        return self.pick(5, 2)

    @property
    def million(self) -> Size:
        """A thousand people with a thousand open tasks each."""
        return Size(units=100, officers=self.pick(1000, 100), tasks=self.pick(1_000_000, 10_000))

    def new_folder(self) -> Path:
        self._copies += 1
        made = self.folder / f"run{self._copies}"
        made.mkdir()
        return made

    async def database(self, size: Size) -> Path:
        """A database of its own, alone in a new folder."""
        if size not in self._built:
            progress(f"  building {size.tasks} tasks for {size.officers} officers")
            template = self.folder / f"template{len(self._built)}.db"
            await build(template, size)
            self._built[size] = template
        return Path(shutil.copy(self._built[size], self.new_folder() / "nhacviec.db"))
