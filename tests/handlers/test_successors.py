"""A later document on the same file, as the Office confirms it: what goes on, what has changed, what is stopped."""

from datetime import date

from domain.deadlines import Deadline
from domain.proposals import Decided
from domain.tasks import Assignment, Status
from tests.handlers.proposals import LINES, OFFICE, SILENT, TECHNOLOGY, dropped, kept, labels, paper, pressed, proposal
from tests.world import World, plain

FIRST = (TECHNOLOGY, OFFICE, SILENT)
REPLACES = "Công văn này thay thế Công văn số 45/SKHCN-VP ngày 20/11/2026 của Sở."
NEW = "3. Phòng Kế hoạch - Tài chính tổ chức tập huấn lưu trữ trước ngày 15/12/2026."


async def published(world: World, *lines: str) -> None:
    """The Office accepts all of a document and publishes it; everything is given, and nothing is unheard."""
    await dropped(world, paper(*lines))
    await world.says("Lan", "nhận hết")
    await world.says("Lan", "không hạn cho tất cả")
    await world.says("Lan", "các trưởng đơn vị")
    await world.presses("Lan", "Phát hành")
    await world.tick()
    world.clock.move(seconds=10)
    await world.tick()
    for who in world.people:
        world.hears_all(who)


async def tasks(world: World, *directives: int) -> list[Assignment]:
    async with world.store.read() as uow:
        return [one for number in directives for one in await uow.tasks.under(number)]


def news(world: World, who: str) -> str:
    return "\n".join(text for out in world.hears_all(who) if "Xác nhận đã nhận:" not in (text := plain(out.text)))


async def test_from_the_file_to_the_tasks(world: World) -> None:
    await published(world, *FIRST)
    made = await tasks(world, 1)
    heads = {world.people[who].id: who for who in ("Bình", "Chánh", "Hùng")}
    assert [(one.task.point, heads[one.assignee_id]) for one in made] == [("1", "Bình"), ("2", "Chánh"), ("4", "Hùng")]
    assert "Việc theo từng điểm: 3" in await world.answer("Lan", "chidao 1")
    assert "Điểm 1:" in await world.answer("Bình", f"viec {made[0].number}")


async def test_a_successor_shows_what_goes_on_what_has_changed_and_what_is_asked_for_no_more(world: World) -> None:
    await published(world, *FIRST)
    later = TECHNOLOGY.replace("20/12/2026", "24/12/2026")
    card = await dropped(world, paper(later, OFFICE, NEW, REPLACES, number="60/SKHCN-VP"))
    assert "Văn bản thay thế chỉ đạo 1 (số 45/SKHCN-VP ngày 20/11/2026)." in card
    assert "• giữ nguyên, không giao lại: việc 2" in card
    assert "• có thay đổi: việc 1\n    1. thời hạn: trước ngày 20/12/2026 → trước ngày 24/12/2026\n• mới" in card
    assert "• mới: việc 3" in card
    assert "• không còn nêu, vẫn tiếp tục nếu đồng chí không dừng: 1\n    điểm 4: Phòng Kế hoạch" in card
    document, proposals = await kept(world)
    assert document.succeeds == 1
    assert [one.decided for one in proposals[:3]] == [Decided.OPEN, Decided.ALREADY_GIVEN, Decided.OPEN]
    assert "Thay đổi một việc của chỉ đạo 1" in await world.answer("Lan", "việc 1")


async def test_published_it_is_carried_over_and_everybody_concerned_is_told(world: World) -> None:
    await published(world, *FIRST)
    before = await tasks(world, 1)
    later = TECHNOLOGY.replace("20/12/2026", "24/12/2026")
    await dropped(world, paper(later, OFFICE, NEW, REPLACES, number="60/SKHCN-VP"))
    assert "sẽ dừng khi phát hành: 1" in await pressed(world, "Dừng việc cũ (1)")
    assert "Để việc cũ tiếp tục" in labels(world)
    await world.says("Lan", "nhận hết")
    shown = await world.answer("Lan", "các trưởng đơn vị")
    assert "Việc của chỉ đạo 1 (số 45/SKHCN-VP ngày 20/11/2026): tiếp tục 1; có thay đổi 1; sẽ dừng 1" in shown
    await world.presses("Lan", "Phát hành")
    await world.tick()
    after = {one.number: one for one in await tasks(world, 1)}
    first, second, third = (after[one.number] for one in before)
    assert first.deadline == Deadline(date(2026, 12, 24))
    assert "trước ngày 24/12/2026" in first.task.content
    assert (second.revision, second.deadline) == (before[1].revision, before[1].deadline)
    assert third.status is Status.STOPPED
    assert [one.assignee_id for one in await tasks(world, 2)] == [world.people["Hùng"].id]
    assert "thời hạn: chủ Nhật, 20/12/2026 → thứ Năm, 24/12/2026" in news(world, "Bình")
    assert news(world, "Chánh") == ""
    told = news(world, "Hùng")
    assert "tập huấn lưu trữ" in told
    assert "không tiếp tục thực hiện" in told
    shown = await world.answer("Lan", "chidao 2")
    assert "Thay thế chỉ đạo 1 (số 45/SKHCN-VP ngày 20/11/2026)." in shown
    assert "đã giao trước đây, tiếp tục thực hiện" in shown
    shown = await world.answer("Lan", "chidao 1")
    assert "Đã được thay thế bởi chỉ đạo 2 (số 60/SKHCN-VP ngày 20/11/2026)." in shown
    assert shown.count("tiếp tục theo chỉ đạo 2") == 2
    assert "không tiếp tục" in shown


async def test_the_same_number_again_doubles_nothing(world: World) -> None:
    await published(world, *FIRST)
    card = await dropped(world, paper(*FIRST))
    assert "Văn bản trùng số với chỉ đạo 1" in card
    assert "giữ nguyên, không giao lại: việc 1, 2, 3" in card
    await world.says("Lan", "tiếp")
    await world.says("Lan", "các trưởng đơn vị")
    await world.presses("Lan", "Phát hành")
    await world.tick()
    assert len(await tasks(world, 1, 2)) == 3
    assert news(world, "Bình") == ""


async def test_a_task_that_goes_on_and_is_changed_by_the_office_is_carried_over_too(world: World) -> None:
    await published(world, *FIRST)
    await dropped(world, paper(*FIRST))
    await world.says("Lan", "sửa 1 hạn 25/12/2026")
    assert (await proposal(world, 1)).decided is Decided.ACCEPTED
    await world.says("Lan", "tiếp")
    await world.says("Lan", "các trưởng đơn vị")
    await world.presses("Lan", "Phát hành")
    await world.tick()
    first, *_ = await tasks(world, 1)
    assert first.deadline == Deadline(date(2026, 12, 25))
    assert "→ thứ Sáu, 25/12/2026" in news(world, "Bình")


async def test_dropped_tasks_go_on_after_all_when_the_office_says_so(world: World) -> None:
    await published(world, *FIRST)
    await dropped(world, paper(TECHNOLOGY, OFFICE, REPLACES, number="60/SKHCN-VP"))
    await world.says("Lan", "dừng việc cũ")
    assert (await kept(world))[0].stops
    assert "vẫn tiếp tục nếu" in await world.answer("Lan", "giữ việc cũ")
    assert (await kept(world))[0].stops == ()


async def test_a_document_on_something_else_comes_after_nothing(world: World) -> None:
    await published(world, *FIRST)
    card = await dropped(world, paper(*LINES, number="61/SKHCN-VP"))
    assert "thay thế chỉ đạo" not in card
    assert (await kept(world))[0].succeeds is None
