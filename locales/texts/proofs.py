"""The list of who has acknowledged a directive: its headings, its cells, and the letter that brings it."""

from datetime import datetime

from domain.directives import Counts, Directive, Recipient
from domain.messages import Outgoing, StoredFile
from domain.people import Agency
from locales.speech import Speech, say
from locales.texts.directives import counted, name


def file_name(_: Speech, one: Directive) -> str:
    return _("Acknowledgements of directive %(id)s.xlsx") % {"id": one.id}


def sheet_names(_: Speech) -> tuple[str, str]:
    return _("People"), _("Units")


def above(_: Speech, one: Directive, counts: Counts, agency: str, now: datetime) -> list[str]:
    """What stands above both tables."""
    title = name(_, one)
    return [
        agency,
        f"{title[0].upper()}{title[1:]}: {one.subject}",
        counted(_, counts),
        _("As of %(at)s") % {"at": _.instant(now)},
    ]


def headings(_: Speech) -> list[str]:
    return [
        _("No."),
        _("Name"),
        _("Unit"),
        _("Title"),
        _("Posted"),
        _("Delivered"),
        _("State"),
        _("Acknowledged"),
        _("Attested by"),
        _("Asked again"),
    ]


def row(_: Speech, at: int, each: Recipient, agency: Agency) -> list[str | int]:
    """One recipient."""
    person, unit = agency.people.get(each.person_id), agency.units.get(each.unit_id)
    by = agency.people.get(each.acknowledged_by) if each.acknowledged_by not in (None, each.person_id) else None
    return [
        at,
        person.name if person else "—",
        unit.name if unit else "—",
        person.title if person else "",
        _.instant(each.posted_at),
        _.instant(each.delivered_at) if each.delivered_at else "",
        _state(_, each),
        _.instant(each.acknowledged_at) if each.acknowledged_at else "",
        by.name if by else "",
        each.asks,
    ]


def _state(_: Speech, each: Recipient) -> str:
    if each.acknowledged_at is not None:
        return _("acknowledged") if each.acknowledged_by == each.person_id else _("attested for by the unit head")
    return _("cannot be reached") if each.unreachable else _("not yet")


def unit_headings(_: Speech) -> list[str]:
    return [_("Unit"), _("Recipients"), _("Acknowledged"), _("Silent"), _("Cannot be reached")]


def here_it_is(_: Speech, one: Directive, file: StoredFile) -> Outgoing:
    return Outgoing(say(_("The list of who has acknowledged %(name)s."), name=name(_, one)), files=(file,))
