"""Enrolling, what is kept of a person, linking and unlinking."""

from collections.abc import Sequence

from domain.messages import Button, Outgoing
from domain.people import Account, Agency, Person
from locales.speech import Speech, lines, say
from locales.texts.parts import role, rows


def channel_name(_: Speech, channel: str) -> str:
    names = {"telegram": "Telegram", "zalo_bot": "Zalo", "zalo_oa": "Zalo OA", "web": _("web chat")}
    return names.get(channel, channel)


def stranger(_: Speech, agency: str) -> Outgoing:
    text = _("This assistant serves the officers of %(agency)s. If you have an invitation code, please type it here.")
    return Outgoing(say(text, agency=agency or _("the agency")))


def welcome(_: Speech, person: Person, agency: Agency, name: str, tasks: int) -> Outgoing:
    text = lines(
        say(
            _("Welcome, Comrade %(name)s (%(unit)s) — %(role)s."),
            name=person.name,
            unit=agency.unit_name(person),
            role=role(_, person.role),
        ),
        say(
            _("I remind of tasks and collect results for %(agency)s. Unfinished tasks of yours: %(tasks)s."),
            agency=name or _("the agency"),
            tasks=tasks,
        ),
        "<i>"
        + _(
            "Kept of you: name, unit, title, role, the address of this chat, and what you report about tasks. "
            "/toi shows it, /ngatketnoi erases the address."
        )
        + "</i>",
    )
    return Outgoing(text, rows(Button(_("My tasks"), "viec"), Button(_("What can I do?"), "trogiup")))


def linked_before(_: Speech, person: Person) -> Outgoing:
    text = _("This chat is connected already, as %(name)s. To connect another person, type /ngatketnoi first.")
    return Outgoing(say(text, name=person.name))


def about_me(_: Speech, person: Person, agency: Agency, accounts: Sequence[Account], tasks: int) -> Outgoing:
    kept = [
        say(
            _("• %(channel)s: connected %(since)s, last heard %(heard)s%(state)s"),
            channel=channel_name(_, account.channel),
            since=_.instant(account.linked_at),
            heard=_.instant(account.last_heard_at),
            state=_account_state(_, account),
        )
        for account in accounts
    ]
    text = lines(
        "<b>" + _("What is kept of you") + "</b>",
        say(_("Name: %(name)s"), name=person.name),
        say(_("Unit: %(unit)s"), unit=agency.unit_name(person)),
        say(_("Title: %(title)s"), title=person.title) if person.title else None,
        say(_("Role: %(role)s"), role=role(_, person.role)),
        say(_("Unfinished tasks: %(tasks)s"), tasks=tasks),
        _("Connected chats:"),
        *kept,
        _("Besides: your reports, files and the history of your tasks, as the agency's records."),
    )
    prefer = [
        Button(_("Letters to %(channel)s") % {"channel": channel_name(_, account.channel)}, f"uutien {account.id}")
        for account in accounts
        if len(accounts) > 1 and not account.preferred
    ]
    return Outgoing(
        text,
        rows(*prefer, Button(_("Disconnect this chat"), "ngatketnoi"), Button(_("Connect another chat"), "lienket")),
    )


def _account_state(_: Speech, account: Account) -> str:
    if account.unreachable_since is not None:
        return " · " + _("cannot be reached")
    return " · " + _("letters go here first") if account.preferred else ""


def preferred(_: Speech, account: Account) -> Outgoing:
    text = _("From now on letters go to %(channel)s first.")
    return Outgoing(say(text, channel=channel_name(_, account.channel)))


def ways_to_link(_: Speech, code: str, links: Sequence[tuple[str, str]], minutes: int) -> Outgoing:
    text = lines(
        say(
            _("To connect another chat, type this code there within %(minutes)s minutes: <code>%(code)s</code>"),
            minutes=minutes,
            code=code,
        ),
        *(
            say('• <a href="%(link)s">%(channel)s</a>', link=link, channel=channel_name(_, channel))
            for channel, link in links
        ),
        "<i>" + _("The code works once. Do not pass it on.") + "</i>",
    )
    return Outgoing(text)


def ask_unlink(_: Speech, others: int, mark: str) -> Outgoing:
    text = lines(
        _("Disconnect this chat? Its address is erased, and no more letters come here."),
        None if others else _("It is your only connected chat: reminders will reach you nowhere."),
    )
    return Outgoing(text, rows(Button(_("Yes, disconnect"), f"dung {mark}"), Button(_("No"), f"khong {mark}")))


def unlinked(_: Speech) -> Outgoing:
    return Outgoing(_("Disconnected. The address of this chat has been erased. With a new code you can come back."))


def cancelled(_: Speech) -> Outgoing:
    return Outgoing(_("Left. Nothing was changed."))
