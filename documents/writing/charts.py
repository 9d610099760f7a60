"""Bar charts of what is red, amber and green, as PNG pictures that a phone shows well.

Drawing takes a while and a lot of memory, so it is done in a process of its own: `python -m documents.writing.charts`
reads charts from its input as JSON, and writes each picture to the path that the chart names.
"""

import json
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
WIDTH, HEIGHT, DOTS = 8.0, 4.5, 100
"""Inches, and dots in an inch."""

RED, AMBER, GREEN = "#D55E00", "#F0C808", "#009E73"
"""Told apart by the colour-blind as well (after Okabe and Ito); red is hatched besides."""

COLOURS, HATCHES, INK = (RED, AMBER, GREEN), ("//", "", ""), ("white", "black", "white")
MOST_ROWS, LONGEST_LABEL, LONGEST_LINE = 9, 26, 62
NARROWEST = 0.02
"""A part of a row that is no wider has no room for its number."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label, and how much of it is red, amber and green."""

    label: str
    values: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: its title, what the three colours mean, and its rows from top to bottom."""

    title: str
    meanings: tuple[str, str, str]
    bars: tuple[Bar, ...]


class NotDrawn(Exception):
    """The pictures could not be drawn, or took too long."""


def draw(charts: Sequence[Chart], seconds: float) -> list[bytes]:
    """The pictures of some charts, drawn by one process of its own; waits for it. Raises NotDrawn."""
    with tempfile.TemporaryDirectory(prefix="charts-") as folder:
        paths = [Path(folder) / f"{n}.png" for n in range(len(charts))]
        asked = [asdict(chart) | {"path": str(path)} for chart, path in zip(charts, paths, strict=True)]
        # our own interpreter on our own file, without a shell
        command = [sys.executable, "-m", "documents.writing.charts"]
        try:
            subprocess.run(  # noqa: S603 - nothing of it comes from people
                command, input=json.dumps(asked).encode(), cwd=ROOT, timeout=seconds, check=True, capture_output=True
            )
            return [path.read_bytes() for path in paths]
        except subprocess.CalledProcessError as error:
            raise NotDrawn(error.stderr.decode(errors="replace")[-500:]) from error
        except (subprocess.TimeoutExpired, OSError) as error:
            raise NotDrawn(str(error)) from error


# -- in the process of its own -----------------------------------------------------------------------------------------


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "\u2026"


def _paint(asked: dict[str, Any]) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    bars = asked["bars"][:MOST_ROWS]
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    places = range(len(bars))
    left = [0] * len(bars)
    whole = max([sum(bar["values"]) for bar in bars] + [1])
    for n, meaning in enumerate(asked["meanings"]):
        widths = [bar["values"][n] for bar in bars]
        drawn = axes.barh(
            places, widths, left=left, color=COLOURS[n], hatch=HATCHES[n], edgecolor="white", label=meaning, height=0.72
        )
        counts = [str(width) if width / whole > NARROWEST else "" for width in widths]
        axes.bar_label(drawn, counts, label_type="center", color=INK[n], fontsize=13, fontweight="bold")
        left = [before + width for before, width in zip(left, widths, strict=True)]
    axes.set_yticks(places, [_short(bar["label"]) for bar in bars], fontsize=13)
    axes.invert_yaxis()
    axes.set_xlim(0, whole * 1.02)
    axes.xaxis.set_visible(False)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    figure.suptitle(textwrap.fill(asked["title"], LONGEST_LINE), fontsize=15, fontweight="bold")
    figure.legend(loc="outside lower center", ncols=3, fontsize=12, frameon=False)
    figure.savefig(asked["path"], format="png")


def main() -> None:
    """Draw what the input asks for."""
    import matplotlib as mpl

    mpl.rcParams.update({"font.family": "DejaVu Sans", "hatch.linewidth": 1.2, "hatch.color": "#FFFFFF80"})
    for asked in json.load(sys.stdin):
        _paint(asked)


if __name__ == "__main__":
    main()
