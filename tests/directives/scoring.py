"""Compares readings with labels, document by document: what was found, what was missed, what was made up."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.directives import comparing
from tests.directives.comparing import Label

Reading = dict[str, Any]
HEADER: dict[str, Callable[[Label, object], bool]] = {
    "number": lambda label, read: comparing.same_text(label, "number", read),
    "date": lambda label, read: comparing.same_text(label, "date", read),
    "issuer": comparing.same_issuer,
    "subject": comparing.same_subject,
}
FIELDS: dict[str, tuple[str, Callable[[Label, object], bool]]] = {
    "deadlines": ("deadline", comparing.same_deadline),
    "leads": ("lead", lambda label, read: comparing.same_names(label, "lead", read)),
    "coordinates": ("coordinate", lambda label, read: comparing.same_names(label, "coordinate", read)),
    "indices": ("index", lambda label, read: comparing.same_text(label, "index", read)),
}
ROWS = (
    "tasks: recall",
    "tasks: precision",
    "deadlines",
    "deadlines: quote",
    "leads",
    "coordinates",
    "indices",
    "references: recall",
    "references: precision",
    "references: date",
    *(f"header: {name}" for name in HEADER),
    "refusals",
    "anomalies: recall",
    "anomalies: precision",
)


@dataclass
class Scores:
    """Of each row, how many there were and how many were right; and what was wrong, in words."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROWS, 0))
    total: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROWS, 0))
    wrong: list[str] = field(default_factory=list)

    def count(self, row: str, good: bool, told: str) -> None:
        self.total[row] += 1
        self.right[row] += good
        if not good:
            self.wrong.append(f"{row}: {told}")

    def add(self, other: "Scores") -> None:
        for row in ROWS:
            self.right[row] += other.right[row]
            self.total[row] += other.total[row]
        self.wrong += other.wrong

    def share(self, row: str) -> float:
        """Where there was nothing to find, nothing was missed."""
        return self.right[row] / self.total[row] if self.total[row] else 1.0


def score(label: Label, read: Reading) -> Scores:
    scores = Scores()
    scores.count("refusals", _refused(label, read), f"{_verdict(label)} was read as {_verdict(read)}")
    if _verdict(label) == "directive":
        for name, same in HEADER.items():
            good = name in read and same(label, read[name])
            scores.count(f"header: {name}", good, f"{label[name]!r} was read as {read.get(name)!r}")
        _tasks(scores, label["tasks"], read.get("tasks") or [])
        _references(scores, label["references"], read.get("references") or [])
    _anomalies(scores, label["anomalies"], read.get("anomalies") or [])
    return scores


def _verdict(of: Reading) -> str:
    if not isinstance(of.get("secret"), bool):
        return "nothing"
    if of["secret"]:
        return "secret"
    if not of.get("readable"):
        return "unreadable"
    return "directive" if of.get("directive") else "no directive"


def _refused(label: Label, read: Reading) -> bool:
    """The right verdict; and of what is refused, nothing is kept."""
    refused = _verdict(label) != "directive"
    return _verdict(label) == _verdict(read) and not (refused and (read.get("tasks") or read.get("references")))


def _tasks(scores: Scores, labels: list[Label], read: list[Reading]) -> None:
    left = list(read)
    for label, found in _pairs(labels, left):
        if label.get("optional"):
            continue
        told = f"{label['point'] or '-'} {comparing.first_words(label)}"
        scores.count("tasks: recall", found is not None, told)
        if found is not None:
            scores.count("tasks: precision", True, "")
            _fields(scores, label, found, told)
    for extra in left:
        scores.count("tasks: precision", False, f"{extra.get('point')!r} {str(extra.get('text'))[:60]}")


def _pairs(labels: list[Label], left: list[Reading]) -> Iterator[tuple[Label, Reading | None]]:
    """Each label with its task, which is taken out of what is left. What must be found chooses first."""
    for label in sorted(labels, key=lambda label: bool(label.get("optional"))):
        fits = [task for task in left if comparing.same_point(label, task.get("point"))]
        found = next((task for task in fits if comparing.starts(label, task.get("text"))), None)
        if found is not None:
            left.remove(found)
        yield label, found


def _fields(scores: Scores, label: Label, found: Reading, told: str) -> None:
    for row, (name, same) in FIELDS.items():
        scores.count(row, same(label, found.get(name)), f"{told}: {label[name]} was read as {found.get(name)}")
    if label["deadline"]["kind"] != "none":
        quote = (found.get("deadline") or {}).get("quote")
        good = comparing.same_quote(label, found.get("deadline"))
        scores.count("deadlines: quote", good, f"{told}: {label['deadline']['quote']!r} was read as {quote!r}")


def _references(scores: Scores, labels: list[Label], read: list[Reading]) -> None:
    wanted = {comparing.plain(label["number"]): label for label in labels}
    found = {comparing.plain(reference.get("number")): reference for reference in reversed(read)}
    for number, label in wanted.items():
        scores.count("references: recall", number in found, label["number"])
        if number in found:
            date = found[number].get("date")
            scores.count("references: date", date == label["date"], f"{label['number']}: {label['date']}, not {date}")
    _made_up(scores, "references", [reference.get("number") for reference in read], wanted)


def _anomalies(scores: Scores, labels: list[Label], read: list[Reading]) -> None:
    """By their codes, each once a document: how slips are grouped does not matter."""
    wanted = {label["code"] for label in labels if not label.get("optional")}
    may = {label["code"] for label in labels if label.get("optional")}
    codes = {str(anomaly.get("code")) for anomaly in read}
    for code in sorted(wanted):
        scores.count("anomalies: recall", code in codes, code)
    for code in sorted(codes - may):
        scores.count("anomalies: precision", code in wanted, code)


def _made_up(scores: Scores, row: str, numbers: Iterable[object], wanted: dict[str, Label]) -> None:
    """A second mention of the same is made up too: each is wanted once."""
    left = set(wanted)
    for number in numbers:
        scores.count(f"{row}: precision", comparing.plain(number) in left, str(number))
        left.discard(comparing.plain(number))
