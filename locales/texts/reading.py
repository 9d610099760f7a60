"""What a directive says, as a sheet: its header, its tasks, its deadlines, what it cites and what looks wrong."""

from collections.abc import Sequence

from domain.reading.values import Anomaly, Deadline, DeadlineKind, Reading, Reference
from locales.speech import Speech


def no_such_file(_: Speech, path: str) -> str:
    return _("There is no file %(path)s.") % {"path": path}


def nothing_to_read(_: Speech) -> str:
    return _("There is no PDF, DOCX or TXT file in it.")


def head(_: Speech, name: str, reading: Reading) -> list[str]:
    if reading.secret:
        return [name, _("It bears a mark of secrecy: it is not read, and nothing of it is kept.")]
    if not reading.readable:
        return [name]
    unknown = _("not in the text")
    return [
        name,
        _("Number: %(number)s; date: %(day)s")
        % {"number": reading.number or unknown, "day": _.day(reading.issued_on) if reading.issued_on else unknown},
        _("Issued by: %(issuer)s") % {"issuer": reading.issuer or unknown},
        _("About: %(subject)s") % {"subject": reading.subject or unknown},
    ]


def tasks_title(_: Speech, count: int) -> str:
    return _("Tasks: %(count)s") % {"count": count}


def headings(_: Speech) -> tuple[str, ...]:
    return (_("Point"), _("Task"), _("Leads"), _("Cooperates"), _("Deadline"))


def deadline(_: Speech, one: Deadline) -> str:
    quoted = one.quote or ""
    day = one.due_date or one.on
    if one.kind is DeadlineKind.NONE:
        return quoted
    if day is None:
        return quoted
    told = f"{one.clock} {_.day(day)}".strip()
    return _("%(day)s (“%(quote)s”)") % {"day": told, "quote": quoted}


def references(_: Speech, found: Sequence[Reference]) -> list[str]:
    if not found:
        return []
    cited = (f"{one.number} ({_.day(one.issued_on)})" if one.issued_on else one.number for one in found)
    return [_("Cites: %(cited)s") % {"cited": "; ".join(cited)}]


def anomaly(_: Speech, one: Anomaly) -> str:
    return _("Please look at: %(what)s") % {"what": oddity(_, one)}


def oddity(_: Speech, one: Anomaly) -> str:
    """What looks wrong, with its quote."""
    said = _of_file(_, one) or {
        "missing_header": _("the header is cut off"),
        "missing_number": _("the number is left blank"),
        "missing_day": _("the day is left blank"),
        "deadline_without_year": _("a deadline without a year"),
        "ocr_slip": _("a slip of letters or digits"),
        "nfd_unicode": _("letters and their marks are kept apart"),
        "flattened_table": _("only the text of a table is left"),
        "merged_cell_deadline": _("a deadline that several rows share"),
        "count_mismatch": _("another number of points than announced"),
        "weekday_mismatch": _("the weekday is not that of the day"),
        "deadline_before_document": _("a deadline before the document's day"),
        "deadline_before_event": _("a deadline that comes before an event"),
        "reference_after_document": _("what is cited is later than the document"),
        "impossible_date": _("there is no such day"),
        "secret_marking": _("a mark of secrecy"),
        "empty_file": _("there is nothing in the file"),
        "not_a_directive": _("this is no directive"),
    }.get(one.code.value, one.code.value)
    facts = " → ".join(part for part in (one.quote, _note(one)) if part)
    return f"{said}: {facts}" if facts else said


def _note(one: Anomaly) -> str:
    return "" if one.code.value == "no_text_layer" else one.note


def _of_file(_: Speech, one: Anomaly) -> str:
    """Why a file could not be read, or how."""
    if one.code.value != "no_text_layer":
        return ""
    return {
        "": _("the pages are pictures without text; they can be read where Tesseract with Vietnamese is installed"),
        "ocr": _("the pages are pictures and were read by Tesseract: please check every word"),
        "encrypted": _("the file is locked with a password"),
        "unreadable": _("the file is broken, or is not what its name says"),
        "too_big": _("the file is too big, or takes too long to read"),
        "unknown_letters": _(
            "the letters are in an encoding that is not known; please save the file as Unicode (UTF-8)"
        ),
    }.get(one.note, one.note)
