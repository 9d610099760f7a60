"""What is asked about a proposal where the document is silent, and what is said once something was done to some."""

from collections.abc import Sequence

from domain.messages import Button, Outgoing
from domain.people import Agency
from domain.proposals import Doers, Proposal, When
from domain.reading.values import DeadlineKind
from locales.speech import Speech, lines, say
from locales.texts.parts import rows, shortened
from locales.texts.proposals import bodies, button, by_when

MOST_OFFERED = 8
LABEL = 40
MOST_LISTED = 12


def _named(numbers: Sequence[int]) -> str:
    """Numbers as they are shown: "3, 4, 5 …"."""
    shown = ", ".join(map(str, numbers[:MOST_LISTED]))
    return shown + (" …" if len(numbers) > MOST_LISTED else "")


def _about(_: Speech, one: Proposal) -> str:
    """Which task is asked about, in the words of the document."""
    return say(
        "<b>%(title)s</b>: %(content)s",
        title=_("Task %(number)s") % {"number": one.number},
        content=shortened(one.content, 300),
    )


def _all_of_them(_: Speech, document: int, others: int, says: str) -> tuple[Button, ...]:
    """Changes the question into one for all of which the same would be asked."""
    return (button(_("One answer for all %(count)s") % {"count": others + 1}, document, says),) if others else ()


def _key(doers: Doers) -> str:
    """Units and people as a button types them."""
    return ",".join([*(f"u{unit}" for unit in doers.units), *(f"p{person}" for person in doers.people)])


def ask_who(
    _: Speech,
    document: int,
    one: Proposal,
    offered: Sequence[Doers],
    others: int,
    agency: Agency,
    *,
    for_rest: bool = False,
) -> Outgoing:
    """Who leads; `others` is of how many more the same is not known."""
    target = "con lai" if for_rest else str(one.number)
    title = (
        say(_("Who leads the %(count)s tasks of which that is not known?"), count=others + 1)
        if for_rest
        else _("Who leads this task?")
    )
    names = "; ".join(one.read.lead)
    text = lines(
        title,
        None if for_rest else _about(_, one),
        say(_("The document names: “%(names)s”"), names=shortened(names, 200)) if names and not for_rest else None,
        "<i>" + _("Or type units and names, divided by commas; with “cho tat ca” behind it for all of these.") + "</i>",
    )
    labels = [shortened(bodies(_, doers, agency), LABEL) for doers in offered[:MOST_OFFERED]]
    says = [f"giao {target} {_key(doers)}" for doers in offered]
    buttons = rows(
        *(button(label, document, said) for label, said in zip(labels, says, strict=False)),
        button(_("All units"), document, f"giao {target} cac don vi"),
        *(() if for_rest else _all_of_them(_, document, others, "giao con lai")),
        *(() if for_rest else (button(_("Leave it out"), document, f"bo {one.number}"),)),
        width=1 if any(len(label) > LABEL // 2 for label in labels) else 2,
    )
    return Outgoing(text, buttons)


def ask_when(_: Speech, document: int, one: Proposal, others: int, *, for_rest: bool = False) -> Outgoing:
    """By when, or how often where the text says that it comes again."""
    target = "con lai" if for_rest else str(one.number)
    often = one.read.deadline.kind is DeadlineKind.RECURRING
    if for_rest:
        title = say(_("By when are the %(count)s tasks of which that is not known?"), count=others + 1)
    else:
        title = _("How often, and on which day?") if often else _("By when is it to be done?")
    quote = one.read.deadline.quote or ""
    text = lines(
        title,
        None if for_rest else _about(_, one),
        say(_("The document says: “%(quote)s”"), quote=shortened(quote, 200)) if quote and not for_rest else None,
        "<i>"
        + _("Or type it, for example: 20/12 · 10 ngay lam viec · hang thang ngay 20; “cho tat ca” for all.")
        + "</i>",
    )
    once = [
        button(_("No deadline"), document, f"han {target} khong han"),
        button(_("10 working days"), document, f"han {target} 10 ngay lam viec"),
        button(_("End of the month"), document, f"han {target} cuoi thang nay"),
        button(_("End of the quarter"), document, f"han {target} cuoi quy nay"),
        button(_("End of the year"), document, f"han {target} cuoi nam nay"),
    ]
    again = [
        button(_("Every month"), document, f"han {target} hang thang ngay 20"),
        button(_("Every quarter"), document, f"han {target} hang quy"),
        *([button(_("Every 6 months"), document, f"han {target} hang 6 thang")] if often else []),
        *([button(_("Every year"), document, f"han {target} hang nam")] if often else []),
    ]
    buttons = rows(
        *([*again, *once[:1]] if often else [*once, *again]),
        *(() if for_rest else _all_of_them(_, document, others, "han con lai")),
        *(() if for_rest else (button(_("Leave it out"), document, f"bo {one.number}"),)),
    )
    return Outgoing(text, buttons)


def ask_coordinate(_: Speech, document: int, one: Proposal) -> Outgoing:
    text = lines(
        _("Who cooperates? Please type units and names, divided by commas; “khong” for nobody."), _about(_, one)
    )
    return Outgoing(text, rows(button(_("Nobody"), document, f"sua {one.number} phoi hop khong")))


def ask_text(_: Speech, one: Proposal) -> Outgoing:
    return Outgoing(
        lines(
            say(_("Please type the new text of task %(number)s. It is now:"), number=one.number),
            say("%(content)s", content=one.content),
        )
    )


def ask_parts(_: Speech, document: int, one: Proposal, parts: Sequence[str]) -> Outgoing:
    """How a task is to be split; `parts` are its sentences, where it has several."""
    if len(parts) > 1:
        listed = [say("%(at)s) %(part)s", at=at, part=shortened(part, 300)) for at, part in enumerate(parts, 1)]
        text = lines(
            say(_("Task %(number)s could be split like this:"), number=one.number),
            *listed,
            _("Or type the parts yourself, one a line."),
        )
        return Outgoing(text, rows(button(_("Split like this"), document, f"tach {one.number} nhu tren")))
    text = say(_("Into which parts is task %(number)s split? Please type them, one a line:"), number=one.number)
    return Outgoing(lines(text, say("%(content)s", content=one.content)))


def what_of_it(_: Speech, document: int, one: Proposal) -> Outgoing:
    """Which part of a proposal is to be changed."""
    number = one.number
    text = lines(
        say(_("What is to be changed in task %(number)s?"), number=number),
        "<i>"
        + _("For example: sua 3 noi dung … · sua 3 giao a unit · sua 3 phoi hop a unit · sua 3 han 20/12")
        + "</i>",
    )
    buttons = rows(
        button(_("The text"), document, f"sua {number} noi dung"),
        button(_("Who leads"), document, f"sua {number} giao"),
        button(_("Who cooperates"), document, f"sua {number} phoi hop"),
        button(_("The deadline"), document, f"sua {number} han"),
    )
    return Outgoing(text, buttons)


# -- what was done ---------------------------------------------------------------------------------------------------


def accepted(_: Speech, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return _("Task %(number)s is accepted.") % {"number": numbers[0]}
    return _("%(count)s tasks are accepted.") % {"count": len(numbers)}


def left_out(_: Speech, numbers: Sequence[int], reason: str) -> str:
    """The reason is kept with the directive."""
    named = {"numbers": _named(numbers), "count": len(numbers)}
    told = _("Left out: task %(numbers)s.") % named
    if reason:
        return told + " " + say(_("Why: %(reason)s"), reason=shortened(reason, 200))
    return told + " " + say(_("To keep why: bo %(number)s and the reason"), number=numbers[0])


def changed(_: Speech, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return _("Task %(number)s is changed.") % {"number": numbers[0]}
    return _("%(count)s tasks are changed.") % {"count": len(numbers)}


def dated(_: Speech, numbers: Sequence[int], when: When | None) -> str:
    """The deadline as it was understood, for one or several."""
    if len(numbers) == 1:
        return say(_("Task %(number)s: %(due)s."), number=numbers[0], due=by_when(_, when))
    return say(_("%(count)s tasks: %(due)s."), count=len(numbers), due=by_when(_, when))


def split_into(_: Speech, number: int, parts: Sequence[int]) -> str:
    return _("Task %(number)s is now tasks %(parts)s.") % {"number": number, "parts": _named(parts)}


def merged_into(_: Speech, number: int, others: Sequence[int]) -> str:
    return _("Task %(others)s has gone into task %(number)s.") % {"number": number, "others": _named(others)}


def nothing_given(_: Speech) -> str:
    return _("No task is assigned with this document.")


def nothing_to_do(_: Speech) -> str:
    return _("There was nothing left to change.")


def for_others(_: Speech, names: Sequence[str]) -> str:
    """Why a task is not given: the document gives it to other agencies."""
    return say(_("for other agencies: %(names)s"), names=shortened("; ".join(names), 120))
