"""The numbers and bullets that Word puts before paragraphs by itself, as it prints them."""

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
MOST_STYLES = 20
"""How long a chain of styles that build on each other is followed."""


@dataclass(slots=True)
class Level:
    """How a level of a list is numbered."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbers:
    """The lists of a document, and how far each has come."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    own_levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, str | None, str | None]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Any) -> tuple[str, bool]:
        """What is printed before a paragraph, and whether that is a bullet."""
        number, depth = self._place(paragraph)
        if number is None or number == "0" or number not in self.abstract_of:
            return "", False
        abstract = self.abstract_of[number]
        level = self._level(number, depth)
        counters = self.counters.setdefault(abstract, {})
        if (number, depth) in self.starts and (number, depth) not in self.begun:
            counters[depth] = self.starts[number, depth] - 1
        elif depth not in counters:
            counters[depth] = level.start - 1
        self.begun.add((number, depth))
        counters[depth] += 1
        for deeper in [one for one in counters if one > depth]:
            del counters[deeper]
        if level.form == "bullet":
            mark = level.text.strip()
            return ("+" if mark == "+" else "-"), True
        if level.form == "none":
            return "", False
        return self._filled(number, level, counters), False

    def _filled(self, number: str, level: Level, counters: dict[int, int]) -> str:
        def shown(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            one = self._level(number, depth)
            return formatted(counters.get(depth, one.start), one.form)

        return re.sub(r"%(\d)", shown, level.text).strip()

    def _level(self, number: str, depth: int) -> Level:
        own = self.own_levels.get((number, depth))
        return own or self.levels.get(self.abstract_of[number], {}).get(depth) or Level(text=f"%{depth + 1}.")

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(f"{W}pPr")
        number = depth = style = None
        if properties is not None:
            number, depth = _numbered(properties.find(f"{W}numPr"))
            named = properties.find(f"{W}pStyle")
            style = named.get(f"{W}val") if named is not None else None
        for _ in range(MOST_STYLES):
            if (number is not None and depth is not None) or style is None or style not in self.styles:
                break
            base, their_number, their_depth = self.styles[style]
            number = number if number is not None else their_number
            depth = depth if depth is not None else their_depth
            style = base
        return number, min(int(depth), 8) if depth and depth.isdigit() else 0


def numbers_of(document: Any) -> Numbers:
    """What a document says of its lists."""
    numbers = Numbers()
    for style in document.styles.element.iter(f"{W}style"):
        base, properties = style.find(f"{W}basedOn"), style.find(f"{W}pPr")
        number, depth = _numbered(properties.find(f"{W}numPr")) if properties is not None else (None, None)
        numbers.styles[style.get(f"{W}styleId", "")] = (
            base.get(f"{W}val") if base is not None else None,
            number,
            depth,
        )
    part = next(
        (
            one.target_part
            for one in document.part.rels.values()
            if one.reltype.endswith("/numbering") and not one.is_external
        ),
        None,
    )
    if part is None:
        return numbers
    root = part.element
    for abstract in root.iter(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        numbers.levels[name] = {_depth(one): _level(one) for one in abstract.findall(f"{W}lvl")}
    for number in root.iter(f"{W}num"):
        name, abstract = number.get(f"{W}numId", ""), number.find(f"{W}abstractNumId")
        if abstract is None:
            continue
        numbers.abstract_of[name] = abstract.get(f"{W}val", "")
        for override in number.findall(f"{W}lvlOverride"):
            level, start, own = _depth(override), override.find(f"{W}startOverride"), override.find(f"{W}lvl")
            if own is not None:
                numbers.own_levels[name, level] = _level(own)
            if start is not None:
                numbers.starts[name, level] = _number(start, 1)
    return numbers


def _numbered(properties: Any) -> tuple[str | None, str | None]:
    if properties is None:
        return None, None
    number, depth = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return (
        number.get(f"{W}val") if number is not None else None,
        depth.get(f"{W}val") if depth is not None else None,
    )


def _depth(element: Any) -> int:
    value = element.get(f"{W}ilvl", "0")
    return min(int(value), 8) if value.isdigit() else 0


def _number(element: Any, default: int) -> int:
    value = element.get(f"{W}val", "")
    return min(int(value), 9999) if value.isdigit() else default


def _level(element: Any) -> Level:
    form, text, start = (element.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start"))
    return Level(
        form.get(f"{W}val", "decimal") if form is not None else "decimal",
        text.get(f"{W}val", "") if text is not None else "",
        _number(start, 1) if start is not None else 1,
    )


def formatted(value: int, form: str) -> str:
    """A number in the form of its list."""
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            roman = _roman(value)
            return roman.upper() if form == "upperRoman" else roman
        case "decimalZero":
            return f"{value:02d}"
        case "none" | "bullet":
            return ""
    return str(value)


def _roman(value: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            text += sign
            value -= worth
    return text
