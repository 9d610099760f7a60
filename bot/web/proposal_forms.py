"""The box in which one part of a proposal is changed, as a form; and the line that is typed for what stands in it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from markupsafe import Markup

from domain.deadlines import Deadline
from domain.names import fold
from domain.people import Agency
from domain.proposals import Endless, Proposal
from domain.reading.letters import sentences
from locales.speech import Speech
from locales.texts import proposal_table as texts
from locales.texts.proposal_table import Typed

MOST_OFFERED = 30
"""Units and people offered at once; the others are found by their names."""

PARTS = ("content", "lead", "coordinate", "when", "leave_out", "split")
"""What can be changed in a box."""

_DIVIDED = re.compile(r"[,;]")

Fields = Mapping[str, Any]
"""What stands in a form: a text, or a list of them, by name."""

_FORM = Markup("""<form class="nv-form" data-numbers="{numbers}" data-part="{part}" data-shown="{shown}" novalidate>
<h2>{title}</h2><blockquote>{quote}</blockquote>{fields}
<div class="nv-formkeys"><button type="button" class="nv-key" data-do="close">{close}</button>
<button type="submit" class="nv-do">{save}</button></div></form>""")
_TEXT = Markup('<textarea name="text" rows="{}" autofocus aria-label="{}">{}</textarea>')
_HINT = Markup('<p class="nv-hint">{}</p>')
_OPTION = Markup('<label class="nv-option"><input type="checkbox" name="body" value="{}"{}><span>{}{}</span></label>')
_KIND = Markup('<label class="nv-kind"><input type="radio" name="kind" value="{}"{}><span>{}</span>{}</label>')
_INPUT = Markup('<input name="{}" type="{}" value="{}" aria-label="{}"{}>')


@dataclass(frozen=True, slots=True)
class Forms:
    """Makes the boxes of one page."""

    speech: Speech
    agency: Agency

    def form(self, proposals: Sequence[Proposal], part: str) -> Markup:
        """The box for a part of one proposal; only leaving out is for several at once."""
        words, one = texts.labels(self.speech), proposals[0]
        fields = {
            "content": lambda: _TEXT.format(8, words["content"], one.content),
            "lead": lambda: self._bodies(one, part, words),
            "coordinate": lambda: self._bodies(one, part, words),
            "when": lambda: self._when(one, words),
            "leave_out": lambda: self._reason(words),
            "split": lambda: _HINT.format(words["parts"]) + _TEXT.format(8, words["split"], _lines(one.content)),
        }[part]()
        return _FORM.format(
            numbers=" ".join(str(each.number) for each in proposals),
            part=part,
            # a box that is opened again is a new one, and nothing that was typed before stands in it
            shown=uuid4().hex,
            title=texts.editing(self.speech, [each.number for each in proposals], words[part]),
            quote=Markup("<br>").join(each.read.text for each in proposals),
            fields=fields,
            close=words["close"],
            save=words["save"],
        )

    # -- who -----------------------------------------------------------------------------------------------------------

    def _bodies(self, one: Proposal, part: str, words: dict[str, str]) -> Markup:
        doers = one.lead if part == "lead" else one.coordinate
        chosen = [*(f"u{unit}" for unit in doers.units), *(f"p{person}" for person in doers.people)]
        as_written = one.read.lead if part == "lead" else one.read.coordinate
        hint = Markup(' placeholder="{}" autofocus autocomplete="off"').format(words["search"])
        return (
            (_HINT.format(texts.written(self.speech, "; ".join(as_written))) if as_written else Markup(""))
            + _INPUT.format("search", "search", "", words["search"], hint)
            + Markup('<div class="nv-options" role="group" aria-label="{}">{}</div>').format(
                words[part], self.options("", chosen)
            )
        )

    def options(self, asked: str, chosen: Sequence[str]) -> Markup:
        """Units and people whose names have what was typed; those that are chosen come first, and stay."""
        bodies = self._bodies_by_key()
        wanted = fold(asked)
        found = [key for key, (name, _) in bodies.items() if key not in chosen and wanted in fold(name)]
        shown = [*(key for key in bodies if key in chosen), *found[:MOST_OFFERED]]
        return Markup("").join(
            _OPTION.format(key, Markup(" checked") if key in chosen else "", bodies[key][0], _of(bodies[key][1]))
            for key in shown
        )

    def _bodies_by_key(self) -> dict[str, tuple[str, str]]:
        """Every unit, then everybody with their unit, by how they may be typed without being taken for another."""
        units = sorted(self.agency.units.values(), key=lambda unit: unit.name)
        people = self.agency.people.values()
        bodies = {f"u{unit.id}": (unit.name, "") for unit in units}
        return bodies | {f"p{person.id}": (person.name, self.agency.unit_name(person)) for person in people}

    def named(self, keys: Sequence[str]) -> str:
        """Units and people as they are typed: by their names, by their keys where a name would not do."""
        bodies = self._bodies_by_key()
        times = Counter(fold(name) for name, _ in bodies.values())
        chosen = [(key, bodies[key][0]) for key in keys if key in bodies]
        return ", ".join(key if times[fold(name)] > 1 or _DIVIDED.search(name) else name for key, name in chosen)

    # -- by when -------------------------------------------------------------------------------------------------------

    def _when(self, one: Proposal, words: dict[str, str]) -> Markup:
        day = one.when.on.isoformat() if isinstance(one.when, Deadline) else ""
        hour = one.when.at.strftime("%H:%M") if isinstance(one.when, Deadline) and one.when.at else ""
        chosen = "none" if isinstance(one.when, Endless) else "date"
        kinds = {
            "date": _INPUT.format("day", "date", day, words["kind_date"], "")
            + _INPUT.format("hour", "time", hour, words["hour"], ""),
            "count": self._number("count", words["kind_count"]),
            "wait": self._number("wait", words["kind_wait"]),
            "every": _INPUT.format("every", "text", "", words["kind_every"], Markup(' list="nv-cycles"'))
            + _datalist("nv-cycles", texts.cycles(self.speech)),
            "none": Markup(""),
            "other": _INPUT.format("other", "text", "", words["kind_other"], ""),
        }
        return Markup("").join(
            _KIND.format(kind, Markup(" checked") if kind == chosen else "", words[f"kind_{kind}"], fields)
            for kind, fields in kinds.items()
        )

    def _number(self, name: str, label: str) -> Markup:
        return _INPUT.format(name, "number", "", label, Markup(' min="1" max="400" inputmode="numeric"'))

    def _reason(self, words: dict[str, str]) -> Markup:
        field = _INPUT.format("reason", "text", "", words["reason"], Markup(' autofocus list="nv-reasons"'))
        return _HINT.format(words["reason"]) + field + _datalist("nv-reasons", texts.reasons(self.speech))


def _of(unit: str) -> Markup:
    return Markup(" <small>{}</small>").format(unit) if unit else Markup("")


def _datalist(name: str, offered: Sequence[str]) -> Markup:
    options = Markup("").join(Markup('<option value="{}">').format(one) for one in offered)
    return Markup('<datalist id="{}">{}</datalist>').format(name, options)


def _lines(text: str) -> str:
    """A sentence on each line."""
    return "\n".join(sentence.strip() for line in text.splitlines() for _, sentence in sentences(line))


# -- what is typed -----------------------------------------------------------------------------------------------------


def typed(forms: Forms, numbers: Sequence[int], part: str, fields: Fields) -> str:
    """The line for what stands in a box; empty where nothing stands in it."""
    say, number = Typed(forms.speech), numbers[0]
    text = str(fields.get("text", "")).strip()
    match part:
        case "content":
            return say.content(number, text) if text else ""
        case "lead" | "coordinate":
            return _who(say, number, part, forms.named(_many(fields.get("body"))))
        case "when":
            return _by_when(say, number, fields)
        case "leave_out":
            return say.leave_out(numbers, " ".join(str(fields.get("reason", "")).split()))
        case "split":
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            return say.split(number, lines) if lines else ""
    return ""


def _many(given: Any) -> list[str]:
    return [str(one) for one in given] if isinstance(given, list) else [str(given)] if given else []


def _who(say: Typed, number: int, part: str, bodies: str) -> str:
    if part == "lead":
        return say.lead(number, bodies) if bodies else ""
    return say.coordinate(number, bodies)


def _by_when(say: Typed, number: int, fields: Fields) -> str:
    kind = str(fields.get("kind", ""))
    said = " ".join(str(fields.get(kind, "")).split())
    match kind:
        case "none":
            return say.endless(number)
        case "date":
            day = _day(str(fields.get("day", "")))
            return say.due(number, say.day(day, str(fields.get("hour", "")))) if day else ""
        case "count" | "wait" if said.isdecimal():
            return say.due(number, say.workdays(int(said)) if kind == "count" else say.waiting(int(said)))
        case "every":
            return say.every(number, said) if said else ""
        case "other":
            return say.due(number, said) if said else ""
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
