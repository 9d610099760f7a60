"""Being late, carried up: what the log of a task says of it."""

from collections.abc import Sequence

from domain.people import Person
from locales.speech import Speech, say


def told(_: Speech, people: Sequence[Person], unreachable: Sequence[Person]) -> str:
    """To whom it was brought, by name, and whom nothing reaches."""
    names = ", ".join(one.name for one in people)
    if not unreachable:
        return say(_("to %(names)s"), names=names)
    missed = ", ".join(one.name for one in unreachable)
    return say(_("to %(names)s; cannot be reached: %(missed)s"), names=names, missed=missed)
