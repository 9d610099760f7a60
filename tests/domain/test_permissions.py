"""Who may do what to whose task: the whole table, and that the assistant keeps to it in talk."""

from dataclasses import replace
from datetime import date

import pytest

from domain.deadlines import Deadline
from domain.people import Agency, Person, Role, Unit
from domain.permissions import NOT_ABOUT_ONESELF, TABLE, Action, Scope, may, may_ever, may_reach, scope
from domain.tasks import Assignment, Status, Task
from storage.roster import take_in
from tests.cast import TECHNOLOGY, Line
from tests.world import MONDAY, World

MINE, SAME_UNIT, BELOW, ELSEWHERE = "mine", "same unit", "below", "elsewhere"
WHOSE = (MINE, SAME_UNIT, BELOW, ELSEWHERE)

EXPECTED = """
              mine  same unit  below  elsewhere
officer
  see         yes   no         no     no
  accept      yes   no         no     no
  report      yes   no         no     no
  claim       yes   no         no     no
  confirm     no    no         no     no
  return      no    no         no     no
  assign      no    no         no     no
  see_unit    no    no         no     no
  raise       yes   no         no     no
  answer      no    no         no     no
  extend      yes   no         no     no
  grant       no    no         no     no
  broadcast   no    no         no     no
  attest      no    no         no     no
  leave       yes   no         no     no
  calendar    no    no         no     no
  channels    no    no         no     no
  act_for     no    no         no     no
  self        yes   no         no     no
unit_head
  see         yes   yes        yes    no
  accept      yes   no         no     no
  report      yes   no         no     no
  claim       yes   no         no     no
  confirm     no    yes        yes    no
  return      no    yes        yes    no
  assign      yes   yes        yes    no
  see_unit    yes   yes        yes    no
  raise       yes   no         no     no
  answer      no    no         no     no
  extend      yes   no         no     no
  grant       no    yes        yes    no
  broadcast   no    no         no     no
  attest      yes   yes        yes    no
  leave       yes   yes        yes    no
  calendar    no    no         no     no
  channels    no    no         no     no
  act_for     yes   yes        yes    no
  self        yes   no         no     no
office
  see         yes   yes        yes    yes
  accept      yes   no         no     no
  report      yes   no         no     no
  claim       yes   no         no     no
  confirm     no    yes        yes    yes
  return      no    yes        yes    yes
  assign      yes   yes        yes    yes
  see_unit    yes   yes        yes    yes
  raise       yes   no         no     no
  answer      yes   yes        yes    yes
  extend      yes   no         no     no
  grant       no    yes        yes    yes
  broadcast   yes   yes        yes    yes
  attest      no    no         no     no
  leave       yes   yes        yes    yes
  calendar    yes   yes        yes    yes
  channels    yes   yes        yes    yes
  act_for     yes   yes        yes    yes
  self        yes   no         no     no
leader
  see         yes   yes        yes    yes
  accept      yes   no         no     no
  report      yes   no         no     no
  claim       yes   no         no     no
  confirm     no    yes        yes    yes
  return      no    yes        yes    yes
  assign      yes   yes        yes    yes
  see_unit    yes   yes        yes    yes
  raise       yes   no         no     no
  answer      yes   yes        yes    yes
  extend      yes   no         no     no
  grant       no    yes        yes    yes
  broadcast   yes   yes        yes    yes
  attest      no    no         no     no
  leave       yes   yes        yes    yes
  calendar    yes   yes        yes    yes
  channels    yes   yes        yes    yes
  act_for     no    no         no     no
  self        yes   no         no     no
admin
  see         yes   yes        yes    yes
  accept      yes   no         no     no
  report      yes   no         no     no
  claim       yes   no         no     no
  confirm     no    no         no     no
  return      no    no         no     no
  assign      no    no         no     no
  see_unit    yes   yes        yes    yes
  raise       yes   no         no     no
  answer      no    no         no     no
  extend      yes   no         no     no
  grant       no    no         no     no
  broadcast   no    no         no     no
  attest      no    no         no     no
  leave       yes   no         no     no
  calendar    yes   yes        yes    yes
  channels    yes   yes        yes    yes
  act_for     no    no         no     no
  self        yes   no         no     no
"""


def read(table: str) -> dict[tuple[Role, Action, str], bool]:
    found: dict[tuple[Role, Action, str], bool] = {}
    role = Role.OFFICER
    for line in table.strip().splitlines()[1:]:
        name, *cells = line.split()
        if not cells:
            role = Role(name)
        else:
            found |= {(role, Action(name), whose): cell == "yes" for whose, cell in zip(WHOSE, cells, strict=True)}
    return found


ALLOWED = read(EXPECTED)

UNITS = (Unit(1, "Sở"), Unit(2, "Phòng", 1), Unit(3, "Tổ", 2), Unit(4, "Trung tâm", 1))
OTHERS = {
    SAME_UNIT: Person(20, "Cùng phòng", 2, Role.OFFICER),
    BELOW: Person(30, "Tổ viên", 3, Role.OFFICER),
    ELSEWHERE: Person(40, "Nơi khác", 4, Role.OFFICER),
}


def assigned_to(person: Person) -> Assignment:
    return Assignment(1, Task(1, "Báo cáo", 99, MONDAY), person.id, person.unit_id, Status.IN_PROGRESS)


def test_the_table_says_something_of_every_role_action_and_whose() -> None:
    assert set(ALLOWED) == {(role, action, whose) for role in Role for action in Action for whose in WHOSE}
    assert {(role, action) for role in TABLE for action in TABLE[role]} == {(r, a) for r in Role for a in Action}


@pytest.mark.parametrize(("role", "action", "whose"), ALLOWED)
def test_a_person_may_do_what_the_table_says(role: Role, action: Action, whose: str) -> None:
    me = Person(10, "Tôi", 2, role)
    agency = Agency(UNITS, [me, *OTHERS.values()])
    assignee = OTHERS.get(whose, me)
    assert may(me, action, assigned_to(assignee), agency) is ALLOWED[role, action, whose]
    if action not in NOT_ABOUT_ONESELF:
        assert may_reach(me, action, assignee, agency) is ALLOWED[role, action, whose]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_a_person_may_ever_do_what_the_table_allows_somewhere(role: Role, action: Action) -> None:
    assert may_ever(Person(10, "Tôi", 2, role), action) is any(ALLOWED[role, action, whose] for whose in WHOSE)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_the_task_of_whoever_has_left_is_seen_answered_confirmed_and_handed_over_and_nothing_else(
    role: Role, action: Action
) -> None:
    me = Person(10, "Tôi", 2, role)
    for whose in (SAME_UNIT, BELOW, ELSEWHERE):
        expected = action in (Action.SEE, Action.ANSWER, Action.CONFIRM, Action.ASSIGN) and ALLOWED[role, action, whose]
        assert may(me, action, assigned_to(OTHERS[whose]), Agency(UNITS, [me])) is expected


def test_a_head_reaches_nobody_above() -> None:
    head, director = Person(10, "Trưởng phòng", 2, Role.UNIT_HEAD), Person(60, "Giám đốc", 1, Role.LEADER)
    assert not may_reach(head, Action.ASSIGN, director, Agency(UNITS, [head, director]))
    assert scope(head, Action.ASSIGN) is Scope.UNIT


# -- in talk -----------------------------------------------------------------------------------------------------------

SPEAKERS = {Role.OFFICER: "Dung", Role.UNIT_HEAD: "Bình", Role.OFFICE: "Lan", Role.LEADER: "Hải", Role.ADMIN: "Quản"}

ACTS: dict[str, tuple[Action, Status, str]] = {
    "/nhan {n}": (Action.ACCEPT, Status.NOT_ACCEPTED, "in_progress"),
    "/tiendo {n} 60": (Action.REPORT, Status.IN_PROGRESS, "in_progress"),
    "/xong {n}": (Action.CLAIM, Status.IN_PROGRESS, "awaiting"),
    "/xacnhan {n}": (Action.CONFIRM, Status.AWAITING, "done"),
    "/tralai {n} thiếu phụ lục": (Action.RETURN, Status.AWAITING, "returned"),
}

WORK, DECIDE, DIRECTIVES = (
    "viec homnay nhan tiendo xong giahan vuongmac",
    "xacnhan tralai giao chuyen donvi tinhhinh",
    "chidao nhanchidao",
)
SELF = "visao hoantac nghi lich toi kenh lienket ngatketnoi huy trogiup"
SELF_OF_HEAD = SELF.replace("lich", "lich dinhky").replace("hoantac", "hoantac thay")
SELF_OF_LEADER = SELF.replace("lich", "lich quyetdinh dinhky")
SELF_OF_OFFICE = SELF_OF_LEADER.replace("hoantac", "hoantac thay")
HELP = {
    Role.OFFICER: f"{WORK} {DIRECTIVES} {SELF}",
    Role.UNIT_HEAD: f"{WORK} {DECIDE} {DIRECTIVES} quantriet {SELF_OF_HEAD}",
    Role.OFFICE: f"{WORK} {DECIDE} {DIRECTIVES} thuhoi {SELF_OF_OFFICE}",
    Role.LEADER: f"{WORK} {DECIDE} {DIRECTIVES} thuhoi {SELF_OF_LEADER}",
    Role.ADMIN: f"{WORK} donvi tinhhinh {DIRECTIVES} {SELF}",
}
BOARD_BELOW = "Sơn"


async def whose_of(world: World, role: Role) -> dict[str, Person]:
    """For a speaker: somebody of each kind. The leader's unit has everybody else below it."""
    line = Line("Tạ Văn Sơn", "Tổ Chuyển đổi số", "Chuyên viên", Role.OFFICER, TECHNOLOGY)
    async with world.store.write() as uow:
        (added,) = (await take_in(uow, [line], world.clock.now().replace(microsecond=1))).added
        world.people[BOARD_BELOW] = (await uow.agency()).people[added]
    mine = world.people[SPEAKERS[role]]
    agency = await agency_of(world)
    found = {MINE: mine}
    for person in world.people.values():
        if person.id == mine.id:
            continue
        if person.unit_id == mine.unit_id:
            found.setdefault(SAME_UNIT, person)
        elif agency.is_within(person.unit_id, mine.unit_id):
            found.setdefault(BELOW, person)
        else:
            found.setdefault(ELSEWHERE, person)
    return found


async def agency_of(world: World) -> Agency:
    async with world.store.read() as uow:
        return await uow.agency()


async def given(world: World, person: Person, status: Status) -> int:
    task = Task(0, "Báo cáo quý IV", world.people["Lan"].id, MONDAY)
    claimed = MONDAY if status is Status.AWAITING else None
    new = Assignment(0, task, person.id, person.unit_id, status, deadline=Deadline(date(2026, 12, 1)))
    async with world.store.write() as uow:
        return (await uow.tasks.create(replace(new, claimed_at=claimed))).number


@pytest.mark.parametrize("role", Role)
async def test_a_command_does_what_the_table_allows_and_is_refused_otherwise(world: World, role: Role) -> None:
    speaker = SPEAKERS[role]
    for whose, person in (await whose_of(world, role)).items():
        for typed, (action, before, after) in ACTS.items():
            number = await given(world, person, before)
            answer = await world.answer(speaker, typed.format(n=number))
            one = await world.task(number)
            allowed = ALLOWED[role, action, whose]
            assert (one.status.value == after and one.revision > 1) is allowed, (typed, whose, answer)
            assert (one.revision == 1) is not allowed, (typed, whose, answer)


@pytest.mark.parametrize("role", Role)
async def test_a_task_is_shown_to_whoever_may_see_it_with_the_buttons_of_what_may_be_done(
    world: World, role: Role
) -> None:
    speaker = SPEAKERS[role]
    for whose, person in (await whose_of(world, role)).items():
        for status, labels in ((Status.IN_PROGRESS, WORKING), (Status.AWAITING, CONFIRMING)):
            number = await given(world, person, status)
            answer = await world.answer(speaker, f"viec {number}")
            if ALLOWED[role, Action.SEE, whose]:
                assert "Báo cáo quý IV" in answer
                shown = {button.label for row in world.last(speaker).buttons for button in row}
                assert shown == {label for label, action in labels.items() if ALLOWED[role, action, whose]}
            else:
                # whether the task exists at all is not given away
                assert answer == (await world.answer(speaker, "viec 99999")).replace("99999", str(number))


WORKING = {"Xong": Action.CLAIM, "Vướng mắc": Action.RAISE, "Đề nghị gia hạn": Action.EXTEND}
CONFIRMING = {"Xác nhận": Action.CONFIRM, "Trả lại": Action.RETURN}


@pytest.mark.parametrize("role", Role)
async def test_a_task_is_assigned_to_whom_the_table_allows(world: World, role: Role) -> None:
    speaker = SPEAKERS[role]
    for whose, person in (await whose_of(world, role)).items():
        await world.answer(speaker, f"/giao {person.name}; 5 ngày làm việc; Báo cáo")
        offered = "Giao việc" in {button.label for row in world.last(speaker).buttons for button in row}
        assert offered is ALLOWED[role, Action.ASSIGN, whose], whose
        await world.says(speaker, "/huy")


@pytest.mark.parametrize("role", Role)
async def test_a_list_of_the_unit_has_what_the_table_allows(world: World, role: Role) -> None:
    numbers = {}
    for whose, person in (await whose_of(world, role)).items():
        numbers[whose] = await given(world, person, Status.IN_PROGRESS)
    answer = await world.answer(SPEAKERS[role], "/donvi")
    for whose, number in numbers.items():
        assert (f"{number}. Báo cáo" in answer) is ALLOWED[role, Action.SEE_UNIT, whose], whose


@pytest.mark.parametrize("role", Role)
async def test_the_help_lists_exactly_the_commands_that_the_role_may_use(world: World, role: Role) -> None:
    answer = await world.answer(SPEAKERS[role], "/trogiup")
    listed = [line.split()[0].removeprefix("/") for line in answer.splitlines() if line.startswith("/")]
    assert listed == HELP[role].split()


@pytest.mark.parametrize("role", Role)
async def test_a_command_that_the_help_does_not_list_is_refused(world: World, role: Role) -> None:
    everything = {name for listed in HELP.values() for name in listed.split()}
    for name in everything - set(HELP[role].split()):
        assert "không thuộc quyền" in await world.answer(SPEAKERS[role], f"/{name} 1 lý do")
    for name in ("viec", "homnay", "toi", "lienket", "trogiup"):
        assert "không thuộc quyền" not in await world.answer(SPEAKERS[role], f"/{name}")


async def test_nobody_confirms_their_own_work(world: World) -> None:
    for who in ("Bình", "Lan", "Hải"):
        number = await given(world, world.people[who], Status.AWAITING)
        assert "Không tự xác nhận" in await world.answer(who, f"xacnhan {number}")
        assert "Không tự xác nhận" in await world.answer(who, f"tralai {number} lý do")
        assert (await world.task(number)).status is Status.AWAITING
