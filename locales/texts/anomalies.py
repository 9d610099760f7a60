"""What looks wrong in a directive, in whole sentences for whoever confirms it: what is written, and how it was taken."""

from datetime import date

from domain.reading.values import Anomaly, Code
from locales.speech import Speech, say
from locales.texts import reading
from locales.texts.parts import shortened

MOST_QUOTED = 160


def told(_: Speech, one: Anomaly) -> str:
    """One sentence, and what is to be done about it."""
    if one.code is Code.OCR_SLIP and one.note:
        sentence = _("Perhaps a slip: “%(quote)s”, likely “%(note)s”; please check it.")
    else:
        sentence = _sentences(_).get(one.code, "")
    if not sentence:
        return say("%(what)s", what=reading.anomaly(_, one))
    return say(sentence, quote=shortened(one.quote, MOST_QUOTED), note=_fact(_, one.note))


def _fact(_: Speech, note: str) -> str:
    """The fact that goes with it; a day as it is written here."""
    try:
        return _.day(date.fromisoformat(note))
    except ValueError:
        return note or "—"


def _sentences(_: Speech) -> dict[Code, str]:
    return {
        Code.MISSING_HEADER: _(
            "The head of the document is missing (issuer, number, day); what is missing will be asked for."
        ),
        Code.MISSING_NUMBER: _("The number of the document is left blank: “%(quote)s”; it will be asked for."),
        Code.MISSING_DAY: _("The day of the document is left blank: “%(quote)s”; it will be asked for."),
        Code.DEADLINE_WITHOUT_YEAR: _("A deadline has no year: “%(quote)s”; taken as %(note)s."),
        Code.OCR_SLIP: _("Perhaps a slip of letters or digits: “%(quote)s”; please check it."),
        Code.NFD_UNICODE: _("Letters and marks are kept apart in this file; they were put together for reading."),
        Code.FLATTENED_TABLE: _(
            "Of a table only the text is left, its columns were put together again (“%(quote)s”): please check who and "
            "by when."
        ),
        Code.MERGED_CELL_DEADLINE: _("One deadline stands for several rows: “%(quote)s”; each of them has it."),
        Code.COUNT_MISMATCH: _("Announced and found differ (%(note)s): “%(quote)s”; please compare with the text."),
        Code.WEEKDAY_MISMATCH: _("The weekday and the day do not fit: “%(quote)s”; that day is %(note)s."),
        Code.DEADLINE_BEFORE_DOCUMENT: _("A deadline is before the day of the document (%(note)s): “%(quote)s”."),
        Code.DEADLINE_BEFORE_EVENT: _("A deadline is before what it waits for: “%(quote)s”."),
        Code.REFERENCE_AFTER_DOCUMENT: _("A document is cited that is later than this one: “%(quote)s”."),
        Code.IMPOSSIBLE_DATE: _("There is no such day: “%(quote)s”; the deadline will be asked for."),
    }
