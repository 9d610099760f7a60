"""Names and phrases of a document in the agency's own terms, as the Office meets them in the talk."""

from domain.decisions import Wait
from domain.proposals import Decided
from domain.series import Every
from tests.cast import CENTRE, OFFICE, PLANNING, TECHNOLOGY
from tests.handlers.proposals import dropped, kept, labels, paper, pressed
from tests.world import World


async def leads(world: World) -> list[list[str]]:
    """Who leads each proposal, by name."""
    async with world.store.read() as uow:
        agency = await uow.agency()
    proposals = (await kept(world))[1]
    units = [[agency.units[unit].name for unit in one.lead.units] for one in proposals]
    people = [[agency.people[person].name for person in one.lead.people] for one in proposals]
    return [found + named for found, named in zip(units, people, strict=True)]


async def test_groups_heads_and_short_names_are_known_and_others_are_set_aside(world: World) -> None:
    lines = (
        "1. Các phòng, đơn vị thuộc Sở tự kiểm tra hồ sơ trước ngày 20/12/2026.",
        "2. Trung tâm CNTT cập nhật dữ liệu trước ngày 20/12/2026.",
        "3. Trưởng phòng Quản lý Công nghệ phân công người làm trước ngày 20/12/2026.",
        "4. Sở Tài chính bố trí kinh phí trước ngày 20/12/2026.",
    )
    card = await dropped(world, paper(*lines))
    assert "Nhiệm vụ: 3" in card
    assert "bỏ 1" in card
    assert await leads(world) == [[OFFICE, TECHNOLOGY, PLANNING, CENTRE], [CENTRE], [TECHNOLOGY], []]
    other = (await kept(world))[1][3]
    assert (other.decided, other.reason) == (Decided.LEFT_OUT, "việc của cơ quan khác: Sở Tài chính")
    # it is no dead end: whoever sees it otherwise gives it all the same
    await world.says("Lan", "sửa 4 giao Phòng Kế hoạch - Tài chính")
    await world.says("Lan", "nhận 4")
    assert (await leads(world))[3] == [PLANNING]
    assert (await kept(world))[1][3].decided is Decided.ACCEPTED


async def test_phrases_of_time_become_rules_and_clocks(world: World) -> None:
    wait = "trong 05 ngày làm việc kể từ ngày có quyết định công bố của Bộ"
    lines = (
        f"1. Văn phòng Sở trình danh mục {wait}.",
        "2. Phòng Kế hoạch - Tài chính báo cáo kết quả giải ngân trước ngày 20 hằng tháng.",
    )
    await dropped(world, paper(*lines))
    first, second = (await kept(world))[1]
    assert first.when == Wait(wait, 5, working=True)
    assert second.when == (Every("FREQ=MONTHLY;BYMONTHDAY=20", "trước ngày 20 hằng tháng"),)


async def test_a_name_is_asked_for_once_and_remembered(world: World) -> None:
    lines = [f"{at}. Tổ Chuyển đổi số nội bộ hướng dẫn nhóm {at} trước ngày 20/12/2026." for at in (1, 2)]
    await dropped(world, paper(*lines))
    assert await leads(world) == [[], []]
    await world.says("Lan", "nhận hết")
    assert "Gửi tới ai?" in await world.answer("Lan", "Trung tâm CNTT")
    assert await leads(world) == [[CENTRE], [CENTRE]]
    await world.says("Lan", "hủy")
    await dropped(world, paper(lines[0], number="46/SKHCN-VP"))
    assert await leads(world) == [[CENTRE]]


async def test_a_doubt_offers_who_could_be_meant_and_is_not_taken_for_certain(world: World) -> None:
    await dropped(world, paper("1. Phòng Công nghệ lập danh mục trước ngày 20/12/2026."))
    assert await leads(world) == [[]]
    await world.says("Lan", "nhận hết")
    assert labels(world)[0] == TECHNOLOGY
    assert "Gửi tới ai?" in await pressed(world, TECHNOLOGY)
    assert await leads(world) == [[TECHNOLOGY]]


async def test_several_are_typed_in_one_line_as_they_are_called(world: World) -> None:
    await dropped(world, paper("1. Văn phòng Sở lập danh mục trước ngày 20/12/2026."))
    await world.says("Lan", "sửa 1 giao các phòng chuyên môn và đ/c Minh")
    assert await leads(world) == [[TECHNOLOGY, PLANNING, "Bùi Văn Minh"]]
    assert "Không có cán bộ hoặc đơn vị nào tên" in await world.answer("Lan", "sửa 1 giao Văn phòng, Phòng Lạ Hoắc")
    assert await leads(world) == [[TECHNOLOGY, PLANNING, "Bùi Văn Minh"]]


async def test_whoever_is_certain_is_offered_together_with_whoever_is_not(world: World) -> None:
    await dropped(world, paper("1. Văn phòng Sở và Phòng Công nghệ lập danh mục trước ngày 20/12/2026."))
    await world.says("Lan", "nhận hết")
    assert labels(world)[0].startswith(f"{OFFICE}, Phòng Quản lý")
    await pressed(world, labels(world)[0])
    assert await leads(world) == [[OFFICE, TECHNOLOGY]]


async def test_a_person_whose_name_has_a_slip_is_offered(world: World) -> None:
    await dropped(world, paper("1. Đồng chí Trần Văn Binh lập danh mục trước ngày 20/12/2026."))
    await world.says("Lan", "nhận hết")
    assert labels(world)[0] == "Trần Văn Bình"
    await pressed(world, "Trần Văn Bình")
    assert await leads(world) == [["Trần Văn Bình"]]
