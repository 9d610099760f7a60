"""The proposals of a directive as a list, page by page, with what can be done with all of a page."""

from collections.abc import Sequence
from enum import StrEnum

from domain.messages import Button, Outgoing
from domain.proposals import Decided, Proposal, ReadDocument
from locales.speech import Speech, lines, say
from locales.texts.parts import rows, shortened
from locales.texts.proposals import Around, button, by_when, forms, how_far, mark, state, who

A_PAGE = 8
"""How many proposals are listed at once."""
IN_A_LIST = 110


def line(_: Speech, one: Proposal, around: Around) -> str:
    """A proposal in a list."""
    if not one.stands:
        reason = f": {one.reason}" if one.reason else ""
        return say(
            "%(mark)s <b>%(number)s</b>. %(content)s\n    <i>%(state)s</i>",
            mark=mark(one),
            number=one.number,
            content=shortened(one.content, IN_A_LIST),
            state=state(_, one) + shortened(reason, 100),
        )
    return say(
        "%(mark)s <b>%(number)s</b>. %(content)s\n    %(who)s · %(when)s",
        mark=mark(one),
        number=one.number,
        content=shortened(one.content, IN_A_LIST),
        who=who(_, one, around),
        when=_("Deadline: %(due)s") % {"due": by_when(_, one.when)},
    )


class Which(StrEnum):
    """Which proposals are listed, as it is typed."""

    ALL = "xem"
    OPEN = "xem chua quyet"
    SILENT = "xem chua ro"


def chosen(proposals: Sequence[Proposal], which: Which) -> list[Proposal]:
    """Those that are listed."""
    if which is Which.OPEN:
        return [one for one in proposals if one.decided is Decided.OPEN]
    return [one for one in proposals if which is Which.ALL or one.asks_who or one.asks_when]


def page(
    _: Speech,
    one: ReadDocument,
    proposals: Sequence[Proposal],
    number: int,
    around: Around,
    note: str = "",
    which: Which = Which.ALL,
) -> Outgoing:
    """Some of the proposals, with what can be done with all of them at once."""
    start, listed = (number - 1) * A_PAGE, chosen(proposals, which)
    shown = listed[start : start + A_PAGE]
    first = {"first": start + 1, "last": start + len(shown), "total": len(listed)}
    heading = {
        Which.ALL: _("Tasks %(first)s–%(last)s of %(total)s"),
        Which.OPEN: _("Not decided yet: %(first)s–%(last)s of %(total)s"),
        Which.SILENT: _("Who or by when is not known yet: %(first)s–%(last)s of %(total)s"),
    }[which]
    text = lines(
        note or None,
        "<b>" + heading % first + "</b> · " + how_far(_, proposals),
        *(line(_, each, around) for each in shown),
        forms(_),
    )
    return Outgoing(text, _page_buttons(_, one.id, proposals, shown, number, which))


def _filters(_: Speech, document: int, proposals: Sequence[Proposal], which: Which) -> list[Button]:
    """The other lists, where they would show something else."""
    labels = {
        Which.ALL: _("All (%(count)s)"),
        Which.OPEN: _("Not decided (%(count)s)"),
        Which.SILENT: _("Not clear (%(count)s)"),
    }
    counts = {each: len(chosen(proposals, each)) for each in Which}
    others = [each for each in Which if each is not which and counts[each] not in (0, counts[which])]
    return [button(labels[each] % {"count": counts[each]}, document, each.value) for each in others]


def _page_buttons(
    _: Speech, document: int, proposals: Sequence[Proposal], shown: Sequence[Proposal], number: int, which: Which
) -> tuple[tuple[Button, ...], ...]:
    pages = -(-len(chosen(proposals, which)) // A_PAGE)
    here = [each.number for each in shown if each.decided is Decided.OPEN]
    left = sum(each.decided is Decided.OPEN for each in proposals)
    singles = [button(str(each.number), document, f"viec {each.number}") for each in shown]
    turning = [
        *([button(_("Back"), document, f"{which.value} trang {number - 1}")] if number > 1 else []),
        *([button(_("Further"), document, f"{which.value} trang {number + 1}")] if number < pages else []),
    ]
    said = " ".join(map(str, here))
    bulk = [button(_("Accept these %(count)s") % {"count": len(here)}, document, f"nhan {said}")] if here else []
    bulk += [button(_("Accept all that are left (%(count)s)") % {"count": left}, document, "nhan het")] if left else []
    others = _filters(_, document, proposals, which)
    on = [button(_("Go on"), document, "tiep")]
    parts = (*rows(*singles, width=4), tuple(turning), tuple(others), *rows(*bulk, width=1), tuple(on))
    return tuple(row for row in parts if row)
