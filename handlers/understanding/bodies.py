"""Whom the names of a document mean: units and people of the agency, as they are written there.

What the Office has said once is remembered and comes first. A name is taken for somebody only where that is certain;
where it could be several, or is merely alike, they are candidates and the Office is asked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from domain.names import fold, key
from domain.people import Agency, Person, Role, Unit
from domain.proposals import NOBODY, Doers, together
from handlers.understanding.body_forms import (
    Group,
    group_of,
    headed_by,
    is_deputy,
    is_elsewhere,
    is_one_of_many,
    kinds_of,
    leaders_of,
    longer,
    plain,
    spellings,
    without_tail,
)
from handlers.understanding.likeness import is_short_for, is_slip, likeness, shortens
from handlers.understanding.meant import MOST_CANDIDATES, Meant, Sure, doubt, holds

ALIKE = 75
_NAME_AND_POST = re.compile(r"\s*(?:,|\s[-\u2013]\s)\s*")


class Bodies:
    """The bodies of an agency; `called` is the agency's own name, `learnt` what names (folded) were said to mean."""

    def __init__(self, agency: Agency, called: str = "", learnt: Mapping[str, Doers] | None = None) -> None:
        self._agency = agency
        self._learnt = {name: here for name, doers in (learnt or {}).items() if (here := self._here(doers))}
        self._meant: dict[str, Meant] = {}
        self._board = self._boards()
        self._tops = [unit for unit in agency.units.values() if unit.parent_id not in agency.units]
        names = {unit.id: plain(unit.name) for unit in agency.units.values()}
        top = [names[unit.id] for unit in self._tops] if len(self._tops) == 1 else []
        self._called = plain(called) if kinds_of([plain(called)], []) else ""
        self._kinds = kinds_of([self._called, *top], names.values())
        self._own = tuple(sorted({self._called, *self._kinds} - {""}, key=len, reverse=True))
        self._units: dict[str, list[Unit]] = {}
        for unit in agency.units.values():
            for name in spellings(names[unit.id], self._own):
                self._units.setdefault(name, []).append(unit)

    def _boards(self) -> set[int]:
        """Units of nothing but leaders."""
        roles: dict[int, set[Role]] = {}
        for one in self._agency.people.values():
            roles.setdefault(one.unit_id, set()).add(one.role)
        return {unit for unit, found in roles.items() if found == {Role.LEADER}}

    def _here(self, doers: Doers) -> Doers:
        """Those who are still there."""
        units = tuple(unit for unit in doers.units if unit in self._agency.units)
        return Doers(units, tuple(person for person in doers.people if person in self._agency.people))

    # -- what is asked ------------------------------------------------------------------------------------------------

    def whom(self, name: str) -> Meant:
        """Whom one name means."""
        if name not in self._meant:
            self._meant[name] = self._whom(name)
        return self._meant[name]

    def each(self, names: Iterable[str]) -> list[Meant]:
        """Whom names mean, without doubts about people who are among the others anyway."""
        found = [self.whom(name) for name in names]
        sure = together(*(one.doers for one in found))
        return [one for one in found if not (one.candidates and all(holds(sure, other) for other in one.candidates))]

    def lead(self, names: Iterable[str]) -> Doers:
        """Who is to do it; nobody where one of the names has to be asked for. Other agencies are not asked for."""
        found = self.each(names)
        if any(one.sure in (Sure.DOUBTFUL, Sure.UNKNOWN) for one in found):
            return NOBODY
        return together(*(one.doers for one in found))

    def coordinate(self, names: Iterable[str]) -> Doers:
        """Who of the agency helps, as far as that is certain."""
        return together(*(one.doers for one in self.each(names)))

    def choices(self, names: Iterable[str]) -> list[Doers]:
        """Who could be meant, the likeliest first: what to offer where `lead` knows nobody."""
        found = self.each(names)
        sure = together(*(one.doers for one in found))
        offered = [together(sure, other) for one in found for other in one.candidates]
        return list(dict.fromkeys([*offered, *([sure] if sure else [])]))[:MOST_CANDIDATES]

    def are_elsewhere(self, names: Sequence[str]) -> bool:
        """Whether only other agencies are named."""
        return bool(names) and all(self.whom(name).sure is Sure.ELSEWHERE for name in names)

    def lesson(self, names: Sequence[str], answer: Doers) -> tuple[str, Doers] | None:
        """What the Office's answer teaches: the one name that was not certain, and whom it means."""
        found = self.each(names)
        asked = [one for one in found if one.sure in (Sure.DOUBTFUL, Sure.UNKNOWN)]
        sure = together(*(one.doers for one in found))
        if len(asked) != 1 or not asked[0].lasts or not holds(answer, sure):
            return None
        rest = Doers(
            tuple(unit for unit in answer.units if unit not in sure.units),
            tuple(person for person in answer.people if person not in sure.people),
        )
        return (asked[0].name, rest) if rest else None

    def everybody(self) -> Doers:
        """Every unit that does the agency's work: those right below the top; the leaders are none."""
        units = self._agency.units.values()
        below = [unit for unit in units if len(self._tops) == 1 and unit.parent_id == self._tops[0].id]
        return Doers(tuple(sorted(unit.id for unit in below or self._tops if unit.id not in self._board)))

    # -- one name -----------------------------------------------------------------------------------------------------

    def _whom(self, name: str) -> Meant:
        words = plain(name)
        if not words:
            return Meant(name, Sure.UNKNOWN, lasts=False)
        if learnt := self._learnt.get(fold(name)):
            return Meant(name, Sure.CERTAIN, learnt)
        return (
            self._unit(name, words)
            or self._person(name)
            or self._many(name, words)
            or self._by_head(name, words)
            or self._itself(name, words)
            or self._shortened(name, words)
            or (Meant(name, Sure.ELSEWHERE) if is_elsewhere(words, self._kinds) else None)
            or self._alike(name, words)
        )

    def _unit(self, name: str, words: str) -> Meant | None:
        for spelled in (words, without_tail(words, self._own), longer(without_tail(words, self._own))):
            if found := self._units.get(spelled):
                exact = [unit for unit in found if key(unit.name) == key(name)]
                return self._of_units(name, exact or found)
        return None

    def _of_units(self, name: str, units: Sequence[Unit]) -> Meant:
        """One unit is certain; the leaders are no unit, but each of them could be meant."""
        doers = [other for unit in units for other in self._doers_of(unit)]
        if len(doers) == 1:
            return Meant(name, Sure.CERTAIN, doers[0])
        return doubt(name, doers)

    def _doers_of(self, unit: Unit) -> list[Doers]:
        if unit.id not in self._board:
            return [Doers((unit.id,))]
        return [Doers(people=(one.id,)) for one in self._agency.people.values() if one.unit_id == unit.id]

    # -- people and posts ---------------------------------------------------------------------------------------------

    def _person(self, name: str) -> Meant | None:
        first, *rest = _NAME_AND_POST.split(name.strip(), maxsplit=1)
        named = [one for one in self._agency.people.values() if plain(one.name) == plain(first)]
        if not named:
            return self._in_post(name, plain(name))
        if len(named) > 1 and rest:
            unit = self.whom(rest[0]).doers.units
            named = [one for one in named if one.unit_id in unit or self._has_post(one, plain(rest[0]))] or named
        is_spelled = not _has_marks(first) or key(named[0].name) in key(first)
        if len(named) == 1 and is_spelled:
            return Meant(name, Sure.CERTAIN, Doers(people=(named[0].id,)))
        return doubt(name, [Doers(people=(one.id,)) for one in named])

    def _in_post(self, name: str, words: str) -> Meant | None:
        """A deputy, a leader: whoever has that title. Who heads a unit is found by the unit."""
        if headed_by(words) and not is_deputy(words):
            return None
        named = [one for one in self._agency.people.values() if self._has_post(one, words)]
        if not named:
            return None
        if len(named) == 1 and (is_deputy(words) or named[0].role in (Role.LEADER, Role.UNIT_HEAD)):
            return Meant(name, Sure.CERTAIN, Doers(people=(named[0].id,)))
        return doubt(name, [Doers(people=(one.id,)) for one in named])

    def _has_post(self, person: Person, words: str) -> bool:
        title = without_tail(plain(person.title), self._own)
        if not title:
            return False
        asked = without_tail(words, self._own)
        if asked == title:
            return True
        unit = without_tail(plain(self._agency.unit_name(person)), self._own).split()
        forms = [unit, *(unit[n:] for n in (1, 2) if title.split()[-n:] == unit[:n])]
        return any(asked == " ".join([title, *form]) for form in forms)

    def _by_head(self, name: str, words: str) -> Meant | None:
        body = headed_by(words)
        if body is None:
            return None
        inner = self._whom(body)
        return Meant(name, inner.sure, inner.doers, inner.candidates, inner.lasts)

    # -- many at once, and the agency itself ---------------------------------------------------------------------------

    def _many(self, name: str, words: str) -> Meant | None:
        group = group_of(words, self._own)
        if group is None:
            return None
        chosen = self._chosen(group)
        if group.some or not chosen:
            return doubt(name, [chosen or self.everybody()], lasts=False)
        if group.subordinate:
            return doubt(name, [chosen, self.everybody()], lasts=False)
        return Meant(name, Sure.CERTAIN, chosen, lasts=False)

    def _chosen(self, group: Group) -> Doers:
        everybody = self.everybody()
        named = {unit: plain(self._agency.units[unit].name) for unit in everybody.units}
        if group.subordinate:
            inner = ("phong ", "van phong", "thanh tra")
            return Doers(tuple(unit for unit, words in named.items() if not words.startswith(inner)))
        is_open = "don vi" in group.nouns or "bo phan" in group.nouns or {"phong", "ban"} <= group.nouns
        if is_open or not group.nouns:
            return everybody
        heads = tuple(f"{noun} " for noun in group.nouns)
        return Doers(tuple(unit for unit, words in named.items() if words.startswith(heads)))

    def _itself(self, name: str, words: str) -> Meant | None:
        """The agency as a whole, or as one of many: which of its units does it is for the Office to say."""
        if leaders_of(words, self._own):
            return doubt(name, [Doers(people=(one.id,)) for one in self._agency.leaders()], lasts=False)
        if not self._is_ours(words) and not is_one_of_many(words, self._kinds):
            return None
        office = {one.unit_id for one in self._agency.office()}
        return doubt(name, [*(Doers((unit,)) for unit in sorted(office)), self.everybody()], lasts=False)

    def _is_ours(self, words: str) -> bool:
        if words in (*self._own, "co quan") or is_short_for(words, self._called):
            return True
        # nobody has said what the agency is called: one of its kind could be it
        return not self._called and words.startswith(tuple(f"{kind} " for kind in self._kinds))

    # -- alike ---------------------------------------------------------------------------------------------------------

    def _shortened(self, name: str, words: str) -> Meant | None:
        """A name of which some words are given by their first letters."""
        asked = [form.split() for form in {words, without_tail(words, self._own), longer(words)}]
        found = {
            unit.id: unit
            for spelled, units in self._units.items()
            for unit in units
            if any(shortens(form, spelled.split()) for form in asked)
        }
        return self._of_units(name, list(found.values())) if found else None

    def _alike(self, name: str, words: str) -> Meant:
        asked = without_tail(words, self._own)
        slipped = {unit.id: unit for spelled, units in self._units.items() if is_slip(asked, spelled) for unit in units}
        if len(slipped) == 1:
            return self._of_units(name, list(slipped.values()))
        scored = [(likeness(asked, spelled), unit) for spelled, units in self._units.items() for unit in units]
        near = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
        units = dict.fromkeys(unit for _, unit in near)
        return doubt(name, [doers for unit in units for doers in self._doers_of(unit)])


def _has_marks(text: str) -> bool:
    return fold(text) != " ".join(text.casefold().split())
