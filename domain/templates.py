"""Templates that a vendor has approved: what still reaches somebody to whom nothing else may be written.

A setting names them: "254301: noi_dung=text, co_quan=agency", several with | between them, the next one being tried
where the vendor refuses the one before. To the left of = is a parameter's name as it was approved, to its right what
is filled in: text (the beginning of the letter; text 60 is 60 letters of it), agency, day, link (to the web chat).
"""

import re
from dataclasses import dataclass

MOST_LETTERS = 100
"""How much of a letter a parameter takes where it is not said."""

_TEMPLATE = re.compile(r"\s*(\d{3,20})\s*:\s*(\S.*?)\s*", re.DOTALL)
_PARAMETER = re.compile(r"\s*([A-Za-z]\w{0,39})\s*=\s*(text|agency|day|link)(?:\s+(\d{1,3}))?\s*")


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    fact: str
    most: int = MOST_LETTERS


@dataclass(frozen=True, slots=True)
class Template:
    """An approved template and what its parameters are filled with."""

    number: str
    parameters: tuple[Parameter, ...]

    @classmethod
    def parse(cls, text: str) -> "tuple[Template, ...]":
        """The templates of the setting. Raises ValueError."""
        return tuple(cls._one(part) for part in text.split("|"))

    @classmethod
    def _one(cls, text: str) -> "Template":
        found = _TEMPLATE.fullmatch(text)
        parameters = [_PARAMETER.fullmatch(one) for one in found[2].split(",")] if found else []
        if found is None or None in parameters:
            raise ValueError(text)
        read = tuple(Parameter(one[1], one[2], int(one[3] or MOST_LETTERS)) for one in parameters if one)
        if len({one.name for one in read}) < len(read) or any(one.most == 0 for one in read):
            raise ValueError(text)
        return cls(found[1], read)
