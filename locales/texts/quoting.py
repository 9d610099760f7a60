"""What a document says: the point and the sentence that a task comes from, and how its deadline is written there."""

from domain.names import fold
from domain.reading.values import Task as Instruction
from locales.speech import Speech, say
from locales.texts.parts import shortened

QUOTE_SHOWN = 300


def quoted(_: Speech, read: Instruction, content: str) -> str | None:
    """The point with its sentence; the sentence is left out where the content says the same."""
    same = fold(read.text) == fold(content)
    quote = "" if same else shortened(read.text, QUOTE_SHOWN)
    if read.point and quote:
        return say(_("Point %(point)s: “%(quote)s”"), point=read.point, quote=quote)
    if read.point:
        return say(_("Point %(point)s"), point=read.point)
    return say("“%(quote)s”", quote=quote) if quote else None


def whole_quote(_: Speech, read: Instruction) -> str:
    """The point with its sentence, as they stand in the document."""
    quote = shortened(read.text, 2 * QUOTE_SHOWN)
    if read.point:
        return say(_("Point %(point)s: “%(quote)s”"), point=read.point, quote=quote)
    return say("“%(quote)s”", quote=quote)


def as_written(_: Speech, read: Instruction, said: str = "") -> str | None:
    """The deadline in the words of the document; left out where that has been `said` already."""
    if fold(read.deadline.quote or "") == fold(said):
        return None
    return say(_("In the document: “%(quote)s”"), quote=read.deadline.quote) if read.deadline.quote else None
