"""Who may do what to whose task: one table, asked for every command, for every task that it names, and by the help."""

from enum import StrEnum

from domain.people import Agency, Person, Role
from domain.tasks import Assignment


class Action(StrEnum):
    """What can be permitted."""

    SEE = "see"
    ACCEPT = "accept"
    REPORT = "report"
    CLAIM = "claim"
    CONFIRM = "confirm"
    RETURN = "return"
    ASSIGN = "assign"
    SEE_UNIT = "see_unit"
    RAISE = "raise"
    ANSWER = "answer"
    EXTEND = "extend"
    GRANT = "grant"
    BROADCAST = "broadcast"
    ATTEST = "attest"
    LEAVE = "leave"
    CALENDAR = "calendar"
    CHANNELS = "channels"
    ACT_FOR = "act_for"
    SELF = "self"


class Scope(StrEnum):
    """Whose tasks a permission covers; each wider one covers the narrower ones, except that nobody confirms oneself."""

    NONE = "none"
    OWN = "own"
    UNIT = "unit"
    ALL = "all"


_EVERYONE = {
    Action.SEE: Scope.OWN,
    Action.ACCEPT: Scope.OWN,
    Action.REPORT: Scope.OWN,
    Action.CLAIM: Scope.OWN,
    Action.CONFIRM: Scope.NONE,
    Action.RETURN: Scope.NONE,
    Action.ASSIGN: Scope.NONE,
    Action.SEE_UNIT: Scope.NONE,
    Action.RAISE: Scope.OWN,
    Action.ANSWER: Scope.NONE,
    Action.EXTEND: Scope.OWN,
    Action.GRANT: Scope.NONE,
    Action.BROADCAST: Scope.NONE,
    Action.ATTEST: Scope.NONE,
    Action.LEAVE: Scope.OWN,
    Action.CALENDAR: Scope.NONE,
    Action.CHANNELS: Scope.NONE,
    Action.ACT_FOR: Scope.NONE,
    Action.SELF: Scope.OWN,
}
_HEAD = {
    Action.SEE: Scope.UNIT,
    Action.CONFIRM: Scope.UNIT,
    Action.RETURN: Scope.UNIT,
    Action.ASSIGN: Scope.UNIT,
    Action.SEE_UNIT: Scope.UNIT,
    Action.GRANT: Scope.UNIT,
    Action.ATTEST: Scope.UNIT,
    Action.LEAVE: Scope.UNIT,
    Action.ACT_FOR: Scope.UNIT,
}
_OFFICE = {
    Action.SEE: Scope.ALL,
    Action.CONFIRM: Scope.ALL,
    Action.RETURN: Scope.ALL,
    Action.ASSIGN: Scope.ALL,
    Action.SEE_UNIT: Scope.ALL,
    Action.ANSWER: Scope.ALL,
    Action.GRANT: Scope.ALL,
    Action.BROADCAST: Scope.ALL,
    Action.LEAVE: Scope.ALL,
    Action.CALENDAR: Scope.ALL,
    Action.CHANNELS: Scope.ALL,
}

TABLE: dict[Role, dict[Action, Scope]] = {
    Role.OFFICER: _EVERYONE,
    Role.UNIT_HEAD: _EVERYONE | _HEAD,
    Role.OFFICE: _EVERYONE | _OFFICE | {Action.ACT_FOR: Scope.ALL},
    Role.LEADER: _EVERYONE | _OFFICE,
    Role.ADMIN: _EVERYONE
    | {
        Action.SEE: Scope.ALL,
        Action.SEE_UNIT: Scope.ALL,
        Action.CALENDAR: Scope.ALL,
        Action.CHANNELS: Scope.ALL,
    },
}


NOT_ABOUT_ONESELF = (Action.CONFIRM, Action.RETURN, Action.GRANT)

LEFT_BEHIND = (Action.SEE, Action.ANSWER, Action.CONFIRM, Action.ASSIGN)
"""What may be done to a task whose assignee has left the roster, so that it does not stay open for ever."""

STOOD_IN = (
    Action.SEE,
    Action.ACCEPT,
    Action.REPORT,
    Action.CLAIM,
    Action.CONFIRM,
    Action.RETURN,
    Action.RAISE,
    Action.EXTEND,
    Action.GRANT,
    Action.ATTEST,
)
"""What whoever stands in may do as the one who is away."""


def scope(person: Person, action: Action) -> Scope:
    """How far a person's permission reaches."""
    reach = TABLE[person.role][action]
    # whoever the roster marks as the focal person of a unit does this for it, whatever their role
    return Scope.UNIT if action is Action.ACT_FOR and person.focal and reach is Scope.NONE else reach


def may_ever(person: Person, action: Action) -> bool:
    """Whether there is any task to which the person may do this; what /trogiup lists."""
    return scope(person, action) is not Scope.NONE


def may_at_present(person: Person, action: Action, agency: Agency) -> bool:
    """The same, also for those whom the person stands in for on the agency's day."""
    return any(may_ever(one, action) for one in _acting_as(person, action, agency))


def _acting_as(person: Person, action: Action, agency: Agency) -> list[Person]:
    """Whose permissions somebody has: one's own, and of those whom one stands in for what cannot wait."""
    return [person, *(agency.stands_in_for(person.id) if action in STOOD_IN else ())]


def may_reach(person: Person, action: Action, other: Person, agency: Agency) -> bool:
    """Whether a permission covers another person's tasks."""
    own = other.id == person.id and scope(person, action) is not Scope.NONE
    return own or _reaches_unit(person, action, other.unit_id, agency)


def _reaches_unit(person: Person, action: Action, unit_id: int, agency: Agency) -> bool:
    reach = scope(person, action)
    return reach is Scope.ALL or (reach is Scope.UNIT and agency.is_within(unit_id, person.unit_id))


def may(person: Person, action: Action, assignment: Assignment, agency: Agency) -> bool:
    """Whether a person may do this to an assignment: nobody decides about what they do themselves."""
    assignee = agency.people.get(assignment.assignee_id)
    if assignee is None:
        acting_as = _acting_as(person, action, agency) if action in LEFT_BEHIND else []
        return any(_reaches_unit(one, action, assignment.unit_id, agency) for one in acting_as)
    if action in NOT_ABOUT_ONESELF and assignee in (person, *agency.stands_in_for(person.id)):
        return False
    return any(_may(one, action, assignee, agency) for one in _acting_as(person, action, agency))


def _may(person: Person, action: Action, assignee: Person, agency: Agency) -> bool:
    own = action in NOT_ABOUT_ONESELF and assignee == person
    return not own and may_reach(person, action, assignee, agency)
