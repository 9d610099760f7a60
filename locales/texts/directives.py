"""Directives as they are sent and asked about: the letters to recipients and unit heads, and the message of how far it is."""

from collections.abc import Sequence

from domain.directives import Counts, Directive
from domain.messages import Button, Outgoing
from domain.people import Person
from locales.speech import Speech, lines, say
from locales.texts.parts import rows, shortened

ONE_LINE = 200
MOST_LISTED = 10
MOST_NAMES = 20


def name(_: Speech, one: Directive) -> str:
    """A directive in a few words: its short number, its own number and its date."""
    if one.number and one.issued_on:
        facts = {"id": one.id, "number": one.number, "date": _.short_day(one.issued_on)}
        return _("directive %(id)s (No. %(number)s of %(date)s)") % facts
    if one.number:
        return _("directive %(id)s (No. %(number)s)") % {"id": one.id, "number": one.number}
    return _("directive %(id)s") % {"id": one.id}


def heading(_: Speech, one: Directive) -> str:
    title = name(_, one)
    return say("<b>%(name)s</b>: %(subject)s", name=title[0].upper() + title[1:], subject=one.subject)


def received(_: Speech, one: Directive, *, numbered: bool = False) -> Button:
    """The button by which a recipient acknowledges."""
    label = _("Acknowledge") + (f" {one.id}" if numbered else "")
    return Button(label, f"chidao {one.id} nhan")


def content(_: Speech, one: Directive) -> Button:
    return Button(_("Content…"), f"chidao {one.id}")


def _one_line(one: Directive) -> str:
    return one.summary or shortened(one.body, ONE_LINE)


def letter(_: Speech, one: Directive, to: Person) -> Outgoing:
    """What a recipient gets."""
    text = lines(
        say(_("Dear Comrade %(name)s, please take note of and carry out:"), name=to.name),
        heading(_, one),
        say("<i>%(line)s</i>", line=line) if (line := _one_line(one)) else None,
        say(_("To acknowledge: nhan chi dao %(id)s"), id=one.id),
    )
    return Outgoing(text, rows(received(_, one), content(_, one)), one.files)


def called_off(_: Speech, one: Directive, to: Person) -> Outgoing:
    """To whoever has got one that does not hold any more."""
    text = say(_("Dear Comrade %(name)s, this has been withdrawn; please do not carry it out:"), name=to.name)
    return Outgoing(lines(text, heading(_, one)))


def ask_again(_: Speech, to: Person, waiting: Sequence[Directive]) -> Outgoing:
    """One letter for all that somebody has not acknowledged."""
    shown = waiting[:MOST_LISTED]
    text = lines(
        say(_("Dear Comrade %(name)s, please acknowledge what you have been sent:"), name=to.name),
        *(heading(_, one) for one in shown),
        say(_("… and %(count)s more: /chidao"), count=len(waiting) - len(shown)) if len(waiting) > len(shown) else None,
    )
    if len(waiting) == 1:
        return Outgoing(text, rows(received(_, waiting[0]), content(_, waiting[0])))
    return Outgoing(text, rows(*(received(_, one, numbered=True) for one in shown)))


def still_silent(_: Speech, to: Person, one: Directive, silent: Sequence[Person], *, may_attest: bool) -> Outgoing:
    """To the unit head: who has not acknowledged although asked again."""
    names = [person.name for person in silent[:MOST_NAMES]]
    rest = len(silent) - len(names)
    text = lines(
        say(_("Dear Comrade %(name)s, these have been asked again and have not acknowledged:"), name=to.name),
        heading(_, one),
        say("• %(names)s", names=", ".join(names)) + (say(_(" and %(count)s more people"), count=rest) if rest else ""),
        _("Once the unit has been made familiar with it: quan triet %(id)s") % {"id": one.id} if may_attest else None,
    )
    attest = [Button(_("The unit is familiar with it"), f"chidao {one.id} quantriet")] if may_attest else []
    return Outgoing(text, rows(*attest, Button(_("Who has acknowledged"), f"chidao {one.id}")))


def counted(_: Speech, counts: Counts) -> str:
    """How far a directive has come, in one line."""
    return _("sent %(sent)s/%(total)s · acknowledged %(known)s · cannot be reached %(lost)s") % {
        "sent": _.number(counts.delivered),
        "total": _.number(counts.total),
        "known": _.number(counts.acknowledged),
        "lost": _.number(counts.unreachable),
    }


def progress(_: Speech, one: Directive, counts: Counts) -> Outgoing:
    """To whoever published: how far it is; brought up to date while it goes out."""
    state = _("Has gone out") if counts.is_settled else _("Is going out")
    if one.cancelled_at is not None:
        state = _("Was withdrawn")
    text = lines(heading(_, one), f"{state}: {counted(_, counts)}")
    return Outgoing(text, rows(Button(_("Who has acknowledged"), f"chidao {one.id}")))
