"""Directives in talk: published step by step, received, acknowledged, looked at, attested."""

from tests.world import World, plain

TYPED = "12/KH-UBND ngày 20/11/2026 v/v rà soát thủ tục"


async def published(world: World, to: str = "tất cả", text: str = TYPED) -> int:
    """The Office publishes at once; gives the directive's number. Everybody has got it, and nothing is unheard."""
    await world.says("Lan", f"/chidao {text}")
    await world.says("Lan", to)
    await world.presses("Lan", "Phát hành")
    await world.tick()
    await world.tick()
    for who in world.people:
        world.hears_all(who)
    async with world.store.read() as uow:
        return (await uow.directives.latest(1))[0].id


async def test_a_typed_directive_goes_out_and_is_acknowledged(world: World) -> None:
    assert "Số, ký hiệu" in await world.answer("Lan", "/chidao Nộp báo cáo cải cách hành chính quý IV")
    assert "Ngày ban hành" in await world.answer("Lan", "15/SKHCN-VP")
    assert "Gửi tới ai?" in await world.answer("Lan", "20/11/2026")
    shown = await world.answer("Lan", "tất cả")
    assert "Số người nhận: 10 (Telegram 10)" in shown
    await world.presses("Lan", "Phát hành")
    assert "Đã phát hành chỉ đạo 1 (số 15/SKHCN-VP ngày 20/11/2026)" in world.hears("Lan")
    await world.tick()
    letter = world.hears("Dung")
    assert letter.startswith("Kính gửi đồng chí Phạm Thị Dung")
    assert "Nộp báo cáo cải cách hành chính quý IV" in letter
    await world.presses("Dung", "Đã nhận")
    assert "Đã ghi nhận: đồng chí đã nhận chỉ đạo 1" in world.hears("Dung")
    assert "Đồng chí đã xác nhận đã nhận lúc" in await world.answer("Dung", "chỉ đạo 1")
    assert "đã nhận 1" in plain(await world.answer("Lan", "chidao 1"))
