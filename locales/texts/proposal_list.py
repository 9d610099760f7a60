"""The proposals of a directive as a list, page by page, with what can be done with all of a page."""

from collections.abc import Sequence

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


def page(
    _: Speech, one: ReadDocument, proposals: Sequence[Proposal], number: int, around: Around, note: str = ""
) -> Outgoing:
    """Some of the proposals, with what can be done with all of them at once."""
    start = (number - 1) * A_PAGE
    shown = proposals[start : start + A_PAGE]
    total = len(proposals)
    first = {"first": start + 1, "last": start + len(shown), "total": total}
    text = lines(
        note or None,
        "<b>" + _("Tasks %(first)s–%(last)s of %(total)s") % first + "</b> · " + how_far(_, proposals),
        *(line(_, each, around) for each in shown),
        forms(_),
    )
    return Outgoing(text, _page_buttons(_, one.id, proposals, shown, number))


def _page_buttons(
    _: Speech, document: int, proposals: Sequence[Proposal], shown: Sequence[Proposal], number: int
) -> tuple[tuple[Button, ...], ...]:
    pages = -(-len(proposals) // A_PAGE)
    here = [each.number for each in shown if each.decided is Decided.OPEN]
    left = sum(each.decided is Decided.OPEN for each in proposals)
    singles = [button(str(each.number), document, f"viec {each.number}") for each in shown]
    turning = [
        *([button(_("Back"), document, f"xem trang {number - 1}")] if number > 1 else []),
        *([button(_("Further"), document, f"xem trang {number + 1}")] if number < pages else []),
    ]
    said = " ".join(map(str, here))
    bulk = [button(_("Accept these %(count)s") % {"count": len(here)}, document, f"nhan {said}")] if here else []
    bulk += [button(_("Accept all that are left (%(count)s)") % {"count": left}, document, "nhan het")] if left else []
    on = [button(_("Go on"), document, "tiep")]
    return tuple(row for row in (*rows(*singles, width=4), tuple(turning), *rows(*bulk, width=1), tuple(on)) if row)
