"""Publishing a directive: the questions, what is read back, and the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.directives import Audience, Directive, Everybody
from domain.messages import Button, Outgoing, StoredFile
from domain.people import Agency, Person, Unit
from domain.proposals import ReadDocument
from locales.speech import Speech, lines, say
from locales.texts import proposals
from locales.texts.directives import name
from locales.texts.parts import rows, shortened
from locales.texts.people import channel_name

MOST_UNITS = 24
MOST_NAMES = 6


@dataclass(frozen=True)
class Draft:
    """A directive that is being prepared, as far as it is known.

    `day_off` names the holiday on which it is to go out; `in_hours` is false where that is outside office hours.
    """

    number: str
    issued_on: date | None
    subject: str
    summary: str
    body: str
    files: Sequence[StoredFile]
    audience: Audience | None
    publish_at: datetime | None
    day_off: str = ""
    weekend: bool = False
    in_hours: bool = True


def ask_what(_: Speech, latest: Sequence[Directive], waiting: Sequence[ReadDocument] = ()) -> Outgoing:
    """The document itself; the last ones are at hand, and those that were read and have not gone out."""
    text = lines(
        _("Which document is to be broadcast? Please send the file, or type its text; /huy leaves it."),
        "<i>" + _("Documents classified as state secrets are not accepted here.") + "</i>",
        _("Published lately:") if latest else None,
        *(say("• %(name)s: %(subject)s", name=name(_, one), subject=shortened(one.subject)) for one in latest),
    )
    buttons = [Button(_("Directive %(id)s") % {"id": one.id}, f"chidao {one.id}") for one in latest]
    going_on = [proposals.go_on_with(_, one) for one in waiting]
    return Outgoing(text, (*rows(*going_on, width=1), *rows(*buttons, width=3)))


def ask_number(_: Speech, mark: str) -> Outgoing:
    text = _("What is the number of the document? For example: 12/KH-UBND")
    return Outgoing(text, rows(Button(_("It has no number"), f"khongso {mark}")))


def ask_date(_: Speech, mark: str) -> Outgoing:
    text = _("What is the date of the document? For example: 20/11/2026")
    return Outgoing(text, rows(Button(_("Today"), f"ngay {mark} hom nay")))


def ask_subject(_: Speech, mark: str) -> Outgoing:
    return Outgoing(_("What is it about? Please type the subject, in one sentence."))


def ask_summary(_: Speech, mark: str) -> Outgoing:
    return Outgoing(_("One line about it for those who get it (at most 300 characters):"))


def ask_audience(_: Speech, tasked: Audience | None, agency: Agency, mark: str) -> Outgoing:
    """`tasked` are the bodies that get its tasks."""
    text = lines(
        _("Who is to get it?"),
        say(_("Tasks are for: %(whom)s"), whom=audience(_, tasked, agency)) if tasked else None,
        "<i>" + _("Or type units and names, divided by commas.") + "</i>",
    )
    bodies = (Button(_("Those who get tasks"), f"noinhan {mark} viec"),) if tasked else ()
    buttons = rows(
        *bodies,
        Button(_("Everybody"), f"noinhan {mark} tatca"),
        Button(_("The unit heads"), f"noinhan {mark} truong"),
        Button(_("Choose units"), f"noinhan {mark} donvi"),
        Button(_("Choose people"), f"noinhan {mark} nguoi"),
    )
    return Outgoing(text, buttons)


def choose_units(_: Speech, units: Sequence[Unit], chosen: Sequence[int], mark: str) -> Outgoing:
    """Units are pressed one after another."""
    text = lines(
        _("Which units? Press them one after another, then “Enough”; or type the names, divided by commas."),
        say(_("So far: %(units)s"), units=", ".join(unit.name for unit in units if unit.id in chosen))
        if chosen
        else None,
    )
    buttons = [
        Button(shortened(unit.name, 40), f"noinhan {mark} u{unit.id}") for unit in units if unit.id not in chosen
    ]
    enough = [Button(_("Enough"), f"noinhan {mark} du")] if chosen else []
    return Outgoing(text, rows(*enough, *buttons[:MOST_UNITS], width=1))


def ask_people(_: Speech) -> Outgoing:
    return Outgoing(_("Please type the names, divided by commas."))


def which_one(_: Speech, text: str, people: Sequence[Person], units: Sequence[Unit], agency: Agency) -> Outgoing:
    """A name among several that fits more than one."""
    fitting = [f"{person.name} ({agency.unit_name(person)})" for person in people] + [unit.name for unit in units]
    sentence = _("Several fit “%(text)s”: %(fitting)s. Please type the names again, this one in full.")
    return Outgoing(say(sentence, text=text, fitting="; ".join(fitting)))


def audience(_: Speech, one: Audience, agency: Agency) -> str:
    """An audience in words."""
    if one.kind is Everybody.ALL:
        return _("everybody")
    if one.kind is Everybody.HEADS:
        return _("the unit heads")
    names = [agency.units[each].name for each in one.units if each in agency.units]
    names += [agency.people[each].name for each in one.people if each in agency.people]
    rest = len(names) - MOST_NAMES
    shown = ", ".join(names[:MOST_NAMES])
    return shown + (_(" and %(count)s more") % {"count": rest} if rest > 0 else "")


def _channels(_: Speech, by_channel: Mapping[str, int]) -> str:
    parts = [f"{channel_name(_, channel)} {_.number(count)}" for channel, count in by_channel.items() if channel]
    lost = by_channel.get("", 0)
    return " · ".join([*parts, *([_("not connected yet: %(count)s") % {"count": _.number(lost)}] if lost else [])])


def _when(_: Speech, draft: Draft) -> list[str]:
    """When it goes out, and what is unusual about it."""
    if draft.publish_at is None:
        return [say(_("Goes out: %(at)s"), at=_("at once"))]
    day = _.day(draft.publish_at.astimezone(_.zone).date()).split(",")[0]
    told = ["<b>" + say(_("Goes out: %(at)s"), at=f"{_.instant(draft.publish_at)} ({day})") + "</b>"]
    if draft.day_off:
        told.append(say(_("Note: that day is a day off (%(why)s)."), why=draft.day_off))
    if draft.weekend:
        told.append(_("Note: that day is on a weekend."))
    if not draft.in_hours:
        told.append(_("Note: that is outside office hours."))
    return told


def preview(
    _: Speech,
    draft: Draft,
    by_channel: Mapping[str, int],
    before: Directive | None,
    agency: Agency,
    mark: str,
    tasks: str = "",
) -> Outgoing:
    """Everything read back, with how many get it and by which channels; `before` was published under that number.

    `tasks` says which are given with it.
    """
    text = lines(
        "<b>" + _("Please check before it goes out:") + "</b>",
        say(_("Number: %(number)s"), number=draft.number or _("none")),
        say(_("Date: %(date)s"), date=_.short_day(draft.issued_on) if draft.issued_on else _("none")),
        say(_("Subject: %(subject)s"), subject=draft.subject),
        say(_("In one line: %(line)s"), line=draft.summary) if draft.summary else None,
        say(_("Text: %(text)s"), text=shortened(draft.body, 200)) if draft.body else None,
        say(_("Files: %(files)s"), files=", ".join(file.name for file in draft.files)) if draft.files else None,
        say(_("Audience: %(whom)s"), whom=audience(_, draft.audience, agency)) if draft.audience else None,
        say(
            _("Recipients: %(count)s (%(channels)s)"),
            count=_.number(sum(by_channel.values())),
            channels=_channels(_, by_channel),
        ),
        tasks or None,
        say(_("Note: this number was published before, as %(name)s."), name=name(_, before)) if before else None,
        *_when(_, draft),
    )
    at = draft.publish_at
    buttons = rows(
        Button(_("Publish at %(at)s") % {"at": _.instant(at)} if at else _("Publish"), f"phathanh {mark}"),
        Button(_("Another time…") if at else _("At a time…"), f"hengio {mark}"),
        Button(_("Change…"), f"suachidao {mark}"),
        Button(_("Leave it"), f"thoi {mark}"),
    )
    return Outgoing(text, buttons)


def ask_time(_: Speech, mark: str) -> Outgoing:
    text = _("When is it to go out? For example: 8h mai · 14h 27/11 · thu hai")
    return Outgoing(text, rows(Button(_("At once"), f"ngayluctuc {mark}")))


def what_to_change(_: Speech, mark: str, *, has_files: bool, has_tasks: bool = False) -> Outgoing:
    tasks = [Button(_("The tasks"), f"suachidao {mark} viec")] if has_tasks else []
    files = [Button(_("Remove the files"), f"suachidao {mark} botep")] if has_files else []
    buttons = rows(
        Button(_("The number"), f"suachidao {mark} so"),
        Button(_("The date"), f"suachidao {mark} ngay"),
        Button(_("The subject"), f"suachidao {mark} trichyeu"),
        Button(_("The one line"), f"suachidao {mark} tomtat"),
        Button(_("The audience"), f"suachidao {mark} noinhan"),
        *tasks,
        *files,
        Button(_("Leave it as it is"), f"suachidao {mark} xem"),
    )
    return Outgoing(_("What is to be changed? Another file can simply be sent."), buttons)


def published(_: Speech, one: Directive, count: int, *, at_once: bool) -> Outgoing:
    if at_once:
        sentence = _("Published: %(name)s goes out to %(count)s people now. chidao %(id)s shows who has acknowledged.")
        return Outgoing(say(sentence, name=name(_, one), count=_.number(count), id=one.id))
    sentence = _("Scheduled: %(name)s goes out at %(at)s to %(count)s people.")
    text = say(sentence, name=name(_, one), at=_.instant(one.publish_at), count=_.number(count))
    buttons = rows(Button(_("Call it off"), f"chidao {one.id} huy"), Button(_("View"), f"chidao {one.id}"))
    return Outgoing(text, buttons)


def cancelled(_: Speech, one: Directive, got: int) -> Outgoing:
    """Nobody else gets it; so many have got it already."""
    if not got:
        return Outgoing(say(_("Called off: %(name)s. Nobody has got it, and nobody will."), name=name(_, one)))
    sentence = _("Withdrawn: %(name)s. Whoever has not got it will not get it; those who have (%(count)s) are told so.")
    return Outgoing(say(sentence, name=name(_, one), count=_.number(got)))
