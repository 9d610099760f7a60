"""Leave: who stands in and when, where letters go in that time, and what the stand-in may do."""

from datetime import date

import pytest
from sqlalchemy import update

from domain.absences import Absence
from domain.channel import Unreachable
from domain.messages import Incoming
from domain.tasks import Status
from storage.codecs import table
from storage.models import AccountRow, PersonRow
from tests.world import World, local, plain

account, person = table(AccountRow), table(PersonRow)


async def absences(world: World) -> list[Absence]:
    async with world.store.read() as uow:
        return await uow.absences.all()


async def nowhere(world: World, who: str) -> None:
    """Nothing reaches somebody any more."""
    async with world.store.write() as uow:
        gone = update(account).where(account.c.person_id == world.people[who].id)
        await uow.connection.execute(gone.values(unreachable_since=world.clock.now()))


async def test_leave_is_noted_and_the_stand_in_the_head_and_the_office_are_told(world: World) -> None:
    await world.assigned("Dung", what="Báo cáo quý IV")
    answer = await world.answer("Dung", "/nghi 24/11 đến 28/11 thay bằng Hoàng Văn Em")
    assert "Đã ghi nhận lịch nghỉ" in answer
    assert "thứ Ba, 24/11/2026 đến thứ Bảy, 28/11/2026" in answer
    letter = world.hears("Em")
    assert "thay đồng chí Phạm Thị Dung" in letter
    assert "Báo cáo quý IV" in letter
    assert "Phạm Thị Dung" in world.hears("Bình")
    assert "Phạm Thị Dung" in world.hears("Lan")
    (one,) = await absences(world)
    assert (one.from_on, one.until_on) == (date(2026, 11, 24), date(2026, 11, 28))
    assert one.stand_in_id == world.people["Em"].id


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("xin nghỉ từ 24/11 đến hết 28/11 thay bằng Em", date(2026, 11, 24), date(2026, 11, 28)),
        ("nghi 24 den 28/11 thay bang em", date(2026, 11, 24), date(2026, 11, 28)),
        ("/nghi 24/11-28/11 thay bằng đ/c Hoàng Văn Em", date(2026, 11, 24), date(2026, 11, 28)),
        ("/nghi 24-28/11, thay bằng Em", date(2026, 11, 24), date(2026, 11, 28)),
        ("em xin nghỉ chiều nay, người thay: Hoàng Văn Em", date(2026, 11, 23), date(2026, 11, 23)),
        ("nghỉ phép ngày mai thay bằng Em", date(2026, 11, 24), date(2026, 11, 24)),
        ("/nghi thứ hai tuần sau đến thứ sáu thay bằng Em", date(2026, 11, 30), date(2026, 12, 4)),
        ("nghỉ tuần sau thay bằng Em", date(2026, 11, 30), date(2026, 12, 4)),
        ("/nghi 26/11 đi khám bệnh thay bằng Em", date(2026, 11, 26), date(2026, 11, 26)),
    ],
)
async def test_days_are_understood_as_people_write_them(world: World, typed: str, first: date, last: date) -> None:
    assert "Đã ghi nhận" in await world.answer("Dung", typed)
    (one,) = await absences(world)
    assert (one.from_on, one.until_on) == (first, last)


async def test_who_stands_in_is_asked_for_and_may_be_nobody(world: World) -> None:
    assert "Ai làm thay?" in await world.answer("Dung", "/nghi 24/11 đến 28/11")
    assert {b.label for row in world.last("Dung").buttons for b in row} == {
        "Trần Văn Bình",
        "Hoàng Văn Em",
        "Không có người thay",
    }
    assert "Không có cán bộ hoặc đơn vị nào" in await world.answer("Dung", "Zzz Qqq")
    assert "Không có người thay" in await world.answer("Dung", "không")
    assert "người thay: không ai" in world.hears("Lan")
    number = await world.assigned("Dung", due="27/11")
    await world.at("2026-11-26 07:31")
    assert f"{number}." in world.hears("Dung")


async def test_the_stand_in_is_chosen_with_a_button(world: World) -> None:
    await world.says("Dung", "/nghi 24/11 đến 28/11")
    await world.presses("Dung", "Hoàng Văn Em")
    (one,) = await absences(world)
    assert one.stand_in_id == world.people["Em"].id


async def test_reminders_go_to_the_stand_in_in_one_letter_and_back_by_themselves(world: World) -> None:
    theirs = await world.assigned("Dung", due="27/11", what="Báo cáo quý IV")
    own = await world.assigned("Em", due="27/11", what="Rà soát thủ tục")
    await world.says("Dung", "/nghi 25/11 đến 28/11 thay bằng Em")
    world.hears_all("Em")
    world.hears_all("Dung")
    await world.at("2026-11-26 07:31")
    letter = world.hears("Em")
    assert f"{theirs}. Báo cáo quý IV" in letter
    assert f"{own}. Rà soát thủ tục" in letter
    assert letter.count("thay đồng chí Phạm Thị Dung") == 1
    assert world.hears_all("Dung") == []
    await world.at("2026-11-30 07:31")
    assert f"{theirs}. Báo cáo quý IV" in world.hears("Dung")
    assert "Báo cáo quý IV" not in world.hears("Em")


async def test_where_the_stand_in_cannot_be_reached_the_person_is_reminded(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", "/nghi 25/11 đến 28/11 thay bằng Em")
    world.hears_all("Dung")
    await nowhere(world, "Em")
    await world.at("2026-11-26 07:31")
    assert f"{number}." in world.hears("Dung")


async def test_the_stand_in_sees_reports_and_claims_and_the_log_names_them(world: World) -> None:
    number = await world.assigned("Dung")
    assert "Không có nhiệm vụ số" in await world.answer("Em", f"nhận {number}")
    await world.says("Dung", "/nghi hôm nay đến 28/11 thay bằng Em")
    assert "tiếp nhận nhiệm vụ" in await world.answer("Em", f"nhận {number}")
    assert "đạt 60%" in await world.answer("Em", f"tiến độ {number} 60")
    world.hears_all("Bình")
    assert "hoàn thành" in await world.answer("Em", f"xong {number}")
    assert "Hoàng Văn Em (thay đồng chí Phạm Thị Dung)" in world.hears("Bình")
    assert "Hoàng Văn Em: báo hoàn thành" in await world.answer("Dung", f"viec {number}")
    await world.says("Bình", f"xác nhận {number}")
    assert "Đồng chí đang thay đồng chí Phạm Thị Dung" in plain(world.last("Em").text)
    assert (await world.task(number)).status is Status.DONE


async def test_after_the_last_day_the_stand_in_may_nothing_more(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", "/nghi hôm nay đến mai thay bằng Em")
    world.clock.at = local("2026-11-24 23:00")
    assert "tiếp nhận" in await world.answer("Em", f"nhận {number}")
    world.clock.at = local("2026-11-25 07:00")
    assert "Không có nhiệm vụ số" in await world.answer("Em", f"tiến độ {number} 60")


async def test_a_new_task_goes_to_the_stand_in(world: World) -> None:
    await world.says("Dung", "/nghi hôm nay đến 28/11 thay bằng Em")
    world.hears_all("Em")
    await world.says("Lan", "giao Phạm Thị Dung; 27/11; Báo cáo quý IV")
    await world.presses("Lan", "Giao việc")
    assert "Đồng chí đang thay đồng chí Phạm Thị Dung" in (letter := world.hears("Em"))
    assert "Báo cáo quý IV" in letter
    await world.presses("Em", "Đã nhận")
    assert "tiếp nhận nhiệm vụ" in plain(world.last("Em").text)


async def test_who_stands_in_for_a_confirmer_gets_the_letter_and_confirms_but_never_their_own(world: World) -> None:
    await world.says("Bình", "/nghi hôm nay đến 28/11 thay bằng Em")
    assert "xác nhận hoặc trả lại" in world.hears("Em")
    theirs, own = await world.assigned("Dung"), await world.assigned("Em")
    world.hears_all("Em")
    await world.says("Dung", f"xong {theirs}")
    assert "Đồng chí đang thay đồng chí Trần Văn Bình" in world.hears("Em")
    await world.presses("Em", "Xác nhận")
    assert (await world.task(theirs)).status is Status.DONE
    await world.says("Em", f"xong {own}")
    assert "Không tự xác nhận" in await world.answer("Em", f"xác nhận {own}")
    assert (await world.task(own)).status is Status.AWAITING


async def test_a_head_who_stands_in_does_not_confirm_what_they_claimed_for_another(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", "/nghi hôm nay đến 28/11 thay bằng Bình")
    world.hears_all("Lan")
    assert "Nguyễn Thị Lan" in await world.answer("Bình", f"xong {number}")
    assert "thay đồng chí Phạm Thị Dung" in world.hears("Lan")
    assert "Không tự xác nhận" in await world.answer("Bình", f"xác nhận {number}")
    await world.presses("Lan", "Xác nhận")
    assert (await world.task(number)).status is Status.DONE


async def test_what_the_stand_in_of_a_head_claims_goes_to_the_office(world: World) -> None:
    own, other = await world.assigned("Em"), await world.assigned("Em")
    await world.says("Bình", "/nghi hôm nay đến 28/11 thay bằng Em")
    world.hears_all("Lan")
    assert "Nguyễn Thị Lan" in await world.answer("Em", f"xong {own}")
    assert "báo hoàn thành" in world.hears("Lan")
    # what is only for information reaches the head, and not whoever has just said it
    world.hears_all("Bình")
    await world.answer("Em", f"vuongmac {other} chưa có kinh phí")
    assert "Để đồng chí biết" in world.hears("Bình")
    await world.says("Lan", f"xacnhan {own}")
    assert (await world.task(own)).status is Status.DONE


async def test_where_nobody_else_confirms_the_head_who_is_away_is_asked(world: World) -> None:
    async with world.store.write() as uow:
        others = person.c.name.in_([world.people[who].name for who in ("Lan", "Hải")])
        await uow.connection.execute(update(person).where(others).values(left_at=world.clock.now()))
        await uow.roster_changed()
    await world.says("Bình", "giao Hoàng Văn Em; 5 ngày làm việc; Báo cáo quý IV")
    await world.presses("Bình", "Giao việc")
    await world.says("Bình", "/nghi hôm nay đến 28/11 thay bằng Em")
    world.hears_all("Bình")
    await world.says("Em", "xong 1")
    assert "báo hoàn thành" in world.hears("Bình")
    await world.presses("Bình", "Xác nhận")
    assert (await world.task(1)).status is Status.DONE


async def test_there_are_no_chains_and_the_refusal_names_them(world: World) -> None:
    await world.says("Em", "/nghi 26/11 thay bằng Bình")
    answer = await world.answer("Dung", "/nghi 24/11 đến 28/11 thay bằng Em")
    assert "Hoàng Văn Em cũng nghỉ trong thời gian đó: thứ Năm, 26/11/2026" in answer
    assert "Đã ghi nhận" in await world.answer("Dung", "Bình")
    answer = await world.answer("Bình", "/nghi 25/11 thay bằng Khánh")
    assert "thay đồng chí Phạm Thị Dung" in answer
    assert "đã có lịch nghỉ" in await world.answer("Dung", "/nghi 27/11 thay bằng Khánh")
    assert "không tự thay mình" in await world.answer("Khánh", "/nghi 27/11 thay bằng Khánh")
    assert len(await absences(world)) == 2


async def test_days_in_the_wrong_order_or_in_the_past_are_refused(world: World) -> None:
    assert "ngày cuối trước ngày đầu" in await world.answer("Dung", "/nghi 28/11/2026 đến 24/11/2026 thay bằng Em")
    assert "đã qua" in await world.answer("Dung", "/nghi 20/11/2026 đến 24/11/2026 thay bằng Em")
    assert await absences(world) == []


async def test_a_head_and_the_office_note_it_for_others_and_nobody_else_does(world: World) -> None:
    assert "Đã ghi nhận" in await world.answer("Bình", "/nghi Phạm Thị Dung 24/11 đến 28/11 thay bằng Hoàng Văn Em")
    assert "Trần Văn Bình đã báo lịch nghỉ của đồng chí" in world.hears("Dung")
    assert "do chính đồng chí ấy, trưởng đơn vị hoặc Văn phòng" in await world.answer(
        "Bình", "/nghi Đỗ Thị Khánh 24/11 thay bằng Em"
    )
    assert "do chính đồng chí ấy" in await world.answer("Em", "/nghi Phạm Thị Dung 1/12 thay bằng Em")
    assert "Đã ghi nhận" in await world.answer("Lan", "/nghi Đỗ Thị Khánh 24/11 thay bằng Hùng")


async def test_the_list_shows_what_concerns_its_reader(world: World) -> None:
    assert "chưa có ai báo nghỉ" in await world.answer("Dung", "/nghi")
    await world.says("Dung", "/nghi 24/11 đến 28/11 thay bằng Em")
    await world.says("Khánh", "/nghi 25/11 thay bằng Hùng")
    for who in ("Dung", "Em", "Bình", "Lan", "Hải"):
        assert "Phạm Thị Dung" in await world.answer(who, "/nghi"), who
    for who in ("Dung", "Em", "Bình"):
        assert "Khánh" not in await world.answer(who, "nghỉ"), who
    assert "Khánh" in await world.answer("Lan", "/nghi")
    world.clock.at = local("2026-11-29 08:00")
    assert "chưa có ai báo nghỉ" in await world.answer("Lan", "/nghi")


async def test_leave_is_called_off_and_those_concerned_hear_of_it(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", "/nghi 25/11 đến 28/11 thay bằng Em")
    for who in ("Dung", "Em", "Bình", "Lan"):
        world.hears_all(who)
    assert "Đã hủy lịch nghỉ" in await world.answer("Dung", "/nghi huy")
    for who in ("Em", "Bình", "Lan"):
        assert "đã hủy lịch nghỉ" in world.hears(who)
    await world.at("2026-11-26 07:31")
    assert f"{number}." in world.hears("Dung")
    assert "Không có lịch nghỉ này" in await world.answer("Dung", "/nghi huy")


async def test_nobody_calls_off_the_leave_of_others(world: World) -> None:
    await world.says("Dung", "/nghi 25/11 đến 28/11 thay bằng Em")
    (one,) = await absences(world)
    assert "Không có lịch nghỉ này" in await world.answer("Em", f"/nghi huy {one.id}")
    assert "Không có lịch nghỉ này" in await world.answer("Khánh", "/nghi huy")
    await world.receives(Incoming("telegram", "press", world.address("Bình"), "Bình", action=f"nghi huy {one.id}"))
    assert await absences(world) == []


async def test_an_absence_is_forgotten_some_months_after_it_has_ended(world: World) -> None:
    await world.says("Dung", "/nghi 25/11 đến 28/11 thay bằng Em")
    async with world.store.write() as uow:
        await uow.absences.sweep(date(2026, 11, 28))
        assert len(await uow.absences.all()) == 1
        await uow.absences.sweep(date(2026, 11, 29))
        assert await uow.absences.all() == []


async def test_a_letter_that_cannot_reach_the_stand_in_goes_to_who_is_away(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", "/nghi 25/11 đến 28/11 thay bằng Em")
    world.hears_all("Dung")
    world.channel.errors = [Unreachable("blocked")]
    await world.at("2026-11-26 07:31")
    assert f"{number}." in world.hears("Dung")


async def test_what_is_the_stand_ins_own_goes_to_nobody_else(world: World) -> None:
    await world.assigned("Em", due="27/11")
    await world.says("Dung", "/nghi 25/11 đến 28/11 thay bằng Em")
    world.hears_all("Dung")
    world.channel.errors = [Unreachable("blocked")]
    await world.at("2026-11-26 07:31")
    assert world.hears_all("Dung") == []


async def test_the_stand_in_has_the_buttons_of_the_task(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", "/nghi hôm nay đến 28/11 thay bằng Em")
    await world.says("Em", f"viec {number}")
    assert {"Đã nhận", "Xong"} <= {button.label for row in world.last("Em").buttons for button in row}


async def test_the_list_of_who_stands_in_has_the_tasks_of_who_is_away(world: World) -> None:
    number = await world.assigned("Dung", what="Báo cáo quý IV")
    await world.says("Dung", "/nghi hôm nay đến 28/11 thay bằng Em")
    answer = await world.answer("Em", "viec")
    assert "Đang thay đồng chí Phạm Thị Dung, chưa xong: 1" in answer
    assert f"{number}. Báo cáo quý IV" in answer
    world.clock.at = local("2026-11-29 08:00")
    assert "Báo cáo quý IV" not in await world.answer("Em", "viec")


async def test_politeness_after_a_name_is_no_part_of_it(world: World) -> None:
    assert "Đã ghi nhận" in await world.answer("Dung", "nghỉ thai sản 1/12 đến 31/5 thay bằng anh Em nhé ạ")
    (one,) = await absences(world)
    assert (one.from_on, one.until_on) == (date(2026, 12, 1), date(2027, 5, 31))
    assert one.stand_in_id == world.people["Em"].id


async def test_a_courtesy_before_a_name_is_no_part_of_it_either(world: World) -> None:
    await world.says("Dung", "/nghi mai")
    assert "Đã ghi nhận" in await world.answer("Dung", "dạ anh Em ạ")


async def test_whoever_asks_is_told_where_nothing_reaches_those_who_are_asked(world: World) -> None:
    number, other = await world.assigned("Dung"), await world.assigned("Dung")
    await nowhere(world, "Lan")
    warning = "hiện chưa liên lạc được với đồng chí"
    assert f"{warning} Nguyễn Thị Lan" in await world.answer("Dung", f"giahan {number} 20/12 chờ ý kiến")
    assert f"{warning} Nguyễn Thị Lan" in await world.answer("Dung", f"vuongmac {number} chưa có kinh phí")
    assert warning not in await world.answer("Dung", f"xong {other}")
    await nowhere(world, "Bình")
    assert f"{warning} Trần Văn Bình" in await world.answer("Dung", f"xong {number}")
