"""What a directive was read to ask for: the card, the list, one proposal, and how it is counted before it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.deadlines import Deadline
from domain.decisions import Wait
from domain.messages import Button, Outgoing
from domain.people import Agency
from domain.proposals import Decided, Doers, Endless, Proposal, ReadDocument, When, still_to_ask, to_give
from domain.reading.values import Anomaly, Reading
from domain.workdays import WorkCalendar
from locales.speech import Speech, lines, say
from locales.texts import anomalies as anomaly_texts
from locales.texts import reading as reading_texts
from locales.texts.parts import rows, shortened

MOST_ANOMALIES = 6
WARNING = "\u26a0\ufe0f"
MOST_BODIES = 5


@dataclass(frozen=True)
class Around:
    """What the words about proposals are chosen by: who is who, which days are worked, and what today is."""

    agency: Agency
    calendar: WorkCalendar
    today: date


def button(label: str, document: int, says: str) -> Button:
    """A button that says what could be typed about a document's proposals."""
    return Button(label, f"dexuat {document} {says}")


# -- parts -----------------------------------------------------------------------------------------------------------


def bodies(_: Speech, doers: Doers, agency: Agency) -> str:
    """Units and people by their names."""
    names = [agency.units[one].name for one in doers.units if one in agency.units]
    names += [agency.people[one].name for one in doers.people if one in agency.people]
    more = len(names) - MOST_BODIES
    shown = ", ".join(names[:MOST_BODIES])
    return shown + (_(" and %(count)s more") % {"count": more} if more > 0 else "")


def by_when(_: Speech, when: When | None) -> str:
    """By when, in a few words."""
    match when:
        case None:
            return _("not known yet")
        case Endless():
            return _("no deadline")
        case Wait():
            return _("%(said)s (waits for the decision)") % {"said": when.said}
        case tuple():
            return _("again and again: %(said)s") % {"said": "; ".join(dict.fromkeys(one.said for one in when))}
        case Deadline():
            return _.deadline(when)


def state(_: Speech, one: Proposal) -> str:
    """What the Office has said of it."""
    """What has been decided of it."""
    return {
        Decided.OPEN: _("not decided yet"),
        Decided.ACCEPTED: _("accepted"),
        Decided.LEFT_OUT: _("left out"),
        Decided.MERGED: _("merged into task %(number)s") % {"number": one.into},
        Decided.SPLIT: _("split"),
        Decided.ALREADY_GIVEN: _("given already by an earlier document"),
    }[one.decided]


def mark(one: Proposal) -> str:
    """The sign before a proposal."""
    if one.decided is Decided.ACCEPTED:
        return "\u2705"
    return "\u25ab\ufe0f" if one.stands else "\u2796"


def who(_: Speech, one: Proposal, around: Around) -> str:
    """Who leads."""
    return bodies(_, one.lead, around.agency) or _("who is not known yet")


def name(_: Speech, reading: Reading) -> str:
    """A document in a few words."""
    if reading.number and reading.issued_on:
        return _("No. %(number)s of %(date)s") % {"number": reading.number, "date": _.short_day(reading.issued_on)}
    return _("No. %(number)s") % {"number": reading.number} if reading.number else shortened(reading.subject or "", 60)


def numbers(proposals: Sequence[Proposal]) -> dict[Decided, int]:
    """How many of each decision."""
    return {one: sum(each.decided is one for each in proposals) for one in Decided}


def how_far(_: Speech, proposals: Sequence[Proposal]) -> str:
    """How many have been decided."""
    count = numbers(proposals)
    said = [
        _("accepted %(count)s") % {"count": count[Decided.ACCEPTED]},
        _("left out %(count)s") % {"count": count[Decided.LEFT_OUT]} if count[Decided.LEFT_OUT] else "",
        _("given already %(count)s") % {"count": count[Decided.ALREADY_GIVEN]} if count[Decided.ALREADY_GIVEN] else "",
        _("not decided %(count)s") % {"count": count[Decided.OPEN]} if count[Decided.OPEN] else "",
    ]
    return " · ".join(part for part in said if part)


def _anomalies(_: Speech, found: Sequence[Anomaly], proposals: Sequence[Proposal]) -> list[str]:
    """What looks wrong, and in which task."""
    told = []
    for one in found:
        task = next((each for each in proposals if is_in(one, each)), None)
        where = say(_(" (task %(number)s)"), number=task.number) if task else ""
        told.append(f"{WARNING} {anomaly_texts.told(_, one)}{where}")
    more = len(told) - MOST_ANOMALIES
    return told[:MOST_ANOMALIES] + ([_("… and %(count)s more to look at") % {"count": more}] if more > 0 else [])


def is_in(one: Anomaly, proposal: Proposal) -> bool:
    """Whether what looks wrong stands in what a task was read from."""
    quote = " ".join(one.quote.split())
    return bool(quote) and (quote in " ".join(proposal.read.text.split()) or one.quote == proposal.read.deadline.quote)


def forms(_: Speech) -> str:
    """What may be typed."""
    return "<i>" + _("Or type: nhan het · viec 3 · bo 3 and why · sua 3 han 20/12 · sua 3 giao a unit · tiep") + "</i>"


# -- the card --------------------------------------------------------------------------------------------------------


def card(
    _: Speech,
    one: ReadDocument,
    proposals: Sequence[Proposal],
    around: Around,
    notes: Sequence[str],
    link: str | None,
    others: int = 0,
) -> Outgoing:
    """The document as it was read: what looks wrong first, then itself, then how much it asks for.

    So many tasks are left out because they are for other agencies: `others`.
    """
    reading = one.reading
    unknown = _("not in the text")
    standing = [each for each in proposals if each.stands]
    dated = sum(each.when is not None and not isinstance(each.when, Endless) for each in standing)
    issued = _.short_day(reading.issued_on) if reading.issued_on else unknown
    text = lines(
        "<b>" + _("The document has been read; nothing is assigned before you confirm it.") + "</b>",
        *_anomalies(_, reading.anomalies, proposals),
        *notes,
        say(_("Number: %(number)s; date: %(day)s"), number=reading.number or unknown, day=issued),
        say(_("Issued by: %(issuer)s"), issuer=reading.issuer or unknown),
        say(_("Subject: %(subject)s"), subject=shortened(reading.subject or unknown, 300)),
        say(_("<b>Tasks: %(count)s</b>, with a deadline: %(dated)s"), count=len(standing), dated=dated),
        say(_("Left out as for other agencies: %(count)s; to take one in: nhan and its number"), count=others)
        if others
        else None,
        *_to_ask(_, standing),
        how_far(_, proposals) if any(each.decided is not Decided.OPEN for each in proposals) else None,
        say('<a href="%(link)s">%(label)s</a>', link=link, label=_("As a table, beside the text")) if link else None,
        forms(_),
    )
    left = sum(each.decided is Decided.OPEN for each in proposals)
    buttons = rows(
        button(_("One by one"), one.id, "xem tung viec"),
        button(_("The list"), one.id, "xem"),
        button(_("Accept all (%(count)s)") % {"count": left}, one.id, "nhan het")
        if left
        else button(_("Go on"), one.id, "tiep"),
        button(_("Assign nothing"), one.id, "khong giao viec"),
    )
    return Outgoing(text, buttons)


def _to_ask(_: Speech, standing: Sequence[Proposal]) -> list[str]:
    who = sum(each.asks_who for each in standing)
    when = sum(each.asks_when for each in standing)
    told = [_("who: %(count)s") % {"count": who}] if who else []
    told += [_("by when: %(count)s") % {"count": when}] if when else []
    return [
        _("The text is silent, or not clear, so that it will be asked — %(what)s") % {"what": "; ".join(told)}
    ] * bool(told)


# -- on the way ---------------------------------------------------------------------------------------------------------


def undecided(_: Speech, document: int, count: int, accepted: int) -> Outgoing:
    """Before it goes on: what has not been decided."""
    text = _("%(count)s tasks are not decided yet, %(accepted)s are accepted. What becomes of the others?") % {
        "count": count,
        "accepted": accepted,
    }
    buttons = rows(
        button(_("Accept the others (%(count)s)") % {"count": count}, document, "nhan het"),
        button(_("Leave the others out (%(count)s)") % {"count": count}, document, "bo het"),
        button(_("One by one"), document, "xem tung viec"),
        button(_("The list"), document, "xem"),
    )
    return Outgoing(lines(text, forms(_)), buttons)


def new_version(_: Speech) -> str:
    """On the card: the document has come again."""
    return _("This version takes the place of the one before; what you decided of tasks that are the same stays.")


def annexed(_: Speech, count: int) -> str:
    """On the card: another file has come while the document was open."""
    sentence = _(
        "%(count)s tasks of the file just sent are added at the end. If it is another document: /huy, then send it again "
        "with /chidao"
    )
    return sentence % {"count": count}


def unreadable(_: Speech, reading: Reading) -> str:
    """Above the questions of a document of which no task can be proposed."""
    why = "; ".join(reading_texts.oddity(_, one) for one in reading.anomalies)
    return say(_("No tasks can be proposed from the file: %(why)s. It can be published all the same."), why=why)


# -- before it goes out ----------------------------------------------------------------------------------------------


def given(_: Speech, proposals: Sequence[Proposal], agency: Agency) -> str:
    """In the preview: how many tasks go to whom."""
    giving, left_out = to_give(proposals), numbers(proposals)[Decided.LEFT_OUT]
    if not giving:
        return _("Tasks: none is assigned")
    counts: dict[str, int] = {}
    for one in giving:
        for body in [*(agency.units[each].name for each in one.lead.units if each in agency.units)] + [
            agency.people[each].name for each in one.lead.people if each in agency.people
        ]:
            counts[body] = counts.get(body, 0) + 1
    shown = sorted(counts.items(), key=lambda pair: -pair[1])
    said = ", ".join(f"{body} ({count})" for body, count in shown[:MOST_BODIES])
    more = len(shown) - MOST_BODIES
    said += _(" and %(count)s more") % {"count": more} if more > 0 else ""
    told = say(_("Tasks: %(count)s for %(whom)s"), count=len(giving), whom=said)
    return told + (_("; left out: %(count)s") % {"count": left_out} if left_out else "")


def left_for_later(_: Speech, one: ReadDocument) -> Outgoing:
    """The question is left, and nothing of what was decided is lost."""
    sentence = _("Left for now; nothing goes out. What you have decided about %(name)s is kept for 30 days.")
    return Outgoing(say(sentence, name=name(_, one.reading)), rows(go_on_with(_, one)))


def go_on_with(_: Speech, one: ReadDocument) -> Button:
    """Takes up again what was left."""
    label = _("Go on: %(name)s") % {"name": name(_, one.reading)}
    return button(shortened(label, 60), one.id, "xem the")


def asks(proposals: Sequence[Proposal]) -> int:
    """How many questions are left."""
    return len(still_to_ask(proposals))


def noted(_: Speech, answer: Outgoing, note: str) -> Outgoing:
    """An answer under a line that says what was done."""
    return replace(answer, text=lines(note or None, answer.text))
