"""A later deadline: asked for, granted, refused, moved unasked; both dates are kept."""

from datetime import date

import pytest

from domain.channel import Unavailable
from domain.extensions import Extension, Outcome
from domain.tasks import Status
from tests.world import World, local, plain


async def extensions(world: World, number: int) -> list[Extension]:
    async with world.store.read() as uow:
        return await uow.extensions.of(number)


async def due(world: World, number: int) -> date:
    deadline = (await world.task(number)).deadline
    assert deadline is not None
    return deadline.on


@pytest.mark.parametrize("typed", ["/giahan {} 20/12 chờ ý kiến Bộ", "em xin gia hạn {}: 20/12, chờ ý kiến Bộ"])
async def test_an_extension_is_asked_for_granted_and_both_dates_are_kept(world: World, typed: str) -> None:
    number = await world.assigned("Dung", due="27/11")
    answer = await world.answer("Dung", typed.format(number))
    assert "Đã gửi đề nghị gia hạn" in answer
    assert "Nguyễn Thị Lan" in answer
    assert "27/11/2026" in answer
    assert "20/12/2026" in answer
    assert await due(world, number) == date(2026, 11, 27)
    assert "chờ ý kiến Bộ" in world.hears("Lan")
    assert world.hears_all("Bình") == []
    assert "20/12/2026, chờ trả lời: chờ ý kiến Bộ" in await world.answer("Dung", f"viec {number}")

    world.hears_all("Dung")
    await world.presses("Lan", "Đồng ý")
    assert "Đã gia hạn nhiệm vụ" in world.hears("Lan")
    assert "20/12/2026" in world.hears("Dung")
    assert "Nguyễn Thị Lan đã gia hạn" in world.hears("Bình")
    one = await world.task(number)
    assert one.deadline is not None
    assert one.original_deadline is not None
    assert (one.original_deadline.on, one.deadline.on) == (date(2026, 11, 27), date(2026, 12, 20))
    assert one.remind_at == local("2026-12-11 07:30")
    assert "Gia hạn 1 lần: 27/11/2026 → 20/12/2026" in await world.answer("Dung", f"viec {number}")


async def test_nobody_is_reminded_by_the_old_deadline_after_an_extension(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"gia hạn {number} 20/12 chờ ý kiến Bộ")
    await world.says("Lan", f"giahan {number} dongy")
    world.hears_all("Dung")
    for day in ("2026-11-24", "2026-11-26", "2026-11-27", "2026-11-30"):
        await world.at(f"{day} 08:00")
    assert world.hears_all("Dung") == []
    await world.at("2026-12-11 08:00")
    assert "20/12/2026" in world.hears("Dung")


async def test_a_reminder_that_has_not_left_is_taken_back_by_an_extension(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    world.channel.errors = [Unavailable("no route")] * 100
    await world.at("2026-11-26 07:31")
    await world.says("Lan", f"giahan {number} 20/12")
    world.channel.errors.clear()
    world.clock.move(minutes=10)
    await world.settle()
    assert [one.text for one in world.hears_all("Dung") if "xin nhắc" in one.text] == []


async def test_what_is_missing_is_asked_for_step_by_step(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    assert "thời hạn mới" in await world.answer("Dung", f"giahan {number}")
    assert "Chưa đọc được" in await world.answer("Dung", "hôm nào đó")
    assert "Hạn mới phải muộn hơn" in await world.answer("Dung", "26/11")
    assert "Vì sao đề nghị gia hạn" in await world.answer("Dung", "20/12")
    assert "Đã gửi đề nghị" in await world.answer("Dung", "Chờ ý kiến Bộ")
    (asked,) = await extensions(world, number)
    assert (asked.reason, asked.new.on, asked.outcome) == ("Chờ ý kiến Bộ", date(2026, 12, 20), Outcome.PENDING)


async def test_a_command_without_a_number_offers_the_tasks(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    assert "nhiệm vụ nào" in await world.answer("Dung", "xin gia hạn")
    await world.presses("Dung", f"Nhiệm vụ {number}")
    assert "thời hạn mới" in world.hears("Dung")


@pytest.mark.parametrize(
    ("typed", "day", "reason"),
    [
        ("5 ngày làm việc nữa vì chờ số liệu", date(2026, 12, 1), "vì chờ số liệu"),
        ("thứ sáu tuần sau do đi công tác", date(2026, 12, 4), "do đi công tác"),
        ("thêm 5 ngày làm việc, chờ số liệu", date(2026, 12, 4), "chờ số liệu"),
        ("20/12/2026 gửi xin ý kiến lần 2", date(2026, 12, 20), "gửi xin ý kiến lần 2"),
        ("den 20/12; lý do: mưa bão", date(2026, 12, 20), "lý do: mưa bão"),
    ],
)
async def test_the_date_is_the_longest_beginning_and_the_rest_is_the_reason(
    world: World, typed: str, day: date, reason: str
) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"giahan {number} {typed}")
    (asked,) = await extensions(world, number)
    assert (asked.new.on, asked.reason) == (day, reason)


async def test_working_days_of_an_extension_are_shown_counted(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    answer = await world.answer("Dung", f"giahan {number} thêm 5 ngày làm việc chờ số liệu")
    assert "05 ngày làm việc" in answer
    assert "30/11/2026, 01/12/2026" in answer


async def test_after_the_deadline_it_is_refused_with_what_to_do_instead(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    world.clock.at = local("2026-11-28 08:00")
    answer = await world.answer("Dung", f"giahan {number} 20/12 chờ ý kiến")
    assert "đã hết hạn" in answer
    assert f"tiendo {number}" in answer
    assert f"vuongmac {number}" in answer
    assert await extensions(world, number) == []


async def test_a_task_without_a_deadline_or_already_claimed_is_not_extended(world: World) -> None:
    number = await world.assigned("Dung", due="không hạn")
    assert "không có thời hạn" in await world.answer("Dung", f"giahan {number} 20/12 chờ")
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"xong {number}")
    assert "đang chờ xác nhận" in await world.answer("Dung", f"giahan {number} 20/12 chờ")


async def test_a_refusal_needs_a_reason_and_the_deadline_stands(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    world.hears_all("Dung")
    await world.presses("Lan", "Không đồng ý")
    assert "Vì sao không đồng ý" in plain(world.last("Lan").text)
    await world.says("Lan", "Bộ đã trả lời hôm qua")
    assert "Bộ đã trả lời hôm qua" in world.hears("Dung")
    assert await due(world, number) == date(2026, 11, 27)
    (asked,) = await extensions(world, number)
    assert (asked.outcome, asked.note) == (Outcome.REFUSED, "Bộ đã trả lời hôm qua")
    assert "Không có (hoặc không còn) đề nghị" in await world.answer("Lan", f"giahan {number} đồng ý")


async def test_the_approver_grants_another_date(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    await world.presses("Lan", "Ngày khác")
    world.hears_all("Lan")
    assert "Đã gia hạn" in await world.answer("Lan", "10/12")
    assert await due(world, number) == date(2026, 12, 10)
    asked, own = await extensions(world, number)
    assert (asked.outcome, asked.new.on) == (Outcome.REPLACED, date(2026, 12, 20))
    assert (own.outcome, own.reason) == (Outcome.GRANTED, "chờ ý kiến Bộ")


async def test_a_newer_request_replaces_the_older_and_its_letter_decides_nothing(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    older = world.last("Lan")
    await world.says("Dung", f"giahan {number} 30/12 chờ ý kiến Bộ")
    await world.presses("Lan", "Đồng ý", of=older)
    assert "đã được thay bằng đề nghị mới hơn" in plain(world.last("Lan").text)
    assert await due(world, number) == date(2026, 11, 27)
    assert [one.outcome for one in await extensions(world, number)] == [Outcome.REPLACED, Outcome.PENDING]


async def test_a_head_decides_about_what_he_gave_and_not_about_what_the_office_gave(world: World) -> None:
    from_office = await world.assigned("Dung", due="27/11")
    assert "Chỉ người giao mới gia hạn được" in await world.answer("Bình", f"giahan {from_office} 20/12")
    await world.says("Bình", "giao Phạm Thị Dung; 27/11; Báo cáo quý IV")
    await world.presses("Bình", "Giao việc")
    own = from_office + 1
    world.hears_all("Bình")
    assert "Trần Văn Bình" in await world.answer("Dung", f"giahan {own} 20/12 chờ số liệu")
    world.hears("Bình")
    assert "Đã gia hạn" in await world.answer("Bình", f"giahan {own} đồng ý")
    assert await due(world, own) == date(2026, 12, 20)


async def test_an_approver_moves_a_deadline_unasked(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    assert "Đã gia hạn" in await world.answer("Lan", f"/giahan {number} 20/12 theo kết luận giao ban")
    assert "theo kết luận giao ban" in world.hears("Dung")
    assert await due(world, number) == date(2026, 12, 20)
    assert "muộn so với hạn gốc" not in await world.answer("Dung", f"viec {number}")
    world.clock.at = local("2026-12-08 08:00")
    await world.says("Dung", f"xong {number}")
    one = await world.task(number)
    assert (one.status, one.was_on_time(world.rules.zone), one.was_on_time_originally(world.rules.zone)) == (
        Status.AWAITING,
        True,
        False,
    )
    world.hears_all("Dung")
    assert "muộn so với hạn gốc" in await world.answer("Dung", f"viec {number}")


async def test_nobody_decides_about_their_own_request_and_strangers_see_nothing(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    assert "Không có nhiệm vụ" in await world.answer("Em", f"giahan {number} đồng ý")
    world.hears_all("Dung")
    await world.says("Dung", f"giahan {number} đồng ý")
    assert await due(world, number) == date(2026, 11, 27)


async def test_a_request_is_over_once_the_task_is_reported_as_done(world: World) -> None:
    number = await world.assigned("Dung", due="27/11")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    await world.says("Dung", f"xong {number}")
    world.hears_all("Dung")
    assert "chờ trả lời" not in await world.answer("Dung", f"viec {number}")
    assert "đang chờ xác nhận" in await world.answer("Lan", f"giahan {number} đồng ý")


async def test_a_question_about_a_request_that_was_replaced_is_closed(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    await world.presses("Lan", "Không đồng ý")
    await world.says("Dung", f"giahan {number} 25/12 chờ ý kiến Bộ")
    world.hears_all("Lan")
    assert "đề nghị mới hơn" in await world.answer("Lan", "không đủ lý do")
    assert "Đã gia hạn" in await world.answer("Lan", f"giahan {number} đồng ý")
    assert await due(world, number) == date(2026, 12, 25)


@pytest.mark.parametrize("asked", ["Không đồng ý", "Ngày khác"])
async def test_another_command_is_no_answer_to_what_an_approver_was_asked(world: World, asked: str) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    await world.presses("Lan", asked)
    world.clock.move(minutes=11)
    assert "Người thực hiện" in await world.answer("Lan", f"viec {number}")
    assert "không có việc nào hoàn tác được" in await world.answer("Lan", "hoàn tác")
    assert "Đã gia hạn" in await world.answer("Lan", f"giahan {number} đồng ý")
    assert await due(world, number) == date(2026, 12, 20)


@pytest.mark.parametrize("typed", ["đồng ý 1", "dong y viec 1", "nhất trí 1"])
async def test_agreeing_with_a_task_grants_the_request_that_waits(world: World, typed: str) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    assert "không thuộc phần đồng chí được xử lý" in await world.answer("Bình", typed)
    assert "Đã gia hạn" in await world.answer("Lan", typed)
    assert await due(world, number) == date(2026, 12, 20)


async def test_what_was_asked_for_since_waits_alone_where_a_decision_is_taken_back(world: World) -> None:
    number = await world.assigned("Dung")
    await world.says("Dung", f"giahan {number} 20/12 chờ ý kiến Bộ")
    await world.presses("Lan", "Đồng ý")
    await world.says("Dung", f"giahan {number} 25/12 chưa kịp")
    assert "Đã hoàn tác" in await world.answer("Lan", f"hoantac {number}")
    assert "Đã gia hạn" in await world.answer("Lan", f"giahan {number} đồng ý")
    assert await due(world, number) == date(2026, 12, 25)
