"""What a sentence asks of whom: its imperative, who leads and who cooperates."""

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.reading.imperatives import KEPT, begins_imperative
from domain.reading.letters import MOST_LOOKED_AT, bare, sentences
from domain.reading.subjects import also_told, assigned_in, coordinates_in, subject_of

LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class Said:
    """Who must do what a sentence says, and with whom; `explicit` where somebody gives it to them."""

    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    explicit: bool = False


@lru_cache(maxsize=KEPT)
def said_in(text: str) -> Said:
    """Who leads and who cooperates by the words of a point: what is assigned by name, else its first subject."""
    text = text[:MOST_LOOKED_AT]
    assigned: list[str] = []
    subject: list[str] = []
    together: list[str] = []
    further: list[str] = []
    for number, (_, sentence) in enumerate(sentences(text)):
        low = bare(sentence)
        found = assigned_in(sentence, low)
        if found:
            assigned += [name for name in found if name not in assigned]
        elif not number or not (subject or assigned):
            subject = subject or (subject_of(sentence, low) if number == 0 or _is_open(text, number) else [])
        together += [name for name in coordinates_in(sentence, low) if name not in together]
        if subject or assigned or low.startswith("viec "):
            further += [name for name in also_told(sentence, low) if name not in further]
    lead = assigned or subject
    lead += [name for name in further if name not in lead and name not in together]
    return Said(tuple(lead), tuple(name for name in together if name not in lead), explicit=bool(assigned))


def _is_open(text: str, number: int) -> bool:
    """Whether the sentences before this one only say why, so that a later subject is that of the instruction."""
    before = [sentence for _, sentence in sentences(text)][:number]
    return not any(begins_imperative(sentence) for sentence in before)


@lru_cache(maxsize=KEPT)
def is_imperative(text: str) -> bool:
    """Whether a point tells somebody to do something."""
    for _, sentence in sentences(text[:MOST_LOOKED_AT]):
        if begins_imperative(sentence):
            return True
        low = bare(sentence)
        if assigned_in(sentence, low) or subject_of(sentence, low):
            return True
        label, _, after = sentence.partition(": ")
        if after and len(label) < LONGEST_LABEL and begins_imperative(after):
            return True
        lead = re.split(r"[,:]\s+", sentence, maxsplit=1)
        if (
            len(lead) == 2
            and re.match(
                r"(?:tren co so|can cu|de|nham|doi voi|truoc|trong|cham nhat|dinh ky|hang|ve|trong do|"
                r"dong thoi|ngoai ra|theo|khi)\b",
                low,
            )
            and begins_imperative(lead[1])
        ):
            return True
    return False
