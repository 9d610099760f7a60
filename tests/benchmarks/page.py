"""docs/performance.md, out of the figures."""

from collections.abc import Sequence

from tests.benchmarks.figures import Figure, Topic

HEAD = """# How fast it is

Measured with `make bench`, which writes this page of the figures kept in `docs/figures/`; below each table stands when
and where it was measured. Where nothing else is said, every database is an SQLite file on a disk, with
`synchronous=FULL` as in production. Figures are medians; a goal that was missed is shown as missed.
"""


def page(topics: Sequence[Topic]) -> str:
    parts = [HEAD, "## What the figures say\n", summary(topics) + "\n"]
    for topic in topics:
        parts += [f"## {topic.title}\n", topic.how.strip() + "\n", _figures(topic.figures) + "\n", _where(topic) + "\n"]
    return "\n".join(parts)


def _where(topic: Topic) -> str:
    machine = "; ".join(f"{name}: {value}" for name, value in topic.machine.items())
    return f"Measured on {topic.day}. {machine}."


def summary(topics: Sequence[Topic]) -> str:
    """The goals first, then what each topic says."""
    goals = [figure.met for topic in topics for figure in topic.figures if figure.met is not None]
    missed = [told for topic in topics if (told := _missed(topic))]
    told = f"{goals.count(True)} of {len(goals)} goals are met" + (f"; missed: {', '.join(missed)}." if missed else ".")
    return " ".join([told, *(topic.says for topic in topics if topic.says)])


def _missed(topic: Topic) -> str:
    goals = [figure.met for figure in topic.figures if figure.met is not None]
    misses = goals.count(False)
    return f"“{topic.title}” ({misses} of {len(goals)})" if misses else ""


def _figures(figures: Sequence[Figure]) -> str:
    told = {True: "yes", False: "**no**", None: ""}
    rows = [[one.what, one.median, one.p99, str(one.runs), one.goal, told[one.met]] for one in figures]
    return _table(["What", "Median", "p99", "Runs", "Goal", "Met"], rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
