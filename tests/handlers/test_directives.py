"""Directives that have gone out, in talk: acknowledged, looked at, attested, asked for again."""

import io

import openpyxl
import pytest

from domain.channel import Unavailable
from tests.broadcasts import TYPED, counts, planned, published, recipient
from tests.world import World, plain


async def test_a_press_acknowledges_and_a_second_one_changes_nothing(world: World) -> None:
    number = await published(world)
    await world.presses("Dung", "Đã nhận")
    assert f"Đã ghi nhận: đồng chí đã nhận chỉ đạo {number}" in world.hears("Dung")
    first = await recipient(world, number, "Dung")
    world.clock.move(hours=1)
    assert "Không có gì thay đổi" in await world.answer("Dung", f"chidao {number} nhan")
    assert await recipient(world, number, "Dung") == first
    assert (await counts(world, number)).acknowledged == 2


@pytest.mark.parametrize(
    "typed",
    [
        "đã nhận chỉ đạo 1",
        "nhan chi dao 1",
        "Dạ em đã nhận được chỉ đạo số 1 ạ",
        "/nhanchidao 1",
        "chidao 1 đã nhận",
        "/chidao 1 nhan",
        "đã nhận văn bản 1",
        "đã nhận",
    ],
)
async def test_acknowledging_is_typed_as_people_type(world: World, typed: str) -> None:
    number = await published(world)
    assert "Đã ghi nhận" in await world.answer("Dung", typed)
    assert (await counts(world, number)).acknowledged == 2


async def test_a_question_is_no_acknowledgement(world: World) -> None:
    number = await published(world)
    await world.says("Dung", "đã nhận chỉ đạo 1 chưa?")
    assert (await counts(world, number)).acknowledged == 1


async def test_a_plain_received_asks_where_a_task_waits_too(world: World) -> None:
    number = await published(world)
    task = await world.assigned("Dung")
    answer = await world.answer("Dung", "đã nhận")
    assert f"chỉ đạo {number}" in answer.lower()
    assert (await counts(world, number)).acknowledged == 1
    labels = [button.says for row in world.last("Dung").buttons for button in row]
    assert f"chidao {number} nhan" in labels
    assert any(says.startswith(f"nhan {task}") for says in labels)


async def test_several_that_wait_are_offered(world: World) -> None:
    await published(world)
    await published(world)
    await world.says("Dung", "đã nhận")
    await world.presses("Dung", "Đã nhận 2")
    assert "Đã ghi nhận: đồng chí đã nhận chỉ đạo 2" in plain(world.last("Dung").text)


async def test_the_office_sees_by_unit_who_is_silent(world: World) -> None:
    number = await published(world)
    await world.says("Dung", "đã nhận")
    shown = await world.answer("Lan", f"/chidao {number}")
    assert "đã gửi 10/10 · đã nhận 2 · không liên lạc được 0" in shown
    (unit,) = [line for line in shown.splitlines() if line.startswith("• Phòng Quản lý Công nghệ")]
    assert unit == "• Phòng Quản lý Công nghệ: 1/3; chưa xác nhận: Trần Văn Bình, Hoàng Văn Em"
    assert "Chưa xác nhận: 8" in shown


async def test_whoever_published_it_knows_it(world: World) -> None:
    number = await published(world, to="Văn phòng Sở")
    shown = await world.answer("Lan", f"/chidao {number}")
    assert "đã nhận 1 ·" in shown
    assert "• Văn phòng Sở: 1/3; chưa xác nhận: Lê Quang Chánh, Cao Văn Quản" in shown
    assert "Đồng chí đã xác nhận đã nhận" in shown
    await world.presses("Lan", "Danh sách (XLSX)")
    await world.tick()
    (file,) = world.last("Lan").files
    people, units = openpyxl.load_workbook(io.BytesIO(await world.files.open(file))).worksheets
    rows = [list(row) for row in people.iter_rows(values_only=True)]
    (lan,) = [row for row in rows if "Nguyễn Thị Lan" in row]
    assert "đã nhận" in lan
    (office,) = [list(row) for row in units.iter_rows(values_only=True) if row[0] == "Văn phòng Sở"]
    assert office == ["Văn phòng Sở", 3, 1, 2, 0]


async def test_what_is_withdrawn_before_it_has_arrived_leaves_nobody_who_knows_it(world: World) -> None:
    world.channel.errors = [Unavailable("away") for _ in range(40)]
    number = await planned(world)
    await world.tick()
    await world.says("Lan", f"chidao {number} huy")
    assert (await counts(world, number)).posted == 0


async def test_a_recipient_sees_the_text_and_their_own_state_alone(world: World) -> None:
    body = "Kính gửi các phòng.\nĐề nghị rà soát thủ tục hành chính.\nTrân trọng."
    for answer in (f"/chidao {body}", "12/SKHCN-VP", "20/11/2026", "Rà soát thủ tục", "tất cả", "đồng ý"):
        await world.says("Lan", answer)
    await world.tick()
    assert "Đề nghị rà soát" in world.hears("Dung")
    shown = await world.answer("Dung", "chỉ đạo 1")
    assert body in shown
    assert "Đồng chí chưa xác nhận đã nhận." in shown
    assert "Trần Văn Bình" not in shown


async def test_a_unit_head_sees_the_own_unit_alone(world: World) -> None:
    number = await published(world)
    shown = await world.answer("Bình", f"chidao {number}")
    assert "Phòng Quản lý Công nghệ: 0/3" in shown
    assert "Phòng Kế hoạch" not in shown


async def test_who_has_nothing_to_do_with_it_is_not_told_that_it_exists(world: World) -> None:
    number = await published(world, to="Phòng Quản lý Công nghệ")
    for command in (f"chidao {number}", f"chidao {number} nhan", f"nhanchidao {number}"):
        answer = await world.answer("Khánh", command)
        assert answer == (await world.answer("Khánh", command.replace(str(number), "999"))).replace("999", str(number))
    assert "Không có chỉ đạo" in await world.answer("Hùng", f"quán triệt {number}")


async def test_a_unit_head_attests_for_the_unit_and_nobody_of_it_is_asked(world: World) -> None:
    number = await published(world)
    await world.says("Dung", "đã nhận")
    answer = await world.answer("Bình", "đã quán triệt chỉ đạo 1")
    assert "Phòng Quản lý Công nghệ đã quán triệt chỉ đạo 1" in answer
    assert "2 người" in answer
    em, dung = await recipient(world, number, "Em"), await recipient(world, number, "Dung")
    assert em is not None
    assert dung is not None
    assert em.acknowledged_by == world.people["Bình"].id
    # whoever has said so themselves has said so themselves
    assert dung.acknowledged_by == world.people["Dung"].id
    assert "Trần Văn Bình xác nhận đã quán triệt" in await world.answer("Em", "chidao 1")
    world.hears_all("Em")
    await world.at("2026-11-25 08:00")
    assert world.hears_all("Em") == []
    assert "chưa xác nhận" not in await world.answer("Bình", "chidao 1")
    assert "Không có gì thay đổi" in await world.answer("Bình", "quantriet 1")


@pytest.mark.parametrize("who", ["Dung", "Lan", "Hải"])
async def test_only_a_unit_head_attests(world: World, who: str) -> None:
    number = await published(world)
    for typed in (f"chidao {number} quantriet", f"/quantriet {number}"):
        assert "không thuộc quyền" in await world.answer(who, typed)
    assert (await counts(world, number)).acknowledged == 1


async def test_the_office_asks_the_silent_at_once(world: World) -> None:
    number = await published(world)
    await world.says("Dung", "đã nhận")
    world.hears_all("Dung")
    await world.says("Lan", f"chidao {number}")
    await world.presses("Lan", "Nhắc người chưa xác nhận")
    assert "8 người" in plain(world.last("Lan").text)
    await world.tick()
    assert "xác nhận đã nhận văn bản" in world.hears("Em")
    assert world.hears_all("Dung") == []


async def test_what_the_office_may_do_others_may_not(world: World) -> None:
    number = await published(world)
    for verb in ("nhac", "huy", "xlsx"):
        assert "không thuộc quyền" in await world.answer("Bình", f"chidao {number} {verb}")


async def test_a_late_acknowledgement_counts(world: World) -> None:
    number = await published(world)
    await world.at("2026-12-30 09:00")
    await world.presses("Dung", "Đã nhận", of=world.last("Dung"))
    assert (await counts(world, number)).acknowledged == 2


async def test_whoever_connects_later_is_asked_about_what_was_missed(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
        await uow.people.unlink(account.id)
    number = await published(world)
    assert (await counts(world, number)).unreachable == 1
    async with world.store.write() as uow:
        code = await uow.people.invite(world.people["Dung"].id, world.clock.now())
    await world.says("Dung", code)
    world.hears_all("Dung")
    await world.tick()
    assert "rà soát thủ tục" in world.hears("Dung")
    assert (await counts(world, number)).unreachable == 0


async def test_whoever_connects_later_gets_the_document_itself_and_then_has_as_long_as_others(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
        await uow.people.unlink(account.id)
    await world.sends_file("Lan", "45.txt", TYPED.encode(), "/chidao")
    await world.says("Lan", "tất cả")
    await world.presses("Lan", "Phát hành")
    await world.tick()
    # the 3rd of December is a Thursday
    await world.at("2026-12-03 09:00")
    async with world.store.write() as uow:
        code = await uow.people.invite(world.people["Dung"].id, world.clock.now())
    await world.says("Dung", code)
    world.hears_all("Dung")
    await world.tick()
    assert [file.name for file in world.last("Dung").files] == ["45.txt"]
    assert "tiếp nhận và thực hiện" in world.hears("Dung")
    await world.at("2026-12-03 09:05")
    one = await recipient(world, 1, "Dung")
    assert one is not None
    assert (one.delivered_at is not None, one.unreachable, one.asks) == (True, False, 0)
    assert world.hears_all("Dung") == []
    await world.at("2026-12-04 08:00")
    assert "xác nhận đã nhận văn bản" in world.hears("Dung")


async def test_who_stands_in_for_a_unit_head_attests_for_those_who_are_there(world: World) -> None:
    number = await published(world)
    assert "không thuộc quyền" in await world.answer("Em", f"quantriet {number}")
    await world.says("Bình", "/nghi 25/11 đến 30/11 thay bằng Hoàng Văn Em")
    await world.at("2026-11-25 09:00")
    world.hears_all("Em")
    assert "Phòng Quản lý Công nghệ: 0/3" in await world.answer("Em", f"chidao {number}")
    await world.presses("Em", "Đơn vị đã quán triệt")
    assert "2 người" in world.hears("Em")
    found = {who: await recipient(world, number, who) for who in ("Bình", "Dung", "Khánh")}
    by = {who: one.acknowledged_by for who, one in found.items() if one}
    assert by == {"Bình": None, "Dung": world.people["Em"].id, "Khánh": None}


async def test_without_a_number_a_recipient_sees_what_waits(world: World) -> None:
    await published(world)
    assert "rà soát thủ tục" in await world.answer("Dung", "/chidao")
    assert "chưa xác nhận" in plain(world.last("Dung").text)
    assert "Chưa có chỉ đạo nào" not in plain(world.last("Dung").text)
