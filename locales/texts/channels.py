"""The channels: how each is, which one somebody's letters take, and the warnings about a month's quota."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.messages import Button, Outgoing
from domain.people import Account, Person
from domain.ways import Health, Share, Standing
from locales.speech import Speech, lines, say
from locales.texts.parts import rows
from locales.texts.people import channel_name


def mine(_: Speech, accounts: Sequence[Account], closing: Mapping[int, datetime], health: Sequence[str]) -> Outgoing:
    """My channels and which is first; for whoever looks after the agency, how the channels are.

    `closing` is when a channel shuts that takes letters only for a while after one's last word.
    """
    text = lines(
        "<b>" + _("Your channels") + "</b>",
        *(_account(_, one, closing.get(one.id)) for one in accounts),
        say(
            _("To have letters come to one of them first, type for example: <code>%(typed)s</code>"),
            typed=_typed(accounts),
        ),
        *(("", "<b>" + _("How the channels are") + "</b>", *health) if health else ()),
    )
    prefer = [
        Button(_("Letters to %(channel)s") % {"channel": channel_name(_, one.channel)}, f"uutien {one.id}")
        for one in accounts
        if len(accounts) > 1 and not one.preferred
    ]
    return Outgoing(text, rows(*prefer, Button(_("Connect another chat"), "lienket")))


def _typed(accounts: Sequence[Account]) -> str:
    last = accounts[-1].channel if accounts else "web"
    return f"/kenh {last.partition('_')[0]}"


def _account(_: Speech, one: Account, closes: datetime | None) -> str:
    state = _("letters go here first") if one.preferred else None
    state = _("cannot be reached") if one.unreachable_since is not None else state
    facts = {"channel": channel_name(_, one.channel), "heard": _.instant(one.last_heard_at)}
    said = say(_("\u2022 %(channel)s: last heard %(heard)s"), **facts)
    until = _("letters come until %(at)s, and longer if you write") % {"at": _.instant(closes)} if closes else None
    return " · ".join(part for part in (said, state, until) if part)


# -- how the channels are ----------------------------------------------------------------------------------------------


def health(_: Speech, one: Health, runs_out: date | None, token_until: datetime | None) -> str:
    """One channel, in one paragraph."""
    name = say("\u2022 <b>%(channel)s</b>: ", channel=channel_name(_, one.channel))
    return name + state(_, one, runs_out, token_until)


def state(_: Speech, one: Health, runs_out: date | None, token_until: datetime | None) -> str:
    """What is known of a channel, without its name and without markup."""
    facts = [
        say(_("%(count)s people connected"), count=_people(one)),
        _("last heard %(at)s") % {"at": _.instant(one.heard_at)} if one.heard_at else _("nothing heard yet"),
        _("last sent %(at)s") % {"at": _.instant(one.sent_at)} if one.sent_at else _("nothing sent yet"),
        _("%(count)s letters wait") % {"count": _.number(one.waiting)} if one.waiting else None,
        _("silent until %(at)s, as the vendor asks") % {"at": _.instant(one.paused_until)}
        if one.paused_until
        else None,
        used(_, one.standing, runs_out) if one.standing.limits.monthly_quota else None,
        _("the vendor says that the quota is used up") if one.standing.spent_at else None,
        _("the key to the vendor is valid until %(at)s") % {"at": _.instant(token_until)} if token_until else None,
    ]
    return "; ".join(fact for fact in facts if fact is not None)


def _people(one: Health) -> str:
    most = one.standing.limits.most_people
    return f"{one.people}/{most}" if most else str(one.people)


def used(_: Speech, standing: Standing, runs_out: date | None) -> str:
    """What is used of a month's quota, and how far it goes."""
    quota = standing.limits.monthly_quota or 0
    facts = {"used": _.number(standing.used), "quota": _.number(quota), "percent": standing.percent}
    said = _("%(used)s of %(quota)s messages of this month used (%(percent)s%%)") % facts
    if standing.used >= quota:
        return said
    if runs_out is None:
        return said + ", " + _("enough for this month at the present pace")
    return said + ", " + _("at the present pace used up about the %(day)s") % {"day": runs_out.day}


# -- warnings ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuotaWarning:
    """A mark that a channel's quota has passed; `only` are the first of the `count` people who have no other way."""

    channel: str
    standing: Standing
    mark: int
    runs_out: date | None
    count: int
    only: Sequence[Person]


def warning(_: Speech, told: QuotaWarning, today: date) -> Outgoing:
    name = channel_name(_, told.channel)
    heading = _("%(channel)s: %(percent)s%% of the month's messages are used")
    if told.mark >= 100:
        what = _(
            "From now on nothing leaves on %(channel)s until the next month; letters go by the other channels of each person."
        )
    elif told.mark >= Share.ANY:
        what = _(
            "What is left is kept for answers and last reminders; other letters go by the other channels of each person."
        )
    else:
        what = _("Nothing has to be done yet. From %(keep)s%% on, what is left is kept for answers and last reminders.")
    return Outgoing(
        lines(
            say("<b>" + heading + "</b>", channel=name, percent=told.mark),
            used(_, told.standing, told.runs_out) + ".",
            say(what, channel=name, keep=int(Share.ANY)),
            _only_there(_, told, name),
        ),
        rows(Button(_("How the channels are"), "kenh")),
    )


def _only_there(_: Speech, told: QuotaWarning, name: str) -> str | None:
    if not told.count:
        return None
    names = ", ".join(person.name for person in told.only)
    names += ", \u2026" if told.count > len(told.only) else ""
    text = _("%(count)s people have no other channel: %(names)s. Please ask them to connect the web or another one.")
    return say(text, count=told.count, names=names)


# -- refusals' facts ---------------------------------------------------------------------------------------------------


def names(_: Speech, channels: Sequence[str]) -> str:
    return ", ".join(channel_name(_, one) for one in channels)


def links(_: Speech, found: Mapping[str, str]) -> str:
    return ", ".join(f"{channel_name(_, name)}: {link}" for name, link in found.items())
