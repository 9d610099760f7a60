"""The silent are asked again after so many working days, in office hours; then their unit head is told once."""

from asyncio import CancelledError
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from domain.directives import ask_at
from domain.messages import Incoming
from domain.rules import Rules
from scheduler import fan_out
from tests.broadcasts import planned, published, recipient
from tests.scheduler.test_fan_out import Dying, work_of
from tests.world import World, local, plain


async def asked_at(world: World, who: str, *instants: str) -> list[str]:
    """The instants at which somebody was asked, of those at which the ticks ran."""
    found = []
    for instant in instants:
        await world.at(instant)
        if any("xác nhận đã nhận văn bản" in out.text for out in world.hears_all(who)):
            found.append(instant)
    return found


async def test_the_silent_are_asked_after_one_and_three_working_days(world: World) -> None:
    # the 24th is a holiday of this calendar, the 28th and 29th are a weekend
    await published(world)
    days = [f"2026-{day} 08:00" for day in ("11-24", "11-25", "11-26", "11-27", "11-28", "11-30", "12-01", "12-02")]
    assert await asked_at(world, "Dung", *days) == ["2026-11-25 08:00", "2026-11-27 08:00"]


async def test_a_weekend_is_passed_over(world: World) -> None:
    await world.at("2026-12-04 15:00")  # a Friday
    await published(world)
    days = [f"2026-12-{day} 08:00" for day in ("05", "06", "07", "08", "09", "10")]
    assert await asked_at(world, "Dung", *days) == ["2026-12-07 08:00", "2026-12-09 08:00"]


async def test_nobody_is_asked_outside_office_hours(world: World) -> None:
    await published(world)
    times = [f"2026-11-25 {hour}" for hour in ("07:29", "07:30")]
    assert await asked_at(world, "Dung", *times) == ["2026-11-25 07:30"]


async def test_a_rung_that_an_outage_missed_is_not_made_up_for(world: World) -> None:
    await published(world)
    days = [f"2026-12-{day} 08:00" for day in ("07", "07", "08", "09")]
    assert await asked_at(world, "Dung", *days) == ["2026-12-07 08:00", "2026-12-08 08:00"]


async def test_whoever_has_acknowledged_is_not_asked(world: World) -> None:
    await published(world)
    await world.says("Dung", "đã nhận")
    assert await asked_at(world, "Dung", "2026-11-25 08:00", "2026-11-27 08:00") == []
    assert await asked_at(world, "Em", "2026-11-27 08:05") == ["2026-11-27 08:05"]


async def test_one_letter_asks_about_everything(world: World) -> None:
    first, second = await published(world), await published(world, text="13/KH-UBND ngày 21/11/2026 v/v số hóa hồ sơ")
    await world.at("2026-11-25 08:00")
    asked = world.hears("Dung")
    assert "rà soát thủ tục" in asked
    assert "số hóa hồ sơ" in asked
    await world.presses("Dung", f"Đã nhận {second}")
    await world.at("2026-11-27 08:00")
    world.hears_all("Lan")
    one, other = await recipient(world, first, "Dung"), await recipient(world, second, "Dung")
    assert one is not None
    assert other is not None
    assert (one.asks, other.asks) == (2, 1)


async def test_an_asking_letter_that_has_not_left_is_dropped_with_the_acknowledgement(world: World) -> None:
    await published(world)
    async with world.store.write() as uow:
        await uow.people.link(world.people["Dung"].id, "web", "dung", world.clock.now())
        # the chat is silent for a while: what is posted waits
        await uow.outbox.pause("telegram", world.address("Dung"), local("2026-11-25 08:00"), local("2026-11-25 08:10"))
    await world.at("2026-11-25 08:00")
    await world.receives(Incoming("web", "one", "dung", "Dung", "đã nhận"))
    world.clock.at = local("2026-11-25 08:20")
    await world.settle()
    assert "Đã ghi nhận" in plain(world.other.sent[-1][1].text)
    assert world.hears_all("Dung") == []


async def test_the_unit_head_is_told_once_with_the_names(world: World) -> None:
    await published(world)
    await world.says("Bình", "đã nhận")
    await world.says("Em", "đã nhận")
    await world.at("2026-11-25 08:00")
    await world.at("2026-11-27 08:00")
    world.hears_all("Bình")
    world.hears_all("Dung")
    await world.at("2026-11-30 08:00")
    told = world.hears("Bình")
    assert "chưa xác nhận" in told
    assert "• Phạm Thị Dung" in told
    assert "Hoàng Văn Em" not in told
    await world.presses("Bình", "Đơn vị đã quán triệt")
    assert "1 người" in plain(world.last("Bình").text)
    world.hears_all("Bình")
    for day in ("2026-12-01", "2026-12-02", "2026-12-07"):
        await world.at(f"{day} 08:00")
    assert not any("đã được nhắc lại" in out.text for out in world.hears_all("Bình"))
    assert not any("xác nhận đã nhận văn bản" in out.text for out in world.hears_all("Dung"))


async def test_the_office_is_told_of_a_head_and_of_a_unit_without_one(world: World) -> None:
    await published(world, to="Trần Văn Bình, Bùi Văn Minh")
    for day in ("25", "27"):
        await world.at(f"2026-11-{day} 08:00")
    world.hears_all("Lan")
    await world.at("2026-11-30 08:00")
    (told,) = [plain(out.text) for out in world.hears_all("Lan") if "đã được nhắc lại" in out.text]
    assert "Trần Văn Bình, Bùi Văn Minh" in told
    assert "quan triet" not in told


async def test_where_the_head_cannot_be_reached_the_office_is_told(world: World) -> None:
    async with world.store.write() as uow:
        await uow.people.unreachable("telegram", world.address("Bình"), world.clock.now())
    await published(world, to="Phạm Thị Dung")
    for day in ("25", "27", "30"):
        await world.at(f"2026-11-{day} 08:00")
    assert any("• Phạm Thị Dung" in plain(out.text) for out in world.hears_all("Lan"))


async def test_asked_by_hand_after_the_head_was_told_nobody_is_told_again(world: World) -> None:
    number = await published(world, to="Phạm Thị Dung")
    for day in ("25", "27", "30"):
        await world.at(f"2026-11-{day} 08:00")
    await world.says("Lan", f"chidao {number} nhac")
    world.hears_all("Dung")
    world.hears_all("Bình")
    await world.tick()
    assert "xác nhận đã nhận văn bản" in world.hears("Dung")
    for day in ("01", "02", "03", "07"):
        await world.at(f"2026-12-{day} 08:00")
    assert world.hears_all("Dung") == []
    assert not any("đã được nhắc lại" in out.text for out in world.hears_all("Bình"))


@pytest.mark.parametrize(
    ("again", "asks", "when"),
    [((1, 3), 0, "2026-11-25"), ((1, 3), 1, "2026-11-27"), ((1, 3), 2, "2026-11-30"), ((2,), 1, "2026-11-27")],
)
async def test_the_days_are_counted_from_the_sending(
    world: World, again: tuple[int, ...], asks: int, when: str
) -> None:
    async with world.store.read() as uow:
        calendar = await uow.calendar()
    sent = local("2026-11-23 09:00")
    rules = replace(Rules(), ask_again=again)
    assert ask_at(sent, asks, sent, rules, calendar) == local(f"{when} 07:30")


async def test_where_nobody_is_to_be_asked_nobody_is(world: World) -> None:
    async with world.store.read() as uow:
        calendar = await uow.calendar()
    now: datetime = world.clock.now()
    assert ask_at(now, 0, now, replace(Rules(), ask_again=()), calendar) is None


async def test_whoever_is_on_leave_is_asked_when_they_are_back(world: World) -> None:
    await published(world, to="Phạm Thị Dung")
    await world.says("Dung", "/nghi 25/11 đến 30/11 thay bằng Em")
    days = [f"2026-{day} 08:00" for day in ("11-25", "11-27", "11-30", "12-01", "12-02")]
    assert await asked_at(world, "Dung", *days) == ["2026-12-01 08:00", "2026-12-02 08:00"]
    assert not any("đã được nhắc lại" in out.text for out in world.hears_all("Bình"))


async def test_nobody_is_asked_about_what_was_called_off(world: World) -> None:
    number = await planned(world)
    with pytest.raises(CancelledError):
        await fan_out.fan_out(work_of(world, Dying(world.store, 1, after=True)), world.clock.now())
    await world.says("Lan", f"chidao {number} huy")
    assert await asked_at(world, "Dung", "2026-11-25 08:00", "2026-11-27 08:00") == []


async def test_the_list_proves_who_has_acknowledged(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Khánh"].id)
        await uow.people.unlink(account.id)
    number = await published(world, to="Phòng Quản lý Công nghệ, Phòng Kế hoạch - Tài chính")
    await world.says("Dung", "đã nhận")
    await world.says("Hùng", f"quán triệt {number}")
    async with world.store.write() as uow:
        code = await uow.people.invite(world.people["Khánh"].id, world.clock.now())
    assert code
    await world.answer("Lan", f"chidao {number} xlsx")
    await world.tick()
    (file,) = world.last("Lan").files
    assert file.name == f"Xác nhận chỉ đạo {number}.xlsx"
    book = load_workbook(BytesIO(await world.files.open(file)))
    people, units = book.worksheets
    assert people["A2"].value == f"Chỉ đạo {number} (số 12/KH-UBND ngày 20/11/2026): rà soát thủ tục hành chính"
    rows = [[cell.value for cell in row] for row in people.iter_rows(min_row=7)]
    state = {row[1]: (row[6], row[8]) for row in rows}
    assert state["Phạm Thị Dung"] == ("đã nhận", None)
    assert state["Hoàng Văn Em"] == ("chưa xác nhận", None)
    assert state["Đỗ Thị Khánh"] == ("đã quán triệt (trưởng đơn vị xác nhận)", "Vũ Mạnh Hùng")
    assert [[cell.value for cell in row] for row in units.iter_rows(min_row=7)] == [
        ["Phòng Kế hoạch - Tài chính", 2, 2, 0, 0],
        ["Phòng Quản lý Công nghệ", 3, 1, 2, 0],
    ]


async def test_who_stands_in_for_the_unit_head_is_told_of_the_silent(world: World) -> None:
    await published(world)
    await world.says("Bình", "/nghi 26/11 đến 4/12 thay bằng Hoàng Văn Em")
    await world.says("Em", "đã nhận")
    for day in ("25", "27", "30"):
        for who in ("Em", "Bình"):
            world.hears_all(who)
        await world.at(f"2026-11-{day} 08:00")
    told = [plain(out.text) for out in world.hears_all("Em") if "chưa xác nhận:" in out.text]
    assert len(told) == 1
    assert "thay đồng chí Trần Văn Bình" in told[0]
    assert "Phạm Thị Dung" in told[0]
    assert "quan triet 1" in told[0]
    assert not any("chưa xác nhận:" in out.text for out in world.hears_all("Bình"))
